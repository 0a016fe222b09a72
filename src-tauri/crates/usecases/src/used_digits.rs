//! The six digits open once (RFC 6238 §5.2).
//!
//! The last step whose digits were used is remembered for each wallet: in memory, and in the
//! keychain record for the next run. A keychain that is away keeps nobody out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use thiserror::Error;
use wallet::{TotpSecret, WalletId};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::record::Record;
use crate::session::Session;
use crate::totp;

/// Steps by which digits can be older than the last used ones while a clock that goes right still
/// accepts them. Older ones are accepted: the clock was set back, and nobody is to be locked out.
const WINDOW: u64 = 2;

/// Why six digits are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DigitsError {
    /// They are not those of now.
    #[error("wrong digits")]
    Wrong,
    /// They, or newer ones, were used already. This is not a wrong try.
    #[error("these digits were used already")]
    Used,
}

/// The last used step of each wallet, in this run of the app.
#[derive(Default)]
pub(crate) struct UsedDigits {
    // Never held over a keychain call.
    steps: Mutex<HashMap<WalletId, u64>>,
}

impl UsedDigits {
    /// Uses the digits up.
    pub(crate) fn take(
        &self,
        world: &World<'_>,
        wallet: WalletId,
        secret: &TotpSecret,
        digits: &str,
    ) -> Result<(), DigitsError> {
        let step = totp::step(secret, digits, world.clock.now()).ok_or(DigitsError::Wrong)?;
        let mut last = self.last(world, wallet).into_iter().flatten();
        let is_used = last.any(|last| step <= last && last - step <= WINDOW);
        if is_used && !is_planted(Break::DigitsTwice) {
            return Err(DigitsError::Used);
        }
        self.steps().insert(wallet, step);
        Ok(())
    }

    /// Copies the last used step to the record, for the next run.
    pub(crate) fn note(&self, wallet: WalletId, record: &mut Record) {
        if let Some(last) = self.steps().get(&wallet) {
            record.digits_step = Some(*last);
        }
    }

    /// Uses up the digits with which an authenticator was set up.
    pub(crate) fn set_up(&self, wallet: WalletId, step: u64) {
        self.steps().insert(wallet, step);
    }

    /// Copies the last used step to the wallet's record at once. Best effort: a keychain that would
    /// ask to be unlocked is left alone. A wallet without codes gets a record for it.
    pub(crate) fn keep(&self, world: &World<'_>, session: &Session) {
        let wallet = session.wallet();
        let record = match Record::read_silently(world.keychain, wallet) {
            Ok(Some(record)) => Some(record),
            Ok(None) if session.opened.header().code_slots.is_empty() => Some(Record::default()),
            Ok(None) | Err(_) => None,
        };
        if let Some(mut record) = record {
            self.note(wallet, &mut record);
            let _ = record.write_silently(world.keychain, wallet);
        }
    }

    /// The last step of this run, and the one in the record, which another program may have used.
    fn last(&self, world: &World<'_>, wallet: WalletId) -> [Option<u64>; 2] {
        let own = self.steps().get(&wallet).copied();
        let record = match own {
            Some(_) => Record::read_silently(world.keychain, wallet),
            None => Record::read(world.keychain, wallet),
        };
        let recorded = record.ok().flatten().and_then(|record| record.digits_step);
        [own, recorded]
    }

    fn steps(&self) -> MutexGuard<'_, HashMap<WalletId, u64>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
