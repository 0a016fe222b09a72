//! Measures recovery pages for the tables in `docs/pages-format.md`.

#![allow(clippy::print_stdout, reason = "prints tables")]

use crate::common::{code, contents, note};
use kit::KitContents;
use kit::pages::{Collector, extent, make};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// Number of restorations tried for each row.
const TRIALS: usize = 200;

const WORDS: [&str; 32] = [
    "account", "after", "bank", "before", "branch", "bring", "call", "card", "door", "either",
    "first", "garden", "house", "if", "key", "lawyer", "letter", "never", "number", "of", "opens",
    "or", "password", "please", "second", "sister", "stone", "that", "the", "to", "under", "with",
];

/// Returns a wallet with notes of about 500 characters, either words or hexadecimal keys, with at
/// most this much JSON.
fn wallet(json: usize, keys: bool) -> KitContents {
    let mut rng = StdRng::seed_from_u64(json as u64);
    let mut items = Vec::new();
    let mut size = 200;
    while size + 700 < json {
        let mut text = String::new();
        while text.len() < 500 {
            if keys {
                text += &format!("{:032x}\n", rng.random::<u128>());
            } else {
                text += WORDS.choose(&mut rng).unwrap();
                text += " ";
            }
        }
        let item = note(0, "Some title", &text);
        size += 205 + text.len() + text.matches('\n').count();
        items.push(item);
    }
    contents(items)
}

/// Returns whether the reference decoder restores the file from these parts.
fn reference_restores(parts: &[&String]) -> bool {
    let mut decoder = ur::Decoder::default();
    for part in parts {
        decoder.receive(part).unwrap();
    }
    decoder.complete()
}

/// Returns whether our decoder does.
fn collector_restores(parts: &[&String]) -> bool {
    let mut collector = Collector::default();
    for part in parts {
        collector.add(part);
    }
    collector.finished().unwrap().is_some()
}

/// Returns the percentage of spare parts that the reference encoder's own sequence needs until its
/// decoder can restore the message without any one of this many pages.
fn spare_of_reference(message: &[u8], fragment: usize, pages: usize) -> usize {
    let mut encoder = ur::Encoder::bytes(message, fragment).unwrap();
    let fragments = encoder.fragment_count();
    let mut parts = Vec::new();
    loop {
        parts.push(encoder.next_part().unwrap());
        let without = |lost| -> Vec<&String> {
            let left = parts
                .iter()
                .enumerate()
                .filter(|(at, _)| at % pages != lost);
            left.map(|(_, part)| part).collect()
        };
        if parts.len() > fragments && (0..pages).all(|lost| reference_restores(&without(lost))) {
            return 100 * (parts.len() - fragments) / fragments;
        }
    }
}

#[test]
#[ignore = "takes a minute and prints the tables of docs/pages-format.md"]
fn figures() {
    let mut rng = StdRng::seed_from_u64(1);
    println!(
        "| JSON | of | file | fragments | pages | symbols | spare | page and 5 % lost: standard | ours | published |"
    );
    for keys in [false, true] {
        for json in [1, 2, 5, 10, 20, 50, 100, 200].map(|kilobytes| kilobytes * 1_000) {
            let wallet = wallet(json, keys);
            let predicted = extent(&wallet.snapshot()).unwrap();
            let pages = make(&code(1), &wallet.snapshot()).unwrap();
            let symbols: usize = pages.pages().iter().map(Vec::len).sum();
            let first = &pages.pages()[0][0];
            let fragments: usize = first.split(['-', '/']).nth(2).unwrap().parse().unwrap();
            let (mut by_standard, mut by_ours) = (0, 0);
            for _ in 0..TRIALS {
                let lost = rng.random_range(0..pages.pages().len());
                let left = pages
                    .pages()
                    .iter()
                    .enumerate()
                    .filter(|(page, _)| *page != lost);
                let mut left: Vec<&String> = left.flat_map(|(_, texts)| texts).collect();
                left.retain(|_| rng.random_range(0..100) >= 5);
                by_standard += usize::from(reference_restores(&left));
                by_ours += usize::from(collector_restores(&left));
            }
            let published = if fragments <= 150 {
                let message: Vec<u8> = (0..predicted.file + 3).map(|_| rng.random()).collect();
                let length = predicted.file.div_ceil(fragments).max(1) + 1;
                format!(
                    "{} %",
                    spare_of_reference(&message, length, predicted.pages)
                )
            } else {
                "–".to_owned()
            };
            println!(
                "| {} | {} | {} | {fragments} | {} | {symbols} | {} % | {} % | {} % | {published} |",
                predicted.json,
                if keys { "keys" } else { "words" },
                predicted.file,
                predicted.pages,
                100 * (symbols - fragments) / fragments,
                100 * by_standard / TRIALS,
                100 * by_ours / TRIALS,
            );
        }
    }
}
