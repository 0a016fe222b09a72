//! Show that a code or its sheets are kept, which confirms it; or throw it away.
//!
//! | 3 keychain | 4 only now |
//! |---|---|
//! | new: confirmed, old: erased → replaced | old slots removed |

use code::{BackupCode, Identifier, Share};
use thiserror::Error;
use wallet::{Event, LogEntry, Timestamp};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::identity::{self, IdentityNeeded, Level};
use crate::judge;
use crate::life::Standing;
use crate::ports::KeychainError;
use crate::record::{End, Record, RecordError};
use crate::session::{ReadOnly, SaveError, Session, note};
use crate::settle;
use crate::shown::Shown;

/// What shows that the person kept the code, or one sheet of it.
pub enum Proof<'a> {
    /// The group of a sheet that was asked back; only while the sheet is shown.
    Group {
        /// Which of the sheets on the screen, from 0.
        sheet: usize,
        /// The group as typed.
        typed: &'a str,
    },
    /// The sheet itself, typed or scanned; only while it is shown.
    Share(&'a Share),
    /// The whole code: typed, scanned, or from as many sheets as give it.
    Whole(&'a BackupCode),
}

/// What a proof came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// One sheet is kept; so many on the screen are not yet.
    Sheet {
        /// How many.
        left: usize,
    },
    /// Everything is kept: the code of this name is confirmed, and off the screen.
    Code(Identifier),
}

