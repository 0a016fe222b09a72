//! Restore a wallet from a kit or from pages, on a computer that need not have seen it before.
//!
//! The restored wallet has a new key and a new password, no two-step verification and no code. A
//! wallet that is here already is never lost: it is replaced only when the person says so, and its
//! file is kept aside. No error removes that file again.
//!
//! | 1 keychain | 2 file | 3 keychain | 4 only now |
//! |---|---|---|---|
//! | intent "restored, commit id" | the replaced file kept aside, the new one written and reopened | code → used, others → revoked | the wallet opens |

use std::path::PathBuf;

use code::Identifier;
use kit::KitContents;
use thiserror::Error;
use wallet::names::{self, Name};
use wallet::store::{self, Access, FolderError, LoadError, LockError, WalletLock};
use wallet::{
    CommitId, Email, Event, FILE_OVERHEAD, FileId, Item, KdfError, KdfParams, OpenError, Opened,
    Password, TwoStep, WalletId,
};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::files::NotHere;
use crate::find::{self, Known};
use crate::kits::{FileProblem, KitFileContents};
use crate::record::{Intent, Record, RecordError};
use crate::session::{InPlace, NotSaved, SaveError, Session, commit_file, note};
use crate::settle;

/// What is on this computer already and would be in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheWay {
    /// The wallet that is here.
    pub wallet: WalletId,
    /// Its e-mail.
    pub email: Email,
    /// Whether it is the very wallet that the kit or the pages were made from; otherwise it has the
    /// same e-mail.
    pub same: bool,
    /// Whether the code is live for it, as far as the keychain tells: redeeming it there opens what
    /// is newer.
    pub redeemable: bool,
}

/// Where the restored wallet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Beside the wallets that are here; under a new id where its own is taken.
    Beside,
    /// Into the place of this wallet, whose file is kept aside.
    Replacing(WalletId),
}

/// The contents of a kit or of pages that a code opened, to be made a wallet of this computer.
pub struct Restoration {
    contents: KitContents,
    files: KitFileContents,
    code: Identifier,
    /// The try whose file may be in place.
    attempt: Option<Attempt>,
}

/// A restored wallet, open.
pub struct Restored {
    /// The open wallet.
    pub session: Session,
    /// The file that keeps the wallet that was replaced.
    pub kept_aside: Option<PathBuf>,
    /// Whether the keychain remembers that the code was used.
    pub remembered: bool,
    /// Whether the code lives on for the wallet that has its id here.
    pub code_lives: bool,
}

/// A restore that was not completed.
pub struct NotRestored {
    /// What is to be restored, for a retry.
    pub restoration: Box<Restoration>,
    /// The reason.
    pub error: RestoreError,
}

/// Why a restore was not completed. Until [`RestoreError::InPlace`] the wallets of this computer
/// are as they were. A copy that was kept aside stays.
#[derive(Debug, Error)]
pub enum RestoreError {
    /// A wallet is in the way, and the person has not said what to do with it.
    #[error("a wallet is in the way")]
    InTheWay(InTheWay),
    /// The wallet that was to be replaced is not in the way any more.
    #[error("the wallet to be replaced is not here")]
    NothingToReplace,
    /// The folder could not be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The keychain cannot be reached, and holds the codes of the wallet that is to be replaced.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The password could not be turned into a key.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The new file could not be written.
    #[error(transparent)]
    NotSaved(#[from] NotSaved),
    /// The restored wallet is in place, and could not be verified. A retry with the same password
    /// continues from here.
    #[error(transparent)]
    InPlace(#[from] InPlace),
    /// The restored wallet is in place since an earlier try, and this is not the password that was
    /// set then.
    #[error("the new password of the first try is set already")]
    FirstPassword,
}

impl From<SaveError> for RestoreError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::NotSaved(error) => Self::NotSaved(error),
            SaveError::InPlace(error) => Self::InPlace(error),
        }
    }
}

impl Restoration {
    /// Contents that the code of this name opened.
    pub fn new(contents: KitContents, code: Identifier) -> Self {
        Self {
            contents,
            files: KitFileContents::default(),
            code,
            attempt: None,
        }
    }

    /// The same with the files that came with the contents. Of those that did not, the restored
    /// wallet keeps the names.
    pub fn with_files(self, files: KitFileContents) -> Self {
        Self { files, ..self }
    }

    /// The files that items name now and whose content did not come with them.
    pub fn files_not_here(&self) -> Vec<NotHere> {
        let items = self.contents.items.iter();
        let fields = items.flat_map(|item| {
            let fields = item.present.body.fields.iter();
            fields.filter_map(|field| {
                let file = field.file?.id;
                (!self.files.contents.contains_key(&file)).then_some(NotHere {
                    item: item.id,
                    field: field.number,
                    file,
                })
            })
        });
        fields.collect()
    }

