//! Keep items: save, find again in earlier versions, move to the bin and back, delete for good.

use std::collections::BTreeSet;

use content::codes;
use jiff::civil::Date;
use thiserror::Error;
use wallet::{Body, Contents, FieldType, Item, ItemId, LARGEST_NUMBER, SecretText, Timestamp};
use zeroize::Zeroizing;

use crate::World;
use crate::drafts;
use crate::session::{SaveError, Session};

/// Characters of the longest title, label and tag.
pub const LONGEST_TITLE: usize = 200;
/// Bytes of the longest text of a field.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// Characters of the longest name of a file.
pub const LONGEST_FILE_NAME: usize = 255;
/// Fields of the largest item.
pub const MOST_FIELDS: usize = 100;
/// Tags of an item.
pub const MOST_TAGS: usize = 20;
/// How long an item stays in the bin at least, in seconds: 30 days.
pub const IN_BIN: i64 = 30 * 86_400;
/// How far two sign-ins lie apart at least that saw that its time is over, in seconds: one day. A
/// clock that was wrong once empties no bin.
pub const APART: i64 = 86_400;

/// Why an item was not changed.
#[derive(Debug, Error)]
pub enum ItemError {
    /// No item has this id.
    #[error("no such item")]
    NotFound,
    /// It has no such earlier version, or that has no such field.
    #[error("no such earlier version")]
    NoSuchVersion,
    /// The field has no such code.
    #[error("no such code")]
    NoSuchLine,
    /// A title, a text, a label or a tag is too long, or there are too many.
    #[error("the item is too large")]
    TooLong,
    /// Two fields have one number, or one has none that is allowed.
    #[error("the fields of the item cannot be told apart")]
    Ambiguous,
    /// A field names a file that was neither added in this editing nor is in the wallet, or is of
    /// another type than a file's.
    #[error("the file is not in the wallet")]
    UnknownFile,
    /// A date is none of the calendar.
    #[error("there is no such day")]
    NoSuchDay,
    /// The wallet could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl Session {
    /// One item, in the bin or not.
    pub fn item(&self, id: ItemId) -> Result<&Item, ItemError> {
        let mut items = self.items().iter();
        items.find(|item| item.id == id).ok_or(ItemError::NotFound)
    }

    /// The items that are not in the bin, in the order in which they were added.
    pub fn items_in_use(&self) -> impl Iterator<Item = &Item> {
        self.items().iter().filter(|item| item.binned.is_none())
    }
}

/// How an item is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It is a new one. Saved again, it is the same one still.
    Added,
    /// It was there. Its present version becomes an earlier one.
    Changed,
}

/// Adds an item under a random id, which is returned.
pub fn add(world: &mut World<'_>, session: &mut Session, body: Body) -> Result<ItemId, ItemError> {
    let id = ItemId::random(world.rng);
    save(world, session, id, Saving::Added, body)?;
    Ok(id)
}

/// Has the item of this id hold this, and forgets its draft. What is the same as before is not
/// saved again, unless the last save was not verified.
pub fn save(
    world: &mut World<'_>,
    session: &mut Session,
    id: ItemId,
    saving: Saving,
    mut body: Body,
) -> Result<(), ItemError> {
    check(&body)?;
    check_files(session, &body)?;
    body.tags = wallet::distinct_tags(body.tags);
    let known = match (session.item(id), saving) {
        (Ok(item), _) => Some(item),
        (Err(_), Saving::Added) => None,
        (Err(error), Saving::Changed) => return Err(error),
    };
    if known.is_none_or(|item| !item.present.body.is_same(&body)) || session.unverified {
        change(world, session, |items, now| {
            match items.iter_mut().find(|item| item.id == id) {
                Some(item) if item.present.body.is_same(&body) => {}
                Some(item) => item.change(body, now),
                None => items.push(Item::new(id, body, now)),
            }
            Ok(())
        })?;
    }
    // One that stays is the same as what is saved, and is not offered.
    let _ = drafts::forget(world, session, &[id]);
    Ok(())
}

/// Has an item hold again what it held in its earlier version of this number. What it holds now
/// becomes an earlier version.
pub fn restore(
    world: &mut World<'_>,
    session: &mut Session,
    id: ItemId,
    version: u32,
) -> Result<(), ItemError> {
    change(world, session, |items, now| {
        let item = by_id(items, id)?;
        let earlier = item.version(version).ok_or(ItemError::NoSuchVersion)?;
        item.change(earlier.body.share(), now);
        Ok(())
    })
}

