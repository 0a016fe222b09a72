//! Test doubles: a disk in memory, a disk that fails on demand, and scripted randomness. They
//! require the feature `testing`, which no shipped build enables.

pub(crate) mod derived;
mod faulty_disk;
mod memory_disk;
mod scripted_rng;

pub use faulty_disk::{BAD_SECTOR, Fault, FaultyDisk};
pub use memory_disk::MemoryDisk;
pub use scripted_rng::ScriptedRng;
