//! The wallet's items.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::items;
use wallet::{Body, Item, ItemId, SecretText};

use super::{Shared, run};
use crate::error::{CommandError, ErrorCode};

/// One line of the list. A title crosses: the list is what the person signed in to see.
#[derive(Serialize, TS)]
pub(crate) struct ItemSummary {
    id: String,
    kind: ItemKind,
    title: String,
    changed: i64,
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ItemKind {
    Note,
}

/// A note that the person asked to see.
#[derive(Serialize, TS)]
pub(crate) struct Note {
    id: String,
    title: String,
    text: String,
    changed: i64,
}

#[derive(Deserialize, TS)]
pub(crate) struct ItemOf {
    id: String,
}

#[derive(Deserialize, TS)]
pub(crate) struct SaveNote {
    id: Option<String>,
    title: String,
    text: String,
}

fn item_id(text: &str) -> Result<ItemId, CommandError> {
    text.parse()
        .map_err(|error| CommandError::new(ErrorCode::ItemNotFound, error))
}

fn summary(item: &Item) -> ItemSummary {
    ItemSummary {
        id: item.id.to_string(),
        kind: match item.body {
            Body::Note { .. } => ItemKind::Note,
        },
        // Exposed to be listed.
        title: item.title.expose().to_owned(),
        changed: item.changed.0,
    }
}

#[command]
pub(crate) async fn list_items(desk: Shared<'_>) -> Result<Vec<ItemSummary>, CommandError> {
    run(desk, |desk| {
        desk.session(|_, _, session| Ok(session.items().iter().map(summary).collect()))
    })
    .await
}

#[command]
pub(crate) async fn read_note(desk: Shared<'_>, request: ItemOf) -> Result<Note, CommandError> {
    run(desk, move |desk| {
        let id = item_id(&request.id)?;
        desk.session(|_, _, session| {
            let item = session.item(id)?;
            let Body::Note { text } = &item.body;
            Ok(Note {
                id: item.id.to_string(),
                // Exposed because the person asked to see it.
                title: item.title.expose().to_owned(),
                text: text.expose().to_owned(),
                changed: item.changed.0,
            })
        })
    })
    .await
}

#[command]
pub(crate) async fn save_note(
    desk: Shared<'_>,
    request: SaveNote,
) -> Result<ItemSummary, CommandError> {
    run(desk, move |desk| {
        let id = request.id.as_deref().map(item_id).transpose()?;
        let title = SecretText::new(request.title);
        let text = SecretText::new(request.text);
        desk.session(|world, _, session| {
            let id = items::save_note(world, session, id, title, text)?;
            Ok(summary(session.item(id)?))
        })
    })
    .await
}

#[command]
pub(crate) async fn delete_item(desk: Shared<'_>, request: ItemOf) -> Result<(), CommandError> {
    run(desk, move |desk| {
        let id = item_id(&request.id)?;
        desk.session(|world, _, session| Ok(items::delete(world, session, id)?))
    })
    .await
}
