//! Prints a random set that opens nothing: one share for each line, then `secret` and the secret
//! code. Run as `cargo xtask sample-shares K N`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::process::ExitCode;

use code::{BackupCode, SetSize};

fn main() -> ExitCode {
    let numbers: Vec<Option<u8>> = std::env::args()
        .skip(1)
        .map(|argument| argument.parse().ok())
        .collect();
    let size = match numbers[..] {
        [Some(needed), Some(sheets)] => SetSize::new(needed, sheets),
        _ => None,
    };
    let Some(size) = size else {
        eprintln!("Usage: cargo xtask sample-shares K N, with 2 ≤ K ≤ 9 and K ≤ N ≤ 31");
        return ExitCode::FAILURE;
    };
    let (secret, shares) = BackupCode::generate_set(&mut rand::rng(), &|_| false, size);
    for share in shares {
        println!("{}", share.expose());
    }
    println!("secret {}", secret.expose());
    ExitCode::SUCCESS
}
