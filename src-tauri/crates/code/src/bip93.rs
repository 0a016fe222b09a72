//! BIP-93's published vectors, run through the engine that reads backup codes.
//!
//! Strings of more than 93 symbols carry BIP-93's long checksum. Backup codes never do, so its
//! constants are defined here. They show that the engine depends on the code only through
//! constants.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use bech32::primitives::decode::UncheckedHrpstring;
use bech32::{Checksum, Fe32, Fe32IterExt, Fe1024, Hrp};
use serde::Deserialize;

use crate::checksum::{self, Codex32, Roots};
use crate::correction::{Decoder, Element, Symbols};
use crate::header::{Header, HeaderError};
use crate::interpolation::interpolate;
use crate::symbol::Symbol;

/// BIP-93, "Long codex32" and "Mathematical Companion".
enum LongCodex32 {}

impl Checksum for LongCodex32 {
    type MidstateRepr = u128;
    type CorrectionField = Fe1024;

    const ROOT_GENERATOR: Fe1024 = Fe1024::new([Fe32::E, Fe32::X]);
    const ROOT_EXPONENTS: core::ops::RangeInclusive<usize> = 1019..=1026;
    const CODE_LENGTH: usize = 1023;
    const CHECKSUM_LENGTH: usize = 15;
    const GENERATOR_SH: [u128; 5] = [
        0x3d59d273535ea62d897,
        0x7a9becb6361c6c51507,
        0x543f9b7e6c38d8a2a0e,
        0x0c577eaeccf1990d13c,
        0x1887f74f8dc71b10651,
    ];
    const TARGET_RESIDUE: u128 = 0x43381e570bf4798ab26;
}

impl Roots for LongCodex32 {
    // The values of `E` and `X` are 25 and 6.
    const ROOT: Element = Element::new(25, 6);
}

const MS: Hrp = Hrp::parse_unchecked("ms");

#[derive(Deserialize)]
struct Vectors {
    valid: Vec<ValidSet>,
    invalid: Vec<InvalidSet>,
}

#[derive(Deserialize)]
struct ValidSet {
    strings: Vec<Valid>,
}

#[derive(Deserialize)]
struct Valid {
    string: String,
    threshold: char,
    identifier: String,
    index: char,
    payload: String,
    checksum: String,
    seed: Option<String>,
}

#[derive(Deserialize)]
struct InvalidSet {
    reason: String,
    strings: Vec<String>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../../tests/vectors/bip93.json")).unwrap()
}

struct Master {
    header: Header,
    symbols: Vec<Symbol>,
    payload: Vec<Symbol>,
}

/// Parses a master seed string by BIP-93's rules, or returns the reason to reject it as worded in
/// the vector file.
fn read(string: &str) -> Result<Master, &'static str> {
    let mixed = string.bytes().any(|byte| byte.is_ascii_lowercase())
        && string.bytes().any(|byte| byte.is_ascii_uppercase());
    if mixed {
        return Err("mixed case");
    }
    let parts = UncheckedHrpstring::new(string).map_err(|_| "prefix")?;
    if parts.hrp() != MS {
        return Err("prefix");
    }
    let symbols: Vec<Symbol> = parts
        .data_part_ascii()
        .iter()
        .map(|&byte| Symbol::from_char(char::from(byte)).unwrap())
        .collect();
    let (holds, checksum) = match symbols.len() {
        ..=93 => (
            checksum::holds::<Codex32>(MS, &symbols),
            Codex32::CHECKSUM_LENGTH,
        ),
        94..=95 => return Err("length"),
        96.. => (
            checksum::holds::<LongCodex32>(MS, &symbols),
            LongCodex32::CHECKSUM_LENGTH,
        ),
    };
    if !holds {
        return Err("checksum");
    }
    let header = Header::read(*symbols.first_chunk().unwrap()).map_err(|error| match error {
        HeaderError::NewerVersion => "threshold not a digit",
        HeaderError::ShareOfSingle => "threshold 0 with another index than s",
    })?;
    let payload = symbols[Header::LENGTH..symbols.len() - checksum].to_vec();
    if !(16 * 8..=64 * 8 + 4).contains(&(payload.len() * 5)) || payload.len() * 5 % 8 > 4 {
        return Err("length");
    }
    Ok(Master {
        header,
        symbols,
        payload,
    })
}

fn text(symbols: &[Symbol]) -> String {
    symbols.iter().map(|symbol| symbol.to_char()).collect()
}

#[test]
fn the_constants_of_the_long_checksum_are_consistent() {
    LongCodex32::sanity_check();
}

