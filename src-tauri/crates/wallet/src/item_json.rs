//! Items in JSON: with base64 in the wallet file, with readable text in recovery kits and pages.
//!
//! One definition serves writing and reading, in both. Enums are externally tagged, so that serde
//! reads a tag before its content, and copies no secret into buffers that are not zeroized.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::file::Sha256Json;
use crate::item::{LARGEST_NUMBER, VERSIONS, are_same, distinct_tags};
use crate::{
    Body, FILE_BYTES, Field, FieldType, FileId, FileRef, Item, ItemId, Kind, SecretText, Timestamp,
    Version,
};

/// How secret text stands in the JSON.
pub trait TextForm {
    /// Writes it.
    fn serialize<S: Serializer>(text: &SecretText, serializer: S) -> Result<S::Ok, S::Error>;
    /// Reads it.
    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretText, D::Error>;
}

pub(crate) struct Text<F>(pub(crate) SecretText, PhantomData<F>);

impl<F> Text<F> {
    pub(crate) fn of(text: &SecretText) -> Self {
        Self(text.share(), PhantomData)
    }
}

impl<F: TextForm> Serialize for Text<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize(&self.0, serializer)
    }
}

impl<'de, F: TextForm> Deserialize<'de> for Text<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        F::deserialize(deserializer).map(|text| Self(text, PhantomData))
    }
}

/// An item as it is written.
#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(serialize = "F: TextForm", deserialize = "F: TextForm")
)]
pub struct ItemJson<F> {
    id: ItemId,
    title: Text<F>,
    changed: Timestamp,
    body: BodyJson<F>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    bound(serialize = "F: TextForm", deserialize = "F: TextForm")
)]
enum BodyJson<F> {
    /// An item as it was before there were fields. It is read, and no longer written.
    Note { text: Text<F> },
    Typed {
        version: u32,
        kind: Kind,
        created: Timestamp,
        #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
        tags: Vec<Text<F>>,
        #[serde(default, skip_serializing_if = "is_not")]
        favourite: bool,
        fields: Vec<FieldJson<F>>,
        #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
        earlier: Vec<EarlierJson<F>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        binned: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        returned: Option<Timestamp>,
    },
}

/// An earlier version: what is not the same as in the version after it.
#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(serialize = "F: TextForm", deserialize = "F: TextForm")
)]
struct EarlierJson<F> {
    version: u32,
    changed: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    title: Option<Text<F>>,
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<Text<F>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    favourite: Option<bool>,
    fields: Vec<EarlierFieldJson<F>>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    bound(serialize = "F: TextForm", deserialize = "F: TextForm")
)]
enum EarlierFieldJson<F> {
    /// The field of this number in the version after it.
    Same(u32),
    /// Another one.
    Was(FieldJson<F>),
}

#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(serialize = "F: TextForm", deserialize = "F: TextForm")
)]
pub(crate) struct FieldJson<F> {
    number: u32,
    label: Text<F>,
    value: ValueJson<F>,
}

/// A text, or what there is of a file, under the name of its type.
enum ValueJson<F> {
    Text(FieldType, Text<F>),
    File(FileJson<F>),
}

/// A file: its name, and unless none has been chosen yet, which it is.
#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(serialize = "F: TextForm", deserialize = "F: TextForm")
)]
struct FileJson<F> {
    name: Text<F>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<FileId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<Sha256Json>,
}

impl<F> FileJson<F> {
    fn of(field: &Field) -> Self {
        Self {
            name: Text::of(&field.text),
            id: field.file.map(|file| file.id),
            size: field.file.map(|file| file.size),
            sha256: field.file.map(|file| Sha256Json(file.sha256)),
        }
    }

    fn file(&self) -> Result<Option<FileRef>, NotAnItem> {
        match (self.id, self.size, &self.sha256) {
            (None, None, None) => Ok(None),
            (Some(id), Some(size), Some(Sha256Json(sha256))) if size <= FILE_BYTES => {
                let sha256 = *sha256;
                Ok(Some(FileRef { id, size, sha256 }))
            }
            _ => Err(NotAnItem),
        }
    }
}

impl<F: TextForm> Serialize for ValueJson<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Text(kind, text) => map.serialize_entry(kind, text)?,
            Self::File(file) => map.serialize_entry(&FieldType::File, file)?,
        }
        map.end()
    }
}

