//! The files of kits and the parts of recovery pages that a wallet is being restored from, as they
//! come in, in any order.

use std::path::PathBuf;

use code::{BackupCode, Identifier};
use kit::pages::{Added, Collector, PageProgress, SetName};
use kit::{KitContents, KitFileKind, OpenError};
use scan::Text;
use thiserror::Error;

use usecases::kits::{KitFileContents, read_files};
use usecases::ports::Disk;
use usecases::restore::Restoration;

use crate::files::{KitFile, MOST_KIT_FILES};

/// Why nothing was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RestoringError {
    /// There is neither a whole kit nor whole recovery pages.
    #[error("there is nothing whole to restore from")]
    NothingWhole,
    /// None of the kits and pages opens with the code.
    #[error("code {identifier} does not open the copy")]
    WrongCode {
        /// The code's name.
        identifier: Identifier,
    },
    /// None of the kits and pages opens.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// One of them takes a lot of memory to open, as no copy that this app makes does. It is opened
    /// only if the person agrees.
    #[error("the copy takes {bytes} bytes of memory to open")]
    Costly {
        /// How much memory.
        bytes: u64,
    },
}

/// Whether copies that take a lot of memory are opened, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Costly {
    /// Not before the person agrees.
    Ask,
    /// They agreed. What does not fit the free memory is refused all the same.
    Open,
}

/// Tells how many bytes of memory are free; `None` if the system does not say.
pub type FreeMemory = fn() -> Option<u64>;

/// What has been collected. Only the opened contents are secret.
#[derive(Default)]
pub struct Restoring {
    files: Vec<KitFile>,
    pages: Collector,
    opened: Option<Restoration>,
    free_memory: Option<FreeMemory>,
}

/// What has been collected, for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoringState {
    /// Whether there is a kit's file with the identity.
    pub identity: bool,
    /// Whether there is a kit's file with the wallet.
    pub wallet: bool,
    /// The folder that the last file was read from.
    pub folder: Option<PathBuf>,
    /// Recovery pages; none before the first part of one.
    pub pages: Option<PagesState>,
    /// Whether a kit or the pages are complete, so that only the code is missing.
    pub whole: bool,
}

/// The recovery pages that have been collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagesState {
    /// The set that is being collected, as it is printed on its pages.
    pub set: SetName,
    /// Number of fragments that are known.
    pub gathered: usize,
    /// Number of fragments that are needed.
    pub needed: usize,
    /// What was read of each page, from the first; none where parts do not tell their page.
    pub pages: Option<Vec<PageProgress>>,
    /// Number of other sets of which parts were read.
    pub others: usize,
    /// Whether the set is complete.
    pub whole: bool,
    /// Whether the parts do not fit together: one of them was altered.
    pub spoilt: bool,
}

impl Restoring {
    /// Nothing collected yet. A costly key derivation is refused if it does not fit the memory that
    /// is free then.
    pub fn within(free_memory: Option<FreeMemory>) -> Self {
        Self {
            free_memory,
            ..Self::default()
        }
    }

    /// Adds files of kits and parts of pages, and forgets what was opened before. Returns whether
    /// anything of it can be restored from.
    pub fn add(&mut self, files: Vec<KitFile>, parts: &[Text]) -> bool {
        let mut added = !files.is_empty();
        for part in parts {
            added |= self.pages.add(part) != Added::NotAPart;
        }
        for file in files {
            // The same file from two folders counts once.
            self.files.retain(|other| other.bytes != file.bytes);
            self.files.push(file);
        }
        let surplus = self.files.len().saturating_sub(MOST_KIT_FILES);
        self.files.drain(..surplus);
        if added && !self.is_begun() {
            self.opened = None;
        }
        added
    }

    /// What has been collected, for display.
    pub fn state(&self) -> RestoringState {
        let has = |kind| self.of(kind).next().is_some();
        let (identity, wallet) = (has(KitFileKind::Identity), has(KitFileKind::Wallet));
        let pages = self.pages_state();
        RestoringState {
            whole: (identity && wallet) || pages.as_ref().is_some_and(|pages| pages.whole),
            identity,
            wallet,
            folder: self.files.last().map(|file| file.folder.clone()),
            pages,
        }
    }

    fn pages_state(&self) -> Option<PagesState> {
        let progress = self.pages.progress()?;
        let finished = self.pages.finished();
        Some(PagesState {
            set: progress.set,
            gathered: progress.gathered,
            needed: progress.needed,
            pages: progress.pages,
            others: self.pages.sets().count().saturating_sub(1),
            whole: matches!(finished, Ok(Some(_))),
            spoilt: finished.is_err(),
        })
    }

    /// Forgets the pages, one of which was altered.
    pub fn forget_pages(&mut self) {
        self.pages.start_again();
        if !self.is_begun() {
            self.opened = None;
        }
    }

    /// The contents that the code opened last.
    pub fn opened(&self) -> Option<&Restoration> {
        self.opened.as_ref()
    }

    /// Takes the opened contents, to make a wallet of them.
    pub fn take_opened(&mut self) -> Option<Restoration> {
        self.opened.take()
    }

