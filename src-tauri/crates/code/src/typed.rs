//! What a person typed, after the forgiveness that reading by eye and hand asks for.

use zeroize::Zeroizing;

use crate::symbol::Symbol;

/// Bytes of text that are looked at; a code with separators of any kind is far shorter.
pub const TEXT_LIMIT: usize = 1024;

/// Symbols in the order typed, each read or unreadable. Secret.
///
/// Whether they are a code is for [`TypedCode::read`] to say.
pub struct TypedCode {
    symbols: Zeroizing<Vec<Option<Symbol>>>,
}

/// Why a text cannot be part of a code at all.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A character that is neither in the alphabet nor mistaken for one that is.
    #[error("{character:?} at position {position} is not a character of a backup code")]
    Illegal {
        /// The character as it was typed.
        character: char,
        /// Where it stands, counted from 1 over symbols (separators do not count).
        position: usize,
    },
    /// More than [`TEXT_LIMIT`] bytes; nothing was read.
    #[error("{have} bytes are more than any backup code has")]
    TooLong {
        /// Bytes of the text.
        have: usize,
    },
}

/// What one character of the text is.
enum Character {
    Symbol(Symbol),
    Unreadable,
    Separator,
    Illegal,
}

impl TypedCode {
    /// Reads `text` forgivingly: any case; spaces, hyphens and line breaks of any kind are skipped;
    /// `O` is read as `0`, `I` and `1` as `L`, `B` as `8`; `?`, `_` and `*` are unreadable
    /// characters. Any number of symbols is accepted, so that an unfinished entry can be read too.
    ///
    /// # Errors
    /// The first character that has no reading, or a text of more than [`TEXT_LIMIT`] bytes.
    pub fn parse(text: &str) -> Result<TypedCode, ParseError> {
        if text.len() > TEXT_LIMIT {
            return Err(ParseError::TooLong { have: text.len() });
        }
        // Full size at once: a vector that grows leaves unwiped copies behind.
        let mut symbols = Zeroizing::new(Vec::with_capacity(text.len()));
        for character in text.chars() {
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

    /// Symbols typed, unreadable ones included; 60 for a complete code.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether nothing but separators was typed.
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    pub(crate) fn symbols(&self) -> &[Option<Symbol>] {
        &self.symbols
    }

    /// All symbols in upper case; `None` if any is unreadable.
    pub fn to_text(&self) -> Option<Zeroizing<String>> {
        let mut text = Zeroizing::new(String::with_capacity(self.len()));
        for symbol in self.symbols.iter() {
            text.push((*symbol)?.to_char());
        }
        Some(text)
    }

    /// All symbols in upper case, `?` for each that is unreadable: what [`TypedCode::parse`] reads as the same again.
    pub fn spelled(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.len()));
        for symbol in self.symbols.iter() {
            text.push(symbol.map_or('?', Symbol::to_char));
        }
        text
    }
}

fn classify(character: char) -> Character {
    if let Some(symbol) = Symbol::from_char(look_alike(character)) {
        return Character::Symbol(symbol);
    }
    match character {
        '?' | '_' | '*' => Character::Unreadable,
        separator if is_separator(separator) => Character::Separator,
        _ => Character::Illegal,
    }
}

/// The symbol that a person means by a character that BIP-173 left out for looking like another.
fn look_alike(character: char) -> char {
    match character {
        'O' | 'o' => '0',
        'I' | 'i' | '1' => 'L',
        'B' | 'b' => '8',
        other => other,
    }
}

/// White space, hyphens, dashes, and the invisible marks that copying from a document brings along.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{2010}'..='\u{2015}' // hyphens, en and em dash, bar
                | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' // minus; small and full-width forms
                | '\u{00AD}' // soft hyphen
                | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' // zero-width and direction marks
        )
}
