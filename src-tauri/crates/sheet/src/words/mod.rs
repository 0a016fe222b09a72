//! Every word on the sheet: one file a language, and nothing printed from anywhere else.
//!
//! In [`Purpose`]'s paragraphs, what stands between back quotes is to be typed as it is written, and is set in the
//! typeface of the code.

mod english;
mod german;

use std::borrow::Cow;

use code::Identifier;
use jiff::civil::DateTime;

use crate::model::{Copies, Language, Place};

/// The words of one language, and how it writes a date.
pub(crate) struct Words {
    /// BCP 47 tag, which readers and screen readers find in the PDF.
    pub(crate) language: &'static str,
    /// Before a wallet's e-mail, or a label that the person chose.
    pub(crate) wallet: &'static str,
    /// Before a date.
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
    pub(crate) by_hand: &'static str,
    pub(crate) finder: &'static str,
    /// What depends on the kind of sheet.
    pub(crate) purpose: fn(Kind) -> Purpose,
    /// Date and time of day, then the clock's offset from UTC.
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

/// What the words about a sheet's use depend on.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// Its place in a set; `None` for a whole code.
    pub(crate) place: Option<Place>,
    /// What the code opens on any computer.
    pub(crate) copies: Option<Copies>,
    /// Names the kit's folder.
    pub(crate) identifier: Identifier,
}

/// The words about what the sheet is good for.
pub(crate) struct Purpose {
    pub(crate) title: Cow<'static, str>,
    pub(crate) code: &'static str,
    /// What the QR symbol is, for those who cannot see it.
    pub(crate) symbol: &'static str,
    pub(crate) works_once: Cow<'static, str>,
    pub(crate) redeem: [Cow<'static, str>; 5],
    /// How to restore with other programs; empty where nothing can be.
    pub(crate) by_hand: Vec<Cow<'static, str>>,
    pub(crate) finder: Vec<Cow<'static, str>>,
}

/// The page that says all about restoring with other programs; it comes with the program.
const BY_HAND_IN_FULL: &str = "docs/restore-without-the-app.md";

/// The folder of a code's kit.
fn kit_folder(identifier: Identifier) -> String {
    format!("`backup-kit-{identifier}`")
}

/// The month's name, for a language that has twelve.
fn month<'a>(names: &[&'a str; 12], date: DateTime) -> &'a str {
    usize::from(date.month().unsigned_abs())
        .checked_sub(1)
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// The two sheets of a set of so many, of which so many are needed, or a whole code's.
    pub(super) fn kind(set: Option<(u8, u8)>, copies: Option<Copies>) -> Kind {
        Kind {
            place: set.map(|(needed, sheets)| place(needed, sheets)),
            copies,
            identifier: "ACDE".parse().unwrap(),
        }
    }

    pub(super) fn place(needed: u8, sheets: u8) -> Place {
        Place {
            index: code::ShareIndex::in_order().nth(1).unwrap(),
            needed,
            sheets,
        }
    }

    const LANGUAGES: [Language; 2] = [Language::English, Language::German];
    const SETS: [Option<(u8, u8)>; 4] = [None, Some((2, 3)), Some((2, 2)), Some((9, 31))];

    #[test]
    fn only_a_code_that_opens_copies_says_how_to_restore_without_the_app() {
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
                    let said = by_hand(Some(copies));
                    assert_eq!(said.contains(kit), copies != Copies::Pages, "{said}");
                    assert_eq!(said.contains("`gunzip`"), copies != Copies::Kit, "{said}");
                    assert_eq!(said.contains("BIP-93"), set.is_some(), "{said}");
                    assert!(said.contains(BY_HAND_IN_FULL), "{said}");
                }
            }
        }
    }

    #[test]
    fn a_kit_is_named_by_its_folder() {
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
    fn what_is_to_be_typed_is_marked_at_both_ends() {
        for language in LANGUAGES {
            for set in SETS {
                for copies in [
                    None,
                    Some(Copies::Kit),
                    Some(Copies::Pages),
                    Some(Copies::KitAndPages),
                ] {
                    let purpose = (Words::of(language).purpose)(kind(set, copies));
                    for said in purpose
                        .redeem
                        .iter()
                        .chain(&purpose.by_hand)
                        .chain(&purpose.finder)
                    {
                        assert_eq!(said.matches('`').count() % 2, 0, "{said}");
                    }
                }
            }
        }
    }
}
