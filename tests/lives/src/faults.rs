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

/// The kinds of faults, as tables count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    None,
    /// The program ends.
    Crash,
    /// The computer loses its power.
    PowerLoss,
    /// The disk fails.
    DiskFails,
    /// The disk does it and reports a failure.
    DiskLies,
    /// The keychain fails.
    KeychainFails,
    /// The keychain does it and reports a failure.
    KeychainLies,
    /// The keychain goes away after some writes.
    KeychainDies,
    /// Each operation takes long.
    Slow,
    /// Another program acts in between.
    Race,
}

impl Kind {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::Crash,
        Self::PowerLoss,
        Self::DiskFails,
        Self::DiskLies,
        Self::KeychainFails,
        Self::KeychainLies,
        Self::KeychainDies,
        Self::Slow,
        Self::Race,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Crash => "crash",
            Self::PowerLoss => "power loss",
            Self::DiskFails => "disk fails",
            Self::DiskLies => "disk lies",
            Self::KeychainFails => "keychain fails",
            Self::KeychainLies => "keychain lies",
            Self::KeychainDies => "keychain dies",
            Self::Slow => "slow",
            Self::Race => "race",
        }
    }
}

impl Fault {
    /// Its kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::None => Kind::None,
            Self::Crash { .. } => Kind::Crash,
            Self::PowerLoss { .. } => Kind::PowerLoss,
            Self::Disk { .. } => Kind::DiskFails,
            Self::DiskLies { .. } => Kind::DiskLies,
            Self::Keychain { .. } => Kind::KeychainFails,
            Self::KeychainLies { .. } => Kind::KeychainLies,
            Self::KeychainDies { .. } => Kind::KeychainDies,
            Self::Slow { .. } => Kind::Slow,
            Self::Race { .. } => Kind::Race,
        }
    }
}
