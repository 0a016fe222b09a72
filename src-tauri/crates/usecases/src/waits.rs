//! Waits after wrong passwords, digits and codes. They are lengths, survive restarts, and never
//! destroy anything: a last resort must not be one that a passer-by can void.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use thiserror::Error;
use wallet::WalletId;

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::record::{Failures, InRun, Record};
use crate::used_digits::UsedDigits;

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Secret {
    /// A password, or the six digits after it.
    Password,
    /// A backup code.
    Code,
}

impl Secret {
    const fn longest(self) -> Duration {
        match self {
            Self::Password => Duration::from_secs(5 * 60),
            Self::Code => Duration::from_secs(30),
        }
    }

    /// The wait after this many failures in a row: 1 s, doubling.
    pub fn wait(self, failures: u32) -> Duration {
        match failures {
            0 => Duration::ZERO,
            n => Duration::from_secs(1 << (n - 1).min(31)).min(self.longest()),
        }
    }

    fn of(self, record: &mut Record) -> &mut Failures {
        match self {
            Self::Password => &mut record.password_failures,
            Self::Code => &mut record.code_failures,
        }
    }
}

/// A try came too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the next try has to wait {} s", .left.as_secs())]
pub struct Wait {
    /// What is left of the wait.
    pub left: Duration,
}

#[derive(Clone, Copy)]
struct Gate {
    failures: u32,
    /// By the clock that runs since boot.
    opens: Duration,
}

/// The waits of this run of the app. What the keychain record knows is taken over at the first
/// look; without a keychain they hold for this run.
#[derive(Default)]
pub struct Waits {
    // Never held over a keychain call.
    gates: Mutex<HashMap<(Option<WalletId>, Secret), Gate>>,
    /// What has to be waited for after digits were used is the next ones.
    pub(crate) used_digits: UsedDigits,
}

impl Waits {
    /// Fails while a wait lasts. `wallet` is `None` for a code that belongs to no wallet of this
    /// computer.
    pub fn check(
        &self,
        world: &World<'_>,
        wallet: Option<WalletId>,
        secret: Secret,
    ) -> Result<(), Wait> {
        let uptime = world.clock.since_boot();
        let gate = self.gate(world, wallet, secret);
        match gate.opens.checked_sub(uptime) {
            Some(left) if !left.is_zero() => Err(Wait { left }),
            _ => Ok(()),
        }
    }

    /// Counts a failure and gives the wait that it starts.
    pub fn failed(&self, world: &World<'_>, wallet: Option<WalletId>, secret: Secret) -> Duration {
        let uptime = world.clock.since_boot();
        if secret == Secret::Password && is_planted(Break::WrongPasswordNotCounted) {
            return secret.wait(1);
        }
        let gate = self.gate(world, wallet, secret);
        let failures = gate.failures.saturating_add(1);
        let wait = secret.wait(failures);
        let opens = uptime.saturating_add(wait);
        self.set(wallet, secret, Gate { failures, opens });
        if let Some(wallet) = wallet {
            // Best effort: a keychain that is away must not keep anybody from trying again.
            let _ = remember(world, wallet, |record| {
                *secret.of(record) = Failures {
                    count: failures,
                    at: Some(world.clock.now()),
                    run: InRun::now(world.clock),
                };
                record.failed_tries = record.failed_tries.saturating_add(1);
            });
        }
        wait
    }

    /// Ends the waits for this secret.
    pub fn succeeded(&self, wallet: WalletId, secret: Secret, record: Option<&mut Record>) {
        let open = Gate {
            failures: 0,
            opens: Duration::ZERO,
        };
        self.set(Some(wallet), secret, open);
        if let Some(record) = record {
            *secret.of(record) = Failures::default();
        }
    }

    fn gate(&self, world: &World<'_>, wallet: Option<WalletId>, secret: Secret) -> Gate {
        if let Some(gate) = self.gates().get(&(wallet, secret)) {
            return *gate;
        }
        let known = wallet
            .and_then(|wallet| Record::read(world.keychain, wallet).ok().flatten())
            .map(|mut record| *secret.of(&mut record))
            .unwrap_or_default();
        let left = left_after_restart(known, secret, InRun::now(world.clock));
        let gate = Gate {
            failures: known.count,
            // Without a wait the gate is open at once: the caller read the clock before this.
            opens: match left {
                Duration::ZERO => Duration::ZERO,
                left => world.clock.since_boot().saturating_add(left),
            },
        };
        *self.gates().entry((wallet, secret)).or_insert(gate)
    }

    fn set(&self, wallet: Option<WalletId>, secret: Secret, gate: Gate) {
        self.gates().insert((wallet, secret), gate);
    }

    fn gates(&self) -> MutexGuard<'_, HashMap<(Option<WalletId>, Secret), Gate>> {
        self.gates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is left of a wait when the app starts: never more than its length. Only the time counts
/// that passed by a clock that nobody can set. After a restart of the computer, and where the
/// system does not name its runs, that is none.
fn left_after_restart(failures: Failures, secret: Secret, now: Option<InRun>) -> Duration {
    let passed = match (failures.run, now) {
        (Some(failed), Some(now)) if failed.boot == now.boot => {
            now.seconds.saturating_sub(failed.seconds)
        }
        _ => 0,
    };
    let length = secret.wait(failures.count);
    length.saturating_sub(Duration::from_secs(passed))
}

fn remember(
    world: &World<'_>,
    wallet: WalletId,
    change: impl FnOnce(&mut Record),
) -> Result<(), crate::record::RecordError> {
    let mut record = Record::read_or_empty(world.keychain, wallet)?;
    change(&mut record);
    Ok(record.write(world.keychain, wallet)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_a_second_to_their_longest() {
        let codes: Vec<_> = (0..8).map(|n| Secret::Code.wait(n).as_secs()).collect();
        assert_eq!(codes, [0, 1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(Secret::Password.wait(9).as_secs(), 256);
        assert_eq!(Secret::Password.wait(10).as_secs(), 300);
        assert_eq!(Secret::Password.wait(u32::MAX).as_secs(), 300);
    }

    #[test]
    fn after_a_restart_a_wait_is_never_longer_than_its_length() {
        let failures = Failures {
            count: 6,
            at: None,
            run: Some(InRun {
                boot: 1,
                seconds: 1_000,
            }),
        };
        let left = |boot, seconds| {
            let now = Some(InRun { boot, seconds });
            left_after_restart(failures, Secret::Code, now).as_secs()
        };
        assert_eq!(left(1, 1_000), 30);
        assert_eq!(left(1, 1_010), 20);
        assert_eq!(left(1, 2_000), 0);
        assert_eq!(left(1, 0), 30);
        assert_eq!(left(2, 2_000), 30);
        assert_eq!(
            left_after_restart(failures, Secret::Code, None).as_secs(),
            30
        );
    }
}
