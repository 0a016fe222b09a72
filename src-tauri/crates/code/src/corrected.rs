//! The result of an accepted correction.

use crate::codeword::Codeword;
use crate::header::HeaderError;
use crate::{BackupCode, Identifier, Share, ShareIndex};

/// A corrected code or share: the result of an accepted proposal.
pub enum Corrected {
    /// A secret code.
    Code(BackupCode),
    /// A share.
    Share(Share),
}

impl Corrected {
    /// Classifies a codeword as a code or a share.
    pub(crate) fn classify(codeword: Codeword) -> Result<Corrected, HeaderError> {
        let header = codeword.header()?;
        Ok(match ShareIndex::from_symbol(header.index) {
            None => Corrected::Code(BackupCode::from_parts(codeword, header)),
            Some(index) => Corrected::Share(Share::from_parts(codeword, header, index)),
        })
    }

    pub(crate) fn identifier(&self) -> Identifier {
        match self {
            Corrected::Code(code) => code.identifier(),
            Corrected::Share(share) => share.identifier(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        match self {
            Corrected::Code(code) => code.expose(),
            Corrected::Share(share) => share.expose(),
        }
    }
}
