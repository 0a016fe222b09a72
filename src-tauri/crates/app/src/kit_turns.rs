//! The turns of those who bring kits up to date.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wallet::WalletId;

use crate::mutex::locked;

/// How long a command waits for kits before it reports that a drive does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Gives each refresh of a wallet's kits its turn; one that was overtaken while it waited is
/// skipped.
pub(crate) struct KitTurns {
    wallets: Mutex<HashMap<WalletId, Arc<Turns>>>,
    pub(crate) patience: Duration,
    /// Whether a drive has answered after its command stopped waiting, which nobody was told yet.
    pub(crate) late: Arc<AtomicBool>,
}

/// How far a command has waited for its kits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// It waits.
    On,
    /// It reported that a drive does not answer.
    GaveUp,
    /// The kits were reported.
    Over,
}

/// The turns of one wallet.
#[derive(Default)]
pub(crate) struct Turns {
    pub(crate) newest: AtomicU64,
    pub(crate) turn: Mutex<()>,
}

impl KitTurns {
    pub(crate) fn of(&self, wallet: WalletId) -> Arc<Turns> {
        Arc::clone(locked(&self.wallets).entry(wallet).or_default())
    }
}

impl Default for KitTurns {
    fn default() -> Self {
        Self {
            wallets: Mutex::default(),
            patience: PATIENCE,
            late: Arc::default(),
        }
    }
}
