//! The wallet's items.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::World;
use usecases::items::{self, ItemError, Saving};
use usecases::session::Session;
use wallet::{Body, Field, Item, ItemId, Kind, SecretText, Version};

use super::field_view::{self, FieldAbout, FieldType, Revealed};
use super::{Shared, run};
use crate::error::CommandError;

/// One line of the list. A title crosses: the list is what the person signed in to see.
#[derive(Serialize, TS)]
pub(crate) struct ItemSummary {
    id: String,
    kind: ItemKind,
    title: String,
    tags: Vec<String>,
    favourite: bool,
    changed: i64,
    /// When it was moved to the bin.
    binned: Option<i64>,
}

/// What an item is for.
#[derive(Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ItemKind {
    SeedPhrase,
    Account,
    Key,
    Card,
    Codes,
    Note,
}

impl From<Kind> for ItemKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::SeedPhrase => Self::SeedPhrase,
            Kind::Account => Self::Account,
            Kind::Key => Self::Key,
            Kind::Card => Self::Card,
            Kind::Codes => Self::Codes,
            Kind::Note => Self::Note,
        }
    }
}

impl From<ItemKind> for Kind {
    fn from(kind: ItemKind) -> Self {
        match kind {
            ItemKind::SeedPhrase => Self::SeedPhrase,
            ItemKind::Account => Self::Account,
            ItemKind::Key => Self::Key,
            ItemKind::Card => Self::Card,
            ItemKind::Codes => Self::Codes,
            ItemKind::Note => Self::Note,
        }
    }
}

/// A field of an item.
#[derive(Serialize, TS)]
pub(crate) struct FieldView {
    number: u32,
    label: String,
    kind: FieldType,
    /// None while it is hidden, unless it is empty.
    text: Option<String>,
    /// What its type tells of it, also while it is hidden.
    about: Option<FieldAbout>,
}

/// An earlier version of an item.
#[derive(Serialize, TS)]
pub(crate) struct VersionLine {
    version: u32,
    changed: i64,
}

/// An item, or an earlier version of it.
#[derive(Serialize, TS)]
pub(crate) struct ItemView {
    #[serde(flatten)]
    summary: ItemSummary,
    version: u32,
    created: i64,
    fields: Vec<FieldView>,
    /// The number of the next new field.
    next_field: u32,
    /// The earlier versions, the newest first.
    earlier: Vec<VersionLine>,
}

#[derive(Deserialize, TS)]
pub(crate) struct ItemOf {
    id: String,
}

/// What is to be read of an item.
#[derive(Deserialize, TS)]
pub(crate) struct ReadItem {
    id: String,
    /// An earlier version; none for what it holds now.
    version: Option<u32>,
}

/// A field of an item as it is now, or was in an earlier version.
#[derive(Deserialize, TS)]
pub(crate) struct FieldAt {
    pub(super) id: String,
    /// None for what the item holds now.
    pub(super) version: Option<u32>,
    pub(super) number: u32,
}

/// An earlier version that an item is to hold again, or that an editing began from.
#[derive(Deserialize, TS)]
pub(crate) struct VersionOf {
    id: String,
    version: u32,
}

/// A field of an earlier version that is to be again what it was.
#[derive(Deserialize, TS)]
pub(crate) struct EarlierField {
    id: String,
    version: u32,
    number: u32,
}

/// Words to find items by.
#[derive(Deserialize, TS)]
pub(crate) struct Wanted {
    wanted: String,
    /// Hidden texts too.
    hidden: bool,
}

/// A field to be saved.
#[derive(Deserialize, TS)]
pub(crate) struct FieldOf {
    number: u32,
    label: String,
    kind: FieldType,
    /// None: the text that the wallet has now, which the page does not know.
    text: Option<String>,
}

#[derive(Deserialize, TS)]
pub(crate) struct SaveItem {
    id: String,
    /// Whether it is a new one.
    added: bool,
    /// The version that the editing began from.
    over: Option<u32>,
    kind: ItemKind,
    title: String,
    tags: Vec<String>,
    favourite: bool,
    fields: Vec<FieldOf>,
}

/// An item that was saved.
#[derive(Serialize, TS)]
pub(crate) struct SavedItem {
    #[serde(flatten)]
    summary: ItemSummary,
    version: u32,
}

