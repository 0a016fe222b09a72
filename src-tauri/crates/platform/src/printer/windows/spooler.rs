//! What every call to the spooler needs: names, buffers, errors, and an open printer.

use std::io;
use std::ptr;

use usecases::ports::printer::{PrintError, Problem, Spooled};
use windows_sys::Win32::Graphics::Printing::{
    ClosePrinter, JOB_STATUS_BLOCKED_DEVQ, JOB_STATUS_ERROR, JOB_STATUS_OFFLINE,
    JOB_STATUS_PAPEROUT, JOB_STATUS_PAUSED, JOB_STATUS_USER_INTERVENTION, OpenPrinterW,
    PRINTER_HANDLE, PRINTER_STATUS_DOOR_OPEN, PRINTER_STATUS_ERROR, PRINTER_STATUS_NO_TONER,
    PRINTER_STATUS_NOT_AVAILABLE, PRINTER_STATUS_OFFLINE, PRINTER_STATUS_OUTPUT_BIN_FULL,
    PRINTER_STATUS_PAPER_JAM, PRINTER_STATUS_PAPER_OUT, PRINTER_STATUS_PAPER_PROBLEM,
    PRINTER_STATUS_PAUSED, PRINTER_STATUS_SERVER_OFFLINE, PRINTER_STATUS_USER_INTERVENTION,
};

/// `text` as Windows reads it, with the zero at its end.
pub(super) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// The text at `start`, `None` where there is none or it is empty.
///
/// # Safety
/// `start` is null or points to text that ends with a zero.
pub(super) unsafe fn text(start: *const u16) -> Option<String> {
    if start.is_null() {
        return None;
    }
    let mut length = 0;
    // SAFETY: the text ends with a zero, at which this stops.
    while unsafe { *start.add(length) } != 0 {
        length += 1;
    }
    // SAFETY: that many units were just read.
    let units = unsafe { std::slice::from_raw_parts(start, length) };
    let text = String::from_utf16_lossy(units).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// What the last call's failure means (WinError.h).
pub(super) fn failure() -> PrintError {
    match io::Error::last_os_error().raw_os_error() {
        // The remote procedure call that the spooler is reached by, and its service's states.
        Some(1722 | 1726 | 1062 | 1058) => PrintError::NoService,
        // ERROR_ACCESS_DENIED
        Some(5) => PrintError::NotAllowed,
        // ERROR_INVALID_PRINTER_NAME, ERROR_PRINTER_DELETED
        Some(1801 | 1905) => PrintError::UnknownPrinter,
        // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
        Some(112 | 39) => PrintError::NoRoom,
        // ERROR_CANCELLED, ERROR_PRINT_CANCELLED
        Some(1223 | 63) => PrintError::CancelledElsewhere {
            spooled: Spooled::Removed,
        },
        _ => PrintError::Failed,
    }
}

/// A buffer for the structures that the spooler fills, aligned for all of them.
pub(super) fn buffer(bytes: u32) -> Vec<u64> {
    vec![0; (bytes as usize).div_ceil(8)]
}

/// An open printer.
pub(super) struct Open(PRINTER_HANDLE);

impl Open {
    /// Opens the printer of this name, which ends with a zero.
    pub(super) fn new(name: &[u16]) -> Result<Self, PrintError> {
        let mut handle = PRINTER_HANDLE {
            Value: ptr::null_mut(),
        };
        // SAFETY: the name ends with a zero, and the handle is this function's own.
        if unsafe { OpenPrinterW(name.as_ptr(), &mut handle, ptr::null()) } == 0 {
            return Err(failure());
        }
        Ok(Self(handle))
    }

    pub(super) fn handle(&self) -> PRINTER_HANDLE {
        self.0
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: it was opened and is closed once. Nothing can be done where that fails.
        let _ = unsafe { ClosePrinter(self.0) };
    }
}

/// What a printer waits for, by its status bits, the gravest first.
pub(super) fn printers_problem(status: u32) -> Option<Problem> {
    first(
        status,
        &[
            (PRINTER_STATUS_DOOR_OPEN, Problem::CoverOpen),
            (PRINTER_STATUS_PAPER_JAM, Problem::PaperJam),
            (
                PRINTER_STATUS_PAPER_OUT | PRINTER_STATUS_PAPER_PROBLEM,
                Problem::PaperOut,
            ),
            (PRINTER_STATUS_OUTPUT_BIN_FULL, Problem::OutputFull),
            (PRINTER_STATUS_NO_TONER, Problem::InkOut),
            (
                PRINTER_STATUS_OFFLINE
                    | PRINTER_STATUS_NOT_AVAILABLE
                    | PRINTER_STATUS_SERVER_OFFLINE,
                Problem::Offline,
            ),
            (PRINTER_STATUS_PAUSED, Problem::Paused),
            (
                PRINTER_STATUS_ERROR | PRINTER_STATUS_USER_INTERVENTION,
                Problem::Other,
            ),
        ],
    )
}

/// What a job waits for, by its status bits.
pub(super) fn jobs_problem(status: u32) -> Option<Problem> {
    first(
        status,
        &[
            (JOB_STATUS_PAPEROUT, Problem::PaperOut),
            (JOB_STATUS_OFFLINE, Problem::Offline),
            (JOB_STATUS_PAUSED, Problem::Held),
            (JOB_STATUS_BLOCKED_DEVQ, Problem::Driver),
            (
                JOB_STATUS_ERROR | JOB_STATUS_USER_INTERVENTION,
                Problem::Other,
            ),
        ],
    )
}

fn first(status: u32, table: &[(u32, Problem)]) -> Option<Problem> {
    let hit = table.iter().find(|(bits, _)| status & bits != 0);
    hit.map(|(_, problem)| *problem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    #[test]
    fn the_gravest_status_is_named_first() {
        assert_eq!(printers_problem(0), None);
        assert_eq!(
            printers_problem(PRINTER_STATUS_PAPER_OUT | PRINTER_STATUS_ERROR),
            Some(Problem::PaperOut)
        );
        assert_eq!(
            jobs_problem(JOB_STATUS_OFFLINE | JOB_STATUS_ERROR),
            Some(Problem::Offline)
        );
    }

    #[test]
    fn a_name_goes_to_windows_and_back() {
        let name = wide("Büro 2");
        assert_eq!(name.last(), Some(&0));
        // SAFETY: it ends with a zero.
        assert_eq!(unsafe { text(name.as_ptr()) }.unwrap(), "Büro 2");
        // SAFETY: null is allowed.
        assert_eq!(unsafe { text(ptr::null()) }, None);
    }

    #[test]
    fn a_printer_that_is_not_there_is_unknown() {
        let opened = Open::new(&wide("No printer of this name")).map(drop);
        assert_eq!(opened, Err(PrintError::UnknownPrinter));
    }
}
