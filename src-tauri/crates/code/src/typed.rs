//! Lenient parsing of typed codes.

use zeroize::Zeroizing;

use crate::folding::{UNREADABLE, fold, is_separator};
use crate::furniture::{body, printed_numbers};
use crate::symbol::Symbol;

/// Maximum length of the text in bytes. A code is far shorter, whatever separators it contains.
pub const TEXT_LIMIT: usize = 1024;

/// The typed symbols in order, each readable or not. Secret.
///
/// [`TypedCode::read`] decides whether they are a code.
pub struct TypedCode {
    symbols: Zeroizing<Vec<Option<Symbol>>>,
}

/// Reasons why a text cannot be part of a code.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The character is not in the alphabet and resembles no character that is.
    #[error("{character:?} at position {position} is not a character of a backup code")]
    Illegal {
        /// The character as typed.
        character: char,
        /// Position of the character, counted in symbols from 1; separators do not count.
        position: usize,
    },
    /// The text is longer than [`TEXT_LIMIT`]; none of it was parsed.
    #[error("the text has {have} bytes, which is too long for a backup code")]
    TooLong {
        /// Length of the text in bytes.
        have: usize,
    },
}

/// Classification of a character.
enum Character {
    Symbol(Symbol),
    Unreadable,
    Separator,
    Illegal,
}

impl TypedCode {
    /// Parses `text` leniently. It is folded first ([`crate::folding`]). Case is ignored. Spaces,
    /// hyphens, quotation marks and line breaks of any kind are skipped, and so are a label in
    /// front, printed numbers, and punctuation at the end. `O` is read as `0`, `I` and `1` as `L`,
    /// `B` as `8`, and Cyrillic and Greek letters as those that they resemble. `?`, `_` and `*`
    /// mark unreadable characters. Any number of symbols is accepted, so an entry in progress can
    /// be parsed too.
    ///
    /// # Errors
    /// Returns the first illegal character, or [`ParseError::TooLong`] for a text longer than
    /// [`TEXT_LIMIT`].
    pub fn parse(text: &str) -> Result<TypedCode, ParseError> {
        if text.len() > TEXT_LIMIT {
            return Err(ParseError::TooLong { have: text.len() });
        }
        let characters = without_furniture(text);
        // The capacity is final: a vector that grows leaves copies that are not zeroized.
        let mut symbols = Zeroizing::new(Vec::with_capacity(characters.len()));
        for &character in characters.iter() {
            match classify(character) {
                Character::Symbol(symbol) => symbols.push(Some(symbol)),
                Character::Unreadable => symbols.push(None),
                Character::Separator => {}
                Character::Illegal => {
                    let position = symbols.len() + 1;
                    return Err(ParseError::Illegal {
                        character,
                        position,
                    });
                }
            }
        }
        Ok(TypedCode { symbols })
    }

    /// Spells the characters of a pasted text for the field that it is pasted into, as
    /// [`TypedCode::parse`] reads it. Illegal characters stay in place, so that they can be
    /// explained. A text over the limit stays as it is.
    pub fn spell(text: &str) -> Zeroizing<String> {
        if text.len() > TEXT_LIMIT {
            return Zeroizing::new(text.to_owned());
        }
        let characters = without_furniture(text);
        let spelled = |character: &char| match classify(*character) {
            Character::Symbol(symbol) => Some(symbol.to_char()),
            Character::Unreadable => Some('?'),
            Character::Separator => None,
            Character::Illegal => Some(*character),
        };
        let bytes = characters.iter().filter_map(spelled).map(char::len_utf8);
        let mut text = Zeroizing::new(String::with_capacity(bytes.sum()));
        text.extend(characters.iter().filter_map(spelled));
        text
    }

    /// Returns the number of symbols, including unreadable ones; 60 for a complete code.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Returns whether the text contained separators only.
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    pub(crate) fn symbols(&self) -> &[Option<Symbol>] {
        &self.symbols
    }

    /// Returns all symbols in upper case; `None` if any is unreadable.
    pub fn to_text(&self) -> Option<Zeroizing<String>> {
        let mut text = Zeroizing::new(String::with_capacity(self.len()));
        for symbol in self.symbols.iter() {
            text.push((*symbol)?.to_char());
        }
        Some(text)
    }

    /// Returns all symbols in upper case with `?` for each unreadable one. [`TypedCode::parse`]
    /// reads the result back as the same symbols.
    pub fn spelled(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.len()));
        for symbol in self.symbols.iter() {
            text.push(symbol.map_or('?', Symbol::to_char));
        }
        text
    }
}

/// The folded text without label, printed numbers and punctuation at its end.
fn without_furniture(text: &str) -> Zeroizing<Vec<char>> {
    // The capacities are final, as above.
    let mut folded = Zeroizing::new(Vec::with_capacity(fold(text).count()));
    folded.extend(fold(text));
    let body = &folded[body(&folded)];
    let mut characters = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut from = 0;
    for number in printed_numbers(body) {
        characters.extend_from_slice(&body[from..number.start]);
        from = number.end;
    }
    characters.extend_from_slice(&body[from..]);
    characters
}

fn classify(character: char) -> Character {
    if let Some(symbol) = Symbol::from_char(resolve_look_alike(character)) {
        return Character::Symbol(symbol);
    }
    match character {
        mark if UNREADABLE.contains(&mark) => Character::Unreadable,
        // Middle dots and bullets of lists.
        '\u{00B7}' | '\u{2022}' | '\u{2219}' | '\u{22C5}' | '\u{30FB}' => Character::Separator,
        separator if is_separator(separator) => Character::Separator,
        _ => Character::Illegal,
    }
}

/// Replaces a character that no code has by the symbol that it resembles: those that BIP-173
/// excludes as ambiguous, and the letters of other alphabets that look like Latin capitals.
fn resolve_look_alike(character: char) -> char {
    let capital = match character {
        'a'..='z' => character.to_ascii_uppercase(),
        // In these alphabets a small letter need not look like its capital.
        '\u{0391}'..='\u{03A9}' => greek(character),
        '\u{0400}'..='\u{052F}' => cyrillic(character),
        other => other,
    };
    match capital {
        'O' => '0',
        'I' | '1' => 'L',
        'B' => '8',
        _ => capital,
    }
}

fn greek(capital: char) -> char {
    match capital {
        'Α' => 'A',
        'Β' => 'B',
        'Ε' => 'E',
        'Ζ' => 'Z',
        'Η' => 'H',
        'Ι' => 'I',
        'Κ' => 'K',
        'Μ' => 'M',
        'Ν' => 'N',
        'Ο' => 'O',
        'Ρ' => 'P',
        'Τ' => 'T',
        'Υ' => 'Y',
        'Χ' => 'X',
        other => other,
    }
}

fn cyrillic(letter: char) -> char {
    match letter {
        'А' | 'а' => 'A',
        'В' | 'в' => 'B',
        'Е' | 'е' => 'E',
        'З' | 'з' => '3',
        'І' | 'і' => 'I',
        'Ј' | 'ј' => 'J',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'Н' | 'н' => 'H',
        'О' | 'о' => 'O',
        'Р' | 'р' => 'P',
        'Ѕ' | 'ѕ' => 'S',
        'С' | 'с' => 'C',
        'Т' | 'т' => 'T',
        'У' | 'у' | 'Ү' | 'ү' => 'Y',
        'Х' | 'х' => 'X',
        'Ԍ' | 'ԍ' => 'G',
        'Ԛ' | 'ԛ' => 'Q',
        'Ԝ' | 'ԝ' => 'W',
        other => other,
    }
}
