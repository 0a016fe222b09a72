//! A scanning child for tests, which builds faster than the app. It is not part of the app.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if std::env::args().nth(1).as_deref() == Some(unfiltered::ARGUMENT) {
        return unfiltered::run();
    }
    if platform::scanner::is_child() {
        platform::scanner::serve()
    } else {
        ExitCode::FAILURE
    }
}

/// A kernel without filters of system calls.
#[cfg(target_os = "linux")]
mod unfiltered {
    use std::error::Error;
    use std::os::unix::process::CommandExt;
    use std::process::{Command, ExitCode};

    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

    /// The other arguments are those of the program.
    pub(super) const ARGUMENT: &str = "--without-filters";

    /// Runs this program again with the call `seccomp` refused.
    pub(super) fn run() -> ExitCode {
        if refuse_filters().is_err() {
            return ExitCode::FAILURE;
        }
        // Returns only an error.
        let _ = std::env::current_exe().map(|program| {
            let arguments = std::env::args_os().skip(2);
            Command::new(program).args(arguments).exec()
        });
        ExitCode::FAILURE
    }

    fn refuse_filters() -> Result<(), Box<dyn Error>> {
        let filter = SeccompFilter::new(
            [(libc::SYS_seccomp, Vec::new())].into_iter().collect(),
            SeccompAction::Allow,
            SeccompAction::Errno(libc::EINVAL as u32),
            std::env::consts::ARCH.try_into()?,
        )?;
        let program: BpfProgram = filter.try_into()?;
        Ok(apply_filter(&program)?)
    }
}
