//! Resource limit and `PR_SET_DUMPABLE`.

use rustix::process::{
    DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit,
};

use super::Outcome;

/// A limit of one byte, not of none: no core file fits it, and it is the one value at which the kernel does
/// not start a `core_pattern` program either, to which it pipes a whole core at limit zero (core(5),
/// `fs/coredump.c`).
pub(super) fn refuse_core_dumps() -> Outcome {
    let allowed = getrlimit(Resource::Core).maximum.unwrap_or(u64::MAX);
    let limit = Some(allowed.min(1));
    match setrlimit(
        Resource::Core,
        Rlimit {
            current: limit,
            maximum: limit,
        },
    ) {
        Ok(()) => Outcome::InForce,
        Err(_) => Outcome::Refused,
    }
}

pub(super) fn refuse_tracing() -> Outcome {
    match set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        Ok(()) => Outcome::InForce,
        Err(_) => Outcome::Refused,
    }
}
