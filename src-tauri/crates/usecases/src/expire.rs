//! Expire codes while the app runs: keys are erased when the clock that runs since boot agrees with
//! the system clock.

use std::time::Duration;

use code::Identifier;
use wallet::store::WalletLock;
use wallet::{Timestamp, WalletId};

use crate::World;
use crate::find;
use crate::life::{Moment, Standing, standing};
use crate::record::{End, Record, RecordError};
use crate::session::Session;
use crate::settle;

/// A timed code that this run of the app watches. The time it had left is measured by a clock that
/// cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    wallet: WalletId,
    identifier: Identifier,
    /// By the system clock.
    expires: Timestamp,
    /// By the clock that runs since boot.
    ends: Duration,
}

impl Watched {
    /// The wallet that the code opens.
    pub fn wallet(&self) -> WalletId {
        self.wallet
    }

    /// The code's name.
    pub fn identifier(&self) -> Identifier {
        self.identifier
    }

    /// When the code stops working.
    pub fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Whether both watch the same code.
    pub fn is_of(&self, other: &Self) -> bool {
        self.is(other.wallet, other.identifier)
    }

    pub(crate) fn is(&self, wallet: WalletId, identifier: Identifier) -> bool {
        self.wallet == wallet && self.identifier == identifier
    }

    /// Whether its time is over by the clock that runs since boot.
    pub(crate) fn is_over(&self, at: Moment) -> bool {
        self.ends <= at.since_boot
    }
}

/// What became of a watched code whose time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// Its entry was erased.
    Erased,
    /// It has no timed entry any more.
    Gone,
    /// The system clock does not agree, or the wallet is in use or open for reading only. The
    /// keychain was not asked. To be tried again.
    NotYet,
    /// The keychain was asked and does not let the code end now. To be left alone for a while.
    Asked,
}

/// Watches the timed codes of a wallet from now on. One whose time is over already is not watched:
/// no clock that cannot be set has seen it end, and the next sign-in erases it.
pub fn watch(world: &World<'_>, wallet: WalletId) -> Result<Vec<Watched>, RecordError> {
    let record = Record::read(world.keychain, wallet)?;
    Ok(record.map_or_else(Vec::new, |record| watched_in(world, wallet, &record)))
}

/// The same for background work, without prompting anybody.
pub fn watch_silently(world: &World<'_>, wallet: WalletId) -> Result<Vec<Watched>, RecordError> {
    let record = Record::read_silently(world.keychain, wallet)?;
    Ok(record.map_or_else(Vec::new, |record| watched_in(world, wallet, &record)))
}

fn watched_in(world: &World<'_>, wallet: WalletId, record: &Record) -> Vec<Watched> {
    let Moment { now, since_boot } = world.moment();
    let watched = record.codes.iter().filter_map(|entry| {
        let expires = entry.expires?;
        let left = u64::try_from(expires.0.saturating_sub(now.0)).ok();
        let left = Duration::from_secs(left.filter(|left| *left > 0)?);
        Some(Watched {
            wallet,
            identifier: entry.identifier,
            expires,
            ends: since_boot.saturating_add(left),
        })
    });
    watched.collect()
}

/// Ends each watched code whose time is over with `end`, and stops watching those that ended. One
/// that cannot be ended now is tried again at the next sweep, and keeps no other from ending.
pub fn sweep(
    since_boot: Duration,
    watched: &mut Vec<Watched>,
    mut end: impl FnMut(&Watched) -> Result<Expiry, RecordError>,
) {
    watched.retain(|code| {
        let over = code.ends <= since_boot;
        !over || !matches!(end(code), Ok(Expiry::Erased | Expiry::Gone))
    });
}

/// Erases a watched code if the system clock agrees that its time is over, and cleans the file if
/// its wallet is open. `lock_is_held`: the wallet's lock is held although it is not open. Never
/// prompts the person.
pub fn end(
    world: &mut World<'_>,
    code: &Watched,
    session: Option<&mut Session>,
    lock_is_held: bool,
) -> Result<Expiry, RecordError> {
    let read_only = session.as_ref().is_some_and(|open| open.is_read_only());
    if read_only || world.clock.now() < code.expires {
        return Ok(Expiry::NotYet);
    }
    let path = find::path(world, code.wallet);
    let lock = match session.is_some() || lock_is_held {
        true => None,
        false => Some(WalletLock::acquire(world.disk, &path)),
    };
    if matches!(lock, Some(Err(_))) {
        // Another process has the wallet, or an accepted code waits for its commit.
        return Ok(Expiry::NotYet);
    }
    let Some(mut record) = Record::read_silently(world.keychain, code.wallet)? else {
        return Ok(Expiry::Asked);
    };
    let entry = record.entry(code.identifier);
    let Some(expires) = entry.and_then(|entry| entry.expires) else {
        return Ok(Expiry::Gone);
    };
    match standing(Some(expires), world.clock.now(), record.last) {
        Standing::Over { .. } => {}
        Standing::Works | Standing::ClockBehind { .. } => return Ok(Expiry::Asked),
    }
    record.end(code.identifier, End::Expired, expires);
    crate::kill::point("expire/begun");
    record.write_silently(world.keychain, code.wallet)?;
    crate::kill::point("expire/keychain-settled");
    if let Some(session) = session {
        session
            .shown
            .take_if(|shown| shown.identifier == code.identifier);
        settle::clean_slots(world, session, &record);
    }
    Ok(Expiry::Erased)
}
