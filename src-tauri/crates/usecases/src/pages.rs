//! Recovery pages of the code on the screen: a snapshot of the wallet on paper. They need the code
//! itself, so they are made while it is shown.

use code::{BackupCode, Identifier, Reading, Shares, TypedCode};
use kit::pages::{self, Extent, MakeError, Pages};
use thiserror::Error;
use wallet::{Event, PagesMade, Timestamp};

use crate::World;
use crate::kits::snapshot;
use crate::session::{SaveError, Session, note};
use crate::shown::Carried;

/// Why no pages were made.
#[derive(Debug, Error)]
pub enum PagesError {
    /// No code is shown that is to have pages, or not enough of its sheets to give it.
    #[error("no code with pages is shown")]
    NotShown,
    /// The code is covered.
    #[error("the code is covered")]
    Covered,
    /// The pages could not be made.
    #[error(transparent)]
    Make(#[from] MakeError),
    /// What was written does not open with the code.
    #[error("the pages do not open")]
    Reopen(#[from] kit::OpenError),
    /// What was written opens, and holds something else.
    #[error("the pages do not hold what the wallet holds")]
    NotKept,
    /// That they were made could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// Pages that were made and are still to be put on paper.
pub struct Made {
    /// The texts of their symbols.
    pub pages: Pages,
    /// The name of the code that opens them.
    pub identifier: Identifier,
    /// When.
    pub at: Timestamp,
    /// Items that they hold.
    pub items: usize,
}

/// How many pages the wallet takes as it is now.
pub fn extent(world: &World<'_>, session: &Session) -> Result<Extent, PagesError> {
    Ok(pages::extent(&snapshot(
        &session.opened,
        world.clock.now(),
    ))?)
}

/// Makes pages of the wallet as it is now. Takes up to some seconds for the largest wallets.
pub fn make(world: &World<'_>, session: &Session) -> Result<Made, PagesError> {
    let at = world.clock.now();
    let items = session.items_in_use().count();
    with_code(world, session, |code| {
        let pages = pages::make_with(code, &snapshot(&session.opened, at), world.work())?;
        Ok(Made {
            pages,
            identifier: code.identifier(),
            at,
            items,
        })
    })
}

/// Opens what was read back from the finished pages, and compares it with the wallet.
pub fn check(
    world: &World<'_>,
    session: &Session,
    file: &[u8],
    made: &Made,
) -> Result<(), PagesError> {
    with_code(world, session, |code| {
        let read = pages::open(file, code)?;
        let same = read.wallet_id == session.wallet() && read.items.len() == made.items;
        same.then_some(()).ok_or(PagesError::NotKept)
    })
}

/// Remembers pages that were printed or saved, which took a while.
///
/// # Errors
/// [`PagesError::NotShown`] if their code is not one of this wallet any more.
pub fn remember(
    world: &mut World<'_>,
    session: &mut Session,
    made: &Made,
) -> Result<(), PagesError> {
    let (identifier, at) = (made.identifier, made.at);
    if !session.has_slot(identifier) {
        return Err(PagesError::NotShown);
    }
    session.change(world, |opened, _| {
        opened.contents.pages = Some(PagesMade { identifier, at });
        note(opened, at, Event::PagesMade { identifier });
        Ok(())
    })
}

/// Works with the code on the screen, unless it is covered. Of a set it is worked out from the
/// sheets, and forgotten again.
fn with_code<T>(
    world: &World<'_>,
    session: &Session,
    work: impl FnOnce(&BackupCode) -> Result<T, PagesError>,
) -> Result<T, PagesError> {
    let shown = session.shown.as_ref().filter(|shown| shown.pages);
    let shown = shown.ok_or(PagesError::NotShown)?;
    if shown.legible(world.clock.since_boot()).is_err() {
        return Err(PagesError::Covered);
    }
    let sheets = &shown.sheets;
    if let Some(Carried::Code(code)) = sheets.first().map(|sheet| sheet.carries()) {
        return work(code);
    }
    let mut shares = Shares::default();
    for sheet in sheets {
        // Read once more, since a share cannot be copied. More than it takes are refused, and do
        // not matter.
        if let Ok(typed) = TypedCode::parse(sheet.expose())
            && let Reading::Share(share) = typed.read()
        {
            let _ = shares.add(share);
        }
    }
    work(&shares.combine().map_err(|_| PagesError::NotShown)?)
}
