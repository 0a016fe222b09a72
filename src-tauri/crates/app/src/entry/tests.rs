#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;
use crate::testing::{set, single};

/// The text with its characters at these positions, from 1, unreadable.
fn unreadable(text: &str, positions: impl IntoIterator<Item = usize>) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for position in positions {
        text[position - 1] = '?';
    }
    text.into_iter().collect()
}

/// The text with another character at this position, from 1.
fn mistyped(text: &str, position: usize) -> String {
    let mut text: Vec<char> = text.chars().collect();
    let wrong = &mut text[position - 1];
    *wrong = if *wrong == 'Q' { 'P' } else { 'Q' };
    text.into_iter().collect()
}

fn code_of(entry: &Entry) -> String {
    entry.code().unwrap().expose().to_owned()
}

/// The letters of the set's sheets, in the order of entry.
fn letters(entry: &Entry) -> String {
    entry.set().map_or_else(String::new, |set| {
        set.sheets
            .iter()
            .map(|sheet| sheet.index.as_char())
            .collect()
    })
}

fn problem(field: &Field) -> ShareProblem {
    match field {
        Field::ShareRefused { problem, .. } => *problem,
        _ => panic!("the sheet is refused"),
    }
}

fn error(entry: &Entry) -> EntryError {
    entry.code().err().unwrap()
}

#[test]
fn sheets_can_be_typed_in_any_order() {
    let (code, sheets) = set(1, 3, 4);
    let mut entry = Entry::default();
    assert_eq!(error(&entry), EntryError::NotEntered);
    for (sheet, left) in [(2, 2), (0, 1)] {
        match entry.typed(&sheets[sheet], false) {
            Field::Added { index, missing, .. } => {
                assert_eq!((index.as_char(), missing), (['A', 'C', 'D'][sheet], left));
            }
            _ => panic!("the sheet joins the set"),
        }
        assert!(matches!(entry.typed("", false), Field::Empty));
        assert!(matches!(error(&entry), EntryError::SheetsMissing(_)));
        assert_eq!(entry.too_few().unwrap().missing(), left);
    }
    match entry.typed(&sheets[3], false) {
        Field::Ready { source, .. } => assert_eq!(source, CodeSource::Set),
        _ => panic!("there are enough"),
    }
    assert_eq!(code_of(&entry), code);
    assert!(entry.too_few().is_none());
    assert_eq!(letters(&entry), "DAE");
    // The emptied field says so too.
    assert!(matches!(entry.typed("", false), Field::Ready { .. }));
}

#[test]
fn a_sheet_that_does_not_join_leaves_the_others_unchanged() {
    let (code, sheets) = set(1, 2, 3);
    let (_, foreign) = set(2, 2, 3);
    let mut entry = Entry::default();
    entry.typed(&sheets[0], false);
    let field = entry.typed(&foreign[1], false);
    assert_eq!(problem(&field), ShareProblem::Foreign);
    match field {
        Field::ShareRefused {
            identifier, index, ..
        } => {
            assert_eq!(identifier.to_string(), foreign[1][1..5]);
            assert_eq!(index.as_char(), 'C');
        }
        _ => unreachable!("it is refused"),
    }
    let repeated = entry.typed(&sheets[0], false);
    assert_eq!(problem(&repeated), ShareProblem::Repeated);
    assert_eq!(letters(&entry), "A");
    entry.typed(&sheets[2], false);
    let surplus = entry.typed(&sheets[1], false);
    assert_eq!(problem(&surplus), ShareProblem::Surplus);
    assert_eq!(letters(&entry), "AD");
    assert_eq!(code_of(&entry), code);
}

#[test]
fn a_removed_sheet_is_missing_and_can_be_entered_again() {
    let (code, sheets) = set(1, 2, 3);
    let mut entry = Entry::default();
    entry.typed(&sheets[0], false);
    entry.typed(&sheets[1], false);
    entry.remove(ShareIndex::from_char('A').unwrap());
    assert!(matches!(entry.field(), Field::Empty));
    assert_eq!(letters(&entry), "C");
    assert_eq!(
        error(&entry),
        EntryError::SheetsMissing(TooFew { have: 1, need: 2 })
    );
    entry.typed(&sheets[0], false);
    assert_eq!(letters(&entry), "CA");
    assert_eq!(code_of(&entry), code);
    for letter in ['A', 'C'] {
        entry.remove(ShareIndex::from_char(letter).unwrap());
    }
    assert!(entry.set().is_none());
    // An empty set takes the sheets of any other.
    let (other, sheets) = set(2, 2, 2);
    for sheet in &sheets {
        entry.typed(sheet, false);
    }
    assert_eq!(code_of(&entry), other);
}

#[test]
fn a_whole_code_takes_precedence_over_the_set() {
    let (of_set, sheets) = set(1, 2, 2);
    let whole = single(3);
    let mut entry = Entry::default();
    for sheet in &sheets {
        entry.typed(sheet, false);
    }
    match entry.typed(&whole, false) {
        Field::Ready { source, .. } => assert_eq!(source, CodeSource::Whole(Origin::Typed)),
        _ => panic!("a whole code"),
    }
    assert!(entry.is_whole());
    assert_eq!(code_of(&entry), whole);
    entry.typed("", false);
    assert_eq!(code_of(&entry), of_set);
    // The secret code of a set may be typed too. It is no sheet.
    let mut entry = Entry::default();
    entry.typed(&of_set, false);
    assert_eq!(code_of(&entry), of_set);
    let shares = entry.shares().err().unwrap();
    assert_eq!(shares, EntryError::SharesNeeded);
}

