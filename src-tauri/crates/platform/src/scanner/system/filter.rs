//! The system calls that a child may make: those that decoding needs. None of them opens a file or
//! connection, starts a process or changes anything outside the child.

use std::io;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

/// Allowed with any arguments.
const CALLS: &[libc::c_long] = &[
    // the two pipes
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fcntl,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_ppoll,
    // memory
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    // threads
    libc::SYS_futex,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_membarrier,
    libc::SYS_rseq,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
    // time and randomness
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_gettimeofday,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    // exit and signals
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
];

/// Refuses all other system calls for the rest of this process's life. A refused call fails with
/// `EPERM`; it does not end the process.
///
/// # Errors
/// The kernel does not support the filter.
pub(super) fn apply() -> io::Result<()> {
    let rules = CALLS
        .iter()
        .map(|call| Ok((*call, Vec::new())))
        .chain([
            // Memory, but not executable memory.
            without_bits(libc::SYS_mmap, 2, libc::PROT_EXEC as u64),
            without_bits(libc::SYS_mprotect, 2, libc::PROT_EXEC as u64),
            // Threads, but no processes.
            with_bits(libc::SYS_clone, 0, libc::CLONE_THREAD as u64),
            // Allowed here because the filter below refuses it.
            Ok((libc::SYS_clone3, Vec::new())),
            // Signals to this process only, which `abort` needs.
            only(libc::SYS_tgkill, 0, u64::from(std::process::id())),
        ])
        .collect::<Result<_, seccompiler::BackendError>>()
        .map_err(io::Error::other)?;
    // `clone3` passes its flags in memory, which a filter cannot read. The C library falls back to
    // `clone` where `clone3` is missing.
    let missing = SeccompFilter::new(
        [(libc::SYS_clone3, Vec::new())].into_iter().collect(),
        SeccompAction::Allow,
        SeccompAction::Errno(libc::ENOSYS as u32),
        this_machine()?,
    );
    let refused = SeccompFilter::new(
        rules,
        SeccompAction::Errno(libc::EPERM as u32),
        SeccompAction::Allow,
        this_machine()?,
    );
    // The strictest of several filters wins. The last one forbids adding another.
    for filter in [missing, refused] {
        let program: BpfProgram = filter
            .and_then(TryInto::try_into)
            .map_err(io::Error::other)?;
        apply_filter(&program).map_err(io::Error::other)?;
    }
    Ok(())
}

fn this_machine() -> io::Result<TargetArch> {
    std::env::consts::ARCH.try_into().map_err(io::Error::other)
}

type Rule = Result<(i64, Vec<SeccompRule>), seccompiler::BackendError>;

fn rule(call: i64, argument: u8, comparison: SeccompCmpOp, value: u64) -> Rule {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Qword, comparison, value)?;
    Ok((call, vec![SeccompRule::new(vec![condition])?]))
}

fn with_bits(call: i64, argument: u8, bits: u64) -> Rule {
    rule(call, argument, SeccompCmpOp::MaskedEq(bits), bits)
}

fn without_bits(call: i64, argument: u8, bits: u64) -> Rule {
    rule(call, argument, SeccompCmpOp::MaskedEq(bits), 0)
}

fn only(call: i64, argument: u8, value: u64) -> Rule {
    rule(call, argument, SeccompCmpOp::Eq, value)
}
