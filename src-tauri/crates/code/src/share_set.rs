//! Generates a set of sheets.

use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::codeword::Codeword;
use crate::header::Header;
use crate::interpolation::interpolate;
use crate::symbol::Symbol;
use crate::{BackupCode, Identifier, Share, ShareIndex, Threshold};

/// The number of sheets in a set and the number of them needed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct SetSize {
    needed: u8,
    sheets: u8,
}

impl SetSize {
    /// Returns `None` unless 2 ≤ `needed` ≤ 9 and `needed` ≤ `sheets` ≤ 31.
    pub fn new(needed: u8, sheets: u8) -> Option<SetSize> {
        let fits = Threshold::of(needed).is_some()
            && needed <= sheets
            && usize::from(sheets) <= ShareIndex::COUNT;
        fits.then_some(SetSize { needed, sheets })
    }

    /// Returns the number of sheets needed to restore the code.
    pub fn needed(self) -> u8 {
        self.needed
    }

    /// Returns the total number of sheets.
    pub fn sheets(self) -> u8 {
        self.sheets
    }
}

impl BackupCode {
    /// Generates a code and splits it (BIP-93, "For a fresh master seed"). Returns the secret code
    /// and the shares in the order of their letters.
    ///
    /// Reads the same bytes of `rng` as [`BackupCode::generate`], then 41 bytes for each of the
    /// first `needed − 1` shares. The remaining shares follow from these and the secret.
    pub fn generate_set(
        rng: &mut dyn CryptoRng,
        known: &dyn Fn(Identifier) -> bool,
        size: SetSize,
    ) -> (BackupCode, Vec<Share>) {
        let threshold = Threshold::Of(size.needed);
        let identifier = Identifier::draw(rng, known);
        let mut draw = |index: Symbol| {
            let header = Header {
                threshold,
                identifier,
                index,
            };
            let codeword = Codeword::draw(header.symbols(), rng);
            (header, codeword)
        };

        let (header, codeword) = draw(Header::SECRET);
        let secret = BackupCode::from_parts(codeword, header);
        let mut indices = ShareIndex::in_order().take(usize::from(size.sheets));
        let mut shares: Vec<Share> = indices
            .by_ref()
            .take(usize::from(size.needed) - 1)
            .map(|index| {
                let (header, codeword) = draw(index.symbol());
                Share::from_parts(codeword, header, index)
            })
            .collect();

        let drawn: Vec<(Symbol, Zeroizing<Vec<Symbol>>)> = shares
            .iter()
            .map(|share| (share.index().symbol(), share.symbols()))
            .chain([(Header::SECRET, secret.symbols())])
            .collect();
        let points: Vec<(bech32::Fe32, &[Symbol])> =
            drawn.iter().map(|(x, y)| (x.0, y.as_slice())).collect();
        let derived = indices.filter_map(|index| {
            let symbols = interpolate(&points, index.symbol().0);
            // Codewords interpolate to a codeword, so no share is dropped here.
            Codeword::verify(&symbols).map(|codeword| {
                let header = Header {
                    threshold,
                    identifier,
                    index: index.symbol(),
                };
                Share::from_parts(codeword, header, index)
            })
        });
        shares.extend(derived);
        (secret, shares)
    }
}
