//! One wrong symbol more than the reach, by guessing where one or two of the wrong ones are.
//!
//! A wrong symbol whose place is known costs one of the eight syndromes and not two. So with `2w + u = 9`
//! one guess brings the word within reach, and with `2w + u = 10` two do. Every codeword so near is found:
//! of `w` wrong places in `w − 1` parts of the word, two lie in one part (the pigeonhole that Turán's
//! theorem counts by), so only pairs within a part need to be guessed.

use super::REACH;
use super::decoder::{Decoder, Symbols, Word};
use crate::checksum::Roots;

impl<Ck: Roots> Decoder<Ck> {
    /// Gives every codeword that differs from the word in one symbol more than the reach allows, once or
    /// oftener. With 8 or 9 unreadable symbols that is one wrong one; with more nothing is tried.
    pub(crate) fn beyond(&self, word: &Word, found: &mut dyn FnMut(Symbols)) {
        let unreadable = word.unreadable.len();
        let readable: Vec<usize> = (0..self.places.all().len())
            .filter(|place| !word.unreadable.contains(place))
            .collect();
        match unreadable {
            0..REACH => {
                let wrong = (REACH - unreadable) / 2 + 1;
                if unreadable % 2 == 1 {
                    self.guess_one(word, &readable, found);
                } else {
                    self.guess_two(word, &readable, wrong, found);
                }
            }
            REACH..=9 => readable
                .iter()
                .filter_map(|&place| self.fill_with(word, Some(place)))
                .for_each(found),
            _ => {}
        }
    }

    fn guess_one(&self, word: &Word, readable: &[usize], found: &mut dyn FnMut(Symbols)) {
        for &place in readable {
            let mut erased = self.unreadable(word);
            erased.add(place, self.places.at(place));
            if let Some(symbols) = self.decode(word, &erased) {
                found(symbols);
            }
        }
    }

    fn guess_two(
        &self,
        word: &Word,
        readable: &[usize],
        wrong: usize,
        found: &mut dyn FnMut(Symbols),
    ) {
        let part = readable.len().div_ceil(wrong - 1);
        for part in readable.chunks(part) {
            for (nth, &first) in part.iter().enumerate() {
                let mut one = self.unreadable(word);
                one.add(first, self.places.at(first));
                for &second in &part[nth + 1..] {
                    let mut two = one.clone();
                    two.add(second, self.places.at(second));
                    if let Some(symbols) = self.decode(word, &two) {
                        found(symbols);
                    }
                }
            }
        }
    }
}
