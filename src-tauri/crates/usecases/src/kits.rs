//! The recovery kits of a wallet's codes: each is made before its code is shown, kept current at every save, and goes with
//! its code.
//!
//! A kit is live while its code has a slot in the file. Nothing is ever written to the kit of a dead code, and a kit that
//! cannot be written is a notice, never a lost save.

use std::io;
use std::path::{Path, PathBuf};

use code::{BackupCode, Identifier};
use kit::{IDENTITY_FILE, KitContents, README_FILE, Recipient, Snapshot, WALLET_FILE};
use thiserror::Error;
use wallet::disk::{self, Disk};
use wallet::{KitPlace, Opened, PagesMade, Timestamp};

use crate::World;
use crate::session::{SaveError, Session};

/// Places that are remembered: the live ones, and dead ones whose folder could not be reached yet. The oldest dead go first.
const MOST_PLACES: usize = 8;

/// Why no kit was made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KitError {
    /// The folder's path is not text, or not absolute, so that it could not be found again.
    #[error("the folder's path cannot be remembered")]
    Folder,
    /// The disk refused.
    #[error("the kit cannot be written")]
    Disk(#[source] io::Error),
    /// The files could not be made.
    #[error(transparent)]
    Write(#[from] kit::WriteError),
    /// What was written does not open with the code.
    #[error("the kit that was written does not open")]
    Reopen(#[from] kit::OpenError),
    /// What was written opens, and holds something else.
    #[error("the kit that was written does not hold what the wallet holds")]
    NotKept,
}

/// Why a kit is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KitProblem {
    /// Its folder, or the identity in it, is not there: a drive that is not plugged in, or files that were moved.
    Missing,
    /// The disk is full, and it holds what the wallet held before.
    Full,
    /// The disk did not let it be written, and it holds what the wallet held before.
    NotWritten,
    /// The wallet holds more than a kit can.
    TooLarge,
    /// The keychain could not be asked whether its code is live still, so nothing was written to it.
    Unsettled,
    /// Its code is dead, and its files could not be removed.
    NotRemoved,
}

/// A kit of the open wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KitState {
    /// Its code's name.
    pub identifier: Identifier,
    /// Its own folder.
    pub folder: PathBuf,
    /// Whether its code is live.
    pub live: bool,
    /// What is wrong with it, as of the last save.
    pub problem: Option<KitProblem>,
}

/// Makes the kit of a new code in `parent` and opens it again from the disk. Nothing of it stays after an error.
pub(crate) fn make(
    world: &World<'_>,
    opened: &Opened,
    code: &BackupCode,
    parent: &Path,
) -> Result<KitPlace, KitError> {
    if !parent.is_absolute() || parent.to_str().is_none() {
        return Err(KitError::Folder);
    }
    let snapshot = snapshot(opened, world.clock.now());
    let (files, recipient) = kit::make(code, &snapshot)?;
    let place = KitPlace {
        identifier: code.identifier(),
        recipient: recipient.to_string(),
        folder: folder(parent, code.identifier()),
    };
    world
        .disk
        .make_folder(&place.folder)
        .map_err(KitError::Disk)?;
    let written = files
        .named()
        .iter()
        .try_for_each(|(name, bytes)| disk::replace(world.disk, &place.folder.join(name), bytes))
        .map_err(KitError::Disk);
    let made = written.and_then(|()| {
        let contents = open(world.disk, &place.folder, code)??;
        let same = contents.wallet_id == snapshot.wallet_id
            && contents.items.len() == snapshot.items.len();
        same.then_some(()).ok_or(KitError::NotKept)
    });
    if let Err(error) = made {
        // The code that it was for is not issued, so what cannot be removed now opens for nobody.
        let _ = remove_files(world.disk, &place.folder);
        return Err(error);
    }
    Ok(place)
}

/// The kit's own folder in the one that the person chose.
pub(crate) fn folder(parent: &Path, identifier: Identifier) -> PathBuf {
    parent.join(kit::folder_name(identifier))
}

