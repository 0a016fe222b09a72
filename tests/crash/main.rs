//! The program is killed, and nothing is lost: real files, a real keyring, and a process that ends at the worst moment.
//!
//! Each test has a session bus, a keyring and folders of its own. The binary runs itself again as the program that is
//! killed, and once more as the program that is started after it. `BACKUP_CODE_KILLS=500` makes the random kills many.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod kill_points;
mod notebook;
mod program;
mod random_kills;
mod stage;