    /// Why the content of this file did not come with the contents; `None` if it did, or if nothing
    /// was looked through for it, as with pages.
    pub fn file_problem(&self, file: FileId) -> Option<FileProblem> {
        let mut problems = self.files.problems.iter();
        let found = problems.find(|(id, _)| *id == file);
        found.map(|(_, problem)| *problem)
    }

    /// Whether a try to restore them may have put a file in place.
    pub fn is_begun(&self) -> bool {
        self.attempt.is_some()
    }

    /// The contents.
    pub fn contents(&self) -> &KitContents {
        &self.contents
    }

    /// The name of the code that opened them.
    pub fn code(&self) -> Identifier {
        self.code
    }

    /// Whether a file of its wallet is here: one of its name, also if it cannot be read as a
    /// wallet, or a copy that can take that name. Unless it is replaced, the restored wallet gets
    /// another id, and the code lives on for that file.
    pub fn is_taken(&self, world: &World<'_>) -> Result<bool, FolderError> {
        let own = self.contents.wallet_id;
        let files = names::find(world.disk, world.folder)?;
        Ok(files.iter().any(|(_, name)| match name {
            Name::Wallet(of) => *of == own,
            // Its saves would push them out.
            Name::Generation(of) | Name::Refused(of) => {
                *of == own && !is_planted(Break::CopiesOverlooked)
            }
            Name::Copy => false,
        }))
    }

    /// The wallet of this computer that is in the way, if one is: the same wallet before one of the
    /// same e-mail. A wallet that an earlier try put in place is not in the way.
    pub fn in_the_way(&self, world: &World<'_>) -> Result<Option<InTheWay>, FolderError> {
        let mut known = find::wallets(world.disk, world.folder)?.known;
        if let Some(attempt) = &self.attempt
            && attempt.replaced.is_none()
        {
            known.retain(|known| known.wallet != attempt.wallet);
        }
        let KitContents {
            wallet_id, email, ..
        } = &self.contents;
        let same = |known: &&Known| known.wallet == *wallet_id;
        let of_email = |known: &&Known| known.email.is_same(email);
        let found = known.iter().find(same);
        let found = found.or_else(|| known.iter().find(of_email));
        Ok(found.map(|known| InTheWay {
            wallet: known.wallet,
            email: known.email.clone(),
            same: known.wallet == *wallet_id,
            redeemable: known.slots.contains(&self.code)
                && Record::read(world.keychain, known.wallet)
                    .is_ok_and(|record| record.is_some_and(|it| it.entry(self.code).is_some())),
        }))
    }
}

/// Makes a wallet of a restoration and opens it. `to` is the person's answer where
/// [`Restoration::in_the_way`] found a wallet, otherwise `None`.
pub fn restore(
    world: &mut World<'_>,
    mut restoration: Restoration,
    to: Option<Destination>,
    password: &Password,
    params: KdfParams,
) -> Result<Restored, NotRestored> {
    match run(world, &mut restoration, to, password, params) {
        Ok(restored) => Ok(restored),
        Err(error) => Err(NotRestored {
            restoration: Box::new(restoration),
            error,
        }),
    }
}

fn run(
    world: &mut World<'_>,
    restoration: &mut Restoration,
    to: Option<Destination>,
    password: &Password,
    params: KdfParams,
) -> Result<Restored, RestoreError> {
    let code = restoration.code;
    let committed = match restoration.attempt.take() {
        Some(attempt) => match attempt.is_committed(world) {
            Ok(true) => Some(attempt),
            // The disk went back to the file before it. Nothing that was kept aside is lost.
            Ok(false) => None,
            Err(error) => {
                restoration.attempt = Some(attempt);
                return Err(InPlace::Load(error).into());
            }
        },
        None => None,
    };
    let retried = committed.is_some();
    let attempt = match committed {
        Some(attempt) => match store::make_durable(world.disk, &attempt.path) {
            Ok(()) => attempt,
            Err(error) => {
                restoration.attempt = Some(attempt);
                return Err(InPlace::NotVerified(error).into());
            }
        },
        None => {
            let mut attempt = Attempt::begin(world, restoration, to)?;
            match attempt.write(world, restoration, password, params) {
                Ok(()) => attempt,
                Err(RestoreError::InPlace(error)) => {
                    restoration.attempt = Some(attempt);
                    return Err(error.into());
                }
                Err(error) => return Err(error),
            }
        }
    };
    let reopened = match attempt.reopen(world, password) {
        Ok(reopened) => reopened,
        Err(error) => {
            restoration.attempt = Some(attempt);
            return Err(match error {
                InPlace::Open(OpenError::WrongPassword) if retried => RestoreError::FirstPassword,
                error => error.into(),
            });
        }
    };
    crate::kill::point("restore/file-committed");
    // The old password opens the generations of a file that was replaced in its place.
    let forgotten = attempt.kept_aside.is_none()
        || store::forget_generations(world.disk, &attempt.path).is_ok();
    let (kept_aside, forget_replaced) = attempt.set_aside(world);
    let code_lives = !attempt.ends_codes(restoration);
    let remembered = code_lives || attempt.settle(world, code).is_ok();
    crate::kill::point("restore/keychain-settled");
    let lock = match (attempt.lock, attempt.replaced) {
        (Some(lock), _) => lock,
        (None, Some(replaced)) => replaced.lock,
        (None, None) => WalletLock::acquire(world.disk, &attempt.path)?,
    };
    if remembered {
        world.opened(reopened.header());
    }
    let session = Session::new(reopened, attempt.path, Access::Write(lock), true);
    let mut session = session.of_the_owner(world.clock.since_boot());
    session.unsettled = !remembered;
    session.forget_generations = !forgotten;
    session.forget_replaced = forget_replaced;
    Ok(Restored {
        session,
        kept_aside,
        remembered,
        code_lives,
    })
}

