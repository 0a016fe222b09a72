//! Makes a set of sheets.

use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::codeword::{Codeword, PAYLOAD};
use crate::header::Header;
use crate::interpolation::interpolate;
use crate::symbol::Symbol;
use crate::{BackupCode, Identifier, Share, ShareIndex, Threshold};

/// How many sheets a set has, and how many of them are needed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct SetSize {
    needed: u8,
    sheets: u8,
}

impl SetSize {
    /// `None` unless 2 ≤ `needed` ≤ 9 and `needed` ≤ `sheets` ≤ 31.
    pub fn new(needed: u8, sheets: u8) -> Option<SetSize> {
        let fits = Threshold::of(needed).is_some()
            && needed <= sheets
            && usize::from(sheets) <= ShareIndex::COUNT;
        fits.then_some(SetSize { needed, sheets })
    }

    /// Sheets that give the code.
    pub fn needed(self) -> u8 {
        self.needed
    }

    /// Sheets in all.
    pub fn sheets(self) -> u8 {
        self.sheets
    }
}

impl BackupCode {
    /// Draws a code and splits it (BIP-93, "For a fresh master seed"): the secret code, and the shares in the order of
    /// their letters.
    ///
    /// Takes from `rng` what [`BackupCode::generate`] does, then 41 bytes for each of the first `needed − 1` shares. The
    /// others follow from these and the secret.
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
            let codeword = Codeword::seal(header.symbols(), &draw_payload(rng));
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
        let followed = indices.filter_map(|index| {
            let symbols = interpolate(&points, index.symbol().0);
            // Codewords give a codeword: none is left out.
            Codeword::verify(&symbols).map(|codeword| {
                let header = Header {
                    threshold,
                    identifier,
                    index: index.symbol(),
                };
                Share::from_parts(codeword, header, index)
            })
        });
        shares.extend(followed);
        (secret, shares)
    }
}

/// The 41 symbols of a payload: the five low bits of a byte each.
pub(crate) fn draw_payload(rng: &mut dyn CryptoRng) -> Zeroizing<[Symbol; PAYLOAD]> {
    let mut drawn = Zeroizing::new([0; PAYLOAD]);
    rng.fill_bytes(drawn.as_mut_slice());
    let mut payload = Zeroizing::new([Symbol::default(); PAYLOAD]);
    for (symbol, byte) in payload.iter_mut().zip(drawn.iter()) {
        *symbol = Symbol::from_low_bits(*byte);
    }
    payload
}
