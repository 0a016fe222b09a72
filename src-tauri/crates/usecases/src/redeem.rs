//! Redeem a code: it is burned only together with what it buys.
//!
//! | 1 keychain | 2 file | 3 keychain | 4 only now |
//! |---|---|---|---|
//! | intent "redeem, commit id" | new wallet key and password slot, no code slots, no TOTP; reopened through it | all entries erased → used | the wallet opens |

use std::time::Duration;

use code::{BackupCode, Identifier};
use thiserror::Error;
use wallet::store::{self, Access, LockError, WalletLock};
use wallet::{
    CommitId, Email, Event, KdfError, KdfParams, OpenError, Opened, Password, SetPasswordError,
    TwoStep, WalletId,
};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::drafts;
use crate::find;
use crate::judge::{Refusal, Tried, judge, locate};
use crate::life::Moment;
use crate::ports::KeychainError;
use crate::record::{Intent, Record, RecordError};
use crate::session::{InPlace, NotSaved, SaveError, Session, commit_over, note};
use crate::settle;
use crate::waits::{Secret, Wait, Waits};

/// How long an accepted code may be committed.
pub const ACCEPTED: Duration = Duration::from_secs(15 * 60);

/// Why a code was not accepted. It was not used up.
#[derive(Debug, Error)]
pub enum AcceptError {
    /// The code does not open the wallet now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
}

/// Why a redemption was not completed. Until [`RedeemError::InPlace`] the code and the wallet are
/// what they were before.
#[derive(Debug, Error)]
pub enum RedeemError {
    /// The code was accepted too long ago and has to be entered again.
    #[error("the code was accepted too long ago")]
    Over,
    /// The code does not open the wallet any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The password to be kept is not the current one.
    #[error("that is not the current password")]
    WrongPassword {
        /// The wait before the next try.
        wait: Duration,
    },
    /// The try came too early.
    #[error(transparent)]
    Wait(#[from] Wait),
    /// The keychain cannot be reached, or its record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The current password could not be checked.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The wallet could not be given a new key.
    #[error(transparent)]
    SetPassword(#[from] SetPasswordError),
    /// The new file could not be written.
    #[error(transparent)]
    NotSaved(#[from] NotSaved),
    /// The new file with the new password is in place, and could not be verified. A retry with that
    /// password continues from here.
    #[error(transparent)]
    InPlace(#[from] InPlace),
    /// The new file is in place since an earlier try, and this is not the password that was set
    /// then.
    #[error("the new password of the first try is set already")]
    FirstPassword {
        /// The wait before the next try.
        wait: Duration,
    },
}

impl From<KeychainError> for RedeemError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

impl From<SaveError> for RedeemError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::NotSaved(error) => Self::NotSaved(error),
            SaveError::InPlace(error) => Self::InPlace(error),
        }
    }
}

/// The password after the redemption.
pub enum Choice {
    /// A new one.
    New(Password),
    /// The current one, typed.
    Keep(Password),
}

impl Choice {
    fn password(&self) -> &Password {
        match self {
            Self::New(password) | Self::Keep(password) => password,
        }
    }
}

/// A code that was accepted in time, and the wallet's lock. Dropping it changes nothing.
pub struct Acceptance {
    wallet: WalletId,
    email: Email,
    code: BackupCode,
    tried: Tried,
    at: Moment,
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
        self.code.identifier()
    }

    /// The time since boot at which it ends.
    pub fn until(&self) -> Duration {
        self.until
    }
}

/// A redemption that was not completed.
pub struct NotRedeemed {
    /// The accepted code, for a retry; none once its time is over.
    pub acceptance: Option<Box<Acceptance>>,
    /// The reason.
    pub error: RedeemError,
}

/// The wallet that a code is to be redeemed for: the named one, or for "I don't know it" the one
/// that knows the code.
pub fn wallet_of(
    world: &World<'_>,
    waits: &Waits,
    named: Option<WalletId>,
    code: &BackupCode,
    tried: Tried,
) -> Result<WalletId, AcceptError> {
    Ok(locate(world, waits, named, code, tried)?)
}

