//! Symbols changed on a guess, without decoding the whole word again.

use super::REACH;
use super::decoder::{Decoder, Word};
use crate::checksum::Roots;
use crate::symbol::Symbol;

impl<Ck: Roots> Decoder<Ck> {
    /// The word with another symbol at `index` (from 0, the first symbol); what was there must be readable.
    ///
    /// The syndromes are linear: a difference `d` at the place `X` adds `d·X^(first + j)` to the `j`th.
    pub(crate) fn changed(&self, word: &Word, index: usize, symbol: Symbol) -> Word {
        let mut changed = word.clone();
        let difference = Symbol(changed.symbols[index].0 + symbol.0);
        changed.symbols[index] = symbol;
        let place = self.places.at(changed.symbols.len() - 1 - index);
        let mut term = place.first * difference.into();
        for syndrome in changed.syndromes.0.iter_mut().take(REACH) {
            *syndrome += term;
            term = term * place.element;
        }
        changed
    }
}
