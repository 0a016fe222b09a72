//! Drafts: what is typed and not saved, in a file of its own beside the wallet's.
//!
//! | offset | bytes | content |
//! |---|---|---|
//! | 0 | 8 | magic |
//! | 8 | 2 | version, big-endian |
//! | 10 | 24 | nonce |
//! | 34 | rest | the drafts in JSON, XChaCha20-Poly1305; associated data: the first 10 bytes |
//!
//! Its key and its name are derived from the wallet key. After a change of that key the drafts are
//! in another file, which replaces the one before.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rand::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::aead::Aead;
use crate::format::{NONCE_LENGTH, TAG_LENGTH};
use crate::item::LARGEST_NUMBER;
use crate::item_json::{FieldJson, NotAnItem, Text, is_not, texts};
use crate::json::{self, JsonStyle};
use crate::key::{Purpose, WalletKey};
use crate::wire::{Base64, secret_bytes};
use crate::{
    Body, DraftsId, Field, FileId, ItemId, Kind, Opened, SealError, Timestamp, WalletId, encoding,
};

/// Maximum size of a file of drafts: 16 MiB.
pub const DRAFTS_LIMIT: u64 = 16 << 20;

const EXTENSION: &str = "drafts-";
const MAGIC: &[u8; 8] = b"\x89BCD\r\n\x1a\n";
const VERSION: u16 = 1;
const PREFIX_LENGTH: usize = 8 + 2;

/// What is typed into an item and not saved.
pub struct Draft {
    /// The item, which the wallet has or is to have.
    pub id: ItemId,
    /// When it was typed.
    pub typed: Timestamp,
    /// The version of the item that the typing began from; none of a new item.
    pub over: Option<u32>,
    /// What the item is to hold. It may be what no item may hold, as half of a date.
    pub body: Body,
    /// The numbers of the fields whose text nobody typed: it was the item's.
    pub untouched: Vec<u32>,
}

impl Draft {
    /// What the item is to hold, where it holds `present` by now. A text that nobody typed is the
    /// present one.
    pub fn onto(&self, present: Option<&Body>) -> Body {
        let mut body = self.body.share();
        for field in &mut body.fields {
            let untouched = self.untouched.contains(&field.number);
            let now = present.and_then(|present| present.field(field.number));
            if let Some(now) = now.filter(|_| untouched) {
                field.text = now.text.share();
                field.file = now.file;
            }
        }
        body
    }
}

/// A file that a draft names and that no item has yet.
pub struct DraftFile {
    /// The file.
    pub id: FileId,
    /// Its content.
    pub content: Arc<Zeroizing<Vec<u8>>>,
}

/// The drafts of a wallet.
#[derive(Default)]
pub struct Drafts {
    /// At most one of each item, in the order in which they were begun.
    pub drafts: Vec<Draft>,
    /// The files that they name and that are not in the wallet.
    pub files: Vec<DraftFile>,
    /// The files that this one took the place of at changes of the wallet key.
    pub replaces: Vec<DraftsId>,
}

/// Why a file of drafts cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DraftsError {
    /// It is damaged, or was sealed for another wallet.
    #[error("the drafts are damaged")]
    Damaged,
    /// A newer version of the app wrote it.
    #[error("the drafts are of a newer version of the app")]
    NewerVersion,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftsJson {
    drafts: Vec<DraftJson>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<DraftFileJson>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<DraftsId>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftJson {
    id: ItemId,
    typed: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    over: Option<u32>,
    kind: Kind,
    title: Text<Base64>,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Text<Base64>>,
    #[serde(default, skip_serializing_if = "is_not")]
    favourite: bool,
    fields: Vec<FieldJson<Base64>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    untouched: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFileJson {
    id: FileId,
    content: Content,
}

/// The content of a file, in base64.
struct Content(Arc<Zeroizing<Vec<u8>>>);

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encoding::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        secret_bytes(deserializer).map(|content| Self(Arc::new(content)))
    }
}

/// Returns the path of a file of drafts beside the wallet's own file.
pub fn path(wallet: &Path, drafts: DraftsId) -> PathBuf {
    wallet.with_added_extension(format!("{EXTENSION}{drafts}"))
}

impl Opened {
    /// The name of the file of drafts, which changes with the wallet key: 16 bytes of HKDF-SHA-256,
    /// `info` = `backup-code/v1/drafts-name` ‖ 00 ‖ wallet id.
    pub fn drafts_id(&self) -> DraftsId {
        let key = self.share_key();
        let derived = key.derive(Purpose::DraftsName, self.header().wallet_id);
        let mut id = [0; 16];
        id.copy_from_slice(&derived[..16]);
        DraftsId::from_bytes(id)
    }

