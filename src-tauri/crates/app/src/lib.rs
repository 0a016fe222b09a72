//! The application without its window: what is open, what is being entered and restored, the
//! camera, what was copied, and the sheets and pages that are drawn, tested and printed.
//!
//! [`App`] holds the ports, the [`stage`] and the tools beside it. Nothing here knows Tauri, an
//! operating system or the wire format; results are typed data, and each operation has one closed
//! error enum. The lock on the stage is never held over I/O: `docs/architecture.md` has the locks.

mod application;
pub mod camera;
pub mod camera_slot;
mod clipboard;
mod codes;
mod copying;
pub mod deadline;
mod drafts;
mod drive;
pub mod entering;
pub mod entry;
mod expiry;
pub mod files;
pub mod gather;
pub mod intake;
pub mod item_files;
mod jobs;
mod kit_turns;
mod kit_writer;
mod mutex;
pub mod origin;
mod own_file;
pub mod pages;
pub mod printing;
pub mod read_qr;
mod restore;
pub mod restoring;
pub mod saving;
pub mod service_codes;
mod sessions;
pub mod settings;
pub mod sheets;
pub mod stage;
pub mod style;
#[cfg(test)]
mod testing;

pub use application::{App, Locked, Ports};
pub use codes::{Checked, IssueOrder, NoKitFolder};
pub use restore::{RestoreStart, RestoreStep};
pub use sessions::SignInStep;
