//! The account e-mail. It finds a wallet and never enters a key.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// The longest e-mail address in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
const LIMIT: usize = 254;

/// An e-mail address in the form that is compared: trimmed, NFC, lower case, at most 254 bytes of UTF-8.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Email(String);

/// Why a text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EmailError {
    /// Nothing was entered.
    #[error("the e-mail address is empty")]
    Empty,
    /// More than 254 bytes.
    #[error("the e-mail address is longer than {LIMIT} bytes")]
    TooLong,
    /// Not one `@` with text on both sides, or spaces or control characters in it.
    #[error("this is not an e-mail address")]
    Malformed,
}

impl Email {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        // Folding can lengthen a text, though never shorten it to a third.
        if text.len() > 3 * LIMIT {
            return Err(EmailError::TooLong);
        }
        let folded = fold(text);
        if folded.len() > LIMIT {
            return Err(EmailError::TooLong);
        }
        let two_sides = folded.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@')
        });
        let unfit = |c: char| c.is_whitespace() || c.is_control();
        // The header stores the folded form and compares it with its own folding when it is read.
        if !two_sides || folded.contains(unfit) || fold(&folded) != folded {
            return Err(EmailError::Malformed);
        }
        Ok(Self(folded))
    }

    /// The form that is compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// NFC, lower case, and NFC again, since lower case can leave what composes.
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
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_spaces_around_and_composition_do_not_matter() {
        let email = Email::parse("  Zoe\u{308}@Example.COM\n").unwrap();
        assert_eq!(email.as_str(), "zo\u{eb}@example.com");
    }

    #[test]
    fn what_is_no_address_is_refused() {
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
        fn an_address_reads_as_itself(text in "\\PC{1,20}@\\PC{1,20}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
