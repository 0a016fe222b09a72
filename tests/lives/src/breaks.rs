//! Faults that are planted to show that the oracle sees them.

use usecases::breaks;

/// A fault of the simulated ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortBreak {
    /// The bytes of a new file are not synced.
    FileNotSynced,
    /// The names of a folder are not synced.
    FolderNotSynced,
    /// A rename removes the name first.
    RenameInTwoSteps,
    /// A lock is granted that another program holds.
    LockIgnored,
}

/// A planted fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// In the ports.
    Port(PortBreak),
    /// In the use cases.
    UseCase(breaks::Break),
}

/// Every fault that can be planted.
pub const BREAKS: [(&str, Break); 36] = [
    ("file-not-synced", Break::Port(PortBreak::FileNotSynced)),
    ("folder-not-synced", Break::Port(PortBreak::FolderNotSynced)),
    (
        "rename-in-two-steps",
        Break::Port(PortBreak::RenameInTwoSteps),
    ),
    ("lock-ignored", Break::Port(PortBreak::LockIgnored)),
    (
        "any-commit-settles",
        Break::UseCase(breaks::Break::AnyCommitSettles),
    ),
    (
        "entry-kept-at-redeem",
        Break::UseCase(breaks::Break::EntryKeptAtRedeem),
    ),
    (
        "entry-kept-at-revoke",
        Break::UseCase(breaks::Break::EntryKeptAtRevoke),
    ),
    (
        "entry-kept-at-confirm",
        Break::UseCase(breaks::Break::EntryKeptAtConfirm),
    ),
    ("settled-first", Break::UseCase(breaks::Break::SettledFirst)),
    (
        "slots-kept-at-redeem",
        Break::UseCase(breaks::Break::SlotsKeptAtRedeem),
    ),
    (
        "dead-kit-written",
        Break::UseCase(breaks::Break::DeadKitWritten),
    ),
    (
        "newer-kit-overwritten",
        Break::UseCase(breaks::Break::NewerKitOverwritten),
    ),
    ("cover-ignored", Break::UseCase(breaks::Break::CoverIgnored)),
    (
        "generations-kept",
        Break::UseCase(breaks::Break::GenerationsKept),
    ),
    ("digits-twice", Break::UseCase(breaks::Break::DigitsTwice)),
    (
        "any-group-confirms",
        Break::UseCase(breaks::Break::AnyGroupConfirms),
    ),
    (
        "boot-clock-ignored",
        Break::UseCase(breaks::Break::BootClockIgnored),
    ),
    (
        "wrong-password-not-counted",
        Break::UseCase(breaks::Break::WrongPasswordNotCounted),
    ),
    (
        "replaced-not-kept",
        Break::UseCase(breaks::Break::ReplacedNotKept),
    ),
    (
        "copies-overlooked",
        Break::UseCase(breaks::Break::CopiesOverlooked),
    ),
    (
        "no-copy-offered",
        Break::UseCase(breaks::Break::NoCopyOffered),
    ),
    (
        "lost-not-shown",
        Break::UseCase(breaks::Break::LostNotShown),
    ),
    (
        "copies-called-same",
        Break::UseCase(breaks::Break::CopiesCalledSame),
    ),
    (
        "confirmed-not-named",
        Break::UseCase(breaks::Break::ConfirmedNotNamed),
    ),
    (
        "email-not-saved",
        Break::UseCase(breaks::Break::EmailNotSaved),
    ),
    (
        "email-taken-ignored",
        Break::UseCase(breaks::Break::EmailTakenIgnored),
    ),
    (
        "taken-over-own",
        Break::UseCase(breaks::Break::TakenOverOwn),
    ),
    (
        "taken-over-copies",
        Break::UseCase(breaks::Break::TakenOverCopies),
    ),
    (
        "kits-kept-beside",
        Break::UseCase(breaks::Break::KitsKeptBeside),
    ),
    (
        "digits-open-beside",
        Break::UseCase(breaks::Break::DigitsOpenBeside),
    ),
    (
        "generations-kept-at-delete",
        Break::UseCase(breaks::Break::GenerationsKeptAtDelete),
    ),
    (
        "codes-kept-at-delete",
        Break::UseCase(breaks::Break::CodesKeptAtDelete),
    ),
    (
        "own-file-first",
        Break::UseCase(breaks::Break::OwnFileFirst),
    ),
    (
        "drafts-not-carried",
        Break::UseCase(breaks::Break::DraftsNotCarried),
    ),
    (
        "drafts-tidied-first",
        Break::UseCase(breaks::Break::DraftsTidiedFirst),
    ),
    (
        "old-drafts-kept",
        Break::UseCase(breaks::Break::OldDraftsKept),
    ),
];

impl Break {
    /// The break of this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = BREAKS.iter();
        all.find(|(known, _)| *known == name).map(|(_, it)| *it)
    }

    /// The fault of the ports, if it is one.
    pub fn of_ports(self) -> Option<PortBreak> {
        match self {
            Self::Port(broken) => Some(broken),
            Self::UseCase(_) => None,
        }
    }

    /// Plants the fault of the use cases in this thread, or takes away the one that was planted.
    pub fn plant(planted: Option<Self>) {
        breaks::plant(planted.and_then(|it| match it {
            Self::Port(_) => None,
            Self::UseCase(broken) => Some(broken),
        }));
    }
}
