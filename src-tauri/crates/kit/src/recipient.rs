//! The public half of a kit's identity.

use std::fmt;
use std::str::FromStr;

use age::x25519;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The recipient to which `wallet.age` is encrypted: `age1…`, 62 characters. It cannot decrypt
/// anything. The app stores it only in the encrypted payload, so the kit can be updated without the
/// code and nobody else can write to it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Recipient(pub(crate) x25519::Recipient);

/// The text is not an `age` X25519 recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a recipient is `age1` followed by 58 characters")]
pub struct RecipientError;

impl Recipient {
    pub(crate) fn of(identity: &x25519::Identity) -> Self {
        #[cfg(feature = "testing")]
        if crate::simulation::is_on() {
            return crate::simulation::recipient(identity);
        }
        Self(identity.to_public())
    }
}

impl FromStr for Recipient {
    type Err = RecipientError;

    fn from_str(text: &str) -> Result<Self, RecipientError> {
        text.parse().map(Self).map_err(|_| RecipientError)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Recipient {
    type Error = RecipientError;

    fn try_from(text: String) -> Result<Self, RecipientError> {
        text.parse()
    }
}

impl From<Recipient> for String {
    fn from(recipient: Recipient) -> Self {
        recipient.to_string()
    }
}
