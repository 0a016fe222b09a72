//! What a typed code turns out to be.

use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::HeaderError;
use crate::reread::Reread;
use crate::suggest::suggest;
use crate::{BackupCode, Identifier, LENGTH, Proposal, Share, ShareIndex, TypedCode};

/// What [`TypedCode::read`] made of the symbols.
pub enum Reading {
    /// A secret code, as it stands.
    Code(BackupCode),
    /// A share, as it stands.
    Share(Share),
    /// Not a code, but one is near; it may be used only once the person agrees to it.
    Proposal(Proposal),
    /// Fewer than 60 symbols, and no one slip that explains it.
    Unfinished {
        /// Symbols typed.
        have: usize,
    },
    /// More than 60 symbols, and no one slip that explains it.
    TooLong {
        /// Symbols typed.
        have: usize,
    },
    /// 60 symbols with more mistakes than can be corrected.
    Reread(Reread),
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
    /// Judges the symbols of somebody who has typed them all: a code, a share, something that one can be
    /// proposed for, or neither.
    ///
    /// With 2·wrong + unreadable ≤ 8 of the 60 symbols the code meant is always found. Beyond that a code is
    /// proposed where it stands alone: one more wrong symbol; look-alikes; 9 to 13 unreadable
    /// ([`Certainty::Candidate`](crate::Certainty::Candidate)); a [`Slip`](crate::Slip).
    pub fn read(&self) -> Reading {
        if let Some(codeword) = self.as_codeword() {
            return match Corrected::sort(codeword) {
                Ok(Corrected::Code(code)) => Reading::Code(code),
                Ok(Corrected::Share(share)) => Reading::Share(share),
                Err(error) => self.no_code(error),
            };
        }
        match suggest(self.symbols()) {
            Some(Ok(proposal)) => Reading::Proposal(proposal),
            Some(Err(error)) => self.no_code(error),
            None => self.nothing(),
        }
    }

    /// The same while more may still come: fewer than 60 symbols are no mistake yet.
    pub fn read_while_typing(&self) -> Reading {
        if self.len() < LENGTH {
            return self.nothing();
        }
        self.read()
    }

    /// Whether these are the 60 symbols of a codeword as they stand: nothing unreadable, nothing to correct. Far cheaper
    /// than [`read`](Self::read), for whoever has many to choose from; what kind of code it is, only `read` tells.
    pub fn is_codeword(&self) -> bool {
        self.as_codeword().is_some()
    }

    fn nothing(&self) -> Reading {
        match self.len() {
            have if have < LENGTH => Reading::Unfinished { have },
            have if have > LENGTH => Reading::TooLong { have },
            _ => Reading::Reread(Reread::of(self.symbols())),
        }
    }

    /// A codeword, perhaps after correction, that is no code of this version.
    fn no_code(&self, error: HeaderError) -> Reading {
        match error {
            HeaderError::NewerVersion => Reading::NewerVersion,
            // Nobody issues these. Any two codewords differ in nine symbols or more, so what was
            // meant is at least five mistakes away.
            HeaderError::ShareOfSingle => self.nothing(),
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

impl Corrected {
    /// Tells codes from shares.
    pub(crate) fn sort(codeword: Codeword) -> Result<Corrected, HeaderError> {
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
