//! A scanning child for tests, which builds faster than the app. It is not part of the app.

use std::process::ExitCode;

fn main() -> ExitCode {
    if platform::scanner::is_child() {
        platform::scanner::serve()
    } else {
        ExitCode::FAILURE
    }
}
