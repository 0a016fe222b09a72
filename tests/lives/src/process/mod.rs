//! One running app: what it has open, as the app's own stage has it, and how it does a task.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use code::BackupCode;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use usecases::copies::Why;
use usecases::covered::Covered;
use usecases::elsewhere::Found;
use usecases::expire::{self, Watched};
use usecases::interrupted::interrupted;
use usecases::judge::Tried;
use usecases::ports::{Clock as _, Disk as _};
use usecases::redeem::{self, Acceptance, Choice, NotRedeemed};
use usecases::restore::{self, Destination, NotRestored, Restoration};
use usecases::session::Session;
use usecases::sign_in::{self, DigitsRefused, Pending, Step};
use usecases::stores::Stores;
use usecases::two_step::Setup;
use usecases::waits::Waits;
use usecases::{create, find, identity, kits, mend, older};
use wallet::store::FolderError;
use wallet::{KdfMemory, KdfParams, WalletId};

use crate::computer::{Computer, FOLDER};
use crate::ports::Port;
use crate::task::{CopyError, Listed, Notes, Outcome, Place, RestoredAs, Task, held_in, notes_of};
use crate::truth::FileTruth;
use crate::typed::{self, email, email_number, read_code};

macro_rules! world {
    ($process:expr, $rng:expr) => {
        usecases::World {
            clock: &$process.port,
            watched: &$process.watched,
            keychain: &$process.keychain,
            disk: &$process.port,
            folder: std::path::Path::new(crate::computer::FOLDER),
            rng: $rng,
            memory: &mut $process.memory,
        }
    };
}

mod own_file;
mod signed_in;

/// What is open.
#[derive(Default)]
pub enum Stage {
    /// Nothing.
    #[default]
    SignedOut,
    /// A wallet whose six digits are missing.
    AwaitingDigits(Box<Pending>),
    /// A code was accepted.
    Accepted(Box<Acceptance>),
    /// A kit or pages are open.
    Restoring(Box<Restoration>),
    /// A code is on the screen, and its wallet is locked.
    Covered(Box<Covered>),
    /// A wallet is open.
    SignedIn(Box<Session>),
}

/// A running app.
pub struct Process {
    port: Port,
    keychain: Stores,
    waits: Waits,
    watched: Vec<Watched>,
    memory: KdfMemory,
    /// What is open.
    pub stage: Stage,
    setup: Option<Setup>,
    unopened: BTreeMap<WalletId, Why>,
    /// A wallet file that was found elsewhere.
    found: Option<Found>,
    /// The earlier versions that were seen last.
    earlier: Vec<String>,
}

impl Process {
    /// The app is started.
    pub fn start(computer: &Computer, program: u32) -> Self {
        let port = Port::new(computer.clone(), program);
        Self {
            keychain: Stores::new(
                Arc::new(port.clone()),
                None,
                Arc::new(port.clone()),
                PathBuf::from(FOLDER),
            ),
            port,
            waits: Waits::default(),
            watched: Vec::new(),
            memory: KdfMemory::simulated(),
            stage: Stage::SignedOut,
            setup: None,
            unopened: BTreeMap::new(),
            found: None,
            earlier: Vec::new(),
        }
    }

    /// The open wallet.
    pub fn session(&self) -> Option<&Session> {
        match &self.stage {
            Stage::SignedIn(session) => Some(session),
            Stage::SignedOut
            | Stage::AwaitingDigits(_)
            | Stage::Accepted(_)
            | Stage::Restoring(_)
            | Stage::Covered(_) => None,
        }
    }

    /// The notes of the open wallet.
    pub fn notes(&self) -> Option<Notes> {
        self.session().map(|session| notes_of(session.items()))
    }

    /// The number of the e-mail of the open wallet.
    pub fn email(&self) -> Option<usize> {
        self.session().map(|session| email_number(session.email()))
    }

    /// Whether the open wallet may be this version; `None` if no wallet is open.
    pub fn may_be(&self, file: &FileTruth) -> Option<bool> {
        let (notes, email) = (self.notes()?, self.email()?);
        Some(notes == *file.notes && email == file.email)
    }

    /// The codes whose time this run of the app has begun to watch.
    pub fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Why wallets did not open in this run.
    pub fn unopened(&self, wallet: WalletId) -> Option<Why> {
        self.unopened.get(&wallet).copied()
    }

    /// Whether earlier versions of a wallet were seen.
    pub fn saw_earlier(&self) -> bool {
        !self.earlier.is_empty()
    }

    /// Whether an authenticator is being set up.
    pub fn is_setting_up(&self) -> bool {
        self.setup.is_some()
    }

    fn lock(&mut self) -> Stage {
        self.setup = None;
        std::mem::take(&mut self.stage)
    }

