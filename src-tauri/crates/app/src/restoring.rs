//! The files of kits and the parts of recovery pages that a wallet is being restored from, as they
//! come in, in any order.

use std::path::PathBuf;

use code::{BackupCode, Identifier};
use kit::pages::{Added, Collector, PageProgress, SetName};
use kit::{KitContents, KitFileKind, OpenError};
use scan::Text;
use thiserror::Error;

use usecases::restore::Restoration;

use crate::files::{KitFile, MOST_KIT_FILES};

/// Number of pairs of an identity and a wallet that are tried at once, each with a key derivation.
/// One more than there are if the code opens one identity of the most files.
const MOST_PAIRS: usize = 16;

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
        let has = |kind| self.files.iter().any(|file| file.kind == kind);
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

    /// Opens every kit and the pages with the code, and keeps the newest contents. `left` tells
    /// that nobody waits any more; it is asked before each key derivation.
    ///
    /// # Errors
    /// Where nothing opens: the first error other than a wrong code, if there is one.
    pub fn open(
        &mut self,
        code: &BackupCode,
        left: &dyn Fn() -> bool,
    ) -> Result<&Restoration, RestoringError> {
        if !self.is_begun() {
            self.opened = Some(self.newest(code, left)?);
        }
        self.opened.as_ref().ok_or(RestoringError::NothingWhole)
    }

    fn newest(
        &self,
        code: &BackupCode,
        left: &dyn Fn() -> bool,
    ) -> Result<Restoration, RestoringError> {
        let mut failure = None;
        let mut newest: Option<KitContents> = None;
        let mut take = |opened: Result<KitContents, OpenError>| match opened {
            Ok(contents) => {
                if newest
                    .as_ref()
                    .is_none_or(|other| other.date < contents.date)
                {
                    newest = Some(contents);
                }
            }
            // Where the code opens an identity, the error of its wallet matters more.
            Err(error) => {
                if failure.is_none_or(|failed| failed == OpenError::WrongCode) {
                    failure = Some(error);
                }
            }
        };
        // Identities that do not open, whatever the wallet.
        let mut closed: Vec<&KitFile> = Vec::new();
        let mut tried = 0;
        for (identity, wallet) in self.pairs() {
            if closed.iter().any(|known| known.bytes == identity.bytes) {
                continue;
            }
            if tried == MOST_PAIRS || left() {
                break;
            }
            tried += 1;
            let opened = self
                .affordable(&identity.bytes)
                .and_then(|()| kit::open(&identity.bytes, &wallet.bytes, code));
            if matches!(opened, Err(OpenError::WrongCode | OpenError::OutOfMemory)) {
                closed.push(identity);
            }
            take(opened);
        }
        let pages = self.pages.finished().ok().flatten();
        if let Some(file) = pages.filter(|_| !left()) {
            take(
                self.affordable(&file)
                    .and_then(|()| kit::pages::open(&file, code)),
            );
        }
        match (newest, failure) {
            (Some(contents), _) => Ok(Restoration::new(contents, code.identifier())),
            (None, Some(OpenError::WrongCode)) => Err(RestoringError::WrongCode {
                identifier: code.identifier(),
            }),
            (None, Some(error)) => Err(error.into()),
            (None, None) => Err(RestoringError::NothingWhole),
        }
    }

    /// Refuses a file whose key derivation takes a lot of memory, and more than three quarters of
    /// what is free.
    fn affordable(&self, file: &[u8]) -> Result<(), OpenError> {
        let needed = kit::memory_to_open(file).unwrap_or_default();
        let free = self.free_memory.and_then(|free| free());
        let fits = needed <= kit::MODEST_MEMORY || free.is_none_or(|free| needed <= free / 4 * 3);
        fits.then_some(()).ok_or(OpenError::OutOfMemory)
    }

    /// Every identity with every wallet, pairs from the same folder first.
    fn pairs(&self) -> Vec<(&KitFile, &KitFile)> {
        let of = |kind| self.files.iter().filter(move |file| file.kind == kind);
        let identities = of(KitFileKind::Identity);
        let mut pairs: Vec<_> = identities
            .flat_map(|identity| of(KitFileKind::Wallet).map(move |wallet| (identity, wallet)))
            .collect();
        pairs.sort_by_key(|(identity, wallet)| identity.folder != wallet.folder);
        pairs
    }
}

#[cfg(test)]
#[path = "restoring_tests.rs"]
mod tests;
