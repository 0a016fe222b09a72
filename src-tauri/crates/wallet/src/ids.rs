//! Identifiers: 16 random bytes, written as 32 lower-case hexadecimal digits.

use std::fmt;
use std::str::FromStr;

use rand::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

const LENGTH: usize = 16;

/// The text is not 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an id is 32 lower-case hexadecimal digits")]
pub struct IdError;

fn parse(text: &str) -> Result<[u8; LENGTH], IdError> {
    fn digit(byte: u8) -> Result<u8, IdError> {
        match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(IdError),
        }
    }
    let digits: &[u8; 2 * LENGTH] = text.as_bytes().try_into().map_err(|_| IdError)?;
    let mut bytes = [0; LENGTH];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Ok(bytes)
}

/// Writes all digits at once: headers are full of ids, and writing byte by byte shows in profiles.
fn write(bytes: &[u8; LENGTH], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 2 * LENGTH];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; LENGTH]);

        impl $name {
            /// Generates a random id.
            pub fn random(rng: &mut dyn CryptoRng) -> Self {
                let mut bytes = [0; LENGTH];
                rng.fill_bytes(&mut bytes);
                Self(bytes)
            }

            /// Creates an id from bytes.
            pub const fn from_bytes(bytes: [u8; LENGTH]) -> Self {
                Self(bytes)
            }

            /// Returns the 16 bytes.
            pub const fn as_bytes(&self) -> &[u8; LENGTH] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                parse(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}

id!(
    /// Identifies a wallet permanently; all its copies have the same id.
    WalletId
);
id!(
    /// Identifies a committed version of a wallet file.
    CommitId
);
id!(
    /// Identifies a slot within a wallet.
    SlotId
);
id!(
    /// Identifies an item within a wallet.
    ItemId
);
id!(
    /// Names the file of a wallet's drafts; another one under each wallet key.
    DraftsId
);
id!(
    /// Identifies a file within a wallet: one content for good.
    FileId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_round_trips_through_text() {
        let id = WalletId::from_bytes(*b"\x00\x01\x7f\x80\xfe\xff0123456789");
        assert_eq!(id.to_string(), "00017f80feff30313233343536373839");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn other_spellings_of_an_id_are_rejected() {
        for text in [
            "",
            "00",
            "00017F80FEFF30313233343536373839",
            "00017f80feff3031323334353637383",
            "00017f80feff303132333435363738390",
            "0x017f80feff30313233343536373839",
            "00017f80feff3031323334353637383é",
        ] {
            assert_eq!(text.parse::<WalletId>(), Err(IdError), "{text}");
        }
    }
}