    fn enter(&mut self, session: Session, rng: &mut StdRng) {
        let wallet = session.wallet();
        self.unopened.remove(&wallet);
        if let Ok(found) = expire::watch(&world!(self, rng), wallet) {
            self.watch(found);
        }
        self.stage = Stage::SignedIn(Box::new(session));
        self.refresh(rng);
    }

    fn watch(&mut self, found: Vec<Watched>) {
        for code in found {
            if !self.watched.iter().any(|known| known.is_of(&code)) {
                self.watched.push(code);
            }
        }
    }

    fn refresh(&mut self, rng: &mut StdRng) {
        if let Stage::SignedIn(session) = &mut self.stage {
            kits::refresh(&world!(self, rng), session);
        }
    }

    /// The first thing the app does: it watches the timed codes of the wallets that are here.
    pub fn watch_all(&mut self, rng: &mut StdRng) {
        let Ok(found) = find::wallets(&self.port, Path::new(FOLDER)) else {
            return;
        };
        for known in found.known {
            if let Ok(found) = expire::watch_silently(&world!(self, rng), known.wallet) {
                self.watch(found);
            }
        }
    }

    /// Does a task. `seed` is where its randomness begins.
    pub fn run(&mut self, task: &Task, seed: u64) -> Outcome {
        let rng = &mut StdRng::seed_from_u64(seed);
        let outcome = self.perform(task, rng);
        if task.changes() {
            self.refresh(rng);
        }
        outcome
    }

    fn perform(&mut self, task: &Task, rng: &mut StdRng) -> Outcome {
        match task {
            Task::Create {
                email: of,
                password,
            } => {
                let Some(email) = email(*of) else {
                    return Outcome::Idle;
                };
                drop(self.lock());
                let made = create::create(
                    &mut world!(self, rng),
                    email,
                    &typed::password(*password),
                    KdfParams::FLOOR,
                );
                Outcome::Create(made.map(|session| {
                    let wallet = session.wallet();
                    self.enter(session, rng);
                    wallet
                }))
            }
            Task::SignIn { wallet, password } => self.sign_in(*wallet, *password, rng),
            Task::Digits(digits) => match self.lock() {
                Stage::AwaitingDigits(pending) => {
                    let entered =
                        sign_in::digits(&mut world!(self, rng), &self.waits, pending, digits);
                    Outcome::Digits(match entered {
                        Ok(session) => {
                            self.enter(session, rng);
                            Ok(())
                        }
                        Err(DigitsRefused { pending, error }) => {
                            self.stage = Stage::AwaitingDigits(pending);
                            Err(error)
                        }
                    })
                }
                other => self.back(other),
            },
            Task::Lock => {
                drop(self.lock());
                Outcome::Done
            }
            Task::LockAllButShown => {
                let now = self.port.since_boot();
                match self.lock() {
                    Stage::SignedIn(session) => match session.all_but_shown(now) {
                        Some(covered) => self.stage = Stage::Covered(Box::new(covered)),
                        None => drop(session),
                    },
                    Stage::Covered(covered) => self.stage = Stage::Covered(covered),
                    other => drop(other),
                }
                Outcome::Done
            }
            Task::Uncover { password, digits } => self.uncover(*password, digits.as_deref(), rng),
            Task::Tick => {
                self.tick(rng);
                Outcome::Done
            }
            Task::Accept { wallet, text, .. } => self.accept(*wallet, text, rng),
            Task::Commit { password, keep } => self.commit(*password, *keep, rng),
            Task::OpenKit { text, folder, .. } => self.open_kit(text, folder),
            Task::OpenPages {
                text,
                symbols,
                lost,
                ..
            } => self.open_pages(text, symbols, *lost),
            Task::Restore { to, password } => self.restore(*to, *password, rng),
            Task::PutOlder { wallet, name } => {
                let why = self.unopened(*wallet);
                let put = older::put_back(&world!(self, rng), *wallet, OsStr::new(name), why);
                if put.is_ok() {
                    self.unopened.remove(wallet);
                }
                Outcome::PutOlder(put)
            }
            Task::List => Outcome::List(self.list(rng)),
            Task::Mend(wallet) => {
                let open = self
                    .session()
                    .is_some_and(|it| it.wallet() == *wallet && !it.is_read_only());
                Outcome::Mend(mend::mend(&world!(self, rng), *wallet, open))
            }
            Task::LookElsewhere(source) => self.look_elsewhere(*source, rng),
            Task::Take => self.take(rng),
            Task::Delete => self.delete(rng),
            _ => match std::mem::take(&mut self.stage) {
                Stage::SignedIn(mut session) => {
                    // Worked on in place: a program that ends drops it with everything else.
                    let outcome = self.change(&mut session, task, rng);
                    self.stage = Stage::SignedIn(session);
                    outcome
                }
                other => self.back(other),
            },
        }
    }

