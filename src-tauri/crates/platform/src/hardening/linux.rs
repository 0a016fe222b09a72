//! Resource limit and `PR_SET_DUMPABLE`.

use rustix::process::{
    DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit,
};

use super::protection::Protection;

/// Sets the limit to one byte. No core file fits it, and only at this value does the kernel not
/// start the program of `core_pattern`: at zero it pipes that program a whole core (core(5),
/// `fs/coredump.c`).
pub(super) fn refuse_core_dumps() -> Protection {
    let allowed = getrlimit(Resource::Core).maximum.unwrap_or(u64::MAX);
    let limit = Some(allowed.min(1));
    match setrlimit(
        Resource::Core,
        Rlimit {
            current: limit,
            maximum: limit,
        },
    ) {
        Ok(()) => Protection::InForce,
        Err(_) => Protection::Refused,
    }
}

pub(super) fn refuse_tracing() -> Protection {
    match set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        Ok(()) => Protection::InForce,
        Err(_) => Protection::Refused,
    }
}
