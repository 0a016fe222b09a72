//! Compares with BIP-93's reference implementation, which shares no code with this crate.

use code::{BackupCode, SetSize, Share};
use codex32::{ChecksumEngine, Codex32String, Fe};
use rand::SeedableRng;
use rand::rngs::StdRng;

const HRP: &str = "BACKUP";

fn sets() -> impl Iterator<Item = (BackupCode, Vec<Share>)> {
    [(2, 2), (2, 3), (3, 5), (5, 8), (9, 31)]
        .into_iter()
        .zip(0..)
        .map(|((needed, sheets), seed)| {
            let size = SetSize::new(needed, sheets).unwrap();
            BackupCode::generate_set(&mut StdRng::seed_from_u64(seed), &|_| false, size)
        })
}

#[test]
fn every_code_and_share_has_a_valid_checksum() {
    for (code, shares) in sets() {
        for text in shares.iter().map(Share::expose).chain([code.expose()]) {
            let mut engine = ChecksumEngine::new_codex32_short();
            engine.input_hrp(HRP).unwrap();
            engine.input_data_str(text).unwrap();
            assert!(engine.is_valid());
        }
    }
}

/// Returns the code or share without one symbol of its payload and with a new checksum. The
/// reference requires whole bytes, and 41 symbols are not.
fn without(symbol: usize, text: &str) -> Codex32String {
    let data = format!("{}{}", &text[..symbol], &text[symbol + 1..47]);
    let mut engine = ChecksumEngine::new_codex32_short();
    engine.input_hrp(HRP).unwrap();
    engine.input_data_str(&data).unwrap();
    engine.input_own_target();
    let checksum: String = engine.into_residue().into_iter().map(Fe::to_char).collect();
    let checksum = checksum.to_ascii_uppercase();
    Codex32String::from_string(format!("{HRP}1{data}{checksum}")).unwrap()
}

#[test]
fn the_first_and_the_last_shares_yield_the_same_code_and_the_same_other_shares() {
    for (code, shares) in sets() {
        let needed = usize::from(code.threshold().needed());
        // The results without the first and without the last symbol of the payload cover all
        // symbols.
        for symbol in [6, 46] {
            let secret = without(symbol, code.expose());
            let all: Vec<_> = shares
                .iter()
                .map(|share| (share.index(), without(symbol, share.expose())))
                .collect();
            for given in [&all[..needed], &all[all.len() - needed..]] {
                let given: Vec<_> = given.iter().map(|(_, string)| string.clone()).collect();
                let at = |index| Codex32String::interpolate_at(&given, index).unwrap();
                assert_eq!(at(Fe::S), secret);
                for (index, string) in &all {
                    assert_eq!(&at(Fe::from_char(index.as_char()).unwrap()), string);
                }
            }
        }
    }
}
