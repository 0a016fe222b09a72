//! The words of a wallet: BIP-39 phrases, and SLIP-39 shares by name.

mod digits;
mod list;
mod near;
mod seed_qr;
mod slip39;
mod split;
mod word;

use zeroize::Zeroizing;

use list::List;

pub use bip39::Language;
pub use near::{Near, complete, near};
pub use seed_qr::seed_qr;
pub use split::words;
pub use word::Word;

/// The list of BIP-39 in English.
pub fn english() -> &'static [&'static str] {
    List::ENGLISH.words()
}

/// The list of SLIP-39.
pub fn slip39() -> &'static [&'static str] {
    List::Slip39.words()
}

/// How many words a BIP-39 phrase has.
pub const COUNTS: [usize; 5] = [12, 15, 18, 21, 24];

/// Words of the longest text that is judged.
const MOST: usize = 64;

/// What a text is as the words of a wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The judgement.
    pub verdict: Verdict,
    /// How many words there are.
    pub count: usize,
    /// Whose list of BIP-39 the words are in; `None` for that of SLIP-39, and for words that are
    /// not judged.
    pub language: Option<Language>,
    /// The places of the words that are not in the list, counted from 1.
    pub unknown: Vec<usize>,
}

/// A judgement of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There are none.
    Empty,
    /// A BIP-39 phrase, whose checksum is right.
    Bip39,
    /// As many words as a BIP-39 phrase has, all in the list; the checksum is wrong.
    WrongChecksum,
    /// A SLIP-39 share, whose checksum is right.
    Slip39,
    /// As many words as a SLIP-39 share has, all in its list; the checksum is wrong.
    WrongSlip39,
    /// All words are in a list, and their number is none of a phrase.
    Unfinished,
    /// There are more words than are looked at.
    TooMany,
    /// Some words are not in the list that has most of them.
    Unknown,
}

/// Judges a text.
pub fn about(text: &str) -> About {
    let words = words(text);
    let count = words.len();
    let unjudged = |verdict| About {
        verdict,
        count,
        language: None,
        unknown: Vec::new(),
    };
    if count == 0 {
        return unjudged(Verdict::Empty);
    }
    let Some(Judged { list, places }) = judged(&words) else {
        return unjudged(Verdict::TooMany);
    };
    let unknown: Vec<usize> = (1..)
        .zip(&places)
        .filter(|(_, place)| place.is_none())
        .map(|(number, _)| number)
        .collect();
    let known: Option<Vec<u16>> = places.into_iter().collect();
    let verdict = known.map_or(Verdict::Unknown, |places| {
        match (list, list.is_count(count), list.is_whole(&places)) {
            (_, false, _) => Verdict::Unfinished,
            (List::Bip39(_), true, true) => Verdict::Bip39,
            (List::Bip39(_), true, false) => Verdict::WrongChecksum,
            (List::Slip39, true, true) => Verdict::Slip39,
            (List::Slip39, true, false) => Verdict::WrongSlip39,
        }
    });
    About {
        verdict,
        count,
        language: match list {
            List::Bip39(language) => Some(language),
            List::Slip39 => None,
        },
        unknown,
    }
}

/// The phrase with one space between its words, if it is one; otherwise the text as it is.
pub fn plain(text: &str) -> Zeroizing<String> {
    match about(text).verdict {
        Verdict::Bip39 | Verdict::Slip39 => joined(text),
        Verdict::Empty
        | Verdict::WrongChecksum
        | Verdict::WrongSlip39
        | Verdict::Unfinished
        | Verdict::TooMany
        | Verdict::Unknown => Zeroizing::new(text.to_owned()),
    }
}

/// The words of a whole phrase or share, or those of a SeedQR, with one space between them. Their
/// checksum may be wrong. `None` for any other text.
pub fn whole(text: &str) -> Option<Zeroizing<String>> {
    match about(text).verdict {
        Verdict::Bip39 | Verdict::WrongChecksum | Verdict::Slip39 | Verdict::WrongSlip39 => {
            Some(joined(text))
        }
        Verdict::Empty | Verdict::Unfinished | Verdict::TooMany | Verdict::Unknown => None,
    }
}

fn joined(text: &str) -> Zeroizing<String> {
    let words = words(text);
    let parts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    Zeroizing::new(parts.join(" "))
}

/// Words and the list that knows most of them.
struct Judged {
    list: List,
    /// The place of each word in the list, from 0.
    places: Vec<Option<u16>>,
}

/// Finds the list. Where several know all words, it is one in which they are a whole phrase. `None`
/// where there are more than [`MOST`].
fn judged(words: &[Word]) -> Option<Judged> {
    let count = words.len();
    if count > MOST {
        return None;
    }
    let rank = |&(list, ref places): &(List, Vec<Option<u16>>)| {
        let known = places.iter().flatten().count();
        let all: Option<Vec<u16>> = places.iter().copied().collect();
        let whole = all.is_some_and(|places| list.is_whole(&places));
        (known, whole, list.is_count(count))
    };
    // Of equal ones the first is taken.
    let (list, places) = List::all()
        .map(|list| (list, list.places(words)))
        .rev()
        .max_by_key(rank)?;
    Some(Judged { list, places })
}
