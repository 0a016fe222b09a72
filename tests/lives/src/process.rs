//! One running app: what it has open, as the app's own stage has it, and how it does a task.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use code::{BackupCode, Reading, SetSize, Share, ShareIndex, Shares, TypedCode};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use usecases::confirm::{self, Proof};
use usecases::copies::Why;
use usecases::covered::Covered;
use usecases::expire::{self, Watched};
use usecases::issue::{self, Terms};
use usecases::judge::Tried;
use usecases::password_change;
use usecases::ports::{Clock as _, Disk as _};
use usecases::redeem::{self, Acceptance, Choice, NotRedeemed};
use usecases::restore::{self, Destination, NotRestored, Restoration};
use usecases::session::Session;
use usecases::sign_in::{self, DigitsRefused, Pending, Step};
use usecases::state::code_state;
use usecases::stores::Stores;
use usecases::two_step::{self, Setup};
use usecases::waits::Waits;
use usecases::{check, create, find, identity, items, kits, mend, older, pages, remake, revoke};
use wallet::testing::{Known, once};
use wallet::{Email, ItemId, KdfMemory, KdfParams, Password, SecretText, WalletId};

use crate::computer::{Computer, FOLDER, STICK};
use crate::ports::Port;
use crate::task::{
    CopyError, Notes, Outcome, Place, RestoredAs, Screen, Shows, Symbols, Task, notes_of,
    notes_of_copy, password_text,
};

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
}

macro_rules! world {
    ($process:expr, $rng:expr) => {
        usecases::World {
            clock: &$process.port,
            watched: &$process.watched,
            keychain: &$process.keychain,
            disk: &$process.port,
            folder: Path::new(FOLDER),
            rng: $rng,
            memory: &mut $process.memory,
        }
    };
}

thread_local! {
    static CODES: RefCell<Known<Option<BackupCode>>> = RefCell::default();
    static SHARES: RefCell<Known<Option<Share>>> = RefCell::default();
    static COMBINED: RefCell<Known<Option<BackupCode>>> = RefCell::default();
    static EMAILS: RefCell<Known<Option<Email>>> = RefCell::new(Known::kept());
    static PASSWORDS: RefCell<Known<Password>> = RefCell::new(Known::kept());
}

/// Reads characters as a whole code.
pub fn read_code(text: &str) -> Option<BackupCode> {
    once(&CODES, text.as_bytes(), || {
        match TypedCode::parse(text).ok()?.read() {
            Reading::Code(code) => Some(code),
            _ => None,
        }
    })
}

/// Reads characters as a share.
pub fn read_share(text: &str) -> Option<Share> {
    once(&SHARES, text.as_bytes(), || {
        match TypedCode::parse(text).ok()?.read() {
            Reading::Share(share) => Some(share),
            _ => None,
        }
    })
}

/// The code that sheets give.
pub fn combine(sheets: &[Arc<str>]) -> Option<BackupCode> {
    if let [one] = sheets
        && let Some(code) = read_code(one)
    {
        return Some(code);
    }
    once(&COMBINED, sheets.concat().as_bytes(), || {
        let mut shares = Shares::default();
        for sheet in sheets {
            let _ = shares.add(read_share(sheet)?);
        }
        shares.combine().ok()
    })
}

/// An e-mail by its number.
pub fn email(number: usize) -> Option<Email> {
    once(&EMAILS, &number.to_be_bytes(), || {
        Email::parse(&format!("person{number}@example.com")).ok()
    })
}

/// The number of an e-mail.
pub fn email_number(email: &Email) -> usize {
    let name = email.as_str().trim_start_matches("person");
    let number = name.split('@').next();
    number.and_then(|it| it.parse().ok()).unwrap_or(usize::MAX)
}

/// A password by its number, as it is typed.
pub fn typed(number: usize) -> Password {
    once(&PASSWORDS, &number.to_be_bytes(), || {
        Password::typed(password_text(number))
    })
}

