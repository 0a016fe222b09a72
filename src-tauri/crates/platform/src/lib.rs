//! The adapters to the operating system: keychain stores, the clipboard, clocks, randomness,
//! folders, printers, scanning, the lock of the screen, hardening.
//!
//! They implement the ports of `usecases`. Where the operating systems differ, each has its own
//! file.

pub mod clipboard;
pub mod clock;
pub mod folders;
pub mod hardening;
pub mod keychain;
mod lane;
pub mod memory;
pub mod printer;
mod private;
pub mod random;
pub mod scanner;
pub mod screen;
#[cfg(all(feature = "testing", target_os = "linux"))]
pub mod testing;
