//! A child that scans, for tests. The real one is the app, which takes longer to build; this one is never part of it.

use std::process::ExitCode;

fn main() -> ExitCode {
    if platform::scanner::is_child() {
        platform::scanner::serve()
    } else {
        ExitCode::FAILURE
    }
}
