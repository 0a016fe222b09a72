//! Create a wallet.

use thiserror::Error;
use wallet::store::{Access, FolderError, LockError, NotReplaced, WalletLock};
use wallet::{CommitId, Email, Event, KdfError, KdfParams, Opened, Password};

use crate::World;
use crate::find;
use crate::session::{InPlace, SaveError, Session, commit_file, note};

/// Why no wallet was created.
#[derive(Debug, Error)]
pub enum CreateError {
    /// A wallet of this e-mail is on this computer already.
    #[error("this computer has a wallet of that e-mail")]
    EmailTaken,
    /// The password could not be turned into a key.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The folder could not be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The file could not be written. After [`SaveError::InPlace`] the empty wallet is there.
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
    let wallets = find::wallets(world.disk, world.folder)?;
    if wallets
        .known
        .iter()
        .any(|known| known.email.is_same(&email))
    {
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
    note(&mut opened, world.clock.now(), Event::Created);
    let path = find::path(world, opened.header().wallet_id);
    let lock = WalletLock::acquire(world.disk, &path)?;
    let commit = CommitId::random(world.rng);
    match commit_file(&mut opened, world, &path, commit) {
        Ok(()) => {
            let session = Session::new(opened, path, Access::Write(lock), false);
            Ok(session.of_the_owner(world.clock.since_boot()))
        }
        Err(SaveError::InPlace(InPlace::NotVerified(error)))
            if world.disk.remove(&path).is_ok() =>
        {
            // Nothing is in it yet, and its e-mail would stay taken.
            Err(SaveError::NotSaved(NotReplaced::Io(error.error).into()).into())
        }
        Err(error) => Err(error.into()),
    }
}
