//! Bring the kits up to date after a change: live ones get the wallet's contents, dead ones go.
//!
//! A kit's drive can be slow or gone, so this is work of its own, apart from the session: taken
//! from it after a change, done without holding anything, and reported back.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use code::Identifier;
use kit::{IDENTITY_FILE, Recipient, WALLET_FILE};
use wallet::disk::{self, Disk, is_unreadable};
use wallet::{Item, KitPlace, Opened, Timestamp};

use super::files::{KitError, remove_files, remove_other_files, snapshot, write_files};
use crate::World;
use crate::breaks::{Break, is_planted};
use crate::kit_notes::KitProblem;
use crate::session::Session;

/// A `wallet.age` that its medium did not give when a new one was written.
const UNREAD_FILE: &str = "wallet-unread.age";

/// The kits as they should be, and what they should hold.
pub struct KitWork {
    opened: Opened,
    kits: Vec<(KitPlace, KitTarget)>,
    date: Timestamp,
}

enum KitTarget {
    Written,
    Removed,
    /// Left as it is for this reason.
    Left(KitProblem),
}

impl KitTarget {
    fn of(session: &Session, place: &KitPlace) -> Self {
        // A code without a slot is dead whatever the keychain says.
        match session.has_slot(place.identifier) {
            false if is_planted(Break::DeadKitWritten) => Self::Written,
            false => Self::Removed,
            // Live as far as the file tells, but the keychain could not be asked.
            true if session.unsettled => Self::Left(KitProblem::Unsettled),
            // A kit of a state that the file may never get would be ahead of it for good.
            true if session.unverified => Self::Left(KitProblem::Unverified),
            true => Self::Written,
        }
    }
}

/// What became of the kits.
#[derive(Debug, Default)]
pub struct KitReport {
    problems: Vec<(Identifier, KitProblem)>,
    gone: Vec<Identifier>,
}

impl KitWork {
    /// The work that is due now; `None` if the wallet has no kits or is open for reading only.
    pub fn of(session: &Session, date: Timestamp) -> Option<Self> {
        if session.is_read_only() {
            return None;
        }
        let kits: Vec<_> = session
            .kit_places()
            .map(|place| (place.clone(), KitTarget::of(session, place)))
            .collect();
        (!kits.is_empty()).then(|| Self {
            opened: session.opened.fork(),
            kits,
            date,
        })
    }

    /// Does the work. Never fails: problems are reported.
    pub fn run(&self, disk: &dyn Disk) -> KitReport {
        let mut report = KitReport::default();
        for (place, target) in &self.kits {
            let problem = match target {
                KitTarget::Written => write(disk, &self.opened, place, self.date),
                KitTarget::Removed => remove(disk, &self.opened, place),
                KitTarget::Left(problem) => Some(*problem),
            };
            match (problem, target) {
                (Some(problem), _) => report.problems.push((place.identifier, problem)),
                (None, KitTarget::Removed) => report.gone.push(place.identifier),
                (None, KitTarget::Written | KitTarget::Left(_)) => {}
            }
        }
        report
    }

    /// The report for as long as the work has not ended.
    pub fn unanswered(&self) -> KitReport {
        let kits = self.kits.iter();
        KitReport {
            problems: kits
                .map(|(place, _)| (place.identifier, KitProblem::NoAnswer))
                .collect(),
            ..KitReport::default()
        }
    }
}

impl Session {
    /// Takes what became of the kits. The next save forgets those that are gone.
    pub fn take_kit_report(&mut self, report: KitReport) {
        self.kits.problems = report.problems;
        self.kits.gone.extend(report.gone);
        self.kits.reports += 1;
    }

    /// Takes what became of the kits while this copy was worked on.
    pub fn take_later_report(&mut self, other: &Self) {
        if other.kits.reports > self.kits.reports {
            self.kits.problems.clone_from(&other.kits.problems);
            self.kits.gone.clone_from(&other.kits.gone);
            self.kits.reports = other.kits.reports;
        }
    }
}

