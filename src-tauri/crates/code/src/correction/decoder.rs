//! The decoder within its reach.

use bech32::Hrp;
use zeroize::Zeroizing;

use super::erased::Erased;
use super::locations::Locations;
use super::locator::{self, Locator};
use super::polynomial::Polynomial;
use super::{REACH, magnitudes, search, syndromes};
use crate::checksum::{self, Roots};
use crate::symbol::Symbol;

/// The symbols of a codeword.
pub(crate) type Symbols = Zeroizing<Vec<Symbol>>;

/// Decodes words of one length.
pub(crate) struct Decoder<Ck> {
    pub(super) hrp: Hrp,
    pub(super) locations: Locations<Ck>,
}

/// A received word prepared for decoding. Secret.
#[derive(Clone)]
pub(crate) struct Word {
    /// Unreadable symbols are zero. Any value would do; with zero, the error magnitude is the
    /// intended symbol.
    pub(super) symbols: Symbols,
    /// Locations of the unreadable symbols.
    pub(super) unreadable: Vec<usize>,
    pub(super) syndromes: Zeroizing<Polynomial>,
}

impl<Ck: Roots> Decoder<Ck> {
    /// Creates a decoder for words of `length` symbols; `None` if the code does not have words that
    /// long.
    pub(crate) fn new(hrp: Hrp, length: usize) -> Option<Decoder<Ck>> {
        (length <= Ck::CODE_LENGTH).then(|| Decoder {
            hrp,
            locations: Locations::of(length),
        })
    }

    /// Prepares a word of exactly the decoder's length. `None` marks an unreadable symbol.
    pub(crate) fn word(&self, received: &[Option<Symbol>]) -> Word {
        debug_assert_eq!(received.len(), self.locations.all().len());
        let symbols: Symbols = Zeroizing::new(
            received
                .iter()
                .map(|symbol| symbol.unwrap_or_default())
                .collect(),
        );
        let remainder = checksum::remainder::<Ck>(self.hrp, symbols.iter().copied());
        Word {
            syndromes: syndromes::of::<Ck>(&remainder),
            unreadable: (0..received.len())
                .filter(|&location| received[received.len() - 1 - location].is_none())
                .collect(),
            symbols,
        }
    }

    /// Returns the codeword within [`REACH`] of the word, if there is one.
    pub(crate) fn nearest(&self, word: &Word) -> Option<Symbols> {
        if word.unreadable.len() > REACH {
            return None;
        }
        self.decode(word, &self.unreadable(word))
    }

    /// Returns the unreadable locations of the word, of which there must be at most [`REACH`].
    pub(super) fn unreadable(&self, word: &Word) -> Erased {
        let mut erased = Erased::default();
        for &location in &word.unreadable {
            erased.add(location, self.locations.at(location));
        }
        erased
    }

    /// Returns the codeword that differs from the word only at the erased locations, at most
    /// [`REACH`], and at as many others as the syndromes can still determine.
    pub(super) fn decode(&self, word: &Word, erased: &Erased) -> Option<Symbols> {
        let locator = locator::find(&word.syndromes, &erased.locator)?;
        let wrong = search::wrong_locations(&locator, &erased.locator, &self.locations)?;
        let Locator { polynomial, count } = locator;
        let evaluator = magnitudes::evaluator(&polynomial, &word.syndromes, count);
        let mut symbols = word.symbols.clone();
        let last = symbols.len() - 1;
        for location in erased.locations.iter().copied().chain(wrong) {
            symbols[last - location].0 +=
                magnitudes::at(self.locations.at(location), &polynomial, &evaluator)?.0;
        }
        checksum::holds::<Ck>(self.hrp, &symbols).then_some(symbols)
    }
}
