//! Measures how often mistyped codes are corrected and how long it takes: a seeded trial of every
//! kind of mistake, printed as a Markdown table. Run it with `cargo xtask figures [TRIALS]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a terminal program, which may panic"
)]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use code::{ALPHABET, BackupCode, Certainty, LOOK_ALIKES, Reading, TypedCode};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, index};
use rand::{RngExt, SeedableRng};

/// Number of trials that share a seed. The trials do not depend on the number of threads.
const CHUNK: u64 = 500;

/// A typing slip.
#[derive(Clone, Copy)]
enum TypingSlip {
    None,
    Missing,
    Extra,
    Neighbours,
    Groups,
    Twice,
    LeftOut,
}

/// A kind of mistake: the number of wrong, look-alike and unreadable characters, and a slip.
#[derive(Clone, Copy)]
struct Case {
    wrong: usize,
    look_alikes: usize,
    unreadable: usize,
    slip: TypingSlip,
}

const SLIPS: [(TypingSlip, &str); 6] = [
    (TypingSlip::Missing, "one character missing"),
    (TypingSlip::Extra, "one character too many"),
    (TypingSlip::Neighbours, "two neighbours swapped"),
    (TypingSlip::Groups, "two neighbouring groups swapped"),
    (TypingSlip::Twice, "a group typed twice"),
    (TypingSlip::LeftOut, "a group left out"),
];

const MIXED: [(usize, usize); 12] = [
    (1, 2),
    (1, 6),
    (2, 4),
    (3, 2),
    (1, 7),
    (2, 5),
    (3, 3),
    (4, 1),
    (1, 8),
    (2, 6),
    (3, 4),
    (4, 2),
];

fn cases() -> Vec<(String, Case)> {
    let none = Case {
        wrong: 0,
        look_alikes: 0,
        unreadable: 0,
        slip: TypingSlip::None,
    };
    let mut cases = Vec::new();
    for wrong in 0..=6 {
        cases.push((format!("{wrong} wrong"), Case { wrong, ..none }));
    }
    for unreadable in 1..=14 {
        let name = format!("{unreadable} unreadable");
        cases.push((name, Case { unreadable, ..none }));
    }
    for (wrong, unreadable) in MIXED {
        let name = format!("{wrong} wrong, {unreadable} unreadable");
        let case = Case {
            wrong,
            unreadable,
            ..none
        };
        cases.push((name, case));
    }
    for look_alikes in 5..=7 {
        let name = format!("{look_alikes} look-alikes");
        cases.push((
            name,
            Case {
                look_alikes,
                ..none
            },
        ));
    }
    for (slip, name) in SLIPS {
        cases.push((name.to_owned(), Case { slip, ..none }));
        let wrong = 1;
        let with_one = Case {
            slip,
            wrong,
            ..none
        };
        cases.push((format!("{name}, 1 wrong"), with_one));
    }
    cases
}

/// Returns the code as it is typed.
fn corrupt(code: &str, case: Case, rng: &mut StdRng) -> String {
    let mut typed = code.as_bytes().to_vec();
    let positions = index::sample(rng, typed.len(), case.wrong + case.unreadable).into_vec();
    for (nth, &position) in positions.iter().enumerate() {
        typed[position] = if nth < case.wrong {
            other_than(typed[position], rng)
        } else {
            b'?'
        };
    }
    let doubtful: Vec<usize> = (0..typed.len())
        .filter(|&at| partner(typed[at]).is_some())
        .collect();
    for at in doubtful.sample(rng, case.look_alikes) {
        typed[*at] = partner(typed[*at]).unwrap();
    }
    slip(&mut typed, case.slip, rng);
    String::from_utf8(typed).unwrap()
}

