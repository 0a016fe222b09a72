//! The parsers behind the seals of a kit and of recovery pages, for hostile input that no code has
//! to seal first. Never part of a shipped build.

use wallet::item_json::Past;
use wallet::json::JsonStyle;
use zeroize::Zeroizing;

use crate::pages::MAX_UNZIPPED as LIMIT;
use crate::pages::zip::gunzip;
use crate::{Identity, KitContents, OpenError, Snapshot, WriteError, document, identity};

/// Maximum size in bytes of what [`unzip`] returns.
pub const MAX_UNZIPPED: usize = LIMIT;

/// Reads the decrypted contents of `wallet.age`.
///
/// # Errors
/// See [`OpenError`].
pub fn read_document(json: &[u8]) -> Result<KitContents, OpenError> {
    document::read(json)
}

/// Returns the contents of `wallet.age` before they are encrypted.
///
/// # Errors
/// See [`WriteError`].
pub fn write_document(snapshot: &Snapshot<'_>) -> Result<Zeroizing<Vec<u8>>, WriteError> {
    document::write(snapshot, Past::Kept, JsonStyle::Indented)
}

/// Reads the decrypted contents of `identity.age`; `None` if they are not one identity.
pub fn read_identity(text: &[u8]) -> Option<Identity> {
    identity::parse(text).map(Identity)
}

/// Decompresses the decrypted contents of recovery pages.
pub fn unzip(zipped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    gunzip(zipped, LIMIT)
}
