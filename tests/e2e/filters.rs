//! A kernel without filters of system calls, as in some containers: no process can be restricted.

use std::path::Path;
use std::process::Command;

/// Runs the program that is named, and all that it starts, with the call `seccomp` refused.
const REFUSE: &str = r#"
import ctypes, os, struct, sys
call = {"x86_64": 317, "aarch64": 277}[os.uname().machine]
# Load the number of the call; unless it is this one, skip a step; EINVAL; allowed.
steps = [(0x20, 0, 0, 0), (0x15, 0, 1, call), (6, 0, 0, 0x50016), (6, 0, 0, 0x7FFF0000)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
program = struct.pack("HP", len(steps), ctypes.addressof(code))
prctl = ctypes.CDLL(None).prctl
assert prctl(38, 1, 0, 0, 0) == 0 and prctl(22, 2, program) == 0
os.execvp(sys.argv[1], sys.argv[1:])
"#;

/// Returns the command that runs `program` there.
pub(crate) fn without_filters(program: &Path) -> Command {
    let mut command = Command::new("python3");
    command.args(["-c", REFUSE]).arg(program);
    command
}
