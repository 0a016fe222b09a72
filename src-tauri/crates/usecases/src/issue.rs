//! Issue a code.
//!
//! | 1 keychain | 2 file | 3 keychain | 4 only now |
//! |---|---|---|---|
//! | entry added beside the live ones | slot added; reopened through it | replaced unconfirmed entries erased | shown |

use std::path::PathBuf;

use code::{BackupCode, Identifier, SetSize, Share};
use thiserror::Error;
use wallet::Event;
use wallet::store::{self, LoadError, StoreError};
use wallet::{OpenError, Opened, ReleaseKey, SlotId, Timestamp};
use zeroize::Zeroizing;

use crate::World;
use crate::find;
use crate::identity::{self, IdentityNeeded};
use crate::kits::{self, KitError};
use crate::life::{Life, dies_sooner};
use crate::ports::KeychainError;
use crate::record::{End, Entry, Record, RecordError};
use crate::session::{SaveError, Session};
use crate::settle;
use crate::shown::{Carried, Shown, ShownSheet};
use crate::verifier::{Verifier, VerifierError};

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
    /// A kit and pages are copies that no program can end: only a code that works until it is used may have them.
    #[error("a code that ends by itself cannot have a kit or pages")]
    CopyOutlives,
    /// No kit could be made.
    #[error(transparent)]
    Kit(#[from] KitError),
    /// The folder of wallets could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IssueError {
    /// The new file may be in place nevertheless.
    fn may_stay(&self) -> bool {
        match self {
            Self::Save(error) => error.may_stay(),
            Self::Load(_) | Self::Reopen(_) => true,
            _ => false,
        }
    }
}

impl From<KeychainError> for IssueError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// What a code is to be.
#[derive(Clone)]
pub struct Terms {
    /// How long it works.
    pub life: Life,
    /// The set that it is split into; none for one sheet.
    pub set: Option<SetSize>,
    /// The folder that its recovery kit is made in; none where it works on this computer alone.
    pub kit: Option<PathBuf>,
    /// Recovery pages are to be made of it while it is shown.
    pub pages: bool,
}

/// Issues a code on these terms and puts it on the screen. It works at once and is unconfirmed until the
/// person shows that they kept it.
pub fn issue(
    world: &mut World<'_>,
    session: &mut Session,
    terms: &Terms,
    sooner_is_fine: bool,
) -> Result<(), IssueError> {
    identity::fresh(world, session)?;
    let Terms {
        life, kit, pages, ..
    } = terms;
    if (kit.is_some() || *pages) && *life != Life::UntilUsed {
        return Err(IssueError::CopyOutlives);
    }
    let mut record = match settle::record(world, session) {
        // A record that cannot be read holds nothing that could be kept.
        Ok(None) | Err(RecordError::Damaged) => Record::default(),
        Ok(Some(record)) => record,
        Err(error) => return Err(error.into()),
    };
    let issued = world.clock.now();
    let expires = life.end(issued);
    settle::drop_never_shown(&mut record, session.opened.header(), issued);
    let replaces = record.confirmed().map(|entry| entry.identifier);
    let outlives = record
        .confirmed()
        .into_iter()
        .chain(record.unconfirmed())
        .find(|entry| dies_sooner(expires, entry.expires));
    if let Some(entry) = outlives.filter(|_| !sooner_is_fine) {
        return Err(IssueError::DiesSooner {
            identifier: entry.identifier,
            old: entry.expires,
            new: expires,
        });
    }

    let (code, shares) = generate(world, &record, terms)?;
    if let Some(parent) = kit {
        let place = kits::make(world, &session.opened, &code, parent)?;
        session.opened.contents.kits.push(place);
    }
    let born = Born {
        code,
        shares,
        issued,
        expires,
        replaces,
    };
    let issued = go_live(world, session, record, born, terms);
    if issued.is_err() {
        // The kit of a code that has no slot is dead, and goes.
        kits::refresh(world, session);
    }
    issued
}

/// A code that nothing knows yet but its kit.
struct Born {
    code: BackupCode,
    shares: Vec<Share>,
    issued: Timestamp,
    expires: Option<Timestamp>,
    replaces: Option<Identifier>,
}

