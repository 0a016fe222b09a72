//! The one folding of text that people type or paste: codes, groups, six digits, e-mail addresses.
//!
//! What looks the same becomes the same: compatibility forms (NFKC, which includes full-width
//! ones), characters that nobody sees, and the decimal digits of every script. What a separator or
//! a quotation mark means is up to the reader of the text.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;

/// Marks of a character that cannot be read; the last one is that of other programs.
pub(crate) const UNREADABLE: [char; 4] = ['?', '_', '*', '\u{FFFD}'];

/// Folds a text: removes unseen characters, applies NFKC, and replaces decimal digits of every
/// script by ASCII ones. Folding the result again changes nothing.
///
/// White space stays, and the blank of Braille becomes a space. The characters are produced one by
/// one, so the caller decides where a secret is kept.
pub fn fold(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|character| !is_ignorable(*character))
        // NFKC would make a space with a combining mark of it.
        .map(|character| match character {
            '\u{00B4}' => '\'',
            other => other,
        })
        .nfkc()
        // A compatibility form may contain one.
        .filter(|character| !is_ignorable(*character))
        .map(|character| match character {
            '\u{2800}' => ' ',
            other => to_ascii_digit(other).unwrap_or(other),
        })
}

/// Returns whether the character is seen as a mark of its own. White space, control and format
/// characters, combining marks, private and unassigned ones are not, and have to be named by their
/// number.
pub fn is_seen(character: char) -> bool {
    let unseen = match category(character) {
        GeneralCategory::Control
        | GeneralCategory::Format
        | GeneralCategory::Surrogate
        | GeneralCategory::PrivateUse
        | GeneralCategory::Unassigned
        | GeneralCategory::SpaceSeparator
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator
        | GeneralCategory::NonspacingMark
        | GeneralCategory::EnclosingMark => true,
        _ => character == '\u{2800}',
    };
    !unseen && !is_ignorable(character)
}

/// Returns true for white space, hyphens, dashes and quotation marks.
pub fn is_separator(character: char) -> bool {
    is_quote(character)
        // The minus sign is a mathematical symbol, not a dash.
        || character == '\u{2212}'
        || character.is_whitespace()
        || category(character) == GeneralCategory::DashPunctuation
}

/// Returns true for quotation marks of any language, and for what is typed in their place.
pub fn is_quote(character: char) -> bool {
    match character {
        '"' | '\'' | '`' | '\u{2032}' | '\u{2033}' => true,
        // The low ones, and the corner brackets of East Asia.
        '\u{201A}' | '\u{201E}' | '\u{300C}'..='\u{300F}' | '\u{301D}'..='\u{301F}' => true,
        other => matches!(
            category(other),
            GeneralCategory::InitialPunctuation | GeneralCategory::FinalPunctuation
        ),
    }
}

/// Zero-width characters, direction marks, soft hyphens, variation selectors, fillers; control
/// characters other than white space (the NULs of UTF-16 among them); annotation marks.
fn is_ignorable(character: char) -> bool {
    // Most text is ASCII.
    if character.is_ascii() {
        return character.is_ascii_control() && !character.is_whitespace();
    }
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
        || (character.is_control() && !character.is_whitespace())
        || matches!(character, '\u{FFF9}'..='\u{FFFB}')
}

/// Unicode assigns the decimal digits of a script to ten code points in a row, from zero to nine.
fn to_ascii_digit(character: char) -> Option<char> {
    if character.is_ascii() {
        return None;
    }
    let is_digit = |c: char| category(c) == GeneralCategory::DecimalNumber;
    let before = (0..)
        .map_while(|back| char::from_u32(u32::from(character).checked_sub(back)?))
        .take_while(|c| is_digit(*c))
        .count();
    let value = u32::try_from(before.checked_sub(1)? % 10).ok()?;
    char::from_digit(value, 10)
}

fn category(character: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> String {
        fold(text).collect()
    }

    #[test]
    fn the_decimal_digits_of_every_script_are_those_of_ascii() {
        for zero in [
            '\u{0660}',
            '\u{06F0}',
            '\u{07C0}',
            '\u{0966}',
            '\u{09E6}',
            '\u{0E50}',
            '\u{1040}',
            '\u{17E0}',
            '\u{1A80}',
            '\u{1A90}',
            '\u{A9D0}',
            '\u{A9F0}',
            '\u{FF10}',
            '\u{104A0}',
            '\u{1D7CE}',
            '\u{1D7D8}',
            '\u{1E950}',
            '\u{1FBF0}',
        ] {
            let digits = (0..10).filter_map(|n| char::from_u32(u32::from(zero) + n));
            assert_eq!(
                folded(&digits.collect::<String>()),
                "0123456789",
                "{zero:?}"
            );
        }
    }

    #[test]
    fn what_nobody_sees_is_removed_and_white_space_stays() {
        let unseen = "\u{0}\u{7}\u{AD}\u{34F}\u{61C}\u{115F}\u{180E}\u{200B}\u{200D}\u{200E}\
                      \u{200F}\u{202A}\u{202E}\u{2060}\u{2063}\u{2066}\u{2069}\u{3164}\u{FE0F}\
                      \u{FEFF}\u{FFA0}\u{FFF9}\u{E0020}\u{E0100}";
        assert_eq!(folded(unseen), "");
        assert_eq!(folded("a\u{0}b\u{200B}c"), "abc");
        assert_eq!(
            folded("a\tb\r\nc\u{A0}d\u{3000}e\u{2800}f"),
            "a\tb\r\nc d e f"
        );
    }

    #[test]
    fn forms_of_compatibility_are_the_plain_ones() {
        assert_eq!(
            folded("\u{FF21}\u{FF5A}\u{FF20}\u{FF1F}\u{2461}\u{212A}"),
            "Az@?2K"
        );
        assert_eq!(folded("e\u{200D}\u{301}"), "\u{E9}");
    }

    #[test]
    fn marks_of_their_own_are_told_from_unseen_characters() {
        for seen in ['a', '#', '\u{E9}', '\u{6F22}', '\u{1F511}', '\u{FFFD}'] {
            assert!(is_seen(seen), "{seen:?}");
        }
        for unseen in [
            ' ', '\u{0}', '\u{200B}', '\u{301}', '\u{E000}', '\u{378}', '\u{2800}',
        ] {
            assert!(!is_seen(unseen), "{unseen:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in any::<String>()) {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
