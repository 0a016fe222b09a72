//! Power losses and races with real files, locks and keyrings: `cargo xtask power` and `cargo xtask
//! races` pass their words on.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

#[cfg(target_os = "linux")]
mod person;
#[cfg(target_os = "linux")]
mod power;
#[cfg(target_os = "linux")]
mod races;

use std::process::ExitCode;

#[cfg(target_os = "linux")]
const HELP: &str = "\
real-parts power --cuts N        cut the power N times
real-parts power --shutdowns N   stop a real file system N times, as root
real-parts power --lies          leave out each kind of sync
real-parts races --rounds N      let two processes redeem one code N times";

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["power", "--cuts", cuts] => number(cuts).and_then(power::cut),
        ["power", "--shutdowns", times] => number(times).and_then(power::shut_down),
        ["power", "--lies"] => power::lie(),
        ["races", "--rounds", rounds] => number(rounds).and_then(races::race),
        ["races-here", rounds] => number(rounds).and_then(races::race_here),
        ["racer", folder, given @ ..] => races::run_racer(folder.as_ref(), given).map(|()| true),
        ["script", folder] => power::run_script(folder.as_ref()).map(|()| true),
        _ => Err(HELP.to_owned()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
fn number(text: &str) -> person::Told<u64> {
    let number = text.parse().ok().filter(|it| *it > 0);
    number.ok_or_else(|| format!("{text} is no number of times"))
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("Recording system calls, and the keyring of the races, need Linux.");
    ExitCode::FAILURE
}
