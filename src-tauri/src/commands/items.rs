//! The wallet's items.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::items;
use usecases::session::Session;
use wallet::{Body, Item, ItemId, SecretText};

use super::{Shared, run};
use crate::error::CommandError;

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
    text.parse().map_err(|_| CommandError::ItemNotFound)
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
pub(crate) async fn list_items(shell: Shared<'_>) -> Result<Vec<ItemSummary>, CommandError> {
    run(shell, |shell| {
        let list = |session: &Session| session.items().iter().map(summary).collect();
        Ok(shell.app.with_session(list)?)
    })
    .await
}

#[command]
pub(crate) async fn read_note(shell: Shared<'_>, request: ItemOf) -> Result<Note, CommandError> {
    run(shell, move |shell| {
        let id = item_id(&request.id)?;
        shell.app.read(|_, session| {
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
    shell: Shared<'_>,
    request: SaveNote,
) -> Result<ItemSummary, CommandError> {
    run(shell, move |shell| {
        let id = request.id.as_deref().map(item_id).transpose()?;
        let title = SecretText::new(request.title);
        let text = SecretText::new(request.text);
        shell.app.change(|world, session| {
            let id = items::save_note(world, session, id, title, text)?;
            Ok(summary(session.item(id)?))
        })
    })
    .await
}

#[command]
pub(crate) async fn delete_item(shell: Shared<'_>, request: ItemOf) -> Result<(), CommandError> {
    run(shell, move |shell| {
        let id = item_id(&request.id)?;
        shell
            .app
            .change(|world, session| Ok(items::delete(world, session, id)?))
    })
    .await
}
