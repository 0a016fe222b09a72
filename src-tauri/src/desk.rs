//! The adapters that the window works with, and everything that is open at the moment.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use app::camera::Camera;
use app::camera_slot::{CameraError, CameraSlot, FrameReport};
use app::entry::Entry;
use app::jobs::Jobs;
use app::restoring::Restoring;
use app::settings::Settings;
use platform::folders::Folders;
use platform::keychain::{Availability, EmbeddedKeychain, PATIENCE, SystemKeychain};
use platform::random::{SystemRandom, system_random};
use scan::{Finds, Frame, ScanError, Scanner};
use usecases::World;
use usecases::expire::{self, Watched};
use usecases::ports::{Clock, Disk, Printer};
use usecases::redeem::Acceptance;
use usecases::session::Session;
use usecases::sign_in::Pending;
use usecases::two_step::Setup;
use usecases::waits::Waits;
use wallet::{KdfMemory, KdfParams};

use crate::error::{CommandError, ErrorCode};

/// What one derivation of a key from a password may take.
const DERIVATION: Duration = Duration::from_millis(500);
/// How long a wallet stays open while nobody does anything.
const IDLE: Duration = Duration::from_secs(5 * 60);
/// How long a code stays uncovered.
pub(crate) const UNCOVERED: Duration = Duration::from_secs(2 * 60);

/// The adapters and the open things. One for the life of the program.
pub(crate) struct Desk {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) scanner: Arc<dyn Scanner>,
    pub(crate) printer: Arc<dyn Printer>,
    pub(crate) printing: Jobs,
    /// Readings of files.
    pub(crate) scanning: Jobs,
    camera: Arc<CameraSlot>,
    page_ended: AtomicBool,
    pub(crate) folders: Folders,
    system: SystemKeychain,
    open: Mutex<Open>,
}

/// What is open at the moment.
pub(crate) struct Open {
    keychain: Option<Arc<EmbeddedKeychain>>,
    random: SystemRandom,
    memory: KdfMemory,
    params: Option<KdfParams>,
    pub(crate) waits: Waits,
    pub(crate) session: Option<Session>,
    pub(crate) pending: Option<Box<Pending>>,
    pub(crate) setup: Option<Setup>,
    pub(crate) entry: Entry,
    /// The kits and pages that a wallet is being restored from; none where none is.
    pub(crate) restoring: Option<Restoring>,
    camera: Arc<CameraSlot>,
    /// The folder that the next kit is made in.
    pub(crate) kit_folder: Option<PathBuf>,
    pub(crate) acceptance: Option<Acceptance>,
    /// When the shown code is covered, by the clock since boot.
    pub(crate) cover_at: Duration,
    watched: Vec<Watched>,
    touched: Duration,
}

