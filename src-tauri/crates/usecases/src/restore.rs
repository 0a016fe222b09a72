//! Restore a wallet from a kit or from pages, on a computer that need not have seen it before.
//!
//! What was read becomes a wallet of this computer with a new key and a new password, without two-step verification and
//! without a code. A wallet that is here already is never lost: it is replaced only when the person says so, and its file
//! stays beside the new one.
//!
//! | 1 keychain | 2 file | 3 keychain | 4 only now |
//! |---|---|---|---|
//! | intent "restored, commit id" | the replaced file kept aside, the new one written and reopened | code → used, others → revoked | the wallet opens |

use std::path::{Path, PathBuf};

use code::Identifier;
use kit::KitContents;
use thiserror::Error;
use wallet::store::{self, LoadError, LockError, StoreError, WalletLock};
use wallet::{
    CommitId, Email, Event, KdfError, KdfParams, OpenError, Opened, Password, TwoStep, WalletId,
};

use crate::World;
use crate::find::{self, Known};
use crate::record::{End, Failures, Intent, Record, RecordError};
use crate::session::{SaveError, Session, note, save};
use crate::settle;

/// What is on this computer already and would be in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheWay {
    /// The wallet that is here.
    pub wallet: WalletId,
    /// Its e-mail.
    pub email: Email,
    /// Whether it is the very wallet that the kit or the pages were made from; otherwise it has the same e-mail.
    pub same: bool,
    /// Whether the code is live for it, as far as the keychain tells: redeeming it there opens what is newer.
    pub redeemable: bool,
}

/// Where what was restored goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Beside the wallets that are here; under a new id where its own is taken.
    Beside,
    /// Into the place of this wallet, whose file is kept aside.
    Replacing(WalletId),
}

/// A wallet that was restored and is open.
pub struct Restored {
    /// The open wallet.
    pub session: Session,
    /// Where the file of the wallet went that it replaced.
    pub kept_aside: Option<PathBuf>,
    /// The keychain remembers that the code was used.
    pub remembered: bool,
}

/// Why nothing was restored. What is on this computer is as it was.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// A wallet is in the way, and the person has not said what to do with it.
    #[error("a wallet is in the way")]
    InTheWay(InTheWay),
    /// The wallet that was to be replaced is not in the way any more.
    #[error("the wallet to be replaced is not here")]
    NothingToReplace,
    /// The folder could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The keychain cannot be reached, and holds the codes of the wallet that is to be replaced.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The password could not be turned into a key.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The new file could not be read back.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The new file did not open with the new password.
    #[error("the new wallet file did not open")]
    Reopen(#[source] OpenError),
}

/// The wallet of this computer that is in the way of what was read, if one is: the same wallet before one of the same e-mail.
pub fn in_the_way(
    world: &World<'_>,
    contents: &KitContents,
    code: Identifier,
) -> Result<Option<InTheWay>, StoreError> {
    let known = find::wallets(world.disk, world.folder)?.known;
    let same = |known: &&Known| known.wallet == contents.wallet_id;
    let of_email = |known: &&Known| known.email == contents.email;
    let found = known.iter().find(same);
    let found = found.or_else(|| known.iter().find(of_email));
    Ok(found.map(|known| InTheWay {
        wallet: known.wallet,
        email: known.email.clone(),
        same: known.wallet == contents.wallet_id,
        redeemable: known.slots.contains(&code)
            && Record::read(world.keychain, known.wallet)
                .is_ok_and(|record| record.is_some_and(|record| record.entry(code).is_some())),
    }))
}

