//! The lists of words.

use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

use super::word::Word;
use super::{COUNTS, slip39};

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

    /// Whether a phrase, or a share, has so many words.
    pub(super) fn is_count(self, count: usize) -> bool {
        match self {
            Self::Bip39(_) => COUNTS.contains(&count),
            Self::Slip39 => slip39::is_count(count),
        }
    }

    /// Whether the words at these places are a whole phrase, or a share, whose checksum is right.
    pub(super) fn is_whole(self, places: &[u16]) -> bool {
        self.is_count(places.len())
            && match self {
                Self::Bip39(language) => is_bip39(language, places),
                Self::Slip39 => slip39::is_share(places),
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

/// Whether the words at these places of the list end with the checksum of the others (BIP-39,
/// "Generating the mnemonic").
fn is_bip39(language: Language, places: &[u16]) -> bool {
    // 11 bits a word; of 33 bits one is of the checksum.
    let bits = places.len() * 11;
    let entropy_bytes = bits / 33 * 4;
    let mut entropy = Zeroizing::new(vec![0; entropy_bytes]);
    for bit in 0..entropy_bytes * 8 {
        if places[bit / 11] >> (10 - bit % 11) & 1 == 1 {
            entropy[bit / 8] |= 0x80 >> (bit % 8);
        }
    }
    Mnemonic::from_entropy_in(language, &entropy).is_ok_and(|phrase| {
        let places = places.iter().map(|&place| usize::from(place));
        phrase.word_indices().eq(places)
    })
}
