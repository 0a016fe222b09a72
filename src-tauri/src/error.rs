//! Errors as they cross to the page: a code with the data that its words need. Never a secret.
//!
//! Each journey's mapping is a file in `error/`. No mapping has a wildcard over an enum of this
//! workspace, so that the compiler lists every error that has no code yet.

mod camera;
mod clipboard;
mod confirm;
mod create;
mod disk;
mod entry;
mod issue;
mod items;
mod keychain;
mod kits;
mod own_file;
mod pages;
mod password;
mod print;
mod redeem;
mod restore;
mod service_codes;
mod sheet;
mod sign_in;
mod start;
mod two_step;

use serde::Serialize;
use ts_rs::TS;

use crate::outcome::CodeOutcome;
pub(crate) use crate::outcome::seconds;
use crate::print_trouble::PrintTrouble;
use crate::start_error::StartProblem;

/// An error of a command. The page has words and a next step for each code.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum CommandError {
    /// The password is wrong.
    WrongPassword {
        wait_seconds: u64,
    },
    /// The six digits are wrong.
    WrongDigits {
        wait_seconds: u64,
    },
    /// The six digits were used already. This is not a wrong try.
    DigitsUsed,
    /// The try came before the wait was over.
    Wait {
        wait_seconds: u64,
    },
    /// Two-step verification is on, and no digits were sent.
    DigitsNeeded,
    /// Identity has to be confirmed first.
    IdentityNeeded,
    /// The program has not started.
    NotStarted {
        problem: StartProblem,
        path: Option<String>,
    },
    /// No wallet is open.
    Locked,
    /// The text is not an e-mail address.
    EmailInvalid,
    /// This computer has a wallet of that e-mail already.
    EmailTaken,
    /// The password has too few characters.
    PasswordTooShort {
        have: usize,
        need: usize,
    },
    /// The password exceeds the maximum length.
    PasswordTooLong,
    /// This computer has no such wallet.
    WalletNotFound,
    /// Another program has the wallet open.
    WalletBusy,
    /// The wallet file is damaged.
    WalletDamaged,
    /// The wallet file was written by a newer version.
    WalletNewerVersion,
    /// The folder of the wallets cannot be written: the wallet is open for reading only, or was not
    /// opened.
    WalletReadOnly,
    /// The copy that was to take the wallet's place is gone or cannot be read.
    OlderCopyGone,
    /// The copy is in the wallet's place, and the disk did not confirm it.
    OlderCopyInPlace,
    /// The file is no wallet.
    NotAWallet,
    /// The wallet file from elsewhere is damaged.
    FileDamaged,
    /// A copy to take away cannot be in the folder of the wallets.
    OwnFolder,
    /// This computer has the wallet of that file.
    WalletHere,
    /// The earlier version is gone or cannot be read.
    EarlierGone,
    /// The wallet has reached its maximum size.
    WalletFull,
    /// There is no such item.
    ItemNotFound,
    /// The item has no such earlier version any more.
    VersionNotFound,
    /// The note is too long.
    ItemTooLarge,
    /// The file is larger than this, in bytes.
    FileTooLarge {
        most: u64,
    },
    /// The wallet has room for a file of this size, in bytes, and no more.
    FilesFull {
        free: u64,
    },
    /// The chosen file cannot be read.
    FileUnread,
    /// The content of the file is not in this wallet.
    FileGone,
    /// What was typed and not saved is damaged.
    DraftsDamaged,
    /// What was typed and not saved was written by a newer version.
    DraftsNewer,
    NoSuchDay,
    /// The codes have no such line any more.
    LineNotFound,
    /// Every code of the other service was used.
    NoCodesLeft,
    /// The text gives no one-time digits.
    NotOneTime,
    /// The words are no phrase in English whose checksum is right.
    NotASeedQr,
    /// The keychain cannot be reached.
    KeychainUnreachable,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain did not answer in time.
    KeychainTimedOut,
    /// The keychain refused access.
    KeychainDenied,
    /// The keychain cannot hold the record.
    KeychainFull,
    /// The keychain holds more than one record of the wallet.
    KeychainSeveral,
    /// The keychain failed in another way.
    KeychainFailed,
    /// The keychain record is damaged.
    KeychainRecordDamaged,
    /// The keychain record was written by a newer version.
    KeychainRecordNewer,
    /// The new code would stop working before the one that it replaces.
    DiesSooner {
        identifier: String,
        old_expires: Option<i64>,
        new_expires: Option<i64>,
    },
    /// A code that expires cannot have a kit or pages.
    CopyOutlives,
    /// The wallet file with the new code is in place and not verified. The code was not issued.
    IssueInPlace,
    /// The scanner cannot be started or was stopped.
    ScannerFailed,
    /// The process that reads pictures cannot be restricted on this system.
    ScannerUnprotected,
    /// No camera is on.
    CameraOff,
    /// The clipboard cannot be reached, or did not answer.
    Clipboard,
    /// No code is on the screen.
    NoCodeShown,
    /// The code on the screen is covered.
    CodeCovered,
    /// A file of that name is there, and the person did not choose it.
    FileThere {
        name: String,
    },
    /// The file may be saved: the disk did not confirm it.
    FileNotConfirmed,
    /// The group typed back is not the one that was asked.
    GroupWrong,
    /// The sheet is not one of the code that waits to be confirmed.
    SheetWrong,
    /// The whole code was entered where each sheet of the set has to be shown.
    EachSheet,
    /// No set has that number of sheets, or those sheets.
    SetSize,
    /// No whole code has been entered.
    CodeNotEntered,
    /// Fewer sheets of the set were entered than it needs.
    SheetsMissing {
        have: usize,
        need: usize,
    },
    /// A whole code was entered where the sheets themselves are needed.
    SharesNeeded,
    /// A code was judged and does not work here and now.
    Code {
        outcome: CodeOutcome,
    },
    /// The wallet has no live code of that name.
    CodeNotLive,
    /// The code was accepted too long ago.
    AcceptanceOver,
    /// The password to be kept is not the current one.
    PasswordNotPresent {
        wait_seconds: u64,
    },
    /// The new password of an earlier try is set already, and this is another one.
    FirstPassword {
        wait_seconds: u64,
    },
    /// The change is in place, and the disk did not confirm it.
    InPlace,
    /// The new wallet is in place, and the disk did not confirm it.
    CreateInPlace,
    /// The wallet from elsewhere, or of an earlier version, is in place, and the disk did not
    /// confirm it.
    SecondInPlace,
    /// The wallet was not deleted, and earlier versions of it may be gone.
    NotDeleted {
        codes_ended: bool,
    },
    /// The wallet is deleted, and the disk did not confirm it.
    DeleteInPlace {
        codes_ended: bool,
    },
    /// The new password is set, and the disk did not confirm it.
    PasswordInPlace,
    /// The code was used and the new password is set, and the disk did not confirm the file.
    RedeemInPlace,
    /// The restored wallet is in place, and the disk did not confirm it.
    RestoreInPlace,
    /// The disk is full.
    DiskFull,
    /// The disk is read-only.
    DiskReadOnly,
    /// The disk refused access.
    DiskDenied,
    /// The disk failed in another way.
    DiskFailed,
    /// The folder cannot be used for a kit, or none was chosen.
    KitFolder,
    /// The kit that was written does not open, or does not hold what the wallet holds.
    KitNotKept,
    /// The kit is not in the folder that was chosen.
    KitNotThere,
    /// The code of that kit is not live.
    KitNotLive,
    /// No print service answers on this computer.
    PrintNoService,
    /// The settings name a print service on another computer.
    PrintRemoteService {
        server: String,
    },
    /// The print service did not answer in time.
    PrintNoAnswer,
    /// No printer is set up.
    PrintNoPrinter,
    /// The printer is not set up any more.
    PrintUnknownPrinter,
    /// The printer accepts no jobs.
    PrintNotAccepting,
    /// The person is not allowed to use that printer.
    PrintNotAllowed,
    /// The printer does not accept the document.
    PrintFormatRefused,
    /// The print service has no room.
    PrintNoRoom,
    /// The job was cancelled elsewhere.
    PrintCancelled,
    /// The print service gave the job up.
    PrintGivenUp {
        problem: Option<PrintTrouble>,
    },
    /// The printer did not finish in time, and the job was withdrawn.
    PrintNotInTime {
        problem: Option<PrintTrouble>,
    },
    /// The printer did not finish in time, and may still print the job.
    PrintStillThere,
    /// The print service lost the job.
    PrintLost,
    /// Printing failed in another way.
    PrintFailed,
    /// The wallet is larger than recovery pages can hold. Both are bytes.
    PagesTooLarge {
        size: usize,
        most: usize,
    },
    /// The pages that were made cannot make up for a lost one.
    PagesNotMade,
    /// The pages could not be read back.
    PagesUnreadable,
    /// The pages are made, and the wallet's note of them was not saved or not verified.
    PagesNotNoted,
    /// There is no complete copy to restore from.
    RestoreIncomplete,
    /// The code does not open the kit or the pages.
    /// The files are not those of a kit.
    RestoreNotAKit,
    /// The two files belong to different kits.
    RestoreNotTogether,
    /// The copy is damaged.
    RestoreDamaged,
    /// The copy was made by a newer version.
    RestoreNewerVersion,
    /// Opening the kit would take more memory than this program allows.
    RestoreTooCostly,
    /// Opening the copy takes a lot of memory, which the person has not agreed to.
    RestoreCostly {
        gibibytes: u64,
    },
    /// A wallet is in the way, and the person has not said what to do with it.
    RestoreInTheWay,
    /// The wallet that was to be replaced is not here.
    RestoreNothingToReplace,
    /// The sheet failed its self-test.
    SheetUnreadable,
    /// There is not enough memory.
    OutOfMemory,
    /// A fault of the program.
    Internal,
}
