//! Journeys in the real window, driven through WebDriver, over a real keychain.
//!
//! Each journey has a display, a session bus, a keyring and a home folder of its own, and nothing of the
//! person's who runs it. `cargo xtask e2e [FILTER]` installs what they need and runs them; pictures and
//! logs are in `target/artefacts`.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a journey says with a panic what is wrong"
)]

mod app;
mod artefacts;
mod camera;
mod desktop;
mod display;
mod driver;
mod film;
mod group;
mod hooks;
mod journeys;
mod papers;
mod person;
mod portal;
mod stand_in;
#[path = "../../src-tauri/crates/kit/tests/common/terminal.rs"]
mod terminal;
mod turn;