/// Opens the kit in a folder. The outer error is the disk's.
fn open(
    disk: &dyn Disk,
    folder: &Path,
    code: &BackupCode,
) -> Result<Result<KitContents, kit::OpenError>, KitError> {
    let read = |name: &str, limit: usize| {
        disk.read(&folder.join(name), limit as u64)
            .map_err(KitError::Disk)
    };
    let identity = read(IDENTITY_FILE, kit::IDENTITY_LIMIT)?;
    let wallet = read(WALLET_FILE, kit::WALLET_LIMIT)?;
    Ok(kit::open(&identity, &wallet, code))
}

/// When the kit of this code was written last, by the kit itself; `None` where the wallet knows of none. The code opens it.
pub(crate) fn check(
    world: &World<'_>,
    session: &Session,
    code: &BackupCode,
) -> Option<Result<Timestamp, KitError>> {
    let kits = &session.opened.contents.kits;
    let place = kits
        .iter()
        .find(|kit| kit.identifier == code.identifier())?;
    let opened = open(world.disk, &place.folder, code);
    Some(opened.and_then(|opened| Ok(opened?.date)))
}

/// What the wallet holds now, as a kit or pages keep it.
pub(crate) fn snapshot(opened: &Opened, date: Timestamp) -> Snapshot<'_> {
    let header = opened.header();
    Snapshot {
        wallet_id: header.wallet_id,
        email: &header.email,
        date,
        items: &opened.contents.items,
    }
}

/// After a save, a sign-in or a redemption: the live kits get what the wallet holds now, and the dead ones go. Nothing here
/// fails; what could not be done is in [`Session::kits`].
pub(crate) fn refresh(world: &World<'_>, session: &mut Session) {
    let unsettled = session.unsettled;
    let date = world.clock.now();
    let opened = &mut session.opened;
    let mut kits = std::mem::take(&mut opened.contents.kits);
    let mut troubles = Vec::new();
    kits.retain(|place| {
        let live = is_live(opened, place.identifier);
        let problem = match (live, unsettled) {
            // Whether a code without a slot is dead does not hang on the keychain: a file without the slot never comes back.
            (false, _) => remove(world.disk, &place.folder),
            (true, true) => Some(KitProblem::Unsettled),
            (true, false) => write(world.disk, opened, place, date),
        };
        if let Some(problem) = problem {
            troubles.push((place.identifier, problem));
        }
        live || problem.is_some()
    });
    let surplus = kits.len().saturating_sub(MOST_PLACES);
    let oldest: Vec<_> = kits
        .iter()
        .map(|place| place.identifier)
        .filter(|identifier| !is_live(opened, *identifier))
        .take(surplus)
        .collect();
    kits.retain(|place| !oldest.contains(&place.identifier));
    opened.contents.kits = kits;
    session.kit_troubles = troubles;
}

fn is_live(opened: &Opened, identifier: Identifier) -> bool {
    let slots = &opened.header().code_slots;
    slots.iter().any(|slot| slot.identifier == identifier)
}

fn write(
    disk: &dyn Disk,
    opened: &Opened,
    place: &KitPlace,
    date: Timestamp,
) -> Option<KitProblem> {
    match disk.exists(&place.folder.join(IDENTITY_FILE)) {
        Ok(true) => {}
        Ok(false) => return Some(KitProblem::Missing),
        Err(error) => return Some(problem(&error)),
    }
    let Ok(recipient) = place.recipient.parse::<Recipient>() else {
        return Some(KitProblem::NotWritten);
    };
    let wallet = match kit::rewrap(&recipient, &snapshot(opened, date)) {
        Ok(wallet) => wallet,
        Err(kit::WriteError::TooLarge { .. }) => return Some(KitProblem::TooLarge),
        Err(_) => return Some(KitProblem::NotWritten),
    };
    disk::replace(disk, &place.folder.join(WALLET_FILE), &wallet)
        .err()
        .map(|error| problem(&error))
}

fn problem(error: &io::Error) -> KitProblem {
    match error.kind() {
        io::ErrorKind::NotFound => KitProblem::Missing,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => KitProblem::Full,
        _ => KitProblem::NotWritten,
    }
}

/// Removes a dead kit. One whose folder cannot be reached is remembered, and removed when it can: so long as the folder
/// around it is not there either, the drive may come back.
fn remove(disk: &dyn Disk, folder: &Path) -> Option<KitProblem> {
    let around_is_there = || {
        folder
            .parent()
            .is_some_and(|around| disk.list(around).is_ok())
    };
    match remove_files(disk, folder) {
        Ok(()) if around_is_there() => None,
        _ => Some(KitProblem::NotRemoved),
    }
}

