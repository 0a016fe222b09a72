//! One of n sheets, any k of which give the code.

use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::Header;
use crate::symbol::Symbol;
use crate::{GROUPS, Identifier, ShareIndex, Threshold, TypedCode};

/// A valid codeword whose index is not `S`. Secret: k of them are the code.
pub struct Share {
    codeword: Codeword,
    header: Header,
    index: ShareIndex,
}

impl Share {
    /// `header` must be the codeword's own, and `index` the one in it.
    pub(crate) fn from_parts(codeword: Codeword, header: Header, index: ShareIndex) -> Share {
        Share {
            codeword,
            header,
            index,
        }
    }

    /// The name that all sheets of one code share.
    pub fn identifier(&self) -> Identifier {
        self.header.identifier
    }

    /// How many shares give the code, 2–9.
    pub fn threshold(&self) -> Threshold {
        self.header.threshold
    }

    /// The letter that tells this sheet from the others of its set.
    pub fn index(&self) -> ShareIndex {
        self.index
    }

    /// The 60 upper-case ASCII characters: what is printed on this sheet.
    pub fn expose(&self) -> &str {
        self.codeword.text()
    }

    /// The same in the twelve groups of five in which people read and copy it.
    pub fn groups(&self) -> [&str; GROUPS] {
        self.codeword.groups()
    }

    /// Whether `typed` is group number `group` (1–12): how a person shows that they kept the sheet.
    /// Constant in time but for the length; `false` for any other group number.
    pub fn group_is(&self, group: usize, typed: &TypedCode) -> bool {
        self.codeword.group_is(group, typed)
    }

    pub(crate) fn symbols(&self) -> Zeroizing<Vec<Symbol>> {
        self.codeword.symbols()
    }
}

impl ConstantTimeEq for Share {
    fn ct_eq(&self, other: &Share) -> Choice {
        self.codeword.ct_eq(&other.codeword)
    }
}
