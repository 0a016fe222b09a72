//! Resource limit and `PT_DENY_ATTACH`.

#![allow(unsafe_code, reason = "ptrace has no safe wrapper")]

use rustix::process::{Resource, Rlimit, setrlimit};

use super::protection::Protection;

pub(super) fn refuse_core_dumps() -> Protection {
    match setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum: Some(0),
        },
    ) {
        Ok(()) => Protection::InForce,
        Err(_) => Protection::Refused,
    }
}

pub(super) fn refuse_tracing() -> Protection {
    // SAFETY: PT_DENY_ATTACH reads none of the other arguments (ptrace(2)).
    match unsafe { libc::ptrace(libc::PT_DENY_ATTACH, 0, std::ptr::null_mut(), 0) } {
        0 => Protection::InForce,
        _ => Protection::Refused,
    }
}