/// Why a code was not confirmed or thrown away.
#[derive(Debug, Error)]
pub enum ConfirmError {
    /// The password has not been confirmed recently.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// No such sheet is shown, so no group of it can be asked.
    #[error("no such sheet is shown")]
    NothingShown,
    /// The group is not the one that was asked.
    #[error("that is not the group that was asked for")]
    WrongGroup,
    /// The code is not an unconfirmed code of this wallet, or the sheet none of those on the
    /// screen.
    #[error("that is not the code that waits to be confirmed")]
    WrongCode,
    /// While a set is shown, the whole code says nothing about its sheets: each has to be shown to
    /// be kept.
    #[error("each sheet of the set has to be shown")]
    EachSheet,
    /// The code's time is over: it must not take the place of one that may work.
    #[error("the code has expired")]
    Over {
        /// The code's name.
        identifier: Identifier,
        /// Since when.
        since: Timestamp,
        /// The code that works now instead.
        newest: Option<Identifier>,
    },
    /// The wallet is open for reading only.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// The keychain cannot be reached, or its record not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<KeychainError> for ConfirmError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// Takes a proof that a sheet or the code is kept. With the last sheet on the screen the
/// unconfirmed code is confirmed, which revokes the one before it, and everything leaves the screen
/// for good. After a restart nothing is shown, and only the whole code will do.
pub fn keep(
    world: &mut World<'_>,
    session: &mut Session,
    proof: &Proof<'_>,
) -> Result<Kept, ConfirmError> {
    session.writable()?;
    let sheet = match proof {
        Proof::Whole(code) => return whole(world, session, code).map(Kept::Code),
        Proof::Group { sheet, typed } => group(session, *sheet, typed)?,
        Proof::Share(share) => scanned(session, share)?,
    };
    let shown = session.shown.as_mut().ok_or(ConfirmError::NothingShown)?;
    let others = shown.sheets.iter().enumerate();
    let left = others
        .filter(|(at, other)| *at != sheet && !other.kept())
        .count();
    if left > 0 {
        if let Some(kept) = shown.sheets.get_mut(sheet) {
            kept.keep();
        }
        return Ok(Kept::Sheet { left });
    }
    // The last one counts only together with what it leads to, so that a keychain that is away can
    // be asked again.
    let identifier = shown.identifier;
    if shown.remade {
        // The set works, and making its sheets was noted.
        session.shown = None;
        return Ok(Kept::Code(identifier));
    }
    let record = settle::record(world, session)?.unwrap_or_default();
    if record.entry(identifier).is_none() {
        return Err(ConfirmError::WrongCode);
    }
    confirm(world, session, record, identifier).map(Kept::Code)
}

/// The sheet whose group was asked back and typed.
fn group(session: &Session, sheet: usize, typed: &str) -> Result<usize, ConfirmError> {
    let shown = session.shown.as_ref();
    let asked = shown.and_then(|shown| shown.sheets.get(sheet));
    let is_right = asked.ok_or(ConfirmError::NothingShown)?.group_is(typed);
    match is_right || is_planted(Break::AnyGroupConfirms) {
        true => Ok(sheet),
        false => Err(ConfirmError::WrongGroup),
    }
}

/// The sheet that carries this very share.
fn scanned(session: &Session, share: &Share) -> Result<usize, ConfirmError> {
    let shown = session.shown.as_ref().ok_or(ConfirmError::NothingShown)?;
    let mut sheets = shown.sheets.iter();
    sheets
        .position(|sheet| sheet.is(share))
        .ok_or(ConfirmError::WrongCode)
}

/// The whole code confirms itself, unless it is of the set on the screen.
fn whole(
    world: &mut World<'_>,
    session: &mut Session,
    code: &BackupCode,
) -> Result<Identifier, ConfirmError> {
    let identifier = code.identifier();
    let mut record = settle::record(world, session)?.unwrap_or_default();
    let entry = record.entry_of(code).ok_or(ConfirmError::WrongCode)?;
    let shown = session.shown.as_ref();
    let shown = shown.filter(|shown| shown.identifier == identifier);
    if shown.is_some_and(Shown::is_set) {
        return Err(ConfirmError::EachSheet);
    }
    // The shown code may be confirmed already, by a keychain that took it and did not answer in
    // time.
    if entry.confirmed && shown.is_none() {
        return Err(ConfirmError::WrongCode);
    }
    // The whole code was read back: that is a check of its sheet as well.
    let now = world.clock.now();
    if let Some(entry) = record.entry_mut(identifier) {
        entry.checked = Some(now);
    }
    confirm(world, session, record, identifier)
}

fn confirm(
    world: &mut World<'_>,
    session: &mut Session,
    mut record: Record,
    identifier: Identifier,
) -> Result<Identifier, ConfirmError> {
    let at = world.moment();
    let now = at.now;
    let wallet = session.wallet();
    let expires = record.entry(identifier).and_then(|entry| entry.expires);
    let judged = world.standing(wallet, identifier, expires, at, record.last);
    if let Standing::Over { since } = judged {
        let newest = judge::newest(world, wallet, session.opened.header(), &record, at);
        return Err(ConfirmError::Over {
            identifier,
            since,
            newest: newest.filter(|newest| *newest != identifier),
        });
    }
    let others: Vec<_> = record
        .codes
        .iter()
        .map(|entry| entry.identifier)
        .filter(|id| *id != identifier && !is_planted(Break::EntryKeptAtConfirm))
        .collect();
    for other in others {
        record.end(other, End::Replaced, now);
    }
    for entry in &mut record.codes {
        entry.confirmed = entry.identifier == identifier;
    }
    crate::kill::point("confirm/begun");
    settle::write(world, session, &record)?;
    crate::kill::point("confirm/keychain-settled");

    session.shown = None;
    settle::mark_dead_slots(session, &record);
    // The keychain has spoken: the code is confirmed whether or not the file can be cleaned now.
    let _ = session.change(world, |opened, _| {
        note(opened, now, Event::Confirmed { identifier });
        // Slots that no entry here can open are of codes that this one replaces too.
        opened.remove_code_slots(|slot| {
            slot.identifier != identifier && !is_planted(Break::EntryKeptAtConfirm)
        });
        Ok::<(), SaveError>(())
    });
    crate::kill::point("confirm/file-cleaned");
    Ok(identifier)
}

/// Throws the unconfirmed code away; the confirmed one stays. Asks for a fresh confirmation of the
/// password. Sheets that were made again leave the
/// screen, and their set stays as it is.
pub fn discard(world: &mut World<'_>, session: &mut Session) -> Result<(), ConfirmError> {
    session.writable()?;
    if session.shown.take_if(|shown| shown.remade).is_some() {
        return Ok(());
    }
    identity::fresh(world, session, Level::Password)?;
    let may_be_discarded = session.unsettled;
    let mut record = settle::record(world, session)?.unwrap_or_default();
    let now = world.clock.now();
    let unconfirmed: Vec<_> = record
        .codes
        .iter()
        .filter(|entry| !entry.confirmed)
        .map(|entry| entry.identifier)
        .collect();
    if unconfirmed.is_empty() {
        let shown = session.shown.as_ref().map(|shown| shown.identifier);
        let ended = shown.and_then(|shown| record.ended(shown));
        if may_be_discarded && ended.is_some_and(|ended| ended.state == End::Discarded) {
            // The keychain took the last try and did not say so.
            session.shown = None;
            return Ok(());
        }
        return Err(ConfirmError::WrongCode);
    }
    for identifier in &unconfirmed {
        record.end(*identifier, End::Discarded, now);
    }
    settle::write(world, session, &record)?;
    session.shown = None;
    let (with_slot, without): (Vec<_>, Vec<_>) = unconfirmed
        .into_iter()
        .partition(|identifier| session.has_slot(*identifier));
    for identifier in with_slot {
        let event = Event::Discarded { identifier };
        session.remove_slots_of(identifier, &LogEntry { at: now, event });
    }
    // A file that cannot be written now is cleaned by the next save.
    let _ = session.change(world, |opened, _| {
        for identifier in without {
            note(opened, now, Event::Discarded { identifier });
        }
        Ok::<(), SaveError>(())
    });
    Ok(())
}
