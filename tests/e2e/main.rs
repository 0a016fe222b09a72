//! Journeys in the real window, driven through WebDriver, with a real keychain.
//!
//! Each journey has a display, a session bus, a keyring and a home folder of its own, and touches
//! nothing of the person who runs it. `cargo xtask e2e [FILTER]` installs the programs that they
//! need and runs them. Pictures and logs are in `target/artefacts`.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "journeys fail by panicking"
)]

mod app;
mod artefacts;
mod camera;
mod close_button;
mod desktop;
mod display;
mod drive;
mod driver;
mod film;
mod filters;
mod group;
mod hooks;
mod journeys;
mod memory;
mod papers;
mod person;
mod portal;
mod ready;
mod stand_in;
#[path = "../../src-tauri/crates/kit/tests/integration/common/terminal.rs"]
mod terminal;
mod turn;
