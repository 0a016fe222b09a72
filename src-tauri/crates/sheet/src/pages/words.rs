//! Every word on recovery pages, in each language.

use jiff::civil::DateTime;

use crate::model::Language;
use crate::words::ENGLISH as SHEET;

/// The words of one language.
pub(crate) struct Words {
    /// BCP 47 tag.
    pub(crate) language: &'static str,
    /// Before the identifier; ASCII, since it is the file's title too.
    pub(crate) title: &'static str,
    /// Which page of how many this is.
    pub(crate) page: fn(usize, usize) -> String,
    pub(crate) wallet: &'static str,
    pub(crate) made: &'static str,
    pub(crate) items: fn(usize) -> String,
    pub(crate) set: &'static str,
    pub(crate) what: &'static str,
    /// What these pages are good for, given the identifier.
    pub(crate) purpose: fn(&str) -> String,
    pub(crate) restore: &'static str,
    pub(crate) steps: &'static str,
    pub(crate) without: &'static str,
    /// Before a part's number, under its symbol.
    pub(crate) part: &'static str,
    /// What a symbol is, for those who cannot see it; ASCII.
    pub(crate) symbol: &'static str,
    /// Date and time of day, then the clock's offset from UTC.
    pub(crate) date: fn(DateTime, &str) -> String,
}

impl Words {
    pub(crate) fn of(language: Language) -> &'static Words {
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }
}

const ENGLISH: Words = Words {
    language: "en",
    title: "Recovery pages",
    page: |page, pages| format!("Page {page} of {pages}"),
    wallet: "Wallet",
    made: "Made on",
    items: |items| match items {
        1 => String::from("1 item"),
        _ => format!("{items} items"),
    },
    set: "Set",
    what: "What this is",
    purpose: |identifier| {
        format!(
            "The wallet as it was on that day. Any one page may be missing. They open only with backup code {identifier}: keep them away from its recovery sheet, since whoever has both can open the wallet."
        )
    },
    restore: "How to restore it",
    steps: "In the Backup Code app, choose “Restore a wallet”, scan or drop the pages in any order, and enter the code.",
    without: "Without the app: zbarimg, a UR decoder, age and gunzip; see docs/restore-without-the-app.md.",
    part: "Part",
    symbol: "QR code that holds a part of the wallet",
    date: SHEET.date,
};

const GERMAN: Words = Words {
    language: "de",
    title: "Wiederherstellungsseiten",
    page: |page, pages| format!("Seite {page} von {pages}"),
    wallet: "Wallet",
    made: "Erstellt am",
    items: |items| match items {
        1 => String::from("1 Eintrag"),
        _ => format!("{items} Einträge"),
    },
    set: "Satz",
    what: "Was das ist",
    purpose: |identifier| {
        format!(
            "Die Wallet, wie sie an diesem Tag war. Eine beliebige Seite darf fehlen. Nur der Backup-Code {identifier} öffnet sie: Getrennt von dessen Blatt aufbewahren, denn beides zusammen öffnet die Wallet."
        )
    },
    restore: "So stellen Sie sie wieder her",
    steps: "In der App Backup Code „Wallet wiederherstellen“ wählen, Seiten in beliebiger Folge scannen, Code eingeben.",
    without: "Ohne die App: zbarimg, ein UR-Decoder, age, gunzip; siehe docs/restore-without-the-app.md.",
    part: "Teil",
    symbol: "QR-Code mit einem Teil der Wallet",
    date: german_date,
};

fn german_date(local: DateTime, offset: &str) -> String {
    const MONTHS: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let month = MONTHS
        .get(usize::from(local.month().unsigned_abs()).wrapping_sub(1))
        .copied()
        .unwrap_or_default();
    format!(
        "{}. {month} {}, {:02}:{:02} Uhr ({offset})",
        local.day(),
        local.year(),
        local.hour(),
        local.minute()
    )
}
