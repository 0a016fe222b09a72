//! The payload: the contents as JSON under XChaCha20-Poly1305, bound to every byte before them.

use std::io;

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305};
use zeroize::Zeroizing;

use crate::format::Layout;
use crate::key::WalletKey;
use crate::password_slot::{NONCE_LENGTH, TAG_LENGTH};
use crate::wire::{Read, SlotRecipient, Written};
use crate::{Contents, FILE_LIMIT, OpenError, SealError, WalletId};

/// Opens the payload of a file with the wallet's key.
pub(crate) fn open(
    layout: &Layout<'_>,
    wallet: WalletId,
    key: &WalletKey,
) -> Result<(Contents, Vec<SlotRecipient>), OpenError> {
    let (ciphertext, tag) = layout
        .payload
        .split_last_chunk::<TAG_LENGTH>()
        .ok_or(OpenError::Damaged)?;
    let mut plaintext = Zeroizing::new(Vec::new());
    plaintext
        .try_reserve_exact(ciphertext.len())
        .map_err(|_| OpenError::OutOfMemory)?;
    plaintext.extend_from_slice(ciphertext);
    cipher(key, wallet)
        .decrypt_inout_detached(
            layout.nonce.into(),
            layout.bound,
            plaintext.as_mut_slice().into(),
            tag.into(),
        )
        .map_err(|_| OpenError::Damaged)?;
    // The key's holder wrote this. JSON that this version has no place for comes from a newer one.
    let payload: Read =
        serde_json::from_slice(&plaintext).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => OpenError::NewerVersion,
            _ => OpenError::Damaged,
        })?;
    Ok(payload.into_parts())
}

/// `bound`, the nonce and the sealed contents: a whole file.
pub(crate) fn seal(
    bound: &[u8],
    nonce: &[u8; NONCE_LENGTH],
    wallet: WalletId,
    key: &WalletKey,
    contents: &Contents,
    recipients: &[SlotRecipient],
) -> Result<Vec<u8>, SealError> {
    let mut plaintext = to_json(&Written::new(contents, recipients))?;
    let size = bound.len() + NONCE_LENGTH + plaintext.len() + TAG_LENGTH;
    if size as u64 > FILE_LIMIT {
        return Err(SealError::TooLarge { size: size as u64 });
    }
    let tag: Tag = cipher(key, wallet)
        .encrypt_inout_detached(nonce.into(), bound, plaintext.as_mut_slice().into())
        .map_err(|_| SealError::TooLarge { size: size as u64 })?;
    Ok([bound, nonce, &plaintext, &tag].concat())
}

fn cipher(key: &WalletKey, wallet: WalletId) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.payload_key(wallet)).into())
}

/// Counted first, so that the buffer never grows and leaves a copy behind.
fn to_json(payload: &Written<'_>) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let mut count = Count(0);
    serde_json::to_writer(&mut count, payload).map_err(|_| SealError::OutOfMemory)?;
    let mut json = Zeroizing::new(Vec::new());
    json.try_reserve_exact(count.0)
        .map_err(|_| SealError::OutOfMemory)?;
    serde_json::to_writer(&mut *json, payload).map_err(|_| SealError::OutOfMemory)?;
    Ok(json)
}

/// Counts what is written to it.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