/// Whether a code would be accepted for the wallet that is open, whose lock is held.
pub fn would_be_accepted(
    world: &World<'_>,
    waits: &Waits,
    wallet: WalletId,
    code: &BackupCode,
    tried: Tried,
) -> Result<(), AcceptError> {
    judge(world, waits, wallet, code, tried, world.moment())?;
    Ok(())
}

/// Accepts a code for redemption: verified, in time, and its slot opens.
pub fn accept(
    world: &World<'_>,
    waits: &Waits,
    wallet: WalletId,
    code: BackupCode,
    tried: Tried,
) -> Result<Acceptance, AcceptError> {
    let at = world.moment();
    // Before the lock, so that a missing wallet gets no lock file.
    find::load(world, wallet).map_err(Refusal::from)?;
    let lock = WalletLock::acquire(world.disk, &find::path(world, wallet))?;
    let good = judge(world, waits, wallet, &code, tried, at)?;
    Ok(Acceptance {
        wallet,
        email: good.opened.header().email.clone(),
        code,
        tried,
        at,
        until: at.since_boot.saturating_add(ACCEPTED),
        commit: None,
        lock,
    })
}

/// Commits the redemption of an accepted code and opens the wallet.
pub fn commit(
    world: &mut World<'_>,
    waits: &Waits,
    mut accepted: Acceptance,
    choice: &Choice,
    params: KdfParams,
) -> Result<Session, NotRedeemed> {
    // A retry finishes what may be in place, however late.
    if accepted.commit.is_none() && world.clock.since_boot() >= accepted.until {
        return Err(NotRedeemed {
            acceptance: None,
            error: RedeemError::Over,
        });
    }
    match redeem(world, waits, &mut accepted, choice, params) {
        Ok(redeemed) => {
            let path = find::path(world, accepted.wallet);
            if redeemed.settled {
                world.opened(redeemed.opened.header());
            }
            let access = Access::Write(accepted.lock);
            let session = Session::new(redeemed.opened, path, access, true);
            let mut session = session.of_the_owner(world.clock.since_boot());
            session.unsettled = !redeemed.settled;
            session.forget_generations = !redeemed.forgotten;
            drafts::tidy(world, &session);
            Ok(session)
        }
        Err(error) => Err(NotRedeemed {
            acceptance: Some(Box::new(accepted)),
            error,
        }),
    }
}

/// A redemption whose new file is in place and open.
struct Redeemed {
    opened: Opened,
    /// The keychain was told.
    settled: bool,
    /// The generations that the old password opens are removed.
    forgotten: bool,
}

fn redeem(
    world: &mut World<'_>,
    waits: &Waits,
    accepted: &mut Acceptance,
    choice: &Choice,
    params: KdfParams,
) -> Result<Redeemed, RedeemError> {
    let path = find::path(world, accepted.wallet);
    let retried = is_committed(world, accepted)?;
    match retried {
        true => store::make_durable(world.disk, &path).map_err(InPlace::NotVerified)?,
        false => replace(world, waits, accepted, choice, params)?,
    }
    let reopened = reopen(world, waits, accepted, choice.password(), retried)?;
    // The old password opens the generations before. They go while the intent still waits, so that
    // a crash here is settled at the next sign-in; what cannot be removed now goes after later
    // saves.
    let forgotten = store::forget_generations(world.disk, &path).is_ok();
    crate::kill::point("redeem/generations-forgotten");
    waits.succeeded(accepted.wallet, Secret::Password, None);
    // The file has spoken: the code is dead with its slot. A keychain that went away at this moment
    // is settled by the intent when it is back.
    let settled = settle(world, accepted).is_ok();
    crate::kill::point("redeem/keychain-settled");
    Ok(Redeemed {
        opened: reopened,
        settled,
        forgotten,
    })
}

