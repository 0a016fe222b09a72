//! Guarantees of the correction, for random codes and random mistakes.

use code::{ALPHABET, BackupCode, Certainty, Corrected, Reading, TypedCode};
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::seq::index::sample;
use rand::{RngExt, SeedableRng};

fn random_code(rng: &mut StdRng) -> BackupCode {
    BackupCode::generate(rng, &|_| false)
}

fn read(text: &str) -> Reading {
    TypedCode::parse(text).unwrap().read()
}

/// Returns `code` with this many symbols wrong and this many unreadable, and their positions from
/// 1.
fn corrupt(code: &str, wrong: usize, unreadable: usize, rng: &mut StdRng) -> (String, Vec<usize>) {
    let mut symbols: Vec<u8> = code.bytes().collect();
    let indices = sample(rng, symbols.len(), wrong + unreadable).into_vec();
    for (nth, &index) in indices.iter().enumerate() {
        symbols[index] = if nth < unreadable {
            b'?'
        } else {
            let value = ALPHABET
                .iter()
                .position(|&symbol| symbol == symbols[index])
                .unwrap();
            ALPHABET[(value + rng.random_range(1..32)) % 32]
        };
    }
    let mut positions: Vec<usize> = indices.into_iter().map(|index| index + 1).collect();
    positions.sort_unstable();
    (String::from_utf8(symbols).unwrap(), positions)
}

