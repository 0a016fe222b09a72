//! The application without its window: what a person enters and restores from, the camera, and the
//! sheets and pages that are drawn, tested and printed.
//!
//! Nothing here knows Tauri, an operating system or the wire format. The ports (`Disk`, `Scanner`,
//! `Printer`) and the local time's offset come in as parameters, results are typed data, and each
//! operation has one closed error enum. No function holds a lock over I/O; the caller decides which
//! state is locked while it is called.

pub mod camera;
pub mod camera_slot;
pub mod entry;
pub mod files;
pub mod gather;
pub mod intake;
pub mod jobs;
pub mod origin;
pub mod pages;
pub mod printing;
pub mod restoring;
pub mod settings;
pub mod sheets;
pub mod style;
#[cfg(test)]
mod testing;
pub mod unverified;
