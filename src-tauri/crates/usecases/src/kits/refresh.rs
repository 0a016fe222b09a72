//! Bring the kits up to date after a change: live ones get the wallet's contents, dead ones go.
//!
//! A kit's drive can be slow or gone, so this is work of its own, apart from the session: taken
//! from it after a change, done without holding anything, and reported back.

use std::io;

use code::Identifier;
use kit::{IDENTITY_FILE, Recipient, WALLET_FILE};
use wallet::disk::{self, Disk, is_unreadable};
use wallet::{KitPlace, Opened, Timestamp};

use super::files::{remove_files, snapshot};
use crate::World;
use crate::kit_notes::KitProblem;
use crate::session::Session;

/// The kits as they should be, and what they should hold.
pub struct KitWork {
    opened: Opened,
    kits: Vec<(KitPlace, KitTarget)>,
    date: Timestamp,
}

enum KitTarget {
    Written,
    Removed,
    /// Live as far as the file tells, but the keychain could not be asked.
    Unknown,
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
            .map(|place| {
                let target = match (session.has_slot(place.identifier), session.unsettled) {
                    // A code without a slot is dead whatever the keychain says.
                    (false, _) => KitTarget::Removed,
                    (true, true) => KitTarget::Unknown,
                    (true, false) => KitTarget::Written,
                };
                (place.clone(), target)
            })
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
                KitTarget::Unknown => Some(KitProblem::Unsettled),
            };
            match (problem, target) {
                (Some(problem), _) => report.problems.push((place.identifier, problem)),
                (None, KitTarget::Removed) => report.gone.push(place.identifier),
                (None, KitTarget::Written | KitTarget::Unknown) => {}
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
    match is_ahead(disk, opened, place) {
        Ok(true) => return Some(KitProblem::Ahead),
        Ok(false) => {}
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

/// Whether the kit holds another state of the wallet than this file ever had, as after an older
/// copy of the file took its place. A kit that names no commit, or that cannot be read, is not
/// worth more.
fn is_ahead(disk: &dyn Disk, opened: &Opened, place: &KitPlace) -> io::Result<bool> {
    let wallet = match disk.read(&place.folder.join(WALLET_FILE), kit::WALLET_LIMIT as u64) {
        Err(error)
            if is_unreadable(&error)
                || matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::FileTooLarge
                ) =>
        {
            return Ok(false);
        }
        read => read?,
    };
    let Some(there) = kit::commit_of(&wallet) else {
        return Ok(false);
    };
    let line = opened.contents.line();
    let present = there.id == opened.header().commit_id && there.number == line.number();
    Ok(!present && !line.has(there.number, there.id))
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
    match is_ahead(disk, opened, place) {
        Ok(true) => return Some(KitProblem::Ahead),
        Ok(false) => {}
        Err(_) => return Some(KitProblem::NotRemoved),
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
