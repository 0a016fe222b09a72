//! Prints the codes in files: one line per code, with the path, a tab and its 60 characters; or one
//! line per file with the error.
//!
//! Run as `cargo xtask scan FILE…`.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::fs;
use std::process::ExitCode;

use code::{Reading, TypedCode};
use scan::{Limits, Unattended};

fn main() -> ExitCode {
    let mut all = true;
    for path in std::env::args().skip(1) {
        for found in read(&path) {
            all &= found.is_ok();
            println!(
                "{path}\t{}",
                found.unwrap_or_else(|error| format!("error: {error}"))
            );
        }
    }
    if all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn read(path: &str) -> Vec<Result<String, String>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return vec![Err(error.to_string())],
    };
    match scan::scan(&bytes, &Limits::default(), &Unattended) {
        Ok(finds) => {
            let codes = finds.codes.iter().map(|one| characters(&one.code));
            let parts = finds.parts.iter().map(|part| Ok(part.to_string()));
            codes.chain(parts).collect()
        }
        Err(error) => vec![Err(error.to_string())],
    }
}

fn characters(typed: &TypedCode) -> Result<String, String> {
    match typed.read() {
        Reading::Code(code) => Ok(code.expose().to_owned()),
        Reading::Share(share) => Ok(share.expose().to_owned()),
        Reading::Proposal(proposal) => Err(format!(
            "the code has {} mistakes",
            proposal.corrections().len()
        )),
        Reading::NewerVersion => Err("the code is from a newer version".to_owned()),
        Reading::Unfinished { .. } | Reading::TooLong { .. } | Reading::Reread(_) => {
            Err("the code is unreadable".to_owned())
        }
    }
}
