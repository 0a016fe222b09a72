//! What a code turned out to be, the same for checking, redeeming and restoring.

use std::time::Duration;

use serde::Serialize;
use ts_rs::TS;
use usecases::check::KitCheck;
use usecases::judge::Refused;
use usecases::record::End;

/// The outcome of an entered code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub(crate) enum CodeOutcome {
    /// It opens this wallet here and now.
    Works {
        identifier: String,
        expires: Option<i64>,
        email: String,
        /// It is not confirmed yet.
        unfinished: bool,
        /// The result of checking its kit; none without one.
        kit: Option<KitCheckView>,
        /// The date of this check is remembered.
        remembered: bool,
    },
    /// It has ended.
    Ended {
        identifier: String,
        how: EndView,
        at: i64,
        /// The code that opens this wallet now; none without one.
        newest: Option<String>,
    },
    /// It belongs to another wallet of this computer.
    OtherWallet {
        identifier: String,
        wallet_id: String,
        email: String,
    },
    /// No wallet here knows it. The try was counted.
    Unknown {
        identifier: String,
        wait_seconds: u64,
    },
    /// The characters that were worked out give another code. No try was counted.
    CandidateWrong { identifier: String },
    /// It opens neither the kits nor the pages that were collected. No try was counted.
    OpensNoCopy { identifier: String },
    /// This computer's keychain has no entry for it.
    WithoutKeychain { identifier: String },
    /// The wallet file is an older copy without its slot.
    WithoutSlot { identifier: String },
    /// Fewer sheets than it needs: they are readable, and say nothing more.
    Sheets {
        identifier: String,
        needed: u8,
        letters: String,
        /// This wallet has a live code of that name.
        live: bool,
        expires: Option<i64>,
    },
    /// The clock is too far behind the last use to judge a code that expires.
    ClockBehind { last: i64 },
}

/// The ends of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EndView {
    Used,
    Expired,
    Revoked,
    Replaced,
    Discarded,
    Recovered,
}

impl From<End> for EndView {
    fn from(end: End) -> Self {
        match end {
            End::Used => Self::Used,
            End::Expired => Self::Expired,
            End::Revoked => Self::Revoked,
            End::Replaced => Self::Replaced,
            End::Discarded => Self::Discarded,
            End::Recovered => Self::Recovered,
        }
    }
}

/// The result of checking a code's kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kit", rename_all = "snake_case")]
pub(crate) enum KitCheckView {
    Opens { date: i64 },
    Away,
    Unread,
    DoesNotOpen,
    LacksFiles,
}

impl From<KitCheck> for KitCheckView {
    fn from(kit: KitCheck) -> Self {
        match kit {
            KitCheck::Opens { date } => Self::Opens { date: date.0 },
            KitCheck::Away => Self::Away,
            KitCheck::Unread => Self::Unread,
            KitCheck::DoesNotOpen => Self::DoesNotOpen,
            KitCheck::LacksFiles => Self::LacksFiles,
        }
    }
}

impl From<Refused> for CodeOutcome {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Ended(ended, newest) => Self::Ended {
                identifier: ended.identifier.to_string(),
                how: ended.state.into(),
                at: ended.at.0,
                newest: newest.map(|newest| newest.to_string()),
            },
            Refused::OtherWallet {
                identifier,
                wallet,
                email,
            } => Self::OtherWallet {
                identifier: identifier.to_string(),
                wallet_id: wallet.to_string(),
                email: email.to_string(),
            },
            Refused::Unknown { identifier, wait } => Self::Unknown {
                identifier: identifier.to_string(),
                wait_seconds: seconds(wait),
            },
            Refused::CandidateWrong { identifier } => Self::CandidateWrong {
                identifier: identifier.to_string(),
            },
            Refused::WithoutKeychain { identifier } => Self::WithoutKeychain {
                identifier: identifier.to_string(),
            },
            Refused::WithoutSlot { identifier } => Self::WithoutSlot {
                identifier: identifier.to_string(),
            },
            Refused::ClockBehind { last } => Self::ClockBehind { last: last.0 },
        }
    }
}

/// Returns whole seconds, rounded up: a wait is never shown too short.
pub(crate) fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}
