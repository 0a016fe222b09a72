//! The frozen vectors of the format. They were computed independently of this crate and do not
//! change.

use core::cell::Cell;
use core::convert::Infallible;

use code::{
    BackupCode, Certainty, Identifier, ParseError, Reading, SetSize, Share, Shares, Slip, TypedCode,
};
use rand::{TryCryptoRng, TryRng};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    generated: Vec<Generated>,
    kinds: Vec<Kind>,
    sets: Vec<Set>,
    spellings: Vec<Spelling>,
    proposals: Vec<Proposed>,
    beyond: Vec<Beyond>,
    readings: Vec<OtherReading>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
struct Generated {
    what: String,
    known: Vec<Identifier>,
    random: String,
    identifier: Identifier,
    payload: String,
    code: String,
}

#[derive(Deserialize)]
struct Kind {
    what: String,
    code: String,
    reading: String,
    threshold: u8,
    identifier: Identifier,
    index: char,
}

#[derive(Deserialize)]
struct Set {
    what: String,
    needed: u8,
    sheets: u8,
    random: String,
    identifier: Identifier,
    code: String,
    shares: Vec<String>,
    later: Vec<String>,
}

#[derive(Deserialize)]
struct Spelling {
    what: String,
    typed: String,
    code: String,
}

#[derive(Deserialize)]
struct Proposed {
    what: String,
    typed: String,
    code: String,
    corrections: Vec<ExpectedCorrection>,
}

#[derive(Deserialize)]
struct ExpectedCorrection {
    position: usize,
    read: Option<char>,
    meant: char,
}

#[derive(Deserialize)]
struct Beyond {
    what: String,
    typed: String,
    code: String,
    certainty: String,
    slip: Option<String>,
}

#[derive(Deserialize)]
struct OtherReading {
    what: String,
    typed: String,
    reading: String,
    have: Option<usize>,
}

#[derive(Deserialize)]
struct Refused {
    what: String,
    typed: String,
    character: char,
    position: usize,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../../../tests/vectors/code.json")).unwrap()
}

fn read(text: &str) -> Reading {
    TypedCode::parse(text).unwrap().read()
}

/// A generator that returns exactly the bytes of a vector, in order.
struct VectorRng(Vec<u8>);

impl VectorRng {
    fn from_hex(hex: &str) -> VectorRng {
        let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        VectorRng((0..hex.len()).step_by(2).map(byte).collect())
    }
}

impl TryRng for VectorRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("the vectors contain bytes only")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("the vectors contain bytes only")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        let given: Vec<u8> = self.0.drain(..bytes.len()).collect();
        bytes.copy_from_slice(&given);
        Ok(())
    }
}

impl TryCryptoRng for VectorRng {}

#[test]
fn the_same_randomness_gives_the_same_code() {
    for vector in vectors().generated {
        let mut given = VectorRng::from_hex(&vector.random);
        let asked = Cell::new(0);
        let code = BackupCode::generate(&mut given, &|drawn| {
            asked.set(asked.get() + 1);
            vector.known.contains(&drawn)
        });
        assert!(given.0.is_empty(), "{}", vector.what);
        assert_eq!(asked.get(), vector.known.len() + 1, "{}", vector.what);
        assert_eq!(code.expose(), vector.code, "{}", vector.what);
        assert_eq!(code.identifier(), vector.identifier, "{}", vector.what);
        assert_eq!(code.expose()[6..47], vector.payload, "{}", vector.what);
        assert_eq!(code.threshold().needed(), 1, "{}", vector.what);
        assert_eq!(code.groups().concat(), vector.code, "{}", vector.what);
    }
}

#[test]
fn codes_and_shares_are_distinguished() {
    for vector in vectors().kinds {
        let (reading, threshold, identifier, index, text) = match read(&vector.code) {
            Reading::Code(code) => (
                "code",
                code.threshold(),
                code.identifier(),
                'S',
                code.expose().to_owned(),
            ),
            Reading::Share(share) => {
                let text = share.expose().to_owned();
                (
                    "share",
                    share.threshold(),
                    share.identifier(),
                    share.index().as_char(),
                    text,
                )
            }
            _ => panic!("not read: {}", vector.what),
        };
        assert_eq!(reading, vector.reading, "{}", vector.what);
        assert_eq!(threshold.needed(), vector.threshold, "{}", vector.what);
        assert_eq!(identifier, vector.identifier, "{}", vector.what);
        assert_eq!(index, vector.index, "{}", vector.what);
        assert_eq!(text, vector.code, "{}", vector.what);
    }
}

#[test]
fn the_same_randomness_gives_the_same_set() {
    for vector in vectors().sets {
        let mut given = VectorRng::from_hex(&vector.random);
        let size = SetSize::new(vector.needed, vector.sheets).unwrap();
        let (code, shares) = BackupCode::generate_set(&mut given, &|_| false, size);
        assert!(given.0.is_empty(), "{}", vector.what);
        assert_eq!(code.expose(), vector.code, "{}", vector.what);
        assert_eq!(code.identifier(), vector.identifier, "{}", vector.what);
        let texts: Vec<_> = shares.iter().map(Share::expose).collect();
        assert_eq!(texts, vector.shares, "{}", vector.what);
    }
}

