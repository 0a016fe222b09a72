//! Keep items. A change that could not be saved is taken back, so that memory and disk agree.

use thiserror::Error;
use wallet::{Body, Item};
use wallet::{ItemId, SecretText};

use crate::World;
use crate::session::{SaveError, Session};

/// Characters of the longest title.
pub const LONGEST_TITLE: usize = 200;
/// Bytes of the longest note.
pub const LONGEST_TEXT: usize = 256 * 1024;

/// Why an item was not changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ItemError {
    /// No item of this id.
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
    /// The items, in the order in which they were added.
    pub fn items(&self) -> &[Item] {
        &self.opened.contents.items
    }

    /// One item.
    pub fn item(&self, id: ItemId) -> Result<&Item, ItemError> {
        self.items()
            .iter()
            .find(|item| item.id == id)
            .ok_or(ItemError::NotFound)
    }
}

/// Adds a note, or replaces the one of this id; saves. Gives the note's id.
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
    let items = &mut session.opened.contents.items;
    let at = match id {
        Some(id) => items
            .iter()
            .position(|item| item.id == id)
            .ok_or(ItemError::NotFound)?,
        None => items.len(),
    };
    let id = id.unwrap_or_else(|| ItemId::random(world.rng));
    let item = Item {
        id,
        title,
        changed: world.clock.now(),
        body: Body::Note { text },
    };
    let before = if at < items.len() {
        Some(std::mem::replace(&mut items[at], item))
    } else {
        items.push(item);
        None
    };
    if let Err(error) = session.save(world) {
        let items = &mut session.opened.contents.items;
        match before {
            Some(before) => items[at] = before,
            None => drop(items.pop()),
        }
        return Err(error.into());
    }
    Ok(id)
}

/// Deletes an item; saves.
pub fn delete(world: &mut World<'_>, session: &mut Session, id: ItemId) -> Result<(), ItemError> {
    let items = &mut session.opened.contents.items;
    let at = items
        .iter()
        .position(|item| item.id == id)
        .ok_or(ItemError::NotFound)?;
    let item = items.remove(at);
    if let Err(error) = session.save(world) {
        session.opened.contents.items.insert(at, item);
        return Err(error.into());
    }
    Ok(())
}
