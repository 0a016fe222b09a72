//! The app: ports, stage, and the locks between them.
//!
//! Three kinds of locks, always taken in this order and never the other way round:
//!
//! 1. the commit lock of a wallet, held over the columns of the commit protocol;
//! 2. the lock of a collection that is being restored from, held while it is opened;
//! 3. the lock on the stage, held only to take something or to put it back, never over I/O.
//!
//! *Lock* takes the third alone, so it takes effect at once. A command that is under way works on a
//! copy, finishes its commit, and then finds that its stage is gone.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

use rand::CryptoRng;
use scan::Scanner;
use thiserror::Error;
use usecases::World;
use usecases::copies::Why;
use usecases::expire::Watched;
use usecases::find;
use usecases::mend::{self, MendError};
use usecases::ports::{Clipboard, Clock, Disk, Keychain, Printer};
use usecases::session::Session;
use usecases::waits::Waits;
use wallet::store::FolderError;
use wallet::{KdfMemory, KdfParams, WalletId};

use crate::camera_slot::CameraSlot;
use crate::copying::Copying;
use crate::deadline::{self, Absence, Ended, Rules, Verdict};
use crate::drive::{self, Drives};
use crate::entry::Entry;
use crate::jobs::Jobs;
use crate::kit_turns::KitTurns;
use crate::mutex::locked;
use crate::restoring::FreeMemory;
use crate::stage::{SignedIn, Stage, State};

/// What one derivation of a key from a password may take.
const DERIVATION: Duration = Duration::from_millis(500);

/// No wallet is open, or none of the kind that the command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no wallet is open")]
pub struct Locked;

/// The outside world.
pub struct Ports {
    /// The computer's clocks.
    pub clock: Arc<dyn Clock>,
    /// Where files are.
    pub disk: Arc<dyn Disk>,
    /// The operating system's keychain, or what stands in for it.
    pub keychain: Arc<dyn Keychain>,
    /// Reads foreign pictures and PDFs.
    pub scanner: Arc<dyn Scanner>,
    /// The printers.
    pub printer: Arc<dyn Printer>,
    /// The desktop's clipboard.
    pub clipboard: Arc<dyn Clipboard>,
    /// The folder of this computer's wallets.
    pub folder: PathBuf,
    /// The folder of what is kept outside any wallet. Nothing in it is secret.
    pub settings: PathBuf,
    /// Gives a handle of the operating system's generator.
    pub random: Box<dyn Fn() -> Box<dyn CryptoRng> + Send + Sync>,
}

/// One for the life of the program.
pub struct App {
    pub(crate) ports: Ports,
    pub(crate) state: Arc<Mutex<State>>,
    pub(crate) waits: Waits,
    pub(crate) watched: Mutex<Vec<Watched>>,
    /// The wallets whose timed codes are still to be watched; `None` until they were listed.
    pub(crate) to_watch: Mutex<Option<Vec<WalletId>>>,
    pub(crate) expire_again: Mutex<Duration>,
    commits: Mutex<HashMap<WalletId, Arc<Mutex<()>>>>,
    /// The wallets whose file can be read and did not open.
    pub(crate) unopened: Mutex<HashMap<WalletId, Why>>,
    /// The block that Argon2id works in, while no derivation uses it.
    memory: Mutex<Option<KdfMemory>>,
    params: OnceLock<KdfParams>,
    pub(crate) free_memory: OnceLock<FreeMemory>,
    /// How long one operation on a drive may take.
    drives: Duration,
    pub(crate) kits: KitTurns,
    pub(crate) camera: CameraSlot,
    pub(crate) copying: Arc<Copying>,
    /// Print jobs.
    pub printing: Jobs,
    /// Readings of files.
    pub scanning: Jobs,
}

impl App {
    /// The app with nothing open.
    pub fn new(ports: Ports) -> Self {
        let state = State::new(ports.clock.since_boot());
        let copying = Copying::new(
            Arc::clone(&ports.clipboard),
            Arc::clone(&ports.clock),
            Arc::clone(&ports.disk),
            ports.settings.clone(),
        );
        Self {
            state: Arc::new(Mutex::new(state)),
            waits: Waits::default(),
            watched: Mutex::default(),
            to_watch: Mutex::default(),
            expire_again: Mutex::default(),
            commits: Mutex::default(),
            unopened: Mutex::default(),
            memory: Mutex::default(),
            params: OnceLock::new(),
            free_memory: OnceLock::new(),
            drives: drive::PATIENCE,
            kits: KitTurns::default(),
            camera: CameraSlot::default(),
            copying: Arc::new(copying),
            printing: Jobs::default(),
            scanning: Jobs::default(),
            ports,
        }
    }

