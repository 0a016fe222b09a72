#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use code::SetSize;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;

/// The code of a set, and its sheets in the order of their letters.
pub(super) fn set(seed: u64, needed: u8, sheets: u8) -> (String, Vec<String>) {
    let size = SetSize::new(needed, sheets).unwrap();
    let (code, shares) =
        BackupCode::generate_set(&mut StdRng::seed_from_u64(seed), &|_| false, size);
    let sheets = shares.iter().map(|share| share.expose().to_owned());
    (code.expose().to_owned(), sheets.collect())
}

/// A single code.
pub(super) fn single(seed: u64) -> String {
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false);
    code.expose().to_owned()
}

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

/// The letters of the set's sheets, in the order shown.
fn letters(entry: &Entry) -> String {
    let set = entry.beside(EntryView::Empty, None).set;
    set.map_or_else(String::new, |set| {
        set.sheets.iter().map(|sheet| sheet.index).collect()
    })
}

fn problem(view: &EntryView) -> ShareProblem {
    match view {
        EntryView::ShareRefused { problem, .. } => *problem,
        _ => panic!("the sheet is refused"),
    }
}

fn error(entry: &Entry) -> ErrorCode {
    entry.code().err().unwrap().code
}

#[test]
fn sheets_are_typed_one_after_the_other_in_any_order() {
    let (code, sheets) = set(1, 3, 4);
    let mut entry = Entry::default();
    assert_eq!(error(&entry), ErrorCode::CodeNotEntered);
    for (sheet, left) in [(2, 2), (0, 1)] {
        match entry.typed(&sheets[sheet], false) {
            EntryView::Added { index, missing, .. } => {
                assert_eq!((index, missing), (['A', 'C', 'D'][sheet], left));
            }
            _ => panic!("the sheet joins the set"),
        }
        assert!(matches!(entry.typed("", false), EntryView::Empty));
        assert_eq!(error(&entry), ErrorCode::SheetsMissing);
        assert_eq!(entry.too_few().unwrap().missing(), left);
    }
    match entry.typed(&sheets[3], false) {
        EntryView::Ready { source, .. } => assert_eq!(source, Source::Set),
        _ => panic!("there are enough"),
    }
    assert_eq!(code_of(&entry), code);
    assert!(entry.too_few().is_none());
    assert_eq!(letters(&entry), "DAE");
    // The emptied field says so too.
    assert!(matches!(entry.typed("", false), EntryView::Ready { .. }));
}

