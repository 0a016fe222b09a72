//! Issue a code.
//!
//! | 1 keychain | 2 file | 3 keychain | 4 only now |
//! |---|---|---|---|
//! | entry added beside the live ones | slot added; reopened through it | replaced unconfirmed entries erased | shown |

use code::{BackupCode, Identifier};
use rand::RngExt as _;
use thiserror::Error;
use wallet::Event;
use wallet::store::{self, LoadError, StoreError};
use wallet::{OpenError, ReleaseKey, SlotId, Timestamp};

use crate::World;
use crate::find;
use crate::identity::{self, IdentityNeeded};
use crate::life::{Life, dies_sooner};
use crate::ports::KeychainError;
use crate::record::{End, Entry, MOST_CODES, Record, RecordError};
use crate::session::{SaveError, Session, Shown};
use crate::verifier::{Verifier, VerifierError};

/// The groups that can be asked back: the first two carry the identifier, the last three the checksum.
const ASKED: std::ops::RangeInclusive<usize> = 3..=9;

/// Why no code was issued. What was live before is live still.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IssueError {
    /// The person has not confirmed who they are in the last minutes.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// The new code would die sooner than the one that it replaces, which needs a consent that names both.
    #[error("the new code would stop working before the one that it replaces")]
    DiesSooner {
        /// The live code.
        identifier: Identifier,
        /// When the live code ends; `None`: until used.
        old: Option<Timestamp>,
        /// When the new one would end.
        new: Option<Timestamp>,
    },
    /// The keychain cannot be reached, or its record not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// No memory to hash the code.
    #[error(transparent)]
    Verifier(#[from] VerifierError),
    /// The wallet could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The saved file could not be read back.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The saved file did not open with the code.
    #[error("the saved wallet did not open with the new code")]
    Reopen(#[source] OpenError),
    /// The folder of wallets could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<KeychainError> for IssueError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// Issues a code and puts it on the screen. It works at once and is unconfirmed until the person shows that they kept it.
pub fn issue(
    world: &mut World<'_>,
    session: &mut Session,
    life: Life,
    sooner_is_fine: bool,
) -> Result<(), IssueError> {
    identity::fresh(world, session)?;
    let wallet = session.wallet();
    let mut record = match Record::read(world.keychain, wallet) {
        // A record that cannot be read holds nothing that could be kept.
        Ok(None) | Err(RecordError::Damaged) => Record::default(),
        Ok(Some(record)) => record,
        Err(error) => return Err(error.into()),
    };
    let issued = world.clock.now();
    let expires = life.end(issued);
    let replaced = record
        .confirmed()
        .map(|entry| (entry.identifier, entry.expires));
    if let Some((identifier, old)) = replaced
        && dies_sooner(expires, old)
        && !sooner_is_fine
    {
        return Err(IssueError::DiesSooner {
            identifier,
            old,
            new: expires,
        });
    }

    let code = generate(world, &record)?;
    let identifier = code.identifier();
    make_room(&mut record, issued);
    record.last = Some(issued);
    record.codes.push(Entry {
        identifier,
        verifier: Verifier::make(world.rng, &code)?,
        release: ReleaseKey::random(world.rng),
        issued,
        expires,
        threshold: 0,
        confirmed: false,
        checked: None,
    });

    crate::kill::point("issue/begun");
    record.write(world.keychain, wallet)?;
    crate::kill::point("issue/keychain-prepared");
    if let Err(error) = commit(world, session, &record, &code, issued) {
        // Best effort: an unconfirmed entry without a slot is dropped at the next sign-in as well.
        record.codes.retain(|entry| entry.identifier != identifier);
        let _ = record.write(world.keychain, wallet);
        return Err(error);
    }
    crate::kill::point("issue/file-committed");

    replace_unconfirmed(world, session, &mut record, identifier, issued);
    crate::kill::point("issue/keychain-settled");
    session.identity_until = None;
    session.shown = Some(Shown {
        code,
        issued,
        expires,
        ask_group: world.rng.random_range(ASKED),
        replaces: replaced.map(|(identifier, _)| identifier),
    });
    Ok(())
}

/// A fresh code whose identifier nothing on this computer bears.
fn generate(world: &mut World<'_>, record: &Record) -> Result<BackupCode, IssueError> {
    let wallets = find::wallets(world.disk, world.folder)?;
    let mut known: Vec<Identifier> = Vec::new();
    let mut learn = |record: &Record| {
        known.extend(record.codes.iter().map(|entry| entry.identifier));
        known.extend(record.outcomes.iter().map(|outcome| outcome.identifier));
    };
    learn(record);
    for other in &wallets.known {
        if let Ok(Some(record)) = Record::read(world.keychain, other.wallet) {
            learn(&record);
        }
    }
    known.extend(
        wallets
            .known
            .iter()
            .flat_map(|wallet| wallet.slots.iter().copied()),
    );
    Ok(BackupCode::generate(world.rng, &|identifier| {
        known.contains(&identifier)
    }))
}

/// Left-overs of interrupted issues make room, oldest first; the newest unconfirmed code stands until this one does.
fn make_room(record: &mut Record, now: Timestamp) {
    while record.codes.len() >= MOST_CODES {
        let oldest = record
            .codes
            .iter()
            .find(|entry| !entry.confirmed)
            .or(record.codes.first());
        let Some(identifier) = oldest.map(|entry| entry.identifier) else {
            return;
        };
        record.end(identifier, End::Revoked, now);
    }
}

/// The file's part: the slot is added, the file replaced, and opened again from disk through the new slot.
fn commit(
    world: &mut World<'_>,
    session: &mut Session,
    record: &Record,
    code: &BackupCode,
    now: Timestamp,
) -> Result<(), IssueError> {
    let Some(Entry { release, .. }) = record.entry(code.identifier()) else {
        return Ok(());
    };
    let keychain = session.opened.header().keychain.clone();
    let lines = session.opened.contents.log.len();
    session.opened.set_keychain(world.keychain.kind().name());
    let slot = match session.opened.add_code_slot(world.rng, code, release) {
        Ok(slot) => slot,
        Err(error) => {
            session.opened.set_keychain(&keychain);
            return Err(SaveError::from(error).into());
        }
    };
    session.note(
        now,
        Event::Issued {
            identifier: code.identifier(),
        },
    );
    let saved = session.save(world).map_err(IssueError::from);
    let done = saved.and_then(|()| reopen(world, session, slot, code, release));
    if done.is_err() {
        session.opened.remove_code_slot(slot);
        session.opened.set_keychain(&keychain);
        session.opened.contents.log.truncate(lines);
    }
    done
}

fn reopen(
    world: &World<'_>,
    session: &Session,
    slot: SlotId,
    code: &BackupCode,
    release: &ReleaseKey,
) -> Result<(), IssueError> {
    let sealed = store::load(world.disk, &session.path)?;
    sealed
        .open_with_code(slot, code, release)
        .map_err(IssueError::Reopen)?;
    Ok(())
}

/// The newest stands: the unconfirmed ones before it are erased, then their slots go. A keychain that went away in this
/// moment leaves one more live code, which the next issue or confirmation erases.
fn replace_unconfirmed(
    world: &mut World<'_>,
    session: &mut Session,
    record: &mut Record,
    newest: Identifier,
    now: Timestamp,
) {
    let older: Vec<_> = record
        .codes
        .iter()
        .filter(|entry| !entry.confirmed && entry.identifier != newest)
        .map(|entry| entry.identifier)
        .collect();
    for identifier in &older {
        record.end(*identifier, End::Revoked, now);
    }
    if !older.is_empty()
        && record.write(world.keychain, session.wallet()).is_ok()
        && crate::settle::clean_slots(session, record)
    {
        let _ = session.save(world);
    }
}
