//! Judge a code that is to be checked or redeemed: one rule for both.

use std::time::Duration;

use code::{BackupCode, Identifier};
use thiserror::Error;
use wallet::store::{FolderError, LoadError};
use wallet::{Email, Header, OpenError, Opened, Timestamp, WalletId};

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
    /// The code was used, expired, or was ended. With the name of the code that works now instead,
    /// if there is one.
    #[error("the code has ended")]
    Ended(EndedCode, Option<Identifier>),
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
            Some(ended) => Refused::Ended(*ended, newest(world, wallet, header, &record, at)),
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
            // Of two live codes only the confirmed one has a sheet that somebody kept.
            let newest = newest(world, wallet, header, &record, at);
            let other = newest.filter(|newest| *newest != identifier);
            return Err(Refused::Ended(ended, other).into());
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

/// The confirmed code that opens the wallet now.
pub(crate) fn newest(
    world: &World<'_>,
    wallet: WalletId,
    header: &Header,
    record: &Record,
    at: Moment,
) -> Option<Identifier> {
    let entry = record.confirmed()?;
    let standing = world.standing(wallet, entry.identifier, entry.expires, at, record.last);
    let mut slots = header.code_slots.iter();
    let opens = slots.any(|slot| slot.identifier == entry.identifier);
    (opens && matches!(standing, Standing::Works)).then_some(entry.identifier)
}

/// The wallet that knows the code, by its identifier; where several do, the one whose verifier
/// accepts it.
fn by_code(world: &World<'_>, code: &BackupCode) -> Result<Option<WalletId>, Refusal> {
    let found = find::wallets(world.disk, world.folder)?;
    let candidates = find::by_identifier(world.keychain, &found.known, code.identifier());
    let accepts = |known: &&&Known| {
        Record::read(world.keychain, known.wallet)
            .is_ok_and(|record| record.is_some_and(|record| record.entry_of(code).is_some()))
    };
    match candidates.iter().find(accepts).or(candidates.first()) {
        Some(known) => Ok(Some(known.wallet)),
        None => by_record(world, &found, None, code.identifier()),
    }
}

/// The wallet, other than `but`, whose record names the code although nothing said so at first:
/// its file did not open, or its keychain did not answer a moment ago. "Unknown" would be a lie
/// while such a record may be there.
fn by_record(
    world: &World<'_>,
    found: &find::Wallets,
    but: Option<WalletId>,
    identifier: Identifier,
) -> Result<Option<WalletId>, Refusal> {
    let known = found.known.iter().map(|known| known.wallet);
    let wallets = known.chain(found.unopened());
    for wallet in wallets.filter(|wallet| Some(*wallet) != but) {
        match Record::read(world.keychain, wallet) {
            Ok(Some(record)) if record.names(identifier) => return Ok(Some(wallet)),
            // What is damaged names nothing, and says nothing of a code of another wallet.
            Ok(_) | Err(RecordError::Damaged) => {}
            Err(
                error @ (RecordError::Keychain(_)
                | RecordError::NewerVersion
                | RecordError::Disk(_)),
            ) => return Err(error.into()),
        }
    }
    Ok(None)
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
    let others = find::by_identifier(world.keychain, &found.known, identifier);
    let other = others.iter().find(|known| known.wallet != named);
    let other = match other {
        Some(other) => Some((other.wallet, other.email.clone())),
        None => match by_record(world, &found, Some(named), identifier)? {
            Some(wallet) => email_of(world, &found, wallet)?.map(|email| (wallet, email)),
            None => None,
        },
    };
    Ok(match other {
        Some((wallet, email)) => Refused::OtherWallet {
            identifier,
            wallet,
            email,
        },
        None => tried.unknown(world, waits, Some(named), identifier),
    })
}

/// The e-mail of a wallet whose file may not open; `None` where no file tells it.
fn email_of(
    world: &World<'_>,
    found: &find::Wallets,
    wallet: WalletId,
) -> Result<Option<Email>, Refusal> {
    if let Some(lost) = found.lost.iter().find(|lost| lost.wallet == wallet) {
        return Ok(Some(lost.email.clone()));
    }
    match find::load(world, wallet) {
        Ok(sealed) => Ok(Some(sealed.header().email.clone())),
        Err(FindError::Load(LoadError::Missing | LoadError::Format(_))) => Ok(None),
        Err(error @ FindError::Load(LoadError::Io(_)) | error @ FindError::Folder(_)) => {
            Err(error.into())
        }
    }
}
