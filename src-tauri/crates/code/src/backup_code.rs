//! The secret code itself.

use rand::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::Header;
use crate::symbol::Symbol;
use crate::{GROUPS, Identifier, Threshold, TypedCode};

/// A backup code in canonical form: 60 upper-case characters, index `S`, valid checksum. Secret.
#[cfg_attr(feature = "testing", derive(Clone))]
pub struct BackupCode {
    codeword: Codeword,
    header: Header,
}

impl BackupCode {
    /// Generates a single code (threshold `0`) with 205 bits of payload.
    ///
    /// Reads 4 bytes of `rng` for the identifier, and another 4 as long as `known` returns true for
    /// the result; then 41 bytes for the payload. Only the 5 low bits of each byte are used. There
    /// are 2²⁰ identifiers; the call does not return while all of them are known.
    pub fn generate(rng: &mut dyn CryptoRng, known: &dyn Fn(Identifier) -> bool) -> BackupCode {
        let header = Header {
            threshold: Threshold::Single,
            identifier: Identifier::draw(rng, known),
            index: Header::SECRET,
        };
        BackupCode {
            codeword: Codeword::draw(header.symbols(), rng),
            header,
        }
    }

    /// Requires that `header` is the header of `codeword` and has index `S`.
    pub(crate) fn from_parts(codeword: Codeword, header: Header) -> BackupCode {
        BackupCode { codeword, header }
    }

    /// Returns the identifier that all sheets of this code share.
    pub fn identifier(&self) -> Identifier {
        self.header.identifier
    }

    /// Returns the number of sheets needed to restore the code; [`Threshold::Single`] for a single
    /// sheet.
    pub fn threshold(&self) -> Threshold {
        self.header.threshold
    }

    /// Exposes the canonical 60 upper-case ASCII characters: the input of the verifier hash and of
    /// key derivation, the text to print, and the passphrase of the kit.
    pub fn expose(&self) -> &str {
        self.codeword.text()
    }

    /// Returns the same characters in the twelve groups of five in which they are printed.
    pub fn groups(&self) -> [&str; GROUPS] {
        self.codeword.groups()
    }

    /// Returns whether `typed` equals group number `group` (1–12), which proves that the user kept
    /// the code. Runs in constant time apart from the length. Returns `false` for any other group
    /// number.
    pub fn group_is(&self, group: usize, typed: &TypedCode) -> bool {
        self.codeword.group_is(group, typed)
    }

    pub(crate) fn symbols(&self) -> Zeroizing<Vec<Symbol>> {
        self.codeword.symbols()
    }
}

impl ConstantTimeEq for BackupCode {
    fn ct_eq(&self, other: &BackupCode) -> Choice {
        self.codeword.ct_eq(&other.codeword)
    }
}
