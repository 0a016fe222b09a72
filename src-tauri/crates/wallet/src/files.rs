//! The content of a wallet's files. In memory, as in the wallet file, each is sealed by itself, so
//! that it is in the clear only while it is read.
//!
//! A sealed file is nonce (24) ‖ ciphertext ‖ tag (16), XChaCha20-Poly1305 under the key of the
//! files ([`Purpose::Files`]). Associated data: id (16) ‖ size (4, big-endian).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::aead::Aead;
use crate::format::{NONCE_LENGTH, TAG_LENGTH};
use crate::key::{Purpose, WalletKey};
use crate::{FILE_BYTES, FileId, FileRef, Item, OpenError, WalletId};

/// Bytes that a sealed file takes beyond its content.
const OVERHEAD: u64 = (NONCE_LENGTH + TAG_LENGTH) as u64;
/// Bytes that a file takes in the wallet file beyond its content, with its entry in the table: at
/// most 97.
pub const FILE_OVERHEAD: u64 = OVERHEAD + 57;

/// Reasons why a file was not added. The open wallet is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddFileError {
    /// It has more than [`FILE_BYTES`].
    #[error("the file has {size} bytes; a wallet takes files of at most {FILE_BYTES}")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
    },
    /// The wallet file would exceed [`crate::WRITE_LIMIT`].
    #[error("the wallet has room for a file of {free} bytes")]
    Full {
        /// Size in bytes of the largest file that still fits.
        free: u64,
    },
    /// It is not the content that the item names.
    #[error("the content is not the file's")]
    Other,
    /// This computer has too little memory.
    #[error("there is not enough memory to add the file")]
    OutOfMemory,
}

/// Reasons why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReadFileError {
    /// Its content is not in this wallet.
    #[error("the content of the file is not in this wallet")]
    NotHere,
    /// Its sealed bytes in memory were altered.
    #[error("the content of the file is damaged")]
    Damaged,
    /// This computer has too little memory.
    #[error("there is not enough memory to read the file")]
    OutOfMemory,
}

/// Where a file is sealed: the key of its wallet, and that wallet.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) key: &'a WalletKey,
    pub(crate) wallet: WalletId,
}

impl<'a> Place<'a> {
    fn aead(self) -> Aead<'a> {
        Aead::new(self.key, Purpose::Files, self.wallet)
    }
}

/// An entry of the table of files in the payload.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileEntry {
    pub(crate) id: FileId,
    pub(crate) size: u32,
}

/// The files of an open wallet. Copies share their bytes.
#[derive(Clone, Default)]
pub(crate) struct Files {
    sealed: BTreeMap<FileId, Arc<Vec<u8>>>,
    /// The files that were added and may be saved in an item later.
    pending: BTreeMap<FileId, FileRef>,
}

/// Files in the order in which they are written.
pub(crate) struct NamedFiles(Vec<(FileId, Arc<Vec<u8>>)>);

impl NamedFiles {
    /// The table of the files.
    pub(crate) fn entries(&self) -> Vec<FileEntry> {
        let entries = self.0.iter().map(|(id, sealed)| FileEntry {
            id: *id,
            size: size_of(sealed),
        });
        entries.collect()
    }