/// The three columns, and the screen.
fn go_live(
    world: &mut World<'_>,
    session: &mut Session,
    mut record: Record,
    born: Born,
    terms: &Terms,
) -> Result<(), IssueError> {
    let Born {
        code,
        shares,
        issued,
        expires,
        replaces,
    } = born;
    let (wallet, identifier) = (session.wallet(), code.identifier());
    let set = terms.set;
    record.last = Some(issued);
    let release = ReleaseKey::random(world.rng);
    record.codes.push(Entry {
        identifier,
        verifier: Verifier::make(world.rng, &code)?,
        // Exposed to go into the keychain.
        release: ReleaseKey::from_bytes(Zeroizing::new(*release.expose())),
        issued,
        expires,
        threshold: set.map_or(0, SetSize::needed),
        sheets: set.map_or(0, SetSize::sheets),
        confirmed: false,
        checked: None,
    });

    crate::kill::point("issue/begun");
    record.write(world.keychain, wallet)?;
    crate::kill::point("issue/keychain-prepared");
    let committed = match commit(world, session, &release, &code, issued) {
        Ok(committed) => committed,
        Err(error) => {
            if error.may_stay() {
                // Its slot may be in the file, and is removed at the next sign-in by the end that is remembered here.
                record.end(identifier, End::Revoked, issued);
            } else {
                record.codes.retain(|entry| entry.identifier != identifier);
            }
            // Best effort: what the keychain does not take now is dropped at the next sign-in as well.
            let _ = record.write(world.keychain, wallet);
            return Err(error);
        }
    };
    crate::kill::point("issue/file-committed");

    replace_unconfirmed(world, session, &mut record, committed, identifier, issued)?;
    crate::kill::point("issue/keychain-settled");
    session.identity_until = None;
    session.shown = Some(Shown {
        identifier,
        set,
        sheets: sheets_of(world, code, shares),
        issued,
        expires,
        replaces,
        kit: terms.kit.is_some(),
        pages: terms.pages,
        remade: false,
    });
    Ok(())
}

/// A fresh code whose identifier nothing on this computer bears, and the shares of its set.
fn generate(
    world: &mut World<'_>,
    record: &Record,
    terms: &Terms,
) -> Result<(BackupCode, Vec<Share>), IssueError> {
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
    let disk = world.disk;
    let known = |identifier| {
        let folder = terms.kit.as_ref().map(|in_| kits::folder(in_, identifier));
        known.contains(&identifier)
            || folder.is_some_and(|folder| disk.exists(&folder).unwrap_or(false))
    };
    Ok(match terms.set {
        Some(size) => BackupCode::generate_set(world.rng, &known, size),
        None => (BackupCode::generate(world.rng, &known), Vec::new()),
    })
}

/// What is shown: the shares of a set, or the code itself.
fn sheets_of(world: &mut World<'_>, code: BackupCode, shares: Vec<Share>) -> Vec<ShownSheet> {
    let carried = if shares.is_empty() {
        vec![Carried::Code(code)]
    } else {
        shares.into_iter().map(Carried::Share).collect()
    };
    carried
        .into_iter()
        .map(|carried| ShownSheet::new(world.rng, carried))
        .collect()
}

/// The wallet as it is in the new file, and what takes the new code out of it again.
struct Committed {
    opened: Opened,
    slot: SlotId,
    keychain_before: String,
}

/// The file's part: the slot is added, the file replaced, and opened again from disk through the new slot.
fn commit(
    world: &mut World<'_>,
    session: &mut Session,
    release: &ReleaseKey,
    code: &BackupCode,
    now: Timestamp,
) -> Result<Committed, IssueError> {
    let slot = session
        .opened
        .add_code_slot(world.rng, code, release)
        .map_err(SaveError::from)?;
    let keychain_before = session.opened.header().keychain.clone();
    session.opened.set_keychain(world.keychain.kind().name());
    session.note(
        now,
        Event::Issued {
            identifier: code.identifier(),
        },
    );
    let saved = session.save(world).map_err(IssueError::from);
    match saved.and_then(|()| reopen(world, session, slot, code, release)) {
        Ok(opened) => Ok(Committed {
            opened,
            slot,
            keychain_before,
        }),
        Err(error) => {
            take_back(session, slot, &keychain_before);
            Err(error)
        }
    }
}

/// Takes a code that was not shown out of the open wallet.
fn take_back(session: &mut Session, slot: SlotId, keychain_before: &str) {
    session.opened.remove_code_slot(slot);
    session.opened.set_keychain(keychain_before);
    session.unnote();
}

fn reopen(
    world: &World<'_>,
    session: &Session,
    slot: SlotId,
    code: &BackupCode,
    release: &ReleaseKey,
) -> Result<Opened, IssueError> {
    let sealed = store::load(world.disk, &session.path)?;
    sealed
        .open_with_code(slot, code, release)
        .map_err(IssueError::Reopen)
}

/// The newest stands: the unconfirmed ones before it are erased, then their slots go. Where the keychain went away in this
/// moment it is the file without their slots that ends them; where the disk did too, they stay and the newest is not
/// shown. So of several unconfirmed codes with a slot only the oldest was ever shown.
fn replace_unconfirmed(
    world: &mut World<'_>,
    session: &mut Session,
    record: &mut Record,
    committed: Committed,
    newest: Identifier,
    now: Timestamp,
) -> Result<(), IssueError> {
    let older: Vec<_> = record
        .codes
        .iter()
        .filter(|entry| !entry.confirmed && entry.identifier != newest)
        .map(|entry| entry.identifier)
        .collect();
    for identifier in &older {
        record.end(*identifier, End::Revoked, now);
    }
    if older.is_empty() {
        return Ok(());
    }
    let erased = record.write(world.keychain, session.wallet());
    settle::clean_slots(session, record);
    let cleaned = session.save(world);
    if let (Err(_), Err(error)) = (erased, cleaned)
        && !error.may_stay()
    {
        session.opened = committed.opened;
        take_back(session, committed.slot, &committed.keychain_before);
        return Err(error.into());
    }
    Ok(())
}
