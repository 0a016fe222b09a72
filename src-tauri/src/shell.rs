//! What the commands share: the app, and what only this computer's window needs beside it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::settings::Settings;
use app::{App, Ports};
use platform::folders::Folders;
use platform::keychain::{Availability, EmbeddedKeychain, PATIENCE, SystemKeychain};
use platform::memory::free_memory;
use platform::printer::SystemPrinter;
use platform::random::system_random;
use platform::scanner::ChildScanner;
use usecases::ports::{Clock, Disk, Keychain};
use usecases::stores::Stores;
use wallet::disk::RealDisk;

use crate::close_question::CloseQuestion;
use crate::start_error::StartError;

/// One for the life of the program.
pub(crate) struct Shell {
    pub(crate) app: App,
    folders: Folders,
    disk: Arc<dyn Disk>,
    system: Arc<SystemKeychain>,
    keychain: Arc<Stores>,
    settings_damaged: AtomicBool,
    page_crashed: AtomicBool,
    /// What the page asks before its window closes.
    pub(crate) close_question: CloseQuestion,
    /// Files that are read once the person decides to read anyway.
    held_back: Mutex<Vec<PathBuf>>,
}

impl Shell {
    /// Wires the adapters of this computer to the ports of the app.
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let folders = Folders::of_this_person().ok_or(StartError::NoHome)?;
        folders.create()?;
        let random = system_random().map_err(|_| StartError::NoRandom)?;
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let system = Arc::new(SystemKeychain::new(PATIENCE));
        let found = Settings::load(&*disk, &folders.settings);
        let keychain = Arc::new(Stores::new(
            Arc::clone(&system) as Arc<dyn Keychain>,
            cfg!(target_os = "linux").then(|| embedded(&folders, &disk)),
            Arc::clone(&disk),
            folders.wallets.clone(),
        ));
        if found.settings.embedded_keychain {
            keychain.choose_embedded();
        }
        let app = App::new(Ports {
            clock,
            disk: Arc::clone(&disk),
            keychain: Arc::clone(&keychain) as Arc<dyn Keychain>,
            scanner: Arc::new(ChildScanner::of_this_program()),
            printer: Arc::new(SystemPrinter::default()),
            folder: folders.wallets.clone(),
            random: Box::new(move || Box::new(random)),
        });
        app.look_at_memory(free_memory);
        Ok(Self {
            app,
            folders,
            disk,
            system,
            keychain,
            settings_damaged: AtomicBool::new(found.damaged),
            page_crashed: AtomicBool::new(false),
            close_question: CloseQuestion::default(),
            held_back: Mutex::default(),
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

    /// Whether there is a settings file that cannot be read, so that a choice was lost.
    pub(crate) fn settings_damaged(&self) -> bool {
        self.settings_damaged.load(Ordering::SeqCst)
    }

    /// Keeps the keychain records of new wallets in a private file from now on, which the person
    /// agreed to.
    pub(crate) fn use_embedded_keychain(&self) -> std::io::Result<()> {
        self.folders.create_private_keychain()?;
        Settings {
            embedded_keychain: true,
        }
        .save(&*self.disk, &self.folders.settings)?;
        self.settings_damaged.store(false, Ordering::SeqCst);
        self.keychain.choose_embedded();
        Ok(())
    }

    /// Remembers files that were not read because the process that reads them cannot be restricted.
    pub(crate) fn hold_back(&self, paths: &[PathBuf]) {
        *self.held_back() = paths.to_vec();
    }

    /// The files that were held back last.
    pub(crate) fn take_held_back(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.held_back())
    }

    fn held_back(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.held_back
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
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

fn embedded(folders: &Folders, disk: &Arc<dyn Disk>) -> Arc<dyn Keychain> {
    let folder = folders.keychain.clone();
    Arc::new(EmbeddedKeychain::new(folder, Arc::clone(disk)))
}
