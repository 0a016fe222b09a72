//! The file of the open wallet: its e-mail, a copy to take away, its earlier versions, and its end;
//! and files of wallets from elsewhere.

use std::path::Path;

use usecases::delete::{self, DeleteError, Deleted, Remains};
use usecases::earlier::{self, BesideError, Earlier};
use usecases::elsewhere::{self, CopyError, Found, LookError, TakeError, Taken};
use usecases::email::{self, EmailChangeError};
use wallet::store::FolderError;
use wallet::{Email, Password, WalletId};

use crate::application::{App, Locked};
use crate::mutex::locked;

impl App {
    /// Changes the e-mail of the open wallet.
    ///
    /// # Errors
    /// See [`EmailChangeError`].
    pub fn change_email<E: From<Locked> + From<EmailChangeError>>(
        &self,
        email: Email,
    ) -> Result<(), E> {
        self.change(|world, session| email::change(world, session, email).map_err(E::from))
    }

    /// The bytes of a copy of the open wallet's file to take away.
    ///
    /// # Errors
    /// See [`CopyError`].
    pub fn copy_of_file<E: From<Locked> + From<CopyError>>(&self) -> Result<Vec<u8>, E> {
        self.read(|world, session| elsewhere::copy(world, session).map_err(E::from))
    }

    /// The earlier versions of the open wallet, the newest first.
    ///
    /// # Errors
    /// [`Locked`]; [`FolderError`] if the folder cannot be read.
    pub fn earlier_versions<E: From<Locked> + From<FolderError>>(&self) -> Result<Vec<Earlier>, E> {
        self.read(|world, session| earlier::list(world, session).map_err(E::from))
    }

    /// Makes a wallet of its own of an earlier version. The open wallet stays open.
    ///
    /// # Errors
    /// See [`BesideError`].
    pub fn restore_beside<E: From<Locked> + From<BesideError>>(
        &self,
        proof: (&Password, Option<&str>),
        version: &str,
    ) -> Result<WalletId, E> {
        let params = self.params();
        self.update(|world, session| {
            earlier::restore_beside(world, &self.waits, session, proof, version, params)
                .map_err(E::from)
        })
    }

    /// What will remain of the open wallet when it is deleted here.
    ///
    /// # Errors
    /// [`Locked`]; [`FolderError`] if the folder cannot be read.
    pub fn remains<E: From<Locked> + From<FolderError>>(&self) -> Result<Remains, E> {
        self.read(|world, session| delete::remains(world, session).map_err(E::from))
    }

    /// Deletes the open wallet from this computer, and locks everything once it is gone.
    ///
    /// # Errors
    /// See [`DeleteError`].
    pub fn delete_wallet<E: From<Locked> + From<DeleteError>>(&self) -> Result<Deleted, E> {
        self.update(|world, session| {
            let deleted = delete::delete(world, session);
            let gone = match &deleted {
                Ok(_) | Err(DeleteError::NotConfirmed { .. }) => true,
                Err(
                    DeleteError::Identity(_)
                    | DeleteError::ReadOnly(_)
                    | DeleteError::NotRemoved { .. },
                ) => false,
            };
            if gone {
                // Within the commit lock: no change that waits for it saves the wallet again.
                self.lock();
            }
            deleted.map_err(E::from)
        })
    }

    /// Reads a wallet file from elsewhere. Nothing is written.
    ///
    /// # Errors
    /// See [`LookError`].
    pub fn look_elsewhere(&self, path: &Path) -> Result<Found, LookError> {
        self.world(|world| elsewhere::look(world, path))
    }

    /// Makes a wallet that was found elsewhere one of this computer's.
    ///
    /// # Errors
    /// See [`TakeError`].
    pub fn take_found(&self, found: &Found) -> Result<Taken, TakeError> {
        let commit = self.commit_lock(found.wallet());
        let _commit = locked(&commit);
        let taken = self.world(|world| elsewhere::take(world, found))?;
        if let Taken::Opened(wallet) = taken {
            self.opened(wallet);
        }
        Ok(taken)
    }
}
