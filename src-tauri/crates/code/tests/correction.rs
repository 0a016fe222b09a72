//! The promise of correction, over random codes and random mistakes.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use code::{BackupCode, Certainty, Corrected, Reading, TypedCode};
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::seq::index;
use rand::{RngExt, SeedableRng};

const ALPHABET: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

fn a_code(rng: &mut StdRng) -> BackupCode {
    BackupCode::generate(rng, &|_| false)
}

fn read(text: &str) -> Reading {
    TypedCode::parse(text).unwrap().read()
}

/// `code` with so many symbols replaced by others and so many unreadable; and where, from 1.
fn spoil(code: &str, wrong: usize, unreadable: usize, rng: &mut StdRng) -> (String, Vec<usize>) {
    let mut symbols: Vec<u8> = code.bytes().collect();
    let places = index::sample(rng, symbols.len(), wrong + unreadable).into_vec();
    for (nth, &place) in places.iter().enumerate() {
        symbols[place] = if nth < unreadable {
            b'?'
        } else {
            let value = ALPHABET
                .iter()
                .position(|&symbol| symbol == symbols[place])
                .unwrap();
            ALPHABET[(value + rng.random_range(1..32)) % 32]
        };
    }
    let mut positions: Vec<usize> = places.into_iter().map(|place| place + 1).collect();
    positions.sort_unstable();
    (String::from_utf8(symbols).unwrap(), positions)
}