pub(super) fn item_id(text: &str) -> Result<ItemId, CommandError> {
    text.parse().map_err(|_| CommandError::ItemNotFound)
}

fn summary(item: &Item, version: &Version) -> ItemSummary {
    let Body {
        kind,
        title,
        tags,
        favourite,
        fields: _,
    } = &version.body;
    ItemSummary {
        id: item.id.to_string(),
        kind: (*kind).into(),
        // Exposed to be listed.
        title: title.expose().to_owned(),
        tags: tags.iter().map(|tag| tag.expose().to_owned()).collect(),
        favourite: *favourite,
        changed: version.changed.0,
        binned: item.binned.map(|at| at.0),
    }
}

fn field_view(field: &Field) -> FieldView {
    // Exposed because the person opened the item.
    let text = field.text.expose();
    let seen = text.is_empty() || !field.kind.is_hidden();
    FieldView {
        number: field.number,
        label: field.label.expose().to_owned(),
        kind: field.kind.into(),
        text: seen.then(|| text.to_owned()),
        about: field_view::about(field.kind, text),
    }
}

/// An item and what it holds now, or held in an earlier version.
fn item_at<'a>(
    session: &'a Session,
    id: &str,
    version: Option<u32>,
) -> Result<(&'a Item, &'a Version), CommandError> {
    let item = session.item(item_id(id)?)?;
    let version = match version {
        None => Some(&item.present),
        Some(number) => item.version(number),
    };
    Ok((item, version.ok_or(CommandError::VersionNotFound)?))
}

/// A field of an item.
pub(super) fn field_at<'a>(
    session: &'a Session,
    FieldAt {
        id,
        version,
        number,
    }: &FieldAt,
) -> Result<&'a Field, CommandError> {
    let (_, version) = item_at(session, id, *version)?;
    let field = version.body.field(*number);
    field.ok_or(CommandError::ItemNotFound)
}

impl FieldOf {
    /// The field; `present` has the texts that the page does not know.
    fn into_field(self, present: Option<&Body>) -> Result<Field, CommandError> {
        let known = || Some(present?.field(self.number)?.text.share());
        let text = self.text.map(SecretText::new).or_else(known);
        let text = text.ok_or(CommandError::ItemNotFound)?;
        Ok(Field {
            number: self.number,
            label: SecretText::new(self.label),
            kind: self.kind.into(),
            text,
        })
    }
}

