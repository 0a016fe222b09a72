//! The earlier versions of an open wallet: what each would lose, and one of them as a wallet of its
//! own beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use thiserror::Error;
use wallet::store::{self, FolderError, GENERATIONS, LockError, WalletLock};
use wallet::{
    CommitId, Event, Item, ItemId, KdfError, KdfParams, Opened, Password, SetPasswordError,
    TwoStep, WalletId,
};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::find;
use crate::identity::{self, IdentityError};
use crate::session::{InPlace, SaveError, Session, commit_file, note};
use crate::waits::Waits;

/// An earlier version of an open wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its file.
    pub path: PathBuf,
    /// Its name, while newer saves move its file: see [`wallet::Sealed::version`].
    pub version: String,
    /// What it holds, beside what the wallet holds now.
    pub differs: Differs,
}

/// What an earlier version holds, in numbers of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differs {
    /// The items in it.
    pub items: usize,
    /// Items of the wallet that it does not have.
    pub lacks: usize,
    /// Items of which it has another version.
    pub other: usize,
    /// Items that the wallet does not have now.
    pub more: usize,
}

/// Why there is no second wallet, or not surely.
#[derive(Debug, Error)]
pub enum BesideError {
    /// The password or the six digits are wrong.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// There is no such version any more, or it cannot be read.
    #[error("there is no such earlier version")]
    Gone,
    /// The password could not be turned into a key.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The new wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The file was not written, or is in place and not verified.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<SetPasswordError> for BesideError {
    fn from(error: SetPasswordError) -> Self {
        match error {
            SetPasswordError::Kdf(error) => Self::Kdf(error),
            SetPasswordError::Seal(error) => Self::Save(error.into()),
        }
    }
}

/// Lists the earlier versions that the wallet's present key opens, the newest first. None is left
/// after a new password.
pub fn list(world: &World<'_>, session: &Session) -> Result<Vec<Earlier>, FolderError> {
    let mut versions = Vec::new();
    for path in generations(session) {
        if !world.disk.exists(&path)? {
            continue;
        }
        let Some((version, opened)) = open(world, session, &path) else {
            continue;
        };
        versions.push(Earlier {
            path,
            version,
            differs: differs(session.items(), &opened.contents.items),
        });
    }
    Ok(versions)
}

/// Writes the version of this name as a wallet of its own, with the present e-mail, password and
/// two-step verification, another id, and no codes. For the password, and the six digits where they
/// are set up. The open wallet stays as it is.
pub fn restore_beside(
    world: &mut World<'_>,
    waits: &Waits,
    session: &mut Session,
    (password, digits): (&Password, Option<&str>),
    version: &str,
    params: KdfParams,
) -> Result<WalletId, BesideError> {
    identity::confirm(world, waits, session, password, digits)?;
    let named = opened(world, session).find(|(name, _)| name == version);
    let (_, earlier) = named.ok_or(BesideError::Gone)?;
    let present = &session.opened;
    let mut opened = present.create_from(world.rng, &earlier, password, params, world.memory)?;
    note(&mut opened, world.clock.now(), Event::FromEarlier);
    if is_planted(Break::KitsKeptBeside) {
        opened.contents.kits.clone_from(&earlier.contents.kits);
    }
    let wallet = opened.header().wallet_id;
    if let (TwoStep::On(secret), Some(digits)) = (&opened.contents.two_step, digits)
        && !is_planted(Break::DigitsOpenBeside)
    {
        // They have opened the one wallet, and are not to open the other.
        let _ = waits.used_digits.take(world, wallet, secret, digits);
    }
    let path = find::path(world, wallet);
    let _lock = WalletLock::acquire(world.disk, &path)?;
    let commit = CommitId::random(world.rng);
    commit_file(&mut opened, world, &path, commit)?;
    let reopened = store::load(world.disk, &path).map_err(InPlace::Load);
    let reopened = reopened.and_then(|sealed| {
        let opened = sealed.open_with_password(password, world.memory);
        opened.map_err(InPlace::Open)
    });
    match reopened {
        Ok(_) => Ok(wallet),
        Err(error) => Err(SaveError::InPlace(error).into()),
    }
}

/// The earlier versions that the present key opens, each with its name, the newest first.
pub(crate) fn opened(
    world: &World<'_>,
    session: &Session,
) -> impl Iterator<Item = (String, Opened)> {
    generations(session).filter_map(|path| open(world, session, &path))
}

fn generations(session: &Session) -> impl Iterator<Item = PathBuf> {
    (1..=GENERATIONS).map(|back| store::generation(session.path(), back))
}

/// Opens a file of this wallet with its present key, and returns the version's name with it.
fn open(world: &World<'_>, session: &Session, path: &Path) -> Option<(String, Opened)> {
    let sealed = store::load(world.disk, path).ok()?;
    if sealed.header().wallet_id != session.wallet() {
        return None;
    }
    let opened = sealed.open_again(&session.opened).ok()?;
    Some((sealed.version(), opened))
}

fn differs(present: &[Item], earlier: &[Item]) -> Differs {
    let in_use = |items: &'_ [Item]| -> BTreeMap<ItemId, usize> {
        let items = items.iter().enumerate();
        let in_use = items.filter(|(_, item)| item.binned.is_none());
        in_use.map(|(at, item)| (item.id, at)).collect()
    };
    let (now, then) = (in_use(present), in_use(earlier));
    let mut kept = 0;
    let mut same = 0;
    for (id, at) in &then {
        if let Some(it) = now.get(id) {
            kept += 1;
            let (now, then) = (&present[*it].present, &earlier[*at].present);
            same += usize::from(now.body.is_same(&then.body));
        }
    }
    // What was deleted for good since is still in the bin there.
    let known: BTreeSet<ItemId> = present.iter().map(|item| item.id).collect();
    let in_bin = earlier.iter().filter(|item| item.binned.is_some());
    let deleted = in_bin.filter(|item| !known.contains(&item.id)).count();
    Differs {
        items: then.len(),
        lacks: now.len() - kept,
        other: kept - same,
        more: then.len() - kept + deleted,
    }
}
