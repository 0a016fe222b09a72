//! The text of a list of another service's codes in each language.

use crate::model::Language;

/// The text in one language.
pub(crate) struct Words {
    /// Heading of every page; ASCII, because it is also the file's title.
    pub(crate) title: &'static str,
    /// Page number and number of pages.
    pub(crate) page: fn(usize, usize) -> String,
    /// What the list is, and what it is not.
    pub(crate) note: &'static str,
    /// How many codes are left, and how many were used.
    pub(crate) count: fn(usize, usize) -> String,
    /// Precedes the space for a code that cannot be printed.
    pub(crate) by_hand: &'static str,
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
    title: "Codes of another service",
    page: |page, pages| format!("Page {page} of {pages}"),
    note: "This is a list of codes that another service gave you. It is not a backup code and not a recovery sheet, and it does not open your wallet in Backup Code. Anyone who has the list may be able to get into your account at that service. Tick off each code when you use it.",
    count: |left, used| {
        let left = match left {
            1 => String::from("1 code is left."),
            _ => format!("{left} codes are left."),
        };
        match used {
            0 => left,
            1 => format!("{left} 1 code was used and is not printed."),
            _ => format!("{left} {used} codes were used and are not printed."),
        }
    },
    by_hand: "This code has characters that cannot be printed. Copy it by hand:",
};

const GERMAN: Words = Words {
    title: "Codes eines anderen Dienstes",
    page: |page, pages| format!("Seite {page} von {pages}"),
    note: "Das ist eine Liste von Codes, die Ihnen ein anderer Dienst gegeben hat. Sie ist kein Backup-Code und kein Wiederherstellungsblatt und öffnet Ihre Wallet in Backup Code nicht. Wer die Liste hat, kommt vielleicht in Ihr Konto bei diesem Dienst. Haken Sie jeden Code ab, wenn Sie ihn benutzen.",
    count: |left, used| {
        let left = match left {
            1 => String::from("1 Code ist übrig."),
            _ => format!("{left} Codes sind übrig."),
        };
        match used {
            0 => left,
            1 => format!("{left} 1 Code wurde benutzt und ist nicht gedruckt."),
            _ => format!("{left} {used} Codes wurden benutzt und sind nicht gedruckt."),
        }
    },
    by_hand: "Dieser Code hat Zeichen, die nicht gedruckt werden können. Schreiben Sie ihn ab:",
};
