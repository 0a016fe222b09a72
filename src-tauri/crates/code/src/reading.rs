//! What a typed code turns out to be.

use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::HeaderError;
use crate::{BackupCode, Identifier, LENGTH, Proposal, Share, TypedCode};

/// What [`TypedCode::read`] made of the symbols.
pub enum Reading {
    /// A secret code, as it stands.
    Code(BackupCode),
    /// A share, as it stands.
    Share(Share),
    /// Not a code, but one is near; it may be used only once the person agrees to it.
    Proposal(Proposal),
    /// Fewer than 60 symbols.
    Unfinished {
        /// Symbols typed.
        have: usize,
    },
    /// More than 60 symbols.
    TooLong {
        /// Symbols typed.
        have: usize,
    },
    /// 60 symbols with more mistakes than can be corrected for certain.
    TooManyMistakes,
    /// A code, perhaps after correction, whose threshold only a later version understands.
    NewerVersion,
}

/// What an accepted proposal gives.
pub enum Corrected {
    /// A secret code.
    Code(BackupCode),
    /// A share.
    Share(Share),
}

impl TypedCode {
    /// Judges the symbols: a code, a share, something that one can be proposed for, or neither.
    ///
    /// With 2·wrong + unreadable ≤ 8 of the 60 symbols the code meant is always found. Beyond that
    /// nothing is proposed, except where another code happens to lie that near: a few times in 10⁸.
    pub fn read(&self) -> Reading {
        match self.len() {
            have if have < LENGTH => return Reading::Unfinished { have },
            have if have > LENGTH => return Reading::TooLong { have },
            _ => {}
        }
        match self.as_codeword() {
            Some(codeword) => match Corrected::sort(codeword) {
                Ok(Corrected::Code(code)) => Reading::Code(code),
                Ok(Corrected::Share(share)) => Reading::Share(share),
                Err(error) => error.into(),
            },
            None => match Proposal::find(self.symbols()) {
                Some(Ok(proposal)) => Reading::Proposal(proposal),
                Some(Err(error)) => error.into(),
                None => Reading::TooManyMistakes,
            },
        }
    }

    fn as_codeword(&self) -> Option<Codeword> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(LENGTH));
        for symbol in self.symbols() {
            symbols.push((*symbol)?);
        }
        Codeword::verify(&symbols)
    }
}

impl From<HeaderError> for Reading {
    fn from(error: HeaderError) -> Reading {
        match error {
            HeaderError::NewerVersion => Reading::NewerVersion,
            // Nobody issues these. Any two codewords differ in nine symbols or more, so what was
            // meant is at least five mistakes away.
            HeaderError::ShareOfSingle => Reading::TooManyMistakes,
        }
    }
}

impl Corrected {
    /// Tells codes from shares.
    pub(crate) fn sort(codeword: Codeword) -> Result<Corrected, HeaderError> {
        let header = codeword.header()?;
        Ok(if header.is_secret() {
            Corrected::Code(BackupCode::from_parts(codeword, header))
        } else {
            Corrected::Share(Share::from_parts(codeword, header))
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
