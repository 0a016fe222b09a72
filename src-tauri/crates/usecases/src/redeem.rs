//! Redeem a code: it is burned only together with what it buys.
//!
//! | 1 keychain | 2 file | 3 keychain | 4 only now |
//! |---|---|---|---|
//! | intent "redeem, commit id" | new wallet key and password slot, no code slots, no TOTP; reopened through it | all entries erased → used | the wallet opens |

use std::time::Duration;

use code::{BackupCode, Identifier};
use thiserror::Error;
use wallet::Event;
use wallet::store::{self, LoadError, LockError, WalletLock};
use wallet::{
    CommitId, Email, KdfError, KdfParams, OpenError, Opened, Password, SetPasswordError, Timestamp,
    TwoStep, WalletId,
};

use crate::World;
use crate::find;
use crate::kits;
use crate::ports::KeychainError;
use crate::present::{judge, locate};
use crate::record::{Failures, Intent, Record, RecordError};
use crate::session::{SaveError, Session, note, save};
use crate::settle;
use crate::waits::{Secret, Wait, Waits};

pub use crate::present::{Refusal, Tried};

/// How long an accepted code may be committed.
pub const ACCEPTED: Duration = Duration::from_secs(15 * 60);

/// Why a code was not accepted, or its redemption not committed. The code is what it was before, unless the variant says
/// otherwise.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RedeemError {
    /// The code does not open the wallet now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The code was accepted too long ago; it has to be entered again.
    #[error("the code was accepted too long ago")]
    Over,
    /// No code was accepted.
    #[error("no code was accepted")]
    NotAccepted,
    /// The password that was typed to be kept is not the present one.
    #[error("that is not the present password")]
    NotThePresentPassword {
        /// The wait before the next try.
        wait: Duration,
    },
    /// The try came too early.
    #[error(transparent)]
    Wait(#[from] Wait),
    /// The keychain cannot be reached, or its record not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The present password could not be checked.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The wallet could not be given a new key.
    #[error(transparent)]
    SetPassword(#[from] SetPasswordError),
    /// The new file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The new file could not be read back. The code's entry was not erased; the same again goes on from there.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The new file did not open with the new password. The code's entry was not erased.
    #[error("the new wallet file did not open")]
    Reopen(#[source] OpenError),
}

impl From<KeychainError> for RedeemError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// The password after the redemption.
pub enum Choice {
    /// A new one.
    New(Password),
    /// The present one, typed.
    Keep(Password),
}

/// A code that was accepted in time. Nothing has changed yet; dropping it changes nothing.
pub struct Acceptance {
    wallet: WalletId,
    email: Email,
    identifier: Identifier,
    at: Timestamp,
    until: Duration,
    /// The commit that was tried and may be in the file.
    commit: Option<CommitId>,
    lock: WalletLock,
}

impl Acceptance {
    /// The wallet that the code opens.
    pub fn wallet(&self) -> WalletId {
        self.wallet
    }

    /// Its e-mail.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// The code's name.
    pub fn identifier(&self) -> Identifier {
        self.identifier
    }
}

/// Accepts a code for redemption: verified, in time, and its slot opens. `wallet` is the one that the person named,
/// `None` for "I don't know it".
pub fn accept(
    world: &mut World<'_>,
    waits: &mut Waits,
    wallet: Option<WalletId>,
    code: &BackupCode,
    tried: Tried,
) -> Result<Acceptance, RedeemError> {
    let at = world.clock.now();
    let wallet = locate(world, waits, wallet, code, tried)?;
    // Before the lock, so that a wallet that is not there gets no lock file.
    find::load(world, wallet).map_err(Refusal::from)?;
    let lock = WalletLock::acquire(world.disk, &find::path(world, wallet))?;
    let good = judge(world, waits, wallet, code, tried, at)?;
    Ok(Acceptance {
        wallet,
        email: good.opened.header().email.clone(),
        identifier: code.identifier(),
        at,
        until: world.clock.since_boot().saturating_add(ACCEPTED),
        commit: None,
        lock,
    })
}

/// Commits the redemption of an accepted code and opens the wallet. After an error the acceptance stays, to be tried again
/// until its time is over.
pub fn commit(
    world: &mut World<'_>,
    waits: &mut Waits,
    acceptance: &mut Option<Acceptance>,
    code: &BackupCode,
    tried: Tried,
    choice: &Choice,
    params: KdfParams,
) -> Result<Session, RedeemError> {
    let mut accepted = acceptance.take().ok_or(RedeemError::NotAccepted)?;
    if world.clock.since_boot() >= accepted.until {
        return Err(RedeemError::Over);
    }
    let (Choice::New(password) | Choice::Keep(password)) = choice;
    let replaced = match is_committed(world, &accepted) {
        Ok(true) => Ok(()),
        Ok(false) => replace(world, waits, &mut accepted, code, tried, choice, params),
        Err(error) => Err(error),
    };
    match replaced.and_then(|()| finish(world, waits, &accepted, password)) {
        Ok((opened, settled)) => {
            let path = find::path(world, accepted.wallet);
            let mut session = Session::new(opened, path, accepted.lock, true);
            session.unsettled = !settled;
            // Every code is dead, and its kit goes.
            kits::refresh(world, &mut session);
            Ok(session)
        }
        Err(error) => {
            *acceptance = Some(accepted);
            Err(error)
        }
    }
}

/// Whether a commit that was tried before, and reported as failed, is in the file.
fn is_committed(world: &World<'_>, accepted: &Acceptance) -> Result<bool, RedeemError> {
    let Some(commit) = accepted.commit else {
        return Ok(false);
    };
    let sealed = find::load(world, accepted.wallet).map_err(Refusal::from)?;
    Ok(sealed.header().commit_id == commit)
}

/// The keychain is prepared and the file replaced.
fn replace(
    world: &mut World<'_>,
    waits: &mut Waits,
    accepted: &mut Acceptance,
    code: &BackupCode,
    tried: Tried,
    choice: &Choice,
    params: KdfParams,
) -> Result<(), RedeemError> {
    let (wallet, identifier) = (accepted.wallet, accepted.identifier);
    // Judged again, as of the time of acceptance.
    let mut good = judge(world, waits, wallet, code, tried, accepted.at)?;
    let opened = &mut good.opened;
    let record = &mut good.record;
    let password = match choice {
        Choice::New(password) => password,
        Choice::Keep(password) => {
            waits.check(world, Some(wallet), Secret::Password)?;
            if !opened.verify_password(password, world.memory)? {
                let wait = waits.failed(world, Some(wallet), Secret::Password);
                return Err(RedeemError::NotThePresentPassword { wait });
            }
            password
        }
    };
    let now = world.clock.now();
    let path = find::path(world, wallet);
    let commit = CommitId::random(world.rng);
    opened.set_password(world.rng, password, params, world.memory)?;
    opened.remove_all_code_slots();
    if matches!(opened.contents.two_step, TwoStep::On(_)) {
        opened.contents.two_step = TwoStep::OffAfterRecovery;
    }
    for other in record.codes.iter().map(|entry| entry.identifier) {
        if other != identifier {
            note(opened, now, Event::Revoked { identifier: other });
        }
    }
    note(opened, now, Event::Redeemed { identifier });

    crate::kill::point("redeem/begun");
    record.intent = Some(Intent {
        commit,
        identifier,
        at: now,
    });
    record.write(world.keychain, wallet)?;
    crate::kill::point("redeem/keychain-prepared");
    accepted.commit = Some(commit);
    if let Err(error) = save(opened, world, &path, commit) {
        // A file that may stay is for the intent to settle. Otherwise it is dropped; best effort, since one whose commit
        // id no header bears is dropped at the next sign-in as well.
        if !error.may_stay() {
            record.intent = None;
            let _ = record.write(world.keychain, wallet);
        }
        return Err(error.into());
    }
    crate::kill::point("redeem/file-committed");
    Ok(())
}

/// The new file is opened through its new password slot, and the keychain settled. Says whether the keychain took it.
fn finish(
    world: &mut World<'_>,
    waits: &mut Waits,
    accepted: &Acceptance,
    password: &Password,
) -> Result<(Opened, bool), RedeemError> {
    let path = find::path(world, accepted.wallet);
    let reopened = store::load(world.disk, &path)?
        .open_with_password(password, world.memory)
        .map_err(RedeemError::Reopen)?;
    // The old password opens the generations before. They go while the intent still waits, so that a crash here is made
    // good at the next sign-in; what cannot be removed at all goes with the next saves.
    let _ = store::forget_generations(world.disk, &path);
    crate::kill::point("redeem/generations-forgotten");
    waits.succeeded(accepted.wallet, Secret::Password, None);
    // The file has spoken: the code is dead with its slot. A keychain that went away in this moment is settled by the
    // intent when it is back.
    let settled = settle(world, accepted).is_ok();
    crate::kill::point("redeem/keychain-settled");
    Ok((reopened, settled))
}

fn settle(world: &World<'_>, accepted: &Acceptance) -> Result<(), RecordError> {
    let mut record = Record::read(world.keychain, accepted.wallet)?.unwrap_or_default();
    let now = world.clock.now();
    settle::redeemed(&mut record, accepted.identifier, now);
    record.last = Some(now);
    record.password_failures = Failures::default();
    record.code_failures = Failures::default();
    Ok(record.write(world.keychain, accepted.wallet)?)
}
