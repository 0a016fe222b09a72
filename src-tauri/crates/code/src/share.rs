//! One of n sheets, any k of which give the code.

use crate::codeword::Codeword;
use crate::header::Header;
use crate::{Identifier, Threshold};

/// A valid codeword whose index is not `S`. Secret: k of them are the code.
pub struct Share {
    codeword: Codeword,
    header: Header,
}

impl Share {
    /// `header` must be the codeword's own, and its index not `S`.
    pub(crate) fn from_parts(codeword: Codeword, header: Header) -> Share {
        Share { codeword, header }
    }

    /// The name that all sheets of one code share.
    pub fn identifier(&self) -> Identifier {
        self.header.identifier
    }

    /// How many shares give the code, 2–9.
    pub fn threshold(&self) -> Threshold {
        self.header.threshold
    }

    /// The upper-case character that tells this sheet from the others of its set; never `S`.
    pub fn index(&self) -> char {
        self.header.index.to_char()
    }

    /// The 60 upper-case ASCII characters: what is printed on this sheet.
    pub fn expose(&self) -> &str {
        self.codeword.text()
    }
}
