//! Check sheets without using them up: the verifier accepts the code, and its slot opens.

use std::io;

use code::{BackupCode, Identifier, SetSize, Threshold};
use wallet::Event;
use wallet::Timestamp;

use crate::World;
use crate::judge::{Refusal, Refused, Tried, judge};
use crate::kits::{self, KitError};
use crate::life::Standing;
use crate::record::RecordError;
use crate::session::{SaveError, Session, note};
use crate::settle;
use crate::state::code_state;
use crate::waits::Waits;

/// A code that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Works {
    /// The code's name.
    pub identifier: Identifier,
    /// Until when; `None`: until used.
    pub expires: Option<Timestamp>,
    /// Whether it still waits to be confirmed.
    pub unconfirmed: bool,
    /// What its kit is worth; none where the wallet knows of no kit.
    pub kit: Option<KitCheck>,
    /// Whether the date of this check is remembered.
    pub remembered: bool,
}

/// What the kit of a code that works is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KitCheck {
    /// It opens, and holds what the wallet held then.
    Opens {
        /// When.
        date: Timestamp,
    },
    /// It is not where it was: a drive that is not plugged in, or files that were moved.
    Away,
    /// Its drive did not give it.
    Unread,
    /// It is there and does not open with the code.
    DoesNotOpen,
    /// It opens, and the content of a file that the wallet has is missing from it or damaged.
    LacksFiles,
}

/// Checks a code, and its kit where there is one, against the open wallet, and remembers when.
pub fn check(
    world: &mut World<'_>,
    waits: &Waits,
    session: &mut Session,
    code: &BackupCode,
    tried: Tried,
) -> Result<Works, Refusal> {
    let at = world.moment();
    let now = at.now;
    let wallet = session.wallet();
    // What a redemption still owes is paid before the record is written again.
    settle::record(world, session)?;
    let mut good = judge(world, waits, wallet, code, tried, at)?;
    let identifier = code.identifier();
    let entry = good
        .record
        .entry_mut(identifier)
        .ok_or(Refused::WithoutKeychain { identifier })?;
    entry.checked = Some(now);
    let mut works = Works {
        identifier,
        expires: entry.expires,
        unconfirmed: !entry.confirmed,
        kit: kits::check(world, session, code).map(KitCheck::from),
        remembered: false,
    };
    if session.is_read_only() {
        return Ok(works);
    }
    // The answer stands whether or not it can be remembered.
    works.remembered = good.record.write(world.keychain, wallet).is_ok();
    let _ = session.change(world, |opened, _| {
        note(opened, now, Event::Checked { identifier });
        Ok::<(), SaveError>(())
    });
    Ok(works)
}

impl From<Result<Timestamp, KitError>> for KitCheck {
    fn from(checked: Result<Timestamp, KitError>) -> Self {
        match checked {
            Ok(date) => Self::Opens { date },
            Err(KitError::Disk(error)) if error.kind() == io::ErrorKind::NotFound => Self::Away,
            Err(KitError::Disk(_)) => Self::Unread,
            Err(KitError::NotKept) => Self::LacksFiles,
            Err(_) => Self::DoesNotOpen,
        }
    }
}

/// What can be told of sheets that are too few to give the code: they name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whether the open wallet has a live set of that name, of which as many sheets are needed.
    pub live: bool,
    /// Until when it works; `None`: until used, or no such set.
    pub expires: Option<Timestamp>,
}

/// Looks the name of a set up in the open wallet. Nothing is verified: fewer sheets than it takes
/// say nothing about the code.
pub fn name(
    world: &World<'_>,
    session: &Session,
    identifier: Identifier,
    threshold: Threshold,
) -> Result<Named, RecordError> {
    let state = code_state(world, session);
    if let Some(trouble) = state.trouble {
        return Err(trouble);
    }
    let mut codes = [state.active, state.unfinished].into_iter().flatten();
    let named = codes.find(|code| {
        let needed = code.set.map(SetSize::needed);
        code.identifier == identifier && needed == Some(threshold.needed())
    });
    let expires = named.and_then(|code| code.expires);
    let wallet = session.wallet();
    let judged = world.standing(wallet, identifier, expires, world.moment(), None);
    let over = judged != Standing::Works;
    Ok(Named {
        live: named.is_some() && !over,
        expires,
    })
}
