//! Sixty symbols whose checksum holds.

use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::checksum::{self, Codex32, HRP};
use crate::header::{Header, HeaderError};
use crate::symbol::Symbol;
use crate::{GROUP_LENGTH, GROUPS, LENGTH, TypedCode};

/// Symbols of the payload: 205 bits.
pub(crate) const PAYLOAD: usize = 41;

/// A codeword of the backup code. Secret.
pub(crate) struct Codeword {
    head: [Symbol; Header::LENGTH],
    text: Zeroizing<String>,
}

impl Codeword {
    /// `None` unless there are 60 symbols and their checksum holds.
    pub(crate) fn verify(symbols: &[Symbol]) -> Option<Codeword> {
        let head = *symbols.first_chunk()?;
        let valid = symbols.len() == LENGTH && checksum::holds::<Codex32>(HRP, symbols);
        valid.then(|| Codeword {
            head,
            text: spell(symbols),
        })
    }

    /// Appends the checksum to the header's symbols and the payload.
    pub(crate) fn seal(head: [Symbol; Header::LENGTH], payload: &[Symbol; PAYLOAD]) -> Codeword {
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

    /// The 60 upper-case characters.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The same as symbols.
    pub(crate) fn symbols(&self) -> Zeroizing<Vec<Symbol>> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(LENGTH));
        symbols.extend(self.text.chars().filter_map(Symbol::from_char));
        symbols
    }

    /// The same in the twelve groups of five in which people read and copy it.
    pub(crate) fn groups(&self) -> [&str; GROUPS] {
        core::array::from_fn(|group| &self.text[group * GROUP_LENGTH..(group + 1) * GROUP_LENGTH])
    }

    /// Whether `typed` is group number `group` (1–12). Constant in time but for the length; `false` for any other
    /// group number.
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
    // Full size at once: a string that grows leaves unwiped copies behind.
    let mut text = Zeroizing::new(String::with_capacity(LENGTH));
    text.extend(symbols.iter().map(|symbol| symbol.to_char()));
    text
}
