//! The public half of a kit's identity.

use std::fmt;
use std::str::FromStr;

use age::x25519;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Whom `wallet.age` is encrypted to: `age1…`, 62 characters. It opens nothing. The app keeps it in the encrypted
/// payload and nowhere else, so that the kit stays current without the code and nobody else can write one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Recipient(pub(crate) x25519::Recipient);

/// Not an `age` X25519 recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a recipient is `age1` and 58 more characters")]
pub struct RecipientError;

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
