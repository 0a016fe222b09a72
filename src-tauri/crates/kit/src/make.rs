//! Makes a kit and updates it.

use std::io::Write;
use std::iter;

use age::{EncryptError, Encryptor};
use code::{BackupCode, Identifier};

use wallet::item_json::Past;
use wallet::json::JsonStyle;

use crate::passphrase::Work;
use crate::{
    FOLDER_PREFIX, IDENTITY_FILE, NamedCommit, README_FILE, Recipient, Snapshot, WALLET_FILE,
    WriteError, document, identity, readme,
};

/// The three files of a kit that every kit has.
pub struct KitFiles {
    /// Contents of [`IDENTITY_FILE`], encrypted with the code.
    pub identity: Vec<u8>,
    /// Contents of [`WALLET_FILE`], encrypted to the identity.
    pub wallet: Vec<u8>,
    /// Contents of [`README_FILE`], in ASCII.
    pub readme: String,
}

impl KitFiles {
    /// Returns the name and the bytes of each file.
    pub fn named(&self) -> [(&'static str, &[u8]); 3] {
        [
            (IDENTITY_FILE, &self.identity),
            (WALLET_FILE, &self.wallet),
            (README_FILE, self.readme.as_bytes()),
        ]
    }
}

/// Returns the name of the folder for the kit of this code: `backup-kit-ABCD`.
pub fn folder_name(identifier: Identifier) -> String {
    format!("{FOLDER_PREFIX}{identifier}")
}

/// Makes a new kit with a fresh identity for this code; for a set this is the secret code. Also
/// returns the recipient to keep for [`rewrap`]. Takes a tenth of a second and 32 MiB.
///
/// # Errors
/// See [`WriteError`].
pub fn make(
    code: &BackupCode,
    snapshot: &Snapshot<'_>,
) -> Result<(KitFiles, Recipient), WriteError> {
    make_with(code, snapshot, Work::STANDARD)
}

/// The same with this much work to derive a key from the code.
///
/// # Errors
/// See [`WriteError`].
pub fn make_with(
    code: &BackupCode,
    snapshot: &Snapshot<'_>,
    work: Work,
) -> Result<(KitFiles, Recipient), WriteError> {
    let identity = identity::generate();
    let recipient = Recipient::of(&identity);
    let files = KitFiles {
        wallet: rewrap(&recipient, snapshot)?,
        identity: identity::lock(&identity, code, work)?,
        readme: readme::text(code.identifier(), code.threshold()),
    };
    Ok((files, recipient))
}

/// Writes a new `wallet.age` with the current contents for the same kit. The other files stay
/// unchanged; [`crate::wrap_file`] writes the content of one that items name.
///
/// # Errors
/// See [`WriteError`].
pub fn rewrap(recipient: &Recipient, snapshot: &Snapshot<'_>) -> Result<Vec<u8>, WriteError> {
    Ok(encrypt(
        recipient,
        snapshot.commit,
        &document::write(snapshot, Past::Kept, JsonStyle::Indented)?,
    )?)
}

pub(crate) fn encrypt(
    recipient: &Recipient,
    commit: Option<NamedCommit>,
    json: &[u8],
) -> Result<Vec<u8>, EncryptError> {
    #[cfg(feature = "testing")]
    if crate::simulation::is_on() {
        return Ok(crate::simulation::encrypt(recipient, commit, json));
    }
    let recipients = iter::once(&recipient.0 as &dyn age::Recipient)
        .chain(commit.as_ref().map(|commit| commit as &dyn age::Recipient));
    let mut file = Vec::with_capacity(json.len());
    let mut writer = Encryptor::with_recipients(recipients)?.wrap_output(&mut file)?;
    writer.write_all(json)?;
    writer.finish()?;
    Ok(file)
}
