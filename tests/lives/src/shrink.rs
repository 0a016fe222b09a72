//! Leaves out of a life whatever its broken promise does not need: delta debugging (Zeller, 1999).

use crate::breaks::Break;
use crate::life::Choice;
use crate::oracle::Broken;
use crate::run::replay;

/// What a broken promise has in common with others of its kind: its words up to a number.
fn kind(broken: &Broken) -> (u8, &str) {
    let (kind, words) = match broken {
        Broken::Lost(words) => (0, words),
        Broken::LetIn(words) => (1, words),
        Broken::FalseWord(words) => (2, words),
    };
    let end = words.find(|it: char| it.is_ascii_digit() || it == '{');
    (kind, &words[..end.unwrap_or(words.len())])
}

/// Returns few choices that break a promise of the same kind.
pub fn shrink(
    seed: u64,
    choices: &[Choice],
    broken: &Broken,
    planted: Option<Break>,
) -> Vec<Choice> {
    let fails = |choices: &[Choice]| {
        let report = replay(seed, choices, planted, false);
        report
            .broken
            .filter(|it| kind(it) == kind(broken))
            .map(|_| report.choices)
    };
    let mut kept = choices.to_vec();
    let mut size = kept.len().div_ceil(2).max(1);
    loop {
        let mut at = 0;
        let mut shrunk = false;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.drain(at..(at + size).min(kept.len()));
            match fails(&fewer) {
                Some(fewer) => {
                    kept = fewer;
                    shrunk = true;
                }
                None => at += size,
            }
        }
        match (size, shrunk) {
            (1, false) => return kept,
            (1, true) => {}
            _ => size = size.div_ceil(2),
        }
    }
}
