//! Errors as they cross to the UI: a code that it maps to words and to the next step, and the data those words need.
//! Never a secret.

mod from;

use std::time::Duration;

use code::Identifier;
use serde::Serialize;
use ts_rs::TS;

use crate::commands::PrintTrouble;

pub(crate) use from::record_code;

/// What went wrong, for the UI to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ErrorCode {
    /// The password is wrong.
    WrongPassword,
    /// The six digits are wrong.
    WrongDigits,
    /// The try came during a wait.
    Wait,
    /// Two-step verification is on and no digits came.
    DigitsNeeded,
    /// Identity has to be confirmed first.
    IdentityNeeded,
    /// No wallet is open.
    Locked,
    /// Not an e-mail address.
    EmailInvalid,
    /// A wallet of this e-mail is here already.
    EmailTaken,
    /// The password has too few characters.
    PasswordTooShort,
    /// The password is longer than any can be.
    PasswordTooLong,
    /// No such wallet on this computer.
    WalletNotFound,
    /// Another program has the wallet open.
    WalletBusy,
    /// The wallet file is damaged.
    WalletDamaged,
    /// The wallet file was made by a newer version.
    WalletNewerVersion,
    /// The wallet holds as much as a wallet can.
    WalletFull,
    /// No such item.
    ItemNotFound,
    /// The note is too long.
    NoteTooLong,
    /// The keychain cannot be reached.
    KeychainUnreachable,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain did not answer in time.
    KeychainTimedOut,
    /// The keychain refused.
    KeychainDenied,
    /// The keychain cannot hold the record.
    KeychainFull,
    /// The keychain failed in another way.
    KeychainFailed,
    /// The keychain record is damaged.
    KeychainRecordDamaged,
    /// The keychain record was made by a newer version.
    KeychainRecordNewer,
    /// The new code would stop working before the one that it replaces.
    DiesSooner,
    /// Nothing can be scanned at the moment.
    ScannerFailed,
    /// No camera is on.
    CameraOff,
    /// No code is on the screen.
    NoCodeShown,
    /// The group typed back is another one.
    GroupWrong,
    /// The code given is not the one that waits to be confirmed.
    SheetWrong,
    /// The whole code was given where each sheet of the set has to be shown.
    EachSheet,
    /// No set has so many sheets, or such sheets.
    SetSize,
    /// No whole code has been entered.
    CodeNotEntered,
    /// Fewer sheets of the set have been entered than it takes.
    SheetsMissing,
    /// A whole code was entered where the sheets themselves are needed.
    SharesNeeded,
    /// The code was used.
    CodeUsed,
    /// The code has expired.
    CodeExpired,
    /// The code was revoked.
    CodeRevoked,
    /// No wallet here knows the code.
    CodeUnknown,
    /// A code that was worked out from what could be read turned out to be another one. No try was counted.
    CandidateWrong,
    /// The code's keychain entry is not here.
    CodeWithoutKeychain,
    /// The wallet file is an older copy without the code's slot.
    CodeWithoutSlot,
    /// The clock is behind.
    ClockBehind,
    /// The code was accepted too long ago.
    AcceptanceOver,
    /// The password typed to be kept is not the present one.
    PasswordNotPresent,
    /// The disk is full.
    DiskFull,
    /// The disk is read-only.
    DiskReadOnly,
    /// The disk refused access.
    DiskDenied,
    /// The disk failed in another way.
    DiskFailed,
    /// The file is in place, but the disk did not confirm that it will stay.
    DiskUnconfirmed,
    /// The folder chosen for a kit cannot be used, or none was chosen.
    KitFolder,
    /// The drive did not keep the kit that was written to it.
    KitNotKept,
    /// The kit is not in the folder that was shown.
    KitNotThere,
    /// No print service answers on this computer.
    PrintNoService,
    /// The settings name a print service on another computer.
    PrintRemoteService,
    /// The print service did not answer in time.
    PrintNoAnswer,
    /// No printer is set up.
    PrintNoPrinter,
    /// The printer is not set up any more.
    PrintUnknownPrinter,
    /// The printer takes no jobs.
    PrintNotAccepting,
    /// This person may not print there.
    PrintNotAllowed,
    /// The printer does not take the document.
    PrintFormatRefused,
    /// The print service has no room.
    PrintNoRoom,
    /// The job was cancelled elsewhere.
    PrintCancelled,
    /// The print service gave the job up.
    PrintGivenUp,
    /// The printer did not finish in time, and the job was taken back.
    PrintNotInTime,
    /// The printer did not finish in time, and the job may still be printed.
    PrintStillThere,
    /// The print service lost the job.
    PrintLost,
    /// Printing failed in another way.
    PrintFailed,
    /// The wallet holds more than recovery pages can.
    PagesTooLarge,
    /// The pages could not be read back.
    PagesUnreadable,
    /// There is not yet enough to restore from.
    RestoreIncomplete,
    /// The code does not open the kit or the pages.
    RestoreWrongCode,
    /// The files are no kit's.
    RestoreNotAKit,
    /// The two files are of different kits.
    RestoreNotTogether,
    /// What there is to restore from is damaged.
    RestoreDamaged,
    /// A newer version made it.
    RestoreNewerVersion,
    /// A wallet is in the way, and no answer came.
    RestoreInTheWay,
    /// The saved sheet could not be read back.
    SheetUnreadable,
    /// Not enough memory.
    OutOfMemory,
    /// A fault of the program.
    Internal,
}

/// What the words about an error need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub(crate) struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    have: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_expires: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_expires: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<PrintTrouble>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// An error as it crosses to the UI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct CommandError {
    pub(crate) code: ErrorCode,
    message: String,
    // Boxed: most results are no errors, and all would carry its size.
    details: Box<Details>,
}

impl CommandError {
    /// An error whose words need no data.
    pub(crate) fn new(code: ErrorCode, message: impl std::fmt::Display) -> Self {
        Self {
            code,
            message: message.to_string(),
            details: Box::default(),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(&mut self.details);
        self
    }

    fn waiting(code: ErrorCode, message: impl std::fmt::Display, wait: Duration) -> Self {
        Self::new(code, message).with(|details| details.wait_seconds = Some(seconds(wait)))
    }

    fn of_code(code: ErrorCode, message: impl std::fmt::Display, name: Identifier) -> Self {
        Self::new(code, message).with(|details| details.identifier = Some(name.to_string()))
    }
}

/// Whole seconds, rounded up: a wait that is told is never too short.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}