impl<'de, F: TextForm> Deserialize<'de> for ValueJson<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OneEntry(PhantomData))
    }
}

struct OneEntry<F>(PhantomData<F>);

impl<'de, F: TextForm> Visitor<'de> for OneEntry<F> {
    type Value = ValueJson<F>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text or a file under the name of its type")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let kind = map.next_key()?;
        let kind = kind.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let value = match kind {
            FieldType::File => ValueJson::File(map.next_value()?),
            FieldType::Text
            | FieldType::Secret
            | FieldType::Words
            | FieldType::OneTime
            | FieldType::Codes
            | FieldType::Key
            | FieldType::Address
            | FieldType::Date => ValueJson::Text(kind, map.next_value()?),
        };
        match map.next_key::<FieldType>()? {
            None => Ok(value),
            Some(_) => Err(A::Error::invalid_length(2, &self)),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
pub(crate) fn is_not(flag: &bool) -> bool {
    !flag
}

/// Without a default of `F`, which `Option` would have serde ask for.
fn none<T>() -> Option<T> {
    None
}

/// Whether earlier versions of an item are written, and items of the bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// All of them.
    Kept,
    /// None of them: what pages of paper have room for.
    LeftOut,
}

/// The items as they are written. Their texts are shared.
pub fn of<F>(items: &[Item], past: Past) -> Vec<ItemJson<F>> {
    let kept = items
        .iter()
        .filter(|item| past == Past::Kept || item.binned.is_none());
    kept.map(|item| ItemJson::of(item, past)).collect()
}

impl<F> ItemJson<F> {
    fn of(item: &Item, past: Past) -> Self {
        let earlier = item.earlier.iter().zip(item.versions());
        Self {
            id: item.id,
            title: Text::of(&item.present.body.title),
            changed: item.present.changed,
            body: BodyJson::Typed {
                version: item.present.number,
                kind: item.present.body.kind,
                created: item.created,
                tags: item.present.body.tags.iter().map(Text::of).collect(),
                favourite: item.present.body.favourite,
                fields: item.present.body.fields.iter().map(FieldJson::of).collect(),
                earlier: match past {
                    Past::Kept => earlier
                        .map(|(version, after)| EarlierJson::of(version, &after.body))
                        .collect(),
                    Past::LeftOut => Vec::new(),
                },
                binned: item.binned,
                returned: item.returned,
            },
        }
    }

