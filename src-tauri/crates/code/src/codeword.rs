//! 60 symbols with a valid checksum.

use rand::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::checksum::{self, Codex32, HRP};
use crate::header::{Header, HeaderError};
use crate::symbol::Symbol;
use crate::{GROUP_LENGTH, GROUPS, LENGTH, TypedCode};

/// Number of symbols in the payload, which hold 205 bits.
const PAYLOAD: usize = 41;

/// A codeword of the backup code. Secret.
#[cfg_attr(feature = "testing", derive(Clone))]
pub(crate) struct Codeword {
    head: [Symbol; Header::LENGTH],
    text: Zeroizing<String>,
}

impl Codeword {
    /// Returns `None` unless there are 60 symbols with a valid checksum.
    pub(crate) fn verify(symbols: &[Symbol]) -> Option<Codeword> {
        let head = *symbols.first_chunk()?;
        let valid = symbols.len() == LENGTH && checksum::holds::<Codex32>(HRP, symbols);
        valid.then(|| Codeword {
            head,
            text: spell(symbols),
        })
    }

    /// Draws a random payload and completes it to a codeword.
    ///
    /// Reads 41 bytes of `rng` and uses the five low bits of each.
    pub(crate) fn draw(head: [Symbol; Header::LENGTH], rng: &mut dyn CryptoRng) -> Codeword {
        let mut drawn = Zeroizing::new([0; PAYLOAD]);
        rng.fill_bytes(drawn.as_mut_slice());
        let mut payload = Zeroizing::new([Symbol::default(); PAYLOAD]);
        for (symbol, byte) in payload.iter_mut().zip(drawn.iter()) {
            *symbol = Symbol::from_low_bits(*byte);
        }
        Codeword::seal(head, &payload)
    }

    /// Appends the checksum to the symbols of the header and the payload.
    fn seal(head: [Symbol; Header::LENGTH], payload: &[Symbol; PAYLOAD]) -> Codeword {
        let mut symbols = Zeroizing::new(Vec::with_capacity(LENGTH));
        symbols.extend_from_slice(&head);
        symbols.extend_from_slice(payload);
        let checksum = checksum::create::<Codex32>(HRP, &symbols);
        symbols.extend_from_slice(&checksum);
        Codeword {
            head,
            text: spell(&symbols),
        }
    }

    pub(crate) fn header(&self) -> Result<Header, HeaderError> {
        Header::read(self.head)
    }

    /// Returns the 60 upper-case characters.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the characters as symbols.
    pub(crate) fn symbols(&self) -> Zeroizing<Vec<Symbol>> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(LENGTH));
        symbols.extend(self.text.chars().filter_map(Symbol::from_char));
        symbols
    }

    /// Returns the same characters in the twelve groups of five in which they are printed.
    pub(crate) fn groups(&self) -> [&str; GROUPS] {
        core::array::from_fn(|group| &self.text[group * GROUP_LENGTH..(group + 1) * GROUP_LENGTH])
    }

    /// Returns whether `typed` equals group number `group` (1–12). Runs in constant time apart from
    /// the length. Returns `false` for any other group number.
    pub(crate) fn group_is(&self, group: usize, typed: &TypedCode) -> bool {
        let Some(index) = group.checked_sub(1).filter(|&index| index < GROUPS) else {
            return false;
        };
        let expected = self.groups()[index];
        typed
            .to_text()
            .is_some_and(|text| text.as_bytes().ct_eq(expected.as_bytes()).into())
    }
}

impl ConstantTimeEq for Codeword {
    fn ct_eq(&self, other: &Codeword) -> Choice {
        self.text.as_bytes().ct_eq(other.text.as_bytes())
    }
}

fn spell(symbols: &[Symbol]) -> Zeroizing<String> {
    // The capacity is final: a string that grows leaves copies that are not zeroized.
    let mut text = Zeroizing::new(String::with_capacity(LENGTH));
    text.extend(symbols.iter().map(|symbol| symbol.to_char()));
    text
}
