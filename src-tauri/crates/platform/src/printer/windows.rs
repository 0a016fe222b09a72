//! The spooler of Windows. Its printers take no PDF, so each page is drawn as pixels and given to the printer's driver
//! through GDI.
//!
//! There is no print dialog of the system: it wants a thread with a message loop and a window to lean on, offers
//! printers that write files, and could not say how far the job is. The app's own list serves on every system.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

mod job;
mod list;
mod page;
mod spooler;

pub(super) use job::print;
pub(super) use list::printers;