/// Removes a kit's own files, and its folder if nothing else is in it. Files that are gone already are no error.
fn remove_files(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    // The identity first: without it the rest opens for nobody.
    for name in [IDENTITY_FILE, WALLET_FILE, README_FILE] {
        for name in [name, &format!("{name}.new")] {
            gone(disk.remove(&folder.join(name)))?;
        }
    }
    match disk.remove_folder(folder) {
        // Something that is not ours lies in it.
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        removed => gone(removed),
    }
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Why a kit was not found where the person says it is.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MoveError {
    /// The wallet has no live code of this name with a kit.
    #[error("no live kit of that name")]
    NotLive,
    /// The folder is not that code's kit, and none is in it.
    #[error("the kit is not in that folder")]
    NotThere,
    /// The folder's path is not text, or not absolute.
    #[error("the folder's path cannot be remembered")]
    Folder,
    /// The wallet could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// The kit was moved to `folder`, or into it: it is kept current there from now on.
pub fn moved(
    world: &mut World<'_>,
    session: &mut Session,
    identifier: Identifier,
    to: &Path,
) -> Result<(), MoveError> {
    if !to.is_absolute() || to.to_str().is_none() {
        return Err(MoveError::Folder);
    }
    if !is_live(&session.opened, identifier) {
        return Err(MoveError::NotLive);
    }
    let own = kit::folder_name(identifier);
    let within = to.join(&own);
    let there = |folder: &Path| {
        let there = world.disk.exists(&folder.join(IDENTITY_FILE));
        there.unwrap_or(false)
    };
    // Its name is what tells the kit of one code from another's: the files themselves say nothing without the code.
    let named = to.file_name().is_some_and(|name| name == own.as_str());
    let folder = if named && there(to) {
        to.to_owned()
    } else if there(&within) {
        within
    } else {
        return Err(MoveError::NotThere);
    };
    let kits = &mut session.opened.contents.kits;
    let place = kits
        .iter_mut()
        .find(|place| place.identifier == identifier)
        .ok_or(MoveError::NotLive)?;
    let before = std::mem::replace(&mut place.folder, folder);
    if let Err(error) = session.save(world) {
        let kits = &mut session.opened.contents.kits;
        if let Some(place) = kits.iter_mut().find(|place| place.identifier == identifier) {
            place.folder = before;
        }
        return Err(error.into());
    }
    Ok(())
}

/// The person has seen to the kit of a dead code themselves, or it is lost with its drive: it is not spoken of any more.
pub fn forget(
    world: &mut World<'_>,
    session: &mut Session,
    identifier: Identifier,
) -> Result<(), SaveError> {
    let before = session.opened.contents.kits.clone();
    let dead = |place: &KitPlace| !is_live(&session.opened, place.identifier);
    let kept = before
        .iter()
        .filter(|place| place.identifier != identifier || !dead(place));
    session.opened.contents.kits = kept.cloned().collect();
    let saved = session.save(world);
    if saved.is_err() {
        session.opened.contents.kits = before;
    }
    saved
}

/// Tries again what the last save could not do.
pub fn try_again(world: &World<'_>, session: &mut Session) {
    refresh(world, session);
}

impl Session {
    /// The recovery pages that were made last, and how many items changed since.
    pub fn pages(&self) -> Option<(PagesMade, usize)> {
        let pages = self.opened.contents.pages?;
        let items = self.opened.contents.items.iter();
        Some((pages, items.filter(|item| item.changed > pages.at).count()))
    }

    /// The kits of this wallet's codes, as of the last save.
    pub fn kits(&self) -> Vec<KitState> {
        let places = self.opened.contents.kits.iter();
        let states = places.map(|place| KitState {
            identifier: place.identifier,
            folder: place.folder.clone(),
            live: is_live(&self.opened, place.identifier),
            problem: self
                .kit_troubles
                .iter()
                .find(|(identifier, _)| *identifier == place.identifier)
                .map(|(_, problem)| *problem),
        });
        states.collect()
    }
}