    fn back(&mut self, stage: Stage) -> Outcome {
        self.stage = stage;
        Outcome::Idle
    }

    fn sign_in(&mut self, wallet: WalletId, password: usize, rng: &mut StdRng) -> Outcome {
        drop(self.lock());
        let step = sign_in::password(
            &mut world!(self, rng),
            &self.waits,
            wallet,
            &typed::password(password),
        );
        Outcome::SignIn(match step {
            Ok(Step::Open(session)) => {
                self.enter(*session, rng);
                Ok(false)
            }
            Ok(Step::Digits(pending)) => {
                self.unopened.remove(&wallet);
                self.stage = Stage::AwaitingDigits(pending);
                Ok(true)
            }
            Err(error) => {
                let why = older::after_password(&error);
                self.did_not_open(wallet, why);
                Err(error)
            }
        })
    }

    fn did_not_open(&mut self, wallet: WalletId, why: Option<Why>) {
        let Some(why) = why else {
            return;
        };
        let damaged = self.unopened.get(&wallet) == Some(&Why::Damaged);
        if !(why == Why::Password && damaged) {
            self.unopened.insert(wallet, why);
        }
    }

    fn uncover(&mut self, password: usize, digits: Option<&str>, rng: &mut StdRng) -> Outcome {
        match self.lock() {
            Stage::Covered(covered) => {
                let opened = covered.open(
                    &mut world!(self, rng),
                    &self.waits,
                    &typed::password(password),
                    digits,
                );
                Outcome::Uncover(match opened {
                    Ok(session) => {
                        self.enter(session, rng);
                        Ok(())
                    }
                    Err(error) => {
                        self.stage = Stage::Covered(covered);
                        Err(error)
                    }
                })
            }
            Stage::SignedIn(mut session) if session.shown().is_some() => {
                let confirmed = identity::confirm_password(
                    &mut world!(self, rng),
                    &self.waits,
                    &mut session,
                    &typed::password(password),
                );
                if confirmed.is_ok()
                    && let Some(shown) = session.shown()
                {
                    shown.uncover(self.port.since_boot());
                }
                self.stage = Stage::SignedIn(session);
                Outcome::Identity(confirmed)
            }
            other => self.back(other),
        }
    }

    fn tick(&mut self, rng: &mut StdRng) {
        self.watch_all(rng);
        let now = self.port.since_boot();
        let mut watched = std::mem::take(&mut self.watched);
        let before = watched.clone();
        // The use case judges with what is watched, as in the app.
        self.watched.clone_from(&before);
        let mut stage = std::mem::take(&mut self.stage);
        expire::sweep(now, &mut watched, |code| {
            let held = matches!(&stage, Stage::Covered(it) if it.wallet() == code.wallet());
            let session = match &mut stage {
                Stage::SignedIn(session) if session.wallet() == code.wallet() => {
                    Some(&mut **session)
                }
                _ => None,
            };
            expire::end(&mut world!(self, rng), code, session, held)
        });
        self.stage = stage;
        self.watched = watched;
    }

    fn accept(&mut self, wallet: Option<WalletId>, text: &str, rng: &mut StdRng) -> Outcome {
        let Some(code) = read_code(text) else {
            return Outcome::Idle;
        };
        let tried = Tried::Counts;
        let open = self.session().map(Session::wallet);
        if let Some(open) = open {
            let world = world!(self, rng);
            let found = redeem::wallet_of(&world, &self.waits, wallet, &code, tried);
            let checked = found.and_then(|found| match found == open {
                true => redeem::would_be_accepted(&world, &self.waits, found, &code, tried),
                false => Ok(()),
            });
            if let Err(error) = checked {
                return Outcome::Accept(Err(error));
            }
        }
        let left = self.lock();
        let restoring = match left {
            Stage::Restoring(restoring) => Some(restoring),
            other @ (Stage::SignedOut
            | Stage::AwaitingDigits(_)
            | Stage::Accepted(_)
            | Stage::Covered(_)
            | Stage::SignedIn(_)) => {
                // An open wallet holds the lock that the redemption needs.
                drop(other);
                None
            }
        };
        let world = world!(self, rng);
        let found = redeem::wallet_of(&world, &self.waits, wallet, &code, tried);
        let identifier = code.identifier();
        let accepted = found.and_then(|wallet| {
            let accepted = redeem::accept(&world, &self.waits, wallet, code, tried);
            accepted.inspect_err(|error| {
                if let Some(why) = older::after_code(error, identifier) {
                    self.unopened.insert(wallet, why);
                }
            })
        });
        match accepted {
            Ok(acceptance) => {
                let wallet = acceptance.wallet();
                self.unopened.remove(&wallet);
                self.stage = Stage::Accepted(Box::new(acceptance));
                Outcome::Accept(Ok(wallet))
            }
            Err(error) => {
                if let Some(restoring) = restoring {
                    self.stage = Stage::Restoring(restoring);
                }
                Outcome::Accept(Err(error))
            }
        }
    }

