//! Every word on the sheet: one struct a language, and nothing printed from anywhere else.

use std::borrow::Cow;

use jiff::civil::DateTime;

use crate::model::Place;

/// The words of one language, and how it writes a date.
pub(crate) struct Words {
    /// BCP 47 tag, which readers and screen readers find in the PDF.
    pub(crate) language: &'static str,
    pub(crate) title: &'static str,
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
    /// What the QR symbol is, for those who cannot see it.
    pub(crate) symbol: &'static str,
    pub(crate) scan_here_only: &'static str,
    pub(crate) letters: &'static str,
    pub(crate) fold: &'static str,
    pub(crate) redeem: &'static str,
    pub(crate) finder: &'static str,
    /// What depends on what the sheet carries: a whole code, or one sheet of a set.
    pub(crate) alone: Purpose,
    pub(crate) of_set: fn(Place) -> Purpose,
    /// Date and time of day, then the clock's offset from UTC.
    pub(crate) date: fn(DateTime, &str) -> String,
}

/// The words about what the sheet is good for.
pub(crate) struct Purpose {
    pub(crate) code: Cow<'static, str>,
    pub(crate) works_once: Cow<'static, str>,
    pub(crate) redeem_steps: [Cow<'static, str>; 5],
    pub(crate) finder_paragraphs: [Cow<'static, str>; 4],
}

/// English.
pub(crate) const ENGLISH: Words = Words {
    language: "en",
    title: "Recovery sheet",
    wallet: "Wallet",
    made: "Made on",
    works_until: "Works until",
    works: "Works",
    until_used: "until used",
    kept_at: "Kept at",
    checked_on: "Checked on",
    sheet: "Sheet",
    which_sheet: |Place {
                      index,
                      needed,
                      sheets,
                  }| {
        format!("{index}, one of {sheets}; any {needed} of them are needed")
    },
    symbol: "QR code that holds the backup code",
    scan_here_only: "Scan it with this app only: phone camera apps may send what they scan to the internet.",
    letters: "The code has no letters B, I or O and no digit 1, so 0 is always zero.",
    fold: "Fold here: this part then covers the code.",
    redeem: "How to use it",
    finder: "What a finder can do",
    alone: Purpose {
        code: Cow::Borrowed("Your backup code"),
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
    },
    of_set: english_set,
    date: english_date,
};

const OPEN: Cow<'static, str> =
    Cow::Borrowed("On the computer where you made this sheet, open the Backup Code app.");
const CHOOSE: Cow<'static, str> = Cow::Borrowed("To sign in, choose “Use a backup code”.");
const EMAIL: Cow<'static, str> = Cow::Borrowed("Enter your e-mail, or choose “I don’t know it”.");

fn english_set(Place { needed, .. }: Place) -> Purpose {
    Purpose {
        code: Cow::Borrowed("This sheet’s 60 characters"),
        works_once: format!("Together with {} others, once.", needed - 1)
            .replace("with 1 others", "with one other")
            .into(),
        redeem_steps: [
            OPEN,
            CHOOSE,
            EMAIL,
            format!(
                "Scan or type {needed} sheets of this set, in any order: the square, a photo, or the 60 characters of each."
            )
            .into(),
            Cow::Borrowed(
                "Choose a new password. You are signed in, and the whole set is used up: make a new one.",
            ),
        ],
        finder_paragraphs: [
            format!(
                "With fewer than {needed} sheets of this set: nothing. They hold no information about the code."
            )
            .into(),
            format!(
                "With {needed} sheets and that computer, signed in to its desktop: open your wallet. Keep the sheets apart."
            )
            .into(),
            format!(
                "Lost it? Sign in with any {needed} sheets at hand and make it again, or make a new set: these then stop working."
            )
            .into(),
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
    use super::*;

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