    /// The item that was read.
    ///
    /// # Errors
    /// [`NotAnItem`], also where there are more than [`VERSIONS`] earlier versions.
    fn into_item(self) -> Result<Item, NotAnItem> {
        let Self {
            id,
            title: Text(title, _),
            changed,
            body,
        } = self;
        let item = match body {
            BodyJson::Note {
                text: Text(text, _),
            } => Item::new(id, Body::note(title, text), changed),
            BodyJson::Typed {
                version,
                kind,
                created,
                tags,
                favourite,
                fields,
                earlier,
                binned,
                returned,
            } => {
                let present = Version {
                    number: version,
                    changed,
                    body: Body {
                        kind,
                        title,
                        tags: distinct_tags(texts(tags)),
                        favourite,
                        fields: fields
                            .into_iter()
                            .map(FieldJson::into_field)
                            .collect::<Result<_, _>>()?,
                    },
                };
                let mut versions = Vec::with_capacity(earlier.len());
                for version in earlier {
                    let after = versions.last().unwrap_or(&present);
                    versions.push(version.into_version(after)?);
                }
                Item {
                    id,
                    created,
                    present,
                    earlier: versions,
                    binned,
                    returned,
                }
            }
        };
        match is_sound(&item) {
            true => Ok(item),
            false => Err(NotAnItem),
        }
    }
}

/// Items that contradict themselves: no program wrote them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the items contradict themselves")]
pub struct NotAnItem;

/// The items that were read.
///
/// # Errors
/// [`NotAnItem`] if two items have one id, two fields of a version have one number, the numbers of
/// versions do not fall, a number is above [`LARGEST_NUMBER`], or a file has only a part of its id,
/// size and SHA-256, more than [`FILE_BYTES`], or two sizes or SHA-256.
pub fn into_items<F>(read: Vec<ItemJson<F>>) -> Result<Vec<Item>, NotAnItem> {
    let items: Vec<Item> = read
        .into_iter()
        .map(ItemJson::into_item)
        .collect::<Result<_, _>>()?;
    let ids: HashSet<ItemId> = items.iter().map(|item| item.id).collect();
    match ids.len() == items.len() && are_files_sound(&items) {
        true => Ok(items),
        false => Err(NotAnItem),
    }
}

/// Whether each file is the same wherever it is named.
fn are_files_sound(items: &[Item]) -> bool {
    let mut known = HashMap::new();
    let mut files = items.iter().flat_map(Item::files);
    files.all(|file| *known.entry(file.id).or_insert(file) == file)
}

fn is_sound(item: &Item) -> bool {
    let mut pairs = item.versions().zip(&item.earlier);
    let numbered = |version: &Version| {
        let numbers = version.body.fields.iter().map(|field| field.number);
        let numbers: HashSet<_> = numbers.collect();
        numbers.len() == version.body.fields.len()
            && numbers.iter().all(|number| *number <= LARGEST_NUMBER)
    };
    item.present.number <= LARGEST_NUMBER
        && item.earlier.len() <= VERSIONS
        && pairs.all(|(after, version)| version.number < after.number)
        && item.versions().all(numbered)
}

impl<F> EarlierJson<F> {
    fn of(
        Version {
            number,
            changed,
            body,
        }: &Version,
        after: &Body,
    ) -> Self {
        let fields = body
            .fields
            .iter()
            .map(|field| match after.same_field(field) {
                Some(same) => EarlierFieldJson::Same(same.number),
                None => EarlierFieldJson::Was(FieldJson::of(field)),
            });
        let tags = || body.tags.iter().map(Text::of).collect();
        Self {
            version: *number,
            changed: *changed,
            kind: (body.kind != after.kind).then_some(body.kind),
            title: (!body.title.is_same(&after.title)).then(|| Text::of(&body.title)),
            tags: (!are_same(&body.tags, &after.tags)).then(tags),
            favourite: (body.favourite != after.favourite).then_some(body.favourite),
            fields: fields.collect(),
        }
    }

    fn into_version(self, Version { body: after, .. }: &Version) -> Result<Version, NotAnItem> {
        let fields = self.fields.into_iter().map(|field| match field {
            EarlierFieldJson::Same(number) => {
                after.field(number).map(Field::share).ok_or(NotAnItem)
            }
            EarlierFieldJson::Was(field) => field.into_field(),
        });
        Ok(Version {
            number: self.version,
            changed: self.changed,
            body: Body {
                kind: self.kind.unwrap_or(after.kind),
                title: self.title.map_or_else(|| after.title.share(), |it| it.0),
                tags: match self.tags {
                    Some(tags) => distinct_tags(texts(tags)),
                    None => after.tags.iter().map(SecretText::share).collect(),
                },
                favourite: self.favourite.unwrap_or(after.favourite),
                fields: fields.collect::<Result<_, _>>()?,
            },
        })
    }
}

impl<F> FieldJson<F> {
    pub(crate) fn of(field: &Field) -> Self {
        Self {
            number: field.number,
            label: Text::of(&field.label),
            value: match field.kind {
                FieldType::File => ValueJson::File(FileJson::of(field)),
                FieldType::Text
                | FieldType::Secret
                | FieldType::Words
                | FieldType::OneTime
                | FieldType::Codes
                | FieldType::Key
                | FieldType::Address
                | FieldType::Date => ValueJson::Text(field.kind, Text::of(&field.text)),
            },
        }
    }

    pub(crate) fn into_field(self) -> Result<Field, NotAnItem> {
        let (kind, text, file) = match self.value {
            ValueJson::Text(kind, text) => (kind, text, None),
            ValueJson::File(it) => {
                let file = it.file()?;
                (FieldType::File, it.name, file)
            }
        };
        Ok(Field {
            number: self.number,
            label: self.label.0,
            kind,
            text: text.0,
            file,
        })
    }
}

pub(crate) fn texts<F>(texts: Vec<Text<F>>) -> Vec<SecretText> {
    texts.into_iter().map(|Text(text, _)| text).collect()
}
