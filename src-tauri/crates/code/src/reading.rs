//! Decides what a typed code is.

use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::HeaderError;
use crate::reread::Reread;
use crate::suggest::suggest;
use crate::{BackupCode, Corrected, LENGTH, Proposal, Share, TypedCode};

/// The result of [`TypedCode::read`].
pub enum Reading {
    /// A secret code, typed without mistakes.
    Code(BackupCode),
    /// A share, typed without mistakes.
    Share(Share),
    /// A code or share close to the typed symbols. The user must confirm it before it is used.
    Proposal(Proposal),
    /// Fewer than 60 symbols that no single slip explains.
    Unfinished {
        /// Number of symbols typed.
        have: usize,
    },
    /// More than 60 symbols that no single slip explains.
    TooLong {
        /// Number of symbols typed.
        have: usize,
    },
    /// 60 symbols with too many mistakes to correct.
    Reread(Reread),
    /// A code, possibly after correction, whose threshold only a newer version understands.
    NewerVersion,
}

impl TypedCode {
    /// Decides whether a complete entry is a code, a share, close enough to one to propose it, or
    /// neither.
    ///
    /// If 2·wrong + unreadable ≤ 8, the intended code is always found. Beyond that bound a code is
    /// proposed only if it is unambiguous: with one more wrong symbol, with look-alikes, with 9 to
    /// 13 unreadable symbols ([`Certainty::Candidate`](crate::Certainty::Candidate)), or with a
    /// [`Slip`](crate::Slip).
    pub fn read(&self) -> Reading {
        if let Some(codeword) = self.as_codeword() {
            return match Corrected::classify(codeword) {
                Ok(Corrected::Code(code)) => Reading::Code(code),
                Ok(Corrected::Share(share)) => Reading::Share(share),
                Err(error) => self.unusable(error),
            };
        }
        match suggest(self.symbols()) {
            Some(Ok(proposal)) => Reading::Proposal(proposal),
            Some(Err(error)) => self.unusable(error),
            None => self.unexplained(),
        }
    }

    /// Like [`read`](Self::read), for an entry in progress: fewer than 60 symbols are not a
    /// mistake.
    pub fn read_while_typing(&self) -> Reading {
        if self.len() < LENGTH {
            return self.unexplained();
        }
        self.read()
    }

    /// Returns whether the symbols are a codeword without any correction. This is much cheaper than
    /// [`read`](Self::read) and suits callers with many entries to filter. Only `read` tells which
    /// kind of code it is.
    pub fn is_codeword(&self) -> bool {
        self.as_codeword().is_some()
    }

    fn unexplained(&self) -> Reading {
        match self.len() {
            have if have < LENGTH => Reading::Unfinished { have },
            have if have > LENGTH => Reading::TooLong { have },
            _ => Reading::Reread(Reread::of(self.symbols())),
        }
    }

    /// Maps a codeword, possibly a corrected one, that is not a valid code of this version.
    fn unusable(&self, error: HeaderError) -> Reading {
        match error {
            HeaderError::NewerVersion => Reading::NewerVersion,
            // Such a share is never issued. Codewords differ in nine symbols or more, so the
            // intended codeword is at least five mistakes away.
            HeaderError::ShareOfSingle => self.unexplained(),
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