/// Makes a wallet of what was read. `place` is the person's answer where [`in_the_way`] found one, otherwise `None`. The
/// items are moved into the wallet, and are back in `read` after an error, to be tried again.
pub fn restore(
    world: &mut World<'_>,
    read: &mut KitContents,
    code: Identifier,
    place: Option<Place>,
    password: &Password,
    params: KdfParams,
) -> Result<Restored, RestoreError> {
    let in_the_way = in_the_way(world, read, code)?;
    let place = match (place, in_the_way) {
        (None, Some(found)) => return Err(RestoreError::InTheWay(found)),
        (Some(Place::Replacing(wallet)), found) => {
            if found.is_none_or(|found| found.wallet != wallet) {
                return Err(RestoreError::NothingToReplace);
            }
            Place::Replacing(wallet)
        }
        _ => Place::Beside,
    };
    let replaced = match place {
        Place::Replacing(wallet) => Some(Replaced::hold(world, wallet)?),
        Place::Beside => None,
    };
    let own = store::path(world.folder, read.wallet_id);
    let taken = world.disk.exists(&own).map_err(StoreError::Io)?;
    let wallet = match place {
        Place::Replacing(wallet) if wallet == read.wallet_id => wallet,
        // What stands there is another's to keep, also a file that cannot be read as a wallet.
        _ if taken => WalletId::random(world.rng),
        _ => read.wallet_id,
    };
    let path = store::path(world.folder, wallet);
    let lock = match &replaced {
        Some(replaced) if replaced.wallet == wallet => None,
        _ => Some(WalletLock::acquire(world.disk, &path)?),
    };
    let keychain = world.keychain.kind().name();
    let mut opened = Opened::create_as(
        world.rng,
        wallet,
        read.email.clone(),
        password,
        params,
        world.memory,
        keychain,
    )?;
    let now = world.clock.now();
    opened.contents.two_step = TwoStep::OffAfterRecovery;
    note(&mut opened, now, Event::Restored { identifier: code });
    opened.contents.items = std::mem::take(&mut read.items);

    let step = Step {
        wallet,
        path: &path,
        commit: CommitId::random(world.rng),
        code,
        replaced: replaced.as_ref(),
    };
    let written = step.write(world, &mut opened, password);
    let (reopened, kept_aside) = match written {
        Ok(written) => written,
        Err(error) => {
            read.items = opened.contents.items;
            return Err(error);
        }
    };
    let remembered = step.settle(world).is_ok();
    crate::kill::point("restore/keychain-settled");
    let lock = match (lock, replaced) {
        (Some(lock), _) => lock,
        (None, Some(replaced)) => replaced.lock,
        (None, None) => WalletLock::acquire(world.disk, &path)?,
    };
    let mut session = Session::new(reopened, path, lock, true);
    session.unsettled = !remembered;
    Ok(Restored {
        session,
        kept_aside,
        remembered,
    })
}

/// A wallet that is to be replaced: nobody else has it open, and its keychain record can be reached.
struct Replaced {
    wallet: WalletId,
    path: PathBuf,
    lock: WalletLock,
}

impl Replaced {
    fn hold(world: &World<'_>, wallet: WalletId) -> Result<Self, RestoreError> {
        let path = store::path(world.folder, wallet);
        let lock = WalletLock::acquire(world.disk, &path)?;
        match Record::read(world.keychain, wallet) {
            // A record that cannot be read holds nothing that could be kept.
            Ok(_) | Err(RecordError::Damaged) => Ok(Self { wallet, path, lock }),
            Err(error) => Err(error.into()),
        }
    }
}

/// What is to be written, and where: in the place of the file that is replaced, or where nothing stands.
struct Step<'a> {
    wallet: WalletId,
    path: &'a Path,
    commit: CommitId,
    code: Identifier,
    replaced: Option<&'a Replaced>,
}

