//! Makes a kit, and keeps it current.

use age::x25519;
use code::{BackupCode, Identifier};
use thiserror::Error;

use crate::{
    FOLDER_PREFIX, IDENTITY_FILE, README_FILE, Recipient, Snapshot, WALLET_FILE, document,
    identity, readme,
};

/// The three files of a kit.
pub struct KitFiles {
    /// [`IDENTITY_FILE`], encrypted with the code.
    pub identity: Vec<u8>,
    /// [`WALLET_FILE`], encrypted to the identity.
    pub wallet: Vec<u8>,
    /// [`README_FILE`], ASCII.
    pub readme: String,
}

impl KitFiles {
    /// Each file's name and bytes.
    pub fn named(&self) -> [(&'static str, &[u8]); 3] {
        [
            (IDENTITY_FILE, &self.identity),
            (WALLET_FILE, &self.wallet),
            (README_FILE, self.readme.as_bytes()),
        ]
    }
}

/// Why no kit was made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The contents are longer than 79 MiB, with which `wallet.age` comes near [`crate::WALLET_LIMIT`].
    #[error("the kit would hold {size} bytes, which is more than it can")]
    TooLarge {
        /// Bytes of JSON that it would hold.
        size: usize,
    },
    /// This computer does not have the memory that it takes.
    #[error("there is not enough memory to write the kit")]
    OutOfMemory,
    /// `age` could not encrypt.
    #[error("the kit could not be encrypted")]
    Age(#[from] age::EncryptError),
}

/// The folder that the kit of this code lies in: `backup-kit-ABCD`.
pub fn folder_name(identifier: Identifier) -> String {
    format!("{FOLDER_PREFIX}{identifier}")
}

/// A new kit for this code, which for a set is the secret code, with a fresh identity; and the recipient to keep for
/// [`rewrap`]. Takes a tenth of a second and 32 MiB.
///
/// # Errors
/// See [`WriteError`].
pub fn make(
    code: &BackupCode,
    snapshot: &Snapshot<'_>,
) -> Result<(KitFiles, Recipient), WriteError> {
    let identity = x25519::Identity::generate();
    let recipient = Recipient(identity.to_public());
    let files = KitFiles {
        wallet: rewrap(&recipient, snapshot)?,
        identity: identity::lock(&identity, code)?,
        readme: readme::text(code.identifier(), code.threshold()),
    };
    Ok((files, recipient))
}

/// A `wallet.age` for the same kit with what the wallet holds now. The other two files stay as they are.
///
/// # Errors
/// See [`WriteError`].
pub fn rewrap(recipient: &Recipient, snapshot: &Snapshot<'_>) -> Result<Vec<u8>, WriteError> {
    let json = document::write(snapshot)?;
    Ok(age::encrypt(&recipient.0, &json)?)
}
