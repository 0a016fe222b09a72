//! The protections, each in its own child process because they cannot be undone.

#![cfg(target_os = "linux")]

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

use platform::hardening::{Protection, refuse_core_dumps, refuse_tracing};
use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

const CHILD: &str = "HARDENING_CHILD";

fn in_a_child(test: &str, body: fn()) -> Option<ExitStatus> {
    if std::env::var_os(CHILD).is_some() {
        body();
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    Some(
        Command::new(program)
            .args([&format!("hardening::{test}"), "--exact"])
            .env(CHILD, "1")
            .current_dir(&folder)
            .stdout(Stdio::null())
            .status()
            .unwrap(),
    )
}

#[test]
fn a_crash_leaves_no_core() {
    let status = in_a_child("a_crash_leaves_no_core", || {
        assert_eq!(refuse_core_dumps(), Protection::InForce);
        assert!(getrlimit(Resource::Core).maximum.unwrap() <= 1);
        std::process::abort();
    });
    let status = status.unwrap();
    assert_eq!(status.signal(), Some(6));
    assert!(!status.core_dumped());
}

#[test]
fn the_process_cannot_be_traced() {
    let status = in_a_child("the_process_cannot_be_traced", || {
        assert_eq!(refuse_tracing(), Protection::InForce);
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    });
    assert!(status.is_none_or(|status| status.success()));
}
