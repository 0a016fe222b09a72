//! Lives one choice after another: drawn, or replayed with some left out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::breaks::Break;
use crate::life::{Choice, Life, mix};
use crate::oracle::{Broken, Verdict};
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

/// Does something with a life. A panic breaks a promise: the app would have ended.
fn guarded(life: &mut Life, work: impl FnOnce(&mut Life) -> Verdict) -> Verdict {
    catch_unwind(AssertUnwindSafe(|| work(life)))
        .unwrap_or_else(|panic| Err(Broken::Lost(format!("a panic: {}", message(&*panic)))))
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words")
}

/// Lives the life of a seed.
pub fn live(seed: u64, planted: Option<Break>, tells: bool) -> Report {
    let mut rng = StdRng::seed_from_u64(mix(seed, 0));
    let mut life = Life::new(seed, planted, tells);
    let steps = rng.random_range(42..80);
    let mut choices = Vec::with_capacity(steps as usize);
    for step in 1..=steps {
        let choice = life.draw(&mut rng, step);
        let taken = guarded(&mut life, |life| life.take(&choice));
        choices.push(choice);
        if let Err(broken) = taken {
            Break::plant(None);
            return report(life, choices, Some(broken));
        }
    }
    let broken = guarded(&mut life, Life::end).err();
    Break::plant(None);
    report(life, choices, broken)
}

/// Lives these choices of the life of a seed.
pub fn replay(seed: u64, choices: &[Choice], planted: Option<Break>, tells: bool) -> Report {
    let mut life = Life::new(seed, planted, tells);
    for (at, choice) in choices.iter().enumerate() {
        if let Err(broken) = guarded(&mut life, |life| life.take(choice)) {
            Break::plant(None);
            return report(life, choices[..=at].to_vec(), Some(broken));
        }
    }
    let broken = guarded(&mut life, Life::end).err();
    Break::plant(None);
    report(life, choices.to_vec(), broken)
}
