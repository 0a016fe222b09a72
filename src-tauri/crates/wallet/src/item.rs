//! The items of a wallet: a title, a kind, and an ordered list of typed fields.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{FileRef, ItemId, SecretText, Timestamp};

/// The largest number of a version, and of a field. Reading takes no larger one, so that there is
/// always a next one.
pub const LARGEST_NUMBER: u32 = i32::MAX.cast_unsigned();
/// Earlier versions that an item keeps.
pub const VERSIONS: usize = 20;
/// Bytes of text that the earlier versions of an item may take, in what is not the same as in the
/// version after: 512 KiB. The newest of them is kept whatever it takes.
pub const EARLIER_BYTES: usize = 512 << 10;

/// One thing kept in a wallet.
pub struct Item {
    /// Its id, for life.
    pub id: ItemId,
    /// When it was made.
    pub created: Timestamp,
    /// What it holds now.
    pub present: Version,
    /// What it held before, the newest first; see [`VERSIONS`] and [`EARLIER_BYTES`].
    pub earlier: Vec<Version>,
    /// When it was moved to the bin.
    pub binned: Option<Timestamp>,
    /// When it came back from the bin last.
    pub returned: Option<Timestamp>,
}

/// What an item holds, or held, from one change to the next.
pub struct Version {
    /// Tells it from the others of its item. Later ones have larger numbers.
    pub number: u32,
    /// When the item was changed to this.
    pub changed: Timestamp,
    /// What it is.
    pub body: Body,
}

/// What an item holds.
pub struct Body {
    /// The template that it began as. Any field may be in an item of any kind.
    pub kind: Kind,
    /// Its title.
    pub title: SecretText,
    /// Words to find and filter it by.
    pub tags: Vec<SecretText>,
    /// Whether it is among the favourites.
    pub favourite: bool,
    /// Its fields, in the person's order.
    pub fields: Vec<Field>,
}

/// What an item is for. It says which fields a new one begins with, and nothing about what it may
/// hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The words of a hardware or software wallet.
    SeedPhrase,
    /// Name and password at a service.
    Account,
    /// A private key.
    Key,
    /// A payment card or a PIN.
    Card,
    /// Recovery codes that other services gave out.
    Codes,
    /// Anything in words.
    Note,
    /// A file.
    File,
}

/// A field of an item.
pub struct Field {
    /// Tells it from the other fields of its item, in all versions.
    pub number: u32,
    /// Its name; empty for the text of a note.
    pub label: SecretText,
    /// What its text is.
    pub kind: FieldType,
    /// Its content; the name of a file.
    pub text: SecretText,
    /// Its file. None in a field of another type, and where no file has been chosen yet.
    pub file: Option<FileRef>,
}

/// What the text of a field is, which says how it is checked, hidden, copied and searched. Any text
/// may be in any field: what does not fit is kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Text in plain sight, of one line or several.
    Text,
    /// Text that stays hidden until it is revealed, of one line or several.
    Secret,
    /// The words of a wallet: a BIP-39 phrase, or a SLIP-39 share.
    Words,
    /// A key for one-time passwords: an `otpauth` address, or base32.
    OneTime,
    /// Codes of another service, one a line. A line that begins with `✓ ` is a used one, and one
    /// that begins with `# ` a remark.
    Codes,
    /// A private key or an address, in any form.
    Key,
    /// The address of a site.
    Address,
    /// A day, as `YYYY-MM-DD` (RFC 3339 §5.6, *full-date*), or nothing.
    Date,
    /// A file. Its name is in plain sight.
    File,
}

impl FieldType {
    /// Whether the text stays hidden until it is revealed.
    pub fn is_hidden(self) -> bool {
        match self {
            Self::Secret | Self::Words | Self::OneTime | Self::Codes | Self::Key => true,
            Self::Text | Self::Address | Self::Date | Self::File => false,
        }
    }
}

impl Item {
    /// A new item with its first version.
    pub fn new(id: ItemId, body: Body, at: Timestamp) -> Self {
        Self {
            id,
            created: at,
            present: Version {
                number: 1,
                changed: at,
                body,
            },
            earlier: Vec::new(),
            binned: None,
            returned: None,
        }
    }

    /// Returns the same item for another owner; its texts are shared.
    pub fn share(&self) -> Self {
        Self {
            present: self.present.share(),
            earlier: self.earlier.iter().map(Version::share).collect(),
            ..*self
        }
    }

