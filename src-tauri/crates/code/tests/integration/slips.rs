//! Typing slips: the intended code is found and the slip is reported.

use code::{BackupCode, Proposal, Reading, Slip, TypedCode};
use rand::SeedableRng;
use rand::rngs::StdRng;

fn code(seed: u64) -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
}

fn proposed(typed: &str) -> Proposal {
    match TypedCode::parse(typed).unwrap().read() {
        Reading::Proposal(proposal) => proposal,
        _ => panic!("no proposal for {} characters", typed.len()),
    }
}

/// Replaces the character at `at` by another.
fn mistype(typed: &mut String, at: usize) {
    let other = if &typed[at..=at] == "Q" { "P" } else { "Q" };
    typed.replace_range(at..=at, other);
}

#[test]
fn a_missing_character_is_found_at_every_position() {
    let code = code(1);
    for at in 0..60 {
        let mut typed = code.expose().to_owned();
        let missing = typed.remove(at);
        let proposal = proposed(&typed);
        assert!(proposal.text() == code.expose());
        let Some(Slip::Missing { position }) = proposal.slip() else {
            panic!("{:?}", proposal.slip())
        };
        // In a run of equal characters, any of them may be the missing one.
        assert_eq!(&code.expose()[position - 1..position], missing.to_string());
        let [correction] = proposal.corrections() else {
            panic!("one correction")
        };
        assert_eq!((correction.position, correction.read), (position, None));
        assert_eq!(correction.meant, missing);
    }
}

#[test]
fn an_extra_character_is_found_at_every_position() {
    let code = code(2);
    for at in 0..=60 {
        for extra in ['Q', '7', '?'] {
            let mut typed = code.expose().to_owned();
            typed.insert(at, extra);
            let proposal = proposed(&typed);
            assert!(proposal.text() == code.expose());
            let Some(Slip::Extra { position }) = proposal.slip() else {
                panic!("{:?}", proposal.slip())
            };
            assert_eq!(&typed[position - 1..position], extra.to_string());
            assert!(proposal.corrections().is_empty());
        }
    }
}

#[test]
fn swapped_neighbours_are_reported_as_a_slip() {
    let code = code(3);
    for at in 0..59 {
        let mut typed = code.expose().as_bytes().to_vec();
        if typed[at] == typed[at + 1] {
            continue;
        }
        typed.swap(at, at + 1);
        let proposal = proposed(core::str::from_utf8(&typed).unwrap());
        assert!(proposal.text() == code.expose());
        let slip = Slip::NeighboursSwapped { position: at + 1 };
        assert_eq!(proposal.slip(), Some(slip));
        assert!(proposal.corrections().is_empty());
    }
}

#[test]
fn swapped_groups_are_found_with_up_to_four_wrong_characters() {
    let code = code(4);
    for group in 1..12 {
        let mut typed = code.expose().as_bytes().to_vec();
        let (one, other) = typed.split_at_mut(5 * group);
        one[5 * (group - 1)..].swap_with_slice(&mut other[..5]);
        let mut typed = String::from_utf8(typed).unwrap();
        for wrong in 0..=4 {
            let proposal = proposed(&typed);
            assert!(proposal.text() == code.expose());
            assert_eq!(proposal.slip(), Some(Slip::GroupsSwapped { group }));
            assert_eq!(proposal.corrections().len(), wrong);
            mistype(&mut typed, 14 * wrong + 3);
        }
    }
}

#[test]
fn a_group_typed_twice_is_found_even_if_either_copy_has_a_mistake() {
    let code = code(5);
    for group in 1..=12 {
        let mut typed = code.expose().to_owned();
        let copy = typed[5 * (group - 1)..5 * group].to_owned();
        typed.insert_str(5 * group, &copy);
        for mistake in [None, Some(5 * group - 3), Some(5 * group + 3)] {
            let mut typed = typed.clone();
            if let Some(at) = mistake {
                mistype(&mut typed, at);
            }
            let proposal = proposed(&typed);
            assert!(proposal.text() == code.expose());
            assert_eq!(proposal.slip(), Some(Slip::GroupTwice { group }));
            assert!(proposal.corrections().is_empty());
        }
    }
}

#[test]
fn a_missing_group_is_filled_in_with_up_to_one_wrong_character() {
    let code = code(6);
    for group in 1..=12 {
        let mut typed = code.expose().to_owned();
        typed.replace_range(5 * (group - 1)..5 * group, "");
        for wrong in 0..=1 {
            let proposal = proposed(&typed);
            assert!(proposal.text() == code.expose());
            assert_eq!(proposal.slip(), Some(Slip::GroupMissing { group }));
            assert_eq!(proposal.corrections().len(), 5 + wrong);
            mistype(&mut typed, 17);
        }
    }
}

#[test]
fn other_lengths_are_reported_without_a_proposal() {
    let code = code(7);
    for have in (0..60).filter(|have| ![55, 59].contains(have)) {
        let typed = TypedCode::parse(&code.expose()[..have]).unwrap();
        assert!(matches!(typed.read(), Reading::Unfinished { have: reported } if reported == have));
    }
    for more in (1..40).filter(|more| ![1, 5].contains(more)) {
        let typed = format!("{}{}", code.expose(), "Q".repeat(more));
        let typed = TypedCode::parse(&typed).unwrap();
        assert!(matches!(typed.read(), Reading::TooLong { have } if have == 60 + more));
    }
}

#[test]
fn an_entry_in_progress_is_unfinished_rather_than_missing_characters() {
    let code = code(8);
    for have in 0..60 {
        let typed = TypedCode::parse(&code.expose()[..have]).unwrap();
        let reading = typed.read_while_typing();
        assert!(matches!(reading, Reading::Unfinished { have: reported } if reported == have));
    }
    let typed = TypedCode::parse(code.expose()).unwrap();
    assert!(matches!(typed.read_while_typing(), Reading::Code(_)));
}
