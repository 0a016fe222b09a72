//! Confirm that a code is kept, or throw it away.
//!
//! | 3 keychain | 4 only now |
//! |---|---|
//! | new: confirmed, old: erased → revoked | old slots removed |

use code::{BackupCode, Identifier};
use thiserror::Error;
use wallet::{Event, Timestamp};

use crate::World;
use crate::life::{Standing, standing};
use crate::ports::KeychainError;
use crate::record::{End, Entry, Record, RecordError};
use crate::session::Session;
use crate::settle;

/// What shows that the person kept the code.
pub enum Proof<'a> {
    /// The group that was asked back, as typed; only while the code is shown.
    Group(&'a str),
    /// The whole code, typed or scanned.
    Whole(&'a BackupCode),
}

/// Why a code was not confirmed or thrown away.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfirmError {
    /// No code is shown, so no group of it can be asked.
    #[error("no code is shown")]
    NothingShown,
    /// The group is not the one that was asked.
    #[error("that is not the group that was asked for")]
    WrongGroup,
    /// The code is not an unconfirmed code of this wallet.
    #[error("that is not the code that waits to be confirmed")]
    WrongCode,
    /// The code's time is over: it must not take the place of one that may work.
    #[error("the code has expired")]
    Over {
        /// The code's name.
        identifier: Identifier,
        /// Since when.
        since: Timestamp,
    },
    /// The keychain cannot be reached, or its record not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<KeychainError> for ConfirmError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// Confirms the unconfirmed code, which revokes the one before it. The code leaves the screen for good.
pub fn confirm(
    world: &mut World<'_>,
    session: &mut Session,
    proof: &Proof<'_>,
) -> Result<Identifier, ConfirmError> {
    let wallet = session.wallet();
    let mut record = settle::record(world, session)?.unwrap_or_default();
    let now = world.clock.now();
    let identifier = proven(session, &record, proof, now)?;

    let others: Vec<_> = record
        .codes
        .iter()
        .map(|entry| entry.identifier)
        .filter(|id| *id != identifier)
        .collect();
    for other in others {
        record.end(other, End::Revoked, now);
    }
    for entry in &mut record.codes {
        entry.confirmed = true;
    }
    crate::kill::point("confirm/begun");
    record.write(world.keychain, wallet)?;
    crate::kill::point("confirm/keychain-settled");

    session.shown = None;
    session.note(now, Event::Confirmed { identifier });
    settle::clean_slots(session, &record);
    // Slots that no entry here can open are of codes that this one replaces too.
    settle::keep_only_slots_of(session, identifier);
    // The keychain has spoken: the code is confirmed whether or not the file can be cleaned now.
    let _ = session.save(world);
    crate::kill::point("confirm/file-cleaned");
    Ok(identifier)
}

fn proven(
    session: &Session,
    record: &Record,
    proof: &Proof<'_>,
    now: Timestamp,
) -> Result<Identifier, ConfirmError> {
    let shown = session.shown.as_ref();
    let entry = match proof {
        Proof::Group(typed) => {
            let shown = shown.ok_or(ConfirmError::NothingShown)?;
            if !shown.group_is(typed) {
                return Err(ConfirmError::WrongGroup);
            }
            record.entry(shown.code.identifier())
        }
        Proof::Whole(code) => record.entry_of(code),
    };
    // The shown code may be confirmed already, by a keychain that took it and did not answer in time.
    let waits = |entry: &&Entry| {
        !entry.confirmed || shown.is_some_and(|shown| shown.code.identifier() == entry.identifier)
    };
    let entry = entry.filter(waits).ok_or(ConfirmError::WrongCode)?;
    let identifier = entry.identifier;
    match standing(entry.expires, now, record.last) {
        Standing::Over { since } => Err(ConfirmError::Over { identifier, since }),
        _ => Ok(identifier),
    }
}

/// Throws the unconfirmed code away; the confirmed one stays.
pub fn discard(world: &mut World<'_>, session: &mut Session) -> Result<(), ConfirmError> {
    let wallet = session.wallet();
    let mut record = settle::record(world, session)?.unwrap_or_default();
    let now = world.clock.now();
    let unconfirmed: Vec<_> = record
        .codes
        .iter()
        .filter(|entry| !entry.confirmed)
        .map(|entry| entry.identifier)
        .collect();
    if unconfirmed.is_empty() {
        return Err(ConfirmError::WrongCode);
    }
    for identifier in &unconfirmed {
        record.end(*identifier, End::Revoked, now);
    }
    record.write(world.keychain, wallet)?;
    session.shown = None;
    for identifier in unconfirmed {
        settle::drop_slots_of(session, identifier);
        session.note(now, Event::Discarded { identifier });
    }
    // A file that cannot be written now is cleaned at the next sign-in.
    let _ = session.save(world);
    Ok(())
}
