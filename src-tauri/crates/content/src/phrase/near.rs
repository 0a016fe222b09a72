//! Words that were probably meant.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::list::List;
use super::word::Word;
use super::{Judged, judged, words};

/// Words offered for one place.
const AT_MOST: usize = 4;
/// Words offered for the start of one.
const COMPLETED: usize = 6;
/// Letters that are wrong, missing, too many or exchanged, at most.
const LETTERS: usize = 2;

/// A place at which another word fits better. Secret.
pub struct Near {
    /// The place, counted from 1.
    pub place: usize,
    /// Its bytes in the text; nothing where it is written as digits.
    pub at: Range<usize>,
    /// The words, the nearest first.
    pub words: Vec<&'static str>,
}

/// What was probably meant: for each word that is not in the list, those that look like it; for a
/// phrase whose checksum is wrong, the words that look like one of its own and make it right.
pub fn near(text: &str) -> Vec<Near> {
    let words = words(text);
    let Some(Judged { list, places }) = judged(&words) else {
        return Vec::new();
    };
    let known: Option<Vec<u16>> = places.iter().copied().collect();
    match known {
        // A share is recognised by name alone.
        Some(_) if list == List::Slip39 => Vec::new(),
        Some(places) if !list.is_count(places.len()) || list.is_whole(&places) => Vec::new(),
        Some(places) => making_right(list, &words, &places),
        None => (1..)
            .zip(words.iter().zip(places))
            .filter(|(_, (_, place))| place.is_none())
            .map(|(place, (word, _))| Near {
                place,
                at: word.at.clone(),
                words: like(list, &word.text)
                    .take(AT_MOST)
                    .map(|it| it.1)
                    .collect(),
            })
            .filter(|near| !near.words.is_empty())
            .collect(),
    }
}

fn making_right(list: List, words: &[Word], places: &[u16]) -> Vec<Near> {
    let mut tried = Zeroizing::new(places.to_vec());
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let fits = like(list, &word.text)
            .filter(|(place, _)| {
                tried[at] = *place;
                let fits = *place != places[at] && list.is_whole(&tried);
                tried[at] = places[at];
                fits
            })
            .take(AT_MOST);
        let near = Near {
            place: at + 1,
            at: word.at.clone(),
            words: fits.map(|(_, word)| word).collect(),
        };
        if !near.words.is_empty() {
            found.push(near);
        }
    }
    found
}

/// The words of a list that look like this one, with their places: those that it is the start of,
/// then by how many letters differ.
fn like(list: List, word: &str) -> impl Iterator<Item = (u16, &'static str)> + use<> {
    let length = word.chars().count();
    // Two letters are most of a short word.
    let letters = match length {
        0..=3 => 1,
        _ => LETTERS,
    };
    let mut like: Vec<(usize, u16, &'static str)> = (0..)
        .zip(list.words())
        .filter_map(|(place, &known)| {
            let starts = length >= 3 && known.starts_with(word) && known != word;
            let far = known.chars().count().abs_diff(length) > letters;
            let differ = match (starts, far) {
                (true, _) => 0,
                (false, true) => return None,
                (false, false) => strsim::osa_distance(word, known),
            };
            (differ <= letters).then_some((differ, place, known))
        })
        .collect();
    like.sort_unstable();
    like.into_iter().map(|(_, place, word)| (place, word))
}

/// The words that begin like this, in the list that knows most of the words before; at most 6.
pub fn complete(start: &str, before: &str) -> Vec<&'static str> {
    let start: Zeroizing<String> =
        Zeroizing::new(start.trim().nfkd().flat_map(char::to_lowercase).collect());
    if start.is_empty() {
        return Vec::new();
    }
    let before = words(before);
    let first = judged(&before).map_or(List::ENGLISH, |judged| judged.list);
    let others = List::all().filter(|list| before.is_empty() && *list != first);
    let mut lists = [first].into_iter().chain(others);
    let beginning = |list: List| -> Vec<&'static str> {
        let words = list.words().iter().copied();
        words
            .filter(|word| word.starts_with(start.as_str()))
            .take(COMPLETED)
            .collect()
    };
    lists
        .find_map(|list| {
            let words = beginning(list);
            (!words.is_empty()).then_some(words)
        })
        .unwrap_or_default()
}
