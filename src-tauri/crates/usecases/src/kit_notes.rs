//! What is known of a wallet's kits beyond the contents of its file.

use code::Identifier;
use wallet::KitPlace;

/// Why a kit is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KitProblem {
    /// Its folder or its identity file is missing: a drive that is not plugged in, or moved files.
    Missing,
    /// It holds another state of the wallet than this file ever had: a newer one, as far as anybody
    /// knows. It was left as it is.
    Ahead,
    /// The disk is full; the kit holds an earlier state.
    Full,
    /// The disk refused to write it; the kit holds an earlier state.
    NotWritten,
    /// The wallet holds more than a kit can.
    TooLarge,
    /// The keychain could not tell whether its code is still live, so it was not written.
    Unsettled,
    /// The disk did not confirm the last save: the kit keeps the state before it, which the file
    /// may still hold, until a save is confirmed.
    Unverified,
    /// The drive did not answer in time. Writing continues in the background.
    NoAnswer,
    /// Its code is dead, and its files could not be removed.
    NotRemoved,
}

/// What an open session knows of its kits. The next save brings the contents up to it.
#[derive(Clone, Default)]
pub(crate) struct KitNotes {
    /// Problems found when the kits were refreshed last.
    pub(crate) problems: Vec<(Identifier, KitProblem)>,
    /// Number of refreshes that were reported.
    pub(crate) reports: u64,
    /// Kits that were removed from their folders.
    pub(crate) gone: Vec<Identifier>,
    /// Kits of codes that were never issued, whose files could not be removed yet.
    pub(crate) strays: Vec<KitPlace>,
}
