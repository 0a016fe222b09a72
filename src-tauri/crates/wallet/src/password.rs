//! The wallet's password (NIST SP 800-63B-4 §3.1.1.2: length, no composition rules, NFC).

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Minimum length of a new password in Unicode code points after NFC.
pub const SHORTEST: usize = 15;
/// Maximum length of a new password in bytes of UTF-8 after NFC.
const LONGEST: usize = 1024;

/// A password in NFC and UTF-8.
#[cfg_attr(any(test, feature = "testing"), derive(Clone))]
pub struct Password(Zeroizing<String>);

/// Reasons why a new password is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// The password has fewer than 15 characters.
    #[error("the password has {have} characters; it needs at least {SHORTEST}")]
    TooShort {
        /// Number of characters.
        have: usize,
    },
    /// The password exceeds 1,024 bytes.
    #[error("the password is longer than {LONGEST} bytes")]
    TooLong,
}

impl Password {
    /// Creates a new password: at least 15 characters, at most 1,024 bytes. Zeroizes the input.
    pub fn new_choice(text: String) -> Result<Self, PasswordError> {
        let password = Self::typed(text);
        let have = password.0.chars().count();
        if have < SHORTEST {
            Err(PasswordError::TooShort { have })
        } else if password.0.len() > LONGEST {
            Err(PasswordError::TooLong)
        } else {
            Ok(password)
        }
    }

    /// Creates a password for an attempt to open a wallet. No length rule applies, since the wallet
    /// decides. Zeroizes the input.
    pub fn typed(text: String) -> Self {
        let text = Zeroizing::new(text);
        // NFC lengthens a text at most threefold (UAX #15 §13), so the buffer never grows and
        // leaves no copy behind.
        let mut composed = Zeroizing::new(String::with_capacity(3 * text.len()));
        composed.extend(text.nfc());
        Self(composed)
    }

    /// Exposes the password for key derivation.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(text: &str) -> Option<PasswordError> {
        Password::new_choice(text.to_owned()).err()
    }

    #[test]
    fn any_fifteen_characters_are_accepted() {
        assert_eq!(rejection("aaaaaaaaaaaaaaa"), None);
        assert_eq!(rejection("пароль из слов!"), None);
        assert_eq!(
            rejection("aaaaaaaaaaaaaa"),
            Some(PasswordError::TooShort { have: 14 })
        );
    }

    #[test]
    fn characters_are_counted_after_composition() {
        let decomposed = "e\u{301}".repeat(14);
        assert_eq!(
            rejection(&decomposed),
            Some(PasswordError::TooShort { have: 14 })
        );
    }

    #[test]
    fn the_longest_password_has_1024_bytes() {
        assert_eq!(rejection(&"a".repeat(1024)), None);
        assert_eq!(rejection(&"a".repeat(1025)), Some(PasswordError::TooLong));
    }

    #[test]
    fn equivalent_texts_are_the_same_password() {
        let typed = Password::typed("e\u{301}\u{1d160}".to_owned());
        assert_eq!(
            typed.expose(),
            "\u{e9}\u{1d158}\u{1d165}\u{1d16e}".as_bytes()
        );
    }
}
