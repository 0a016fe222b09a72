//! The account e-mail. It identifies a wallet to its user and is never an input to a key.

use std::fmt;
use std::str::FromStr;

use code::folding;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::once;

/// Maximum length of an address in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
const LIMIT: usize = 254;

/// Maximum length of a typed text in bytes, with all that is cleaned off it.
const TEXT_LIMIT: usize = 4_096;

/// An e-mail address in normalized form, at most 254 bytes of UTF-8: folded
/// ([`code::folding`]), lower case, its domain in Unicode (UTS 46).
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
    /// characters that are not seen.
    #[error("this is not an e-mail address")]
    Malformed,
}

impl Email {
    /// Parses a typed or pasted address. White space, quotation marks, brackets and punctuation
    /// around it are removed, and so are `mailto:` and a name in front of angle brackets.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        once!(Result<Email, EmailError>, text.as_bytes(), Self::normalized(text))
    }

    fn normalized(text: &str) -> Result<Self, EmailError> {
        if text.len() > TEXT_LIMIT {
            return Err(EmailError::TooLong);
        }
        let folded = fold(text);
        if folded.is_empty() {
            return Err(EmailError::Empty);
        }
        let is_forbidden = |c: char| !folding::is_seen(c) && !is_combining_mark(c);
        // The header stores the folded form and is read as it was written, so both foldings must
        // leave it as it is.
        if folded.contains(is_forbidden) || fold(&folded) != folded {
            return Err(EmailError::Malformed);
        }
        match Self::stored(&folded)? {
            stored if stored.0 == folded => Ok(stored),
            _ => Err(EmailError::Malformed),
        }
    }

    /// Takes an address from a file: trimmed, NFC, lower case. This rule is frozen, because a
    /// header is accepted in its own spelling only. Files from before [`Email::parse`] folded more
    /// can hold other addresses than it gives.
    fn stored(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        // NFC of ASCII is itself, and most addresses are ASCII.
        let folded: String = match text.is_ascii() {
            true => text.to_ascii_lowercase(),
            false => {
                let composed: String = text.nfc().collect();
                composed.to_lowercase().nfc().collect()
            }
        };
        if folded.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(EmailError::Malformed);
        }
        Self::checked(folded)
    }

    /// Returns the address as it is stored today, for one from a file. One that would be refused
    /// today stays as it is.
    pub fn renewed(&self) -> Self {
        Self::parse(&self.0).unwrap_or_else(|_| self.clone())
    }

    /// Returns whether both are one address, whenever they were stored.
    pub fn is_same(&self, other: &Self) -> bool {
        self.renewed() == other.renewed()
    }

    fn checked(folded: String) -> Result<Self, EmailError> {
        if folded.len() > LIMIT {
            return Err(EmailError::TooLong);
        }
        let has_both_sides = folded.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@')
        });
        if has_both_sides {
            Ok(Self(folded))
        } else {
            Err(EmailError::Malformed)
        }
    }

    /// Returns the normalized form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn fold(text: &str) -> String {
    let plain: String = folding::fold(text).collect();
    // Lower-casing can produce text that is not composed.
    let lower: String = folding::fold(&plain.to_lowercase()).collect();
    let mut address = lower.as_str();
    while let Some(inner) = unwrapped(address) {
        address = inner;
    }
    match address.split_once('@') {
        Some((local, domain)) => format!("{local}@{}", in_unicode(domain)),
        None => address.to_owned(),
    }
}

/// Removes the outermost of what stands around an address; `None` if there is nothing.
fn unwrapped(text: &str) -> Option<&str> {
    let inner = text.trim().trim_end_matches([',', ';', '.', ':']);
    if inner != text {
        return Some(inner);
    }
    if let Some(address) = text.strip_prefix("mailto:") {
        return Some(address.split('?').next().unwrap_or(address));
    }
    // "Ada <ada@example.org>"
    if let Some((_, address)) = text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        return Some(address);
    }
    let ends = (text.chars().next()?, text.chars().next_back()?);
    let is_pair = ends == ('(', ')') || (folding::is_quote(ends.0) && folding::is_quote(ends.1));
    let mut inner = text.chars();
    (is_pair && inner.next().is_some() && inner.next_back().is_some()).then_some(inner.as_str())
}

