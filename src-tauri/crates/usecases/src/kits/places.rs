//! The kits that a wallet knows, and where they are.

use std::path::{Path, PathBuf};

use code::Identifier;
use kit::IDENTITY_FILE;
use thiserror::Error;
use wallet::{KitPlace, Opened};

use crate::World;
use crate::kit_notes::KitProblem;
use crate::session::{SaveError, Session};

/// Kits that are remembered at most: live ones, and dead ones whose folder could not be reached
/// yet. The oldest dead ones are forgotten first.
const MOST_PLACES: usize = 8;

/// A kit of the open wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KitState {
    /// The name of its code.
    pub identifier: Identifier,
    /// Its own folder.
    pub folder: PathBuf,
    /// Whether its code is live.
    pub live: bool,
    /// The problem found when it was refreshed last.
    pub problem: Option<KitProblem>,
}

/// Why a kit's new folder was not remembered.
#[derive(Debug, Error)]
pub enum MoveError {
    /// The wallet has no live code of this name with a kit.
    #[error("no live kit has that name")]
    NotLive,
    /// The folder is not that code's kit and does not contain it.
    #[error("the kit is not in that folder")]
    NotThere,
    /// The folder's path is not text, or not absolute.
    #[error("the folder's path cannot be remembered")]
    Folder,
    /// The wallet could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// Remembers that a kit was moved to the folder `to`, or into it.
pub fn moved(
    world: &mut World<'_>,
    session: &mut Session,
    identifier: Identifier,
    to: &Path,
) -> Result<(), MoveError> {
    if !to.is_absolute() || to.to_str().is_none() {
        return Err(MoveError::Folder);
    }
    if !session.has_slot(identifier) {
        return Err(MoveError::NotLive);
    }
    let own = kit::folder_name(identifier);
    let within = to.join(&own);
    let has_kit = |folder: &Path| {
        let identity = folder.join(IDENTITY_FILE);
        world.disk.exists(&identity).unwrap_or(false)
    };
    // The name tells one code's kit from another's: without the code the files do not.
    let named = to.file_name().is_some_and(|name| name == own.as_str());
    let folder = if named && has_kit(to) {
        to.to_owned()
    } else if has_kit(&within) {
        within
    } else {
        return Err(MoveError::NotThere);
    };
    session.change(world, |opened, _| {
        let mut kits = opened.contents.kits.iter_mut();
        let place = kits.find(|place| place.identifier == identifier);
        place.ok_or(MoveError::NotLive)?.folder = folder;
        Ok(())
    })
}

/// Forgets a dead kit that the person removed themselves, or lost with its drive.
pub fn forget(
    world: &mut World<'_>,
    session: &mut Session,
    identifier: Identifier,
) -> Result<(), SaveError> {
    if session.has_slot(identifier) {
        return Ok(());
    }
    session.change(world, |opened, _| {
        let kits = &mut opened.contents.kits;
        kits.retain(|place| place.identifier != identifier);
        Ok::<(), SaveError>(())
    })?;
    session.kits.problems.retain(|(kit, _)| *kit != identifier);
    Ok(())
}

/// Adds a kit, forgetting the oldest dead ones beyond [`MOST_PLACES`].
pub(crate) fn remember(opened: &mut Opened, place: KitPlace) {
    let live = |kit: &KitPlace| {
        let mut slots = opened.header().code_slots.iter();
        slots.any(|slot| slot.identifier == kit.identifier)
    };
    let dead = opened.contents.kits.iter().filter(|kit| !live(kit));
    let surplus = (opened.contents.kits.len() + 1).saturating_sub(MOST_PLACES);
    let oldest: Vec<_> = dead.take(surplus).map(|kit| kit.identifier).collect();
    let kits = &mut opened.contents.kits;
    kits.retain(|kit| !oldest.contains(&kit.identifier));
    kits.push(place);
}

impl Session {
    /// The kits of this wallet's codes, as they were refreshed last.
    pub fn kits(&self) -> Vec<KitState> {
        let states = self.kit_places().map(|place| KitState {
            identifier: place.identifier,
            folder: place.folder.clone(),
            live: self.has_slot(place.identifier),
            problem: self.kit_problem(place.identifier),
        });
        states.collect()
    }

    /// The kits in the contents and those that the next save adds, without those that are gone.
    pub(crate) fn kit_places(&self) -> impl Iterator<Item = &KitPlace> {
        let known = self.opened.contents.kits.iter().chain(&self.kits.strays);
        known.filter(|kit| !self.kits.gone.contains(&kit.identifier))
    }

    fn kit_problem(&self, identifier: Identifier) -> Option<KitProblem> {
        let mut problems = self.kits.problems.iter();
        let found = problems.find(|(kit, _)| *kit == identifier);
        found.map(|(_, problem)| *problem)
    }
}
