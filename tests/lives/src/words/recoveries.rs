//! What is said when a code is redeemed, and about kits, pages and copies.

use std::path::Path;

use usecases::kits::{KitProblem, KitState, MoveError};
use usecases::mend::MendError;
use usecases::older::OlderError;
use usecases::pages::PagesError;
use usecases::redeem::RedeemError;
use usecases::restore::RestoreError;
use usecases::session::SaveError;
use wallet::{SetPasswordError, WalletId};

use crate::around::Around;
use crate::oracle::{Broken, Verdict};
use crate::task::{CodeNumber, CopyError, PasswordNumber, Place};
use crate::truth::{GONE, WORKS};

use super::codes::refusal;
use super::{
    find, holds, in_place, in_place_of, lock, never, not_replaced, not_saved, own_lock, record,
    save, wait, wrong_password,
};

/// `Task::Commit`.
pub fn redeem(
    it: &Around<'_>,
    password: PasswordNumber,
    keep: bool,
    error: &RedeemError,
) -> Verdict {
    let Some((wallet, code, until)) = it.belief.accepted else {
        return holds(matches!(error, RedeemError::Over), "no code is accepted");
    };
    match error {
        RedeemError::Over => holds(
            it.span.to.since_boot >= until.0 && it.belief.committed.is_empty(),
            "the code was accepted too long ago",
        ),
        RedeemError::Refused(word) => refusal(it, wallet, code, word),
        RedeemError::WrongPassword { .. } => {
            holds(keep, "a kept password is wrong")?;
            wrong_password(it, wallet, password)
        }
        RedeemError::Wait(_) => wait(it, Some(wallet), false),
        RedeemError::Record(error) => record(it, *error),
        RedeemError::Kdf(_) => never("the key cannot be derived"),
        RedeemError::SetPassword(error) => match error {
            SetPasswordError::Kdf(_) | SetPasswordError::Seal(_) => never("no new key"),
        },
        RedeemError::NotSaved(error) => not_saved(it, error),
        RedeemError::InPlace(error) => in_place(it, error),
        RedeemError::FirstPassword { .. } => {
            let mut first = it.belief.committed.iter();
            holds(
                first.any(|file| file.password != password),
                "another password was set by the first try",
            )
        }
    }
}

/// `Task::Pages`.
pub fn pages(it: &Around<'_>, error: &PagesError) -> Verdict {
    let screen = it.open().and_then(|open| open.screen.as_ref());
    match error {
        PagesError::NotShown => holds(
            screen.is_none_or(|screen| {
                let ended = it.open().is_some_and(|open| {
                    it.status(open.wallet, screen.code) & (GONE | WORKS) != WORKS
                });
                !screen.pages || screen.remade || ended
            }),
            "no code with pages is shown",
        ),
        PagesError::Covered => holds(
            screen.is_none_or(|screen| it.span.to.since_boot >= screen.covered.0),
            "the code is covered",
        ),
        PagesError::Make(_) => never("the pages cannot be made"),
        PagesError::Reopen(_) | PagesError::NotKept => never("the pages do not open"),
        PagesError::Save(error) => save(it, error),
    }
}

/// What is said of a kit after it was brought up to date.
pub fn kit(it: &Around<'_>, code: CodeNumber, state: &KitState) -> Verdict {
    let Some(open) = it.open() else {
        return never("a kit without an open wallet");
    };
    let mine = &open.mine;
    let slot = mine.slots.contains(&code);
    holds(
        if state.live {
            slot || mine.maybe.contains(&code) || it.below
        } else {
            !slot || it.below
        },
        "whether the code of a kit is live",
    )?;
    let Some(problem) = state.problem else {
        return Ok(());
    };
    let Some(kit) = it
        .oracle
        .codes
        .get(&code)
        .and_then(|facts| facts.kit.as_ref())
    else {
        return never("a kit that nobody made");
    };
    let away = it.stick || it.stick_number != Some(kit.stick);
    match problem {
        KitProblem::Missing => holds(away || kit.moved || !kit.must, "the kit is missing"),
        KitProblem::Ahead => {
            let went_back = it.of(open.wallet).is_some_and(|here| here.went_back);
            // A damaged commit id is that of another state.
            let other = went_back || kit.damaged;
            holds(other || it.below || it.others, "the kit is ahead")
        }
        KitProblem::Full | KitProblem::NotWritten => {
            holds(it.stick || it.raced, "the kit could not be written")
        }
        KitProblem::Unsettled => holds(
            open.keychain_failed || it.below,
            "the keychain could not tell whether the code lives",
        ),
        KitProblem::Unverified => holds(
            open.unverified || it.below,
            "the disk did not confirm the last save",
        ),
        KitProblem::NotRemoved => holds(away || it.raced, "the kit could not be removed"),
        KitProblem::TooLarge => never("the wallet is too large for a kit"),
        KitProblem::NoAnswer => never("the drive does not answer"),
    }
}

