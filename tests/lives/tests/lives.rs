//! Lives in the test run: few, since `cargo xtask test` runs many more.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use lives::breaks::{BREAKS, Break};
use lives::run::{live, replay};
use lives::shrink::shrink;

/// Lives that tell the texts of symbols, and with them each bit of a file.
const WITH_PAGES: [u64; 3] = [131, 135, 268];

#[test]
fn the_same_seed_gives_the_same_life() {
    for seed in (0..20).chain(WITH_PAGES) {
        let (one, other) = (live(seed, None, true), live(seed, None, true));
        assert_eq!(one.told, other.told, "seed {seed}");
        let again = replay(seed, &one.choices, None, true);
        assert_eq!(one.told, again.told, "seed {seed}, replayed");
    }
}

#[test]
fn nothing_is_lost_nobody_is_let_in_and_no_word_is_false() {
    for seed in 0..100 {
        let report = live(seed, None, false);
        assert_eq!(report.broken, None, "seed {seed}");
    }
}

#[test]
fn the_median_life_has_at_least_fifty_acts() {
    let mut acts: Vec<_> = (0..99)
        .map(|seed| live(seed, None, false).tally.all())
        .collect();
    acts.sort_unstable();
    assert!(acts[acts.len() / 2] >= 50, "{acts:?}");
}

/// The faults that few lives show. `lives --breaks` finds all of them.
const SOON_SEEN: [&str; 12] = [
    "file-not-synced",
    "folder-not-synced",
    "rename-in-two-steps",
    "entry-kept-at-revoke",
    "entry-kept-at-confirm",
    "cover-ignored",
    "generations-kept",
    "wrong-password-not-counted",
    "email-not-saved",
    "taken-over-own",
    "generations-kept-at-delete",
    "codes-kept-at-delete",
];

#[test]
fn planted_faults_are_seen() {
    for name in SOON_SEEN {
        let planted = Break::named(name);
        assert!(planted.is_some(), "{name} is a fault");
        let seen = (0..300).any(|seed| live(seed, planted, false).broken.is_some());
        assert!(seen, "{name} is not seen");
    }
}

#[test]
fn names_of_planted_faults_are_told_apart() {
    for (name, planted) in BREAKS {
        assert_eq!(Break::named(name), Some(planted));
    }
}

#[test]
fn a_life_that_breaks_a_promise_is_shrunk_to_few_acts() {
    let planted = Break::named("cover-ignored");
    let (seed, report) = (0..300)
        .map(|seed| (seed, live(seed, planted, false)))
        .find(|(_, report)| report.broken.is_some())
        .unwrap();
    let broken = report.broken.unwrap();
    let few = shrink(seed, &report.choices, &broken, planted);
    assert!(few.len() <= 8, "{few:?}");
    let again = replay(seed, &few, planted, false);
    assert!(again.broken.is_some());
    assert_eq!(replay(seed, &few, None, false).broken, None);
}
