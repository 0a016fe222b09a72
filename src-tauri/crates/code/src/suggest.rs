//! Looks for the code that was meant, nearest first: within the reach of the algebra, then beyond it.

use crate::checksum::{Codex32, HRP};
use crate::codeword::Codeword;
use crate::correction::{Decoder, REACH, Symbols, Word};
use crate::header::HeaderError;
use crate::proposal::{Correction, Proposal};
use crate::slip::{self, Slip};
use crate::symbol::Symbol;
use crate::{Corrected, LENGTH, look_alikes};

/// Different codewords that are kept at most; one is proposed only if it stands alone, so more tell no more.
const KEPT: usize = 8;

/// What each kind of mistake weighs. An unreadable symbol was said to be one; a look-alike is easily mistaken.
const UNREADABLE: usize = 1;
const LOOK_ALIKE: usize = 2;
const WRONG: usize = 4;
const SLIP: usize = 4;

/// How much lighter the best must be than the next: a whole mistake.
const ALONE: usize = WRONG;

/// The code or share that stands alone for what was typed; `None` where none does, an error where the nearest is
/// no code of this version.
pub(crate) fn suggest(typed: &[Option<Symbol>]) -> Option<Result<Proposal, HeaderError>> {
    let decoder = Decoder::<Codex32>::new(HRP, LENGTH)?;
    let word = (typed.len() == LENGTH).then(|| decoder.word(typed));
    // Any two codewords are more than twice the reach apart, so within it there is one at most.
    if let Some(symbols) = word.as_ref().and_then(|word| decoder.nearest(word)) {
        return Codeword::verify(&symbols)
            .map(|codeword| Corrected::sort(codeword).map(|it| proposal(it, typed, None)));
    }

    let mut found = Found::default();
    let unreadable = typed.iter().filter(|symbol| symbol.is_none()).count();
    if unreadable > REACH {
        if let Some(word) = word {
            fill(&decoder, &word, typed, &mut found);
        }
        return found.alone().map(Ok);
    }
    slip::undo_each(typed, &mut |slip, straight| {
        if let Some(symbols) = decoder.nearest(&decoder.word(&straight)) {
            found.take(symbols, &straight, Some(slip));
        }
    });
    if let Some(word) = word {
        decoder.beyond(&word, &mut |symbols| found.take(symbols, typed, None));
        look_alikes::exchange(&decoder, &word, typed, &mut |symbols| {
            found.take(symbols, typed, None);
        });
    }
    found.alone().map(Ok)
}

/// More symbols are unreadable than the reach: what the thirteen equations give, and only where they give nothing, what they
/// give with one wrong symbol.
fn fill(decoder: &Decoder<Codex32>, word: &Word, typed: &[Option<Symbol>], found: &mut Found) {
    match decoder.fill(word) {
        Some(symbols) => found.take(symbols, typed, None),
        None => decoder.beyond(word, &mut |symbols| found.take(symbols, typed, None)),
    }
}

/// The codewords found, each with its likeliest explanation.
#[derive(Default)]
struct Found {
    candidates: Vec<Candidate>,
}

struct Candidate {
    proposal: Proposal,
    /// What its mistakes weigh.
    mistakes: usize,
}

impl Found {
    /// Takes in what makes a codeword of `typed`, whose slip is undone.
    fn take(&mut self, symbols: Symbols, typed: &[Option<Symbol>], slip: Option<Slip>) {
        let corrected = Codeword::verify(&symbols).map(Corrected::sort);
        let Some(Ok(corrected)) = corrected else {
            return;
        };
        let candidate = Candidate {
            mistakes: mistakes(&symbols, typed) + if slip.is_some() { SLIP } else { 0 },
            proposal: proposal(corrected, typed, slip),
        };
        let text = candidate.proposal.text();
        let known = self
            .candidates
            .iter()
            .position(|known| known.proposal.text() == text);
        match known {
            Some(at) if candidate.mistakes < self.candidates[at].mistakes => {
                self.candidates[at] = candidate;
            }
            None if self.candidates.len() < KEPT => self.candidates.push(candidate),
            _ => {}
        }
    }

    /// The best, if it stands alone.
    fn alone(mut self) -> Option<Proposal> {
        self.candidates.sort_by_key(|candidate| candidate.mistakes);
        let mut best = self.candidates.into_iter();
        let (first, second) = (best.next()?, best.next());
        let alone = second.is_none_or(|second| second.mistakes >= first.mistakes + ALONE);
        alone.then_some(first.proposal)
    }
}

fn mistakes(symbols: &[Symbol], typed: &[Option<Symbol>]) -> usize {
    symbols
        .iter()
        .zip(typed)
        .map(|(meant, read)| match read {
            Some(read) if read == meant => 0,
            Some(read) if look_alikes::partner(*read) == Some(*meant) => LOOK_ALIKE,
            Some(_) => WRONG,
            None => UNREADABLE,
        })
        .sum()
}

fn proposal(corrected: Corrected, typed: &[Option<Symbol>], slip: Option<Slip>) -> Proposal {
    let meant = corrected.text();
    let differs =
        |(meant, read): &(char, &Option<Symbol>)| read.map(Symbol::to_char) != Some(*meant);
    let count = meant.chars().zip(typed).filter(differs).count();
    // Full size at once: a vector that grows leaves unwiped copies behind.
    let mut corrections = Vec::with_capacity(count);
    corrections.extend(
        (1..)
            .zip(meant.chars().zip(typed))
            .filter(|(_, both)| differs(both))
            .map(|(position, (meant, read))| Correction {
                position,
                read: read.map(Symbol::to_char),
                meant,
            }),
    );
    let slip = slip.or_else(|| take_swap(&mut corrections));
    Proposal {
        corrected,
        corrections,
        slip,
    }
}

/// Two neighbours in each other's place, where the algebra saw two wrong symbols.
fn take_swap(corrections: &mut Vec<Correction>) -> Option<Slip> {
    let first = corrections.windows(2).position(|pair| {
        pair[0].position + 1 == pair[1].position
            && pair[0].read == Some(pair[1].meant)
            && pair[1].read == Some(pair[0].meant)
    })?;
    let position = corrections[first].position;
    corrections.drain(first..first + 2);
    Some(Slip::NeighboursSwapped { position })
}
