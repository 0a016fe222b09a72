//! Races: two processes at one wallet at the same moment, with real files, locks and records.

mod racer;
mod referee;

use std::collections::BTreeMap;
use std::process::Command;
use std::time::Duration;

use platform::random::{SystemRandom, system_random};
use platform::testing::PrivateDesktop;
use rand::RngExt as _;

use racer::{Racer, Store, Task, Word};
use referee::{Verdict, Wallet};

use crate::person::{Told, words};

pub(crate) use racer::run as run_racer;

/// One race in five of the other kinds.
const SHARE_OF_OTHERS: u64 = 5;

/// Races `rounds` times on a desktop of its own, and prints what was found.
pub(crate) fn race(rounds: u64) -> Told<bool> {
    let desktop = PrivateDesktop::start().map_err(words)?;
    let mut command = Command::new(std::env::current_exe().map_err(words)?);
    command.args(["races-here", &rounds.to_string()]);
    let status = desktop.apply(&mut command).status().map_err(words)?;
    Ok(status.success())
}

/// Does the same on the present desktop.
pub(crate) fn race_here(rounds: u64) -> Told<bool> {
    let mut course = Course {
        random: system_random().map_err(words)?,
        lost: 0,
    };
    let others = rounds.div_ceil(SHARE_OF_OTHERS);
    let saves = course.run(others, [Task::Save, Task::Save])?;
    println!("{others} races of two saves: {}", saves.told());
    let revoked = course.run(others, [Task::Redeem, Task::Revoke])?;
    println!(
        "{others} races of redeeming and revoking: {}",
        revoked.told()
    );
    let tally = course.run(rounds, [Task::Redeem, Task::Redeem])?;
    println!("{rounds} races of two redemptions: {}", tally.told());
    let Tally { one, two, none, .. } = tally;
    let lost = course.lost;
    println!("{rounds} races, {one} one winner, {two} two winners, {none} no winner, {lost} lost");
    Ok(lost == 0 && one == rounds)
}

struct Course {
    random: SystemRandom,
    lost: u64,
}

/// Counts of races of one kind.
#[derive(Default)]
struct Tally {
    one: u64,
    two: u64,
    none: u64,
    /// What the two processes were told, and how often.
    words: BTreeMap<String, u64>,
}

impl Tally {
    fn told(&self) -> String {
        let counts = self
            .words
            .iter()
            .map(|(words, count)| format!("{count} {words}"));
        counts.collect::<Vec<_>>().join(", ")
    }
}

impl Course {
    /// Runs races of one kind, half of them with each store.
    fn run(&mut self, rounds: u64, tasks: [Task; 2]) -> Told<Tally> {
        let mut tally = Tally::default();
        for round in 0..rounds {
            let store = match round % 2 {
                0 => Store::Keyring,
                _ => Store::PrivateFile,
            };
            let wallet = Wallet::make(store)?;
            let told = self.once(&wallet, tasks)?;
            match told.iter().filter(|word| **word == Word::Done).count() {
                0 => tally.none += 1,
                1 => tally.one += 1,
                _ => tally.two += 1,
            }
            let mut names = told.each_ref().map(|word| format!("{word}"));
            if tasks[0] == tasks[1] {
                names.sort();
            }
            let [one, other] = names;
            *tally.words.entry(format!("{one} and {other}")).or_default() += 1;
            if let Verdict::Lost(lost) = wallet.judge(tasks, &told) {
                self.lost += 1;
                println!("race {round}, {store:?}, {tasks:?}, {told:?}: {lost}");
            }
        }
        Ok(tally)
    }

    fn once(&mut self, wallet: &Wallet, tasks: [Task; 2]) -> Told<[Word; 2]> {
        let start = |at: usize| {
            let text = &referee::TEXTS[at];
            Racer::start(wallet.folder(), wallet.store, tasks[at], &wallet.code, text)
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
