//! The text of recovery pages in each language.

use crate::model::Language;

/// The text in one language.
pub(crate) struct Words {
    /// BCP 47 tag.
    pub(crate) language: &'static str,
    /// Precedes the identifier; ASCII, because it is also the file's title.
    pub(crate) title: &'static str,
    /// Page number and number of pages.
    pub(crate) page: fn(usize, usize) -> String,
    pub(crate) wallet: &'static str,
    pub(crate) made: &'static str,
    pub(crate) items: fn(usize) -> String,
    pub(crate) set: &'static str,
    /// Heading of `purpose`.
    pub(crate) about: &'static str,
    /// What the pages are, given the identifier.
    pub(crate) purpose: fn(&str) -> String,
    pub(crate) restore: &'static str,
    pub(crate) steps: &'static str,
    pub(crate) without: &'static str,
    /// Precedes a part's number below its symbol.
    pub(crate) part: &'static str,
    /// Alternative text of a symbol; ASCII.
    pub(crate) symbol: &'static str,
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
    about: "What this is",
    purpose: |identifier| {
        format!(
            "The wallet as it was on that day. Any one page may be missing. They open only with backup code {identifier}: keep them away from its recovery sheet, for both together open the wallet."
        )
    },
    restore: "How to restore it",
    steps: "In the Backup Code app, choose “Restore a wallet”, scan or drop the pages in any order, and enter the code.",
    without: "Without the app: zbarimg, a UR decoder, age and gunzip; see docs/restore-without-the-app.md.",
    part: "Part",
    symbol: "QR code that holds a part of the wallet",
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
    about: "Was das ist",
    purpose: |identifier| {
        format!(
            "Der Stand der Wallet von diesem Tag. Eine beliebige Seite darf fehlen. Nur der Backup-Code {identifier} öffnet sie: Getrennt von dessen Blatt aufbewahren, beides zusammen öffnet die Wallet."
        )
    },
    restore: "So stellen Sie sie wieder her",
    steps: "In der App Backup Code „Wallet wiederherstellen“ wählen, Seiten in beliebiger Folge scannen, Code eingeben.",
    without: "Ohne die App: zbarimg, ein UR-Decoder, age, gunzip; siehe docs/restore-without-the-app.md.",
    part: "Teil",
    symbol: "QR-Code mit einem Teil der Wallet",
};