/// Has one field of an item be again what it was in an earlier version. One that the item has no
/// more comes last.
pub fn restore_field(
    world: &mut World<'_>,
    session: &mut Session,
    id: ItemId,
    version: u32,
    number: u32,
) -> Result<(), ItemError> {
    change(world, session, |items, now| {
        let item = by_id(items, id)?;
        let earlier = item.version(version);
        let was = earlier.and_then(|version| version.body.field(number));
        let was = was.ok_or(ItemError::NoSuchVersion)?.share();
        let mut body = item.present.body.share();
        match body.fields.iter_mut().find(|field| field.number == number) {
            Some(field) => *field = was,
            None => body.fields.push(was),
        }
        check(&body)?;
        item.change(body, now);
        Ok(())
    })
}

/// Ticks off the code in this line of a field, counted from 0, or says that it can still be used.
pub fn tick(
    world: &mut World<'_>,
    session: &mut Session,
    id: ItemId,
    number: u32,
    line: usize,
    used: bool,
) -> Result<(), ItemError> {
    change(world, session, |items, now| {
        let item = by_id(items, id)?;
        let mut body = item.present.body.share();
        let fields = body.fields.iter_mut();
        let mut codes = fields.filter(|field| field.kind == FieldType::Codes);
        let field = codes.find(|field| field.number == number);
        let field = field.ok_or(ItemError::NoSuchLine)?;
        // Exposed to be marked, in memory that is zeroized.
        let ticked = codes::tick(field.text.expose(), line, used).ok_or(ItemError::NoSuchLine)?;
        field.text = SecretText::new(ticked.to_string());
        check(&body)?;
        item.change(body, now);
        Ok(())
    })
}

/// Moves an item to the bin.
pub fn bin(world: &mut World<'_>, session: &mut Session, id: ItemId) -> Result<(), ItemError> {
    // A clock that is behind must not let its time be over soon.
    let known = session.sign_ins().iter().max().copied();
    change(world, session, |items, now| {
        let item = by_id(items, id)?;
        let at = now.max(item.present.changed).max(known.unwrap_or(now));
        item.binned.get_or_insert(at);
        Ok(())
    })
}

/// Takes an item back out of the bin.
pub fn unbin(world: &mut World<'_>, session: &mut Session, id: ItemId) -> Result<(), ItemError> {
    change(world, session, |items, now| {
        let item = by_id(items, id)?;
        if item.binned.take().is_some() {
            item.returned = Some(now);
        }
        Ok(())
    })
}

/// Deletes an item for good. After a save that was not verified the item may be gone already; then
/// the wallet is saved again.
pub fn delete(world: &mut World<'_>, session: &mut Session, id: ItemId) -> Result<(), ItemError> {
    let may_be_gone = session.unverified;
    change(world, session, |items, _| {
        if !may_be_gone {
            by_id(items, id)?;
        }
        items.retain(|item| item.id != id);
        Ok(())
    })
}

/// Deletes all items of the bin for good.
pub fn empty_bin(world: &mut World<'_>, session: &mut Session) -> Result<(), ItemError> {
    change(world, session, |items, _| {
        items.retain(|item| item.binned.is_none());
        Ok(())
    })
}

/// Where in [`Session::items`] those in use are that have each of these words in their title, tags,
/// labels, or texts in plain sight; in hidden texts too with `hidden`. Those with all of them in
/// the title come first, and otherwise those that were added first. Case does not matter.
pub fn find(session: &Session, wanted: &str, hidden: bool) -> Vec<usize> {
    let words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let mut in_title = Vec::new();
    let mut elsewhere = Vec::new();
    // One buffer for all: each that is freed is wiped.
    let mut folded = Zeroizing::new(String::with_capacity(4096));
    let items = session.items().iter().enumerate();
    for (at, item) in items.filter(|(_, item)| item.binned.is_none()) {
        let Body {
            title,
            tags,
            fields,
            kind: _,
            favourite: _,
        } = &item.present.body;
        folded.clear();
        fold_into(&mut folded, title);
        if words.iter().all(|word| folded.contains(word)) {
            in_title.push(at);
            continue;
        }
        let labels = fields.iter().map(|field| &field.label);
        let seen = fields.iter().filter(|it| hidden || !it.kind.is_hidden());
        let texts = seen.map(|field| &field.text);
        for text in tags.iter().chain(labels).chain(texts) {
            // No word has a line break in it.
            folded.push('\n');
            fold_into(&mut folded, text);
        }
        if words.iter().all(|word| folded.contains(word)) {
            elsewhere.push(at);
        }
    }
    in_title.append(&mut elsewhere);
    in_title
}