fn slip(typed: &mut Vec<u8>, slip: TypingSlip, rng: &mut StdRng) {
    match slip {
        TypingSlip::None => {}
        TypingSlip::Missing => {
            typed.remove(rng.random_range(0..60));
        }
        TypingSlip::Extra => typed.insert(rng.random_range(0..=60), *ALPHABET.choose(rng).unwrap()),
        TypingSlip::Neighbours => {
            let at = rng.random_range(0..59);
            typed.swap(at, at + 1);
        }
        TypingSlip::Groups => {
            let group = rng.random_range(1..12);
            let (one, other) = typed.split_at_mut(5 * group);
            one[5 * (group - 1)..].swap_with_slice(&mut other[..5]);
        }
        TypingSlip::Twice => {
            let group = rng.random_range(0..12);
            let copy = typed[5 * group..5 * group + 5].to_vec();
            typed.splice(5 * group..5 * group, copy);
        }
        TypingSlip::LeftOut => {
            let group = rng.random_range(0..12);
            typed.drain(5 * group..5 * group + 5);
        }
    }
}

fn other_than(symbol: u8, rng: &mut StdRng) -> u8 {
    let value = ALPHABET.iter().position(|it| *it == symbol).unwrap();
    ALPHABET[(value + rng.random_range(1..32)) % 32]
}

fn partner(symbol: u8) -> Option<u8> {
    let pairs = LOOK_ALIKES.map(|pair| pair.map(|symbol| symbol as u8));
    pairs.iter().find_map(|&[one, other]| match symbol {
        symbol if symbol == one => Some(other),
        symbol if symbol == other => Some(one),
        _ => None,
    })
}

/// Counts of results.
#[derive(Default)]
struct Tally {
    right: u64,
    candidate: u64,
    reread: u64,
    wrong: u64,
    times: Vec<Duration>,
}

impl Tally {
    fn trial(&mut self, case: Case, rng: &mut StdRng) {
        let code = BackupCode::generate(rng, &|_| false);
        let typed = TypedCode::parse(&corrupt(code.expose(), case, rng)).unwrap();
        let start = Instant::now();
        let reading = typed.read();
        self.times.push(start.elapsed());
        match reading {
            Reading::Code(read) if read.expose() == code.expose() => self.right += 1,
            Reading::Proposal(proposal) if proposal.text() == code.expose() => {
                match proposal.certainty() {
                    Certainty::Checked => self.right += 1,
                    Certainty::Candidate => self.candidate += 1,
                }
            }
            Reading::Code(_) | Reading::Share(_) | Reading::Proposal(_) => self.wrong += 1,
            Reading::Unfinished { .. }
            | Reading::TooLong { .. }
            | Reading::Reread(_)
            | Reading::NewerVersion => self.reread += 1,
        }
    }

    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.candidate += other.candidate;
        self.reread += other.reread;
        self.wrong += other.wrong;
        self.times.extend(other.times);
    }

    fn row(mut self, name: &str) -> String {
        let total = self.right + self.candidate + self.reread + self.wrong;
        assert_eq!(total, self.times.len() as u64, "every trial counts once");
        self.times.sort_unstable();
        let at = |percent: usize| self.times[(self.times.len() - 1) * percent / 100].as_micros();
        let Tally {
            right,
            candidate,
            reread,
            wrong,
            ..
        } = self;
        format!(
            "| {name} | {right} | {candidate} | {reread} | {wrong} | {} | {} |",
            at(50),
            at(99)
        )
    }
}

fn tally(number: u64, case: Case, trials: u64) -> Tally {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicU64::new(0);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                let mut tally = Tally::default();
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    let left = trials.saturating_sub(chunk * CHUNK);
                    if left == 0 {
                        break;
                    }
                    let mut rng = StdRng::seed_from_u64(number << 32 | chunk);
                    for _ in 0..left.min(CHUNK) {
                        tally.trial(case, &mut rng);
                    }
                }
                send.send(tally).unwrap();
            });
        }
    });
    drop(send);
    let mut sum = Tally::default();
    receive.iter().for_each(|tally| sum.add(tally));
    sum
}

fn main() {
    // `cargo bench` passes its own flags too.
    let trials = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(100_000);
    println!("{trials} trials a row; times in microseconds.\n");
    println!(
        "| typed with | proposed right | candidate right | told to re-read | proposed wrong | median | 99 % |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (number, (name, case)) in (0..).zip(cases()) {
        println!("{}", tally(number, case, trials).row(&name));
    }
}
