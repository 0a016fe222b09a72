//! What is typed into the wallet's items and not saved.

use serde::Serialize;
use tauri::command;
use ts_rs::TS;
use usecases::files;
use usecases::session::Session;
use wallet::drafts::Draft;
use wallet::{Body, Field};

use super::items::{FieldView, ItemKind, ItemOf, SaveItem, field_view, item_id};
use super::{Shared, run};
use crate::error::CommandError;

/// A draft in the list of them.
#[derive(Serialize, TS)]
pub(crate) struct DraftLine {
    id: String,
    kind: ItemKind,
    title: String,
    /// When it was typed.
    typed: i64,
    /// Whether it is of an item that the wallet does not have.
    added: bool,
}

/// A draft that is to be typed on.
#[derive(Serialize, TS)]
pub(crate) struct DraftView {
    id: String,
    kind: ItemKind,
    title: String,
    tags: Vec<String>,
    favourite: bool,
    /// A text of null is hidden, and is the one that the item has.
    fields: Vec<FieldView>,
    /// The number of the next new field.
    next_field: u32,
    typed: i64,
    /// Whether it is of an item that the wallet does not have.
    added: bool,
    /// When the item was changed after this was begun.
    changed_since: Option<i64>,
}

impl DraftLine {
    fn of(session: &Session, draft: &Draft) -> Self {
        Self {
            id: draft.id.to_string(),
            kind: draft.body.kind.into(),
            // Exposed to be listed.
            title: draft.body.title.expose().to_owned(),
            typed: draft.typed.0,
            added: session.item(draft.id).is_err(),
        }
    }
}

impl DraftView {
    fn of(session: &Session, draft: &Draft) -> Self {
        let Draft {
            id,
            typed,
            over,
            body:
                Body {
                    kind,
                    title,
                    tags,
                    favourite,
                    fields,
                },
            untouched: _,
        } = draft;
        let item = session.item(*id).ok();
        let numbers = fields.iter().map(|field| field.number + 1).max();
        let free = item.map_or(1, wallet::Item::next_field);
        let present = item.map(|item| &item.present);
        let changed = present.filter(|present| over.is_some_and(|over| over != present.number));
        Self {
            id: id.to_string(),
            kind: (*kind).into(),
            // Exposed to be typed on.
            title: title.expose().to_owned(),
            tags: tags.iter().map(|tag| tag.expose().to_owned()).collect(),
            favourite: *favourite,
            fields: fields
                .iter()
                .map(|field| typed_field(session, field, present.map(|it| &it.body)))
                .collect(),
            next_field: numbers.unwrap_or(1).max(free),
            typed: typed.0,
            added: item.is_none(),
            changed_since: changed.map(|present| present.changed.0),
        }
    }
}

/// A field of a draft. Its text crosses, which was typed in the page, unless the item has the same.
fn typed_field(session: &Session, field: &Field, present: Option<&Body>) -> FieldView {
    let now = present.and_then(|present| present.field(field.number));
    let view = field_view(field, |id| files::is_here(session, id));
    match now.is_some_and(|now| now.text.is_same(&field.text)) {
        true => view,
        false => view.with_text(field.text.expose()),
    }
}

#[command]
pub(crate) async fn keep_draft(shell: Shared<'_>, request: SaveItem) -> Result<(), CommandError> {
    run(shell, move |shell| {
        let id = item_id(&request.id)?;
        let over = request.over;
        let body = shell
            .app
            .with_session(|session| request.into_body(session))??;
        shell.app.keep_draft(id, over, body)
    })
    .await
}

/// The drafts of items that are not in the bin.
#[command]
pub(crate) async fn list_drafts(shell: Shared<'_>) -> Result<Vec<DraftLine>, CommandError> {
    run(shell, |shell| {
        let drafts = shell.app.drafts::<CommandError>()?;
        let of = |session: &Session| {
            let in_bin = |draft: &&Draft| {
                let item = session.item(draft.id);
                item.is_ok_and(|item| item.binned.is_some())
            };
            let offered = drafts.iter().filter(|draft| !in_bin(draft));
            offered.map(|draft| DraftLine::of(session, draft)).collect()
        };
        Ok(shell.app.with_session(of)?)
    })
    .await
}

/// The draft of an item, if there is one.
#[command]
pub(crate) async fn read_draft(
    shell: Shared<'_>,
    request: ItemOf,
) -> Result<Option<DraftView>, CommandError> {
    run(shell, move |shell| {
        let id = item_id(&request.id)?;
        let draft = shell.app.resume_draft::<CommandError>(id)?;
        let view = |session: &Session| draft.map(|draft| DraftView::of(session, &draft));
        Ok(shell.app.with_session(view)?)
    })
    .await
}

#[command]
pub(crate) async fn forget_draft(shell: Shared<'_>, request: ItemOf) -> Result<(), CommandError> {
    run(shell, move |shell| {
        let id = item_id(&request.id)?;
        shell.app.forget_draft(id)
    })
    .await
}