#[test]
fn a_corrected_sheet_joins_the_set_only_once_it_is_accepted() {
    let (code, sheets) = set(1, 2, 2);
    let mut entry = Entry::default();
    entry.typed(&sheets[0], false);
    let typed = unreadable(&mistyped(&mistyped(&sheets[1], 20), 31), [40, 41]);
    assert!(matches!(entry.typed(&typed, false), Field::Suggested(_)));
    assert_eq!(letters(&entry), "A");
    assert!(matches!(entry.field(), Field::Suggested(_)));
    assert!(matches!(entry.accept(), Ok(Field::Ready { .. })));
    assert_eq!(code_of(&entry), code);
    assert_eq!(entry.tried(), Tried::Counts);
    let again = entry.accept().err().unwrap();
    assert_eq!(again, EntryError::NotEntered);
}

#[test]
fn a_correction_is_forgotten_when_the_text_changes() {
    let typed = mistyped(&single(3), 30);
    let mut entry = Entry::default();
    entry.typed(&typed, false);
    entry.typed(&typed[..59], false);
    assert!(entry.accept().is_err());
}

#[test]
fn a_guess_does_not_count_as_a_try() {
    let (code, sheets) = set(1, 2, 3);
    let mut entry = Entry::default();
    entry.typed(&sheets[0], false);
    entry.typed(&unreadable(&sheets[1], 21..=33), false);
    entry.accept().unwrap();
    assert_eq!(code_of(&entry), code);
    assert_eq!(entry.tried(), Tried::Candidate);
    // A whole code that was typed without a guess is a try like any other.
    entry.typed(&single(3), false);
    assert_eq!(entry.tried(), Tried::Counts);
    entry.typed(&unreadable(&single(3), 21..=33), false);
    entry.accept().unwrap();
    assert_eq!(entry.tried(), Tried::Candidate);
    entry.typed("", false);
    entry.remove(ShareIndex::from_char('C').unwrap());
    entry.typed(&sheets[2], false);
    assert_eq!(code_of(&entry), code);
    assert_eq!(entry.tried(), Tried::Counts);
}

#[test]
fn a_missing_character_is_looked_for_once_typing_is_finished() {
    let code = single(3);
    let short = format!("{}{}", &code[..30], &code[31..]);
    let mut entry = Entry::default();
    assert!(matches!(
        entry.typed(&short, false),
        Field::Typing { have: 59 }
    ));
    assert!(matches!(entry.typed(&short, true), Field::Suggested(_)));
    entry.accept().unwrap();
    assert_eq!(code_of(&entry), code);
}

#[test]
fn unreadable_texts_are_told_apart() {
    let mut entry = Entry::default();
    assert!(matches!(entry.typed("", true), Field::Empty));
    assert!(matches!(entry.typed("- -", true), Field::Empty));
    assert!(matches!(
        entry.typed("A!", false),
        Field::Illegal {
            character: '!',
            position: 2
        }
    ));
    assert!(matches!(
        entry.typed(&"Q".repeat(70), false),
        Field::TooLong { have: 70 }
    ));
    assert!(matches!(
        entry.typed(&"Q".repeat(2_000), false),
        Field::TooLong { have: 2_000 }
    ));
    assert!(matches!(
        entry.typed(&"?".repeat(60), false),
        Field::Reread(_)
    ));
}

#[test]
fn surplus_sheets_are_available_to_prove_that_they_are_kept() {
    let (_, sheets) = set(1, 2, 4);
    let mut entry = Entry::default();
    for sheet in [0, 1, 2, 3, 2] {
        entry.typed(&sheets[sheet], false);
    }
    let surplus: Vec<_> = entry
        .surplus()
        .iter()
        .map(|share| share.expose().to_owned())
        .collect();
    assert_eq!(surplus, sheets[2..]);
    let shares = entry.shares().unwrap();
    assert_eq!(shares.len(), 2);
    entry.remove(ShareIndex::from_char('A').unwrap());
    assert!(entry.surplus().is_empty());
}

fn found(text: &str) -> FoundCode {
    FoundCode {
        typed: TypedCode::parse(text).unwrap(),
        origin: Origin::File(format!("{}.pdf", &text[..6])),
    }
}

/// An entry that was given these texts, read from files, and the state of its field.
fn offer(texts: &[&str]) -> (Entry, Field) {
    let mut entry = Entry::default();
    let field = entry.scanned(texts.iter().copied().map(found).collect());
    (entry, field)
}

#[test]
fn each_of_several_sheets_is_taken_and_the_most_important_result_shown() {
    let (code, sheets) = set(1, 2, 3);
    let (_, foreign) = set(2, 2, 2);
    let (entry, field) = offer(&[&sheets[0]]);
    assert!(matches!(field, Field::Added { missing: 1, .. }));
    let set = entry.set().unwrap();
    assert_eq!(
        set.sheets[0].origin.file_name(),
        Some(&*format!("{}.pdf", &sheets[0][..6]))
    );
    // The third is not needed, which is less important than a whole set.
    let (entry, field) = offer(&[&sheets[0], &sheets[1], &sheets[2]]);
    assert!(matches!(field, Field::Ready { .. }));
    assert_eq!(code_of(&entry), code);
    let (entry, field) = offer(&[&sheets[0], &foreign[0], &sheets[1]]);
    assert_eq!(problem(&field), ShareProblem::Foreign);
    assert_eq!(code_of(&entry), code);
    let asked = mistyped(&sheets[1], 50);
    let (mut entry, field) = offer(&[&sheets[0], &foreign[0], &asked]);
    assert!(matches!(field, Field::Suggested(_)));
    entry.accept().unwrap();
    assert_eq!(code_of(&entry), code);
    let joined = entry.set().unwrap().sheets;
    assert!(joined[1].origin.file_name().is_some());
}