/// A wallet that is to be replaced. Nobody else has it open, and its keychain record can be
/// reached.
struct Replaced {
    wallet: WalletId,
    path: PathBuf,
    lock: WalletLock,
}

impl Replaced {
    fn hold(world: &World<'_>, wallet: WalletId) -> Result<Self, RestoreError> {
        let path = store::path(world.folder, wallet);
        let lock = WalletLock::acquire(world.disk, &path)?;
        // Another program may have deleted it before it was held.
        if !world.disk.exists(&path).map_err(FolderError)? {
            return Err(RestoreError::NothingToReplace);
        }
        Record::read_or_replace(world.keychain, wallet)?;
        Ok(Self { wallet, path, lock })
    }
}

/// One try: the file to be written, in the place of the one that it replaces or where none is.
struct Attempt {
    wallet: WalletId,
    path: PathBuf,
    commit: CommitId,
    replaced: Option<Replaced>,
    /// The lock on `path`; none where that of the replaced wallet is the same.
    lock: Option<WalletLock>,
    kept_aside: Option<PathBuf>,
}

impl Attempt {
    /// Chooses the place and takes the locks.
    fn begin(
        world: &mut World<'_>,
        restoration: &Restoration,
        to: Option<Destination>,
    ) -> Result<Self, RestoreError> {
        let replaced = match (to, restoration.in_the_way(world)?) {
            (None, Some(found)) => return Err(RestoreError::InTheWay(found)),
            (Some(Destination::Replacing(wallet)), Some(found)) if found.wallet == wallet => {
                Some(Replaced::hold(world, wallet)?)
            }
            (Some(Destination::Replacing(_)), _) => return Err(RestoreError::NothingToReplace),
            (None | Some(Destination::Beside), _) => None,
        };
        let own = restoration.contents.wallet_id;
        let taken = restoration.is_taken(world);
        let wallet = match &replaced {
            Some(replaced) if replaced.wallet == own => own,
            // Whatever stands there is kept, also a file that cannot be read as a wallet.
            _ if taken? => WalletId::random(world.rng),
            _ => own,
        };
        let path = store::path(world.folder, wallet);
        let in_place = replaced.as_ref().is_some_and(|it| it.path == path);
        let lock = match in_place {
            true => None,
            false => Some(WalletLock::acquire(world.disk, &path)?),
        };
        Ok(Self {
            wallet,
            path,
            commit: CommitId::random(world.rng),
            replaced,
            lock,
            kept_aside: None,
        })
    }

    /// Columns 1 and 2: the keychain is prepared and the file written.
    fn write(
        &mut self,
        world: &mut World<'_>,
        restoration: &Restoration,
        password: &Password,
        params: KdfParams,
    ) -> Result<(), RestoreError> {
        let (now, code) = (world.clock.now(), restoration.code);
        let mut opened = Opened::create_as(
            world.rng,
            self.wallet,
            restoration.contents.email.renewed(),
            password,
            params,
            world.memory,
            world.keychain.kind_of(self.wallet).name(),
        )?;
        opened.contents.two_step = TwoStep::OffAfterRecovery;
        let items = restoration.contents.items.iter().map(Item::share);
        opened.contents.items = items.collect();
        Self::put_files(world, restoration, &mut opened);
        note(&mut opened, now, Event::Restored { identifier: code });
        crate::kill::point("restore/begun");
        let prepared = match self.ends_codes(restoration) {
            true => self.prepare(world, code),
            false => Ok(()),
        };
        if let (Err(error), Some(_)) = (prepared, &self.replaced) {
            // A code of the wallet that was here must not outlive it.
            return Err(error.into());
        }
        crate::kill::point("restore/keychain-prepared");
        let written = self.replace(world, &mut opened);
        let in_place = matches!(written, Ok(()) | Err(RestoreError::InPlace(_)));
        if !in_place && self.ends_codes(restoration) {
            // Best effort: an intent whose commit id no header bears is dropped at the next
            // sign-in.
            if let Ok(mut record) = Record::read_or_replace(world.keychain, self.wallet) {
                record.intent = None;
                let _ = record.write(world.keychain, self.wallet);
            }
        }
        written
    }