    /// What it holds now, and what it held before, the newest first.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        std::iter::once(&self.present).chain(&self.earlier)
    }

    /// What it holds now, or held in the version of this number.
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions().find(|version| version.number == number)
    }

    /// The files that it names, now or in an earlier version, with repetitions.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        self.versions().flat_map(|version| version.body.files())
    }

    /// Whether a list that was made at this time lacks it as it is now.
    pub fn is_newer_than(&self, at: Timestamp) -> bool {
        self.present.changed > at || self.returned.is_some_and(|returned| returned > at)
    }

    /// A number that no field has in any of its versions.
    pub fn next_field(&self) -> u32 {
        let fields = self.versions().flat_map(|version| &version.body.fields);
        let taken: BTreeSet<u32> = fields.map(|field| field.number).collect();
        match taken.last() {
            None => 1,
            Some(&LARGEST_NUMBER) => (1..).find(|it| !taken.contains(it)).unwrap_or(1),
            Some(last) => last + 1,
        }
    }

    /// The number of the next version. Numbers that are used up begin again.
    fn next_number(&mut self) -> u32 {
        if self.present.number >= LARGEST_NUMBER {
            let versions = self.earlier.iter_mut().rev().chain([&mut self.present]);
            for (number, version) in (1..).zip(versions) {
                version.number = number;
            }
        }
        self.present.number + 1
    }

    /// Puts a new version in the place of the present one, which is kept among the earlier ones.
    pub fn change(&mut self, body: Body, at: Timestamp) {
        let next = Version {
            number: self.next_number(),
            changed: at,
            body,
        };
        let before = std::mem::replace(&mut self.present, next);
        self.earlier.insert(0, before);
        self.trim();
    }

    /// Forgets the oldest versions beyond the limits.
    fn trim(&mut self) {
        let mut bytes = 0;
        let mut after = &self.present;
        let mut kept = 0;
        for version in self.earlier.iter().take(VERSIONS) {
            bytes += version.own_bytes(after);
            if kept > 0 && bytes > EARLIER_BYTES {
                break;
            }
            kept += 1;
            after = version;
        }
        self.earlier.truncate(kept);
    }
}

impl Version {
    /// Returns the same for another owner; its texts are shared.
    pub fn share(&self) -> Self {
        Self {
            body: self.body.share(),
            ..*self
        }
    }

    /// Bytes of its texts that are not in the version after it, without the content of files.
    fn own_bytes(&self, after: &Self) -> usize {
        let Body {
            title,
            tags,
            fields,
            kind: _,
            favourite: _,
        } = &self.body;
        let title = (!title.is_same(&after.body.title)).then_some(title);
        let tags = (!are_same(tags, &after.body.tags)).then_some(tags);
        let own = fields
            .iter()
            .filter(|field| after.body.same_field(field).is_none());
        let texts = own.flat_map(|field| [&field.label, &field.text]);
        let names = title.into_iter().chain(tags.into_iter().flatten());
        names.chain(texts).map(|text| text.expose().len()).sum()
    }
}

impl Body {
    /// A note of one hidden text.
    pub fn note(title: SecretText, text: SecretText) -> Self {
        let text = Field {
            number: 1,
            label: SecretText::new(String::new()),
            kind: FieldType::Secret,
            text,
            file: None,
        };
        Self {
            kind: Kind::Note,
            title,
            tags: Vec::new(),
            favourite: false,
            fields: vec![text],
        }
    }

    /// Its field of this number.
    pub fn field(&self, number: u32) -> Option<&Field> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.number == number)
    }

    /// The files that it names.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        self.fields.iter().filter_map(|field| field.file.as_ref())
    }

    /// Its field that is the same as this one.
    pub(crate) fn same_field(&self, field: &Field) -> Option<&Field> {
        let known = self.field(field.number);
        known.filter(|known| known.is_same(field))
    }

    /// Returns the same for another owner; its texts are shared.
    pub fn share(&self) -> Self {
        Self {
            kind: self.kind,
            title: self.title.share(),
            tags: self.tags.iter().map(SecretText::share).collect(),
            favourite: self.favourite,
            fields: self.fields.iter().map(Field::share).collect(),
        }
    }

    /// Whether both are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        let same_fields = self.fields.iter().zip(&other.fields);
        self.kind == other.kind
            && self.favourite == other.favourite
            && self.title.is_same(&other.title)
            && are_same(&self.tags, &other.tags)
            && self.fields.len() == other.fields.len()
            && same_fields
                .into_iter()
                .all(|(one, other)| one.is_same(other))
    }
}

/// The tags without those that are there before, in another spelling at most.
pub fn distinct_tags(mut tags: Vec<SecretText>) -> Vec<SecretText> {
    let mut before = Vec::new();
    tags.retain(|tag| {
        // Exposed to be compared, in memory that is zeroized.
        let folded = Zeroizing::new(tag.expose().to_lowercase());
        let is_new = !before.contains(&folded);
        before.push(folded);
        is_new
    });
    tags
}

/// Whether these are the same texts in the same order.
pub(crate) fn are_same(texts: &[SecretText], others: &[SecretText]) -> bool {
    let mut pairs = texts.iter().zip(others);
    texts.len() == others.len() && pairs.all(|(one, other)| one.is_same(other))
}

impl Field {
    /// Returns the same field for another owner; its texts are shared.
    pub fn share(&self) -> Self {
        Self {
            number: self.number,
            label: self.label.share(),
            kind: self.kind,
            text: self.text.share(),
            file: self.file,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.number == other.number
            && self.label.is_same(&other.label)
            && self.kind == other.kind
            && self.text.is_same(&other.text)
            && self.file == other.file
    }
}