    /// Puts the contents of a restore that was not completed back, for a retry.
    pub fn put_opened(&mut self, restoration: Restoration) {
        self.opened = Some(restoration);
    }

    /// Whether a try to restore the opened contents may have put a file in place. They stay open
    /// then, whatever is added, until that try has been completed.
    fn is_begun(&self) -> bool {
        self.opened.as_ref().is_some_and(Restoration::is_begun)
    }

    /// Opens every kit and the pages with the code, and keeps the newest contents, with the files
    /// that the folders of the kits have. One that they do not have is left out. `left` tells
    /// that nobody waits any more; it is asked before each key derivation.
    ///
    /// # Errors
    /// Where nothing opens: the first error other than a wrong code, if there is one.
    pub fn open(
        &mut self,
        disk: &dyn Disk,
        code: &BackupCode,
        costly: Costly,
        left: &dyn Fn() -> bool,
    ) -> Result<&Restoration, RestoringError> {
        if !self.is_begun() {
            self.opened = Some(self.newest(disk, code, costly, left)?);
        }
        self.opened.as_ref().ok_or(RestoringError::NothingWhole)
    }

    fn newest(
        &self,
        disk: &dyn Disk,
        code: &BackupCode,
        costly: Costly,
        left: &dyn Fn() -> bool,
    ) -> Result<Restoration, RestoringError> {
        let mut best = Best::default();
        let mut kits = Vec::new();
        let whole = self.of(KitFileKind::Wallet).next().is_some();
        for identity in self.of(KitFileKind::Identity).filter(|_| whole) {
            if left() {
                break;
            }
            let affordable = self.affordable(&identity.bytes, costly);
            let unlocked =
                affordable.and_then(|()| Ok(kit::Identity::unlock(&identity.bytes, code)?));
            match unlocked {
                Ok(unlocked) => {
                    let mut folders = Vec::new();
                    for wallet in self.of(KitFileKind::Wallet) {
                        let opened = unlocked.open(&wallet.bytes);
                        if opened.is_ok() {
                            folders.push(wallet.folder.as_path());
                        }
                        best.take(opened);
                    }
                    kits.push((unlocked, folders));
                }
                Err(error) => best.fail(error),
            }
        }
        let pages = self.pages.finished().ok().flatten();
        if let Some(file) = pages.filter(|_| !left()) {
            match self.affordable(&file, costly) {
                Ok(()) => best.take(kit::pages::open(&file, code)),
                Err(error) => best.fail(error),
            }
        }
        match (best.newest, best.failure) {
            (Some(contents), _) => {
                let mut files = KitFileContents::default();
                for (identity, folders) in &kits {
                    for folder in folders {
                        let found = read_files(disk, folder, identity, &contents.items);
                        files.complete_with(found);
                    }
                }
                let restoration = Restoration::new(contents, code.identifier());
                Ok(restoration.with_files(files))
            }
            (None, Some(RestoringError::Open(OpenError::WrongCode))) => {
                Err(RestoringError::WrongCode {
                    identifier: code.identifier(),
                })
            }
            (None, Some(error)) => Err(error),
            (None, None) => Err(RestoringError::NothingWhole),
        }
    }

    /// Refuses a file whose key derivation takes a lot of memory: without consent, and where it is
    /// more than three quarters of what is free.
    fn affordable(&self, file: &[u8], costly: Costly) -> Result<(), RestoringError> {
        let bytes = kit::memory_to_open(file).unwrap_or_default();
        if bytes <= kit::MODEST_MEMORY {
            return Ok(());
        }
        if costly == Costly::Ask {
            return Err(RestoringError::Costly { bytes });
        }
        let free = self.free_memory.and_then(|free| free());
        let fits = free.is_none_or(|free| bytes <= free / 4 * 3);
        fits.then_some(()).ok_or(OpenError::OutOfMemory.into())
    }

    fn of(&self, kind: KitFileKind) -> impl Iterator<Item = &KitFile> {
        self.files.iter().filter(move |file| file.kind == kind)
    }
}

/// The newest contents that opened, and why others did not.
#[derive(Default)]
struct Best {
    newest: Option<KitContents>,
    failure: Option<RestoringError>,
}

impl Best {
    fn take(&mut self, opened: Result<KitContents, OpenError>) {
        match opened {
            Ok(contents) => {
                let newest = self.newest.as_ref();
                if newest.is_none_or(|other| other.date < contents.date) {
                    self.newest = Some(contents);
                }
            }
            Err(error) => self.fail(error.into()),
        }
    }

    /// Where the code opens an identity, the error of its wallet matters more, and a question
    /// matters most.
    fn fail(&mut self, error: RestoringError) {
        let wrong = RestoringError::Open(OpenError::WrongCode);
        let asks = matches!(error, RestoringError::Costly { .. });
        if asks || self.failure.is_none_or(|failed| failed == wrong) {
            self.failure = Some(error);
        }
    }
}

#[cfg(test)]
#[path = "restoring_tests.rs"]
mod tests;
