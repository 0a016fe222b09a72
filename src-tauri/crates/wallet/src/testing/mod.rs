//! What tests need: a disk in memory, a disk that fails on demand, and randomness that was chosen. Behind the
//! feature `testing`, which no shipped build has.

mod faulty_disk;
mod memory_disk;
mod scripted_rng;

pub use faulty_disk::{Fault, FaultyDisk};
pub use memory_disk::MemoryDisk;
pub use scripted_rng::ScriptedRng;