    /// The app for tests: new passwords get these parameters instead of measured ones, and kits and
    /// drives are waited for this long.
    #[cfg(any(test, feature = "testing"))]
    pub fn for_tests(ports: Ports, params: KdfParams, patience: Duration) -> Self {
        let mut app = Self::new(ports);
        app.kits.patience = patience;
        app.drives = patience;
        let _ = app.params.set(params);
        app
    }

    /// Looks at the memory that is free before a copy that takes a lot of it is opened.
    pub fn look_at_memory(&self, free: FreeMemory) {
        let _ = self.free_memory.set(free);
    }

    /// The keychain.
    pub fn keychain(&self) -> &dyn Keychain {
        &*self.ports.keychain
    }

    /// The disk.
    pub fn disk(&self) -> &dyn Disk {
        &*self.ports.disk
    }

    /// The scanner of foreign files.
    pub fn scanner(&self) -> &dyn Scanner {
        &*self.ports.scanner
    }

    /// The printers.
    pub fn printer(&self) -> &dyn Printer {
        &*self.ports.printer
    }

    /// Makes one keychain record of several that bear the name of one wallet, for each wallet of
    /// this computer.
    ///
    /// # Errors
    /// See [`MendError`].
    pub fn mend_keychain<E: From<FolderError> + From<MendError>>(&self) -> Result<(), E> {
        let wallets = self.world(|world| find::wallets(world.disk, world.folder))?;
        for known in wallets.known {
            let commit = self.commit_lock(known.wallet);
            let _commit = locked(&commit);
            // One that is open for reading only may be open for writing elsewhere.
            let open = self
                .session()
                .is_ok_and(|session| session.wallet() == known.wallet && !session.is_read_only());
            self.world(|world| mend::mend(world, known.wallet, open))?;
        }
        Ok(())
    }