    /// Seals the files that came with the contents into the new wallet, those first that an item
    /// names now. One that has no room, in the file or in memory, is left out: no file keeps
    /// anybody from the rest.
    fn put_files(world: &mut World<'_>, restoration: &Restoration, opened: &mut Opened) {
        let Restoration {
            contents, files, ..
        } = restoration;
        if files.contents.is_empty() {
            return;
        }
        let mut free = opened.room_for_files().unwrap_or_default();
        let present = contents.items.iter().flat_map(|it| it.present.body.files());
        let all = contents.items.iter().flat_map(Item::files);
        for file in present.chain(all) {
            let takes = u64::from(file.size) + FILE_OVERHEAD;
            if let Some(content) = files.contents.get(&file.id)
                && takes <= free
                && !opened.has_file(file.id)
                && opened.put_file(world.rng, *file, content).is_ok()
            {
                free -= takes;
            }
        }
        opened.forget_pending_files();
    }

    /// Whether the restored wallet is the one that the code was issued for. Under a new id it is
    /// another one, and the code lives on for the one that is here.
    fn ends_codes(&self, restoration: &Restoration) -> bool {
        self.wallet == restoration.contents.wallet_id
    }

    /// Column 2: a file in the same place is kept aside, then replaced.
    fn replace(&mut self, world: &mut World<'_>, opened: &mut Opened) -> Result<(), RestoreError> {
        if self.lock.is_none() && !is_planted(Break::ReplacedNotKept) {
            self.kept_aside = Some(store::keep_aside(world.disk, &self.path)?);
        }
        Ok(commit_file(opened, world, &self.path, self.commit)?)
    }

    /// The keychain waits for the commit, as for a redemption: a crash after it is settled at
    /// sign-in.
    fn prepare(&self, world: &World<'_>, code: Identifier) -> Result<(), RecordError> {
        let mut record = Record::read_or_replace(world.keychain, self.wallet)?;
        // A store that cannot be read begins nothing.
        world.hold_store(self.wallet);
        record.intent = Some(Intent {
            commit: self.commit,
            identifier: code,
            at: world.clock.now(),
        });
        Ok(record.write(world.keychain, self.wallet)?)
    }

    /// Whether the file of this try is in place.
    fn is_committed(&self, world: &World<'_>) -> Result<bool, LoadError> {
        match store::load(world.disk, &self.path) {
            Ok(sealed) => Ok(sealed.header().commit_id == self.commit),
            Err(LoadError::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn reopen(&self, world: &mut World<'_>, password: &Password) -> Result<Opened, InPlace> {
        let sealed = store::load(world.disk, &self.path)?;
        let opened = sealed.open_with_password(password, world.memory);
        opened.map_err(InPlace::Open)
    }

    /// Once the new wallet stands: a wallet replaced from another place is set aside, and its
    /// generations are removed. Returns where the replaced wallet is, and the place whose
    /// generations could not be removed now. A wallet that cannot be moved now stays with them.
    fn set_aside(&self, world: &World<'_>) -> (Option<PathBuf>, Option<PathBuf>) {
        match (&self.kept_aside, &self.replaced) {
            (Some(kept_aside), _) => (Some(kept_aside.clone()), None),
            (None, Some(Replaced { path, .. })) => match store::set_aside(world.disk, path) {
                Ok(aside) => {
                    let forgotten = store::forget_generations(world.disk, path);
                    (Some(aside), forgotten.is_err().then(|| path.clone()))
                }
                // The move was done and reported as failed, or the wallet stays with its
                // generations.
                Err(_) => {
                    let moved = matches!(world.disk.exists(path), Ok(false));
                    (None, moved.then(|| path.clone()))
                }
            },
            (None, None) => (None, None),
        }
    }

    /// Column 3: the keychain remembers that the code was used here. The codes of another wallet
    /// that was replaced are not touched: nobody has proved that they are theirs to end, and its
    /// file, which is set aside, needs them.
    fn settle(&self, world: &World<'_>, code: Identifier) -> Result<(), RecordError> {
        let now = world.clock.now();
        let mut record = Record::read_or_replace(world.keychain, self.wallet)?;
        settle::redeemed(&mut record, code, now);
        record.proved(now);
        Ok(record.write(world.keychain, self.wallet)?)
    }
}
