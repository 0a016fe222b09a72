//! Races: two processes at one wallet at the same moment, with real files, locks and records.

mod keyring;
mod racer;
mod referee;

use std::collections::BTreeMap;
use std::process::Command;
use std::time::Duration;

use platform::random::{SystemRandom, system_random};
use platform::testing::PrivateDesktop;
use rand::RngExt as _;

use keyring::Ends;
use racer::{Racer, Store, Task, Word};
use referee::{Verdict, Wallet};

use crate::person::{Told, words};

pub(crate) use racer::run as run_racer;

/// Races of one kind that the end of the keyring daemon may interrupt.
const MOST_INTERRUPTED: u64 = 3;
/// One race in five of the other kinds.
const SHARE_OF_OTHERS: u64 = 5;

/// Races `rounds` times on a desktop of its own, and prints what was found.
pub(crate) fn race(rounds: u64) -> Told<bool> {
    let mut desktop = PrivateDesktop::start().map_err(words)?;
    let mut command = Command::new(std::env::current_exe().map_err(words)?);
    command.args(["races-here", &rounds.to_string()]);
    let mut races = desktop.apply(&mut command).spawn().map_err(words)?;
    let status = keyring::watch(&mut desktop, &mut races)?;
    Ok(status.success())
}

/// Does the same on the present desktop.
pub(crate) fn race_here(rounds: u64) -> Told<bool> {
    let others = rounds.div_ceil(SHARE_OF_OTHERS);
    let saves = races(others, [Task::Save, Task::Save])?;
    println!("{others} races of two saves: {}", saves.told());
    let revoked = races(others, [Task::Redeem, Task::Revoke])?;
    println!(
        "{others} races of redeeming and revoking: {}",
        revoked.told()
    );
    let tally = races(rounds, [Task::Redeem, Task::Redeem])?;
    println!("{rounds} races of two redemptions: {}", tally.told());
    let lost = saves.lost + revoked.lost + tally.lost;
    let Tally { one, two, none, .. } = tally;
    println!("{rounds} races, {one} one winner, {two} two winners, {none} no winner, {lost} lost");
    Ok(lost == 0 && one == rounds)
}

/// Counts of races of one kind.
#[derive(Default)]
struct Tally {
    one: u64,
    two: u64,
    none: u64,
    lost: u64,
    /// What the two processes were told, and how often.
    words: BTreeMap<String, u64>,
}

impl Tally {
    fn told(&self) -> String {
        let counts = self.words.iter();
        let counts = counts.map(|(words, count)| format!("{count} {words}"));
        counts.collect::<Vec<_>>().join(", ")
    }

    fn add(&mut self, other: Self) {
        self.one += other.one;
        self.two += other.two;
        self.none += other.none;
        self.lost += other.lost;
        for (words, count) in other.words {
            *self.words.entry(words).or_default() += count;
        }
    }
}

/// Runs races of one kind, half of them with each store, at the same time.
fn races(rounds: u64, tasks: [Task; 2]) -> Told<Tally> {
    let halves = [
        (Store::Keyring, rounds.div_ceil(2)),
        (Store::PrivateFile, rounds / 2),
    ];
    std::thread::scope(|scope| {
        let workers = halves
            .map(|(store, rounds)| scope.spawn(move || Course::new(store, tasks)?.run(rounds)));
        let mut tally = Tally::default();
        for worker in workers {
            match worker.join() {
                Ok(half) => tally.add(half?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(tally)
    })
}

/// Races of one kind with one store.
struct Course {
    store: Store,
    tasks: [Task; 2],
    random: SystemRandom,
}

impl Course {
    fn new(store: Store, tasks: [Task; 2]) -> Told<Self> {
        let random = system_random().map_err(words)?;
        Ok(Self {
            store,
            tasks,
            random,
        })
    }

    fn run(&mut self, rounds: u64) -> Told<Tally> {
        let (store, tasks) = (self.store, self.tasks);
        let mut tally = Tally::default();
        let mut interrupted = 0;
        for round in 0..rounds {
            let (told, verdict) = loop {
                let ends = Ends::now()?;
                let wallet = Wallet::make(store);
                let race = wallet.as_ref().map_err(Clone::clone);
                let race = race.and_then(|wallet| self.race(wallet));
                let may_be_interrupted = matches!(store, Store::Keyring)
                    && match &race {
                        // Two winners are two, whatever the daemon does.
                        Ok((told, Verdict::Lost(_))) => *told != [Word::Done, Word::Done],
                        Ok((_, Verdict::Whole)) => false,
                        Err(_) => true,
                    };
                if !(may_be_interrupted && ends.is_another()?) {
                    break race?;
                }
                if let Ok(wallet) = wallet {
                    wallet.survived()?;
                }
                interrupted += 1;
                println!("race {round} was interrupted: the keyring daemon ended by itself");
                if interrupted > MOST_INTERRUPTED {
                    return Err("the keyring daemon ends too often".to_owned());
                }
            };
            match told.iter().filter(|word| **word == Word::Done).count() {
                0 => tally.none += 1,
                1 => tally.one += 1,
                _ => tally.two += 1,
            }
            let mut names = told.each_ref().map(|word| format!("{word}"));
            if tasks[0] == tasks[1] {
                names.sort();
            }
            *tally.words.entry(names.join(" and ")).or_default() += 1;
            if let Verdict::Lost(lost) = verdict {
                tally.lost += 1;
                println!("race {round}, {store:?}, {tasks:?}, {told:?}: {lost}");
            }
        }
        Ok(tally)
    }

    /// One race, and whether it ended as it must.
    fn race(&mut self, wallet: &Wallet) -> Told<([Word; 2], Verdict)> {
        let told = self.once(wallet)?;
        let verdict = wallet.judge(self.tasks, &told);
        Ok((told, verdict))
    }

    fn once(&mut self, wallet: &Wallet) -> Told<[Word; 2]> {
        let start = |at: usize| {
            let (task, text) = (self.tasks[at], referee::TEXTS[at]);
            Racer::start(wallet.folder(), wallet.store, task, &wallet.code, text)
        };
        let mut racers = [start(0)?, start(1)?];
        let waits = [self.wait(-1.5), self.wait(-0.5), self.wait(-1.5)];
        // Either is first as often as the other.
        let first = usize::from(self.random.random_bool(0.5));
        racers[first].go(Duration::ZERO, waits[0])?;
        racers[1 - first].go(waits[1], waits[2])?;
        let [one, other] = racers;
        Ok([one.word()?, other.word()?])
    }

    /// Ten microseconds to 10 to the power of `longest` seconds, as many short ones as long ones.
    fn wait(&mut self, longest: f64) -> Duration {
        Duration::from_secs_f64(10_f64.powf(self.random.random_range(-5.0..longest)))
    }
}
