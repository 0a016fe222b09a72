//! What there is to restore from, as the page sees it.

use app::restoring::{PagesState, RestoringState};
use kit::pages::PageProgress;
use serde::Serialize;
use ts_rs::TS;

/// The files of kits and the recovery pages that have been collected.
#[derive(Clone, Serialize, TS)]
pub(crate) struct RestoringView {
    /// The kit's two files.
    identity: bool,
    wallet: bool,
    /// The folder that the last of them was read from.
    folder: Option<String>,
    /// None before the first part of a page.
    pages: Option<PagesFound>,
    /// A kit or the pages are complete: only the code is missing.
    whole: bool,
}

/// Recovery pages.
#[derive(Clone, Serialize, TS)]
pub(crate) struct PagesFound {
    /// The set that is being collected, as it is printed on its pages.
    set: String,
    gathered: usize,
    needed: usize,
    /// What was read of each page, from the first; none where parts do not tell their page.
    pages: Option<Vec<PageFound>>,
    /// Number of other sets of which parts were read.
    others: usize,
    /// The set is complete.
    whole: bool,
    /// The parts do not fit together: one of them was altered.
    spoilt: bool,
}

/// What was read of one page.
#[derive(Clone, Serialize, TS)]
pub(crate) struct PageFound {
    read: usize,
    symbols: usize,
}

impl From<RestoringState> for RestoringView {
    fn from(state: RestoringState) -> Self {
        Self {
            identity: state.identity,
            wallet: state.wallet,
            folder: state.folder.map(|folder| folder.display().to_string()),
            pages: state.pages.map(PagesFound::from),
            whole: state.whole,
        }
    }
}

impl From<PagesState> for PagesFound {
    fn from(state: PagesState) -> Self {
        let pages = state.pages;
        Self {
            set: state.set.to_string(),
            gathered: state.gathered,
            needed: state.needed,
            pages: pages.map(|pages| pages.into_iter().map(PageFound::from).collect()),
            others: state.others,
            whole: state.whole,
            spoilt: state.spoilt,
        }
    }
}

impl From<PageProgress> for PageFound {
    fn from(page: PageProgress) -> Self {
        Self {
            read: page.read,
            symbols: page.symbols,
        }
    }
}
