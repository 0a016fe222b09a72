//! Writes a recovery kit with sample items to `DIR/backup-kit-ABCD` and prints its random code.
//! Run as `cargo xtask sample-kit DIR`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use code::BackupCode;
use kit::{Snapshot, folder_name};
use wallet::{Body, Email, Item, ItemId, SecretText, Timestamp, WalletId};

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("Usage: cargo xtask sample-kit DIR");
        return ExitCode::FAILURE;
    };
    match write(Path::new(&path)) {
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

fn write(to: &Path) -> Result<String, Box<dyn Error>> {
    let mut rng = rand::rng();
    let code = BackupCode::generate(&mut rng, &|identifier| {
        to.join(folder_name(identifier)).exists()
    });
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)?
        .as_secs()
        .try_into()?;
    let mut note = |title: &str, text: &str| {
        Item::new(
            ItemId::random(&mut rng),
            Body::note(
                SecretText::new(title.to_owned()),
                SecretText::new(text.to_owned()),
            ),
            Timestamp(now),
        )
    };
    let items = [
        note("Spare key", "Under the third stone."),
        note("Café safe", "Left 12, right 34.\nNot the \"old\" one."),
    ];
    let (files, _) = kit::make(
        &code,
        &Snapshot {
            wallet_id: WalletId::random(&mut rng),
            email: &Email::parse("sample@example.org")?,
            date: Timestamp(now),
            commit: None,
            items: &items,
        },
    )?;
    fs::create_dir_all(to)?;
    let folder = to.join(folder_name(code.identifier()));
    // Never overwrites a folder or file.
    fs::create_dir(&folder)?;
    for (name, bytes) in files.named() {
        File::create_new(folder.join(name))?.write_all(bytes)?;
    }
    Ok(code.expose().to_owned())
}