fn screen(session: &Session) -> Option<Screen> {
    let shown = session.shown()?;
    Some(Screen {
        identifier: shown.identifier,
        sheets: Vec::new(),
        needed: shown.set.map_or(0, SetSize::needed),
        expires: shown.expires.map(|it| it.0),
        issued: shown.issued.0,
        kit: shown.kit,
        remade: shown.remade,
    })
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

    /// The codes whose time this run of the app has begun to watch.
    pub fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Why wallets did not open in this run.
    pub fn unopened(&self, wallet: WalletId) -> Option<Why> {
        self.unopened.get(&wallet).copied()
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
                    &typed(*password),
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
            Task::Mend(wallet) => {
                let open = self
                    .session()
                    .is_some_and(|it| it.wallet() == *wallet && !it.is_read_only());
                Outcome::Mend(mend::mend(&world!(self, rng), *wallet, open))
            }
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
            &typed(password),
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
                    &typed(password),
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
                    &typed(password),
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
                    true => Choice::Keep(typed(password)),
                    false => Choice::New(typed(password)),
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
            let notes = notes_of_copy(&contents);
            drop(self.lock());
            let restoration = Restoration::new(contents, code.identifier());
            self.stage = Stage::Restoring(Box::new(restoration));
            notes
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
                    &typed(password),
                    KdfParams::FLOOR,
                );
                Outcome::Restore(match restored {
                    Ok(restored) => {
                        let done = RestoredAs {
                            wallet: restored.session.wallet(),
                            remembered: restored.remembered,
                            code_lives: restored.code_lives,
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

    /// Does what takes an open wallet.
    fn change(&mut self, session: &mut Session, task: &Task, rng: &mut StdRng) -> Outcome {
        let now = self.port.since_boot();
        match task {
            Task::SaveNote { note, version } => {
                let title = format!("note {note}");
                let id = item_id(session, &title);
                let text = SecretText::new(format!("version {version}"));
                let saved = items::save_note(
                    &mut world!(self, rng),
                    session,
                    id,
                    SecretText::new(title),
                    text,
                );
                Outcome::SaveNote(saved.map(drop))
            }
            Task::DeleteNote(note) => match item_id(session, &format!("note {note}")) {
                Some(id) => Outcome::DeleteNote(items::delete(&mut world!(self, rng), session, id)),
                None => Outcome::Idle,
            },
            Task::Identity {
                password,
                digits,
                full,
            } => {
                let password = typed(*password);
                let world = &mut world!(self, rng);
                Outcome::Identity(match full {
                    true => {
                        identity::confirm(world, &self.waits, session, &password, digits.as_deref())
                    }
                    false => identity::confirm_password(world, &self.waits, session, &password),
                })
            }
            Task::Issue {
                life,
                set,
                kit,
                pages,
                sooner_is_fine,
            } => {
                let terms = Terms {
                    life: *life,
                    set: set.and_then(|(needed, sheets)| SetSize::new(needed, sheets)),
                    kit: kit.then(|| PathBuf::from(STICK)),
                    pages: *pages,
                };
                let issued = issue::issue(&mut world!(self, rng), session, &terms, *sooner_is_fine);
                if issued.is_ok() {
                    let wallet = session.wallet();
                    if let Ok(found) = expire::watch(&world!(self, rng), wallet) {
                        self.watch(found);
                    }
                }
                Outcome::Issue(issued.map(|()| copied(session, now)))
            }
            Task::CopyDown => match session.shown() {
                None => Outcome::Idle,
                Some(shown) => {
                    let legible = shown.legible(now).map(drop);
                    Outcome::CopyDown(legible.map(|()| copied(session, now)))
                }
            },
            Task::Keep(shows) => self.keep(session, shows, rng),
            Task::Discard => {
                let remade = session.shown().is_some_and(|shown| shown.remade);
                Outcome::Discard(remade, confirm::discard(&mut world!(self, rng), session))
            }
            Task::Revoke(_, identifier) => {
                Outcome::Revoke(revoke::revoke(&mut world!(self, rng), session, *identifier))
            }
            Task::Check(_, text) => match read_code(text) {
                Some(code) => Outcome::Check(check::check(
                    &mut world!(self, rng),
                    &self.waits,
                    session,
                    &code,
                    Tried::Counts,
                )),
                None => Outcome::Idle,
            },
            Task::CheckName(_, identifier, threshold) => Outcome::CheckName(check::name(
                &world!(self, rng),
                session,
                *identifier,
                *threshold,
            )),
            Task::Look => {
                let state = code_state(&world!(self, rng), session);
                Outcome::Look(Box::new(state), session.kits())
            }
            Task::ChangePassword {
                current,
                digits,
                next,
            } => Outcome::ChangePassword(password_change::change(
                &mut world!(self, rng),
                &self.waits,
                session,
                (&typed(*current), digits.as_deref()),
                &typed(*next),
                KdfParams::FLOOR,
            )),
            Task::TwoStepBegin => {
                let begun = Setup::begin(&mut world!(self, rng), session);
                Outcome::TwoStepBegin(begun.map(|setup| {
                    let key = Arc::from(setup.key().as_str());
                    self.setup = Some(setup);
                    key
                }))
            }
            Task::TwoStepConfirm(digits) => match self.setup.take() {
                Some(setup) => {
                    let world = &mut world!(self, rng);
                    let done = two_step::confirm(world, &self.waits, session, &setup, digits);
                    if done.is_err() {
                        self.setup = Some(setup);
                    }
                    Outcome::TwoStepConfirm(done)
                }
                None => Outcome::Idle,
            },
            Task::TwoStepOff => {
                Outcome::TwoStepOff(two_step::turn_off(&mut world!(self, rng), session))
            }
            Task::TwoStepLater => {
                Outcome::TwoStepLater(two_step::postpone(&mut world!(self, rng), session))
            }
            Task::Pages => Outcome::Pages(self.pages(session, rng)),
            Task::Remake { shares, letter, .. } => {
                let mut at_hand = Shares::default();
                for share in shares.iter().filter_map(|text| read_share(text)) {
                    let _ = at_hand.add(share);
                }
                let letters: Vec<ShareIndex> = ShareIndex::in_order()
                    .skip(usize::from(*letter))
                    .take(1)
                    .collect();
                let world = &mut world!(self, rng);
                let tried = Tried::Counts;
                let made = remake::remake(world, &self.waits, session, &at_hand, tried, &letters);
                Outcome::Remake(made.map(|()| copied(session, now)))
            }
            Task::MoveKit(_, identifier, to) => Outcome::MoveKit(kits::moved(
                &mut world!(self, rng),
                session,
                *identifier,
                to,
            )),
            Task::ForgetKit(_, identifier) => {
                Outcome::ForgetKit(kits::forget(&mut world!(self, rng), session, *identifier))
            }
            Task::Create { .. }
            | Task::SignIn { .. }
            | Task::Digits(_)
            | Task::Lock
            | Task::LockAllButShown
            | Task::Uncover { .. }
            | Task::Tick
            | Task::Accept { .. }
            | Task::Commit { .. }
            | Task::OpenKit { .. }
            | Task::OpenPages { .. }
            | Task::Restore { .. }
            | Task::PutOlder { .. }
            | Task::Mend(_) => Outcome::Idle,
        }
    }

    fn pages(
        &mut self,
        session: &mut Session,
        rng: &mut StdRng,
    ) -> Result<(code::Identifier, Arc<Symbols>), pages::PagesError> {
        let made = pages::make(&world!(self, rng), session)?;
        pages::remember(&mut world!(self, rng), session, &made)?;
        Ok((made.identifier, Arc::new(made.pages.pages().to_vec())))
    }

    fn keep(&mut self, session: &mut Session, shows: &Shows, rng: &mut StdRng) -> Outcome {
        let world = &mut world!(self, rng);
        match shows {
            Shows::Group { sheet, right } => {
                let typed = match right {
                    true => asked(session, *sheet),
                    false => Some("22222".to_owned()),
                };
                let Some(typed) = typed else {
                    return Outcome::Idle;
                };
                let proof = Proof::Group {
                    sheet: *sheet,
                    typed: &typed,
                };
                Outcome::Keep(confirm::keep(world, session, &proof))
            }
            Shows::Share(text) => match read_share(text) {
                Some(share) => Outcome::Keep(confirm::keep(world, session, &Proof::Share(&share))),
                None => Outcome::Idle,
            },
            Shows::Whole(text) => match read_code(text) {
                Some(code) => Outcome::Keep(confirm::keep(world, session, &Proof::Whole(&code))),
                None => Outcome::Idle,
            },
        }
    }
}

/// The group of a sheet on the screen that is asked back, from the paper of somebody who copied
/// it while it could be read.
fn asked(session: &Session, sheet: usize) -> Option<String> {
    let shown = session.shown()?;
    let group = shown.sheets().get(sheet)?.ask_group();
    let legible = shown.legible(std::time::Duration::ZERO).ok()?;
    let legible = legible.sheet(sheet).ok()?;
    legible.groups().get(group - 1).map(|it| (*it).to_owned())
}

/// The screen with what is legible on it.
fn copied(session: &Session, now: std::time::Duration) -> Option<Screen> {
    let mut copied = screen(session)?;
    if let Some(shown) = session.shown()
        && let Ok(legible) = shown.legible(now)
    {
        copied.sheets = (0..shown.sheets().len())
            .filter_map(|at| Some(Arc::from(legible.sheet(at).ok()?.expose())))
            .collect();
    }
    Some(copied)
}

fn item_id(session: &Session, title: &str) -> Option<ItemId> {
    let mut items = session.items().iter();
    items
        .find(|item| item.title.expose() == title)
        .map(|item| item.id)
}
