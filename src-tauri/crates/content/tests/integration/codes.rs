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
        "  1. 1234 5678     3. 2345 6789\n  2. 3456 7890     4. 4567 8901\n",
        &["1234 5678", "2345 6789", "3456 7890", "4567 8901"],
    );
    sorts(
        "abcde-fghij klmno-pqrst\nuvwxy-z1234 56789-abcde",
        &["abcde-fghij", "klmno-pqrst", "uvwxy-z1234", "56789-abcde"],
    );
    sorts(
        "SAVE YOUR BACKUP CODES!\nKeep these backup codes somewhere safe.\n• a1b2c3d4e5\n• f6g7h8i9j0",
        &[
            "# SAVE YOUR BACKUP CODES!",
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
fn what_may_be_part_of_a_code_stays_with_it() {
    let codes = [
        "123456",
        "12:34:56:78",
        "5.kXm29Qd",
        "-k9X_3bQz",
        "*7Gq2",
        "[A1]b2c3d4",
        "p@ss,w0rd1",
        "K7WX 9QZ2PA",
        "12345 67890 12345 67890 12345 67890",
        "apple river stone cloud moons lamp",
        "11111-22222 - used",
        "12. 34",
        "123.456",
    ];
    for code in codes {
        assert_eq!(sorted(code), None, "{code}");
    }
    // Numbers count where they run from 1 on.
    sorts("1. 34\n3. 56", &["1. 34", "3. 56"]);
    sorts("2) 333444\n1) 111222", &["333444", "111222"]);
    sorts("1) 1) a-1", &["a-1"]);
    sorts("✓\t12345678\n[ ] 23456789", &["✓ 12345678", "23456789"]);
}

#[test]
fn what_is_sorted_stays_as_it_is() {
    let text = "# For the mail account\n✓ abcde-fghij\nklmno-pqrst\n1234 5678";
    assert_eq!(sorted(text), None);
    let read: Vec<(&str, State)> = lines(text).map(|line| (line.text, line.state)).collect();
    assert_eq!(
        read,
        [
            ("For the mail account", State::Remark),
            ("abcde-fghij", State::Used),
            ("klmno-pqrst", State::Left),
            ("1234 5678", State::Left),
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
    fn sorting_takes_codes_whole_out_of_the_text(text in "[a-z0-9 ,;:.()*✓#\\[\\]\\-\t\n]{0,200}") {
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = spaced(&text);
        if let Some(sorted) = sorted(&text) {
            for line in lines(&sorted) {
                prop_assert!(whole.contains(&spaced(line.text)), "{}", line.text);
            }
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).count();
            prop_assert_eq!(letters(&sorted), letters(&text));
        }
    }

    #[test]
    fn what_was_sorted_is_sorted(text in "[a-z0-9 ,;:.()*✓#\\[\\]\\-\t\n]{0,200}") {
        if let Some(once) = sorted(&text) {
            prop_assert_eq!(sorted(&once), None);
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
                    prop_assert!(before == after);
                }
            }
        }
    }
}
