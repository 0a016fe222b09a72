//! Sixty symbols whose checksum holds.

use zeroize::Zeroizing;

use crate::LENGTH;
use crate::checksum::{self, Codex32, HRP};
use crate::header::{Header, HeaderError};
use crate::symbol::Symbol;

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
}

fn spell(symbols: &[Symbol]) -> Zeroizing<String> {
    // Full size at once: a string that grows leaves unwiped copies behind.
    let mut text = Zeroizing::new(String::with_capacity(LENGTH));
    text.extend(symbols.iter().map(|symbol| symbol.to_char()));
    text
}
