//! The six symbols before the payload, and the rules that they obey (BIP-93, "codex32").

use bech32::Fe32;

use crate::identifier::Identifier;
use crate::symbol::Symbol;
use crate::threshold::Threshold;

/// What a valid codeword says about itself; none of it is secret.
#[derive(Copy, Clone)]
pub(crate) struct Header {
    pub(crate) threshold: Threshold,
    pub(crate) identifier: Identifier,
    pub(crate) index: Symbol,
}

/// A codeword whose checksum holds, and which is no code of this version all the same.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum HeaderError {
    /// The threshold is not a digit.
    NewerVersion,
    /// Threshold `0` with an index other than `S`: a share of nothing, which BIP-93 forbids.
    ShareOfSingle,
}

impl Header {
    /// Symbols of a header.
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

    /// The six symbols: what [`Header::read`] reads.
    pub(crate) fn symbols(&self) -> [Symbol; Header::LENGTH] {
        let [a, b, c, d] = self.identifier.symbols();
        [self.threshold.symbol(), a, b, c, d, self.index]
    }
}
