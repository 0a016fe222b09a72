//! Expire codes while the app runs: keys are erased when the clock that runs since boot agrees with the system clock.

use std::time::Duration;

use code::Identifier;
use wallet::WalletId;
use wallet::store::WalletLock;

use crate::World;
use crate::find;
use crate::life::{Standing, standing};
use crate::record::{End, Record, RecordError};
use crate::session::Session;
use crate::settle;

/// A timed code that this run of the app watches: it knows how long the code had left, by a clock that cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    wallet: WalletId,
    identifier: Identifier,
    ends: Duration,
}

impl Watched {
    /// Whether both watch the same code.
    pub fn is_of(&self, other: &Self) -> bool {
        self.wallet == other.wallet && self.identifier == other.identifier
    }
}

/// Watches the timed codes of a wallet from now on. One whose time is over already is not watched: no clock that cannot be
/// set has seen it end, and the next sign-in erases it.
pub fn watch(world: &World<'_>, wallet: WalletId) -> Result<Vec<Watched>, RecordError> {
    let Some(record) = Record::read(world.keychain, wallet)? else {
        return Ok(Vec::new());
    };
    let now = world.clock.now();
    let uptime = world.clock.since_boot();
    let watched = record.codes.iter().filter_map(|entry| {
        let left = u64::try_from(entry.expires?.0.saturating_sub(now.0)).ok();
        let left = Duration::from_secs(left.filter(|left| *left > 0)?);
        let ends = uptime.saturating_add(left);
        Some(Watched {
            wallet,
            identifier: entry.identifier,
            ends,
        })
    });
    Ok(watched.collect())
}

/// Erases the watched codes whose time is over by both clocks; cleans the file where the wallet is open. Gives the names
/// of the codes that ended. A wallet that is locked by somebody else, as by an accepted code that waits for its commit, is
/// left for later.
pub fn sweep(
    world: &mut World<'_>,
    watched: &mut Vec<Watched>,
    mut session: Option<&mut Session>,
) -> Result<Vec<Identifier>, RecordError> {
    let uptime = world.clock.since_boot();
    let due: Vec<Watched> = watched
        .iter()
        .copied()
        .filter(|watched| watched.ends <= uptime)
        .collect();
    let mut ended = Vec::new();
    for code in due {
        let open = session
            .as_deref_mut()
            .filter(|open| open.wallet() == code.wallet);
        let path = find::path(world, code.wallet);
        let lock = match &open {
            Some(_) => None,
            None => Some(WalletLock::acquire(world.disk, &path)),
        };
        if matches!(lock, Some(Err(_))) {
            continue;
        }
        let Some(mut record) = Record::read(world.keychain, code.wallet)? else {
            continue;
        };
        let expires = record
            .entry(code.identifier)
            .and_then(|entry| entry.expires);
        let Some(at) = expires else {
            watched.retain(|other| *other != code);
            continue;
        };
        if !matches!(
            standing(expires, world.clock.now(), record.last),
            Standing::Over { .. }
        ) {
            continue;
        }
        record.end(code.identifier, End::Expired, at);
        crate::kill::point("expire/begun");
        record.write(world.keychain, code.wallet)?;
        crate::kill::point("expire/keychain-settled");
        watched.retain(|other| *other != code);
        ended.push(code.identifier);
        if let Some(session) = open {
            session
                .shown
                .take_if(|shown| shown.identifier == code.identifier);
            if settle::clean_slots(session, &record) {
                // A file that cannot be written now is cleaned at the next sign-in.
                let _ = session.save(world);
            }
        }
    }
    Ok(ended)
}
