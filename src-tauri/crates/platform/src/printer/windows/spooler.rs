//! Shared by all calls to the spooler: names, buffers, errors, and an open printer.

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

/// `text` in UTF-16 with a terminating zero.
pub(super) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// Copies the text at `start`. `None` if the pointer is null or the text is empty.
///
/// # Safety
/// `start` is null or points to text that ends with a zero.
pub(super) unsafe fn text(start: *const u16) -> Option<String> {
    if start.is_null() {
        return None;
    }
    let mut length = 0;
    // SAFETY: the text ends with a zero, where the loop stops.
    while unsafe { *start.add(length) } != 0 {
        length += 1;
    }
    // SAFETY: this many units were just read.
    let units = unsafe { std::slice::from_raw_parts(start, length) };
    let text = String::from_utf16_lossy(units).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Maps the error of the last failed call (WinError.h).
pub(super) fn failure() -> PrintError {
    match io::Error::last_os_error().raw_os_error() {
        // RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, ERROR_SERVICE_NOT_ACTIVE,
        // ERROR_SERVICE_DISABLED
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

/// A zeroed buffer for a structure that the spooler fills, aligned for all of them.
pub(super) fn buffer(bytes: u32) -> Vec<u64> {
    vec![0; (bytes as usize).div_ceil(8)]
}

/// An open printer.
pub(super) struct OpenPrinter(PRINTER_HANDLE);

impl OpenPrinter {
    /// Opens the printer with this name, which must end with a zero.
    pub(super) fn new(name: &[u16]) -> Result<Self, PrintError> {
        let mut handle = PRINTER_HANDLE {
            Value: ptr::null_mut(),
        };
        // SAFETY: the name ends with a zero, and the handle is local.
        if unsafe { OpenPrinterW(name.as_ptr(), &mut handle, ptr::null()) } == 0 {
            return Err(failure());
        }
        Ok(Self(handle))
    }

    pub(super) fn handle(&self) -> PRINTER_HANDLE {
        self.0
    }
}

impl Drop for OpenPrinter {
    fn drop(&mut self) {
        // SAFETY: the handle is open and is closed once. A failure has no remedy.
        let _ = unsafe { ClosePrinter(self.0) };
    }
}

/// What a printer waits for according to its status bits, the gravest first.
pub(super) fn printer_problem(status: u32) -> Option<Problem> {
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

/// What a job waits for according to its status bits.
pub(super) fn job_problem(status: u32) -> Option<Problem> {
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
    let entry = table.iter().find(|(bits, _)| status & bits != 0);
    entry.map(|(_, problem)| *problem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn the_gravest_status_is_reported() {
        assert_eq!(printer_problem(0), None);
        assert_eq!(
            printer_problem(PRINTER_STATUS_PAPER_OUT | PRINTER_STATUS_ERROR),
            Some(Problem::PaperOut)
        );
        assert_eq!(
            job_problem(JOB_STATUS_OFFLINE | JOB_STATUS_ERROR),
            Some(Problem::Offline)
        );
    }

    #[test]
    fn a_name_survives_the_conversion_to_utf_16_and_back() {
        let name = wide("Büro 2");
        assert_eq!(name.last(), Some(&0));
        // SAFETY: the name ends with a zero.
        assert_eq!(unsafe { text(name.as_ptr()) }.unwrap(), "Büro 2");
        // SAFETY: null is allowed.
        assert_eq!(unsafe { text(ptr::null()) }, None);
    }

    #[test]
    fn a_missing_printer_is_unknown() {
        let opened = OpenPrinter::new(&wide("No printer of this name")).map(drop);
        assert_eq!(opened, Err(PrintError::UnknownPrinter));
    }
}
