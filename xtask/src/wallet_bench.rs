//! `cargo xtask wallet-bench [ITEMS...]`: how long a wallet of many items takes to open, to search
//! and to save, beside KeePassXC with the same items in the same run.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::failed::{CommandResult, Failed};
use crate::packages;
use crate::program::{alone, cargo, own_folder, program};

/// Numbers of items where none are named.
const ITEMS: [u32; 3] = [100, 1_000, 10_000];
const PASSWORD: &str = "the password of a wallet of many items";
/// Times that each operation of KeePassXC is measured.
const TIMES: usize = 5;

/// Prints both tables.
pub(crate) fn wallet_bench(words: &[String]) -> CommandResult {
    let items: Result<Vec<u32>, _> = words.iter().map(|word| word.parse()).collect();
    let items = items.map_err(|_| Failed::new("The numbers of items must be whole numbers."))?;
    let items = match items.is_empty() {
        true => ITEMS.to_vec(),
        false => items,
    };
    packages::provide(&[packages::WALLET_BENCH])?;
    let mut bench = cargo(["bench", "--quiet", "--package", "usecases"]);
    bench.args(["--bench", "items", "--"]);
    bench.args(items.iter().map(u32::to_string));
    if !alone(&mut bench)? {
        return Err(Failed::new("The measurement failed."));
    }
    println!("\nKeePassXC, each time a process, less the time of an empty database:\n");
    println!("| items | open and list, ms | search, ms | add and save, ms |");
    println!("|---:|---:|---:|---:|");
    let folder = own_folder("wallet-bench");
    fs::create_dir_all(&folder).map_err(|error| unwritten(&folder, &error))?;
    let empty = Times::of(&folder, 0)?;
    for count in items {
        println!("| {count} {}", Times::of(&folder, count)?.less(&empty));
    }
    Ok(())
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failed {
    Failed::new(format!("{} cannot be written: {error}", path.display()))
}

/// How long KeePassXC takes.
struct Times {
    list: Duration,
    search: Duration,
    add: Duration,
}

impl Times {
    fn of(folder: &Path, count: u32) -> Result<Self, Failed> {
        let xml = folder.join("items.xml");
        let database = folder.join("items.kdbx");
        fs::write(&xml, accounts(count)).map_err(|error| unwritten(&xml, &error))?;
        // Left behind by a run that was stopped; a missing one is as good.
        let _ = fs::remove_file(&database);
        // The shortest derivation that it offers.
        let mut import = program("keepassxc-cli", ["import", "-q", "-t", "100", "-p"]);
        answered(import.args([&xml, &database]), 2)?;
        let named = format!("Exchange {}", count.saturating_sub(1));
        let mut added = 0;
        Ok(Self {
            list: median(|| answered(program("keepassxc-cli", ["ls", "-q"]).arg(&database), 1))?,
            search: median(|| {
                let mut search = program("keepassxc-cli", ["search", "-q"]);
                // Nothing found is an error to it.
                answered(search.arg(&database).arg(&named), 1).or(Ok(()))
            })?,
            add: median(|| {
                added += 1;
                let mut add = program("keepassxc-cli", ["add", "-q"]);
                answered(add.arg(&database).arg(format!("Added {added}")), 1)
            })?,
        })
    }

    /// The cells of a row.
    fn less(&self, empty: &Self) -> String {
        let ms =
            |time: Duration, empty: Duration| 1_000.0 * time.saturating_sub(empty).as_secs_f64();
        format!(
            "| {:.0} | {:.0} | {:.0} |",
            ms(self.list, empty.list),
            ms(self.search, empty.search),
            ms(self.add, empty.add),
        )
    }
}

/// Runs KeePassXC, which asks for the password this number of times.
fn answered(command: &mut Command, times: usize) -> CommandResult {
    let failed = |why: String| Failed::new(format!("keepassxc-cli: {why}"));
    let mut child = command
        .env("QT_QPA_PLATFORM", "offscreen")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let Some(mut input) = child.stdin.take() {
        let typed = format!("{PASSWORD}\n").repeat(times);
        let written = input.write_all(typed.as_bytes());
        written.map_err(|error| failed(error.to_string()))?;
    }
    let done = child.wait_with_output();
    let done = done.map_err(|error| failed(error.to_string()))?;
    match done.status.success() {
        true => Ok(()),
        false => Err(failed(String::from_utf8_lossy(&done.stderr).into_owned())),
    }
}

fn median(mut work: impl FnMut() -> CommandResult) -> Result<Duration, Failed> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begun = Instant::now();
        work()?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times[TIMES / 2])
}

/// Accounts like those of the bench, as KeePass exports them.
fn accounts(count: u32) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><KeePassFile><Meta/><Root><Group>\
         <UUID>AAAAAAAAAAAAAAAAAAAAAQ==</UUID><Name>Root</Name>",
    );
    for number in 0..count {
        let fields = [
            ("Title", format!("Exchange {number}")),
            ("UserName", format!("ada.{number}@example.org")),
            ("Password", format!("{number:020}")),
            (
                "URL",
                format!("https://exchange-{number}.example.org/sign-in"),
            ),
            ("otp", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned()),
            (
                "Notes",
                "Opened in spring, for the savings of the family".to_owned(),
            ),
        ];
        xml.push_str("<Entry>");
        for (key, value) in fields {
            // Writing to a `String` cannot fail.
            let _ = write!(
                xml,
                "<String><Key>{key}</Key><Value>{value}</Value></String>"
            );
        }
        xml.push_str("</Entry>");
    }
    xml.push_str("</Group></Root></KeePassFile>");
    xml
}
