//! What a program has been told, as far as the oracle follows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use wallet::{DraftsId, WalletId};

use crate::task::CodeNumber;
use crate::truth::{FileTruth, Held};

/// How long a proof of identity holds, in seconds.
pub const IDENTITY: u64 = 600;
/// How long a code stays legible.
pub const LEGIBLE: u64 = 120;
/// How long an accepted code may be committed.
pub const ACCEPTED: u64 = 900;

/// A code on the screen.
#[derive(Clone, Debug)]
pub struct OnScreen {
    /// The code.
    pub code: CodeNumber,
    /// When it is covered, in seconds since boot: not before the first, surely by the second.
    pub covered: (u64, u64),
    /// Whether sheets were made again.
    pub remade: bool,
    /// How many sheets are shown.
    pub sheets: usize,
    /// Whether pages may be made.
    pub pages: bool,
    /// Sheets that were shown to be kept.
    pub kept: Vec<usize>,
}

/// An open wallet.
#[derive(Clone, Debug)]
pub struct Open {
    /// The wallet.
    pub wallet: WalletId,
    /// What is in memory.
    pub mine: Arc<FileTruth>,
    /// The name of its file of drafts, which tells its key.
    pub key: Option<DraftsId>,
    /// Whether it can only be read.
    pub read_only: bool,
    /// Until when the password was proved, at least and at most, in seconds since boot.
    pub password: (u64, u64),
    /// The same for password and digits.
    pub full: (u64, u64),
    /// The code on the screen.
    pub screen: Option<OnScreen>,
    /// Whether the last save may not be verified.
    pub unverified: bool,
    /// Whether the last save that was told ended as in place, not verified.
    pub in_place: bool,
    /// Whether the keychain failed at any time since.
    pub keychain_failed: bool,
}

/// A wallet file that was found elsewhere.
#[derive(Clone, Debug)]
pub struct FoundFile {
    /// Its wallet.
    pub wallet: WalletId,
    /// The fingerprint of its bytes.
    pub print: u64,
    /// What it holds.
    pub truth: Arc<FileTruth>,
}

/// What may have to be waited for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gate {
    /// Failures in a row that were told.
    pub failures: u32,
    /// Until when the next try is surely refused, in seconds since boot.
    pub until: u64,
    /// The run of the computer that this was in.
    pub boot: u32,
}

/// What a program was told.
#[derive(Clone, Debug, Default)]
pub struct Belief {
    /// The open wallet.
    pub open: Option<Open>,
    /// The wallet that waits for its digits, with what its file may have held.
    pub pending: Option<(WalletId, Vec<Arc<FileTruth>>)>,
    /// The accepted code: its wallet, the code, and until when, at least and at most.
    pub accepted: Option<(WalletId, CodeNumber, (u64, u64))>,
    /// The files that earlier tries of a redemption may have put in place.
    pub committed: Vec<Arc<FileTruth>>,
    /// The opened kit or pages: the code, the wallet, and what they hold.
    pub copy: Option<(CodeNumber, WalletId, Held)>,
    /// A wallet that an earlier version became, and that asks for six digits.
    pub beside: Option<WalletId>,
    /// The wallet file that was found elsewhere.
    pub found: Option<FoundFile>,
    /// The files that earlier tries to restore may have put in place.
    pub restored: Vec<Arc<FileTruth>>,
    /// The covered code whose wallet is locked.
    pub covered: Option<(WalletId, OnScreen)>,
    /// Waits after wrong passwords (`false`) and wrong codes (`true`).
    pub gates: BTreeMap<(Option<WalletId>, bool), Gate>,
    /// Until when watched codes run, in seconds since boot.
    pub watched: BTreeMap<CodeNumber, u64>,
    /// The steps of the six digits that were accepted last, by wallet and authenticator.
    pub digits: BTreeMap<(WalletId, usize), u64>,
    /// The authenticator that is being set up, and until when.
    pub setup: Option<(usize, u64)>,
    /// When somebody signed in to the open wallet, as it holds it.
    pub sign_ins: Vec<i64>,
    /// Something was changed below what is open.
    pub below: bool,
}

impl Belief {
    /// Whether the program holds the lock of a wallet.
    pub fn holds_a_lock(&self) -> bool {
        self.open.is_some()
            || self.pending.is_some()
            || self.accepted.is_some()
            || self.covered.is_some()
    }

    /// Everything is locked.
    pub fn lock(&mut self) {
        self.open = None;
        self.pending = None;
        self.accepted = None;
        self.committed.clear();
        self.copy = None;
        self.restored.clear();
        self.covered = None;
        self.setup = None;
        self.below = false;
    }
}
