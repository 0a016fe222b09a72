//! The number of sheets needed to restore a code.

use bech32::Fe32;

use crate::symbol::Symbol;

/// The first symbol of a code: the number of sheets needed.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Threshold {
    /// A single sheet carries the whole code; written `0`.
    Single,
    /// A set of which this number of shares is needed, 2–9; written as that digit.
    Of(u8),
}

impl Threshold {
    /// Returns the number of sheets needed: 1 for a single code, 2–9 for a set.
    pub fn needed(self) -> u8 {
        match self {
            Threshold::Single => 1,
            Threshold::Of(needed) => needed,
        }
    }

    /// Creates the threshold of a set; `None` unless `needed` is between 2 and 9.
    pub fn of(needed: u8) -> Option<Threshold> {
        (2..=9).contains(&needed).then_some(Threshold::Of(needed))
    }

    /// The symbol of [`Threshold::Single`].
    const SINGLE: Symbol = Symbol(Fe32::_0);

    /// Returns the symbol of the threshold. Sets are created only by [`Threshold::of`] and by
    /// parsing, so their number is a digit of the alphabet.
    pub(crate) fn symbol(self) -> Symbol {
        match self {
            Threshold::Single => Threshold::SINGLE,
            Threshold::Of(needed) => {
                Symbol::from_char(char::from(b'0' + needed)).unwrap_or_default()
            }
        }
    }

    /// Returns `None` for the 23 letters, which are reserved for later versions of the format.
    pub(crate) fn from_symbol(symbol: Symbol) -> Option<Threshold> {
        if symbol == Threshold::SINGLE {
            return Some(Threshold::Single);
        }
        let digit = symbol.to_char().to_digit(10)?;
        u8::try_from(digit).ok().map(Threshold::Of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_digits_are_thresholds_and_23_letters_are_not() {
        let of = |character| Symbol::from_char(character).and_then(Threshold::from_symbol);
        assert_eq!(of('0'), Some(Threshold::Single));
        for needed in 2..=9u8 {
            assert_eq!(of(char::from(b'0' + needed)), Some(Threshold::Of(needed)));
        }
        let letters = (0..32u8)
            .filter(|&value| Threshold::from_symbol(Symbol::from_low_bits(value)).is_none())
            .count();
        assert_eq!(letters, 23);
    }
}