    /// Their sealed bytes.
    pub(crate) fn sealed(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|(_, sealed)| sealed.as_slice())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Files {
    /// The files that a version of an item names.
    pub(crate) fn named_in(&self, items: &[Item]) -> NamedFiles {
        if self.sealed.is_empty() {
            return NamedFiles(Vec::new());
        }
        let named = ids(items.iter().flat_map(Item::files));
        let named = self.sealed.iter().filter(|(id, _)| named.contains(id));
        NamedFiles(named.map(|(id, it)| (*id, Arc::clone(it))).collect())
    }

    /// Drops the files that no version of an item names, except for those that are pending.
    pub(crate) fn retain_named(&mut self, named: &NamedFiles) {
        let Self { sealed, pending } = self;
        sealed.retain(|id, _| {
            let known = named.0.binary_search_by_key(id, |(id, _)| *id);
            known.is_ok() || pending.contains_key(id)
        });
    }

    /// Bytes in the wallet file of the files that an item names now, or that are pending.
    pub(crate) fn present_bytes(&self, items: &[Item]) -> u64 {
        if self.sealed.is_empty() {
            return 0;
        }
        let named = ids(items.iter().flat_map(|item| item.present.body.files()));
        let present = |id: &FileId| named.contains(id) || self.pending.contains_key(id);
        let sealed = self.sealed.iter().filter(|(id, _)| present(id));
        sealed.map(|(_, sealed)| sealed.len() as u64).sum()
    }

    /// Whether the content of a file is here.
    pub(crate) fn has(&self, id: FileId) -> bool {
        self.sealed.contains_key(&id)
    }

    /// The file of this id that is pending.
    pub(crate) fn pending(&self, id: FileId) -> Option<&FileRef> {
        self.pending.get(&id)
    }

    /// Seals a file, which stays until [`Files::forget_pending`], and then as long as an item names
    /// it.
    pub(crate) fn add(
        &mut self,
        rng: &mut dyn CryptoRng,
        place: Place<'_>,
        file: FileRef,
        content: &[u8],
    ) -> Result<(), AddFileError> {
        let sealed = seal(rng, place, file.id, content);
        let sealed = sealed.ok_or(AddFileError::OutOfMemory)?;
        self.sealed.insert(file.id, sealed);
        self.pending.insert(file.id, file);
        Ok(())
    }

    /// Forgets which files are pending. The next save drops those that no item names.
    pub(crate) fn forget_pending(&mut self) {
        self.pending.clear();
    }

    /// Takes the pending files of a copy that was sealed under the same key.
    pub(crate) fn take_pending(&mut self, other: &Self) {
        for (id, file) in &other.pending {
            if let Some(sealed) = other.sealed.get(id) {
                self.sealed.insert(*id, Arc::clone(sealed));
                self.pending.insert(*id, *file);
            }
        }
    }

    /// The content of a file.
    pub(crate) fn read(
        &self,
        place: Place<'_>,
        id: FileId,
    ) -> Result<Zeroizing<Vec<u8>>, ReadFileError> {
        let sealed = self.sealed.get(&id).ok_or(ReadFileError::NotHere)?;
        let mut content = Zeroizing::new(Vec::new());
        match open(place, id, sealed, &mut content) {
            Ok(()) => Ok(content),
            Err(OpenError::OutOfMemory) => Err(ReadFileError::OutOfMemory),
            Err(_) => Err(ReadFileError::Damaged),
        }
    }

    /// The same files, sealed in another place.
    pub(crate) fn resealed(
        &self,
        rng: &mut dyn CryptoRng,
        from: Place<'_>,
        to: Place<'_>,
    ) -> Result<Self, ReadFileError> {
        let mut resealed = BTreeMap::new();
        for id in self.sealed.keys() {
            let content = self.read(from, *id)?;
            let sealed = seal(rng, to, *id, &content);
            resealed.insert(*id, sealed.ok_or(ReadFileError::OutOfMemory)?);
        }
        Ok(Self {
            sealed: resealed,
            pending: self.pending.clone(),
        })
    }

    /// The files that follow a payload, each of which is opened once to verify it.
    pub(crate) fn parse(
        place: Place<'_>,
        table: &[FileEntry],
        mut bytes: &[u8],
        items: &[Item],
    ) -> Result<Self, OpenError> {
        let mut sealed = BTreeMap::new();
        let mut content = Zeroizing::new(Vec::new());
        for FileEntry { id, size } in table {
            let length = u64::from(*size) + OVERHEAD;
            let length = usize::try_from(length).map_err(|_| OpenError::Damaged)?;
            let (file, rest) = bytes.split_at_checked(length).ok_or(OpenError::Damaged)?;
            if *size > FILE_BYTES {
                return Err(OpenError::Damaged);
            }
            open(place, *id, file, &mut content)?;
            let file = copied(file).ok_or(OpenError::OutOfMemory)?;
            if sealed.insert(*id, file).is_some() {
                return Err(OpenError::Damaged);
            }
            bytes = rest;
        }
        let other_size = |file: &FileRef| {
            let sealed = sealed.get(&file.id);
            sealed.is_some_and(|sealed| size_of(sealed) != file.size)
        };
        let mut named = items.iter().flat_map(Item::files);
        match bytes.is_empty() && !named.any(other_size) {
            true => Ok(Self {
                sealed,
                pending: BTreeMap::new(),
            }),
            false => Err(OpenError::Damaged),
        }
    }
}

fn ids<'a>(files: impl Iterator<Item = &'a FileRef>) -> BTreeSet<FileId> {
    files.map(|file| file.id).collect()
}

/// Bytes of the content of a sealed file.
fn size_of(sealed: &[u8]) -> u32 {
    u32::try_from(sealed.len() - NONCE_LENGTH - TAG_LENGTH)
        .unwrap_or_else(|_| unreachable!("a file has at most 1 MiB"))
}

/// A copy of sealed bytes; `None` if there is not enough memory.
fn copied(sealed: &[u8]) -> Option<Arc<Vec<u8>>> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(sealed.len()).ok()?;
    copy.extend_from_slice(sealed);
    Some(Arc::new(copy))
}

fn associated_data(id: FileId, size: u32) -> [u8; 20] {
    let mut data = [0; 20];
    data[..16].copy_from_slice(id.as_bytes());
    data[16..].copy_from_slice(&size.to_be_bytes());
    data
}

/// Seals a file of at most [`FILE_BYTES`]; `None` if there is not enough memory.
fn seal(
    rng: &mut dyn CryptoRng,
    place: Place<'_>,
    id: FileId,
    content: &[u8],
) -> Option<Arc<Vec<u8>>> {
    let size = u32::try_from(content.len()).ok()?;
    let mut nonce = [0; NONCE_LENGTH];
    rng.fill_bytes(&mut nonce);
    let mut sealed = Zeroizing::new(Vec::new());
    let length = NONCE_LENGTH + content.len() + TAG_LENGTH;
    sealed.try_reserve_exact(length).ok()?;
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(content);
    let data = associated_data(id, size);
    let tag = place
        .aead()
        .encrypt(&nonce, &data, &mut sealed[NONCE_LENGTH..])?;
    sealed.extend_from_slice(&tag);
    Some(Arc::new(std::mem::take(&mut *sealed)))
}

/// Opens a sealed file into a buffer that is reused.
fn open(
    place: Place<'_>,
    id: FileId,
    sealed: &[u8],
    content: &mut Zeroizing<Vec<u8>>,
) -> Result<(), OpenError> {
    let (nonce, rest) = sealed.split_first_chunk().ok_or(OpenError::Damaged)?;
    let (ciphertext, tag) = rest.split_last_chunk().ok_or(OpenError::Damaged)?;
    let size = u32::try_from(ciphertext.len()).map_err(|_| OpenError::Damaged)?;
    let data = associated_data(id, size);
    content.clear();
    if content.capacity() < ciphertext.len() {
        // A new one, so that the old one is zeroized.
        *content = Zeroizing::new(Vec::new());
        content
            .try_reserve_exact(ciphertext.len())
            .map_err(|_| OpenError::OutOfMemory)?;
    }
    content.extend_from_slice(ciphertext);
    match place.aead().decrypt(nonce, &data, content, tag) {
        true => Ok(()),
        false => Err(OpenError::Damaged),
    }
}
