//! Change the password: a new wallet key, a new password slot, the code slots sealed again to their recipients.

use thiserror::Error;
use wallet::Event;
use wallet::store::{self, LoadError};
use wallet::{KdfParams, OpenError, Password, SetPasswordError};

use crate::World;
use crate::identity::{self, IdentityError};
use crate::session::{SaveError, Session};
use crate::waits::Waits;

/// Why the password was not changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PasswordChangeError {
    /// The present password is wrong.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The wallet could not be given a new key.
    #[error(transparent)]
    SetPassword(#[from] SetPasswordError),
    /// The new file could not be written; the present password stays.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The file could not be read back.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The file did not open with the password that it should have.
    #[error("the wallet file did not open")]
    Reopen(#[source] OpenError),
}

/// Changes the password of an open wallet.
pub fn change(
    world: &mut World<'_>,
    waits: &mut Waits,
    session: &mut Session,
    current: &Password,
    next: &Password,
    params: KdfParams,
) -> Result<(), PasswordChangeError> {
    identity::check_password(world, waits, session, current)?;
    crate::kill::point("password/begun");
    session
        .opened
        .set_password(world.rng, next, params, world.memory)?;
    session.note(world.clock.now(), Event::PasswordChanged);
    if let Err(error) = session.save(world) {
        // Whatever the disk holds, what is saved from now on opens with the password that the person was told.
        session.unnote();
        session
            .opened
            .set_password(world.rng, current, params, world.memory)?;
        if error.may_stay() {
            let _ = session.save(world);
        }
        return Err(error.into());
    }
    crate::kill::point("password/file-committed");
    let sealed = match store::load(world.disk, &session.path) {
        Ok(sealed) => sealed,
        // Committed and read back: the disk went away after it. The generations before go with the next saves.
        Err(LoadError::Io(_)) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    session.opened = sealed
        .open_with_password(next, world.memory)
        .map_err(PasswordChangeError::Reopen)?;
    // The old password opens the generations before; what cannot be removed now goes with the next saves.
    let _ = store::forget_generations(world.disk, &session.path);
    crate::kill::point("password/generations-forgotten");
    Ok(())
}
