//! Symbols that hands and eyes take for one another.
//!
//! `B`, `I`, `O` and `1` are read as the symbol that they are mistaken for when a code is typed, since the
//! alphabet does not have them. These four pairs are both in it.

use crate::checksum::Codex32;
use crate::correction::{Decoder, Symbols, Word};
use crate::symbol::Symbol;

const PAIRS: [[char; 2]; 4] = [['5', 'S'], ['2', 'Z'], ['U', 'V'], ['6', 'G']];

/// Symbols that are exchanged at once at most.
const EXCHANGED: usize = 3;

/// With more symbols in doubt than these, one fewer is exchanged at once: it is a matter of milliseconds.
const MANY: usize = 20;

/// The symbol that is mistaken for this one.
pub(crate) fn partner(symbol: Symbol) -> Option<Symbol> {
    let typed = symbol.to_char();
    PAIRS
        .iter()
        .find_map(|&[one, other]| match typed {
            _ if typed == one => Some(other),
            _ if typed == other => Some(one),
            _ => None,
        })
        .and_then(Symbol::from_char)
}

/// Gives the codewords that are within reach once one to three symbols are exchanged for the ones that
/// they are mistaken for.
pub(crate) fn exchange(
    decoder: &Decoder<Codex32>,
    word: &Word,
    typed: &[Option<Symbol>],
    found: &mut dyn FnMut(Symbols),
) {
    let doubtful: Vec<(usize, Symbol)> = typed
        .iter()
        .enumerate()
        .filter_map(|(index, symbol)| Some((index, partner((*symbol)?)?)))
        .collect();
    let at_once = EXCHANGED - usize::from(doubtful.len() > MANY);
    descend(decoder, word, &doubtful, at_once, found);
}

fn descend(
    decoder: &Decoder<Codex32>,
    word: &Word,
    doubtful: &[(usize, Symbol)],
    left: usize,
    found: &mut dyn FnMut(Symbols),
) {
    for (nth, &(index, partner)) in doubtful.iter().enumerate() {
        let changed = decoder.changed(word, index, partner);
        if let Some(symbols) = decoder.nearest(&changed) {
            found(symbols);
        }
        if left > 1 {
            descend(decoder, &changed, &doubtful[nth + 1..], left - 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_s_partner_has_it_as_its_own() {
        let with_partner = (0..32)
            .map(Symbol::from_low_bits)
            .filter_map(|symbol| Some((symbol, partner(symbol)?)));
        let mut count = 0;
        for (symbol, other) in with_partner {
            assert!(symbol != other && partner(other) == Some(symbol));
            count += 1;
        }
        assert_eq!(count, 2 * PAIRS.len());
    }
}
