//! Symbols that are easily mistaken for each other.
//!
//! `B`, `I`, `O` and `1` are not in the alphabet, so parsing replaces them by the symbols that they
//! resemble. In the pairs here both symbols are in the alphabet.

use crate::checksum::Codex32;
use crate::correction::{Decoder, Symbols, Word};
use crate::symbol::Symbol;

/// Pairs of characters of the alphabet that are easily mistaken for each other.
pub const LOOK_ALIKES: [[char; 2]; 4] = [['5', 'S'], ['2', 'Z'], ['U', 'V'], ['6', 'G']];

/// Maximum number of symbols replaced at once.
const MAX_REPLACED: usize = 3;

/// With more doubtful symbols than this, one fewer is replaced at once, which keeps the search
/// within milliseconds.
const MANY_DOUBTFUL: usize = 20;

/// Returns the symbol that `symbol` is easily mistaken for.
pub(crate) fn partner(symbol: Symbol) -> Option<Symbol> {
    let typed = symbol.to_char();
    LOOK_ALIKES
        .iter()
        .find_map(|&[one, other]| match typed {
            typed if typed == one => Some(other),
            typed if typed == other => Some(one),
            _ => None,
        })
        .and_then(Symbol::from_char)
}

/// Passes to `found` the codewords within reach after one to three doubtful symbols are replaced by
/// their partners.
pub(crate) fn search(
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
    let at_once = MAX_REPLACED - usize::from(doubtful.len() > MANY_DOUBTFUL);
    replace_each(decoder, word, &doubtful, at_once, found);
}

fn replace_each(
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
            replace_each(decoder, &changed, &doubtful[nth + 1..], left - 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_mutual() {
        let with_partner = (0..32)
            .map(Symbol::from_low_bits)
            .filter_map(|symbol| Some((symbol, partner(symbol)?)));
        let mut count = 0;
        for (symbol, other) in with_partner {
            assert!(symbol != other && partner(other) == Some(symbol));
            count += 1;
        }
        assert_eq!(count, 2 * LOOK_ALIKES.len());
    }
}
