//! What the commands share: the app, and what only this computer's window needs beside it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::deadline::{Ended, Rules};
use app::settings::Settings;
use app::{App, Ports};
use platform::clipboard::SystemClipboard;
use platform::folders::Folders;
use platform::keychain::{Availability, EmbeddedKeychain, PATIENCE, SystemKeychain};
use platform::memory::free_memory;
use platform::printer::SystemPrinter;
use platform::random::system_random;
use platform::scanner::ChildScanner;
use usecases::elsewhere::{Found, Taken};
use usecases::ports::{Clock, Disk, Keychain};
use usecases::stores::Stores;
use wallet::disk::RealDisk;

use crate::close_question::CloseQuestion;
use crate::error::CommandError;
use crate::start_error::StartError;

/// One for the life of the program.
pub(crate) struct Shell {
    pub(crate) app: App,
    folders: Folders,
    disk: Arc<dyn Disk>,
    system: Arc<SystemKeychain>,
    keychain: Arc<Stores>,
    settings: Mutex<Settings>,
    page_crashed: AtomicBool,
    /// Why everything was locked last, for the next page.
    locked_by: Mutex<Option<Ended>>,
    /// What the page asks before its window closes.
    pub(crate) close_question: CloseQuestion,
    /// Files that are read once the person decides to read anyway.
    held_back: Mutex<Vec<PathBuf>>,
    /// The wallet file from elsewhere that was read last.
    found: Mutex<Option<Found>>,
    /// The e-mail of the wallet that was deleted last.
    deleted: Mutex<Option<String>>,
}

impl Shell {
    /// Wires the adapters of this computer to the ports of the app.
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let folders = Folders::of_this_person().ok_or(StartError::NoHome)?;
        folders.create()?;
        let random = system_random().map_err(|_| StartError::NoRandom)?;
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let system = Arc::new(SystemKeychain::new(PATIENCE));
        let settings = Settings::load(&*disk, &folders.settings);
        let keychain = Arc::new(Stores::new(
            Arc::clone(&system) as Arc<dyn Keychain>,
            cfg!(target_os = "linux").then(|| embedded(&folders, &disk)),
            Arc::clone(&disk),
            folders.wallets.clone(),
        ));
        if settings.embedded_keychain {
            keychain.choose_embedded();
        }
        let app = App::new(Ports {
            clock,
            disk: Arc::clone(&disk),
            keychain: Arc::clone(&keychain) as Arc<dyn Keychain>,
            scanner: Arc::new(ChildScanner::of_this_program()),
            printer: Arc::new(SystemPrinter::default()),
            clipboard: Arc::new(SystemClipboard::default()),
            folder: folders.wallets.clone(),
            settings: folders.settings.clone(),
            random: Box::new(move || Box::new(random)),
        });
        app.look_at_memory(free_memory);
        app.lock_by(rules(&settings));
        Ok(Self {
            app,
            folders,
            disk,
            system,
            keychain,
            settings: Mutex::new(settings),
            page_crashed: AtomicBool::new(false),
            locked_by: Mutex::default(),
            close_question: CloseQuestion::default(),
            held_back: Mutex::default(),
            found: Mutex::default(),
            deleted: Mutex::default(),
        })
    }

    /// The folder of this computer's wallets.
    pub(crate) fn wallets(&self) -> &Path {
        &self.folders.wallets
    }

    /// Whether the desktop's own keychain store answers.
    pub(crate) fn system_keychain(&self) -> Availability {
        self.system.probe()
    }

    /// Whether keychain records can be kept in a file that only this person can read.
    pub(crate) fn offers_private_file(&self) -> bool {
        self.folders.create_private_keychain().is_ok()
    }

    /// Keeps the keychain records of new wallets in a private file from now on, which the person
    /// agreed to.
    pub(crate) fn use_embedded_keychain(&self) -> io::Result<()> {
        self.folders.create_private_keychain()?;
        self.change_settings(|settings| {
            settings.embedded_keychain = true;
            settings.choice_lost = false;
        })?;
        self.keychain.choose_embedded();
        Ok(())
    }

    /// The saved choices.
    pub(crate) fn settings(&self) -> Settings {
        locked(&self.settings).clone()
    }

    /// Changes the saved choices, once they are on the disk.
    ///
    /// # Errors
    /// The file system's error; the choices are then the old ones.
    pub(crate) fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> io::Result<()> {
        let mut settings = locked(&self.settings);
        let mut changed = settings.clone();
        change(&mut changed);
        let changed = changed.in_range();
        if changed != *settings {
            changed.save(&*self.disk, &self.folders.settings)?;
            self.app.lock_by(rules(&changed));
            *settings = changed;
        }
        Ok(())
    }

    /// Remembers why everything was locked, for the page that takes the place of this one.
    pub(crate) fn note_lock(&self, why: Ended) {
        *locked(&self.locked_by) = Some(why);
    }

    /// Why everything was locked last, until a wallet is opened or its person locks it.
    pub(crate) fn locked_by(&self) -> Option<Ended> {
        *locked(&self.locked_by)
    }

    /// Nothing is to be said about a lock any more.
    pub(crate) fn forget_lock(&self) {
        *locked(&self.locked_by) = None;
    }

    /// Remembers files that were not read because the process that reads them cannot be restricted.
    pub(crate) fn hold_back(&self, paths: &[PathBuf]) {
        *locked(&self.held_back) = paths.to_vec();
    }

    /// The files that were held back last.
    pub(crate) fn take_held_back(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *locked(&self.held_back))
    }

    /// Remembers a wallet file from elsewhere.
    pub(crate) fn find(&self, found: Found) {
        *locked(&self.found) = Some(found);
    }

    /// Takes the wallet that was found last.
    pub(crate) fn take_found(&self) -> Result<Taken, CommandError> {
        let last = locked(&self.found);
        let found = last.as_ref().ok_or(CommandError::Internal)?;
        Ok(self.app.take_found(found)?)
    }

    /// Remembers that a wallet was deleted, for the page that takes the place of this one.
    pub(crate) fn note_deleted(&self, email: String) {
        *locked(&self.deleted) = Some(email);
    }

    /// The e-mail of the wallet that was deleted last, until one is opened.
    pub(crate) fn deleted(&self) -> Option<String> {
        locked(&self.deleted).clone()
    }

    /// Nothing is to be said about a deleted wallet any more.
    pub(crate) fn forget_deleted(&self) {
        *locked(&self.deleted) = None;
    }

    /// Locks everything after a crash of the page, and remembers the crash for the next page.
    /// Returns false if the previous crash was never reported, so a page that crashes on load is
    /// not reloaded in a loop.
    #[cfg(not(windows))]
    pub(crate) fn page_ended(&self) -> bool {
        let unreported = self.page_crashed.swap(true, Ordering::SeqCst);
        self.app.scanning.withdraw();
        self.app.lock_all_but_shown();
        self.close_question.set_unsaved(false);
        self.app.stop_camera();
        !unreported
    }

    /// Whether the page before this one crashed. Reported once.
    pub(crate) fn report_page_crash(&self) -> bool {
        self.page_crashed.swap(false, Ordering::SeqCst)
    }
}

fn rules(settings: &Settings) -> Rules {
    Rules {
        idle: settings.idle(),
        at_sleep: settings.lock_at_sleep,
        at_screen_lock: settings.lock_at_screen_lock,
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn embedded(folders: &Folders, disk: &Arc<dyn Disk>) -> Arc<dyn Keychain> {
    let folder = folders.keychain.clone();
    Arc::new(EmbeddedKeychain::new(folder, Arc::clone(disk)))
}
