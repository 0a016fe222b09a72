use content::codes::{Line, State, lines, sorted, tick};
use proptest::prelude::*;

fn sorts(text: &str, expected: &[&str]) {
    let sorted = sorted(text);
    let read = sorted.as_deref().map_or(text, |it| it);
    assert_eq!(read.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn codes_are_found_in_the_layouts_of_services() {
    // Numbered, in two columns.
    sorts(
        "  1. 1234 5678     6. 2345 6789\n  2. 3456 7890     7. 4567 8901\n",
        &["1234 5678", "2345 6789", "3456 7890", "4567 8901"],
    );
    sorts(
        "abcde-fghij klmno-pqrst\nuvwxy-z1234 56789-abcde",
        &["abcde-fghij", "klmno-pqrst", "uvwxy-z1234", "56789-abcde"],
    );
    sorts(
        "SAVE YOUR BACKUP CODES\nKeep these backup codes somewhere safe.\n• a1b2c3d4e5\n• f6g7h8i9j0",
        &[
            "# SAVE YOUR BACKUP CODES",
            "# Keep these backup codes somewhere safe.",
            "a1b2c3d4e5",
            "f6g7h8i9j0",
        ],
    );
    sorts(
        "12345678, 23456789;34567890",
        &["12345678", "23456789", "34567890"],
    );
    sorts("1234 5678 2345 6789", &["1234 5678", "2345 6789"]);
    // A password for an app, in four parts.
    sorts("abcd efgh ijkl mnop", &["abcd efgh ijkl mnop"]);
    sorts("1) 111222\n2) 333444", &["111222", "333444"]);
}

#[test]
fn a_number_that_is_a_code_stays_whole() {
    sorts("123456\n789012", &["123456", "789012"]);
    sorts("12. 34", &["34"]);
    sorts("123.456", &["123.456"]);
}

#[test]
fn what_is_sorted_stays_as_it_is() {
    let text = "# For the mail account\n✓ abcde-fghij\nklmno-pqrst\n1234 5678";
    assert!(sorted(text).is_none());
    let read: Vec<Line<'_>> = lines(text).collect();
    let line = |text, state| Line { text, state };
    assert_eq!(
        read,
        [
            line("For the mail account", State::Remark),
            line("abcde-fghij", State::Used),
            line("klmno-pqrst", State::Left),
            line("1234 5678", State::Left),
        ]
    );
}

#[test]
fn a_code_is_ticked_off_and_back() {
    let text = "# Mail\none-1\n\ntwo-2";
    let ticked = tick(text, 2, true).expect("there is a code");
    assert_eq!(*ticked, "# Mail\none-1\n✓ two-2");
    let back = tick(&ticked, 2, false).expect("there is a code");
    assert_eq!(*back, "# Mail\none-1\ntwo-2");
    assert_eq!(tick(&ticked, 2, true).as_deref(), Some(&*ticked));
    assert!(tick(text, 0, true).is_none());
    assert!(tick(text, 3, true).is_none());
}

proptest! {
    #[test]
    fn sorting_loses_no_letter_or_digit_of_a_code(text in "[a-z0-9 ,;\\-\n]{0,200}") {
        let letters = |text: &str| -> Vec<char> {
            text.chars().filter(char::is_ascii_alphabetic).collect()
        };
        if let Some(sorted) = sorted(&text) {
            prop_assert_eq!(letters(&sorted), letters(&text));
        }
    }

    #[test]
    fn what_was_sorted_is_sorted(text in "\\PC{0,100}(\n\\PC{0,60}){0,6}") {
        if let Some(once) = sorted(&text)
            && let Some(twice) = sorted(&once)
        {
            prop_assert_eq!(sorted(&twice), None);
        }
    }

    #[test]
    fn ticking_changes_one_line_alone(text in "[a-z0-9 #✓\n]{0,120}", line in 0usize..8) {
        let before: Vec<Line<'_>> = lines(&text).collect();
        match tick(&text, line, true) {
            None => prop_assert!(before.get(line).is_none_or(|it| it.state == State::Remark)),
            Some(ticked) => {
                let after: Vec<Line<'_>> = lines(&ticked).collect();
                prop_assert_eq!(after[line].state, State::Used);
                let others = before.iter().zip(&after).enumerate().filter(|(at, _)| *at != line);
                for (_, (before, after)) in others {
                    prop_assert_eq!(before, after);
                }
            }
        }
    }
}