/// Adds a text in lower case, to be searched in memory that is zeroized.
fn fold_into(folded: &mut Zeroizing<String>, text: &SecretText) {
    // Exposed to be searched.
    let text = text.expose();
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
    } else {
        folded.push_str(&Zeroizing::new(text.to_lowercase()));
    }
}

/// Changes the items. With it go those whose time in the bin is over, and the drafts of items that
/// are deleted.
fn change(
    world: &mut World<'_>,
    session: &mut Session,
    edit: impl FnOnce(&mut Vec<Item>, Timestamp) -> Result<(), ItemError>,
) -> Result<(), ItemError> {
    let before: Vec<ItemId> = session.items().iter().map(|item| item.id).collect();
    session.change(world, |opened, world| {
        let now = world.clock.now();
        edit(&mut opened.contents.items, now)?;
        forget_binned(&mut opened.contents, now);
        Ok::<(), ItemError>(())
    })?;
    let kept: BTreeSet<ItemId> = session.items().iter().map(|item| item.id).collect();
    let gone: Vec<_> = before.into_iter().filter(|id| !kept.contains(id)).collect();
    if !gone.is_empty() {
        // Best effort: one that stays is offered, and can be discarded.
        let _ = drafts::forget(world, session, &gone);
    }
    Ok(())
}

/// Forgets the items of the bin whose time is over, as two sign-ins saw that lie apart.
fn forget_binned(contents: &mut Contents, now: Timestamp) {
    let Contents {
        items, sign_ins, ..
    } = contents;
    items.retain(|item| {
        let Some(binned) = item.binned else {
            return true;
        };
        let saw_it = |at: &&Timestamp| at.seconds_since(binned) >= IN_BIN && **at <= now;
        let saw_it = sign_ins.iter().filter(saw_it);
        let first = saw_it.clone().min();
        let last = saw_it.max();
        first
            .zip(last)
            .is_none_or(|(first, last)| last.seconds_since(*first) < APART)
    });
}

fn check(body: &Body) -> Result<(), ItemError> {
    let Body {
        title,
        tags,
        fields,
        kind: _,
        favourite: _,
    } = body;
    let labels = fields.iter().map(|field| &field.label);
    // Exposed to be measured.
    let mut names = [title].into_iter().chain(tags).chain(labels);
    let mut texts = fields.iter().map(|field| &field.text);
    if tags.len() > MOST_TAGS
        || fields.len() > MOST_FIELDS
        || names.any(|name| name.expose().chars().count() > LONGEST_TITLE)
        || texts.any(|text| text.expose().len() > LONGEST_TEXT)
    {
        return Err(ItemError::TooLong);
    }
    let mut names = fields.iter().filter(|it| it.kind == FieldType::File);
    if names.any(|name| name.text.expose().chars().count() > LONGEST_FILE_NAME) {
        return Err(ItemError::TooLong);
    }
    let numbers: BTreeSet<u32> = fields.iter().map(|field| field.number).collect();
    let too_large = numbers.last().is_some_and(|last| *last > LARGEST_NUMBER);
    if numbers.len() < fields.len() || too_large {
        return Err(ItemError::Ambiguous);
    }
    let mut days = fields.iter().filter(|field| field.kind == FieldType::Date);
    match days.all(|field| is_day(field.text.expose())) {
        true => Ok(()),
        false => Err(ItemError::NoSuchDay),
    }
}

/// Whether each file is one that the wallet knows, in a field for files.
fn check_files(session: &Session, body: &Body) -> Result<(), ItemError> {
    let mut fields = body.fields.iter();
    let known = fields.all(|field| match (&field.file, field.kind) {
        (None, _) => true,
        (Some(file), FieldType::File) => session.opened.knows_file(file),
        (
            Some(_),
            FieldType::Text
            | FieldType::Secret
            | FieldType::Words
            | FieldType::OneTime
            | FieldType::Codes
            | FieldType::Key
            | FieldType::Address
            | FieldType::Date,
        ) => false,
    });
    known.then_some(()).ok_or(ItemError::UnknownFile)
}

/// Whether this is a day, as `YYYY-MM-DD`, or nothing yet.
fn is_day(text: &str) -> bool {
    let parsed = text.parse::<Date>();
    text.is_empty() || parsed.is_ok_and(|day| day.to_string() == text)
}

fn by_id(items: &mut [Item], id: ItemId) -> Result<&mut Item, ItemError> {
    let mut items = items.iter_mut();
    items.find(|item| item.id == id).ok_or(ItemError::NotFound)
}
