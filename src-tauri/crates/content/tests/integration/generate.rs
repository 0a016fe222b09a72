use std::collections::HashSet;

use content::generate::{Recipe, generate};
use diceware_wordlists::Wordlist;
use rand::SeedableRng;
use rand::rngs::StdRng;

fn characters(length: usize, classes: [bool; 4]) -> Recipe {
    let [letters, capitals, digits, signs] = classes;
    Recipe::Characters {
        length,
        letters,
        capitals,
        digits,
        signs,
    }
}

#[test]
fn a_password_has_its_length_and_each_class_of_its_characters() {
    let mut rng = StdRng::seed_from_u64(1);
    for length in [4, 15, 20, 128] {
        for number in 1..16 {
            let classes = [1, 2, 4, 8].map(|bit| number & bit != 0);
            let text = generate(&mut rng, &characters(length, classes));
            assert_eq!(text.chars().count(), length);
            let has = [
                text.contains(|c: char| c.is_ascii_lowercase()),
                text.contains(|c: char| c.is_ascii_uppercase()),
                text.contains(|c: char| c.is_ascii_digit()),
                text.contains(|c: char| c.is_ascii_punctuation()),
            ];
            assert_eq!(has, classes);
        }
    }
}

#[test]
fn characters_are_about_equally_often() {
    let mut rng = StdRng::seed_from_u64(2);
    let mut seen = [0_u32; 128];
    for _ in 0..2_000 {
        for byte in generate(&mut rng, &characters(32, [true, true, true, true])).bytes() {
            seen[usize::from(byte)] += 1;
        }
    }
    // 82 of them in 64,000: some 780 of each, with a standard deviation of 28.
    let seen: Vec<u32> = seen.into_iter().filter(|count| *count > 0).collect();
    assert_eq!(seen.len(), 82);
    assert!(
        seen.iter().all(|count| (600..960).contains(count)),
        "{seen:?}"
    );
}

#[test]
fn a_phrase_has_its_words_out_of_the_list() {
    let mut rng = StdRng::seed_from_u64(3);
    let list: HashSet<&str> = Wordlist::EffLong.get_list().iter().copied().collect();
    assert_eq!(list.len(), 7_776);
    let recipe = |capitals, digit| Recipe::Words {
        count: 6,
        separator: " ".to_owned(),
        capitals,
        digit,
    };
    let plain = generate(&mut rng, &recipe(false, false));
    assert_eq!(plain.split(' ').count(), 6);
    assert!(plain.split(' ').all(|word| list.contains(word)));
    let dressed = generate(&mut rng, &recipe(true, true));
    assert!(
        dressed
            .split(' ')
            .all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
    );
    assert_eq!(dressed.chars().filter(char::is_ascii_digit).count(), 1);
    assert_ne!(*plain, *generate(&mut rng, &recipe(false, false)));
}

#[test]
fn a_recipe_out_of_range_is_taken_at_the_end_of_the_range() {
    let mut rng = StdRng::seed_from_u64(4);
    assert_eq!(generate(&mut rng, &characters(0, [false; 4])).len(), 4);
    let many = generate(&mut rng, &characters(1_000_000, [true; 4]));
    assert_eq!(many.chars().count(), 128);
    let words = |count| Recipe::Words {
        count,
        separator: "-".to_owned(),
        capitals: false,
        digit: false,
    };
    let all: HashSet<usize> = (0..40)
        .map(|_| generate(&mut rng, &words(0)).split('-').count())
        .collect();
    // Four of EFF's words have a hyphen of their own.
    assert!(all.iter().all(|count| (3..=4).contains(count)));
}
