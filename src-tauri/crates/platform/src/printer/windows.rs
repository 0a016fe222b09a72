//! The spooler of Windows. Its printers take no PDF, so each page is drawn as pixels and sent to
//! the printer's driver through GDI.
//!
//! The system's print dialog is not used: it needs a thread with a message loop and an owner
//! window, offers printers that write files, and does not report a job's progress. The app's own
//! list works on every system.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

mod job;
mod list;
mod page;
mod spooler;

pub(super) use job::print;
pub(super) use list::printers;
