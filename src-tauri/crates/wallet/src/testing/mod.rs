//! Test doubles: a disk in memory, a disk that fails on demand, scripted randomness, payloads with
//! any plaintext, and simulated ciphers. They require the feature `testing`, which no shipped build
//! enables.

mod checksum;
pub(crate) mod derived;
mod faulty_disk;
mod known;
mod memory_disk;
mod payloads;
mod scripted_rng;
pub mod simulated_age;
pub mod simulation;

pub(crate) use checksum::checksum;
pub use derived::simulated as simulated_key;
pub use faulty_disk::{BAD_SECTOR, Fault, FaultyDisk};
pub use known::{Known, once};
pub use memory_disk::MemoryDisk;
pub use payloads::{json_of, seal_json};
pub use scripted_rng::ScriptedRng;