#[test]
fn a_sheet_that_does_not_belong_leaves_the_others_as_they_are() {
    let (code, sheets) = set(1, 2, 3);
    let (_, foreign) = set(2, 2, 3);
    let mut entry = Entry::default();
    entry.typed(&sheets[0], false);
    let view = entry.typed(&foreign[1], false);
    assert_eq!(problem(&view), ShareProblem::Foreign);
    match view {
        EntryView::ShareRefused {
            identifier, index, ..
        } => assert_eq!((&*identifier, index), (&foreign[1][1..5], 'C')),
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
fn a_sheet_that_was_put_away_is_missing_and_can_come_back() {
    let (code, sheets) = set(1, 2, 3);
    let mut entry = Entry::default();
    entry.typed(&sheets[0], false);
    entry.typed(&sheets[1], false);
    entry.remove(ShareIndex::from_char('A').unwrap());
    assert!(matches!(entry.field(), EntryView::Empty));
    assert_eq!(letters(&entry), "C");
    assert_eq!(error(&entry), ErrorCode::SheetsMissing);
    entry.typed(&sheets[0], false);
    assert_eq!(letters(&entry), "CA");
    assert_eq!(code_of(&entry), code);
    for letter in ['A', 'C'] {
        entry.remove(ShareIndex::from_char(letter).unwrap());
    }
    assert!(entry.beside(EntryView::Empty, None).set.is_none());
    // An empty set takes the sheets of any other.
    let (other, sheets) = set(2, 2, 2);
    for sheet in &sheets {
        entry.typed(sheet, false);
    }
    assert_eq!(code_of(&entry), other);
}

#[test]
fn a_whole_code_wins_over_the_set_while_it_is_in_the_field() {
    let (of_set, sheets) = set(1, 2, 2);
    let whole = single(3);
    let mut entry = Entry::default();
    for sheet in &sheets {
        entry.typed(sheet, false);
    }
    match entry.typed(&whole, false) {
        EntryView::Ready { source, .. } => assert_eq!(source, Source::Typed),
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
    assert_eq!(shares.code, ErrorCode::SharesNeeded);
}

#[test]
fn a_correction_joins_the_set_only_once_the_person_agrees() {
    let (code, sheets) = set(1, 2, 2);
    let mut entry = Entry::default();
    entry.typed(&sheets[0], false);
    let typed = unreadable(&mistyped(&mistyped(&sheets[1], 20), 31), [40, 41]);
    assert!(matches!(entry.typed(&typed, false), EntryView::Proposal(_)));
    assert_eq!(letters(&entry), "A");
    assert!(matches!(entry.field(), EntryView::Proposal(_)));
    assert!(matches!(entry.accept(), Ok(EntryView::Ready { .. })));
    assert_eq!(code_of(&entry), code);
    assert_eq!(entry.tried(), Tried::Counts);
    let again = entry.accept().err().unwrap();
    assert_eq!(again.code, ErrorCode::CodeNotEntered);
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
fn a_guess_counts_as_no_try_for_as_long_as_it_is_there() {
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
fn a_character_left_out_is_looked_for_when_the_person_stops() {
    let code = single(3);
    let short = format!("{}{}", &code[..30], &code[31..]);
    let mut entry = Entry::default();
    assert!(matches!(
        entry.typed(&short, false),
        EntryView::Typing { have: 59 }
    ));
    assert!(matches!(entry.typed(&short, true), EntryView::Proposal(_)));
    entry.accept().unwrap();
    assert_eq!(code_of(&entry), code);
}

#[test]
fn what_cannot_be_read_is_said_in_its_own_words() {
    let mut entry = Entry::default();
    assert!(matches!(entry.typed("", true), EntryView::Empty));
    assert!(matches!(entry.typed("- -", true), EntryView::Empty));
    assert!(matches!(
        entry.typed("A!", false),
        EntryView::Illegal {
            character: '!',
            position: 2
        }
    ));
    assert!(matches!(
        entry.typed(&"Q".repeat(70), false),
        EntryView::TooLong { have: 70 }
    ));
    assert!(matches!(
        entry.typed(&"Q".repeat(2_000), false),
        EntryView::TooLong { have: 2_000 }
    ));
    assert!(matches!(
        entry.typed(&"?".repeat(60), false),
        EntryView::Reread(_)
    ));
}

#[test]
fn sheets_that_were_not_needed_are_there_to_be_shown_as_kept() {
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

fn found(text: &str) -> Found {
    Found {
        typed: TypedCode::parse(text).unwrap(),
        origin: Origin::File(format!("{}.pdf", &text[..6])),
    }
}

/// What an empty entry makes of these texts, read from files.
fn offer(texts: &[&str]) -> (Entry, EntryView) {
    let mut entry = Entry::default();
    let view = entry.scanned(texts.iter().copied().map(found).collect());
    (entry, view)
}

#[test]
fn of_several_files_each_sheet_is_offered_and_the_gravest_news_shown() {
    let (code, sheets) = set(1, 2, 3);
    let (_, foreign) = set(2, 2, 2);
    let (entry, view) = offer(&[&sheets[0]]);
    assert!(matches!(view, EntryView::Added { missing: 1, .. }));
    let view = entry.beside(view, None).set.unwrap();
    assert_eq!(
        view.sheets[0].name.as_deref(),
        Some(&*format!("{}.pdf", &sheets[0][..6]))
    );
    // The third is not needed, which is no news beside a whole set.
    let (entry, view) = offer(&[&sheets[0], &sheets[1], &sheets[2]]);
    assert!(matches!(view, EntryView::Ready { .. }));
    assert_eq!(code_of(&entry), code);
    let (entry, view) = offer(&[&sheets[0], &foreign[0], &sheets[1]]);
    assert_eq!(problem(&view), ShareProblem::Foreign);
    assert_eq!(code_of(&entry), code);
    let asked = mistyped(&sheets[1], 50);
    let (mut entry, view) = offer(&[&sheets[0], &foreign[0], &asked]);
    assert!(matches!(view, EntryView::Proposal(_)));
    entry.accept().unwrap();
    assert_eq!(code_of(&entry), code);
    let names = entry.beside(EntryView::Empty, None).set.unwrap().sheets;
    assert!(names[1].name.is_some());
}
