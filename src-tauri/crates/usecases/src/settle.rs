//! Bring the keychain record and the file together after a crash, an expiry or a revocation: at the
//! next sign-in, before any save, and before a code is judged.

use std::path::Path;

use code::Identifier;
use wallet::disk::Disk;
use wallet::store::{self, NotVerified};
use wallet::{Event, Header, LogEntry, Timestamp, TwoStep};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::life::{Standing, standing};
use crate::ports::KeychainError;
use crate::record::{CodeEntry, End, EndedCode, Intent, Record, RecordError};
use crate::session::{SaveError, Session, note};
use crate::waits::{Secret, Waits};

/// Settles the intent in a record that is going to be written. What a power loss may still undo
/// ends no code: the disk has to confirm the file first.
pub(crate) fn intent_for_good(
    disk: &dyn Disk,
    path: &Path,
    record: &mut Record,
    header: &Header,
) -> Result<bool, RecordError> {
    if record.intent.as_ref().is_some_and(|it| is_in(header, it)) {
        store::make_durable(disk, path)
            .map_err(|NotVerified { error, .. }| RecordError::Disk(error.kind()))?;
    }
    Ok(intent(record, header))
}

/// Whether the file of the recovery that the intent waits for is this one.
pub(crate) fn is_in(header: &Header, intent: &Intent) -> bool {
    header.commit_id == intent.commit || is_planted(Break::AnyCommitSettles)
}

/// Settles the intent: a redemption took place **only if the header bears its commit id**;
/// otherwise it is dropped. Returns whether it took place.
pub(crate) fn intent(record: &mut Record, header: &Header) -> bool {
    let Some(intent) = record.intent.take() else {
        return false;
    };
    let took_place = is_in(header, &intent);
    if took_place {
        redeemed(record, intent.identifier, intent.at);
    }
    took_place
}

/// Records a committed redemption: the code is used, and every other one is void with its slot.
pub(crate) fn redeemed(record: &mut Record, used: Identifier, at: Timestamp) {
    if is_planted(Break::EntryKeptAtRedeem) {
        record.intent = None;
        return;
    }
    record.end_where(End::Recovered, at, |entry| entry.identifier != used);
    if !record.end(used, End::Used, at) {
        let (identifier, state) = (used, End::Used);
        record.remember(EndedCode {
            identifier,
            state,
            at,
        });
    }
    record.intent = None;
}

/// Erases the expired entries, on the word of a clock that is not behind. Returns their names.
pub(crate) fn expired(record: &mut Record, now: Timestamp) -> Vec<Identifier> {
    let last = record.last;
    over(record, |entry| standing(entry.expires, now, last))
}

/// Erases the entries whose time is over. Returns their names.
pub(crate) fn over(
    record: &mut Record,
    stands: impl Fn(&CodeEntry) -> Standing,
) -> Vec<Identifier> {
    let over: Vec<_> = record
        .codes
        .iter()
        .filter_map(|entry| match stands(entry) {
            Standing::Over { since } => Some((entry.identifier, since)),
            Standing::Works | Standing::ClockBehind { .. } => None,
        })
        .collect();
    for (identifier, since) in &over {
        record.end(*identifier, End::Expired, *since);
    }
    over.into_iter().map(|(identifier, _)| identifier).collect()
}

/// Settles everything after a sign-in. If the keychain or the disk cannot be reached, that waits
/// for [`record`] or the next sign-in; the wallet is open either way.
pub(crate) fn at_sign_in(world: &mut World<'_>, waits: &Waits, session: &mut Session) {
    waits.succeeded(session.wallet(), Secret::Password, None);
    session.unsettled = true;
    let Ok(record) = Record::read(world.keychain, session.wallet()) else {
        return;
    };
    if session.is_read_only() {
        // Waits and used digits alone, which are no change of the wallet.
        if let Some(mut record) = record {
            record.password_failures = Default::default();
            waits.used_digits.note(session.wallet(), &mut record);
            let _ = record.write(world.keychain, session.wallet());
        }
        return;
    }
    let Some(mut record) = record else {
        session.unsettled = false;
        if matches!(session.two_step(), TwoStep::On(_)) {
            waits.used_digits.keep(world, session);
        }
        return;
    };
    waits.used_digits.note(session.wallet(), &mut record);
    // Best effort, as above.
    let _ = all(world, session, record);
}

