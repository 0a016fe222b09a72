//! Writes recovery pages with sample items and prints their random code.
//! Run as `cargo xtask sample-pages OUT.pdf [--items N]`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use code::BackupCode;
use kit::Snapshot;
use rand::RngExt;
use sheet::{Language, LocalTime, Paper, RecoveryPages};
use wallet::{Body, Email, Item, ItemId, SecretText, Timestamp, WalletId};

const EMAIL: &str = "sample@example.org";

/// Number of items without `--items`.
const ITEMS: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (path, items) = match arguments[..] {
        [path] => (path, Some(ITEMS)),
        [path, "--items", items] | ["--items", items, path] => (path, items.parse().ok()),
        _ => {
            eprintln!("Usage: cargo xtask sample-pages OUT.pdf [--items N]");
            return ExitCode::FAILURE;
        }
    };
    let Some(items) = items else {
        eprintln!("The number of items is not a number.");
        return ExitCode::FAILURE;
    };
    match write(path, items) {
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

fn write(path: &str, items: usize) -> Result<String, Box<dyn Error>> {
    let mut rng = rand::rng();
    let code = BackupCode::generate(&mut rng, &|_| false);
    let now: i64 = SystemTime::now()
        .duration_since(UNIX_EPOCH)?
        .as_secs()
        .try_into()?;
    let mut item = |number: usize| {
        Item::new(
            ItemId::random(&mut rng),
            Body::note(
                SecretText::new(format!("Sample {number}")),
                SecretText::new(note(&mut rng)),
            ),
            Timestamp(now),
        )
    };
    let items: Vec<Item> = (1..=items).map(&mut item).collect();
    let pages = kit::pages::make(
        &code,
        &Snapshot {
            wallet_id: WalletId::random(&mut rand::rng()),
            email: &Email::parse(EMAIL)?,
            date: Timestamp(now),
            commit: None,
            items: &items,
        },
    )?;
    let pdf = sheet::pages_pdf(&RecoveryPages {
        wallet: Some(EMAIL),
        identifier: code.identifier(),
        made: LocalTime {
            unix: now,
            offset_seconds: 0,
        },
        items: items.len(),
        set: &pages.set().to_string(),
        paper: Paper::A4,
        language: Language::English,
        pages: pages.pages(),
    })?;
    // Never overwrites a file.
    File::create_new(path)?.write_all(&pdf)?;
    Ok(code.expose().to_owned())
}

/// Words and a random key, which does not compress: about 250 bytes.
fn note(rng: &mut impl rand::Rng) -> String {
    const WORDS: [&str; 12] = [
        "account", "bank", "branch", "door", "garden", "key", "number", "opens", "second", "stone",
        "the", "under",
    ];
    let words: Vec<&str> = (0..24)
        .map(|_| WORDS[rng.random_range(0..WORDS.len())])
        .collect();
    let key: u128 = rng.random();
    let more: u128 = rng.random();
    format!("{}\n{key:032x}{more:032x}\n", words.join(" "))
}
