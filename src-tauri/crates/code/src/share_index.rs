//! The letter of a sheet in its set.

use core::fmt;

use crate::header::Header;
use crate::symbol::Symbol;

/// Any of the 31 symbols other than `S`, which belongs to the secret code. Not secret.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct ShareIndex(Symbol);

/// The order in which letters are assigned to sheets: alphabetical, then digits.
const ORDER: &str = "ACDEFGHJKLMNPQRTUVWXYZ023456789";

impl ShareIndex {
    /// Number of indices, hence of sheets in the largest set.
    pub const COUNT: usize = 31;

    /// Iterates over all indices in the order in which they are assigned.
    pub fn in_order() -> impl Iterator<Item = ShareIndex> {
        ORDER.chars().filter_map(ShareIndex::from_char)
    }

    /// Parses a character in either case.
    pub fn from_char(character: char) -> Option<ShareIndex> {
        Symbol::from_char(character).and_then(ShareIndex::from_symbol)
    }

    /// Returns `None` for `S`.
    pub(crate) fn from_symbol(symbol: Symbol) -> Option<ShareIndex> {
        (symbol != Header::SECRET).then_some(ShareIndex(symbol))
    }

    pub(crate) fn symbol(self) -> Symbol {
        self.0
    }

    /// Returns the upper-case character.
    pub fn as_char(self) -> char {
        self.0.to_char()
    }
}

impl fmt::Display for ShareIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_char().encode_utf8(&mut [0; 4]))
    }
}

impl fmt::Debug for ShareIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ShareIndex({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_but_s_is_an_index_exactly_once() {
        let order: Vec<ShareIndex> = ShareIndex::in_order().collect();
        assert_eq!(order.len(), ShareIndex::COUNT);
        for symbol in (0..32).map(Symbol::from_low_bits) {
            let count = order.iter().filter(|index| index.0 == symbol).count();
            assert_eq!(count, usize::from(symbol != Header::SECRET));
        }
        assert_eq!(ShareIndex::from_char('s'), None);
        assert_eq!(ShareIndex::from_char('a'), ShareIndex::from_char('A'));
    }
}
