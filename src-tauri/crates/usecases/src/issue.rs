//! Issue a code.
//!
//! | 1 keychain | 2 file | 3 keychain | 4 only now |
//! |---|---|---|---|
//! | entry added beside the live ones | slot added; reopened through it | replaced unconfirmed entries erased | shown |

use std::path::PathBuf;
use std::sync::Arc;

use code::{BackupCode, Identifier, SetSize, Share};
use thiserror::Error;
use wallet::store::{self, FolderError};
use wallet::{Event, KitPlace, LogEntry, ReleaseKey, Timestamp};
use zeroize::Zeroizing;

use crate::World;
use crate::find;
use crate::identity::{self, IdentityNeeded, Level};
use crate::kits::{self, KitError};
use crate::life::{Life, dies_sooner};
use crate::ports::KeychainError;
use crate::record::{CodeEntry, End, Record, RecordError};
use crate::session::{InPlace, SaveError, Session, note};
use crate::settle;
use crate::shown::{Carried, Cover, Shown, ShownSheet};
use crate::verifier::{Verifier, VerifierError};

/// Why no code was issued. The codes that were live before still are.
#[derive(Debug, Error)]
pub enum IssueError {
    /// The person has not confirmed who they are in the last minutes.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// The new code would die sooner than the one that it replaces, which needs a consent that
    /// names both.
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
    /// The wallet could not be saved; or it was, and the new code could not be verified in it. That
    /// code was not shown, and is removed by the next save.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A kit and pages are copies that no program can expire: only a code that works until it is
    /// used may have them.
    #[error("a code that expires cannot have a kit or pages")]
    CopyOutlives,
    /// No kit could be made.
    #[error(transparent)]
    Kit(#[from] KitError),
    /// The folder of wallets could not be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl From<InPlace> for IssueError {
    fn from(error: InPlace) -> Self {
        Self::Save(error.into())
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

/// Issues a code on these terms and puts it on the screen. It works at once and is unconfirmed
/// until the person shows that they kept it.
pub fn issue(
    world: &mut World<'_>,
    session: &mut Session,
    terms: &Terms,
    sooner_is_fine: bool,
) -> Result<(), IssueError> {
    session.writable().map_err(SaveError::from)?;
    identity::fresh(world, session, Level::Full)?;
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
    let kit = match kit {
        Some(parent) => Some(kits::make(world, &session.opened, &code, parent)?),
        None => None,
    };
    let new = NewCode {
        code,
        shares,
        issued,
        expires,
        replaces,
        kit: kit.clone(),
    };
    let issued = go_live(world, session, record, new, terms);
    if let (Err(_), Some(place)) = (&issued, kit)
        && !session.kit_places().any(|known| *known == place)
    {
        session.unmake_kit(world, place);
    }
    issued
}

/// A code that only its kit knows yet.
struct NewCode {
    code: BackupCode,
    shares: Vec<Share>,
    issued: Timestamp,
    expires: Option<Timestamp>,
    replaces: Option<Identifier>,
    kit: Option<KitPlace>,
}

/// The three columns, and the screen.
fn go_live(
    world: &mut World<'_>,
    session: &mut Session,
    mut record: Record,
    new: NewCode,
    terms: &Terms,
) -> Result<(), IssueError> {
    let NewCode {
        code,
        shares,
        issued,
        expires,
        replaces,
        kit,
    } = new;
    let (wallet, identifier) = (session.wallet(), code.identifier());
    let set = terms.set;
    record.last = Some(issued);
    let release = ReleaseKey::random(world.rng);
    record.codes.push(CodeEntry {
        identifier,
        verifier: Verifier::make(world.rng, &code, world.memory)?,
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
    if let Err(error) = add_slot(world, session, &release, &code, issued, kit) {
        if matches!(error, SaveError::InPlace(_)) {
            record.end(identifier, End::Discarded, issued);
        } else {
            record.codes.retain(|entry| entry.identifier != identifier);
        }
        // Best effort: what the keychain does not take now is dropped at the next sign-in as well.
        let _ = record.write(world.keychain, wallet);
        withdraw(session, identifier, issued);
        return Err(error.into());
    }
    crate::kill::point("issue/file-committed");
    world.opened(session.opened.header());

    replace_unconfirmed(world, session, &mut record, identifier, issued)?;
    crate::kill::point("issue/keychain-settled");
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
        cover: Arc::new(Cover::later(world.clock.since_boot())),
    });
    Ok(())
}

/// Column 2: the slot is added, and the file reopened through it.
fn add_slot(
    world: &mut World<'_>,
    session: &mut Session,
    release: &ReleaseKey,
    code: &BackupCode,
    now: Timestamp,
    kit: Option<KitPlace>,
) -> Result<(), SaveError> {
    let (wallet, identifier) = (session.wallet(), code.identifier());
    let slot = session.change(world, |opened, world| {
        let slot = opened.add_code_slot(world.rng, code, release)?;
        opened.set_keychain(world.keychain.kind_of(wallet).name());
        if let Some(place) = kit {
            kits::remember(opened, place);
        }
        note(opened, now, Event::Issued { identifier });
        Ok::<_, SaveError>(slot)
    })?;
    let sealed = store::load(world.disk, &session.path).map_err(InPlace::Load)?;
    sealed
        .open_with_code(slot, code, release)
        .map_err(InPlace::Open)?;
    Ok(())
}

/// Has the next save remove the slot of a code that was not shown, if it has one.
fn withdraw(session: &mut Session, identifier: Identifier, at: Timestamp) {
    let event = Event::Discarded { identifier };
    session.remove_slots_of(identifier, &LogEntry { at, event });
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

/// The sheets to show: the shares of a set, or the code itself.
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

/// Column 3: the unconfirmed codes before the newest are erased, and then their slots removed. If
/// the keychain does not take that, the file without their slots ends them; if the disk refuses
/// too, they stay and the newest is not shown. So of several unconfirmed codes with a slot only the
/// oldest was ever shown.
fn replace_unconfirmed(
    world: &mut World<'_>,
    session: &mut Session,
    record: &mut Record,
    newest: Identifier,
    now: Timestamp,
) -> Result<(), IssueError> {
    let older = record.end_where(End::Replaced, now, |entry| {
        !entry.confirmed && entry.identifier != newest
    });
    if older.is_empty() {
        return Ok(());
    }
    let Err(_) = record.write(world.keychain, session.wallet()) else {
        settle::clean_slots(world, session, record);
        return Ok(());
    };
    let before = session.fork();
    let removed = session.change(world, |opened, _| {
        for identifier in older {
            opened.remove_code_slots(|slot| slot.identifier == identifier);
            note(opened, now, Event::Revoked { identifier });
        }
        Ok(())
    });
    match removed {
        Ok(()) => Ok(()),
        Err(SaveError::InPlace(error)) if error.is_certain() => Ok(()),
        Err(error) => {
            // If the disk does not tell which file is in place, the older codes keep their slots in
            // memory: the next save writes them, and their entries are in the keychain.
            *session = before;
            withdraw(session, newest, now);
            Err(error.into())
        }
    }
}
