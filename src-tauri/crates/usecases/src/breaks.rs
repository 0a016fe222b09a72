//! Faults that can be planted in the use cases, to show that the simulation of lives finds each.
//! Without the feature `breaks`, which shipped builds do not have, they are nothing.

/// A fault of the use cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// An intent is settled without comparing the commit id.
    AnyCommitSettles,
    /// A redemption erases no entry.
    EntryKeptAtRedeem,
    /// Revoking erases no entry.
    EntryKeptAtRevoke,
    /// Confirming a code does not erase the one that it replaces.
    EntryKeptAtConfirm,
    /// The keychain is settled before the file is committed.
    SettledFirst,
    /// A redemption leaves the code slots in the file.
    SlotsKeptAtRedeem,
    /// The kit of a dead code is kept current.
    DeadKitWritten,
    /// A kit that is ahead is overwritten by an older file.
    NewerKitOverwritten,
    /// A covered code is given out.
    CoverIgnored,
    /// The generations that the old password opens stay after a change of the password.
    GenerationsKept,
    /// The six digits are accepted a second time.
    DigitsTwice,
    /// A wrong group confirms a code.
    AnyGroupConfirms,
    /// The clock since boot ends no code.
    BootClockIgnored,
    /// A wrong password starts no wait.
    WrongPasswordNotCounted,
    /// A wallet that is replaced by a restored one is not kept aside.
    ReplacedNotKept,
    /// A wallet is restored over the generations of one whose file is lost.
    CopiesOverlooked,
    /// No copy is offered for a damaged file.
    NoCopyOffered,
    /// A wallet whose file is damaged is not shown with its copies.
    LostNotShown,
    /// Every copy beside a wallet is called the same.
    CopiesCalledSame,
    /// The page about codes does not name the confirmed one.
    ConfirmedNotNamed,
    /// A new e-mail is not saved.
    EmailNotSaved,
    /// An e-mail that another wallet has is accepted.
    EmailTakenIgnored,
    /// A file from elsewhere takes the place of the wallet's own.
    TakenOverOwn,
    /// A file from elsewhere takes the place of copies that the app made.
    TakenOverCopies,
    /// A wallet that an earlier version becomes keeps the kits.
    KitsKeptBeside,
    /// The six digits that proved identity open the wallet beside as well.
    DigitsOpenBeside,
    /// A deletion leaves the generations.
    GenerationsKeptAtDelete,
    /// A deletion ends no code.
    CodesKeptAtDelete,
    /// A deletion removes the wallet's own file first.
    OwnFileFirst,
    /// Another wallet key gets no drafts.
    DraftsNotCarried,
    /// The drafts under the key before are removed before the wallet's file has the next one.
    DraftsTidiedFirst,
    /// The drafts under the key before stay.
    OldDraftsKept,
}

#[cfg(feature = "breaks")]
mod planted {
    use std::cell::Cell;

    use super::Break;

    thread_local! {
        static PLANTED: Cell<Option<Break>> = const { Cell::new(None) };
    }

    /// Plants a fault in this thread; `None` takes it away.
    pub fn plant(broken: Option<Break>) {
        PLANTED.set(broken);
    }

    pub(crate) fn is_planted(broken: Break) -> bool {
        PLANTED.get() == Some(broken)
    }
}

#[cfg(feature = "breaks")]
pub(crate) use planted::is_planted;
#[cfg(feature = "breaks")]
pub use planted::plant;

#[cfg(not(feature = "breaks"))]
pub(crate) const fn is_planted(_: Break) -> bool {
    false
}