#[test]
fn every_valid_string_is_parsed_as_published() {
    let sets = vectors().valid;
    assert_eq!(sets.len(), 5);
    for valid in sets.iter().flat_map(|set| &set.strings) {
        let master = read(&valid.string).unwrap();
        let threshold = if valid.threshold == '0' {
            1
        } else {
            valid.threshold.to_digit(10).unwrap()
        };
        assert_eq!(u32::from(master.header.threshold.needed()), threshold);
        assert_eq!(
            master.header.identifier.to_string(),
            valid.identifier.to_uppercase()
        );
        assert_eq!(
            master.header.index.to_char(),
            valid.index.to_ascii_uppercase()
        );
        assert_eq!(text(&master.payload), valid.payload.to_uppercase());

        let data = &master.symbols[..Header::LENGTH + master.payload.len()];
        let checksum = if valid.checksum.len() == 13 {
            checksum::create::<Codex32>(MS, data)
        } else {
            checksum::create::<LongCodex32>(MS, data)
        };
        assert_eq!(text(&checksum), valid.checksum.to_uppercase());

        assert_eq!(valid.seed.is_some(), master.header.index == Header::SECRET);
        if let Some(seed) = &valid.seed {
            let bytes = master.payload.iter().map(|symbol| symbol.0).fes_to_bytes();
            let hex: String = bytes.map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(&hex, seed);
        }
    }
}

#[test]
fn every_invalid_string_is_rejected_for_the_published_reason() {
    let sets = vectors().invalid;
    assert_eq!(sets.iter().map(|set| set.strings.len()).sum::<usize>(), 64);
    for set in sets {
        for string in set.strings {
            let rejection = read(&string).err();
            match set.reason.as_str() {
                // At 94 or 95 symbols neither checksum applies.
                "checksum of the other length" => {
                    assert!(matches!(rejection, Some("checksum" | "length")), "{string}");
                }
                reason => assert_eq!(rejection, Some(reason), "{string}"),
            }
        }
    }
}

#[test]
fn published_shares_determine_each_other_and_the_secret() {
    let mut derived = 0;
    for set in vectors().valid {
        let mut shares: Vec<Master> = set
            .strings
            .iter()
            .map(|valid| read(&valid.string).unwrap())
            .collect();
        // Some secrets are published with every choice of their padding bits. The sets use the
        // first one.
        let mut seen = Vec::new();
        shares.retain(|master| {
            let index = master.header.index.to_char();
            let first = !seen.contains(&index);
            seen.push(index);
            first
        });
        let needed = usize::from(shares[0].header.threshold.needed());
        if needed < 2 {
            continue;
        }
        // Starts from the first shares, and from the last ones.
        for given in [&shares[..needed], &shares[shares.len() - needed..]] {
            let points: Vec<(Fe32, &[Symbol])> = given
                .iter()
                .map(|share| (share.header.index.0, &share.symbols[..]))
                .collect();
            for share in &shares {
                let made = interpolate(&points, share.header.index.0);
                assert_eq!(text(&made), text(&share.symbols));
                derived += 1;
            }
        }
    }
    assert!(derived > 8, "the vectors hold sets");
}

fn nearest<Ck: Roots>(corrupted: &[Option<Symbol>]) -> Option<Symbols> {
    let decoder = Decoder::<Ck>::new(MS, corrupted.len())?;
    decoder.nearest(&decoder.word(corrupted))
}

#[test]
fn the_same_decoder_corrects_master_seeds_of_every_length() {
    for valid in vectors().valid.iter().flat_map(|set| &set.strings) {
        let symbols = read(&valid.string).unwrap().symbols;
        let long = symbols.len() > 93;
        for (wrong, unreadable) in [(4, 0), (3, 2), (2, 4), (1, 6), (0, 8)] {
            let mut corrupted: Vec<Option<Symbol>> = symbols.iter().copied().map(Some).collect();
            for nth in 0..wrong + unreadable {
                let at = (nth * 5 + 3) % corrupted.len();
                corrupted[at] = (nth < wrong).then(|| Symbol(symbols[at].0 + Fe32::W));
            }
            let corrected = if long {
                nearest::<LongCodex32>(&corrupted)
            } else {
                nearest::<Codex32>(&corrupted)
            };
            assert_eq!(
                text(&corrected.unwrap()),
                text(&symbols),
                "{wrong} wrong, {unreadable} unreadable"
            );
        }
    }
}

#[test]
fn a_checksum_is_valid_only_for_its_own_human_readable_part() {
    let symbols = read("ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw")
        .unwrap()
        .symbols;
    assert!(checksum::holds::<Codex32>(MS, &symbols));
    assert!(!checksum::holds::<Codex32>(checksum::HRP, &symbols));
}
