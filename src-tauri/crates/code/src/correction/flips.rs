//! Changes a symbol of a prepared word without recomputing its syndromes from scratch.

use super::REACH;
use super::decoder::{Decoder, Word};
use crate::checksum::Roots;
use crate::symbol::Symbol;

impl<Ck: Roots> Decoder<Ck> {
    /// Returns the word with another symbol at `index` (from 0 at the first symbol). The symbol
    /// that was there must be readable.
    ///
    /// The syndromes are linear: a difference `d` at location `X` adds `d·X^(first + j)` to
    /// syndrome `j`.
    pub(crate) fn changed(&self, word: &Word, index: usize, symbol: Symbol) -> Word {
        let mut changed = word.clone();
        let difference = Symbol(changed.symbols[index].0 + symbol.0);
        changed.symbols[index] = symbol;
        let location = self.locations.at(changed.symbols.len() - 1 - index);
        let mut term = location.first * difference.into();
        for syndrome in changed.syndromes.0.iter_mut().take(REACH) {
            *syndrome += term;
            term = term * location.element;
        }
        changed
    }
}
