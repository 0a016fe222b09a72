//! What is said about e-mails.

use usecases::email::EmailChangeError;
use wallet::WalletId;

use super::{holds, identity_needed, not_listed, save};
use crate::around::Around;
use crate::oracle::Verdict;

/// `Task::ChangeEmail`.
pub fn email_change(it: &Around<'_>, email: usize, error: &EmailChangeError) -> Verdict {
    match error {
        EmailChangeError::Identity(_) => identity_needed(it, true),
        EmailChangeError::Taken => {
            let own = it.open().map(|open| open.wallet);
            let mut here = it.oracle.here.iter();
            let taken = here.any(|((on, wallet), here)| {
                *on == it.computer && Some(*wallet) != own && here.may_be_of(email)
            });
            holds(taken || it.others, "the e-mail is taken")
        }
        EmailChangeError::Folder(error) => not_listed(it, error),
        EmailChangeError::Save(error) => save(it, error),
    }
}

/// A wallet got this e-mail: no other wallet of the computer surely had it.
pub fn free(it: &Around<'_>, email: usize, own: WalletId) -> Verdict {
    let mut here = it.oracle.here.iter();
    let taken = here.any(|((on, wallet), here)| {
        *on == it.computer && *wallet != own && here.is_of(email) && !here.may_be_absent
    });
    holds(!taken || it.disk || it.others, "the e-mail is free")
}