/// Does the work that is due and reports it, all at once.
pub fn refresh(world: &World<'_>, session: &mut Session) {
    let work = KitWork::of(session, world.clock.now());
    let report = work.map(|work| work.run(world.disk)).unwrap_or_default();
    session.take_kit_report(report);
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
    let cleared = match look(disk, opened, place) {
        Ok(There::Ours) => Ok(()),
        Ok(There::Ahead) if !is_planted(Break::NewerKitOverwritten) => {
            return Some(KitProblem::Ahead);
        }
        Ok(There::Ahead) => Ok(()),
        Ok(There::Unreadable) => set_unread_aside(disk, &place.folder),
        Err(error) => Err(error),
    };
    if let Err(error) = cleared {
        return Some(problem(&error));
    }
    let Ok(recipient) = place.recipient.parse::<Recipient>() else {
        return Some(KitProblem::NotWritten);
    };
    let wallet = match kit::rewrap(&recipient, &snapshot(opened, date)) {
        Ok(wallet) => wallet,
        Err(kit::WriteError::TooLarge { .. }) => return Some(KitProblem::TooLarge),
        Err(_) => return Some(KitProblem::NotWritten),
    };
    // First the files that the new contents name, and last those that only the old ones named: the
    // contents never name one that is not there.
    match write_files(disk, opened, &recipient, &place.folder) {
        Ok(()) => {}
        Err(KitError::Disk(error)) => return Some(problem(&error)),
        Err(KitError::Folder | KitError::Write(_) | KitError::Reopen(_) | KitError::NotKept) => {
            return Some(KitProblem::NotWritten);
        }
    }
    if let Err(error) = disk::replace(disk, &place.folder.join(WALLET_FILE), &wallet) {
        return Some(problem(&error));
    }
    let named: BTreeSet<_> = opened
        .contents
        .items
        .iter()
        .flat_map(Item::files)
        .map(|file| file.id)
        .collect();
    // Best effort: one that cannot be removed now goes at a later refresh.
    let _ = remove_other_files(disk, &place.folder, &|id| named.contains(&id));
    None
}

/// What is in a kit, as far as the app can tell without its code.
enum There {
    /// A state that the file had, or none.
    Ours,
    /// Another state than this file ever had, as after an older copy of the file took its place.
    Ahead,
    /// Its medium does not give it, which may go away.
    Unreadable,
}

/// Looks into a kit. One that names no commit, or that is too large to be one, is not worth more.
fn look(disk: &dyn Disk, opened: &Opened, place: &KitPlace) -> io::Result<There> {
    let wallet = match disk.read(&place.folder.join(WALLET_FILE), kit::WALLET_LIMIT as u64) {
        Ok(wallet) => wallet,
        Err(error) if is_unreadable(&error) => return Ok(There::Unreadable),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::FileTooLarge => return Ok(There::Ours),
            _ => return Err(error),
        },
    };
    let Some(there) = kit::commit_of(&wallet) else {
        return Ok(There::Ours);
    };
    let line = opened.contents.line();
    let present = there.id == opened.header().commit_id && there.number == line.number();
    match present || line.has(there.number, there.id) {
        true => Ok(There::Ours),
        false => Ok(There::Ahead),
    }
}

/// Moves a file that cannot be read out of the way of a new one. A restore reads it again, if its
/// medium gives it then.
fn set_unread_aside(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let aside = folder.join(UNREAD_FILE);
    match disk.exists(&aside)? {
        true => Err(io::ErrorKind::AlreadyExists.into()),
        false => disk.rename(&folder.join(WALLET_FILE), &aside),
    }
}

fn problem(error: &io::Error) -> KitProblem {
    match error.kind() {
        io::ErrorKind::NotFound => KitProblem::Missing,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => KitProblem::Full,
        _ => KitProblem::NotWritten,
    }
}

/// Removes a dead kit, unless it is ahead: then it may be the last that holds what is newer. If the
/// folder around it cannot be listed either, its drive may come back, so it is not gone yet.
fn remove(disk: &dyn Disk, opened: &Opened, place: &KitPlace) -> Option<KitProblem> {
    let folder = &place.folder;
    match look(disk, opened, place) {
        Ok(There::Ours) => {}
        Ok(There::Ahead) => return Some(KitProblem::Ahead),
        Ok(There::Unreadable) | Err(_) => return Some(KitProblem::NotRemoved),
    }
    let drive_is_there = || {
        folder
            .parent()
            .is_some_and(|around| disk.list(around).is_ok())
    };
    match remove_files(disk, folder) {
        Ok(()) if drive_is_there() => None,
        _ => Some(KitProblem::NotRemoved),
    }
}
