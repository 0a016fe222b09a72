//! The wallet's password (NIST SP 800-63B-4 §3.1.1.2: length, no composition rules, NFC).

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The fewest characters of a new password: Unicode code points after NFC.
pub const SHORTEST: usize = 15;
/// The most bytes of a new password, in UTF-8 after NFC.
const LONGEST: usize = 1024;

/// A password, NFC and UTF-8.
pub struct Password(Zeroizing<String>);

/// Why a password cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PasswordError {
    /// Fewer than 15 characters.
    #[error("the password has {have} characters; it needs at least {SHORTEST}")]
    TooShort {
        /// How many it has.
        have: usize,
    },
    /// More than 1,024 bytes.
    #[error("the password is longer than {LONGEST} bytes")]
    TooLong,
}

impl Password {
    /// A password that is chosen now: at least 15 characters, at most 1,024 bytes. Wipes the input.
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

    /// A password that is tried: no rule of length, since only the wallet knows it. Wipes the input.
    pub fn typed(text: String) -> Self {
        let text = Zeroizing::new(text);
        // NFC makes a text at most three times as long (UAX #15 §13), so this never grows and leaves a copy.
        let mut composed = Zeroizing::new(String::with_capacity(3 * text.len()));
        composed.extend(text.nfc());
        Self(composed)
    }

    /// For key derivation.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<PasswordError> {
        Password::new_choice(text.to_owned()).err()
    }

    #[test]
    fn fifteen_characters_are_enough_whatever_they_are() {
        assert_eq!(refusal("aaaaaaaaaaaaaaa"), None);
        assert_eq!(refusal("пароль из слов!"), None);
        assert_eq!(
            refusal("aaaaaaaaaaaaaa"),
            Some(PasswordError::TooShort { have: 14 })
        );
    }

    #[test]
    fn characters_are_counted_as_composed() {
        let decomposed = "e\u{301}".repeat(14);
        assert_eq!(
            refusal(&decomposed),
            Some(PasswordError::TooShort { have: 14 })
        );
    }

    #[test]
    fn the_longest_password_has_1024_bytes() {
        assert_eq!(refusal(&"a".repeat(1024)), None);
        assert_eq!(refusal(&"a".repeat(1025)), Some(PasswordError::TooLong));
    }

    #[test]
    fn the_same_letters_typed_otherwise_are_the_same_password() {
        let typed = Password::typed("e\u{301}\u{1d160}".to_owned());
        assert_eq!(
            typed.expose(),
            "\u{e9}\u{1d158}\u{1d165}\u{1d16e}".as_bytes()
        );
    }
}
