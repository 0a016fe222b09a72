//! Restore a wallet from a kit or from pages, on a computer that need not have seen it before.
//!
//! What was read becomes a wallet of this computer with a new key and a new password, without two-step verification and
//! without a code. A wallet that is here already is never lost: it is replaced only when the person says so, and its file
//! stays beside the new one.

use std::path::PathBuf;

use code::Identifier;
use kit::KitContents;
use thiserror::Error;
use wallet::store::{self, LoadError, LockError, StoreError, WalletLock};
use wallet::{
    CommitId, Email, Event, KdfError, KdfParams, OpenError, Opened, Password, TwoStep, WalletId,
};

use crate::World;
use crate::find::{self, Known};
use crate::record::{End, Outcome, Record, RecordError};
use crate::session::{SaveError, Session, note, save};

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
        // The generations of a wallet that was here once would pass for those of the new one.
        Place::Beside if taken => WalletId::random(world.rng),
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

    let written = write(world, &mut opened, replaced.as_ref(), password, &path);
    let (reopened, kept_aside) = match written {
        Ok(written) => written,
        Err(error) => {
            read.items = opened.contents.items;
            return Err(error);
        }
    };
    let remembered = remember(world, wallet, replaced.as_ref(), code).is_ok();
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

/// The new file, opened again from the disk; and where the replaced one is.
fn write(
    world: &mut World<'_>,
    opened: &mut Opened,
    replaced: Option<&Replaced>,
    password: &Password,
    path: &std::path::Path,
) -> Result<(Opened, Option<PathBuf>), RestoreError> {
    let in_place = replaced.is_some_and(|replaced| replaced.path == path);
    let mut kept_aside = None;
    if in_place {
        kept_aside = Some(store::keep_aside(world.disk, path)?);
    }
    crate::kill::point("restore/begun");
    let commit = CommitId::random(world.rng);
    let written = save(opened, world, path, commit)
        .map_err(RestoreError::from)
        .and_then(|()| {
            let sealed = store::load(world.disk, path)?;
            sealed
                .open_with_password(password, world.memory)
                .map_err(RestoreError::Reopen)
        });
    let reopened = match written {
        Ok(reopened) => reopened,
        Err(error) => {
            if let Some(aside) = kept_aside {
                // The present file is as it was, so the second name for it goes; or the new one stays, and so does the copy.
                if !matches!(&error, RestoreError::Save(error) if error.may_stay()) {
                    let _ = world.disk.remove(&aside);
                }
            } else if replaced.is_none() || !in_place {
                // A file that came to stay would be in the way of the next try.
                let _ = world.disk.remove(path);
            }
            return Err(error);
        }
    };
    crate::kill::point("restore/file-committed");
    if in_place {
        // The password of the replaced wallet opens its generations; its last state is kept aside.
        let _ = store::forget_generations(world.disk, path);
    } else if let Some(replaced) = replaced {
        // The new wallet stands. One that cannot be moved now stays beside it.
        kept_aside = store::set_aside(world.disk, &replaced.path).ok();
    }
    Ok((reopened, kept_aside))
}

/// The keychain remembers that the code was used here, and that the codes of a wallet that was replaced are dead.
fn remember(
    world: &World<'_>,
    wallet: WalletId,
    replaced: Option<&Replaced>,
    code: Identifier,
) -> Result<(), RecordError> {
    let now = world.clock.now();
    if let Some(other) = replaced.filter(|replaced| replaced.wallet != wallet) {
        let mut record = readable(world, other.wallet)?;
        end_all(&mut record, now);
        record.write(world.keychain, other.wallet)?;
    }
    let mut record = readable(world, wallet)?;
    let known = record.end(code, End::Used, now);
    end_all(&mut record, now);
    if !known {
        record.remember(Outcome {
            identifier: code,
            state: End::Used,
            at: now,
        });
    }
    record.last = Some(now);
    record.intent = None;
    Ok(record.write(world.keychain, wallet)?)
}

fn readable(world: &World<'_>, wallet: WalletId) -> Result<Record, RecordError> {
    match Record::read(world.keychain, wallet) {
        Err(RecordError::Damaged) => Ok(Record::default()),
        read => Ok(read?.unwrap_or_default()),
    }
}

fn end_all(record: &mut Record, now: wallet::Timestamp) {
    let live: Vec<_> = record.codes.iter().map(|entry| entry.identifier).collect();
    for identifier in live {
        record.end(identifier, End::Revoked, now);
    }
}
