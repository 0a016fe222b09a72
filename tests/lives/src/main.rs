//! Runs lives: `cargo xtask lives` passes its words on.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use lives::breaks::{BREAKS, Break};
use lives::oracle::Broken;
use lives::run::{live, replay};
use lives::shrink::shrink;
use lives::tally::Tally;

const HELP: &str = "\
lives --seeds N [--from S] [--break NAME] [--table]   run N lives
lives --seed N [--tell] [--break NAME]                run one, tell it, shrink it if it fails
lives --breaks [N]                                    plant each fault, find it within N lives
";

/// How often the table of a long run has to count each cell that can happen, and from how many
/// lives on a run is long.
const LEAST: u64 = 100;
const LONG: u64 = 1_000_000;

/// How many lives pass between two signs of life of a long run.
const PROGRESS: u64 = 100_000;

struct Words {
    seeds: Option<u64>,
    from: u64,
    seed: Option<u64>,
    tell: bool,
    table: bool,
    breaks: Option<u64>,
    planted: Option<Break>,
}

fn words() -> Option<Words> {
    let mut words = Words {
        seeds: None,
        from: 0,
        seed: None,
        tell: false,
        table: false,
        breaks: None,
        planted: None,
    };
    let mut arguments = std::env::args().skip(1).peekable();
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next()?.parse().ok();
        match argument.as_str() {
            "--seeds" => words.seeds = Some(number()?),
            "--from" => words.from = number()?,
            "--seed" => words.seed = Some(number()?),
            "--tell" => words.tell = true,
            "--table" => words.table = true,
            "--breaks" => words.breaks = Some(number().unwrap_or(20_000)),
            "--break" => words.planted = Some(Break::named(&arguments.next()?)?),
            _ => return None,
        }
    }
    Some(words)
}

/// Counts of many lives.
#[derive(Default)]
struct Sum {
    tally: Tally,
    lives: u64,
    lost: u64,
    let_in: u64,
    false_words: u64,
    lengths: Vec<u64>,
    first: Vec<(u64, Broken)>,
}

fn many(from: u64, seeds: u64, planted: Option<Break>, until_first: bool) -> Sum {
    let next = AtomicU64::new(from);
    let end = from.saturating_add(seeds);
    let sum = Mutex::new(Sum::default());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut own = Sum::default();
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= end {
                        break;
                    }
                    let report = live(seed, planted, false);
                    own.lives += 1;
                    let begun = seed - from + 1;
                    if begun.is_multiple_of(PROGRESS) {
                        eprintln!("{begun} lives begun");
                    }
                    own.lengths.push(report.tally.all());
                    own.tally.add(&report.tally);
                    if let Some(broken) = report.broken {
                        match broken {
                            Broken::Lost(_) => own.lost += 1,
                            Broken::LetIn(_) => own.let_in += 1,
                            Broken::FalseWord(_) => own.false_words += 1,
                        }
                        if seeds > PROGRESS {
                            eprintln!("seed {seed}: {broken:?}");
                        }
                        own.first.push((seed, broken));
                        if until_first {
                            next.store(end, Ordering::SeqCst);
                        }
                    }
                }
                let mut sum = sum.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                sum.tally.add(&own.tally);
                sum.lives += own.lives;
                sum.lost += own.lost;
                sum.let_in += own.let_in;
                sum.false_words += own.false_words;
                sum.lengths.extend(own.lengths);
                sum.first.extend(own.first);
            });
        }
    });
    sum.into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn main() -> ExitCode {
    let Some(words) = words() else {
        eprint!("{HELP}");
        return ExitCode::FAILURE;
    };
    match (words.seed, words.seeds, words.breaks) {
        (Some(seed), ..) => one(seed, &words),
        (None, Some(seeds), _) => all(seeds, &words),
        (None, None, Some(seeds)) => find_breaks(seeds, words.planted),
        (None, None, None) => {
            eprint!("{HELP}");
            ExitCode::FAILURE
        }
    }
}

fn one(seed: u64, words: &Words) -> ExitCode {
    let report = live(seed, words.planted, words.tell);
    print!("{}", report.told);
    let Some(broken) = report.broken else {
        println!("nothing was lost, nobody was let in, and no word was false");
        return ExitCode::SUCCESS;
    };
    println!("{broken:?}\nshrunk:");
    let few = shrink(seed, &report.choices, &broken, words.planted);
    print!("{}", replay(seed, &few, words.planted, true).told);
    ExitCode::FAILURE
}

fn all(seeds: u64, words: &Words) -> ExitCode {
    let start = Instant::now();
    let mut sum = many(words.from, seeds, words.planted, false);
    let seconds = start.elapsed().as_secs_f64();
    let surprises = match words.table {
        true => {
            println!("{}", sum.tally.table());
            sum.tally
                .surprises(if sum.lives < LONG { 0 } else { LEAST })
        }
        false => Vec::new(),
    };
    for surprise in &surprises {
        println!("not as expected: {surprise}");
    }
    sum.first.sort_by_key(|(seed, _)| *seed);
    for (seed, broken) in sum.first.iter().take(20) {
        println!("seed {seed}: {broken:?}");
    }
    sum.lengths.sort_unstable();
    let median = sum.lengths.get(sum.lengths.len() / 2).copied().unwrap_or(0);
    let rate = sum.lives as f64 / seconds;
    println!("median life: {median} acts; {rate:.0} lives a second");
    println!(
        "{} lives, {} acts, {} faults, {} lost, {} let in, {} false words",
        sum.lives,
        sum.tally.all(),
        sum.tally.faults(),
        sum.lost,
        sum.let_in,
        sum.false_words
    );
    match sum.lost + sum.let_in + sum.false_words + surprises.len() as u64 {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn find_breaks(seeds: u64, only: Option<Break>) -> ExitCode {
    let mut missed = 0;
    let all = BREAKS.into_iter();
    for (name, planted) in all.filter(|(_, it)| only.is_none_or(|only| only == *it)) {
        let sum = many(0, seeds, Some(planted), true);
        match sum.first.iter().min_by_key(|(seed, _)| *seed) {
            Some((seed, broken)) => {
                println!(
                    "{name}: found after {} lives, by seed {seed}: {broken:?}",
                    sum.lives
                );
            }
            None => {
                missed += 1;
                println!("{name}: not found in {} lives", sum.lives);
            }
        }
    }
    match missed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
