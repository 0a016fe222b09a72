//! The lists of words.

use bip39::Language;

use super::slip39;
use super::word::Word;

/// A list that the words of a wallet are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// One of BIP-39: 2,048 words.
    Bip39(Language),
    /// That of SLIP-39: 1,024 words.
    Slip39,
}

impl List {
    /// The list that most phrases are of.
    pub(super) const ENGLISH: Self = Self::Bip39(Language::English);

    /// All lists, the most used first.
    pub(super) fn all() -> impl DoubleEndedIterator<Item = Self> {
        let bip39 = Language::ALL.iter().copied().map(Self::Bip39);
        bip39.chain([Self::Slip39])
    }

    /// Its words, in order.
    pub(super) fn words(self) -> &'static [&'static str] {
        match self {
            Self::Bip39(language) => language.word_list(),
            Self::Slip39 => slip39::list(),
        }
    }

    /// The place of each word, from 0.
    pub(super) fn places(self, words: &[Word]) -> Vec<Option<u16>> {
        let find = |word: &Word| match self {
            Self::Bip39(language) => language.find_word(&word.text),
            Self::Slip39 => {
                let place = slip39::list().binary_search(&word.text.as_str()).ok()?;
                u16::try_from(place).ok()
            }
        };
        words.iter().map(find).collect()
    }
}
