//! Measures the processor time and size of one sheet, and of other programs that draw the same text
//! and the same QR code. Prints a Markdown table. Run as `cargo bench -p sheet`.
//!
//! The other programs are included if `benches/others/install.sh` has installed them. Each puts all
//! lines of our sheet on one page with our typefaces embedded, and the QR code at level H as
//! vectors, without columns or tags.
#![cfg_attr(
    not(unix),
    allow(unused, reason = "processor time is measured on Unix only")
)]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for the terminal, which may panic"
)]

#[path = "../tests/integration/variants/mod.rs"]
mod variants;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sheet::{Language, Paper};
use variants::{Carried, EMAIL, Samples, Variant, reach};

/// Number of processes of each program, started in turn.
const COLD: usize = 21;
/// Number of sheets in one process.
const WARM: usize = 201;

/// The sheet of a whole code with the most text.
const MEASURED: Variant = Variant {
    carried: Carried::Code,
    language: Language::English,
    paper: Paper::A4,
    reach: reach(true, true),
    timed: false,
    wallet: Some(EMAIL),
};

/// Size of a sheet, processor time of the process until the first sheet, and median time of later
/// sheets.
#[derive(Clone, Copy)]
struct Cost {
    bytes: usize,
    cold: Duration,
    warm: Duration,
}

/// Processor time that this process has used.
#[cfg(unix)]
fn used() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(not(unix))]
fn used() -> Duration {
    panic!("processor time is measured on Unix only");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Makes one sheet, then `more`.
fn ours(more: usize) -> Cost {
    let samples = Samples::read();
    let bytes = sheet::pdf(&MEASURED.sheet(&samples)).unwrap().len();
    let cold = used();
    let timed = |_| {
        let start = used();
        let pdf = sheet::pdf(&MEASURED.sheet(&samples)).unwrap();
        assert_eq!(pdf.len(), bytes);
        used() - start
    };
    Cost {
        bytes,
        cold,
        warm: median((0..more).map(timed).collect()),
    }
}

/// A program that makes one sheet, then more, and prints the size and both times in microseconds.
struct Other {
    name: &'static str,
    /// Path in the folder of installed programs.
    program: &'static str,
    script: &'static str,
}

const OTHERS: [Other; 3] = [
    Other {
        name: "Python, `qrcode` and `reportlab`",
        program: "venv/bin/python",
        script: "reportlab_qrcode.py",
    },
    Other {
        name: "Python, `segno` and `fpdf2`",
        program: "venv/bin/python",
        script: "fpdf2_segno.py",
    },
    Other {
        name: "Node.js, `qrcode` and `pdfkit`",
        program: "node_modules/.bin/node",
        script: "pdfkit_qrcode.mjs",
    },
];

impl Other {
    fn cost(&self, installed: &Path, words: &Path, more: usize) -> Cost {
        let benches = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/others");
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let made = installed.join(self.script).with_added_extension("pdf");
        let output = Command::new(installed.join(self.program))
            .arg(benches.join(self.script))
            .args([words, &fonts, &made])
            .arg(more.to_string())
            .env("NODE_PATH", installed.join("node_modules"))
            .current_dir(installed)
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<u64> = printed.split_whitespace().flat_map(str::parse).collect();
        let &[bytes, cold, warm] = numbers.as_slice() else {
            panic!(
                "{}: {printed}{}",
                self.name,
                String::from_utf8_lossy(&output.stderr)
            );
        };
        assert_eq!(bytes, fs::metadata(made).unwrap().len());
        Cost {
            bytes: bytes as usize,
            cold: Duration::from_micros(cold),
            warm: Duration::from_micros(warm),
        }
    }
}

/// This program in a new process.
fn ours_cold() -> Cost {
    let output = Command::new(env::current_exe().unwrap())
        .arg("--one")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let (bytes, cold) = printed.trim().split_once(' ').unwrap();
    Cost {
        bytes: bytes.parse().unwrap(),
        cold: Duration::from_micros(cold.parse().unwrap()),
        warm: Duration::ZERO,
    }
}

/// The text of our sheet: a line with the code, then lines of typeface, size and text.
fn words() -> String {
    let samples = Samples::read();
    let pdf = sheet::pdf(&MEASURED.sheet(&samples)).unwrap();
    let file = lopdf::Document::load_mem(&pdf).unwrap();
    let mut words = format!("{}\n", MEASURED.carried.text());
    for (number, line) in file.extract_text(&[1]).unwrap().lines().enumerate() {
        let line = line.trim();
        let (face, size) = match line {
            "" => continue,
            _ if number == 0 => ("bold", 24.0),
            _ if is_code(line) => ("mono", 24.0),
            _ => ("regular", 10.0),
        };
        words += &format!("{face}\t{size}\t{line}\n");
    }
    words
}

fn is_code(line: &str) -> bool {
    let groups: Vec<&str> = line.split_whitespace().collect();
    let group = |group: &&str| group.len() == 5 && MEASURED.carried.text().contains(group);
    !groups.is_empty() && groups.iter().all(group)
}

fn installed() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("sheet-others")
}

fn main() {
    if env::args().any(|argument| argument == "--one") {
        let Cost { bytes, cold, .. } = ours(0);
        println!("{bytes} {}", cold.as_micros());
        return;
    }
    let installed = installed();
    let available: Vec<&Other> = OTHERS
        .iter()
        .filter(|other| installed.join(other.program).exists())
        .collect();
    let mut costs = vec![(String::from("Backup Code"), ours(WARM), Vec::new())];
    let file = installed.join("words.tsv");
    if !available.is_empty() {
        fs::write(&file, words()).unwrap();
    }
    for other in &available {
        let cost = other.cost(&installed, &file, WARM);
        costs.push((other.name.to_owned(), cost, Vec::new()));
    }
    for _ in 0..COLD {
        for (index, (_, _, cold)) in costs.iter_mut().enumerate() {
            let cost = match index.checked_sub(1).and_then(|index| available.get(index)) {
                Some(other) => other.cost(&installed, &file, 0),
                None => ours_cold(),
            };
            cold.push(cost.cold);
        }
    }
    println!(
        "Processor time of one A4 sheet: medians of {COLD} cold processes and of {WARM} sheets of one.\n"
    );
    println!("| program | cold, ms | warm, ms | kB |\n|---|---|---|---|");
    for (name, cost, cold) in costs {
        println!(
            "| {name} | {:.1} | {:.1} | {:.1} |",
            median(cold).as_secs_f64() * 1e3,
            cost.warm.as_secs_f64() * 1e3,
            cost.bytes as f64 / 1e3
        );
    }
    if available.len() < OTHERS.len() {
        println!(
            "\nTo include the others: sh src-tauri/crates/sheet/benches/others/install.sh {}",
            installed.display()
        );
    }
}
