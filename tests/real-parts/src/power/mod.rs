//! Power losses: the system calls of the real program are recorded, and the real program is
//! started on what a disk may hold if they were cut off anywhere.

mod calls;
mod cut;
mod drive;
mod judge;
mod known;
mod lies;
mod record;
mod script;
mod shutdown;
mod tally;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use cut::Remains;
use drive::Drive;
use judge::{Whole, judge};
use known::Known;
use lies::LIES;
use record::{Event, record};
use script::KIT_FOLDERS;
use tally::Tally;

use crate::person::{Told, words};

pub(crate) use script::run as run_script;
pub(crate) use shutdown::shut_down;

/// Cuts for each kind of sync that a disk ignores.
const LYING: u64 = 1_500;

/// The moment after one event: the disk, and what the person knows.
struct Moment {
    drive: Drive,
    known: Known,
}

/// Cuts the power `cuts` times, and prints what was found.
pub(crate) fn cut(cuts: u64) -> Told<bool> {
    let folder = tempfile::tempdir().map_err(words)?;
    let events = record(folder.path())?;
    let moments = moments(&events)?;
    is_as_recorded(&moments, &folder.path().join(script::DISK))?;
    let syncs = events
        .iter()
        .filter(|it| matches!(it, Event::Call(calls::Call::Sync(_))));
    println!(
        "{} events recorded, {} of them syncs",
        events.len(),
        syncs.count()
    );
    let tally = many(&moments, 0..cuts, false)?;
    Ok(tally.close(cuts))
}

/// Has a disk ignore each kind of sync, and prints whether something was lost.
pub(crate) fn lie() -> Told<bool> {
    let folder = tempfile::tempdir().map_err(words)?;
    let events = record(folder.path())?;
    let mut found = 0;
    for lie in LIES {
        let (events, ignored) = lie.told(&events);
        let tally = many(&moments(&events)?, 0..LYING, true)?;
        let name = lie.name;
        match tally.lost.first_key_value() {
            Some((cut, lost)) => println!("{name}: {ignored} syncs ignored; cut {cut}: {lost}"),
            None => println!("{name}: {ignored} syncs ignored; NOT FOUND"),
        }
        found += usize::from(!tally.lost.is_empty());
    }
    println!("{} kinds of sync left out, {found} found", LIES.len());
    Ok(found == LIES.len())
}

/// The moments at which the power can go: before everything, and after each event.
fn moments(events: &[Event]) -> Told<Vec<Moment>> {
    let mut drive = Drive::with(&KIT_FOLDERS);
    let mut known = Known::default();
    let mut moments = Vec::with_capacity(events.len() + 1);
    for event in events {
        moments.push(Moment {
            drive: drive.clone(),
            known: known.clone(),
        });
        match event {
            Event::Call(call) => drive.make(call)?,
            Event::Line(line) => known.take(line.clone()),
        }
    }
    moments.push(Moment { drive, known });
    Ok(moments)
}

/// The recording is complete: the calls made of the model what they made of the real folder.
fn is_as_recorded(moments: &[Moment], disk: &Path) -> Told<()> {
    let mut real = BTreeMap::new();
    let mut next = vec![disk.to_owned()];
    while let Some(folder) = next.pop() {
        for entry in fs::read_dir(&folder).map_err(words)? {
            let path = entry.map_err(words)?.path();
            let file = match path.is_dir() {
                true => None,
                false => Some(fs::read(&path).map_err(words)?.into()),
            };
            real.insert(path.strip_prefix(disk).map_err(words)?.to_owned(), file);
            next.extend(path.is_dir().then_some(path));
        }
    }
    let modelled = moments.last().map(|moment| moment.drive.present());
    match modelled.as_ref() == Some(&real) {
        true => Ok(()),
        false => Err("the recording does not give what is on the disk".to_owned()),
    }
}

/// Cuts the power once for each seed, on all cores. Each moment has its turn.
fn many(moments: &[Moment], seeds: std::ops::Range<u64>, until_lost: bool) -> Told<Tally> {
    let next = AtomicU64::new(seeds.start);
    let tally = Mutex::new(Tally::default());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || -> Told<()> {
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= seeds.end {
                return Ok(());
            }
            let found = one(moments, seed)?;
            let mut tally = tally.lock().map_err(words)?;
            match found {
                Ok(Whole::Old) => tally.old += 1,
                Ok(Whole::New) => tally.new += 1,
                Err(lost) => {
                    tally.lost.insert(seed, lost);
                    if until_lost {
                        next.store(seeds.end, Ordering::SeqCst);
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| match worker.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            })
    })?;
    tally.into_inner().map_err(words)
}

/// Cuts the power once and starts the program again. The inner error is what was lost.
fn one(moments: &[Moment], seed: u64) -> Told<Told<Whole>> {
    // Neighbouring seeds cut far apart, so that few cuts see the whole recording as well.
    let at = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) % moments.len() as u64;
    let moment = usize::try_from(at).ok().and_then(|at| moments.get(at));
    let moment = moment.ok_or("nothing was recorded")?;
    let folder = tempfile::tempdir().map_err(words)?;
    Remains::draw(&moment.drive, seed).write(folder.path())?;
    let found = judge(folder.path(), &moment.known);
    Ok(found.map_err(|lost| format!("after event {at}: {lost}")))
}
