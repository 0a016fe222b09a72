//! Windows Error Reporting.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

use windows_sys::Win32::System::Diagnostics::Debug::{
    GetErrorMode, SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SetErrorMode,
};
use windows_sys::Win32::System::ErrorReporting::{WER_FAULT_REPORTING_FLAG_NOHEAP, WerSetFlags};

use super::protection::Protection;

/// A report can still contain stacks and registers. Excluding a program altogether is a setting of
/// the computer, which would outlive the process.
pub(super) fn refuse_core_dumps() -> Protection {
    // SAFETY: both take and return plain numbers.
    unsafe {
        SetErrorMode(GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    }
    // SAFETY: it takes a plain number.
    match unsafe { WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP) } {
        0 => Protection::InPart,
        _ => Protection::Refused,
    }
}

pub(super) fn refuse_tracing() -> Protection {
    Protection::NotOffered
}
