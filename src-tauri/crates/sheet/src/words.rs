//! Every word on the sheet: one struct a language, and nothing printed from anywhere else.

use std::borrow::Cow;

use jiff::civil::DateTime;

use crate::model::Place;

/// The words of one language, and how it writes a date.
pub(crate) struct Words {
    /// BCP 47 tag, which readers and screen readers find in the PDF.
    pub(crate) language: &'static str,
    pub(crate) wallet: &'static str,
    pub(crate) made: &'static str,
    /// Before a date.
    pub(crate) works_until: &'static str,
    /// Before `until_used`.
    pub(crate) works: &'static str,
    pub(crate) until_used: &'static str,
    pub(crate) kept_at: &'static str,
    pub(crate) checked_on: &'static str,
    /// Before `which_sheet`.
    pub(crate) sheet: &'static str,
    /// Which sheet of a set this is, and how many are needed.
    pub(crate) which_sheet: fn(Place) -> String,
    pub(crate) scan_here_only: &'static str,
    pub(crate) letters: &'static str,
    pub(crate) fold: &'static str,
    pub(crate) redeem: &'static str,
    pub(crate) finder: &'static str,
    /// What depends on what the sheet carries: a whole code, or one sheet of a set.
    pub(crate) purpose: fn(Option<Place>) -> Purpose,
    /// Date and time of day, then the clock's offset from UTC.
    pub(crate) date: fn(DateTime, &str) -> String,
}

