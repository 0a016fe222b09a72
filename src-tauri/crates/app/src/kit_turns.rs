//! The turns of those who bring kits up to date.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long a command waits for kits before it reports that a drive does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Gives each refresh its turn; one that was overtaken while it waited is skipped.
pub(crate) struct KitTurns {
    pub(crate) newest: Arc<AtomicU64>,
    pub(crate) turn: Arc<Mutex<()>>,
    pub(crate) patience: Duration,
}

impl Default for KitTurns {
    fn default() -> Self {
        Self {
            newest: Arc::default(),
            turn: Arc::default(),
            patience: PATIENCE,
        }
    }
}