impl Step<'_> {
    /// Whether the new file takes the place of one that is there.
    fn in_place(&self) -> bool {
        self.replaced
            .is_some_and(|replaced| replaced.path == self.path)
    }

    /// The new file, opened again from the disk; and where the replaced one is.
    fn write(
        &self,
        world: &mut World<'_>,
        opened: &mut Opened,
        password: &Password,
    ) -> Result<(Opened, Option<PathBuf>), RestoreError> {
        let mut kept_aside = None;
        if self.in_place() {
            kept_aside = Some(store::keep_aside(world.disk, self.path)?);
        }
        crate::kill::point("restore/begun");
        if let (Err(error), Some(_)) = (self.prepare(world), self.replaced) {
            // A code of the wallet that was here must not outlive it.
            let error = error.into();
            self.take_back(world, kept_aside, &error);
            return Err(error);
        }
        crate::kill::point("restore/keychain-prepared");
        let written = save(opened, world, self.path, self.commit)
            .map_err(RestoreError::from)
            .and_then(|()| {
                let sealed = store::load(world.disk, self.path)?;
                sealed
                    .open_with_password(password, world.memory)
                    .map_err(RestoreError::Reopen)
            });
        let reopened = match written {
            Ok(reopened) => reopened,
            Err(error) => {
                self.take_back(world, kept_aside, &error);
                return Err(error);
            }
        };
        crate::kill::point("restore/file-committed");
        if self.in_place() {
            // The password of the replaced wallet opens its generations; its last state is kept aside.
            let _ = store::forget_generations(world.disk, self.path);
        } else if let Some(replaced) = self.replaced {
            // The new wallet stands. One that cannot be moved now stays beside it.
            kept_aside = store::set_aside(world.disk, &replaced.path).ok();
        }
        Ok((reopened, kept_aside))
    }

    /// The keychain waits for the commit, as for a redemption: a crash after it is settled at the next sign-in.
    fn prepare(&self, world: &World<'_>) -> Result<(), RecordError> {
        let mut record = readable(world, self.wallet)?;
        record.intent = Some(Intent {
            commit: self.commit,
            identifier: self.code,
            at: world.clock.now(),
        });
        Ok(record.write(world.keychain, self.wallet)?)
    }

    /// After a failure the present file is as it was, and what was put beside it goes. Where the new file may be in place
    /// nevertheless, so may the copy of the old one.
    fn take_back(&self, world: &World<'_>, kept_aside: Option<PathBuf>, error: &RestoreError) {
        if matches!(error, RestoreError::Save(error) if error.may_stay()) && self.in_place() {
            return;
        }
        // Best effort: an intent whose commit id no header bears is dropped at the next sign-in.
        if let Ok(mut record) = readable(world, self.wallet) {
            record.intent = None;
            let _ = record.write(world.keychain, self.wallet);
        }
        if let Some(aside) = kept_aside {
            let _ = world.disk.remove(&aside);
        } else if !self.in_place() {
            // A file that came to stay would be in the way of the next try.
            let _ = world.disk.remove(self.path);
        }
    }

    /// The keychain remembers that the code was used here, and that the codes of a wallet that was replaced are dead.
    fn settle(&self, world: &World<'_>) -> Result<(), RecordError> {
        let now = world.clock.now();
        let others = self
            .replaced
            .filter(|replaced| replaced.wallet != self.wallet);
        if let Some(other) = others {
            let mut record = readable(world, other.wallet)?;
            let live: Vec<_> = record.codes.iter().map(|entry| entry.identifier).collect();
            for identifier in live {
                record.end(identifier, End::Revoked, now);
            }
            record.write(world.keychain, other.wallet)?;
        }
        let mut record = readable(world, self.wallet)?;
        settle::redeemed(&mut record, self.code, now);
        record.last = Some(now);
        record.password_failures = Failures::default();
        record.code_failures = Failures::default();
        Ok(record.write(world.keychain, self.wallet)?)
    }
}

/// A record that cannot be read holds nothing that could be kept.
fn readable(world: &World<'_>, wallet: WalletId) -> Result<Record, RecordError> {
    match Record::read(world.keychain, wallet) {
        Err(RecordError::Damaged) => Ok(Record::default()),
        read => Ok(read?.unwrap_or_default()),
    }
}
