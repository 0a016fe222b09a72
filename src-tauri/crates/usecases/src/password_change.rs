//! Change the password: a new wallet key, a new password slot, the code slots sealed again to their
//! recipients.

use thiserror::Error;
use wallet::store::{self, LoadError};
use wallet::{Event, KdfParams, Password, SetPasswordError};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::drafts;
use crate::identity::{self, IdentityError};
use crate::session::{InPlace, SaveError, Session, note};
use crate::waits::Waits;

/// Why the password was not changed, or the change not verified.
#[derive(Debug, Error)]
pub enum PasswordChangeError {
    /// The current password or the six digits are wrong.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The wallet could not be given a new key.
    #[error(transparent)]
    SetPassword(#[from] SetPasswordError),
    /// The new file was not saved, and the current password stays; or it is in place, not verified,
    /// and the new password counts.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<InPlace> for PasswordChangeError {
    fn from(error: InPlace) -> Self {
        Self::Save(error.into())
    }
}

/// Changes the password of an open wallet, for the current one and the six digits where they are
/// set up.
pub fn change(
    world: &mut World<'_>,
    waits: &Waits,
    session: &mut Session,
    (current, digits): (&Password, Option<&str>),
    next: &Password,
    params: KdfParams,
) -> Result<(), PasswordChangeError> {
    identity::confirm(world, waits, session, current, digits)?;
    crate::kill::point("password/begun");
    let now = world.clock.now();
    let forgot_before = session.forget_generations;
    session.forget_generations = false;
    let changed = session.change(world, |opened, world| {
        opened.set_password(world.rng, next, params, world.memory)?;
        note(opened, now, Event::PasswordChanged);
        Ok(())
    });
    session.forget_generations = forgot_before
        || !matches!(
            changed,
            Err(PasswordChangeError::SetPassword(_)
                | PasswordChangeError::Save(SaveError::NotSaved(_)))
        );
    changed?;
    crate::kill::point("password/file-committed");
    let sealed = match store::load(world.disk, &session.path) {
        Ok(sealed) => sealed,
        // The commit read the file back; the disk went away after it.
        Err(LoadError::Io(_)) => return Ok(()),
        Err(error @ (LoadError::Missing | LoadError::Format(_))) => {
            return Err(InPlace::Load(error).into());
        }
    };
    let reopened = sealed.open_with_password(next, world.memory);
    let mut reopened = reopened.map_err(InPlace::Open)?;
    reopened.keep_pending_files_of(&session.opened);
    session.opened = reopened;
    // The old password opens the generations before; what cannot be removed now goes after later
    // saves.
    if is_planted(Break::GenerationsKept) {
        session.forget_generations = false;
        return Ok(());
    }
    let forgotten = store::forget_generations(world.disk, &session.path);
    session.forget_generations = forgotten.is_err();
    drafts::tidy(world, session);
    crate::kill::point("password/generations-forgotten");
    Ok(())
}
