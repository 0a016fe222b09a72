//! Corrects one wrong symbol more than the reach by guessing one or two of the wrong locations.
//!
//! A wrong symbol whose location is known costs one of the eight syndromes instead of two. So with
//! `2w + u = 9` one guess brings the word within reach, and with `2w + u = 10` two guesses do.
//! Every codeword at that distance is found: if the word is divided into `w − 1` parts, two of its
//! `w` wrong locations lie in the same part (the pigeonhole argument behind Turán's theorem), so it
//! suffices to guess pairs within a part.

use super::REACH;
use super::decoder::{Decoder, Symbols, Word};
use crate::checksum::Roots;

impl<Ck: Roots> Decoder<Ck> {
    /// Passes to `found` every codeword that differs from the word in one symbol more than the
    /// reach allows, at least once each. With 8 or 9 unreadable symbols this means one wrong
    /// symbol; with more unreadable symbols nothing is tried.
    pub(crate) fn beyond(&self, word: &Word, found: &mut dyn FnMut(Symbols)) {
        let unreadable = word.unreadable.len();
        let readable: Vec<usize> = (0..self.locations.all().len())
            .filter(|location| !word.unreadable.contains(location))
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
                .filter_map(|&location| self.fill_with(word, Some(location)))
                .for_each(found),
            _ => {}
        }
    }

    fn guess_one(&self, word: &Word, readable: &[usize], found: &mut dyn FnMut(Symbols)) {
        for &location in readable {
            let mut erased = self.unreadable(word);
            erased.add(location, self.locations.at(location));
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
                one.add(first, self.locations.at(first));
                for &second in &part[nth + 1..] {
                    let mut two = one.clone();
                    two.add(second, self.locations.at(second));
                    if let Some(symbols) = self.decode(word, &two) {
                        found(symbols);
                    }
                }
            }
        }
    }
}
