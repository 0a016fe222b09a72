//! The adapters against the real services of the system.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod clipboard;
mod display;
mod embedded_keychain;
mod hardening;
mod printing;
mod screen;
mod secret_service;