/// `Task::MoveKit`.
pub fn move_kit(it: &Around<'_>, code: CodeNumber, to: &Path, error: &MoveError) -> Verdict {
    match error {
        MoveError::NotLive => {
            let slot = it
                .open()
                .and_then(|open| it.of(open.wallet))
                .is_some_and(|here| here.slot(code).0);
            let kit = it.oracle.codes.get(&code).and_then(|it| it.kit.as_ref());
            let must = slot && kit.is_some_and(|kit| kit.must);
            holds(!must || it.below, "no live kit has that name")
        }
        MoveError::NotThere => {
            let kit = it.oracle.codes.get(&code).and_then(|it| it.kit.as_ref());
            let there = kit.is_some_and(|kit| {
                kit.must && it.stick_number == Some(kit.stick) && kit.folder.parent() == Some(to)
            });
            holds(!there || it.stick, "the kit is not in that folder")
        }
        MoveError::Folder => never("the folder's path cannot be remembered"),
        MoveError::Save(error) => save(it, error),
    }
}

/// `Task::ForgetKit`.
pub fn forget_kit(it: &Around<'_>, error: &SaveError) -> Verdict {
    save(it, error)
}

/// `Task::OpenKit` and `Task::OpenPages`. `must`: the copy is there and the code opens it.
pub fn copy(it: &Around<'_>, must: bool, error: &CopyError) -> Verdict {
    let lost = |what: &str| match must {
        true => Err(Broken::Lost(what.to_owned())),
        false => Ok(()),
    };
    match error {
        CopyError::Disk(_) => match it.stick {
            true => Ok(()),
            false => lost("the kit is not there"),
        },
        CopyError::Open(_) => lost("the copy does not open"),
        CopyError::Incomplete => lost("the pages do not give their file"),
    }
}

/// `Task::Restore`.
pub fn restore(
    it: &Around<'_>,
    to: Place,
    password: PasswordNumber,
    error: &RestoreError,
) -> Verdict {
    match error {
        RestoreError::InTheWay(found) => {
            let here = it.of(found.wallet);
            // Another program may have deleted it after it was seen.
            let stood =
                here.is_some_and(|here| !here.file.is_empty() || (it.raced && here.deleted));
            holds(stood || it.below, "a wallet is in the way")
        }
        RestoreError::NothingToReplace => {
            let Place::Replacing(named) = to else {
                return never("no wallet was to be replaced");
            };
            holds(!in_the_way(it, named), "the wallet is not in the way")
        }
        RestoreError::Folder(_) => holds(it.disk, "the folder cannot be read"),
        RestoreError::Lock(error) => lock(it, error),
        RestoreError::Record(error) => record(it, *error),
        RestoreError::Kdf(_) => never("the key cannot be derived"),
        RestoreError::NotSaved(error) => not_saved(it, error),
        RestoreError::InPlace(error) => in_place(it, error),
        RestoreError::FirstPassword => {
            let mut first = it.belief.restored.iter();
            holds(
                first.any(|file| file.password != password),
                "another password was set by the first try",
            )
        }
    }
}

/// Whether this wallet is surely in the way of what is to be restored: it is the same one, or has
/// the same e-mail.
fn in_the_way(it: &Around<'_>, named: WalletId) -> bool {
    let Some((_, own, held)) = &it.belief.copy else {
        return false;
    };
    let mut at_the_place = it.oracle.here.iter().filter(|((computer, wallet), here)| {
        let same = wallet == own || here.may_be_of(held.email);
        *computer == it.computer && same && !here.file.is_empty()
    });
    // The same wallet goes before others of its e-mail, and damage may hide which one it is.
    let stands = match (at_the_place.next(), at_the_place.next()) {
        (Some(((_, only), here)), None) => {
            *only == named && !here.damaged && (only == own || here.is_of(held.email))
        }
        _ => false,
    };
    stands && !(it.disk || it.others || it.below)
}

/// `Task::PutOlder`.
pub fn put_older(it: &Around<'_>, wallet: WalletId, error: &OlderError) -> Verdict {
    match error {
        OlderError::Gone => Ok(()),
        OlderError::Find(error) => find(it, Some(wallet), error),
        OlderError::Lock(error) => own_lock(it, error),
        OlderError::NotSaved(error) => not_replaced(it, error),
        OlderError::InPlace(error) => in_place_of(it, error),
    }
}

/// `Task::Mend`.
pub fn mend(it: &Around<'_>, wallet: WalletId, error: &MendError) -> Verdict {
    match error {
        MendError::Find(error) => find(it, Some(wallet), error),
        MendError::Lock(error) => own_lock(it, error),
        MendError::Record(error) => record(it, *error),
    }
}

/// `Task::Commit`, which kept the password that was typed.
pub fn keeps(it: &Around<'_>, wallet: WalletId, password: PasswordNumber) -> Verdict {
    let right = it
        .of(wallet)
        .is_some_and(|here| here.file.iter().any(|file| file.password == password));
    match right || !it.belief.committed.is_empty() {
        true => Ok(()),
        false => Err(Broken::LetIn("a wrong password was kept".to_owned())),
    }
}
