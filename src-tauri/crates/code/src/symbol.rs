//! A character of a code: a five-bit number and a letter of BIP-173's alphabet.

use bech32::Fe32;
use zeroize::DefaultIsZeroes;

/// The characters of BIP-173 in order of value, in upper case as printed.
pub const ALPHABET: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

/// A symbol of a codeword: an element of GF(32) that can be zeroized.
#[derive(Copy, Clone, Default, PartialEq, Eq)]
pub(crate) struct Symbol(pub(crate) Fe32);

impl DefaultIsZeroes for Symbol {}

impl Symbol {
    /// Takes the five low bits of `byte`. The result is uniform if the byte is.
    pub(crate) fn from_low_bits(byte: u8) -> Symbol {
        Symbol(Fe32::from_char_unchecked(ALPHABET[usize::from(byte & 31)]))
    }

    /// Parses a character of the alphabet in either case.
    pub(crate) fn from_char(character: char) -> Option<Symbol> {
        Fe32::from_char(character).ok().map(Symbol)
    }

    /// Returns the upper-case character.
    pub(crate) fn to_char(self) -> char {
        char::from(ALPHABET[usize::from(self.0.to_u8())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_characters_agree_with_bip_173() {
        for value in 0..32u8 {
            let symbol = Symbol::from_low_bits(value);
            assert_eq!(symbol.0.to_u8(), value);
            assert_eq!(symbol.to_char(), symbol.0.to_char().to_ascii_uppercase());
            assert!(Symbol::from_char(symbol.to_char()) == Some(symbol));
        }
    }

    #[test]
    fn only_the_low_five_bits_count() {
        assert!(Symbol::from_low_bits(0b1110_0001) == Symbol(Fe32::P));
    }
}
