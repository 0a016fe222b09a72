//! The decoder within its reach.

use bech32::Hrp;
use zeroize::Zeroizing;

use super::erased::Erased;
use super::locator::{self, Locator};
use super::places::Places;
use super::polynomial::Polynomial;
use super::{REACH, magnitudes, search, syndromes};
use crate::checksum::{self, Roots};
use crate::symbol::Symbol;

/// A codeword that was found.
pub(crate) type Symbols = Zeroizing<Vec<Symbol>>;

/// Decodes words of one length.
pub(crate) struct Decoder<Ck> {
    pub(super) hrp: Hrp,
    pub(super) places: Places<Ck>,
}

/// A received word, ready to be decoded. Secret.
#[derive(Clone)]
pub(crate) struct Word {
    /// Unreadable symbols are zero: any value would do, and with zero the magnitude is the symbol meant.
    pub(super) symbols: Symbols,
    /// Places that could not be read.
    pub(super) unreadable: Vec<usize>,
    pub(super) syndromes: Zeroizing<Polynomial>,
}

impl<Ck: Roots> Decoder<Ck> {
    /// A decoder for words of `length` symbols; `None` if the code has none as long.
    pub(crate) fn new(hrp: Hrp, length: usize) -> Option<Decoder<Ck>> {
        (length <= Ck::CODE_LENGTH).then(|| Decoder {
            hrp,
            places: Places::of(length),
        })
    }

    /// Takes in as many symbols as the decoder is for, where `None` is an unreadable one.
    pub(crate) fn word(&self, received: &[Option<Symbol>]) -> Word {
        debug_assert_eq!(received.len(), self.places.all().len());
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
                .filter(|&place| received[received.len() - 1 - place].is_none())
                .collect(),
            symbols,
        }
    }

    /// The codeword within [`REACH`] of the word; `None` if there is none.
    pub(crate) fn nearest(&self, word: &Word) -> Option<Symbols> {
        if word.unreadable.len() > REACH {
            return None;
        }
        self.decode(word, &self.unreadable(word))
    }

    /// The word's unreadable places; [`REACH`] at most.
    pub(super) fn unreadable(&self, word: &Word) -> Erased {
        let mut erased = Erased::default();
        for &place in &word.unreadable {
            erased.add(place, self.places.at(place));
        }
        erased
    }

    /// The codeword that differs from the word at the erased places, [`REACH`] at most, and at as many others as
    /// the syndromes can then tell.
    pub(super) fn decode(&self, word: &Word, erased: &Erased) -> Option<Symbols> {
        let locator = locator::find(&word.syndromes, &erased.locator)?;
        let wrong = search::wrong_places(&locator, &erased.locator, &self.places)?;
        let Locator { polynomial, places } = locator;
        let evaluator = magnitudes::evaluator(&polynomial, &word.syndromes, places);
        let mut symbols = word.symbols.clone();
        let last = symbols.len() - 1;
        for place in erased.places.iter().copied().chain(wrong) {
            symbols[last - place].0 +=
                magnitudes::at(self.places.at(place), &polynomial, &evaluator)?.0;
        }
        checksum::holds::<Ck>(self.hrp, &symbols).then_some(symbols)
    }
}
