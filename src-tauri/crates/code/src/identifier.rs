//! The identifier of a sheet: four symbols that all sheets of a code share.

use core::fmt;
use core::str::FromStr;

use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::symbol::Symbol;

/// Four symbols that identify a code and all its shares. Not secret: printed in large type on the
/// sheet.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier([u8; Identifier::LENGTH]);

impl Identifier {
    /// Number of symbols in an identifier.
    pub const LENGTH: usize = 4;

    /// Returns the four upper-case ASCII characters.
    pub fn as_bytes(&self) -> [u8; Identifier::LENGTH] {
        self.0
    }

    /// Draws an identifier from the five low bits of each of four bytes of `rng`, and repeats as
    /// long as `known` returns true for it. There are 2²⁰ identifiers; the call does not return
    /// while all of them are known.
    pub(crate) fn draw(rng: &mut dyn CryptoRng, known: &dyn Fn(Identifier) -> bool) -> Identifier {
        loop {
            let mut drawn = [0; Identifier::LENGTH];
            rng.fill_bytes(&mut drawn);
            let identifier = Identifier::from_symbols(drawn.map(Symbol::from_low_bits));
            if !known(identifier) {
                return identifier;
            }
        }
    }

    pub(crate) fn symbols(self) -> [Symbol; Identifier::LENGTH] {
        // Every byte is a character of the alphabet.
        self.0
            .map(|byte| Symbol::from_char(char::from(byte)).unwrap_or_default())
    }

    pub(crate) fn from_symbols(symbols: [Symbol; Identifier::LENGTH]) -> Identifier {
        // An upper-case character of the alphabet is ASCII, hence one byte.
        Identifier(symbols.map(|symbol| symbol.to_char() as u8))
    }
}

/// The text is not four upper-case characters of the alphabet.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an identifier is four upper-case characters of the code's alphabet")]
pub struct IdentifierError;

impl FromStr for Identifier {
    type Err = IdentifierError;

    /// Parses the canonical form only, which is the form in files. Typed codes are parsed leniently
    /// by `TypedCode`.
    fn from_str(text: &str) -> Result<Identifier, IdentifierError> {
        let bytes: [u8; Identifier::LENGTH] =
            text.as_bytes().try_into().map_err(|_| IdentifierError)?;
        let canonical = bytes.iter().all(|&byte| {
            !byte.is_ascii_lowercase() && Symbol::from_char(char::from(byte)).is_some()
        });
        if canonical {
            Ok(Identifier(bytes))
        } else {
            Err(IdentifierError)
        }
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.into_iter().map(char::from).collect();
        f.pad(&text)
    }
}

impl TryFrom<String> for Identifier {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Identifier, IdentifierError> {
        text.parse()
    }
}

impl From<Identifier> for String {
    fn from(identifier: Identifier) -> String {
        identifier.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use super::*;

    #[test]
    fn an_identifier_round_trips_through_json_as_four_letters() {
        let identifier: Identifier = "W7AL".parse().unwrap();
        let json = serde_json::to_string(&identifier).unwrap();
        assert_eq!(json, "\"W7AL\"");
        assert_eq!(
            serde_json::from_str::<Identifier>(&json).unwrap(),
            identifier
        );
        assert_eq!(&identifier.as_bytes(), b"W7AL");
        assert_eq!(format!("{identifier:>6}"), "  W7AL");
    }

    #[test]
    fn anything_but_four_upper_case_letters_of_the_alphabet_is_rejected() {
        for text in [
            "", "W7A", "W7ALL", "w7al", "W7A1", "W7AB", "W7Aä", "äö", "W-7A",
        ] {
            assert_eq!(text.parse::<Identifier>(), Err(IdentifierError), "{text}");
        }
    }
}
