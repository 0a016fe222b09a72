//! Starts the app, or the child of it that reads foreign files.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod wiping;

use std::alloc::System;
use std::process::ExitCode;

use platform::scanner;
use zeroizing_alloc::ZeroAlloc;

/// Wipes what is given back. What a person typed or asked to see passes through buffers of Tauri
/// and of other libraries, which wipe nothing themselves.
#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    // A child that reads foreign files has nothing to do with anything below.
    if scanner::is_child() {
        return scanner::serve();
    }
    match backup_code::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "there is no window to say it in")]
            {
                eprintln!("Backup Code could not start: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
