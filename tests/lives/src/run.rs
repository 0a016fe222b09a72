//! Lives one choice after another: drawn, or replayed with some left out.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::breaks::Break;
use crate::life::{Choice, Life, mix};
use crate::oracle::Broken;
use crate::tally::Tally;

/// What a life came to.
pub struct Report {
    /// Its steps.
    pub choices: Vec<Choice>,
    /// The promise that was broken.
    pub broken: Option<Broken>,
    /// What was done.
    pub tally: Tally,
    /// Its steps, told.
    pub told: String,
}

fn report(life: Life, choices: Vec<Choice>, broken: Option<Broken>) -> Report {
    let mut told = life.told().to_owned();
    if let Some(broken) = &broken {
        told.push_str(&format!("=> {broken:?}\n"));
    }
    Report {
        choices,
        broken,
        tally: life.tally,
        told,
    }
}

/// Lives the life of a seed.
pub fn live(seed: u64, planted: Option<Break>, tells: bool) -> Report {
    let mut rng = StdRng::seed_from_u64(mix(seed, 0));
    let mut life = Life::new(seed, planted, tells);
    let steps = rng.random_range(45..110);
    let mut choices = Vec::with_capacity(steps as usize);
    for step in 1..=steps {
        let choice = life.draw(&mut rng, step);
        let taken = life.take(&choice);
        choices.push(choice);
        if let Err(broken) = taken {
            Break::plant(None);
            return report(life, choices, Some(broken));
        }
    }
    let broken = life.end().err();
    Break::plant(None);
    report(life, choices, broken)
}

/// Lives these choices of the life of a seed.
pub fn replay(seed: u64, choices: &[Choice], planted: Option<Break>, tells: bool) -> Report {
    let mut life = Life::new(seed, planted, tells);
    for (at, choice) in choices.iter().enumerate() {
        if let Err(broken) = life.take(choice) {
            Break::plant(None);
            return report(life, choices[..=at].to_vec(), Some(broken));
        }
    }
    let broken = life.end().err();
    Break::plant(None);
    report(life, choices.to_vec(), broken)
}
