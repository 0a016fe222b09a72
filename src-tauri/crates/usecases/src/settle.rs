//! What the keychain record and the file owe each other after a crash, an expiry or a revocation; paid at the next sign-in,
//! before any save, and before a code is judged.

use code::Identifier;
use wallet::store;
use wallet::{Event, Header, Timestamp};

use crate::World;
use crate::life::{Standing, standing};
use crate::record::{End, Outcome, Record, RecordError};
use crate::session::Session;
use crate::waits::{Secret, Waits};

/// Settles the intent: a redemption took place **only if the header bears its commit id**; otherwise it is dropped.
/// True when it took place.
pub(crate) fn intent(record: &mut Record, header: &Header) -> bool {
    let Some(intent) = record.intent.take() else {
        return false;
    };
    let took_place = header.commit_id == intent.commit;
    if took_place {
        redeemed(record, intent.identifier, intent.at);
    }
    took_place
}

/// A redemption has been committed: its code is used, every other one is void with its slot.
pub(crate) fn redeemed(record: &mut Record, used: Identifier, at: Timestamp) {
    let others: Vec<_> = record
        .codes
        .iter()
        .map(|entry| entry.identifier)
        .filter(|id| *id != used)
        .collect();
    for other in others {
        record.end(other, End::Revoked, at);
    }
    if !record.end(used, End::Used, at) {
        record.remember(Outcome {
            identifier: used,
            state: End::Used,
            at,
        });
    }
    record.intent = None;
}

/// Erases the entries whose time is over, on the word of a clock that is not behind. Gives their names.
pub(crate) fn expired(record: &mut Record, now: Timestamp) -> Vec<Identifier> {
    let over: Vec<_> = record
        .codes
        .iter()
        .filter(|entry| {
            matches!(
                standing(entry.expires, now, record.last),
                Standing::Over { .. }
            )
        })
        .map(|entry| (entry.identifier, entry.expires.unwrap_or(now)))
        .collect();
    for (identifier, at) in &over {
        record.end(*identifier, End::Expired, *at);
    }
    over.into_iter().map(|(identifier, _)| identifier).collect()
}

/// Everything that is due when somebody has signed in. Failing to reach keychain or disk postpones it to the next time;
/// the person is in either way.
pub(crate) fn at_sign_in(world: &mut World<'_>, waits: &mut Waits, session: &mut Session) {
    let wallet = session.wallet();
    let now = world.clock.now();
    let record = Record::read(world.keychain, wallet);
    waits.succeeded(wallet, Secret::Password, None);
    session.unsettled = record.is_err();
    let Ok(Some(mut record)) = record else { return };

    if intent(&mut record, session.opened.header()) {
        forget_generations(world, session);
    }
    drop_never_shown(&mut record, session.opened.header(), now);
    let over = expired(&mut record, now);
    let failed = std::mem::take(&mut record.failed_tries);
    waits.succeeded(wallet, Secret::Password, Some(&mut record));
    record.last = Some(now);
    if !over.is_empty() {
        crate::kill::point("expire/begun");
    }
    // The keychain first: erasing the entry is what ends a code. A record that was not kept leaves the file alone.
    session.unsettled = record.write(world.keychain, wallet).is_err();
    if session.unsettled {
        return;
    }
    if !over.is_empty() {
        crate::kill::point("expire/keychain-settled");
    }

    if failed > 0 {
        session.note(now, Event::FailedTries { count: failed });
    }
    let cleaned = clean_slots(session, &record);
    if cleaned || failed > 0 {
        // A file that cannot be written now is cleaned at the next sign-in.
        let _ = session.save(world);
    }
}

/// The old password opens the generations from before a redemption. What cannot be removed now goes with the next saves.
fn forget_generations(world: &World<'_>, session: &Session) {
    let _ = store::forget_generations(world.disk, &session.path);
}

/// Drops the unconfirmed codes that no person has. One without a slot never became a code. Of several with a slot the
/// oldest was shown, and the others were not: a code is shown only once the unconfirmed ones before it are dead. A
/// confirmed one is kept even without a slot, since the file may be an older copy.
pub(crate) fn drop_never_shown(record: &mut Record, header: &Header, now: Timestamp) {
    record.codes.retain(|entry| {
        entry.confirmed
            || header
                .code_slots
                .iter()
                .any(|slot| slot.identifier == entry.identifier)
    });
    let never_shown: Vec<_> = record
        .codes
        .iter()
        .filter(|entry| !entry.confirmed)
        .skip(1)
        .map(|entry| entry.identifier)
        .collect();
    for identifier in never_shown {
        record.end(identifier, End::Revoked, now);
    }
}

/// Removes the slots of the codes that the record remembers as ended, and writes their ends into the log.
/// True when the contents changed.
pub(crate) fn clean_slots(session: &mut Session, record: &Record) -> bool {
    let dead: Vec<_> = session
        .opened
        .header()
        .code_slots
        .iter()
        .filter(|slot| record.entry(slot.identifier).is_none())
        .filter_map(|slot| {
            record
                .outcome(slot.identifier)
                .map(|outcome| (slot.id, *outcome))
        })
        .collect();
    for (slot, outcome) in &dead {
        session.opened.remove_code_slot(*slot);
        let identifier = outcome.identifier;
        let event = match outcome.state {
            End::Used => Event::Redeemed { identifier },
            End::Expired => Event::Expired { identifier },
            End::Revoked => Event::Revoked { identifier },
        };
        session.note(outcome.at, event);
    }
    !dead.is_empty()
}

/// Removes every slot that is not this code's.
pub(crate) fn keep_only_slots_of(session: &mut Session, identifier: Identifier) {
    drop_slots(session, |other| other != identifier);
}

/// Removes the slots of this code.
pub(crate) fn drop_slots_of(session: &mut Session, identifier: Identifier) {
    drop_slots(session, |other| other == identifier);
}

fn drop_slots(session: &mut Session, doomed: impl Fn(Identifier) -> bool) {
    let slots = &session.opened.header().code_slots;
    let doomed: Vec<_> = slots
        .iter()
        .filter(|slot| doomed(slot.identifier))
        .map(|slot| slot.id)
        .collect();
    for slot in doomed {
        session.opened.remove_code_slot(slot);
    }
}

/// The record of an open wallet. An intent still waits in it where the keychain was away at sign-in or went away during
/// the redemption: it is settled first.
pub(crate) fn record(
    world: &World<'_>,
    session: &mut Session,
) -> Result<Option<Record>, RecordError> {
    let mut record = Record::read(world.keychain, session.wallet())?;
    if let Some(record) = record.as_mut().filter(|record| record.intent.is_some()) {
        if intent(record, session.opened.header()) {
            forget_generations(world, session);
        }
        record.write(world.keychain, session.wallet())?;
    }
    session.unsettled = false;
    Ok(record)
}