/// Asserts that a proposal is a valid code or share, by reading its text back.
fn assert_sound(reading: &Reading) {
    if let Reading::Proposal(proposal) = reading {
        match read(proposal.text()) {
            Reading::Code(code) => assert_eq!(code.identifier(), proposal.identifier()),
            Reading::Share(share) => assert_eq!(share.identifier(), proposal.identifier()),
            _ => panic!("the proposal is not a code"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn within_the_bound_the_intended_code_is_always_proposed(
        seed: u64,
        (unreadable, wrong) in (0..=8usize).prop_flat_map(|u| (Just(u), 0..=(8 - u) / 2)),
    ) {
        let mut rng = StdRng::seed_from_u64(seed);
        let code = random_code(&mut rng);
        let (typed, positions) = corrupt(code.expose(), wrong, unreadable, &mut rng);
        match read(&typed) {
            Reading::Code(read) => {
                prop_assert!(positions.is_empty());
                prop_assert!(read.expose() == code.expose());
            }
            Reading::Proposal(proposal) => {
                prop_assert!(proposal.text() == code.expose());
                prop_assert_eq!(proposal.identifier(), code.identifier());
                // Two of the wrong symbols may be a swap of neighbours by chance.
                prop_assume!(proposal.slip().is_none());
                prop_assert_eq!(proposal.certainty(), Certainty::Checked);
                let corrections = proposal.corrections();
                let reported: Vec<usize> = corrections.iter().map(|c| c.position).collect();
                prop_assert_eq!(reported, positions);
                for correction in corrections {
                    let typed = char::from(typed.as_bytes()[correction.position - 1]);
                    let meant = char::from(code.expose().as_bytes()[correction.position - 1]);
                    prop_assert_eq!(correction.read, Some(typed).filter(|&c| c != '?'));
                    prop_assert_eq!(correction.meant, meant);
                }
                match proposal.accept() {
                    Corrected::Code(accepted) => prop_assert!(accepted.expose() == code.expose()),
                    Corrected::Share(_) => prop_assert!(false, "a code was read as a share"),
                }
            }
            _ => prop_assert!(false, "{wrong} wrong and {unreadable} unreadable: no proposal"),
        }
    }

    #[test]
    fn beyond_the_bound_every_proposal_is_a_valid_code(
        seed: u64,
        wrong in 0..=30usize,
        unreadable in 0..=30usize,
    ) {
        let mut rng = StdRng::seed_from_u64(seed);
        let code = random_code(&mut rng);
        let (typed, _) = corrupt(code.expose(), wrong, unreadable, &mut rng);
        assert_sound(&read(&typed));
    }

    #[test]
    fn any_60_symbols_are_read_without_a_panic(typed in "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L?]{60}") {
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
    let code = random_code(&mut StdRng::seed_from_u64(1));
    for index in 0..60 {
        for &symbol in ALPHABET {
            let mut typed = code.expose().as_bytes().to_vec();
            if typed[index] == symbol {
                continue;
            }
            typed[index] = symbol;
            let Reading::Proposal(proposal) = read(core::str::from_utf8(&typed).unwrap()) else {
                panic!("no proposal for a {} at {index}", char::from(symbol));
            };
            assert!(proposal.text() == code.expose());
            assert_eq!(proposal.corrections().len(), 1);
        }
    }
}

#[test]
fn eight_unreadable_characters_in_any_window_are_filled_in() {
    let code = random_code(&mut StdRng::seed_from_u64(2));
    for start in 0..=52 {
        let mut typed = code.expose().to_owned();
        typed.replace_range(start..start + 8, "????????");
        let Reading::Proposal(proposal) = read(&typed) else {
            panic!("no proposal at {start}")
        };
        assert!(proposal.text() == code.expose());
    }
}

/// Counts the proposals for codes with this many mistakes: the right ones, and all others.
fn proposed(wrong: usize, unreadable: usize, certainty: Certainty) -> (usize, usize) {
    let mut rng = StdRng::seed_from_u64(3);
    let (mut right, mut others) = (0, 0);
    for _ in 0..100 {
        let code = random_code(&mut rng);
        let (typed, _) = corrupt(code.expose(), wrong, unreadable, &mut rng);
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
fn one_wrong_symbol_beyond_the_bound_is_corrected_if_unambiguous() {
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
fn thirteen_unreadable_characters_in_any_window_give_the_only_candidate() {
    let code = random_code(&mut StdRng::seed_from_u64(2));
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
fn too_many_mistakes_are_reported_with_their_number_and_the_groups_to_check() {
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
            let code = random_code(&mut rng);
            let (typed, _) = corrupt(code.expose(), wrong, unreadable, &mut rng);
            let Reading::Reread(reread) = read(&typed) else {
                panic!("{wrong} wrong, {unreadable} unreadable")
            };
            assert_eq!(reread.unreadable, unreadable);
            assert_eq!(
                (reread.wrong, reread.too_many),
                (at_least, too_many),
                "{wrong} wrong, {unreadable} unreadable"
            );
            assert!(reread.wrong <= wrong, "a lower bound");
            assert!(reread.groups.len() <= 3);
        }
    }
}

#[test]
fn the_reported_number_of_mistakes_is_a_lower_bound_even_if_two_codes_match_equally() {
    let mut rng = StdRng::seed_from_u64(9);
    for (wrong, unreadable, trials) in [(5, 0, 3_000), (1, 8, 3_000), (0, 13, 500)] {
        let mut reported_count = 0;
        for _ in 0..trials {
            let code = random_code(&mut rng);
            let (typed, _) = corrupt(code.expose(), wrong, unreadable, &mut rng);
            if let Reading::Reread(reread) = read(&typed) {
                reported_count += 1;
                assert!(
                    reread.wrong <= wrong,
                    "{} of {wrong} wrong with {unreadable} unreadable",
                    reread.wrong
                );
            }
        }
        assert!(
            reported_count > 0,
            "{wrong} wrong, {unreadable} unreadable: always found"
        );
    }
}

#[test]
fn the_groups_with_the_most_unreadable_characters_are_reported_first() {
    let code = random_code(&mut StdRng::seed_from_u64(5));
    let mut typed = code.expose().to_owned();
    for group in [2, 7, 8] {
        typed.replace_range(5 * (group - 1)..5 * group, "?????");
    }
    typed.replace_range(59.., "?");
    let Reading::Reread(reread) = read(&typed) else {
        panic!("16 unreadable symbols")
    };
    assert_eq!(reread.groups, [2, 7, 8]);
}

#[test]
fn look_alikes_take_precedence_over_arbitrary_substitutions() {
    let mut rng = StdRng::seed_from_u64(6);
    let mut tried = 0;
    while tried < 20 {
        let code = random_code(&mut rng);
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
            panic!("no proposal for seven look-alikes in code {tried}")
        };
        assert!(proposal.text() == code.expose());
        // `5S` typed as `S5` is reported as two swapped neighbours.
        let swapped = if proposal.slip().is_some() { 2 } else { 0 };
        assert_eq!(proposal.corrections().len() + swapped, 7);
    }
}
