//! Windows Error Reporting.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

use windows_sys::Win32::System::Diagnostics::Debug::{
    GetErrorMode, SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SetErrorMode,
};
use windows_sys::Win32::System::ErrorReporting::{WER_FAULT_REPORTING_FLAG_NOHEAP, WerSetFlags};

use super::Outcome;

/// A report can still hold stacks and registers; to exclude a program altogether is a setting of the
/// computer that would outlive the process.
pub(super) fn refuse_core_dumps() -> Outcome {
    // SAFETY: both take and give plain numbers.
    unsafe {
        SetErrorMode(GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    }
    // SAFETY: it takes a plain number.
    match unsafe { WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP) } {
        0 => Outcome::InPart,
        _ => Outcome::Refused,
    }
}

pub(super) fn refuse_tracing() -> Outcome {
    Outcome::NotOffered
}
