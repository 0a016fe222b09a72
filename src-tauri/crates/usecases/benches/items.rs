//! Measures a wallet of many items: how long it takes to open, to search and to save, and how much
//! memory it takes open. Prints a Markdown table. Run it with `cargo xtask wallet-bench`.
//!
//! Keys are derived by simulation and the disk is in memory, so a time is one of this program's
//! code: the file's JSON, its seal, its integrity, its items. Each is the median of several.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a terminal program, which may panic"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use usecases::items::{self, Saving};
use usecases::session::Session;
use usecases::sign_in::{self, Step};
use usecases::testing::{MemoryKeychain, SetClock};
use usecases::waits::Waits;
use usecases::{World, create};
use wallet::store;
use wallet::testing::MemoryDisk;
use wallet::{
    Body, CommitId, Email, Field, FieldType, Item, ItemId, KdfMemory, KdfParams, Kind, Password,
    Sealed, SecretText, Timestamp, WalletId,
};

const FOLDER: &str = "/wallets";
const PASSWORD: &str = "the password of a wallet of many items";
/// Times that each operation is measured.
const TIMES: usize = 7;

/// One computer.
struct Desk {
    clock: SetClock,
    keychain: MemoryKeychain,
    disk: MemoryDisk,
    rng: StdRng,
    memory: KdfMemory,
}

fn main() {
    let counts = std::env::args().skip(1).filter_map(|it| it.parse().ok());
    let counts: Vec<usize> = counts.collect();
    let counts = match counts.is_empty() {
        true => vec![100, 1_000, 10_000],
        false => counts,
    };
    println!(
        "| items | file, MB | open, ms | search, ms | in hidden texts, ms | save, ms | memory, MB |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    for count in counts {
        row(count);
    }
}

fn row(count: usize) {
    let mut desk = Desk {
        clock: SetClock::at(1_800_000_000),
        keychain: MemoryKeychain::default(),
        disk: MemoryDisk::new(),
        rng: StdRng::seed_from_u64(1),
        memory: KdfMemory::simulated(),
    };
    let wallet = desk.wallet_of(count);
    let size = desk.disk.bytes(&path(wallet)).unwrap().len();
    let before = resident();
    let session = desk.sign_in(wallet);
    let memory = resident().saturating_sub(before);
    // Only one session at a time may change the wallet.
    drop(session);
    let open = median(|| drop(black_box(desk.sign_in(wallet))));
    let mut session = desk.sign_in(wallet);
    let wanted = format!("exchange {}", count - 1);
    let find = |hidden| {
        let found = items::find(&session, &wanted, hidden);
        assert!(!found.is_empty());
        black_box(found);
    };
    let search = median(|| find(false));
    let hidden = median(|| find(true));
    let mut number = count;
    let id = session.items()[count / 2].id;
    let save = median(|| {
        number += 1;
        let body = account(number, &mut StdRng::seed_from_u64(number as u64));
        let saving = Saving::Changed;
        items::save(&mut desk.world(), &mut session, id, saving, body).unwrap();
    });
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!(
        "| {count} | {:.2} | {:.1} | {:.2} | {:.2} | {:.1} | {:.1} |",
        size as f64 / 1e6,
        ms(open),
        ms(search),
        ms(hidden),
        ms(save),
        memory as f64 / 1e6,
    );
}

impl Desk {
    fn world(&mut self) -> World<'_> {
        World {
            clock: &self.clock,
            watched: &[],
            keychain: &self.keychain,
            disk: &self.disk,
            folder: Path::new(FOLDER),
            rng: &mut self.rng,
            memory: &mut self.memory,
        }
    }

    /// Makes a wallet with this number of accounts.
    fn wallet_of(&mut self, count: usize) -> WalletId {
        let email = Email::parse("ada@example.org").unwrap();
        let created = create::create(&mut self.world(), email, &password(), KdfParams::FLOOR);
        let wallet = created.unwrap().wallet();
        let path = path(wallet);
        let sealed = Sealed::parse(self.disk.bytes(&path).unwrap()).unwrap();
        let opened = sealed.open_with_password(&password(), &mut self.memory);
        let mut opened = opened.unwrap();
        let rng = &mut self.rng;
        opened.contents.items = (0..count)
            .map(|number| {
                let id = ItemId::random(rng);
                Item::new(id, account(number, rng), Timestamp(1_800_000_000))
            })
            .collect();
        let commit = CommitId::random(rng);
        let file = opened.seal(rng, commit).unwrap();
        self.disk.put(&path, &file);
        wallet
    }

    fn sign_in(&mut self, wallet: WalletId) -> Session {
        let waits = Waits::default();
        let step = sign_in::password(&mut self.world(), &waits, wallet, &password());
        match step.unwrap() {
            Step::Open(session) => *session,
            Step::Digits(_) => unreachable!("two-step verification is off"),
        }
    }
}

/// An account as people keep them: some 180 bytes of text.
fn account(number: usize, rng: &mut StdRng) -> Body {
    let text = |text: String| SecretText::new(text);
    let password: String = (0..20)
        .map(|_| char::from(rng.random_range(b'!'..=b'~')))
        .collect();
    let fields = [
        (
            "User name",
            FieldType::Text,
            format!("ada.{number}@example.org"),
        ),
        ("Password", FieldType::Secret, password),
        (
            "Address",
            FieldType::Address,
            format!("https://exchange-{number}.example.org/sign-in"),
        ),
        (
            "One-time password",
            FieldType::OneTime,
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned(),
        ),
        (
            "Notes",
            FieldType::Text,
            "Opened in spring, for the savings of the family".to_owned(),
        ),
    ];
    let numbered = (1..).zip(fields);
    Body {
        kind: Kind::Account,
        title: text(format!("Exchange {number}")),
        tags: vec![text(["money", "work", "home"][number % 3].to_owned())],
        favourite: number.is_multiple_of(50),
        fields: numbered
            .map(|(number, (label, kind, of))| Field {
                number,
                label: text(label.to_owned()),
                kind,
                text: text(of),
                file: None,
            })
            .collect(),
    }
}

fn password() -> Password {
    Password::typed(PASSWORD.to_owned())
}

fn path(wallet: WalletId) -> std::path::PathBuf {
    store::path(Path::new(FOLDER), wallet)
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[TIMES / 2]
}

/// Bytes of memory that this process uses; 0 where the system does not tell in this way.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    1024 * number.unwrap_or_default()
}