impl SaveItem {
    fn into_body(self, present: Option<&Body>) -> Result<Body, CommandError> {
        let fields = self.fields.into_iter();
        Ok(Body {
            kind: self.kind.into(),
            title: SecretText::new(self.title),
            tags: self.tags.into_iter().map(SecretText::new).collect(),
            favourite: self.favourite,
            fields: fields
                .map(|field| field.into_field(present))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// An id for a new item, by which it is known before it is saved.
#[command]
pub(crate) async fn new_item_id(shell: Shared<'_>) -> Result<String, CommandError> {
    run(shell, |shell| {
        Ok(shell
            .app
            .world(|world| ItemId::random(world.rng).to_string()))
    })
    .await
}

#[command]
pub(crate) async fn list_items(shell: Shared<'_>) -> Result<Vec<ItemSummary>, CommandError> {
    run(shell, |shell| {
        let list = |session: &Session| {
            let items = session.items().iter();
            items.map(|item| summary(item, &item.present)).collect()
        };
        Ok(shell.app.with_session(list)?)
    })
    .await
}

/// Returns the ids of the items in use that have all the words, the best match first.
#[command]
pub(crate) async fn find_items(
    shell: Shared<'_>,
    request: Wanted,
) -> Result<Vec<String>, CommandError> {
    run(shell, move |shell| {
        let found = |session: &Session| {
            let found = items::find(session, &request.wanted, request.hidden);
            found.into_iter().map(|id| id.to_string()).collect()
        };
        Ok(shell.app.with_session(found)?)
    })
    .await
}

#[command]
pub(crate) async fn read_item(
    shell: Shared<'_>,
    request: ReadItem,
) -> Result<ItemView, CommandError> {
    run(shell, move |shell| {
        shell.app.read(|_, session| {
            let (item, version) = item_at(session, &request.id, request.version)?;
            let earlier = item.earlier.iter().map(|version| VersionLine {
                version: version.number,
                changed: version.changed.0,
            });
            Ok(ItemView {
                summary: summary(item, version),
                version: version.number,
                created: item.created.0,
                fields: version.body.fields.iter().map(field_view).collect(),
                next_field: item.next_field(),
                earlier: earlier.collect(),
            })
        })
    })
    .await
}

#[command]
pub(crate) async fn reveal_field(
    shell: Shared<'_>,
    request: FieldAt,
) -> Result<Revealed, CommandError> {
    run(shell, move |shell| {
        shell.app.read(|_, session| {
            let field = field_at(session, &request)?;
            // Exposed because the person asked to see it.
            Ok(field_view::revealed(field.kind, field.text.expose()))
        })
    })
    .await
}

#[command]
pub(crate) async fn save_item(
    shell: Shared<'_>,
    request: SaveItem,
) -> Result<SavedItem, CommandError> {
    run(shell, move |shell| {
        let id = item_id(&request.id)?;
        let saving = match request.added {
            true => Saving::Added,
            false => Saving::Changed { over: request.over },
        };
        shell.app.change(|world, session| {
            let present = session.item(id).ok().map(|item| &item.present.body);
            let body = request.into_body(present)?;
            items::save(world, session, id, saving, body)?;
            let item = session.item(id)?;
            Ok(SavedItem {
                summary: summary(item, &item.present),
                version: item.present.number,
            })
        })
    })
    .await
}

/// Changes an item of this id.
pub(super) async fn change_item(
    shell: Shared<'_>,
    id: String,
    change: impl FnOnce(&mut World<'_>, &mut Session, ItemId) -> Result<(), ItemError> + Send + 'static,
) -> Result<(), CommandError> {
    run(shell, move |shell| {
        let id = item_id(&id)?;
        shell
            .app
            .change(|world, session| Ok(change(world, session, id)?))
    })
    .await
}

#[command]
pub(crate) async fn restore_field(
    shell: Shared<'_>,
    request: EarlierField,
) -> Result<(), CommandError> {
    let EarlierField {
        id,
        version,
        number,
    } = request;
    change_item(shell, id, move |world, session, id| {
        items::restore_field(world, session, id, version, number)
    })
    .await
}

#[command]
pub(crate) async fn restore_version(
    shell: Shared<'_>,
    request: VersionOf,
) -> Result<(), CommandError> {
    let VersionOf { id, version } = request;
    change_item(shell, id, move |world, session, id| {
        items::restore(world, session, id, version)
    })
    .await
}

#[command]
pub(crate) async fn discard_edits(
    shell: Shared<'_>,
    request: VersionOf,
) -> Result<(), CommandError> {
    let VersionOf { id, version } = request;
    change_item(shell, id, move |world, session, id| {
        items::take_back(world, session, id, version)
    })
    .await
}

#[command]
pub(crate) async fn bin_item(shell: Shared<'_>, request: ItemOf) -> Result<(), CommandError> {
    change_item(shell, request.id, items::bin).await
}

#[command]
pub(crate) async fn unbin_item(shell: Shared<'_>, request: ItemOf) -> Result<(), CommandError> {
    change_item(shell, request.id, items::unbin).await
}

#[command]
pub(crate) async fn delete_item(shell: Shared<'_>, request: ItemOf) -> Result<(), CommandError> {
    change_item(shell, request.id, items::delete).await
}

#[command]
pub(crate) async fn empty_bin(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| {
        shell
            .app
            .change(|world, session| Ok(items::empty_bin(world, session)?))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_text_does_not_come_with_its_item_unless_it_is_empty() {
        let crosses = |kind, text: &str| {
            let label = SecretText::new("Password".to_owned());
            field_view(&Field {
                number: 1,
                label,
                kind,
                text: SecretText::new(text.to_owned()),
            })
            .text
        };
        let hidden = [
            wallet::FieldType::Secret,
            wallet::FieldType::Words,
            wallet::FieldType::OneTime,
            wallet::FieldType::Codes,
            wallet::FieldType::Key,
        ];
        for kind in hidden {
            assert_eq!(crosses(kind, "s3cret"), None);
            assert_eq!(crosses(kind, "").as_deref(), Some(""));
        }
        let seen = crosses(wallet::FieldType::Text, "ada");
        assert_eq!(seen.as_deref(), Some("ada"));
    }
}