    /// Works with the outside world. May take as long as a key derivation or an unlock dialog.
    pub fn world<T>(&self, work: impl FnOnce(&mut World<'_>) -> T) -> T {
        let watched = locked(&self.watched).clone();
        let mut random = (self.ports.random)();
        let mut memory = locked(&self.memory).take().unwrap_or_default();
        let disk = Drives {
            disk: &self.ports.disk,
            home: &self.ports.folder,
            patience: self.drives,
        };
        let done = work(&mut World {
            clock: &*self.ports.clock,
            watched: &watched,
            keychain: self.keychain(),
            disk: &disk,
            folder: &self.ports.folder,
            rng: &mut *random,
            memory: &mut memory,
        });
        // A block of up to a gigabyte is not kept while a wallet is open.
        if self.state().signed_in().is_none() {
            *locked(&self.memory) = Some(memory);
        }
        done
    }

    /// The Argon2id parameters for new passwords, measured once on this computer.
    pub(crate) fn params(&self) -> KdfParams {
        *self.params.get_or_init(|| {
            let start = Instant::now();
            self.world(|world| wallet::calibrate(world.memory, DERIVATION, &mut || start.elapsed()))
        })
    }

    /// The open wallet.
    ///
    /// # Errors
    /// [`Locked`] if none is open.
    pub fn session(&self) -> Result<Arc<Session>, Locked> {
        let state = self.state();
        let open = state.signed_in().ok_or(Locked)?;
        Ok(Arc::clone(&open.session))
    }

    /// Reads the open wallet, from a copy that does not keep other processes from it: the wallet
    /// can be locked and opened again while `work` waits for a keychain.
    ///
    /// # Errors
    /// [`Locked`], and what `work` returns.
    pub fn read<T, E: From<Locked>>(
        &self,
        work: impl FnOnce(&mut World<'_>, &Session) -> Result<T, E>,
    ) -> Result<T, E> {
        let session = self.session()?.snapshot();
        self.world(|world| work(world, &session))
    }

    /// Changes the open wallet, and then brings its kits up to date. `work` gets a copy under the
    /// wallet's commit lock. The copy replaces the open wallet also after an error, unless
    /// everything was locked meanwhile.
    ///
    /// # Errors
    /// [`Locked`], and what `work` returns.
    pub fn change<T, E: From<Locked>>(
        &self,
        work: impl FnOnce(&mut World<'_>, &mut Session) -> Result<T, E>,
    ) -> Result<T, E> {
        let done = self.update(work);
        self.refresh_kits();
        done
    }

    /// Changes what is known of the open wallet without saving it, or as part of [`App::change`].
    pub(crate) fn update<T, E: From<Locked>>(
        &self,
        work: impl FnOnce(&mut World<'_>, &mut Session) -> Result<T, E>,
    ) -> Result<T, E> {
        let (epoch, wallet) = self.open_wallet()?;
        let commit = self.commit_lock(wallet);
        let _commit = locked(&commit);
        // Another wallet may be open by now, which this change is not for.
        let mut session = self.copy_session(epoch)?;
        let done = self.world(|world| work(world, &mut session));
        self.put_session(epoch, session);
        done
    }

    /// The epoch and the open wallet.
    pub(crate) fn open_wallet(&self) -> Result<(u64, WalletId), Locked> {
        let state = self.state();
        let open = state.signed_in().ok_or(Locked)?;
        Ok((state.epoch, open.session.wallet()))
    }

    /// A copy of the wallet that is open since `epoch`. Needs the wallet's commit lock.
    pub(crate) fn copy_session(&self, epoch: u64) -> Result<Session, Locked> {
        let (session, panicked) = {
            let mut state = self.state();
            let current = state.epoch == epoch;
            let open = state.signed_in_mut().filter(|_| current).ok_or(Locked)?;
            let panicked = std::mem::replace(&mut open.changing, true);
            (Arc::clone(&open.session), panicked)
        };
        let mut session = session.fork();
        if panicked {
            // The change before this one may have reached the file.
            session.reload(&*self.ports.disk);
        }
        Ok(session)
    }

    /// Replaces the open wallet by a changed copy, unless everything was locked since `epoch`.
    pub(crate) fn put_session(&self, epoch: u64, mut session: Session) {
        let mut state = self.state();
        let current = state.epoch == epoch;
        if let Some(open) = state.signed_in_mut().filter(|_| current) {
            session.take_later_report(&open.session);
            open.session = Arc::new(session);
            open.changing = false;
        }
    }

    /// Opens the stage *signed in*, and watches the wallet's timed codes.
    pub(crate) fn enter(&self, epoch: u64, session: Session) -> Result<(), Locked> {
        self.watch(session.wallet());
        let now = self.ports.clock.since_boot();
        *locked(&self.memory) = None;
        let left = {
            let mut state = self.state();
            if !state.set(epoch, Stage::SignedIn(SignedIn::new(session)), now) {
                return Err(Locked);
            }
            self.camera.turn_off();
            state.touched = now;
            std::mem::take(&mut state.entry)
        };
        drop(left);
        self.refresh_kits();
        Ok(())
    }

    /// Returns the epoch: with each lock, and each other stage, another one begins.
    pub fn epoch(&self) -> u64 {
        self.state().epoch
    }

    /// Locks everything: the wallet, what was entered, and the camera. Takes effect at once.
    /// Returns the epoch that begins.
    pub fn lock(&self) -> u64 {
        self.leave_for(|_| (Stage::SignedOut, Entry::default()))
    }

    /// Locks everything but a code on the screen, which is covered. Takes effect at once.
    pub fn lock_all_but_shown(&self) {
        let now = self.ports.clock.since_boot();
        self.leave_for(|state| {
            let covered = match &state.stage {
                Stage::Covered(covered) => Some(Arc::clone(covered)),
                Stage::SignedIn(open) => open.session.all_but_shown(now).map(Arc::new),
                Stage::SignedOut
                | Stage::AwaitingDigits(_)
                | Stage::Accepted(_)
                | Stage::Restoring(_) => None,
            };
            let next = covered.map_or(Stage::SignedOut, Stage::Covered);
            (next, Entry::default())
        });
    }

    /// Leaves the stage, what was entered, and the camera for what `next` keeps of them. What was
    /// copied is cleared. Returns the epoch that begins.
    pub(crate) fn leave_for(&self, next: impl FnOnce(&mut State) -> (Stage, Entry)) -> u64 {
        let now = self.ports.clock.since_boot();
        let (epoch, left) = {
            let mut state = self.state();
            self.camera.turn_off();
            self.scanning.withdraw();
            let (stage, entry) = next(&mut state);
            state.leave(stage, entry, now)
        };
        self.copying.forget();
        drop(left);
        epoch
    }

    /// Remembers that the person did something. After a sleep, or a busy moment, it may be heard
    /// before the tick that locks: what is over stays over.
    pub fn touch(&self) {
        let now = self.ports.clock.since_boot();
        let mut state = self.state();
        if !deadline::is_idle(&state, now) {
            state.touched = now;
        }
    }

    /// Sets when an open wallet is locked, from now on.
    pub fn lock_by(&self, rules: Rules) {
        self.state().rules = rules;
    }

    /// Applies the deadline rule and clears what was copied in time, once a second. `slept`: the
    /// computer has just woken up. Returns why everything was locked, or everything but a shown
    /// code; `None` if nothing was.
    pub fn tick(&self, slept: bool) -> Option<Ended> {
        self.copying.tick();
        self.apply_deadlines(slept.then_some(Absence::Sleep))
    }

    /// Applies the deadline rule when the screen has just been locked. Returns what [`Self::tick`]
    /// does.
    pub fn screen_locked(&self) -> Option<Ended> {
        self.apply_deadlines(Some(Absence::ScreenLock))
    }

    fn apply_deadlines(&self, absence: Option<Absence>) -> Option<Ended> {
        let now = self.ports.clock.since_boot();
        let mut state = self.state();
        match deadline::verdict(&state, now, absence) {
            // A sign-in that is under way began before the absence.
            Verdict::Stay if absence.is_some() && state.signed_in().is_none() => state.epoch += 1,
            Verdict::Stay => {}
            Verdict::StayShown => state.touched = now,
            Verdict::Cover(why) => {
                drop(state);
                self.lock_all_but_shown();
                return Some(why);
            }
            Verdict::Lock(why) => {
                drop(state);
                self.lock();
                return Some(why);
            }
        }
        None
    }

    /// The commit lock of a wallet.
    pub(crate) fn commit_lock(&self, wallet: WalletId) -> Arc<Mutex<()>> {
        Arc::clone(locked(&self.commits).entry(wallet).or_default())
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use rand::rngs::StdRng;
    use usecases::create::CreateError;
    use usecases::testing::{MemoryClipboard, MemoryKeychain, NoPrinter, SetClock};
    use wallet::testing::MemoryDisk;
    use wallet::{Email, Password};

    use super::*;
    use crate::testing::LineScanner;

    #[derive(Debug)]
    struct NotCreated;

    impl From<CreateError> for NotCreated {
        fn from(_: CreateError) -> Self {
            Self
        }
    }

    impl From<Locked> for NotCreated {
        fn from(_: Locked) -> Self {
            Self
        }
    }

    fn create(app: &App, email: &str) -> (u64, WalletId) {
        let email = Email::parse(email).unwrap();
        let password = Password::typed("a password of this wallet".to_owned());
        app.create::<NotCreated>(email, &password).unwrap();
        app.open_wallet().unwrap()
    }

    #[test]
    fn a_change_that_waited_for_its_turn_is_not_made_in_another_wallet() {
        let ports = Ports {
            clock: Arc::new(SetClock::at(1_800_000_000)),
            disk: Arc::new(MemoryDisk::new()),
            keychain: Arc::new(MemoryKeychain::default()),
            scanner: Arc::new(LineScanner),
            printer: Arc::new(NoPrinter),
            clipboard: Arc::new(MemoryClipboard::default()),
            folder: "/wallets".into(),
            settings: "/settings".into(),
            random: Box::new(|| Box::new(rand::make_rng::<StdRng>())),
        };
        let app = App::for_tests(ports, KdfParams::FLOOR, Duration::ZERO);
        let (before, first) = create(&app, "ada@example.com");
        assert!(app.copy_session(before).is_ok());
        let (now, second) = create(&app, "eve@example.com");
        assert_ne!(first, second);
        assert_eq!(app.copy_session(before).err(), Some(Locked));
        assert_eq!(app.copy_session(now).unwrap().wallet(), second);
    }
}
