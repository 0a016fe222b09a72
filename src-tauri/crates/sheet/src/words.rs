//! Every word on the sheet: one struct a language, and nothing printed from anywhere else.

use jiff::civil::DateTime;

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
    pub(crate) code: &'static str,
    pub(crate) works_once: &'static str,
    /// What the QR symbol is, for those who cannot see it.
    pub(crate) symbol: &'static str,
    pub(crate) scan_here_only: &'static str,
    pub(crate) letters: &'static str,
    pub(crate) fold: &'static str,
    pub(crate) redeem: &'static str,
    pub(crate) redeem_steps: [&'static str; 5],
    pub(crate) finder: &'static str,
    pub(crate) finder_paragraphs: &'static [&'static str],
    /// Date and time of day, then the clock's offset from UTC.
    pub(crate) date: fn(DateTime, &str) -> String,
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
    code: "Your backup code",
    works_once: "It works once.",
    symbol: "QR code that holds the backup code",
    scan_here_only: "Scan it with this app only: phone camera apps may send what they scan to the internet.",
    letters: "The code has no letters B, I or O and no digit 1, so 0 is always zero.",
    fold: "Fold here: this part then covers the code.",
    redeem: "How to use it",
    redeem_steps: [
        "On the computer where you made this sheet, open the Backup Code app.",
        "To sign in, choose “Use a backup code”.",
        "Enter your e-mail, or choose “I don’t know it”.",
        "Scan the square, drop a photo of this sheet on the window, or type the 60 characters.",
        "Choose a new password. You are signed in, and this sheet is used up: make a new one.",
    ],
    finder: "What a finder can do",
    finder_paragraphs: &[
        "With this sheet alone: nothing. It works only on the computer where you made it.",
        "With this sheet and that computer, signed in to its desktop: open your wallet. Keep them apart.",
        "Lost it, or has someone seen it? Sign in and make a new sheet. This one then stops working.",
        "If that computer is lost or its login is reset, this sheet no longer helps.",
    ],
    date: english_date,
};

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
