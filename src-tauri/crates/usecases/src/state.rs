//! The state of a wallet's backup code at a glance.

use code::{Identifier, SetSize};
use wallet::Timestamp;

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::record::{CodeEntry, EndedCode, Record, RecordError};
use crate::session::Session;
use crate::settle;

/// What a person may know of a live code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveCode {
    /// Its name.
    pub identifier: Identifier,
    /// When it was issued.
    pub issued: Timestamp,
    /// When it stops working; `None`: until used.
    pub expires: Option<Timestamp>,
    /// When a sheet of it was last checked.
    pub checked: Option<Timestamp>,
    /// The set that it was split into; none for a single code.
    pub set: Option<SetSize>,
}

impl From<&CodeEntry> for LiveCode {
    fn from(entry: &CodeEntry) -> Self {
        Self {
            identifier: entry.identifier,
            issued: entry.issued,
            expires: entry.expires,
            checked: entry.checked,
            set: entry.set(),
        }
    }
}

/// The state of a wallet's codes.
#[derive(Debug, Default)]
pub struct CodeState {
    /// The keychain could not be asked.
    pub trouble: Option<RecordError>,
    /// The confirmed code.
    pub active: Option<LiveCode>,
    /// The code that waits to be confirmed.
    pub unfinished: Option<LiveCode>,
    /// How the last codes ended, newest first.
    pub outcomes: Vec<EndedCode>,
    /// The wallet's codes were issued with another keychain store.
    pub other_store: bool,
    /// A code whose slot is here and whose keychain entry is not: another computer's, or a reset
    /// login.
    pub lost_with_keychain: Option<Identifier>,
    /// The file has no slot for the confirmed code: it is an older copy.
    pub older_file: bool,
}

/// Reads the state of the open wallet's codes.
pub fn code_state(world: &World<'_>, session: &Session) -> CodeState {
    let header = session.opened.header();
    let kind = world.keychain.kind_of(header.wallet_id);
    let other_store = !header.code_slots.is_empty() && header.keychain != kind.name();
    let mut record = match Record::read_or_empty(world.keychain, header.wallet_id) {
        Ok(record) => record,
        Err(trouble) => {
            return CodeState {
                trouble: Some(trouble),
                other_store,
                ..CodeState::default()
            };
        }
    };
    // As it is once everything that is due has been paid.
    settle::intent(&mut record, header);
    settle::drop_never_shown(&mut record, header, world.clock.now());
    let (at, last) = (world.moment(), record.last);
    settle::over(&mut record, |entry| {
        world.standing(header.wallet_id, entry.identifier, entry.expires, at, last)
    });
    CodeState {
        trouble: None,
        active: record
            .confirmed()
            .filter(|_| !is_planted(Break::ConfirmedNotNamed))
            .map(LiveCode::from),
        unfinished: record.unconfirmed().map(LiveCode::from),
        outcomes: record.outcomes.iter().rev().copied().collect(),
        other_store,
        lost_with_keychain: header
            .code_slots
            .iter()
            .map(|slot| slot.identifier)
            .find(|id| {
                session.has_slot(*id) && record.entry(*id).is_none() && record.ended(*id).is_none()
            }),
        older_file: record
            .confirmed()
            .is_some_and(|entry| !session.has_slot(entry.identifier)),
    }
}
