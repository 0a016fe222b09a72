//! The contents of an open wallet.

use std::path::PathBuf;

use code::Identifier;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::files::Files;
use crate::{Item, Line, Timestamp, TotpSecret};

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
    /// The content of the files that items name, sealed under the wallet's key.
    pub(crate) files: Files,
}

/// When each earlier version of an item was replaced, the newest first.
fn replaced(item: &Item) -> impl Iterator<Item = Timestamp> {
    let replaced = item.versions().map(|version| version.changed);
    replaced.take(item.earlier.len())
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
            files: Files::default(),
        }
    }

    /// Returns a copy for a wallet of its own, without what belongs to the codes of this one. Its
    /// files are still sealed under this one's key.
    pub(crate) fn for_another_wallet(&self) -> Self {
        Self {
            kits: Vec::new(),
            pages: None,
            line: Line::default(),
            ..self.fork()
        }
    }

    /// Forgets earlier versions of items, to make room, also that of the files that only they name:
    /// the half that was replaced first, and an item's newest one only where no item has another.
    /// What is replaced at this time stays. Returns whether there was something to forget.
    pub fn forget_versions(&mut self, now: Timestamp) -> bool {
        for spared in [1, 0] {
            let dates = self
                .items
                .iter()
                .flat_map(|item| replaced(item).skip(spared));
            let mut dates: Vec<Timestamp> = dates.filter(|at| *at != now).collect();
            dates.sort_unstable();
            let Some(middle) = dates.get(dates.len() / 2) else {
                continue;
            };
            for item in &mut self.items {
                let stays = |at: &Timestamp| at > middle || *at == now;
                let kept = replaced(item).skip(spared).take_while(stays).count();
                item.earlier.truncate(spared + kept);
            }
            return true;
        }
        false
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
            files: self.files.clone(),
        }
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