/// Whatever is proposed is a code: typed as proposed, it is read as one.
fn assert_sound(reading: &Reading) {
    if let Reading::Proposal(proposal) = reading {
        match read(proposal.text()) {
            Reading::Code(code) => assert_eq!(code.identifier(), proposal.identifier()),
            Reading::Share(share) => assert_eq!(share.identifier(), proposal.identifier()),
            _ => panic!("proposed what is no code"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn within_the_bound_the_code_meant_is_always_proposed(
        seed: u64,
        (unreadable, wrong) in (0..=8usize).prop_flat_map(|u| (Just(u), 0..=(8 - u) / 2)),
    ) {
        let mut rng = StdRng::seed_from_u64(seed);
        let code = a_code(&mut rng);
        let (typed, positions) = spoil(code.expose(), wrong, unreadable, &mut rng);
        match read(&typed) {
            Reading::Code(read) => {
                prop_assert!(positions.is_empty());
                prop_assert!(read.expose() == code.expose());
            }
            Reading::Proposal(proposal) => {
                prop_assert!(proposal.text() == code.expose());
                prop_assert_eq!(proposal.identifier(), code.identifier());
                // By chance two of the wrong symbols may be neighbours in each other's place.
                prop_assume!(proposal.slip().is_none());
                prop_assert_eq!(proposal.certainty(), Certainty::Checked);
                let corrections = proposal.corrections();
                let named: Vec<usize> = corrections.iter().map(|c| c.position).collect();
                prop_assert_eq!(named, positions);
                for correction in corrections {
                    let typed = char::from(typed.as_bytes()[correction.position - 1]);
                    let meant = char::from(code.expose().as_bytes()[correction.position - 1]);
                    prop_assert_eq!(correction.read, Some(typed).filter(|&c| c != '?'));
                    prop_assert_eq!(correction.meant, meant);
                }
                match proposal.accept() {
                    Corrected::Code(accepted) => prop_assert!(accepted.expose() == code.expose()),
                    Corrected::Share(_) => prop_assert!(false, "a code was taken for a share"),
                }
            }
            _ => prop_assert!(false, "{wrong} wrong and {unreadable} unreadable: no proposal"),
        }
    }

    #[test]
    fn beyond_the_bound_nothing_is_proposed_that_is_no_code(
        seed: u64,
        wrong in 0..=30usize,
        unreadable in 0..=30usize,
    ) {
        let mut rng = StdRng::seed_from_u64(seed);
        let code = a_code(&mut rng);
        let (typed, _) = spoil(code.expose(), wrong, unreadable, &mut rng);
        assert_sound(&read(&typed));
    }

    #[test]
    fn any_sixty_symbols_are_read_without_a_panic(typed in "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L?]{60}") {
        assert_sound(&read(&typed));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text: String) {
        if let Ok(typed) = TypedCode::parse(&text) {
            assert_sound(&typed.read());
        }
    }
}

#[test]
fn every_single_substitution_is_corrected() {
    let code = a_code(&mut StdRng::seed_from_u64(1));
    for place in 0..60 {
        for &symbol in ALPHABET {
            let mut typed = code.expose().as_bytes().to_vec();
            if typed[place] == symbol {
                continue;
            }
            typed[place] = symbol;
            let Reading::Proposal(proposal) = read(core::str::from_utf8(&typed).unwrap()) else {
                panic!("no proposal for a {} at {place}", char::from(symbol));
            };
            assert!(proposal.text() == code.expose());
            assert_eq!(proposal.corrections().len(), 1);
        }
    }
}

#[test]
fn eight_unreadable_characters_in_any_window_are_filled_in() {
    let code = a_code(&mut StdRng::seed_from_u64(2));
    for start in 0..=52 {
        let mut typed = code.expose().to_owned();
        typed.replace_range(start..start + 8, "????????");
        let Reading::Proposal(proposal) = read(&typed) else {
            panic!("no proposal at {start}")
        };
        assert!(proposal.text() == code.expose());
    }
}

/// Proposals for codes with so many mistakes: the right ones, and all others.
fn proposed(wrong: usize, unreadable: usize, certainty: Certainty) -> (usize, usize) {
    let mut rng = StdRng::seed_from_u64(3);
    let (mut right, mut others) = (0, 0);
    for _ in 0..100 {
        let code = a_code(&mut rng);
        let (typed, _) = spoil(code.expose(), wrong, unreadable, &mut rng);
        if let Reading::Proposal(proposal) = read(&typed) {
            assert_eq!(proposal.certainty(), certainty, "{wrong}, {unreadable}");
            match proposal.text() == code.expose() {
                true => right += 1,
                false => others += 1,
            }
        }
    }
    (right, others)
}

#[test]
fn one_wrong_symbol_beyond_the_bound_is_found_where_it_stands_alone() {
    for (wrong, unreadable) in [
        (5, 0),
        (4, 1),
        (4, 2),
        (3, 3),
        (3, 4),
        (2, 5),
        (2, 6),
        (1, 7),
        (1, 8),
    ] {
        let (right, others) = proposed(wrong, unreadable, Certainty::Checked);
        assert!(
            right >= 95 && others == 0,
            "{wrong} wrong, {unreadable} unreadable: {right} right, {others} others"
        );
    }
}

#[test]
fn nine_to_thirteen_unreadable_symbols_give_a_candidate() {
    for unreadable in 9..=13 {
        let (right, others) = proposed(0, unreadable, Certainty::Candidate);
        assert!(
            right >= 90 && others == 0,
            "{unreadable} unreadable: {right} right, {others} others"
        );
    }
}

#[test]
fn thirteen_unreadable_characters_in_any_window_give_the_one_candidate() {
    let code = a_code(&mut StdRng::seed_from_u64(2));
    for start in 0..=47 {
        let mut typed = code.expose().to_owned();
        typed.replace_range(start..start + 13, "?????????????");
        let Reading::Proposal(proposal) = read(&typed) else {
            panic!("no candidate at {start}")
        };
        assert!(proposal.text() == code.expose());
        assert_eq!(proposal.certainty(), Certainty::Candidate);
    }
}

#[test]
fn too_many_mistakes_are_told_with_how_many_and_where_to_look() {
    let mut rng = StdRng::seed_from_u64(3);
    for (wrong, unreadable, at_least, too_many) in [
        (6, 0, 5, 1),
        (60, 0, 5, 1),
        (5, 1, 4, 1),
        (5, 2, 4, 1),
        (3, 6, 2, 1),
        (2, 8, 1, 1),
        (2, 9, 0, 1),
        (0, 14, 0, 1),
        (3, 20, 0, 7),
        (0, 60, 0, 47),
    ] {
        for _ in 0..20 {
            let code = a_code(&mut rng);
            let (typed, _) = spoil(code.expose(), wrong, unreadable, &mut rng);
            let Reading::Reread(reread) = read(&typed) else {
                panic!("{wrong} wrong, {unreadable} unreadable")
            };
            assert_eq!(reread.unreadable, unreadable);
            assert_eq!(
                (reread.wrong, reread.too_many),
                (at_least, too_many),
                "{wrong} wrong, {unreadable} unreadable"
            );
            assert!(reread.wrong <= wrong, "never more than there are");
            assert!(reread.groups.len() <= 3);
        }
    }
}

#[test]
fn no_more_mistakes_are_told_than_there_are_also_where_two_codes_fit_equally() {
    let mut rng = StdRng::seed_from_u64(9);
    for (wrong, unreadable, trials) in [(5, 0, 3_000), (1, 8, 3_000), (0, 13, 500)] {
        let mut told = 0;
        for _ in 0..trials {
            let code = a_code(&mut rng);
            let (typed, _) = spoil(code.expose(), wrong, unreadable, &mut rng);
            if let Reading::Reread(reread) = read(&typed) {
                told += 1;
                assert!(
                    reread.wrong <= wrong,
                    "{} of {wrong} wrong beside {unreadable} unreadable",
                    reread.wrong
                );
            }
        }
        assert!(
            told > 0,
            "{wrong} wrong, {unreadable} unreadable: always found"
        );
    }
}

#[test]
fn the_groups_with_the_most_unreadable_characters_are_looked_at_first() {
    let code = a_code(&mut StdRng::seed_from_u64(5));
    let mut typed = code.expose().to_owned();
    for group in [2, 7, 8] {
        typed.replace_range(5 * (group - 1)..5 * group, "?????");
    }
    typed.replace_range(59.., "?");
    let Reading::Reread(reread) = read(&typed) else {
        panic!("sixteen unreadable")
    };
    assert_eq!(reread.groups, [2, 7, 8]);
}

#[test]
fn look_alikes_are_tried_before_arbitrary_substitutions() {
    let mut rng = StdRng::seed_from_u64(6);
    let mut tried = 0;
    while tried < 20 {
        let code = a_code(&mut rng);
        let doubtful: Vec<usize> = (0..60)
            .filter(|&at| "5S2ZUV6G".contains(&code.expose()[at..=at]))
            .take(7)
            .collect();
        let count = code.expose().matches(|c| "5S2ZUV6G".contains(c)).count();
        if doubtful.len() < 7 || count > 16 {
            continue;
        }
        tried += 1;
        let mut typed = code.expose().as_bytes().to_vec();
        for at in doubtful {
            let pair = ["5S", "2Z", "UV", "6G"];
            let pair = pair
                .iter()
                .find(|pair| pair.contains(char::from(typed[at])))
                .unwrap()
                .as_bytes();
            typed[at] = if pair[0] == typed[at] {
                pair[1]
            } else {
                pair[0]
            };
        }
        let Reading::Proposal(proposal) = read(core::str::from_utf8(&typed).unwrap()) else {
            panic!("seven look-alikes in {tried}")
        };
        assert!(proposal.text() == code.expose());
        // `5S` typed as `S5` is told as two neighbours swapped.
        let swapped = if proposal.slip().is_some() { 2 } else { 0 };
        assert_eq!(proposal.corrections().len() + swapped, 7);
    }
}
