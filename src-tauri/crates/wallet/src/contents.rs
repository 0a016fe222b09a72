//! What a wallet keeps, once it is open.

use code::Identifier;
use serde::{Deserialize, Serialize};

use crate::{ItemId, SecretText, Timestamp, TotpSecret};

/// Everything that the payload seals, but for the recipients of the code slots, which only this crate needs.
pub struct Contents {
    /// What the user keeps.
    pub items: Vec<Item>,
    /// Two-step verification.
    pub two_step: TwoStep,
    /// What happened, oldest first.
    pub log: Vec<LogEntry>,
}

impl Contents {
    /// What a new wallet keeps: nothing.
    pub(crate) const fn empty() -> Self {
        Self {
            items: Vec::new(),
            two_step: TwoStep::Later,
            log: Vec::new(),
        }
    }
}

/// Where the wallet stands with two-step verification.
pub enum TwoStep {
    /// Not set up yet.
    Later,
    /// Asked for, with this secret.
    On(TotpSecret),
    /// Switched off because a backup code was redeemed.
    OffAfterRecovery,
}

/// One thing kept in a wallet.
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// What the user calls it.
    pub title: SecretText,
    /// When it was last changed.
    pub changed: Timestamp,
    /// What it is.
    pub body: Body,
}

/// What an item is.
pub enum Body {
    /// Free text.
    Note {
        /// The text.
        text: SecretText,
    },
}

/// One line of the activity log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What happened to a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The wallet was made.
    Created,
    /// A code was issued.
    Issued {
        /// Its name.
        identifier: Identifier,
    },
    /// The user showed that the code was kept.
    Confirmed {
        /// Its name.
        identifier: Identifier,
    },
    /// A code was discarded before it was confirmed.
    Discarded {
        /// Its name.
        identifier: Identifier,
    },
    /// A sheet was checked without using it up.
    Checked {
        /// Its name.
        identifier: Identifier,
    },
    /// A code was redeemed.
    Redeemed {
        /// Its name.
        identifier: Identifier,
    },
    /// Sheets of a set were made again, or added to it. The set, its code and how long it works stayed as they were.
    SheetsMade {
        /// The set's name.
        identifier: Identifier,
        /// The letters of the sheets.
        indices: String,
    },
    /// Well-formed wrong codes were tried.
    FailedTries {
        /// How many.
        count: u32,
    },
    /// A code was revoked.
    Revoked {
        /// Its name.
        identifier: Identifier,
    },
    /// A code's time ran out.
    Expired {
        /// Its name.
        identifier: Identifier,
    },
    /// The password was changed.
    PasswordChanged,
    /// Two-step verification was set up.
    TwoStepOn,
    /// Two-step verification was switched off.
    TwoStepOff,
}