/// The domain in Unicode, so that it is the same in punycode. One that UTS 46 refuses stays as it
/// is: the address is for look-up only.
fn in_unicode(domain: &str) -> String {
    match idna::domain_to_unicode(domain) {
        (unicode, Ok(())) => unicode,
        (_, Err(_)) => domain.to_owned(),
    }
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
        Self::stored(&text).map_err(de::Error::custom)
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
            "a@b\u{e000}c",
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

    #[test]
    fn what_only_looks_different_is_the_same_address() {
        let plain = Email::parse("ada@example.com").unwrap();
        for text in [
            "\u{FEFF}ada@example.com",
            "ada\u{200B}@exam\u{AD}ple.com",
            "\u{202A}ada@example.com\u{202C}",
            "\u{2066}ada@example.com\u{2069}\u{200F}",
            "a\0d\0a\0@\0e\0x\0a\0m\0p\0l\0e\0.\0c\0o\0m\0",
            "mailto:ada@example.com",
            "MAILTO:Ada@Example.com?subject=hello@there",
            "<mailto:ada@example.com>",
            "Ada Lovelace <ada@example.com>",
            "\"Lovelace, Ada\" <ada@example.com>;",
            "\u{201C}ada@example.com\u{201D}",
            "'ada@example.com'",
            "(ada@example.com).",
            "ada@example.com,",
            "ada@example.com ; ",
            "\u{FF41}\u{FF44}\u{FF41}\u{FF20}\u{FF45}xample\u{FF0E}com",
            "ada@example\u{3002}com",
        ] {
            assert_eq!(Email::parse(text).as_ref(), Ok(&plain), "{text:?}");
        }
        let number = Email::parse("ada7@example.com").unwrap();
        assert_eq!(Email::parse("ada\u{667}@example.com"), Ok(number));
    }

    #[test]
    fn a_domain_in_punycode_is_the_same_as_in_unicode() {
        let unicode = Email::parse("zoe@b\u{FC}cher.example").unwrap();
        assert_eq!(unicode.as_str(), "zoe@b\u{FC}cher.example");
        for text in [
            "zoe@xn--bcher-kva.example",
            "zoe@XN--BCHER-KVA.EXAMPLE",
            "zoe@Bu\u{308}cher.example",
        ] {
            assert_eq!(Email::parse(text).as_ref(), Ok(&unicode), "{text}");
        }
        // Not a name of the net, and still an address.
        for text in ["root@local_host", "a@xn--zzzzzzzzz", "a@-b-", "a@192.0.2.1"] {
            assert_eq!(Email::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn quotation_marks_inside_an_address_belong_to_it() {
        for text in [
            "o'brien@example.com",
            "\"ada\"@example.com",
            "'ada@example.com",
        ] {
            assert_eq!(Email::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_cannot_be_cleaned_is_refused() {
        for text in [
            "a@b, c@d",
            "ada @example.com",
            "a\u{E000}@b",
            "a@b\u{378}",
            "mailto:",
            "<>",
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_address_that_a_file_holds_is_read_whatever_is_refused_today() {
        for stored in [
            "a\u{200B}da@example.com",
            "a@xn--bcher-kva.example",
            "mailto:a@b,",
            "\u{FF41}@b",
            "a\u{E000}@b",
            "\u{200B}@b",
            "a@.",
        ] {
            let json = serde_json::to_string(stored).unwrap();
            let read: Email = serde_json::from_str(&json).unwrap();
            assert_eq!(read.as_str(), stored);
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        assert!(serde_json::from_str::<Email>("\"a@b@c\"").is_err());
    }

    #[test]
    fn an_address_from_a_file_is_the_same_as_the_one_typed_today() {
        let stored = |text: &str| -> Email { serde_json::from_value(text.into()).unwrap() };
        let typed = |text: &str| Email::parse(text).unwrap();
        for (old, today) in [
            ("a\u{200B}da@example.com", "ada@example.com"),
            ("a@xn--bcher-kva.example", "a@b\u{FC}cher.example"),
            ("mailto:a@b,", "a@b"),
        ] {
            assert!(stored(old).is_same(&typed(today)), "{old:?}");
            assert_eq!(stored(old).renewed(), typed(today));
        }
        assert!(!stored("a@b").is_same(&typed("b@b")));
        assert_eq!(stored("a\u{E000}@b").renewed(), stored("a\u{E000}@b"));
    }

    proptest! {
        #[test]
        fn normalization_is_idempotent(text in "\\PC{1,20}@\\PC{1,20}") {
            if let Ok(email) = Email::parse(&text) {
                let stored = Email::stored(email.as_str());
                prop_assert_eq!(stored.as_ref(), Ok(&email));
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