/// The words about what the sheet is good for.
pub(crate) struct Purpose {
    pub(crate) title: Cow<'static, str>,
    pub(crate) code: &'static str,
    /// What the QR symbol is, for those who cannot see it.
    pub(crate) symbol: &'static str,
    pub(crate) works_once: Cow<'static, str>,
    pub(crate) redeem_steps: [Cow<'static, str>; 5],
    pub(crate) finder_paragraphs: [Cow<'static, str>; 4],
}

/// English.
pub(crate) const ENGLISH: Words = Words {
    language: "en",
    wallet: "Wallet",
    made: "Made on",
    works_until: "Works until",
    works: "Works",
    until_used: "until used",
    kept_at: "Kept at",
    checked_on: "Checked on",
    sheet: "Sheet",
    which_sheet: english_place,
    scan_here_only: "Scan it with this app only: phone camera apps may send what they scan to the internet.",
    letters: "The code has no letters B, I or O and no digit 1, so 0 is always zero.",
    fold: "Fold here: this part then covers the code.",
    redeem: "How to use it",
    finder: "What a finder can do",
    purpose: |place| place.map_or(ENGLISH_CODE, english_set),
    date: english_date,
};

const OPEN: Cow<'static, str> =
    Cow::Borrowed("On the computer where you made this sheet, open the Backup Code app.");
const CHOOSE: Cow<'static, str> = Cow::Borrowed("To sign in, choose “Use a backup code”.");
const EMAIL: Cow<'static, str> = Cow::Borrowed("Enter your e-mail, or choose “I don’t know it”.");

/// Of a whole code.
const ENGLISH_CODE: Purpose = Purpose {
    title: Cow::Borrowed("Recovery sheet"),
    code: "Your backup code",
    symbol: "QR code that holds the backup code",
    works_once: Cow::Borrowed("It works once."),
    redeem_steps: [
        OPEN,
        CHOOSE,
        EMAIL,
        Cow::Borrowed(
            "Scan the square, drop a photo of this sheet on the window, or type the 60 characters.",
        ),
        Cow::Borrowed(
            "Choose a new password. You are signed in, and this sheet is used up: make a new one.",
        ),
    ],
    finder_paragraphs: [
        Cow::Borrowed(
            "With this sheet alone: nothing. It works only on the computer where you made it.",
        ),
        Cow::Borrowed(
            "With this sheet and that computer, signed in to its desktop: open your wallet. Keep them apart.",
        ),
        Cow::Borrowed(
            "Lost it, or has someone seen it? Sign in and make a new sheet. This one then stops working.",
        ),
        Cow::Borrowed(
            "If that computer is lost or its login is reset, this sheet no longer helps.",
        ),
    ],
};

fn english_place(place: Place) -> String {
    let Place {
        index,
        needed,
        sheets,
    } = place;
    let needed = match sheets {
        _ if place.spare() => format!("any {needed} of them are needed"),
        2 => String::from("both are needed"),
        _ => String::from("all of them are needed"),
    };
    format!("{index}, one of {sheets}; {needed}")
}

/// Of a sheet of a set.
fn english_set(place: Place) -> Purpose {
    let Place { index, needed, .. } = place;
    let (once, alone) = match needed {
        2 => (
            Cow::Borrowed("It works once, with one other sheet."),
            Cow::Borrowed(
                "With this sheet alone: nothing. It holds no information about the code.",
            ),
        ),
        _ => (
            format!("It works once, with {} other sheets.", needed.saturating_sub(1)).into(),
            format!(
                "With this sheet alone, or with fewer than {needed} of the set: nothing. Fewer hold no information about the code."
            )
            .into(),
        ),
    };
    Purpose {
        title: format!("Recovery sheet {index}").into(),
        code: "This sheet’s 60 characters",
        symbol: "QR code that holds this sheet’s 60 characters",
        works_once: once,
        redeem_steps: [
            OPEN,
            CHOOSE,
            EMAIL,
            format!(
                "Enter {needed} sheets of this set, in any order: scan the square, drop a photo on the window, or type the 60 characters."
            )
            .into(),
            Cow::Borrowed(
                "Choose a new password. You are signed in, and this set is used up: make a new one.",
            ),
        ],
        finder_paragraphs: [
            alone,
            format!(
                "With {needed} sheets and that computer, signed in to its desktop: open your wallet. Keep them apart."
            )
            .into(),
            if place.spare() {
                format!(
                    "Lost it? Sign in and make it again from {needed} others. Has someone seen it? Make a new set: these sheets then stop working."
                )
                .into()
            } else {
                Cow::Borrowed(
                    "Lost it, or has someone seen it? Sign in and make a new set. These sheets then stop working.",
                )
            },
            Cow::Borrowed(
                "If that computer is lost or its login is reset, these sheets no longer help.",
            ),
        ],
    }
}

fn english_date(local: DateTime, offset: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS
        .get(usize::from(local.month().unsigned_abs()).wrapping_sub(1))
        .copied()
        .unwrap_or_default();
    format!(
        "{} {month} {}, {:02}:{:02} ({offset})",
        local.day(),
        local.year(),
        local.hour(),
        local.minute()
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn place(needed: u8, sheets: u8) -> Place {
        Place {
            index: code::ShareIndex::in_order().nth(1).unwrap(),
            needed,
            sheets,
        }
    }

    #[test]
    fn a_sheet_says_whether_any_or_all_of_its_set_are_needed() {
        for (needed, sheets, said) in [
            (2, 3, "C, one of 3; any 2 of them are needed"),
            (2, 2, "C, one of 2; both are needed"),
            (9, 9, "C, one of 9; all of them are needed"),
        ] {
            assert_eq!(english_place(place(needed, sheets)), said);
        }
    }

    #[test]
    fn only_a_set_with_a_sheet_to_spare_promises_that_a_lost_one_can_be_made_again() {
        for (needed, sheets, spare) in [(2, 3, true), (9, 31, true), (2, 2, false), (9, 9, false)] {
            let [_, _, lost, _] = english_set(place(needed, sheets)).finder_paragraphs;
            assert_eq!(lost.contains("make it again"), spare, "{lost}");
        }
    }

    #[test]
    fn an_english_date_names_day_month_year_minute_and_offset() {
        let date = |month, day, hour| jiff::civil::date(2026, month, day).at(hour, 5, 59, 0);
        assert_eq!(
            english_date(date(5, 3, 14), "UTC+02:00"),
            "3 May 2026, 14:05 (UTC+02:00)"
        );
        assert_eq!(
            english_date(date(12, 31, 0), "UTC"),
            "31 December 2026, 00:05 (UTC)"
        );
        assert_eq!(
            english_date(date(1, 1, 9), "UTC-09:30"),
            "1 January 2026, 09:05 (UTC-09:30)"
        );
    }
}
