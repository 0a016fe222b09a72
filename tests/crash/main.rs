//! Nothing is lost if the program is killed: tests with real files, a real keyring, and a process
//! that ends at the worst moment.
//!
//! Each test has a session bus, a keyring and folders of its own. The binary runs itself as the
//! program that is killed and again as the program that starts after it. `cargo xtask crash` sets
//! the number of random kills.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
#![allow(clippy::print_stdout, reason = "a program reads what is printed")]

mod kill_points;
mod notebook;
mod program;
mod random_kills;
mod stage;
