//! What can go wrong during an act.

use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::ports::KeychainError;

use crate::acts::ACTS;

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

    /// Draws a fault for an act, among those that it can meet and that this life has. The act took
    /// `operations` when it was done last.
    pub fn draw(
        rng: &mut StdRng,
        act: usize,
        operations: u32,
        kinds: &[bool; FAULTS.len()],
    ) -> Self {
        let can = |kind: &usize| kinds[*kind] && ACTS[act].can_meet(*kind);
        let possible: Vec<usize> = (1..FAULTS.len()).filter(can).collect();
        if possible.is_empty() {
            return Self::None;
        }
        let kind = possible[rng.random_range(0..possible.len())];
        // What ends an act is done last, and half of the faults look for it.
        let operations = operations.max(1);
        let at = match rng.random_bool(0.5) {
            true => rng.random_range(0..operations),
            false => rng.random_range(operations - operations.div_ceil(3)..operations),
        };
        let before = rng.random_bool(0.5);
        let lasts = rng.random_bool(0.5);
        match FAULTS[kind] {
            "crash" => Self::Crash { at, before },
            "power loss" => Self::PowerLoss { at, before },
            "disk fails" => Self::Disk {
                at,
                error: match rng.random_range(0..4) {
                    0 => DiskError::Full,
                    1 => DiskError::ReadOnly,
                    2 => DiskError::Unreadable,
                    _ => DiskError::Vanished,
                },
                lasts,
            },
            "disk lies" => Self::DiskLies { at },
            "keychain fails" => Self::Keychain {
                at: rng.random_range(0..4),
                error: match rng.random_range(0..5) {
                    0 => KeychainError::Unreachable,
                    1 => KeychainError::Locked,
                    2 => KeychainError::TimedOut,
                    3 => KeychainError::Denied,
                    _ => KeychainError::Failed,
                },
                lasts,
            },
            "keychain lies" => Self::KeychainLies {
                at: rng.random_range(0..2),
            },
            "keychain dies" => Self::KeychainDies {
                after: rng.random_range(0..2),
            },
            "slow" => Self::Slow {
                seconds: rng.random_range(1..120),
            },
            "race" => Self::Race { at },
            _ => Self::None,
        }
    }
}