    fn commit(&mut self, password: usize, keep: bool, rng: &mut StdRng) -> Outcome {
        match self.lock() {
            Stage::Accepted(acceptance) => {
                let choice = match keep {
                    true => Choice::Keep(typed::password(password)),
                    false => Choice::New(typed::password(password)),
                };
                let redeemed = redeem::commit(
                    &mut world!(self, rng),
                    &self.waits,
                    *acceptance,
                    &choice,
                    KdfParams::FLOOR,
                );
                Outcome::Commit(match redeemed {
                    Ok(session) => {
                        self.enter(session, rng);
                        Ok(())
                    }
                    Err(NotRedeemed { acceptance, error }) => {
                        if let Some(acceptance) = acceptance {
                            self.stage = Stage::Accepted(acceptance);
                        }
                        Err(error)
                    }
                })
            }
            other => self.back(other),
        }
    }

    fn list(&mut self, rng: &mut StdRng) -> Result<Listed, FolderError> {
        let wallets = find::wallets(&self.port, Path::new(FOLDER))?;
        let world = world!(self, rng);
        let ids = wallets.known.iter().map(|known| known.wallet);
        let interrupted = ids
            .filter_map(|wallet| Some((wallet, interrupted(&world, wallet)?)))
            .collect();
        Ok(Listed {
            wallets,
            interrupted,
        })
    }

    fn open_kit(&mut self, text: &str, folder: &Path) -> Outcome {
        let Some(code) = read_code(text) else {
            return Outcome::Idle;
        };
        let read = |name: &str, limit: usize| {
            let read = self.port.read(&folder.join(name), limit as u64);
            read.map_err(CopyError::Disk)
        };
        let opened = read(kit::IDENTITY_FILE, kit::IDENTITY_LIMIT).and_then(|identity| {
            let wallet = read(kit::WALLET_FILE, kit::WALLET_LIMIT)?;
            kit::open(&identity, &wallet, &code).map_err(CopyError::Open)
        });
        self.opened_copy(opened, &code)
    }

    fn open_pages(&mut self, text: &str, symbols: &[Vec<String>], lost: usize) -> Outcome {
        let Some(code) = read_code(text) else {
            return Outcome::Idle;
        };
        let mut collector = kit::pages::Collector::default();
        let pages = symbols.iter().enumerate();
        for (_, page) in pages.filter(|(at, _)| symbols.len() < 2 || *at != lost) {
            for symbol in page {
                collector.add(symbol);
            }
        }
        let opened = match collector.finished() {
            Ok(Some(file)) => kit::pages::open(&file, &code).map_err(CopyError::Open),
            Ok(None) | Err(_) => Err(CopyError::Incomplete),
        };
        self.opened_copy(opened, &code)
    }

    fn opened_copy(
        &mut self,
        opened: Result<kit::KitContents, CopyError>,
        code: &BackupCode,
    ) -> Outcome {
        Outcome::OpenCopy(opened.map(|contents| {
            let held = held_in(&contents);
            drop(self.lock());
            let restoration = Restoration::new(contents, code.identifier());
            self.stage = Stage::Restoring(Box::new(restoration));
            held
        }))
    }

    fn restore(&mut self, to: Place, password: usize, rng: &mut StdRng) -> Outcome {
        match self.lock() {
            Stage::Restoring(restoration) => {
                let to = match to {
                    Place::Unsaid => None,
                    Place::Beside => Some(Destination::Beside),
                    Place::Replacing(wallet) => Some(Destination::Replacing(wallet)),
                };
                let restored = restore::restore(
                    &mut world!(self, rng),
                    *restoration,
                    to,
                    &typed::password(password),
                    KdfParams::FLOOR,
                );
                Outcome::Restore(match restored {
                    Ok(restored) => {
                        let done = RestoredAs {
                            wallet: restored.session.wallet(),
                            remembered: restored.remembered,
                            code_lives: restored.code_lives,
                            kept_aside: restored.kept_aside,
                        };
                        self.enter(restored.session, rng);
                        Ok(done)
                    }
                    Err(NotRestored { restoration, error }) => {
                        self.stage = Stage::Restoring(restoration);
                        Err(error)
                    }
                })
            }
            other => self.back(other),
        }
    }
}
