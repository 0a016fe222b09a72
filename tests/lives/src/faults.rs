//! What can go wrong during an act.

use usecases::ports::KeychainError;

/// How a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskError {
    /// Nothing more fits on it.
    Full,
    /// It takes no changes.
    ReadOnly,
    /// Its medium does not give or take the bytes.
    Unreadable,
    /// It is not there.
    Vanished,
}

/// What goes wrong during one act. Operations are counted from 0, on disk and keychain together
/// where nothing else is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// The program ends at this operation.
    Crash {
        /// The operation.
        at: u32,
        /// Whether it ends before the operation, or once that was done or half done.
        before: bool,
    },
    /// The computer loses its power at this operation.
    PowerLoss {
        /// The operation.
        at: u32,
        /// Whether the power goes before the operation, or once that was done or half done.
        before: bool,
    },
    /// The disk fails from this operation on.
    Disk {
        /// The operation.
        at: u32,
        /// How.
        error: DiskError,
        /// Whether it fails to the end of the act.
        lasts: bool,
    },
    /// The disk does what it was told and reports a failure.
    DiskLies {
        /// The operation.
        at: u32,
    },
    /// The keychain fails.
    Keychain {
        /// The operation, among those of the keychain.
        at: u32,
        /// How.
        error: KeychainError,
        /// Whether it fails to the end of the act.
        lasts: bool,
    },
    /// The keychain takes the record and reports a failure.
    KeychainLies {
        /// The write.
        at: u32,
    },
    /// The keychain goes away after this many writes.
    KeychainDies {
        /// How many.
        after: u32,
    },
    /// Each operation takes so long.
    Slow {
        /// How long.
        seconds: u32,
    },
    /// Another program acts before this operation.
    Race {
        /// The operation.
        at: u32,
    },
}

/// The names of the faults, for tables.
pub const FAULTS: [&str; 10] = [
    "none",
    "crash",
    "power loss",
    "disk fails",
    "disk lies",
    "keychain fails",
    "keychain lies",
    "keychain dies",
    "slow",
    "race",
];

impl Fault {
    /// The position in [`FAULTS`].
    pub fn kind(self) -> usize {
        match self {
            Self::None => 0,
            Self::Crash { .. } => 1,
            Self::PowerLoss { .. } => 2,
            Self::Disk { .. } => 3,
            Self::DiskLies { .. } => 4,
            Self::Keychain { .. } => 5,
            Self::KeychainLies { .. } => 6,
            Self::KeychainDies { .. } => 7,
            Self::Slow { .. } => 8,
            Self::Race { .. } => 9,
        }
    }
}
