//! What the decoders read: a line a file, path, tab, the 60 characters found or the error.
//! Run as `cargo xtask scan FILE…`.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::fs;
use std::process::ExitCode;

use code::Reading;
use scan::{Limits, Unattended};

fn main() -> ExitCode {
    let mut all = true;
    for path in std::env::args().skip(1) {
        let found = read(&path);
        all &= found.is_ok();
        println!(
            "{path}\t{}",
            found.unwrap_or_else(|error| format!("error: {error}"))
        );
    }
    if all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn read(path: &str) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let scanned =
        scan::scan(&bytes, &Limits::default(), &Unattended).map_err(|error| error.to_string())?;
    match scanned.code.read() {
        Reading::Code(code) => Ok(code.expose().to_owned()),
        Reading::Share(share) => Ok(share.expose().to_owned()),
        Reading::Proposal(proposal) => Err(format!(
            "the code has {} mistakes",
            proposal.corrections().len()
        )),
        Reading::NewerVersion => Err("the code was made by a newer version".to_owned()),
        Reading::Unfinished { .. } | Reading::TooLong { .. } | Reading::TooManyMistakes => {
            Err("the code cannot be made out".to_owned())
        }
    }
}
