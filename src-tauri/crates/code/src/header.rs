//! The six symbols before the payload and their rules (BIP-93, "codex32").

use bech32::Fe32;

use crate::identifier::Identifier;
use crate::symbol::Symbol;
use crate::threshold::Threshold;

/// The header of a valid codeword. Not secret.
#[derive(Copy, Clone)]
pub(crate) struct Header {
    pub(crate) threshold: Threshold,
    pub(crate) identifier: Identifier,
    pub(crate) index: Symbol,
}

/// Reasons why a codeword with a valid checksum is not a code of this version.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum HeaderError {
    /// The threshold is not a digit.
    NewerVersion,
    /// The threshold is `0` and the index is not `S`: a share of a single code, which BIP-93
    /// forbids.
    ShareOfSingle,
}

impl Header {
    /// Number of symbols in a header.
    pub(crate) const LENGTH: usize = 6;

    /// The index of the secret itself.
    pub(crate) const SECRET: Symbol = Symbol(Fe32::S);

    pub(crate) fn read(symbols: [Symbol; Header::LENGTH]) -> Result<Header, HeaderError> {
        let [threshold, a, b, c, d, index] = symbols;
        let threshold = Threshold::from_symbol(threshold).ok_or(HeaderError::NewerVersion)?;
        if threshold == Threshold::Single && index != Header::SECRET {
            return Err(HeaderError::ShareOfSingle);
        }
        let identifier = Identifier::from_symbols([a, b, c, d]);
        Ok(Header {
            threshold,
            identifier,
            index,
        })
    }

    /// Returns the six symbols, the inverse of [`Header::read`].
    pub(crate) fn symbols(&self) -> [Symbol; Header::LENGTH] {
        let [a, b, c, d] = self.identifier.symbols();
        [self.threshold.symbol(), a, b, c, d, self.index]
    }
}