/// The record of an open wallet. Settles everything first if the keychain could not be reached at
/// sign-in or during the redemption. A wallet that is open for reading only is left as it is.
pub(crate) fn record(
    world: &mut World<'_>,
    session: &mut Session,
) -> Result<Option<Record>, RecordError> {
    let record = Record::read(world.keychain, session.wallet())?;
    match record {
        record if session.is_read_only() => Ok(record),
        Some(record) if session.unsettled || record.intent.is_some() => {
            Ok(Some(all(world, session, record)?))
        }
        record => {
            session.unsettled = false;
            Ok(record)
        }
    }
}

/// Writes the record of an open wallet. After an error either record may be there, so the session
/// is unsettled until the record has been read again.
pub(crate) fn write(
    world: &World<'_>,
    session: &mut Session,
    record: &Record,
) -> Result<(), KeychainError> {
    let written = record.write(world.keychain, session.wallet());
    session.unsettled |= written.is_err();
    written
}

/// Settles everything: the intent, codes that were never shown, expired codes, failed tries, and
/// the slots of dead codes.
fn all(
    world: &mut World<'_>,
    session: &mut Session,
    mut record: Record,
) -> Result<Record, RecordError> {
    let now = world.clock.now();
    session.unsettled = true;
    let header = session.opened.header();
    if intent_for_good(world.disk, &session.path, &mut record, header)? {
        // The old password opens the generations from before the redemption.
        let forgotten = store::forget_generations(world.disk, &session.path);
        session.forget_generations |= forgotten.is_err();
    }
    drop_never_shown(&mut record, session.opened.header(), now);
    let over = expired(&mut record, now);
    let failed = std::mem::take(&mut record.failed_tries);
    record.password_failures = Default::default();
    record.last = Some(now);
    if !over.is_empty() {
        crate::kill::point("expire/begun");
    }
    // The keychain first: erasing the entry is what ends a code. While it does not take the record,
    // the file keeps the commit id that an intent may wait for.
    record.write(world.keychain, session.wallet())?;
    session.unsettled = false;
    if !over.is_empty() {
        crate::kill::point("expire/keychain-settled");
    }
    mark_dead_slots(session, &record);
    if failed > 0 || session.has_due_slots() {
        // A file that cannot be written now is cleaned by the next save.
        let _ = session.change(world, |opened, _| {
            if failed > 0 {
                note(opened, now, Event::FailedTries { count: failed });
            }
            Ok::<(), SaveError>(())
        });
    }
    Ok(record)
}

/// Drops the unconfirmed codes that nobody has. One without a slot never became a code. Of several
/// with a slot only the oldest was shown: a code is shown only once the unconfirmed ones before it
/// are dead. A confirmed one is kept even without a slot, since the file may be an older copy.
pub(crate) fn drop_never_shown(record: &mut Record, header: &Header, now: Timestamp) {
    let has_slot = |identifier| {
        let mut slots = header.code_slots.iter();
        slots.any(|slot| slot.identifier == identifier)
    };
    record
        .codes
        .retain(|entry| entry.confirmed || has_slot(entry.identifier));
    if let Some(shown) = record.unconfirmed().map(|entry| entry.identifier) {
        record.end_where(End::Revoked, now, |entry| {
            !entry.confirmed && entry.identifier != shown
        });
    }
}

/// Has the next save remove the slots of codes that the record remembers as ended, and log their
/// ends.
pub(crate) fn mark_dead_slots(session: &mut Session, record: &Record) {
    let slots = session.opened.header().code_slots.iter();
    let dead: Vec<EndedCode> = slots
        .filter(|slot| record.entry(slot.identifier).is_none())
        .filter_map(|slot| record.ended(slot.identifier).copied())
        .collect();
    for EndedCode {
        identifier,
        state,
        at,
    } in dead
    {
        let event = match state {
            End::Used => Event::Redeemed { identifier },
            End::Expired => Event::Expired { identifier },
            End::Revoked | End::Replaced | End::Recovered => Event::Revoked { identifier },
            End::Discarded => Event::Discarded { identifier },
        };
        session.remove_slots_of(identifier, &LogEntry { at, event });
    }
}

/// Removes the slots of codes that the record remembers as ended. A file that cannot be written now
/// is cleaned by the next save.
pub(crate) fn clean_slots(world: &mut World<'_>, session: &mut Session, record: &Record) {
    mark_dead_slots(session, record);
    if session.has_due_slots() {
        let _ = session.change(world, |_, _| Ok::<(), SaveError>(()));
    }
}
