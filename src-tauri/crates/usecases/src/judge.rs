//! Judge a code that is to be checked or redeemed: one rule for both.

use std::io;
use std::time::Duration;

use code::{BackupCode, Identifier};
use thiserror::Error;
use wallet::store::{self, FolderError, LoadError};
use wallet::{Email, OpenError, Opened, Timestamp, WalletId};

use crate::World;
use crate::find::{self, FindError, Known};
use crate::life::{Moment, Standing};
use crate::record::{End, EndedCode, Record, RecordError};
use crate::settle;
use crate::waits::{Secret, Wait, Waits};

/// Whether a wrong code counts as a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It does: a checksum vouched for what was typed.
    Counts,
    /// A candidate that no checksum vouches for is judged by the verifier alone, and never counted.
    Candidate,
}

impl Tried {
    /// The code is not known here: counts the try, if it is one.
    fn unknown(
        self,
        world: &World<'_>,
        waits: &Waits,
        wallet: Option<WalletId>,
        identifier: Identifier,
    ) -> Refused {
        match self {
            Self::Counts => Refused::Unknown {
                identifier,
                wait: waits.failed(world, wallet, Secret::Code),
            },
            Self::Candidate => Refused::CandidateWrong { identifier },
        }
    }
}

/// Why a code does not open this wallet now, or could not be judged. It was not used up.
#[derive(Debug, Error)]
pub enum Refusal {
    /// The code was judged and does not work here and now.
    #[error(transparent)]
    Code(#[from] Refused),
    /// The try came too early.
    #[error(transparent)]
    Wait(#[from] Wait),
    /// The keychain cannot be reached, or its record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The wallet cannot be read.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The verifier accepts the code, but the slot does not open.
    #[error("the code's slot does not open")]
    Slot(#[source] OpenError),
}

/// What a code turned out to be that does not work here and now.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// The code was used, expired, or was revoked.
    #[error("the code has ended")]
    Ended(EndedCode),
    /// The code belongs to another wallet of this computer.
    #[error("the code is for another wallet")]
    OtherWallet {
        /// The code's name.
        identifier: Identifier,
        /// The wallet that knows it.
        wallet: WalletId,
        /// Its e-mail.
        email: Email,
    },
    /// No wallet here knows the code, or the characters are not those that were issued.
    #[error("no wallet here knows the code")]
    Unknown {
        /// The code's name.
        identifier: Identifier,
        /// The wait before the next try.
        wait: Duration,
    },
    /// The candidate for partly unreadable characters is not the code that was issued. No try was
    /// counted.
    #[error("the candidate is not the code")]
    CandidateWrong {
        /// The candidate's name.
        identifier: Identifier,
    },
    /// The wallet has the code's slot, but the keychain has no entry for it: it was issued on
    /// another computer, or the login was reset.
    #[error("this computer's keychain does not know the code")]
    WithoutKeychain {
        /// The code's name.
        identifier: Identifier,
    },
    /// The keychain knows the code, but the wallet file is an older copy without its slot.
    #[error("the wallet file is an older copy")]
    WithoutSlot {
        /// The code's name.
        identifier: Identifier,
    },
    /// The clock is too far behind the last use to judge a timed code.
    #[error("the clock is behind")]
    ClockBehind {
        /// The last authenticated use.
        last: Timestamp,
    },
}

impl From<FolderError> for Refusal {
    fn from(error: FolderError) -> Self {
        Self::Find(error.into())
    }
}

/// A code that opens its wallet.
pub(crate) struct Good {
    pub(crate) opened: Opened,
    pub(crate) record: Record,
}

/// The wallet that a code is to be judged for: the one that the person named, or for "I don't know
/// it" the one that knows the code.
pub(crate) fn locate(
    world: &World<'_>,
    waits: &Waits,
    named: Option<WalletId>,
    code: &BackupCode,
    tried: Tried,
) -> Result<WalletId, Refusal> {
    if let Some(named) = named {
        return Ok(named);
    }
    waits.check(world, None, Secret::Code)?;
    let found = by_code(world, code)?;
    Ok(found.ok_or_else(|| tried.unknown(world, waits, None, code.identifier()))?)
}

/// Judges a code as of the moment `at`. Needs the wallet's lock: another process must not be
/// redeeming it.
pub(crate) fn judge(
    world: &World<'_>,
    waits: &Waits,
    wallet: WalletId,
    code: &BackupCode,
    tried: Tried,
    at: Moment,
) -> Result<Good, Refusal> {
    let identifier = code.identifier();
    waits.check(world, Some(wallet), Secret::Code)?;
    let sealed = find::load(world, wallet)?;
    let header = sealed.header();
    let slots = || {
        header
            .code_slots
            .iter()
            .filter(|slot| slot.identifier == identifier)
    };
    // What a crash left is settled for the judgement only. Sign-in settles it for good.
    let mut record = Record::read_or_empty(world.keychain, wallet)?;
    settle::intent(&mut record, header);
    let Some(entry) = record.entry(identifier) else {
        let refused = match record.ended(identifier) {
            Some(ended) => Refused::Ended(*ended),
            None if slots().next().is_some() => Refused::WithoutKeychain { identifier },
            None => elsewhere(world, waits, wallet, identifier, tried)?,
        };
        return Err(refused.into());
    };
    if !entry.verifier.accepts(code) {
        return Err(tried.unknown(world, waits, Some(wallet), identifier).into());
    }
    match world.standing(wallet, identifier, entry.expires, at, record.last) {
        Standing::Works => {}
        Standing::Over { since } => {
            let state = End::Expired;
            let ended = EndedCode {
                identifier,
                state,
                at: since,
            };
            return Err(Refused::Ended(ended).into());
        }
        Standing::ClockBehind { last } => return Err(Refused::ClockBehind { last }.into()),
    }
    let mut refusal = Refused::WithoutSlot { identifier }.into();
    for slot in slots() {
        match sealed.open_with_code(slot.id, code, &entry.release) {
            Ok(opened) => {
                waits.succeeded(wallet, Secret::Code, Some(&mut record));
                return Ok(Good { opened, record });
            }
            Err(error) => refusal = Refusal::Slot(error),
        }
    }
    Err(refusal)
}

/// The wallet that knows the code, by its identifier; where several do, the one whose verifier
/// accepts it.
fn by_code(world: &World<'_>, code: &BackupCode) -> Result<Option<WalletId>, Refusal> {
    let found = find::wallets(world.disk, world.folder)?;
    let wallets = &found.known;
    let mut candidates = find::by_identifier(world.keychain, wallets, code.identifier());
    if candidates.is_empty() {
        unless_unread(world, &found.unreadable)?;
        candidates.extend(unless_unasked(world, wallets, code.identifier())?);
    }
    let accepts = |known: &&&Known| {
        Record::read(world.keychain, known.wallet)
            .is_ok_and(|record| record.is_some_and(|record| record.entry_of(code).is_some()))
    };
    let best = candidates.iter().find(accepts).or(candidates.first());
    Ok(best.map(|known| known.wallet))
}

/// "Unknown" would be a lie while a keychain that may know the code does not answer. One that did
/// not answer before, and does now, may know it.
fn unless_unasked<'a>(
    world: &World<'_>,
    wallets: &'a [Known],
    identifier: Identifier,
) -> Result<Option<&'a Known>, Refusal> {
    for known in wallets {
        let record = Record::read(world.keychain, known.wallet)?;
        if record.is_some_and(|record| record.names(identifier)) {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// "Unknown" would be a lie while the disk does not give a wallet that may know the code.
fn unless_unread(world: &World<'_>, unreadable: &[String]) -> Result<(), Refusal> {
    for name in unreadable {
        let error = match store::load(world.disk, &world.folder.join(name)) {
            Err(error @ LoadError::Io(_)) => error,
            // It can be read again, and the next try finds it.
            Ok(_) => LoadError::Io(io::ErrorKind::Interrupted.into()),
            Err(LoadError::Missing | LoadError::Format(_)) => continue,
        };
        return Err(FindError::Load(error).into());
    }
    Ok(())
}

/// The named wallet does not know the identifier: another one may.
fn elsewhere(
    world: &World<'_>,
    waits: &Waits,
    named: WalletId,
    identifier: Identifier,
    tried: Tried,
) -> Result<Refused, Refusal> {
    let found = find::wallets(world.disk, world.folder)?;
    let mut wallets = found.known;
    wallets.retain(|known| known.wallet != named);
    let mut others = find::by_identifier(world.keychain, &wallets, identifier);
    if others.is_empty() {
        unless_unread(world, &found.unreadable)?;
        others.extend(unless_unasked(world, &wallets, identifier)?);
    }
    if let Some(other) = others.first() {
        return Ok(Refused::OtherWallet {
            identifier,
            wallet: other.wallet,
            email: other.email.clone(),
        });
    }
    Ok(tried.unknown(world, waits, Some(named), identifier))
}
