//! Writes a recovery sheet with a random code that opens nothing, and prints the code.
//! Run as `cargo xtask sample-sheet OUT.pdf`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::error::Error;
use std::fs;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use code::BackupCode;
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("Usage: cargo xtask sample-sheet OUT.pdf");
        return ExitCode::FAILURE;
    };
    match write(&path) {
        Ok(code) => {
            println!("{code}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(path: &str) -> Result<String, Box<dyn Error>> {
    let code = BackupCode::generate(&mut rand::rng(), &|_| false);
    let made = LocalTime {
        unix: SystemTime::now()
            .duration_since(UNIX_EPOCH)?
            .as_secs()
            .try_into()?,
        offset_seconds: 0,
    };
    let pdf = sheet::pdf(&Sheet {
        carries: Carries::Code(&code),
        wallet: Some("sample@example.org"),
        made,
        validity: Validity::UntilUsed,
        reach: Reach::ThisComputer,
        language: Language::English,
        paper: Paper::A4,
    })?;
    fs::write(path, pdf.as_slice())?;
    Ok(code.expose().to_owned())
}