impl Desk {
    /// Opens the desk for the person who runs the program.
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        disk: Arc<dyn Disk>,
        scanner: Arc<dyn Scanner>,
        printer: Arc<dyn Printer>,
        folders: Folders,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        folders.create()?;
        let chosen = Settings::load(&folders.settings).embedded_keychain;
        let camera = Arc::new(CameraSlot::default());
        let open = Open {
            camera: Arc::clone(&camera),
            keychain: chosen.then(|| embedded(&folders, &disk)),
            random: system_random()?,
            memory: KdfMemory::new(),
            params: None,
            waits: Waits::default(),
            session: None,
            pending: None,
            setup: None,
            entry: Entry::default(),
            restoring: None,
            kit_folder: None,
            acceptance: None,
            cover_at: Duration::ZERO,
            watched: Vec::new(),
            touched: clock.since_boot(),
        };
        let system = SystemKeychain::new(PATIENCE);
        Ok(Self {
            clock,
            disk,
            scanner,
            printer,
            printing: Jobs::default(),
            scanning: Jobs::default(),
            camera,
            page_ended: AtomicBool::new(false),
            folders,
            system,
            open: Mutex::new(open),
        })
    }

    /// Works with what is open, alone. Can take as long as an Argon2id derivation or an unlock dialog: not for the UI thread.
    pub(crate) fn work<T>(&self, work: impl FnOnce(&mut World<'_>, &mut Open) -> T) -> T {
        let mut guard = self.lock();
        let open = &mut *guard;
        // What belongs to the world is taken out for the time of the work, so that the rest can be borrowed beside it.
        let mut memory = std::mem::take(&mut open.memory);
        let mut random = open.random;
        let keychain = open.keychain.clone();
        let mut world = World {
            clock: &*self.clock,
            keychain: match &keychain {
                Some(embedded) => &**embedded,
                None => &self.system,
            },
            disk: &*self.disk,
            folder: &self.folders.wallets,
            rng: &mut random,
            memory: &mut memory,
        };
        let done = work(&mut world, open);
        open.memory = memory;
        done
    }

    /// Works with the open wallet.
    pub(crate) fn session<T>(
        &self,
        work: impl FnOnce(&mut World<'_>, &mut Open, &mut Session) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        self.work(|world, open| {
            let Some(mut session) = open.session.take() else {
                return Err(CommandError::new(ErrorCode::Locked, "no wallet is open"));
            };
            let done = work(world, open, &mut session);
            open.session = Some(session);
            done
        })
    }

    /// Whether the desktop's own keychain store answers.
    pub(crate) fn system_keychain(&self) -> Availability {
        self.system.probe()
    }

    /// Whether the person agreed to the embedded store.
    pub(crate) fn keeps_records_in_a_file(&self) -> bool {
        self.lock().keychain.is_some()
    }

    /// Keeps records in a private file from now on, which the person agreed to.
    pub(crate) fn keep_records_in_a_file(&self) -> std::io::Result<()> {
        Settings {
            embedded_keychain: true,
        }
        .save(&self.folders.settings)?;
        self.lock().keychain = Some(embedded(&self.folders, &self.disk));
        Ok(())
    }

    /// Whether the code on the screen is covered.
    pub(crate) fn covered(&self) -> bool {
        self.lock().cover_at <= self.clock.since_boot()
    }

    /// The person did something.
    pub(crate) fn touch(&self) {
        self.lock().touched = self.clock.since_boot();
    }

    /// Once a second: ends codes whose time is over, and locks after idleness or sleep. True when it locked.
    pub(crate) fn tick(&self, slept: bool) -> bool {
        let mut ended = false;
        self.work(|world, open| {
            let uptime = world.clock.since_boot();
            let mut watched = std::mem::take(&mut open.watched);
            if open.acceptance.is_none() {
                // A keychain that is away is asked again at the next tick.
                let _ = expire::sweep(world, &mut watched, open.session.as_mut());
            }
            open.watched = watched;
            let idle = uptime.saturating_sub(open.touched) >= IDLE;
            let Some(session) = open.session.as_mut() else {
                // What a copy of a wallet held waits for its new password, and not for ever.
                let restoring = open.restoring.as_ref();
                if restoring.is_some_and(|it| it.opened().is_some()) && (slept || idle) {
                    open.lock();
                    ended = true;
                }
                return;
            };
            if session.shown().is_some() {
                if slept {
                    open.cover_at = uptime;
                }
                open.touched = uptime;
            } else if slept || idle {
                open.lock();
                ended = true;
            }
        });
        ended
    }

    /// Starts to look at a camera's frames.
    pub(crate) fn start_camera(&self) -> Result<(), ScanError> {
        let camera = self.camera.start(Camera::new(self.scanner.watch()?));
        // Under the lock: a command that runs now and forgets everything does so before.
        self.work(|_, _| self.camera.turn_on(camera));
        Ok(())
    }

    /// Looks at a frame, and takes what is new in it. A frame is dropped if the camera was turned
    /// off, or everything was forgotten, while it was looked at.
    pub(crate) fn see<T>(
        &self,
        frame: &Frame<'_>,
        take: impl FnOnce(&mut Open, Finds) -> T,
    ) -> Result<(FrameReport, Option<T>), CameraError> {
        let mut report = self.camera.see(frame)?;
        let Some(news) = report.news.take() else {
            return Ok((report, None));
        };
        let taken = self.work(|_, open| Ok(take(open, self.camera.accept(news)?)));
        taken.map(|taken| (report, Some(taken)))
    }

    /// Looks at no more frames, without waiting for one that is being looked at.
    pub(crate) fn stop_camera(&self) {
        self.camera.stop();
    }

    /// Locks everything after a crash of the page, and remembers the crash for the next page. Returns
    /// false if the previous crash was never reported, so a page that crashes on load is not
    /// reloaded in a loop.
    #[cfg(not(windows))]
    pub(crate) fn page_ended(&self) -> bool {
        let unheard = self.page_ended.swap(true, Ordering::SeqCst);
        self.scanning.withdraw();
        self.work(|_, open| open.lock());
        self.stop_camera();
        !unheard
    }

    /// Whether the page before this one crashed. Said once.
    pub(crate) fn hear_of_page(&self) -> bool {
        self.page_ended.swap(false, Ordering::SeqCst)
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        // A panic in one command leaves what is open as it was; the next command goes on with it.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// The Argon2id parameters for a password that is set now, measured once on this computer.
    pub(crate) fn params(&mut self, world: &mut World<'_>) -> KdfParams {
        *self.params.get_or_insert_with(|| {
            let start = Instant::now();
            wallet::calibrate(world.memory, DERIVATION, &mut || start.elapsed())
        })
    }

    /// Takes a wallet that was just opened.
    pub(crate) fn enter(&mut self, world: &mut World<'_>, session: Session) {
        self.forget();
        self.watch(world, &session);
        self.touch(world);
        // A block of up to a gigabyte is not kept while the wallet is open.
        *world.memory = KdfMemory::new();
        self.session = Some(session);
    }

    /// Watches the timed codes of the wallet, so that they end on time while the program runs. One that is watched already
    /// keeps the end that was reckoned first.
    pub(crate) fn watch(&mut self, world: &World<'_>, session: &Session) {
        let Ok(found) = expire::watch(world, session.wallet()) else {
            return;
        };
        for code in found {
            if !self.watched.iter().any(|known| known.is_of(&code)) {
                self.watched.push(code);
            }
        }
    }

    /// The person did something just now.
    pub(crate) fn touch(&mut self, world: &World<'_>) {
        self.touched = world.clock.since_boot();
    }

    /// Locks the wallet and forgets everything that is open.
    pub(crate) fn lock(&mut self) {
        self.session = None;
        self.forget();
    }

    fn forget(&mut self) {
        self.pending = None;
        self.setup = None;
        self.acceptance = None;
        self.entry = Entry::default();
        self.restoring = None;
        self.kit_folder = None;
        self.camera.turn_off();
    }
}

fn embedded(folders: &Folders, disk: &Arc<dyn Disk>) -> Arc<EmbeddedKeychain> {
    let folder: PathBuf = folders.keychain.clone();
    Arc::new(EmbeddedKeychain::new(folder, Arc::clone(disk)))
}
