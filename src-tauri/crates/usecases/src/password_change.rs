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
    /// The new file could not be written; the old one stands.
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
        // Go on with what the disk holds: the old file, unless the new one came to stay unconfirmed.
        session.opened =
            reopen(world, session, current).or_else(|_| reopen(world, session, next))?;
        return Err(error.into());
    }
    crate::kill::point("password/file-committed");
    session.opened = reopen(world, session, next)?;
    // The old password opens the generations before; what cannot be removed now goes with the next saves.
    let _ = store::forget_generations(world.disk, &session.path);
    crate::kill::point("password/generations-forgotten");
    Ok(())
}

fn reopen(
    world: &mut World<'_>,
    session: &Session,
    password: &Password,
) -> Result<wallet::Opened, PasswordChangeError> {
    store::load(world.disk, &session.path)?
        .open_with_password(password, world.memory)
        .map_err(PasswordChangeError::Reopen)
}
