//! The contents of an open wallet.

use std::path::PathBuf;

use code::Identifier;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{ItemId, Line, SecretText, Timestamp, TotpSecret};

/// Everything in the payload except the recipients of the code slots, which only this crate needs.
pub struct Contents {
    /// The user's items.
    pub items: Vec<Item>,
    /// State of two-step verification.
    pub two_step: TwoStep,
    /// Activity log, oldest entry first.
    pub log: Vec<LogEntry>,
    /// When somebody signed in with the password, oldest first. A list of its own, so that sign-ins
    /// never push a recovery out of the log.
    pub sign_ins: Vec<Timestamp>,
    /// The recovery kits of this wallet's codes.
    pub kits: Vec<KitPlace>,
    /// The most recent recovery pages.
    pub pages: Option<PagesMade>,
    /// The saves before the present one.
    pub(crate) line: Line,
}

impl Contents {
    /// Returns the contents of a new wallet.
    pub(crate) fn empty() -> Self {
        Self {
            items: Vec::new(),
            two_step: TwoStep::Later,
            log: Vec::new(),
            sign_ins: Vec::new(),
            kits: Vec::new(),
            pages: None,
            line: Line::default(),
        }
    }

    /// Returns a copy for a wallet of its own, without what belongs to the codes of this one.
    pub(crate) fn for_another_wallet(&self) -> Self {
        Self {
            kits: Vec::new(),
            pages: None,
            line: Line::default(),
            ..self.fork()
        }
    }

    /// The saves before the present one.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// Returns a copy to edit. Secrets are shared where possible.
    pub(crate) fn fork(&self) -> Self {
        Self {
            items: self.items.iter().map(Item::share).collect(),
            two_step: match &self.two_step {
                TwoStep::Later => TwoStep::Later,
                // Exposed to copy it, since this type is not shared.
                TwoStep::On(secret) => {
                    TwoStep::On(TotpSecret::from_bytes(Zeroizing::new(*secret.expose())))
                }
                TwoStep::OffAfterRecovery => TwoStep::OffAfterRecovery,
            },
            log: self.log.clone(),
            sign_ins: self.sign_ins.clone(),
            kits: self.kits.clone(),
            pages: self.pages,
            line: self.line.clone(),
        }
    }
}

impl Item {
    /// Returns the same item for another owner; its texts are shared.
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

    /// Whether both are one version of one item.
    pub fn is_same(&self, other: &Self) -> bool {
        let (Body::Note { text }, Body::Note { text: others }) = (&self.body, &other.body);
        // Exposed to be compared, with what the same person keeps.
        self.id == other.id
            && self.changed == other.changed
            && self.title.expose() == other.title.expose()
            && text.expose() == others.expose()
    }
}

/// State of two-step verification.
pub enum TwoStep {
    /// Not set up yet.
    Later,
    /// Required, with this secret.
    On(TotpSecret),
    /// Switched off because a backup code was redeemed.
    OffAfterRecovery,
}

/// An item of a wallet.
pub struct Item {
    /// Id of the item.
    pub id: ItemId,
    /// Title given by the user.
    pub title: SecretText,
    /// Time of the last change.
    pub changed: Timestamp,
    /// Content of the item.
    pub body: Body,
}

/// The content of an item, by kind.
pub enum Body {
    /// Free text.
    Note {
        /// The text.
        text: SecretText,
    },
}

/// The location of a code's recovery kit, and the recipient for updating it without the code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KitPlace {
    /// Identifier of the code.
    pub identifier: Identifier,
    /// The `age` X25519 recipient of its `wallet.age`.
    pub recipient: String,
    /// Absolute path of the folder of this kit.
    pub folder: PathBuf,
}

/// A record of printed recovery pages. The pages themselves are a snapshot that cannot be updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagesMade {
    /// Identifier of the code that opens the pages.
    pub identifier: Identifier,
    /// Time at which they were made.
    pub at: Timestamp,
}

/// An entry of the activity log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// Time of the event.
    pub at: Timestamp,
    /// The event.
    pub event: Event,
}

/// An event in the life of a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The wallet was created.
    Created,
    /// A code was issued.
    Issued {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// The user proved that the code was kept.
    Confirmed {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// A code was discarded before it was confirmed.
    Discarded {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// A sheet was checked without using up the code.
    Checked {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// A code was redeemed.
    Redeemed {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// Sheets of a set were reprinted or added. The set, its code and its lifetime did not change.
    SheetsMade {
        /// Identifier of the set.
        identifier: Identifier,
        /// Letters of the sheets.
        indices: String,
    },
    /// Well-formed wrong codes were tried.
    FailedTries {
        /// Number of tries.
        count: u32,
    },
    /// A code was revoked.
    Revoked {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// A code expired.
    Expired {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// The wallet was restored from a kit or from pages with this code.
    Restored {
        /// Identifier of the code.
        identifier: Identifier,
    },
    /// Recovery pages were made.
    PagesMade {
        /// Identifier of the code that opens them.
        identifier: Identifier,
    },
    /// The password was changed.
    PasswordChanged,
    /// The account e-mail was changed.
    EmailChanged,
    /// The wallet began as an earlier version of another one.
    FromEarlier,
    /// Two-step verification was set up.
    TwoStepOn,
    /// Two-step verification was switched off.
    TwoStepOff,
}
