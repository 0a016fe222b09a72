//! Keep items.

use thiserror::Error;
use wallet::{Body, Item, ItemId, SecretText};

use crate::World;
use crate::session::{SaveError, Session};

/// Characters of the longest title.
pub const LONGEST_TITLE: usize = 200;
/// Bytes of the longest note.
pub const LONGEST_TEXT: usize = 256 * 1024;

/// Why an item was not changed.
#[derive(Debug, Error)]
pub enum ItemError {
    /// No item has this id.
    #[error("no such item")]
    NotFound,
    /// The title or the text is too long.
    #[error("the note is too long")]
    TooLong,
    /// The wallet could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl Session {
    /// One item.
    pub fn item(&self, id: ItemId) -> Result<&Item, ItemError> {
        let mut items = self.items().iter();
        items.find(|item| item.id == id).ok_or(ItemError::NotFound)
    }
}

/// Adds a note, or replaces the one with this id. Returns the note's id.
///
/// Adding the same note again after [`SaveError::InPlace`] adds no second one.
pub fn save_note(
    world: &mut World<'_>,
    session: &mut Session,
    id: Option<ItemId>,
    title: SecretText,
    text: SecretText,
) -> Result<ItemId, ItemError> {
    // Exposed to be measured.
    if title.expose().chars().count() > LONGEST_TITLE || text.expose().len() > LONGEST_TEXT {
        return Err(ItemError::TooLong);
    }
    let known = id.or_else(|| added_before(session, &title, &text));
    let item = Item {
        id: known.unwrap_or_else(|| ItemId::random(world.rng)),
        title,
        changed: world.clock.now(),
        body: Body::Note { text },
    };
    session.change(world, |opened, _| {
        let items = &mut opened.contents.items;
        let id = item.id;
        match known {
            Some(id) => *by_id(items, id)? = item,
            None => items.push(item),
        }
        Ok(id)
    })
}

/// The note that the last save added, if that save was not verified and this is the same note.
fn added_before(session: &Session, title: &SecretText, text: &SecretText) -> Option<ItemId> {
    let last = session.items().last().filter(|_| session.unverified)?;
    let Body::Note { text: kept } = &last.body;
    // Exposed to be compared.
    let same = last.title.expose() == title.expose() && kept.expose() == text.expose();
    same.then_some(last.id)
}

/// Deletes an item. After a save that was not verified the item may be gone already; then the
/// wallet is saved again.
pub fn delete(world: &mut World<'_>, session: &mut Session, id: ItemId) -> Result<(), ItemError> {
    let may_be_gone = session.unverified;
    session.change(world, |opened, _| {
        let items = &mut opened.contents.items;
        if !may_be_gone {
            by_id(items, id)?;
        }
        items.retain(|item| item.id != id);
        Ok(())
    })
}

fn by_id(items: &mut [Item], id: ItemId) -> Result<&mut Item, ItemError> {
    let mut items = items.iter_mut();
    items.find(|item| item.id == id).ok_or(ItemError::NotFound)
}
