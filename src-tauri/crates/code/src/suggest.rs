//! Searches for the intended code, nearest first: within the reach of the decoder, then beyond it.

use crate::checksum::{Codex32, HRP};
use crate::codeword::Codeword;
use crate::correction::{Decoder, REACH, Symbols, Word};
use crate::header::HeaderError;
use crate::proposal::{Correction, Proposal};
use crate::slip::{self, Slip};
use crate::symbol::Symbol;
use crate::{Corrected, LENGTH, look_alikes};

/// Maximum number of distinct codewords to keep. A codeword is proposed only if it is unambiguous,
/// so more of them would add no information.
const MAX_SUGGESTIONS: usize = 8;

/// Weight of each kind of mistake. An unreadable symbol was marked as such by the user, and
/// look-alikes are easily confused, so both weigh less than an arbitrary wrong symbol.
const UNREADABLE: usize = 1;
const LOOK_ALIKE: usize = 2;
const WRONG: usize = 4;
const SLIP: usize = 4;

/// Minimum distance in weight between the best codeword and the next: one whole mistake.
const MARGIN: usize = WRONG;

/// Returns the unambiguous code or share for the typed symbols; `None` if there is none, or an
/// error if the nearest codeword is not a code of this version.
pub(crate) fn suggest(typed: &[Option<Symbol>]) -> Option<Result<Proposal, HeaderError>> {
    let decoder = Decoder::<Codex32>::new(HRP, LENGTH)?;
    let word = (typed.len() == LENGTH).then(|| decoder.word(typed));
    // Codewords differ in more than twice the reach, so at most one is within it.
    if let Some(symbols) = word.as_ref().and_then(|word| decoder.nearest(word)) {
        return Codeword::verify(&symbols)
            .map(|codeword| Corrected::classify(codeword).map(|it| proposal(it, typed, None)));
    }

    let mut found = Suggestions::default();
    let unreadable = typed.iter().filter(|symbol| symbol.is_none()).count();
    if unreadable > REACH {
        if let Some(word) = word {
            fill(&decoder, &word, typed, &mut found);
        }
        return found.unambiguous().map(Ok);
    }
    slip::undo_each(typed, &mut |slip, repaired| {
        if let Some(symbols) = decoder.nearest(&decoder.word(&repaired)) {
            found.add(symbols, &repaired, Some(slip));
        }
    });
    if let Some(word) = word {
        decoder.beyond(&word, &mut |symbols| found.add(symbols, typed, None));
        look_alikes::search(&decoder, &word, typed, &mut |symbols| {
            found.add(symbols, typed, None);
        });
    }
    found.unambiguous().map(Ok)
}

/// Handles more unreadable symbols than the reach: solves the thirteen equations as they stand, and
/// only if that fails allows one wrong symbol as well.
fn fill(
    decoder: &Decoder<Codex32>,
    word: &Word,
    typed: &[Option<Symbol>],
    found: &mut Suggestions,
) {
    match decoder.fill(word) {
        Some(symbols) => found.add(symbols, typed, None),
        None => decoder.beyond(word, &mut |symbols| found.add(symbols, typed, None)),
    }
}

/// The codewords found, each with its most likely explanation.
#[derive(Default)]
struct Suggestions {
    suggestions: Vec<Suggestion>,
}

struct Suggestion {
    proposal: Proposal,
    /// Total weight of its mistakes.
    weight: usize,
}

impl Suggestions {
    /// Adds a codeword that matches `typed`, in which the slip is already undone.
    fn add(&mut self, symbols: Symbols, typed: &[Option<Symbol>], slip: Option<Slip>) {
        let corrected = Codeword::verify(&symbols).map(Corrected::classify);
        let Some(Ok(corrected)) = corrected else {
            return;
        };
        let suggestion = Suggestion {
            weight: weight(&symbols, typed) + if slip.is_some() { SLIP } else { 0 },
            proposal: proposal(corrected, typed, slip),
        };
        let text = suggestion.proposal.text();
        let known = self
            .suggestions
            .iter()
            .position(|known| known.proposal.text() == text);
        match known {
            Some(at) if suggestion.weight < self.suggestions[at].weight => {
                self.suggestions[at] = suggestion;
            }
            None if self.suggestions.len() < MAX_SUGGESTIONS => self.suggestions.push(suggestion),
            _ => {}
        }
    }

    /// Returns the best codeword if it is unambiguous.
    fn unambiguous(mut self) -> Option<Proposal> {
        self.suggestions.sort_by_key(|suggestion| suggestion.weight);
        let mut best = self.suggestions.into_iter();
        let (first, second) = (best.next()?, best.next());
        let unambiguous = second.is_none_or(|second| second.weight >= first.weight + MARGIN);
        unambiguous.then_some(first.proposal)
    }
}

fn weight(symbols: &[Symbol], typed: &[Option<Symbol>]) -> usize {
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
    // The capacity is final: a vector that grows leaves copies that are not zeroized.
    let mut corrections = Vec::with_capacity(count);
    corrections.extend(
        (1..)
            .zip(meant.chars().zip(typed))
            .filter(|(_, symbols)| differs(symbols))
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

/// Extracts a swap of adjacent symbols, which the decoder reports as two wrong ones.
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
