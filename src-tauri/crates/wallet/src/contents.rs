//! What a wallet keeps, once it is open.

use std::path::PathBuf;

use code::Identifier;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{ItemId, SecretText, Timestamp, TotpSecret};

/// Everything that the payload seals, but for the recipients of the code slots, which only this crate needs.
pub struct Contents {
    /// What the user keeps.
    pub items: Vec<Item>,
    /// Two-step verification.
    pub two_step: TwoStep,
    /// What happened, oldest first.
    pub log: Vec<LogEntry>,
    /// The recovery kits of this wallet's codes.
    pub kits: Vec<KitPlace>,
    /// The recovery pages that were made last.
    pub pages: Option<PagesMade>,
}

impl Contents {
    /// What a new wallet keeps: nothing.
    pub(crate) const fn empty() -> Self {
        Self {
            items: Vec::new(),
            two_step: TwoStep::Later,
            log: Vec::new(),
            kits: Vec::new(),
            pages: None,
        }
    }

    /// A copy to edit. Secrets are shared where they can be.
    pub(crate) fn fork(&self) -> Self {
        Self {
            items: self.items.iter().map(Item::share).collect(),
            two_step: match &self.two_step {
                TwoStep::Later => TwoStep::Later,
                // Exposed to be kept by the copy.
                TwoStep::On(secret) => {
                    TwoStep::On(TotpSecret::from_bytes(Zeroizing::new(*secret.expose())))
                }
                TwoStep::OffAfterRecovery => TwoStep::OffAfterRecovery,
            },
            log: self.log.clone(),
            kits: self.kits.clone(),
            pages: self.pages,
        }
    }
}

impl Item {
    /// The same item for another owner: its texts are shared.
    pub fn share(&self) -> Self {
        Self {
            id: self.id,
            title: self.title.share(),
            changed: self.changed,
            body: match &self.body {
                Body::Note { text } => Body::Note { text: text.share() },
            },
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

/// Where a code's recovery kit is, and what keeps it current without the code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KitPlace {
    /// The code's name.
    pub identifier: Identifier,
    /// Whom its `wallet.age` is encrypted to: an `age` X25519 recipient.
    pub recipient: String,
    /// The kit's own folder, as an absolute path.
    pub folder: PathBuf,
}

/// Recovery pages, as far as the wallet remembers them: they are a snapshot that no program can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagesMade {
    /// The name of the code that opens them.
    pub identifier: Identifier,
    /// When they were made.
    pub at: Timestamp,
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
    /// The wallet was restored from a kit or from pages with this code.
    Restored {
        /// The code's name.
        identifier: Identifier,
    },
    /// Recovery pages were made.
    PagesMade {
        /// The name of the code that opens them.
        identifier: Identifier,
    },
    /// The password was changed.
    PasswordChanged,
    /// Two-step verification was set up.
    TwoStepOn,
    /// Two-step verification was switched off.
    TwoStepOff,
}
