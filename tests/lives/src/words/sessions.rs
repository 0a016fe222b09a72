//! What is said at the door and in an open wallet.

use std::time::Duration;

use usecases::create::CreateError;
use usecases::identity::IdentityError;
use usecases::items::ItemError;
use usecases::password_change::PasswordChangeError;
use usecases::sign_in::SignInError;
use usecases::two_step::TwoStepError;
use wallet::WalletId;

use crate::around::Around;
use crate::oracle::Verdict;
use crate::task::PasswordNumber;

use super::{find, holds, identity_needed, lock, never, open, save, wait, wrong_password};

/// `Task::Create`.
pub fn create(it: &Around<'_>, email: usize, error: &CreateError) -> Verdict {
    match error {
        CreateError::EmailTaken => {
            let mut here = it.oracle.here.iter();
            let taken = here.any(|((on, _), here)| *on == it.computer && here.may_be_of(email));
            holds(taken || it.others, "the e-mail is taken")
        }
        CreateError::Kdf(_) => never("the key cannot be derived"),
        CreateError::Folder(_) => holds(it.disk, "the folder cannot be read"),
        CreateError::Lock(error) => lock(it, error),
        CreateError::Save(error) => save(it, error),
    }
}

/// `Task::SignIn`, `Task::Digits` and `Task::Uncover`.
pub fn sign_in(
    it: &Around<'_>,
    wallet: WalletId,
    password: Option<PasswordNumber>,
    digits: Option<bool>,
    error: &SignInError,
) -> Verdict {
    match error {
        SignInError::Wait(_) => wait(it, Some(wallet), false),
        SignInError::WrongPassword { .. } => match password {
            Some(password) => wrong_password(it, wallet, password),
            None => never("wrong password"),
        },
        SignInError::WrongDigits { .. } => holds(digits != Some(true), "the six digits are wrong"),
        SignInError::DigitsNeeded => holds(digits.is_none(), "the six digits are needed"),
        SignInError::DigitsUsed => digits_used(it),
        SignInError::Find(error) => find(it, Some(wallet), error),
        SignInError::Lock(error) => lock(it, error),
        SignInError::Open(error) => open(it, wallet, error),
    }
}

fn digits_used(it: &Around<'_>) -> Verdict {
    holds(it.digits_again || it.raced, "the six digits were used")
}

/// `Task::Identity`.
pub fn identity(
    it: &Around<'_>,
    password: PasswordNumber,
    digits: Option<bool>,
    error: &IdentityError,
) -> Verdict {
    let Some(open) = it.open() else {
        return never("identity without an open wallet");
    };
    match error {
        IdentityError::Wait(_) => wait(it, Some(open.wallet), false),
        IdentityError::WrongPassword { .. } => {
            holds(open.mine.password != password, "the password is wrong")
        }
        IdentityError::DigitsNeeded => holds(
            open.mine.authenticator.is_some() && digits.is_none(),
            "the six digits are needed",
        ),
        IdentityError::WrongDigits { .. } => {
            holds(digits != Some(true), "the six digits are wrong")
        }
        IdentityError::DigitsUsed => digits_used(it),
        IdentityError::Kdf(_) => never("the key cannot be derived"),
    }
}

/// `Task::SaveNote` and `Task::DeleteNote`.
pub fn item(it: &Around<'_>, error: &ItemError) -> Verdict {
    match error {
        ItemError::NotFound => never("no such item"),
        ItemError::NoSuchVersion => never("no such earlier version"),
        ItemError::NoSuchLine => never("no such code"),
        ItemError::TooLong => never("the note is too long"),
        ItemError::Ambiguous => never("two fields have one number"),
        ItemError::UnknownFile => never("a file that nobody added"),
        ItemError::NoSuchDay => never("there is no such day"),
        ItemError::Save(error) => save(it, error),
    }
}

/// `Task::ChangePassword`.
pub fn password_change(
    it: &Around<'_>,
    current: PasswordNumber,
    digits: Option<bool>,
    error: &PasswordChangeError,
) -> Verdict {
    match error {
        PasswordChangeError::Identity(error) => identity(it, current, digits, error),
        PasswordChangeError::SetPassword(_) => never("no new key"),
        PasswordChangeError::Save(error) => save(it, error),
    }
}

/// What is said about two-step verification. `right`: the digits were those of the authenticator.
pub fn two_step(it: &Around<'_>, right: bool, error: &TwoStepError) -> Verdict {
    match error {
        TwoStepError::WrongDigits => holds(!right, "the six digits are wrong"),
        TwoStepError::Identity(_) => {
            let setup = it.belief.setup;
            let over = setup.is_some_and(|(_, until)| it.span.to.since_boot >= until);
            match over {
                true => Ok(()),
                false => identity_needed(it, true),
            }
        }
        TwoStepError::Address(_) => never("the address cannot be written"),
        TwoStepError::Save(error) => save(it, error),
    }
}

/// The wait that an error names, to be kept by the next try.
pub fn wait_of_sign_in(error: &SignInError) -> Option<Duration> {
    match error {
        SignInError::WrongPassword { wait } | SignInError::WrongDigits { wait } => Some(*wait),
        SignInError::Wait(_)
        | SignInError::DigitsNeeded
        | SignInError::DigitsUsed
        | SignInError::Find(_)
        | SignInError::Lock(_)
        | SignInError::Open(_) => None,
    }
}
