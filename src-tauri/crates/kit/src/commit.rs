//! The commit of the wallet file that a `wallet.age` was made from: in a stanza of its own, which
//! other programs skip as one of an unknown type (c2sp.org/age, *Recipient stanza*).
//!
//! It is not secret, and it is read without opening the file, so that the app can tell a kit that
//! is ahead of the wallet from one that is behind.

use std::collections::HashSet;

use age::EncryptError;
use age_core::format::{FileKey, Stanza};
use wallet::CommitId;

use crate::WALLET_LIMIT;
use crate::age_file::AgeFile;

const TYPE: &str = "backup-code-commit";

/// A commit of the wallet file, and the number that the file's line gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedCommit {
    /// The commit's id.
    pub id: CommitId,
    /// Number of saves before it ([`wallet::Line`]).
    pub number: u64,
}

impl NamedCommit {
    /// Returns the first line of its stanza.
    #[cfg(feature = "testing")]
    pub(crate) fn stanza(&self) -> String {
        format!("-> {TYPE} {} {}", self.id, self.number)
    }
}

impl age::Recipient for NamedCommit {
    fn wrap_file_key(&self, _: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let stanza = Stanza {
            tag: TYPE.to_owned(),
            args: vec![self.id.to_string(), self.number.to_string()],
            body: Vec::new(),
        };
        Ok((vec![stanza], HashSet::new()))
    }
}

/// Returns the commit that a `wallet.age` names; `None` if it names none. Nothing is authenticated.
pub fn commit_of(wallet: &[u8]) -> Option<NamedCommit> {
    let file = AgeFile::new(wallet, WALLET_LIMIT).ok()?;
    let [id, number] = file.stanza(TYPE)?.try_into().ok()?;
    Some(NamedCommit {
        id: id.parse().ok()?,
        number: number.parse().ok()?,
    })
}