#[test]
fn any_k_shares_restore_the_code_and_every_share() {
    for vector in vectors().sets {
        let all: Vec<&String> = vector.shares.iter().chain(&vector.later).collect();
        let chosen =
            (0..1u32 << all.len()).filter(|bits| bits.count_ones() == u32::from(vector.needed));
        for bits in chosen {
            let mut shares = Shares::default();
            for (_, text) in (0..).zip(&all).filter(|(at, _)| bits >> at & 1 == 1) {
                shares.add(share(text)).unwrap();
            }
            let code = shares.combine().unwrap();
            assert_eq!(code.expose(), vector.code, "{}", vector.what);
            for text in &all {
                let made = shares.derive(share(text).index()).unwrap();
                assert_eq!(made.expose(), text.as_str(), "{}", vector.what);
            }
        }
    }
}

fn share(text: &str) -> Share {
    match read(text) {
        Reading::Share(share) => share,
        _ => panic!("not a share: {text}"),
    }
}

#[test]
fn every_spelling_is_read_as_the_canonical_form() {
    for vector in vectors().spellings {
        let Reading::Code(code) = read(&vector.typed) else {
            panic!("{}", vector.what)
        };
        assert_eq!(code.expose(), vector.code, "{}", vector.what);
    }
}

#[test]
fn mistakes_yield_the_proposal_and_the_positions_of_its_corrections() {
    for vector in vectors().proposals {
        let Reading::Proposal(proposal) = read(&vector.typed) else {
            panic!("{}", vector.what)
        };
        assert_eq!(proposal.text(), vector.code, "{}", vector.what);
        // A swap of neighbours is reported as a slip, but the file lists it as two corrections.
        let mut expected = vector.corrections;
        if let Some(Slip::NeighboursSwapped { position }) = proposal.slip() {
            let swapped =
                expected.extract_if(.., |one| (position..position + 2).contains(&one.position));
            let read: Vec<_> = swapped.map(|one| (one.read, one.meant)).collect();
            let [(one, first), (other, second)] = read[..] else {
                panic!("{}", vector.what)
            };
            assert_eq!((one, other), (Some(second), Some(first)), "{}", vector.what);
        }
        assert_eq!(
            proposal.corrections().len(),
            expected.len(),
            "{}",
            vector.what
        );
        for (found, expected) in proposal.corrections().iter().zip(expected) {
            assert_eq!(found.position, expected.position, "{}", vector.what);
            assert_eq!(found.read, expected.read, "{}", vector.what);
            assert_eq!(found.meant, expected.meant, "{}", vector.what);
        }
    }
}

#[test]
fn beyond_the_bound_an_unambiguous_code_is_proposed() {
    for vector in vectors().beyond {
        let Reading::Proposal(proposal) = read(&vector.typed) else {
            panic!("{}", vector.what)
        };
        assert_eq!(proposal.text(), vector.code, "{}", vector.what);
        let certainty = match proposal.certainty() {
            Certainty::Checked => "checked",
            Certainty::Candidate => "candidate",
        };
        assert_eq!(certainty, vector.certainty, "{}", vector.what);
        let slip = proposal.slip().map(|slip| match slip {
            Slip::Missing { .. } => "missing",
            Slip::Extra { .. } => "extra",
            Slip::NeighboursSwapped { .. } => "neighbours swapped",
            Slip::GroupsSwapped { .. } => "groups swapped",
            Slip::GroupTwice { .. } => "group twice",
            Slip::GroupMissing { .. } => "group missing",
        });
        assert_eq!(slip, vector.slip.as_deref(), "{}", vector.what);
    }
}

#[test]
fn every_other_text_is_classified() {
    for vector in vectors().readings {
        let typed = TypedCode::parse(&vector.typed).unwrap();
        let (reading, have) = match typed.read_while_typing() {
            Reading::Code(_) => ("code", None),
            Reading::Share(_) => ("share", None),
            Reading::Proposal(_) => ("proposal", None),
            Reading::Unfinished { have } => ("unfinished", Some(have)),
            Reading::TooLong { have } => ("too long", Some(have)),
            Reading::Reread(_) => ("too many mistakes", None),
            Reading::NewerVersion => ("newer version", None),
        };
        assert_eq!(
            (reading, have),
            (vector.reading.as_str(), vector.have),
            "{}",
            vector.what
        );
    }
}

#[test]
fn an_illegal_character_is_reported_with_its_position() {
    for vector in vectors().refused {
        let expected = ParseError::Illegal {
            character: vector.character,
            position: vector.position,
        };
        assert_eq!(
            TypedCode::parse(&vector.typed).err(),
            Some(expected),
            "{}",
            vector.what
        );
    }
}
