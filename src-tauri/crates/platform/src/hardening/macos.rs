//! Resource limit and `PT_DENY_ATTACH`.

#![allow(unsafe_code, reason = "ptrace has no safe wrapper")]

use rustix::process::{Resource, Rlimit, setrlimit};

use super::Outcome;

pub(super) fn refuse_core_dumps() -> Outcome {
    match setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum: Some(0),
        },
    ) {
        Ok(()) => Outcome::InForce,
        Err(_) => Outcome::Refused,
    }
}

pub(super) fn refuse_tracing() -> Outcome {
    // SAFETY: PT_DENY_ATTACH reads none of the other arguments (ptrace(2)).
    match unsafe { libc::ptrace(libc::PT_DENY_ATTACH, 0, std::ptr::null_mut(), 0) } {
        0 => Outcome::InForce,
        _ => Outcome::Refused,
    }
}
