//! The secret code itself.

use rand::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::Header;
use crate::share_set::draw_payload;
use crate::symbol::Symbol;
use crate::{GROUPS, Identifier, Threshold, TypedCode};

/// A backup code in canonical form: 60 upper-case characters, index `S`, valid checksum. Secret.
pub struct BackupCode {
    codeword: Codeword,
    header: Header,
}

impl BackupCode {
    /// Draws a single code (threshold `0`) with 205 bits of payload.
    ///
    /// Takes four bytes of `rng` for the identifier, again while `known` says that this computer
    /// knows such a one, then 41 for the payload; the five low bits of each are used. It does not
    /// return while every identifier drawn is known, and there are 2²⁰ of them.
    pub fn generate(rng: &mut dyn CryptoRng, known: &dyn Fn(Identifier) -> bool) -> BackupCode {
        let header = Header {
            threshold: Threshold::Single,
            identifier: Identifier::draw(rng, known),
            index: Header::SECRET,
        };
        BackupCode {
            codeword: Codeword::seal(header.symbols(), &draw_payload(rng)),
            header,
        }
    }

    /// `header` must be the codeword's own, and its index `S`.
    pub(crate) fn from_parts(codeword: Codeword, header: Header) -> BackupCode {
        BackupCode { codeword, header }
    }

    /// The name that all sheets of this code share.
    pub fn identifier(&self) -> Identifier {
        self.header.identifier
    }

    /// How many sheets this code was split into needing; [`Threshold::Single`] for a lone sheet.
    pub fn threshold(&self) -> Threshold {
        self.header.threshold
    }

    /// The canonical 60 upper-case ASCII characters: what is hashed, what keys are derived from,
    /// what is printed and what the kit takes as its passphrase.
    pub fn expose(&self) -> &str {
        self.codeword.text()
    }

    /// The same in the twelve groups of five in which people read and copy it.
    pub fn groups(&self) -> [&str; GROUPS] {
        self.codeword.groups()
    }

    /// Whether `typed` is group number `group` (1–12): how a person shows that they kept the code.
    /// Constant in time but for the length; `false` for any other group number.
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
