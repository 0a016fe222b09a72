//! The text of the sheet, one file for each language. All printed text comes from here.
//!
//! In the paragraphs of [`Purpose`], text in back quotes is to be typed literally and is set in the
//! typeface of the code.

mod english;
mod german;

use std::borrow::Cow;

use code::Identifier;
use jiff::civil::DateTime;

use crate::model::{Copies, Language, SetPosition};

/// The text in one language, and its date format.
pub(crate) struct Words {
    /// BCP 47 tag, which the PDF contains for viewers and screen readers.
    pub(crate) language: &'static str,
    /// Label of a wallet's e-mail or of a label that the person chose.
    pub(crate) wallet: &'static str,
    /// Label of a date.
    pub(crate) made: &'static str,
    /// Label of a date.
    pub(crate) works_until: &'static str,
    /// Label of `until_used`.
    pub(crate) works: &'static str,
    pub(crate) until_used: &'static str,
    pub(crate) kept_at: &'static str,
    pub(crate) checked_on: &'static str,
    /// Label of `which_sheet`.
    pub(crate) sheet: &'static str,
    /// The sheet's position in the set, and how many sheets are needed.
    pub(crate) which_sheet: fn(SetPosition) -> String,
    pub(crate) scan_here_only: &'static str,
    pub(crate) letters: &'static str,
    pub(crate) fold: &'static str,
    pub(crate) redeem: &'static str,
    pub(crate) by_hand: &'static str,
    pub(crate) finder: &'static str,
    /// The text that depends on the kind of sheet.
    pub(crate) purpose: fn(Kind) -> Purpose,
    /// Formats a date and time with this offset from UTC.
    pub(crate) date: fn(DateTime, &str) -> String,
}

impl Words {
    pub(crate) fn of(language: Language) -> &'static Words {
        match language {
            Language::English => &english::WORDS,
            Language::German => &german::WORDS,
        }
    }
}

/// The kind of a sheet, on which its instructions depend.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// Position in a set; `None` for a whole code.
    pub(crate) position: Option<SetPosition>,
    /// The copies that the code opens on any computer.
    pub(crate) copies: Option<Copies>,
    /// Part of the name of the kit's folder.
    pub(crate) identifier: Identifier,
}

/// The text that depends on the kind of sheet.
pub(crate) struct Purpose {
    pub(crate) title: Cow<'static, str>,
    pub(crate) code: &'static str,
    /// Alternative text of the QR symbol.
    pub(crate) symbol: &'static str,
    pub(crate) works_once: Cow<'static, str>,
    pub(crate) redeem: [Cow<'static, str>; 5],
    /// How to restore with other programs; empty if there is nothing to restore.
    pub(crate) by_hand: Vec<Cow<'static, str>>,
    pub(crate) finder: Vec<Cow<'static, str>>,
}

/// The document about restoring with other programs, which is part of the program.
const BY_HAND_IN_FULL: &str = "docs/restore-without-the-app.md";

/// The folder of a code's kit.
fn kit_folder(identifier: Identifier) -> String {
    format!("`backup-kit-{identifier}`")
}

/// Name of a date's month.
fn month<'a>(names: &[&'a str; 12], date: DateTime) -> &'a str {
    usize::from(date.month().unsigned_abs())
        .checked_sub(1)
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    /// The kind of a sheet of a set, given as needed sheets and all sheets, or of a whole code.
    pub(super) fn kind(set: Option<(u8, u8)>, copies: Option<Copies>) -> Kind {
        Kind {
            position: set.map(|(needed, sheets)| position(needed, sheets)),
            copies,
            identifier: "ACDE".parse().unwrap(),
        }
    }

    pub(super) fn position(needed: u8, sheets: u8) -> SetPosition {
        SetPosition {
            index: code::ShareIndex::in_order().nth(1).unwrap(),
            needed,
            sheets,
        }
    }

    const LANGUAGES: [Language; 2] = [Language::English, Language::German];
    const SETS: [Option<(u8, u8)>; 4] = [None, Some((2, 3)), Some((2, 2)), Some((9, 31))];

    #[test]
    fn only_a_code_with_copies_explains_how_to_restore_without_the_app() {
        for language in LANGUAGES {
            for set in SETS {
                let by_hand = |copies| {
                    (Words::of(language).purpose)(kind(set, copies))
                        .by_hand
                        .join("\n")
                };
                let kit = "`age -d -i identity.age wallet.age`";
                assert!(by_hand(None).is_empty());
                for copies in [Copies::Kit, Copies::Pages, Copies::KitAndPages] {
                    let text = by_hand(Some(copies));
                    assert_eq!(text.contains(kit), copies != Copies::Pages, "{text}");
                    assert_eq!(text.contains("`gunzip`"), copies != Copies::Kit, "{text}");
                    assert_eq!(text.contains("BIP-93"), set.is_some(), "{text}");
                    assert!(text.contains(BY_HAND_IN_FULL), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_kit_is_identified_by_its_folder() {
        for language in LANGUAGES {
            for set in SETS {
                let steps = |copies| {
                    (Words::of(language).purpose)(kind(set, copies))
                        .redeem
                        .join("\n")
                };
                assert!(steps(Some(Copies::Kit)).contains("`backup-kit-ACDE`"));
                assert!(steps(Some(Copies::KitAndPages)).contains("`backup-kit-ACDE`"));
                assert!(!steps(Some(Copies::Pages)).contains("backup-kit"));
                assert!(!steps(None).contains("backup-kit"));
            }
        }
    }

    #[test]
    fn text_to_type_is_marked_at_both_ends() {
        for language in LANGUAGES {
            for set in SETS {
                for copies in [
                    None,
                    Some(Copies::Kit),
                    Some(Copies::Pages),
                    Some(Copies::KitAndPages),
                ] {
                    let purpose = (Words::of(language).purpose)(kind(set, copies));
                    for text in purpose
                        .redeem
                        .iter()
                        .chain(&purpose.by_hand)
                        .chain(&purpose.finder)
                    {
                        assert_eq!(text.matches('`').count() % 2, 0, "{text}");
                    }
                }
            }
        }
    }
}
