//! What happens to computers, sticks and papers without any program.

use wallet::WalletId;

use crate::faults::DiskError;
use crate::task::{CodeNumber, PasswordNumber};
use usecases::ports::KeychainError;

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Happening {
    /// Time passes, in seconds.
    Passes(u64),
    /// The system clock alone is set.
    ClockSet(i64),
    /// A program is ended.
    Quit(usize),
    /// The computer is shut down and started again.
    Reboot,
    /// Its power is lost.
    PowerLoss,
    /// Its drive fails from now on, or no more.
    DriveFails(Option<DiskError>),
    /// The stick fails from now on, or no more.
    StickFails(Option<DiskError>),
    /// The keychain fails from now on, or no more.
    KeychainFails(Option<KeychainError>),
    /// The login is reset.
    KeychainEmptied,
    /// The record of a backup comes back beside the present one.
    RecordDoubled(usize),
    /// A stick is plugged in, and the one that was there is taken out.
    Plugged(usize),
    /// The stick is taken out.
    Unplugged,
    /// The folder of a kit is moved on its stick, to a place of this number.
    KitMoved(CodeNumber, u32),
    /// The file and the record of a wallet are copied.
    BackedUp(WalletId),
    /// Somebody copies a wallet's file beside it, under a name with this number.
    Copied(WalletId, u32),
    /// A copy is put back.
    PutBack {
        /// Which.
        backup: usize,
        /// Its file.
        file: bool,
        /// Its record.
        record: bool,
    },
    /// A bit of a wallet's file is flipped: counted from its start, or from its end.
    Flipped(WalletId, bool, usize),
    /// A bit of a kit is flipped: of its wallet, or of its identity, and where.
    KitFlipped(CodeNumber, bool, usize),
    /// A bit of a file of drafts of a wallet is flipped: of the file of this number, and where.
    DraftsFlipped(WalletId, usize, usize),
    /// A wallet's file is lost.
    Removed(WalletId),
    /// Papers with a code are lost, or found again.
    Papers(CodeNumber, bool),
    /// A password is forgotten, or comes back.
    Password(PasswordNumber, bool),
}

/// The names of what happens, for tables.
pub const HAPPENINGS: [&str; 21] = [
    "time passes",
    "the clock is set",
    "a program is ended",
    "the computer starts again",
    "the power is lost",
    "the drive fails",
    "the stick fails",
    "the keychain fails",
    "the keychain is emptied",
    "a record is doubled",
    "a stick is plugged in",
    "the stick is taken out",
    "a backup is made",
    "a backup is put back",
    "a bit is flipped",
    "a file is lost",
    "papers or passwords are lost or found",
    "a kit is moved",
    "a file is copied beside",
    "a bit of a kit is flipped",
    "a bit of drafts is flipped",
];

impl Happening {
    /// The position in [`HAPPENINGS`].
    pub fn kind(&self) -> usize {
        match self {
            Self::Passes(_) => 0,
            Self::ClockSet(_) => 1,
            Self::Quit(_) => 2,
            Self::Reboot => 3,
            Self::PowerLoss => 4,
            Self::DriveFails(_) => 5,
            Self::StickFails(_) => 6,
            Self::KeychainFails(_) => 7,
            Self::KeychainEmptied => 8,
            Self::RecordDoubled(_) => 9,
            Self::Plugged(_) => 10,
            Self::Unplugged => 11,
            Self::BackedUp(_) => 12,
            Self::PutBack { .. } => 13,
            Self::Flipped(..) => 14,
            Self::Removed(_) => 15,
            Self::Papers(..) | Self::Password(..) => 16,
            Self::KitMoved(..) => 17,
            Self::Copied(..) => 18,
            Self::KitFlipped(..) => 19,
            Self::DraftsFlipped(..) => 20,
        }
    }
}
