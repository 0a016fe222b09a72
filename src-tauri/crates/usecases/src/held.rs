//! The copies of an open wallet that hold items which are about to be deleted from it.

use std::path::PathBuf;

use code::Identifier;
use wallet::store::{FolderError, GENERATIONS};
use wallet::{Item, ItemId, PagesMade};

use crate::World;
use crate::delete::of_others;
use crate::earlier;
use crate::session::Session;

/// The copies that are known of. There may be others, which somebody took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Number of earlier versions of the wallet that hold one of the items once it is deleted: the
    /// present version is one of them then. They go with the next saves.
    pub versions: usize,
    /// The kits that were not brought up to date at the last save, with their codes.
    pub kits: Vec<(Identifier, PathBuf)>,
    /// The recovery pages made last, if one of the items was there by then.
    pub pages: Option<PagesMade>,
    /// Names of copies of the wallet's file in the folder of the wallets, which others made.
    pub copies: Vec<String>,
}

/// The copies that may hold one of these items once it is deleted.
///
/// # Errors
/// [`FolderError`] if the folder of the wallets cannot be read.
pub fn elsewhere(
    world: &World<'_>,
    session: &Session,
    ids: &[ItemId],
) -> Result<Held, FolderError> {
    let meant = |item: &&Item| ids.contains(&item.id);
    let earlier = earlier::opened(world, session);
    let holding = earlier.filter(|(_, opened)| opened.contents.items.iter().any(|it| meant(&it)));
    let versions = (holding.count() + 1).min(GENERATIONS as usize);
    let behind = session
        .kits()
        .into_iter()
        .filter(|kit| kit.problem.is_some());
    let pages = session.pages().map(|(pages, _)| pages).filter(|pages| {
        // What is in the bin is on no page.
        let was_there = |item: &Item| {
            item.created <= pages.at && item.binned.is_none_or(|binned| binned > pages.at)
        };
        session.items().iter().filter(meant).any(was_there)
    });
    Ok(Held {
        versions,
        kits: behind.map(|kit| (kit.identifier, kit.folder)).collect(),
        pages,
        copies: of_others(world, session.wallet())?,
    })
}