    /// Returns a file of these drafts, of at most [`DRAFTS_LIMIT`].
    ///
    /// # Errors
    /// [`SealError::TooLarge`] and [`SealError::OutOfMemory`].
    pub fn seal_drafts(
        &self,
        rng: &mut dyn CryptoRng,
        drafts: &Drafts,
    ) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_LENGTH];
        rng.fill_bytes(&mut nonce);
        let written = DraftsJson {
            drafts: drafts.drafts.iter().map(DraftJson::of).collect(),
            files: drafts.files.iter().map(DraftFileJson::of).collect(),
            replaces: drafts.replaces.clone(),
        };
        let plaintext = json::to_exact_vec(&written, JsonStyle::Compact, usize::MAX)
            .map_err(|_| SealError::OutOfMemory)?;
        seal(
            &self.share_key(),
            self.header().wallet_id,
            &nonce,
            plaintext,
        )
    }

    /// Reads a file of drafts that was sealed with the present wallet key.
    ///
    /// # Errors
    /// See [`DraftsError`].
    pub fn open_drafts(&self, bytes: &[u8]) -> Result<Drafts, DraftsError> {
        let plaintext = open(&self.share_key(), self.header().wallet_id, bytes)?;
        // A holder of the key wrote this, so valid JSON that does not fit comes from a newer
        // version.
        let read: DraftsJson =
            serde_json::from_slice(&plaintext).map_err(|error| match error.classify() {
                serde_json::error::Category::Data => DraftsError::NewerVersion,
                _ => DraftsError::Damaged,
            })?;
        let drafts = read.drafts.into_iter().map(DraftJson::into_draft);
        let drafts: Vec<Draft> = drafts.collect::<Result<_, _>>()?;
        let ids: HashSet<ItemId> = drafts.iter().map(|draft| draft.id).collect();
        let files = read.files.into_iter().map(DraftFileJson::into_file);
        match ids.len() == drafts.len() {
            true => Ok(Drafts {
                drafts,
                files: files.collect(),
                replaces: read.replaces,
            }),
            false => Err(DraftsError::Damaged),
        }
    }
}

fn seal(
    key: &WalletKey,
    wallet: WalletId,
    nonce: &[u8; NONCE_LENGTH],
    mut plaintext: Zeroizing<Vec<u8>>,
) -> Result<Vec<u8>, SealError> {
    let prefix = [&MAGIC[..], &VERSION.to_be_bytes()].concat();
    let size = (PREFIX_LENGTH + NONCE_LENGTH + plaintext.len() + TAG_LENGTH) as u64;
    if size > DRAFTS_LIMIT {
        return Err(SealError::TooLarge { size });
    }
    let tag = Aead::new(key, Purpose::Drafts, wallet)
        .encrypt(nonce, &prefix, &mut plaintext)
        .ok_or(SealError::TooLarge { size })?;
    Ok([&prefix, &nonce[..], &plaintext, &tag].concat())
}

fn open(
    key: &WalletKey,
    wallet: WalletId,
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DraftsError> {
    let (prefix, rest) = bytes
        .split_at_checked(PREFIX_LENGTH)
        .ok_or(DraftsError::Damaged)?;
    let (magic, version) = prefix.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(DraftsError::Damaged);
    }
    if version != VERSION.to_be_bytes() {
        return Err(DraftsError::NewerVersion);
    }
    let (nonce, rest) = rest.split_first_chunk().ok_or(DraftsError::Damaged)?;
    let (ciphertext, tag) = rest.split_last_chunk().ok_or(DraftsError::Damaged)?;
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    match Aead::new(key, Purpose::Drafts, wallet).decrypt(nonce, prefix, &mut plaintext, tag) {
        true => Ok(plaintext),
        false => Err(DraftsError::Damaged),
    }
}

impl DraftFileJson {
    fn of(file: &DraftFile) -> Self {
        Self {
            id: file.id,
            content: Content(Arc::clone(&file.content)),
        }
    }

    fn into_file(self) -> DraftFile {
        DraftFile {
            id: self.id,
            content: self.content.0,
        }
    }
}

impl DraftJson {
    fn of(draft: &Draft) -> Self {
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
            untouched,
        } = draft;
        Self {
            id: *id,
            typed: *typed,
            over: *over,
            kind: *kind,
            title: Text::of(title),
            tags: tags.iter().map(Text::of).collect(),
            favourite: *favourite,
            fields: fields.iter().map(FieldJson::of).collect(),
            untouched: untouched.clone(),
        }
    }

    fn into_draft(self) -> Result<Draft, DraftsError> {
        let fields = self.fields.into_iter().map(FieldJson::into_field);
        let fields: Vec<Field> = fields
            .collect::<Result<_, _>>()
            .map_err(|NotAnItem| DraftsError::Damaged)?;
        let numbers: HashSet<u32> = fields.iter().map(|field| field.number).collect();
        if numbers.len() < fields.len() || numbers.iter().any(|it| *it > LARGEST_NUMBER) {
            return Err(DraftsError::Damaged);
        }
        Ok(Draft {
            id: self.id,
            typed: self.typed,
            over: self.over,
            body: Body {
                kind: self.kind,
                title: self.title.0,
                tags: texts(self.tags),
                favourite: self.favourite,
                fields,
            },
            untouched: self.untouched,
        })
    }
}
