//! Check a sheet without using it up: the verifier accepts the code, and its slot opens.

use code::{BackupCode, Identifier};
use wallet::Event;
use wallet::Timestamp;

use crate::World;
use crate::present::{self, judge};
use crate::session::Session;
use crate::waits::Waits;

pub use present::Refusal;

/// A code that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Works {
    /// The code's name.
    pub identifier: Identifier,
    /// Until when; `None`: until used.
    pub expires: Option<Timestamp>,
    /// Whether it still waits to be confirmed.
    pub unconfirmed: bool,
}

/// Checks a code against the open wallet, and remembers when.
pub fn check(
    world: &mut World<'_>,
    waits: &mut Waits,
    session: &mut Session,
    code: &BackupCode,
) -> Result<Works, Refusal> {
    let now = world.clock.now();
    let wallet = session.wallet();
    let mut good = judge(world, waits, wallet, code, now)?;
    let identifier = code.identifier();
    let Some(entry) = good
        .record
        .codes
        .iter_mut()
        .find(|entry| entry.identifier == identifier)
    else {
        return Err(Refusal::WithoutKeychain { identifier });
    };
    entry.checked = Some(now);
    let works = Works {
        identifier,
        expires: entry.expires,
        unconfirmed: !entry.confirmed,
    };
    // The answer stands whether or not it can be remembered.
    let _ = good.record.write(world.keychain, wallet);
    session.note(now, Event::Checked { identifier });
    let _ = session.save(world);
    Ok(works)
}
