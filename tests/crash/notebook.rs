//! The person's knowledge: a file that outlives the program. Each line is written before or after
//! the event that it records.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

/// The person's knowledge at one moment.
#[derive(Clone, Default)]
pub(crate) struct Notebook {
    /// Password of the wallet.
    pub(crate) password: String,
    /// The password that was being set when the program ended.
    pub(crate) next: Option<String>,
    /// The code that was confirmed.
    pub(crate) confirmed: Option<String>,
    /// The code that was shown last and was not confirmed.
    pub(crate) shown: Option<String>,
    /// A code was being issued, and had not come on the screen, when the program ended.
    pub(crate) issuing: bool,
    /// The shown code was being confirmed when the program ended.
    pub(crate) confirming: bool,
    /// The confirmed code was being redeemed when the program ended.
    pub(crate) redeeming: bool,
    /// Lines in the notebook.
    pub(crate) lines: usize,
}

/// One line of the notebook.
pub(crate) enum Line<'a> {
    /// A password is in force.
    Password(&'a str),
    /// A password is about to be set.
    Next(&'a str),
    /// A code is about to be issued.
    Issuing,
    /// A code is on the screen.
    Shown(&'a str),
    /// The shown code is about to be confirmed.
    Confirming,
    /// It is confirmed.
    Confirmed,
    /// The confirmed code is about to be redeemed for this password.
    Redeeming(&'a str),
    /// It is redeemed; the new password is in force.
    Redeemed,
}

impl Line<'_> {
    fn words(&self) -> (&'static str, &str) {
        match self {
            Self::Password(text) => ("password", text),
            Self::Next(text) => ("next", text),
            Self::Issuing => ("issuing", ""),
            Self::Shown(text) => ("shown", text),
            Self::Confirming => ("confirming", ""),
            Self::Confirmed => ("confirmed", ""),
            Self::Redeeming(text) => ("redeeming", text),
            Self::Redeemed => ("redeemed", ""),
        }
    }
}

/// Appends a line. Once this returns, killing the process does not lose the line.
pub(crate) fn write(path: &Path, line: &Line<'_>) {
    let (word, text) = line.words();
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    file.write_all(format!("{word} {text}\n").as_bytes())
        .unwrap();
}

/// Reads the person's knowledge.
pub(crate) fn read(path: &Path) -> Notebook {
    let mut known = Notebook::default();
    for line in fs::read_to_string(path).unwrap().lines() {
        known.lines += 1;
        let (word, text) = line.split_once(' ').unwrap();
        let text = text.to_owned();
        match word {
            "password" => (known.password, known.next) = (text, None),
            "next" => known.next = Some(text),
            "issuing" => known.issuing = true,
            "shown" => (known.shown, known.issuing) = (Some(text), false),
            "confirming" => known.confirming = true,
            "confirmed" => {
                known.confirmed = known.shown.take();
                known.confirming = false;
            }
            "redeeming" => (known.redeeming, known.next) = (true, Some(text)),
            "redeemed" => {
                known.password = known.next.take().unwrap();
                (known.confirmed, known.shown, known.redeeming) = (None, None, false);
            }
            other => panic!("{other} is no word of a notebook"),
        }
    }
    known
}
