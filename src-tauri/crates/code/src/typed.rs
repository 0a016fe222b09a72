//! Lenient parsing of typed codes.

use zeroize::Zeroizing;

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
    /// Parses `text` leniently. Case is ignored. Spaces, hyphens and line breaks of any kind are
    /// skipped. `O` is read as `0`, `I` and `1` as `L`, `B` as `8`. `?`, `_` and `*` mark
    /// unreadable characters. Any number of symbols is accepted, so an entry in progress can be
    /// parsed too.
    ///
    /// # Errors
    /// Returns the first illegal character, or [`ParseError::TooLong`] for a text longer than
    /// [`TEXT_LIMIT`].
    pub fn parse(text: &str) -> Result<TypedCode, ParseError> {
        if text.len() > TEXT_LIMIT {
            return Err(ParseError::TooLong { have: text.len() });
        }
        // The capacity is final: a vector that grows leaves copies that are not zeroized.
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

fn classify(character: char) -> Character {
    if let Some(symbol) = Symbol::from_char(resolve_look_alike(character)) {
        return Character::Symbol(symbol);
    }
    match character {
        '?' | '_' | '*' => Character::Unreadable,
        separator if is_separator(separator) => Character::Separator,
        _ => Character::Illegal,
    }
}

/// Replaces a character that BIP-173 excludes as ambiguous by the symbol that it resembles.
fn resolve_look_alike(character: char) -> char {
    match character {
        'O' | 'o' => '0',
        'I' | 'i' | '1' => 'L',
        'B' | 'b' => '8',
        other => other,
    }
}

/// Returns true for white space, hyphens, dashes, and invisible marks that copying from a document
/// adds.
fn is_separator(character: char) -> bool {
    match character {
        // Hyphen-minus, hyphens, dashes and the horizontal bar.
        '-' | '\u{2010}'..='\u{2015}' => true,
        // The minus sign, and small and full-width forms.
        '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => true,
        // The soft hyphen, and zero-width and direction marks.
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => true,
        other => other.is_whitespace(),
    }
}
