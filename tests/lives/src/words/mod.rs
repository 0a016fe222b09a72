//! When each thing that the app says is true. The matches have no wildcard, so that the compiler
//! asks for a rule whenever the app learns to say something new.

mod codes;
mod drafts;
mod elsewhere;
mod email;
mod own_file;
mod recoveries;
mod sessions;
mod start;

use usecases::find::FindError;
use usecases::record::RecordError;
use usecases::session::{InPlace, NotSaved, SaveError};
use wallet::store::{LoadError, LockError, NotReplaced, NotVerified};
use wallet::{OpenError, WalletId};

use crate::around::Around;
use crate::oracle::{Broken, Verdict};
use crate::task::PasswordNumber;

pub use codes::{
    accept, check, confirm, issue, legible, named, recorded, remake, revoke, state, works,
};
pub use drafts::{draft, unread};
pub use elsewhere::{Place, copy_away, found, look_elsewhere, take, taken};
pub use email::{email_change, free};
pub use own_file::{beside, delete, earlier, remains};
pub use recoveries::{
    copy, forget_kit, keeps, kit, mend, move_kit, pages, put_older, redeem, restore,
};
pub use sessions::{create, identity, item, password_change, sign_in, two_step, wait_of_sign_in};
pub use start::{listed, not_listed};

/// Says that a word is false, unless it holds.
fn holds(is_true: bool, word: &str) -> Verdict {
    match is_true {
        true => Ok(()),
        false => Err(Broken::FalseWord(word.to_owned())),
    }
}

/// Said of something that cannot happen here.
fn never(word: &str) -> Verdict {
    holds(false, word)
}

fn record(it: &Around<'_>, error: RecordError) -> Verdict {
    match error {
        RecordError::Keychain(_) => holds(it.keychain, "the keychain failed"),
        RecordError::Damaged => never("the record is damaged"),
        RecordError::NewerVersion => never("the record is of a newer version"),
        RecordError::Disk(_) => holds(it.disk, "the disk did not confirm"),
    }
}

fn load(it: &Around<'_>, wallet: Option<WalletId>, error: &LoadError) -> Verdict {
    let here = wallet.and_then(|wallet| it.of(wallet));
    let damaged = here.is_some_and(|here| here.damaged);
    match error {
        LoadError::Missing => {
            let missing = here.is_none_or(|here| here.file.is_empty());
            holds(
                missing || damaged || it.below || it.others,
                "there is no wallet file",
            )
        }
        LoadError::Io(_) => holds(it.disk, "the wallet file cannot be read"),
        LoadError::Format(_) => holds(damaged || it.below, "the wallet file is malformed"),
    }
}

fn find(it: &Around<'_>, wallet: Option<WalletId>, error: &FindError) -> Verdict {
    match error {
        FindError::Load(error) => load(it, wallet, error),
        FindError::Folder(_) => holds(it.disk, "the folder cannot be read"),
    }
}

fn lock(it: &Around<'_>, error: &LockError) -> Verdict {
    match error {
        LockError::Busy => holds(it.others, "the wallet is in use by another program"),
        LockError::ReadOnly(_) | LockError::Io(_) => holds(it.disk, "the lock cannot be taken"),
    }
}

/// The same for what is done beside an open wallet, whose lock is held.
fn own_lock(it: &Around<'_>, error: &LockError) -> Verdict {
    match it.belief.holds_a_lock() {
        true => Ok(()),
        false => lock(it, error),
    }
}

fn not_saved(it: &Around<'_>, error: &NotSaved) -> Verdict {
    match error {
        NotSaved::ReadOnly(_) => {
            let read_only = it.open().is_some_and(|open| open.read_only);
            holds(read_only, "the wallet is open for reading only")
        }
        NotSaved::Seal(_) => never("the contents cannot be sealed"),
        NotSaved::Replace(error) => not_replaced(it, error),
    }
}

fn not_replaced(it: &Around<'_>, error: &NotReplaced) -> Verdict {
    match error {
        NotReplaced::TooLarge => never("the wallet file would be too large"),
        NotReplaced::Io(_) | NotReplaced::NotKept => holds(it.disk, "the disk refused"),
    }
}

fn in_place_of(it: &Around<'_>, error: &NotVerified) -> Verdict {
    let NotVerified { .. } = error;
    holds(it.disk, "the disk did not confirm")
}

fn in_place(it: &Around<'_>, error: &InPlace) -> Verdict {
    match error {
        InPlace::NotVerified(error) => in_place_of(it, error),
        InPlace::Load(_) => holds(it.disk || it.below, "the new file cannot be read"),
        InPlace::Open(_) => holds(it.below, "the new file did not open"),
    }
}

fn save(it: &Around<'_>, error: &SaveError) -> Verdict {
    match error {
        SaveError::NotSaved(error) => not_saved(it, error),
        SaveError::InPlace(error) => in_place(it, error),
    }
}

fn wait(it: &Around<'_>, wallet: Option<WalletId>, code: bool) -> Verdict {
    holds(it.may_have_to_wait(wallet, code), "the try came too early")
}

/// The password is not that of the file, or of the open wallet.
fn wrong_password(it: &Around<'_>, wallet: WalletId, password: PasswordNumber) -> Verdict {
    let here = it.of(wallet);
    let opens = here.is_some_and(|here| {
        !here.damaged
            && !here.file.is_empty()
            && here.file.iter().all(|file| file.password == password)
    });
    if opens && !it.below {
        return Err(Broken::Lost(format!(
            "the newest password, {password}, is refused"
        )));
    }
    Ok(())
}

fn open(it: &Around<'_>, wallet: WalletId, error: &OpenError) -> Verdict {
    let damaged = it.of(wallet).is_some_and(|here| here.damaged);
    match error {
        OpenError::WrongPassword | OpenError::WrongCode | OpenError::NoSuchSlot => {
            never("a slot that was not tried does not open")
        }
        OpenError::Damaged => holds(damaged || it.below, "the wallet is damaged"),
        OpenError::NewerVersion => never("the contents are of a newer version"),
        OpenError::OutOfMemory => never("there is no memory"),
    }
}

fn identity_needed(it: &Around<'_>, full: bool) -> Verdict {
    let over = it.open().is_none_or(|open| {
        let (at_least, _) = match full {
            true => open.full,
            false => (open.password.0.max(open.full.0), 0),
        };
        it.span.to.since_boot >= at_least
    });
    holds(over, "identity has to be proved again")
}
