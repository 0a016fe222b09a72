//! Counts of what was done.

use crate::acts::ACTS;
use crate::faults::Kind;
use crate::happening::HAPPENINGS;

/// How often each act met each fault.
#[derive(Clone)]
pub struct Tally {
    /// By act and fault.
    pub acts: Vec<[u64; Kind::ALL.len()]>,
    /// By what happened.
    pub happenings: [u64; HAPPENINGS.len()],
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            acts: vec![[0; Kind::ALL.len()]; ACTS.len()],
            happenings: [0; HAPPENINGS.len()],
        }
    }
}

impl Tally {
    /// An act was done.
    pub fn acted(&mut self, act: usize, fault: Kind) {
        self.acts[act][fault as usize] += 1;
    }

    /// Something happened.
    pub fn happened(&mut self, kind: usize) {
        self.happenings[kind] += 1;
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.acts.iter_mut().zip(&other.acts) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += theirs;
            }
        }
        for (mine, theirs) in self.happenings.iter_mut().zip(&other.happenings) {
            *mine += theirs;
        }
    }

    /// Acts in all, with what happened.
    pub fn all(&self) -> u64 {
        let acts: u64 = self.acts.iter().flatten().sum();
        acts + self.happenings.iter().sum::<u64>()
    }

    /// Faults in all, with what happened to drives, keychains and files.
    pub fn faults(&self) -> u64 {
        let faults: u64 = self.acts.iter().flat_map(|faults| &faults[1..]).sum();
        faults
            + self.happenings[4..10].iter().sum::<u64>()
            + self.happenings[13..16].iter().sum::<u64>()
    }

    /// The cells of the table that say something else than [`ACTS`]: those that cannot happen and
    /// did, and those that can and happened less often than `least`.
    pub fn surprises(&self, least: u64) -> Vec<String> {
        let cells = ACTS.iter().zip(&self.acts).flat_map(|(act, faults)| {
            let of = Kind::ALL.into_iter().zip(faults);
            of.map(move |(fault, hits)| (act, fault, *hits))
        });
        let surprises = cells.filter(|(act, fault, hits)| match act.can_meet(*fault) {
            true => *hits < least,
            false => *hits > 0,
        });
        surprises
            .map(|(act, fault, hits)| format!("{} × {}: {hits}", act.name, fault.name()))
            .collect()
    }

    /// The table of acts and faults, in Markdown.
    pub fn table(&self) -> String {
        let mut table = format!(
            "| act | {} |\n|---|{}\n",
            Kind::ALL.map(Kind::name).join(" | "),
            "---:|".repeat(Kind::ALL.len())
        );
        for (act, faults) in ACTS.iter().zip(&self.acts) {
            let of = Kind::ALL.into_iter().zip(faults);
            let cells = of.map(|(fault, hits)| match act.can_meet(fault) {
                true => hits.to_string(),
                false => "–".to_owned(),
            });
            let cells: Vec<_> = cells.collect();
            table.push_str(&format!("| {} | {} |\n", act.name, cells.join(" | ")));
        }
        table.push_str("\n| happening | times |\n|---|---:|\n");
        for (name, times) in HAPPENINGS.iter().zip(&self.happenings) {
            table.push_str(&format!("| {name} | {times} |\n"));
        }
        table
    }
}
