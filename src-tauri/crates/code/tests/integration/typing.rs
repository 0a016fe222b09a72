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

/// A code of the frozen vectors.
const CODE: &str = "0A0JCS6X88NCTKVWEGNU690QKTQL6PKHA7VC7TQTKFGPDG7ZMX7NT5PMV0T9";

/// The code as the sheet shows it: four rows of three groups.
fn rows() -> [String; 4] {
    let group = |at: usize| &CODE[5 * at..5 * at + 5];
    core::array::from_fn(|row| [0, 1, 2].map(|place| group(3 * row + place)).join(" "))
}

/// Text as it is pasted, with what only looks different from the code, or only stands around it.
fn pasted() -> Vec<String> {
    let [one, two, three, four] = rows();
    let lines = rows().join("\n");
    let wide = |c: char| match c {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
        c => c,
    };
    let arabic = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_u32(0x660 + digit).unwrap(),
        None => c,
    };
    let cyrillic = |c: char| match c {
        'A' => 'А',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        c => c,
    };
    let with_nuls = |c: char| [c, '\0'];
    vec![
        lines.chars().map(wide).collect(),
        lines.chars().map(arabic).collect(),
        lines.chars().map(cyrillic).collect(),
        lines
            .chars()
            .map(cyrillic)
            .collect::<String>()
            .to_lowercase(),
        format!("\u{FEFF}{lines}")
            .chars()
            .flat_map(with_nuls)
            .collect(),
        format!("\u{201C}{lines}\u{201D}."),
        format!("'{}'", lines.replace(' ', "' '")),
        format!("\u{AB} {lines} \u{BB}"),
        format!("({lines});"),
        format!("\u{61C}{}", lines.replace(' ', "\u{2063}")),
        lines.replace(' ', "\u{B7}"),
        lines.replace(' ', "\u{2800}"),
        format!("\u{2022} {}", lines.replace('\n', "\n\u{2022} ")),
        format!("Backup code: {lines}"),
        format!("Your backup code\n\n{lines}\n"),
        format!("This sheet\u{2019}s 60 characters\n{lines}"),
        format!("Ihr Backup-Code {lines}"),
        format!("Recovery sheet C:\n{lines}"),
        format!("SHEET A {lines}"),
        format!("Ada\u{2019}s wallet, to keep: {lines}"),
        format!("1 {one}\n2 {two}\n3 {three}\n4 {four}"),
        format!("1. {one} 2. {two} 3. {three} 4. {four}"),
        format!("\u{661}) {one}\n\u{662}) {two}\n\u{663}) {three}\n\u{664}) {four}"),
        format!("Sheet A: 1 {one} 2 {two} 3 {three} 4 {four}"),
        format!("Mine: \u{201C}1: {one}\n2: {two}\n3: {three}\n4: {four}\u{201D}"),
    ]
}

#[test]
fn pasted_text_is_read_as_the_code_that_it_shows() {
    for text in pasted() {
        let typed = TypedCode::parse(&text).map(|typed| typed.spelled().to_string());
        assert_eq!(typed.as_deref(), Ok(CODE), "{text:?}");
        assert_eq!(*TypedCode::spell(&text), CODE, "{text:?}");
    }
}

#[test]
fn what_another_program_could_not_read_counts_as_unreadable() {
    let text = CODE.replacen("A0J", "\u{FFFD}\u{FF1F}J", 1);
    assert_eq!(
        typed(&text).spelled().as_str(),
        CODE.replacen("A0J", "??J", 1)
    );
    let code::Reading::Proposal(proposal) = typed(&text).read() else {
        panic!("not proposed");
    };
    assert_eq!(proposal.text(), CODE);
}