/// Whether a commit that was tried before, and reported as failed, is in the file.
fn is_committed(world: &World<'_>, accepted: &Acceptance) -> Result<bool, RedeemError> {
    let Some(commit) = accepted.commit else {
        return Ok(false);
    };
    let path = find::path(world, accepted.wallet);
    let sealed = store::load(world.disk, &path).map_err(InPlace::Load)?;
    Ok(sealed.header().commit_id == commit)
}

/// Columns 1 and 2: the keychain is prepared and the file replaced.
fn replace(
    world: &mut World<'_>,
    waits: &Waits,
    accepted: &mut Acceptance,
    choice: &Choice,
    params: KdfParams,
) -> Result<(), RedeemError> {
    let (wallet, identifier) = (accepted.wallet, accepted.identifier());
    // Judged again, as of the time of acceptance.
    let good = judge(
        world,
        waits,
        wallet,
        &accepted.code,
        accepted.tried,
        accepted.at,
    )?;
    let (mut opened, mut record) = (good.opened, good.record);
    if let Choice::Keep(password) = choice {
        waits.check(world, Some(wallet), Secret::Password)?;
        if !opened.verify_password(password, world.memory)? {
            let wait = waits.failed(world, Some(wallet), Secret::Password);
            return Err(RedeemError::WrongPassword { wait });
        }
    }
    let now = world.clock.now();
    let path = find::path(world, wallet);
    let commit = CommitId::random(world.rng);
    let before = opened.fork();
    opened.set_password(world.rng, choice.password(), params, world.memory)?;
    if !is_planted(Break::SlotsKeptAtRedeem) {
        opened.remove_all_code_slots();
    }
    if matches!(opened.contents.two_step, TwoStep::On(_)) {
        opened.contents.two_step = TwoStep::OffAfterRecovery;
    }
    for other in record.codes.iter().map(|entry| entry.identifier) {
        if other != identifier {
            note(&mut opened, now, Event::Revoked { identifier: other });
        }
    }
    note(&mut opened, now, Event::Redeemed { identifier });

    crate::kill::point("redeem/begun");
    record.intent = Some(Intent {
        commit,
        identifier,
        at: now,
    });
    world.hold_store(wallet);
    record.write(world.keychain, wallet)?;
    if is_planted(Break::SettledFirst) {
        settle(world, accepted)?;
    }
    crate::kill::point("redeem/keychain-prepared");
    match commit_over(&before, &mut opened, world, &path, commit) {
        Ok(()) => {}
        Err(SaveError::NotSaved(error)) => {
            // Best effort: an intent whose commit id no header bears is dropped at the next
            // sign-in.
            record.intent = None;
            let _ = record.write(world.keychain, wallet);
            return Err(error.into());
        }
        Err(SaveError::InPlace(error)) => {
            accepted.commit = Some(commit);
            return Err(error.into());
        }
    }
    accepted.commit = Some(commit);
    crate::kill::point("redeem/file-committed");
    Ok(())
}

/// Opens the new file through its new password slot. After an earlier try that may be the password
/// of that try, and another one is refused.
fn reopen(
    world: &mut World<'_>,
    waits: &Waits,
    accepted: &Acceptance,
    password: &Password,
    retried: bool,
) -> Result<Opened, RedeemError> {
    let wallet = Some(accepted.wallet);
    if retried {
        waits.check(world, wallet, Secret::Password)?;
    }
    let path = find::path(world, accepted.wallet);
    let sealed = store::load(world.disk, &path).map_err(InPlace::Load)?;
    match sealed.open_with_password(password, world.memory) {
        Ok(opened) => Ok(opened),
        Err(OpenError::WrongPassword) if retried => Err(RedeemError::FirstPassword {
            wait: waits.failed(world, wallet, Secret::Password),
        }),
        Err(error) => Err(InPlace::Open(error).into()),
    }
}

/// Column 3: the keychain is settled.
fn settle(world: &World<'_>, accepted: &Acceptance) -> Result<(), RecordError> {
    let mut record = Record::read_or_empty(world.keychain, accepted.wallet)?;
    let now = world.clock.now();
    settle::redeemed(&mut record, accepted.identifier(), now);
    record.proved(now);
    Ok(record.write(world.keychain, accepted.wallet)?)
}
