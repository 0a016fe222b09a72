//! Create a wallet.

use thiserror::Error;
use wallet::Event;
use wallet::store::{LockError, StoreError, WalletLock};
use wallet::{Email, KdfError, KdfParams, Opened, Password};

use crate::World;
use crate::find;
use crate::session::{SaveError, Session};

/// Why no wallet was created.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CreateError {
    /// A wallet of this e-mail is on this computer already.
    #[error("this computer has a wallet of that e-mail")]
    EmailTaken,
    /// The password could not be turned into a key.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The folder could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// Creates a wallet and opens it.
pub fn create(
    world: &mut World<'_>,
    email: Email,
    password: &Password,
    params: KdfParams,
) -> Result<Session, CreateError> {
    let taken = find::wallets(world.disk, world.folder)?
        .known
        .iter()
        .any(|known| known.email == email);
    if taken {
        return Err(CreateError::EmailTaken);
    }
    let mut opened = Opened::create(
        world.rng,
        email,
        password,
        params,
        world.memory,
        world.keychain.kind().name(),
    )?;
    crate::session::note(&mut opened, world.clock.now(), Event::Created);
    let path = find::path(world, opened.header().wallet_id);
    let lock = WalletLock::acquire(world.disk, &path)?;
    let mut session = Session::new(opened, path, lock, false);
    if let Err(error) = session.save(world) {
        // A file that came to stay would keep its e-mail taken.
        let _ = world.disk.remove(&session.path);
        return Err(error.into());
    }
    Ok(session)
}
