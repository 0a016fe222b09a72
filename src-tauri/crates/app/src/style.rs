//! How sheets and pages are drawn: paper, language, the wallet's name, and local time.

use std::path::PathBuf;

use sheet::{Language, LocalTime, Paper};
use usecases::session::Session;
use wallet::Timestamp;

/// Number of characters of the longest label. The sheet itself ends one that is too long for it in
/// an ellipsis.
const LONGEST_LABEL: usize = 200;

/// The choices that sheets and pages share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// The paper to lay it out for.
    pub paper: Paper,
    /// The language to write it in.
    pub language: Language,
    /// What names the wallet.
    pub named: NamedBy,
}

/// What names the wallet on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// Its e-mail address.
    Email,
    /// A text that the person chose.
    Label(String),
    /// Nothing.
    Nothing,
}

impl NamedBy {
    /// The text to print; an empty one prints as none.
    pub(crate) fn on_paper(&self, session: &Session) -> Option<String> {
        match self {
            Self::Email => Some(session.email().to_string()),
            Self::Label(label) => Some(label.trim().chars().take(LONGEST_LABEL).collect()),
            Self::Nothing => None,
        }
    }
}

/// Returns how many seconds local time is ahead of UTC at a time.
pub type LocalOffset<'a> = &'a dyn Fn(Timestamp) -> i32;

/// The time with this computer's offset, as it is printed.
pub(crate) fn local_time(at: Timestamp, offset: LocalOffset<'_>) -> LocalTime {
    LocalTime {
        unix: at.0,
        offset_seconds: offset(at),
    }
}

/// Adds the extension unless the path has it.
pub fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    match path.extension() {
        Some(own) if own.eq_ignore_ascii_case(extension) => path,
        Some(_) | None => path.with_added_extension(extension),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_file_name_gets_the_extension_once() {
        let named = |name: &str| {
            let path = with_extension(PathBuf::from(name), "pdf");
            path.display().to_string()
        };
        assert_eq!(named("sheet"), "sheet.pdf");
        assert_eq!(named("sheet.PDF"), "sheet.PDF");
        assert_eq!(named("my.sheet"), "my.sheet.pdf");
    }
}
