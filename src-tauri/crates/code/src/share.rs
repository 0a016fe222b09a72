//! One of n sheets, any k of which restore the code.

use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::Header;
use crate::symbol::Symbol;
use crate::{GROUPS, Identifier, ShareIndex, Threshold, TypedCode};

/// A valid codeword whose index is not `S`. Secret: k of them restore the code.
#[cfg_attr(feature = "testing", derive(Clone))]
pub struct Share {
    codeword: Codeword,
    header: Header,
    index: ShareIndex,
}

impl Share {
    /// Requires that `header` is the header of `codeword`, and that `index` is its index.
    pub(crate) fn from_parts(codeword: Codeword, header: Header, index: ShareIndex) -> Share {
        Share {
            codeword,
            header,
            index,
        }
    }

    /// Returns the identifier that all sheets of this code share.
    pub fn identifier(&self) -> Identifier {
        self.header.identifier
    }

    /// Returns the number of shares needed to restore the code, 2–9.
    pub fn threshold(&self) -> Threshold {
        self.header.threshold
    }

    /// Returns the letter that distinguishes this sheet from the others of its set.
    pub fn index(&self) -> ShareIndex {
        self.index
    }

    /// Exposes the 60 upper-case ASCII characters, which are printed on this sheet.
    pub fn expose(&self) -> &str {
        self.codeword.text()
    }

    /// Returns the same characters in the twelve groups of five in which they are printed.
    pub fn groups(&self) -> [&str; GROUPS] {
        self.codeword.groups()
    }

    /// Returns whether `typed` equals group number `group` (1–12), which proves that the user kept
    /// the sheet. Runs in constant time apart from the length. Returns `false` for any other group
    /// number.
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
