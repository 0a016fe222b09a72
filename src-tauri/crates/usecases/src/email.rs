//! Change the e-mail of a wallet.

use thiserror::Error;
use wallet::store::FolderError;
use wallet::{Email, Event};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::find;
use crate::identity::{self, IdentityNeeded, Level};
use crate::session::{SaveError, Session, note};

/// Why the e-mail was not changed, or the change not verified.
#[derive(Debug, Error)]
pub enum EmailChangeError {
    /// Identity was not confirmed recently.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// Another wallet of this computer has that e-mail.
    #[error("this computer has another wallet of that e-mail")]
    Taken,
    /// The folder could not be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The new file was not saved, or is in place and not verified.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// Changes the e-mail of an open wallet. Sheets and pages that name the old one go on working: the
/// e-mail is for look-up only. The present e-mail is accepted, and nothing is saved.
pub fn change(
    world: &mut World<'_>,
    session: &mut Session,
    email: Email,
) -> Result<(), EmailChangeError> {
    identity::fresh(world, session, Level::Full)?;
    // A save that the disk did not confirm is made again.
    if session.email() == &email && !session.unverified {
        return Ok(());
    }
    let wallet = session.wallet();
    let known = find::wallets(world.disk, world.folder)?.known;
    let mut others = known.iter().filter(|known| known.wallet != wallet);
    let taken = others.any(|known| known.email.is_same(&email));
    if taken && !is_planted(Break::EmailTakenIgnored) {
        return Err(EmailChangeError::Taken);
    }
    if is_planted(Break::EmailNotSaved) {
        session.opened.set_email(email);
        return Ok(());
    }
    let now = world.clock.now();
    session.change(world, |opened, _| {
        opened.set_email(email);
        note(opened, now, Event::EmailChanged);
        Ok(())
    })
}
