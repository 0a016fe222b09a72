//! Payloads with any plaintext, so that hostile JSON reaches the parser behind the seal.

use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::format::{self, NONCE_LENGTH};
use crate::wire::WrittenPayload;
use crate::{Opened, SealError, payload};

/// Returns a file with the wallet's header and key and this plaintext as its payload.
///
/// # Errors
/// [`SealError::TooLarge`] for a plaintext that no wallet file can hold.
pub fn seal_json(
    rng: &mut dyn CryptoRng,
    opened: &Opened,
    json: &[u8],
) -> Result<Vec<u8>, SealError> {
    let header = opened.header();
    let stored = header.to_bytes().map_err(SealError::Header)?;
    let associated_data = format::prefix(&stored, false).map_err(SealError::Header)?;
    let mut nonce = [0; NONCE_LENGTH];
    rng.fill_bytes(&mut nonce);
    payload::seal_json(
        &associated_data,
        &nonce,
        header.wallet_id,
        &opened.share_key(),
        Zeroizing::new(json.to_vec()),
    )
}

/// Returns the plaintext of the wallet's payload as it is now.
///
/// # Errors
/// [`SealError::OutOfMemory`].
pub fn json_of(opened: &Opened) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let contents = &opened.contents;
    let files = contents.files.named_in(&contents.items).entries();
    payload::to_json(&WrittenPayload::new(contents, opened.recipients(), files))
}
