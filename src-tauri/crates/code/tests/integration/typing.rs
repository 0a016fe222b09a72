//! Parsing of typed codes and of parts of them.

use code::{BackupCode, GROUPS, ParseError, TEXT_LIMIT, TypedCode};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use subtle::ConstantTimeEq;

fn code(seed: u64) -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
}

fn typed(text: &str) -> TypedCode {
    TypedCode::parse(text).unwrap()
}

#[test]
fn separators_do_not_count_as_symbols() {
    assert!(typed(" - ").is_empty());
    assert_eq!(typed("qpzry 9x8gf-").len(), 10);
    assert_eq!(typed("qpzry 9x8g?").len(), 10);
}

#[test]
fn a_text_over_the_limit_is_rejected_before_it_is_parsed() {
    let longest = "!".repeat(TEXT_LIMIT);
    assert!(matches!(
        TypedCode::parse(&longest),
        Err(ParseError::Illegal { position: 1, .. })
    ));
    let have = TEXT_LIMIT + 1;
    assert_eq!(
        TypedCode::parse(&"!".repeat(have)).err(),
        Some(ParseError::TooLong { have })
    );
}

#[test]
fn a_group_of_a_code_matches_only_its_own_text() {
    let code = code(7);
    for (index, group) in code.groups().into_iter().enumerate() {
        let number = index + 1;
        assert!(code.group_is(number, &typed(group)));
        assert!(code.group_is(number, &typed(&format!(" {} ", group.to_lowercase()))));
        let other = code.groups()[(index + 1) % GROUPS];
        assert!(!code.group_is(number, &typed(other)));
        assert!(!code.group_is(number, &typed(&group[..4])));
        assert!(!code.group_is(number, &typed(&format!("{}?", &group[..4]))));
    }
    for no_group in [0, GROUPS + 1, usize::MAX] {
        assert!(!code.group_is(no_group, &typed(code.groups()[0])));
    }
}

#[test]
fn a_code_equals_only_itself() {
    assert!(bool::from(code(7).ct_eq(&code(7))));
    assert!(!bool::from(code(7).ct_eq(&code(8))));
}

proptest! {
    #[test]
    fn separators_and_case_never_change_the_result(
        seed: u64,
        gaps in prop::collection::vec("[ \t\r\n\u{a0}\u{2009}\u{2014}\u{2212}\u{200b}-]{0,3}", 60),
        lower in prop::collection::vec(any::<bool>(), 60),
    ) {
        let code = code(seed);
        let mut text = String::new();
        for ((symbol, gap), lower) in code.expose().chars().zip(&gaps).zip(lower) {
            text.push_str(gap);
            text.push(if lower { symbol.to_ascii_lowercase() } else { symbol });
        }
        let code::Reading::Code(read) = typed(&text).read() else {
            return Err(TestCaseError::fail("not read as a code"));
        };
        prop_assert!(read.expose() == code.expose());
    }
}
