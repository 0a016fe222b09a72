//! Passwords and phrases that nobody guesses.

use diceware_wordlists::Wordlist;
use rand::{CryptoRng, RngExt};
use zeroize::Zeroizing;

/// How many characters a password can have.
pub const LENGTHS: std::ops::RangeInclusive<usize> = 4..=128;
/// How many words a phrase can have.
pub const COUNTS: std::ops::RangeInclusive<usize> = 3..=12;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
const SIGNS: &str = "!#$%&*+-./:;<=>?@^_~";

/// What is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// Characters, each equally likely, with at least one of each class.
    Characters {
        /// How many, within [`LENGTHS`].
        length: usize,
        /// Small letters.
        letters: bool,
        /// Capital letters.
        capitals: bool,
        /// Digits.
        digits: bool,
        /// Punctuation.
        signs: bool,
    },
    /// Words of EFF's long list, 7,776 of them: 12.9 bits each.
    Words {
        /// How many, within [`COUNTS`].
        count: usize,
        /// What stands between them.
        separator: String,
        /// Whether each begins with a capital.
        capitals: bool,
        /// Whether one of them ends with a digit.
        digit: bool,
    },
}

/// Makes a text. A recipe out of range is taken at the end of the range, and one without a class of
/// characters has small letters.
pub fn generate(rng: &mut (impl CryptoRng + ?Sized), recipe: &Recipe) -> Zeroizing<String> {
    match recipe {
        Recipe::Characters {
            length,
            letters,
            capitals,
            digits,
            signs,
        } => {
            let classes = [
                (*letters, LETTERS),
                (*capitals, CAPITALS),
                (*digits, DIGITS),
                (*signs, SIGNS),
            ];
            let wanted = classes.into_iter().filter(|(wanted, _)| *wanted);
            let mut classes: Vec<&str> = wanted.map(|(_, class)| class).collect();
            if classes.is_empty() {
                classes.push(LETTERS);
            }
            characters(
                rng,
                (*length).clamp(*LENGTHS.start(), *LENGTHS.end()),
                &classes,
            )
        }
        Recipe::Words {
            count,
            separator,
            capitals,
            digit,
        } => {
            let count = (*count).clamp(*COUNTS.start(), *COUNTS.end());
            words(rng, count, separator, *capitals, *digit)
        }
    }
}

/// All texts of this length that have each class are equally likely: others are thrown away.
fn characters(
    rng: &mut (impl CryptoRng + ?Sized),
    length: usize,
    classes: &[&str],
) -> Zeroizing<String> {
    let all: Vec<char> = classes.iter().flat_map(|class| class.chars()).collect();
    loop {
        let mut text = Zeroizing::new(String::with_capacity(length));
        text.extend((0..length).map(|_| all[rng.random_range(0..all.len())]));
        if classes
            .iter()
            .all(|class| text.contains(|c| class.contains(c)))
        {
            return text;
        }
    }
}

fn words(
    rng: &mut (impl CryptoRng + ?Sized),
    count: usize,
    separator: &str,
    capitals: bool,
    digit: bool,
) -> Zeroizing<String> {
    let list = Wordlist::EffLong.get_list();
    let with_digit = digit.then(|| rng.random_range(0..count));
    let longest = list.iter().map(|word| word.len()).max().unwrap_or_default();
    // Not one that grows, which leaves copies behind.
    let capacity = count * (longest + separator.len()) + 1;
    let mut text = Zeroizing::new(String::with_capacity(capacity));
    for at in 0..count {
        if at > 0 {
            text.push_str(separator);
        }
        let word = list[rng.random_range(0..list.len())];
        match capitals {
            true => {
                text.push_str(&word[..1].to_ascii_uppercase());
                text.push_str(&word[1..]);
            }
            false => text.push_str(word),
        }
        if with_digit == Some(at) {
            text.push(char::from(b'0' + rng.random_range(0..10)));
        }
    }
    text
}