#[test]
fn a_number_is_one_that_is_printed_only_in_front_of_full_groups() {
    let spelled = |text: &str| typed(text).spelled().to_string();
    assert_eq!(spelled("1 ABCD"), "LA8CD");
    assert_eq!(spelled("1 ABCDE"), "A8CDE");
    assert_eq!(spelled("1A8CDE"), "LA8CDE");
    // The second row begins with a 2, and has no number.
    assert_eq!(spelled("0A0JC S6X88 NCTKV\n2 CTKV"), "0A0JCS6X88NCTKV2CTKV");
    assert_eq!(
        spelled("1 0A0JC S6X88 NCTKV\n2CTKV"),
        "0A0JCS6X88NCTKV2CTKV"
    );
    assert_eq!(spelled("1 0A0JC 2 S6X8"), "0A0JC2S6X8");
    assert_eq!(spelled("1 0A0JC\n2 S6X88"), "0A0JCS6X88");
    // The numbers of groups, the twelve of a sheet.
    let (mut numbered, mut rows) = (String::new(), String::new());
    for (at, group) in CODE.as_bytes().chunks(5).enumerate() {
        let (number, group) = (at + 1, str::from_utf8(group).unwrap());
        numbered.push_str(&format!("{number} {group} "));
        rows.push_str(&format!("{number}. {group}"));
        rows.push_str(if at % 3 == 2 { "\n" } else { "  " });
    }
    assert_eq!(spelled(&numbered), CODE);
    assert_eq!(spelled(&rows), CODE);
    // A character of the fourth group is missing, and one of the eleventh is one too many.
    let slips = numbered
        .replace(
            &format!("4 {}", &CODE[15..20]),
            &format!("4 {}", &CODE[15..19]),
        )
        .replace(" 12 ", "Q 12 ");
    let expected = [&CODE[..19], &CODE[20..55], "Q", &CODE[55..]].concat();
    assert_eq!(spelled(&slips), expected);
    assert_eq!(spelled("1 0A0JC 2 S6X88"), "0A0JCS6X88");
    assert_eq!(spelled("1 0A0J 2 S6X88"), "0A0J2S6X88");
    // A character of the first row is missing.
    assert_eq!(
        spelled("1 0A0JC S6X8 NCTKV\n2 WEGNU"),
        "0A0JCS6X8NCTKVWEGNU"
    );
}

#[test]
fn a_word_is_a_label_only_in_front_of_something_else() {
    assert_eq!(typed("SHEET").spelled().as_str(), "SHEET");
    assert_eq!(typed("C0DE").spelled().as_str(), "C0DE");
    assert_eq!(typed("Code: 0A0JC").spelled().as_str(), "0A0JC");
    assert_eq!(typed("6 0 A C").spelled().as_str(), "60AC");
    assert!(TypedCode::parse("0A0JC:S6X88").is_err());
}

#[test]
fn a_word_beside_an_unreadable_character_is_no_label() {
    let spelled = |text: &str| typed(text).spelled().to_string();
    assert_eq!(spelled("?MY?HS464"), "?MY?HS464");
    assert_eq!(spelled("MY?HS464"), "MY?HS464");
    assert_eq!(spelled("????? SHEET"), "?????SHEET");
    assert_eq!(spelled("My code ?MY?HS464"), "?MY?HS464");
    // A group is missing: the word is no group.
    assert_eq!(typed(&format!("Sheet {}", &CODE[5..])).len(), 55);
}

#[test]
fn the_position_of_an_illegal_character_counts_neither_label_nor_printed_number() {
    for text in [
        "0A#",
        "Backup code: 0A#",
        "1 0A#JC S6X88",
        "\u{200B}0\u{2063}\u{FF21}#",
    ] {
        let illegal = ParseError::Illegal {
            character: '#',
            position: 3,
        };
        assert_eq!(TypedCode::parse(text).err(), Some(illegal), "{text:?}");
        assert!(TypedCode::spell(text).starts_with("0A#"), "{text:?}");
    }
}

proptest! {
    #[test]
    fn a_spelled_text_is_read_as_the_same(text in ".{0,80}") {
        let spelled = TypedCode::spell(&text);
        let read = |text: &str| TypedCode::parse(text).map(|typed| typed.spelled().to_string());
        if let Ok(read) = read(&text) {
            prop_assert_eq!(read, spelled.as_str());
        }
    }

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
