//! The account e-mail. It identifies a wallet to its user and is never an input to a key.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Maximum length of an address in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
const LIMIT: usize = 254;

/// An e-mail address in normalized form: trimmed, NFC, lower case, at most 254 bytes of UTF-8.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Email(String);

/// Reasons why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EmailError {
    /// The text is empty.
    #[error("the e-mail address is empty")]
    Empty,
    /// The address exceeds 254 bytes.
    #[error("the e-mail address is longer than {LIMIT} bytes")]
    TooLong,
    /// The text does not have exactly one `@` with text on both sides, or contains white space or
    /// control characters.
    #[error("this is not an e-mail address")]
    Malformed,
}

impl Email {
    /// Parses a typed address.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        // Folding can lengthen a text, but cannot shorten it to less than a third.
        if text.len() > 3 * LIMIT {
            return Err(EmailError::TooLong);
        }
        let folded = fold(text);
        if folded.len() > LIMIT {
            return Err(EmailError::TooLong);
        }
        let has_both_sides = folded.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@')
        });
        let is_forbidden = |c: char| c.is_whitespace() || c.is_control();
        // The header stores the folded form and folds it again when it is read, so folding must be
        // idempotent.
        if !has_both_sides || folded.contains(is_forbidden) || fold(&folded) != folded {
            return Err(EmailError::Malformed);
        }
        Ok(Self(folded))
    }

    /// Returns the normalized form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Applies NFC, lower case, and NFC again, because lower-casing can produce text that is not
/// composed.
fn fold(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.to_lowercase().nfc().collect()
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        Self::parse(text)
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_surrounding_white_space_and_composition_do_not_matter() {
        let email = Email::parse("  Zoe\u{308}@Example.COM\n").unwrap();
        assert_eq!(email.as_str(), "zo\u{eb}@example.com");
    }

    #[test]
    fn malformed_addresses_are_rejected() {
        assert_eq!(Email::parse(" \t"), Err(EmailError::Empty));
        for text in [
            "a",
            "@",
            "a@",
            "@b",
            "a@b@c",
            "a b@c",
            "a@b\u{0}c",
            "a@b\u{a0}c",
        ] {
            assert_eq!(Email::parse(text), Err(EmailError::Malformed), "{text:?}");
        }
    }

    #[test]
    fn the_longest_address_has_254_bytes() {
        let longest = format!("{}@b.example", "a".repeat(LIMIT - 10));
        assert!(Email::parse(&longest).is_ok());
        assert_eq!(
            Email::parse(&format!("a{longest}")),
            Err(EmailError::TooLong)
        );
    }

    proptest! {
        #[test]
        fn normalization_is_idempotent(text in "\\PC{1,20}@\\PC{1,20}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
