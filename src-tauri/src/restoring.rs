//! What a wallet is being restored from: the files of kits and recovery pages, as they come in, in any order.

use code::BackupCode;
use kit::pages::{Added, Collector};
use kit::{KitContents, KitFileKind, OpenError};
use scan::Text;
use serde::Serialize;
use ts_rs::TS;

use crate::entry::KitFile;
use crate::error::{CommandError, ErrorCode};

/// Files of kits that are held at most; the oldest go first.
const MOST_FILES: usize = 16;

/// What there is so far. Nothing in it is secret but what was opened.
#[derive(Default)]
pub(crate) struct Restoring {
    files: Vec<KitFile>,
    pages: Collector,
    /// What the code opened.
    pub(crate) read: Option<KitContents>,
}

/// What there is, as the window shows it.
#[derive(Clone, Serialize, TS)]
pub(crate) struct RestoringView {
    /// The kit's two files.
    identity: bool,
    wallet: bool,
    /// The folder that the last of them was read from.
    folder: Option<String>,
    /// Recovery pages; none before the first part of one.
    pages: Option<PagesFound>,
    /// A kit or the pages: nothing is missing but the code.
    whole: bool,
}

/// What there is of recovery pages.
#[derive(Clone, Serialize, TS)]
pub(crate) struct PagesFound {
    /// The set that is being collected, as it is printed on its pages.
    set: String,
    gathered: usize,
    needed: usize,
    /// What was read of each page, from the first; none where parts do not tell their page.
    pages: Option<Vec<PageFound>>,
    /// Parts of other sets were among what was read: that many sets.
    others: usize,
    /// Nothing is missing any more.
    whole: bool,
    /// The parts do not fit together: one of them is not what was printed.
    spoilt: bool,
}

/// What was read of one page.
#[derive(Clone, Serialize, TS)]
pub(crate) struct PageFound {
    read: usize,
    symbols: usize,
}

impl Restoring {
    /// Takes what files gave. False where it was nothing to restore from.
    pub(crate) fn take(&mut self, files: Vec<KitFile>, parts: &[Text]) -> bool {
        let mut took = !files.is_empty();
        for part in parts {
            took |= self.pages.add(part) != Added::NotAPart;
        }
        for file in files {
            // The same file again, from wherever, is one.
            self.files.retain(|other| other.bytes != file.bytes);
            self.files.push(file);
        }
        let surplus = self.files.len().saturating_sub(MOST_FILES);
        self.files.drain(..surplus);
        if took {
            self.read = None;
        }
        took
    }

    /// What the window shows.
    pub(crate) fn view(&self) -> RestoringView {
        let has = |kind| self.files.iter().any(|file| file.kind == kind);
        let (identity, wallet) = (has(KitFileKind::Identity), has(KitFileKind::Wallet));
        let pages = self.pages_found();
        RestoringView {
            whole: (identity && wallet) || pages.as_ref().is_some_and(|pages| pages.whole),
            identity,
            wallet,
            folder: self
                .files
                .last()
                .map(|file| file.folder.display().to_string()),
            pages,
        }
    }

    fn pages_found(&self) -> Option<PagesFound> {
        let progress = self.pages.progress()?;
        let finished = self.pages.finished();
        Some(PagesFound {
            set: progress.set.to_string(),
            gathered: progress.gathered,
            needed: progress.needed,
            pages: progress.pages.map(|pages| {
                let found = pages.into_iter().map(|page| PageFound {
                    read: page.read,
                    symbols: page.symbols,
                });
                found.collect()
            }),
            others: self.pages.sets().count().saturating_sub(1),
            whole: matches!(finished, Ok(Some(_))),
            spoilt: finished.is_err(),
        })
    }

    /// Forgets the pages, of which one is not what was printed.
    pub(crate) fn forget_pages(&mut self) {
        self.pages.start_again();
        self.read = None;
    }

    /// Opens what is there with the code; of several that open the newest.
    pub(crate) fn open(&mut self, code: &BackupCode) -> Result<&KitContents, CommandError> {
        let mut failure = None;
        let mut newest: Option<KitContents> = None;
        let kits = self
            .pairs()
            .into_iter()
            .map(|(identity, wallet)| kit::open(&identity.bytes, &wallet.bytes, code));
        let pages = self.pages.finished().ok().flatten();
        let pages = pages.map(|file| kit::pages::open(&file, code));
        for opened in kits.chain(pages) {
            match opened {
                Ok(read) => {
                    if newest.as_ref().is_none_or(|other| other.date < read.date) {
                        newest = Some(read);
                    }
                }
                // Where the code opens one identity, what is wrong with its wallet is the news.
                Err(error) => {
                    if failure.is_none_or(|failed| failed == OpenError::WrongCode) {
                        failure = Some(error);
                    }
                }
            }
        }
        match (newest, failure) {
            (Some(read), _) => Ok(self.read.insert(read)),
            (None, Some(error)) => Err(error.into()),
            (None, None) => Err(CommandError::new(
                ErrorCode::RestoreIncomplete,
                "there is nothing whole to restore from",
            )),
        }
    }

    /// Every identity with every wallet, those from one folder first.
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
