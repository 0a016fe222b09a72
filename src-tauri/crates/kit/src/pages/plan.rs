//! Which parts are printed, and on which page.
//!
//! The published encoder gives part after part, most of them with fragments that a reader already has: without one page of
//! five it takes about 70 % more of them than there are fragments. But any number makes a part, and the number says which
//! fragments are mixed in it. So numbers are looked for that help most.
//!
//! The fragments themselves are dealt out to the pages like cards. A spare part on page q that has exactly one fragment of
//! page p gives that fragment back when p is lost, since everything else in it is on the other pages; the best one does
//! so for every p but q. Those that are known then make more parts useful. Numbers are taken, best first, until every
//! page can be lost; that is a *round*. What room is left on the pages is filled with further rounds, which know nothing of
//! the ones before: they stand in where symbols cannot be read.

use crate::pages::SYMBOLS_A_PAGE;
use crate::pages::part::{Header, indexes};

/// Fragments that each page after the first adds. The other symbols are spare: about one page of them would do for a
/// lost page, and the rest is for single symbols that cannot be read.
const FRAGMENTS_A_PAGE: usize = 15;

/// The most fragments that stand on each of two pages.
const WHOLE: usize = SYMBOLS_A_PAGE - MORE;

/// Spare parts on each of two pages that have everything.
const MORE: usize = 3;

/// Numbers to choose from. More of them make no difference that could be measured.
const NUMBERS: usize = 4_000;

/// From so many pages on, of equally good parts the one of fewest fragments is the best.
const MANY_PAGES: usize = 8;

/// Pages that it takes for a message of so many fragments.
pub(crate) fn pages_for(fragments: usize) -> usize {
    if fragments <= WHOLE {
        2
    } else {
        fragments.div_ceil(FRAGMENTS_A_PAGE) + 1
    }
}

/// The numbers of the parts on each page. The same header gives the same plan. `None` if no parts were found that
/// make up for a lost page, which is improbable and ends with another checksum.
pub(crate) fn plan(header: &Header) -> Option<Vec<Vec<u32>>> {
    let mut candidates = candidates(header);
    if header.fragments <= WHOLE {
        return Some(two_whole_pages(header.fragments, &mut candidates));
    }
    let mut plan = Plan::new(header.fragments);
    let mut rounds = 0;
    while plan.round(&mut candidates) {
        rounds += 1;
    }
    let sorted = |mut page: Page| {
        page.parts.sort_unstable();
        page.parts
    };
    (rounds > 0).then(|| plan.pages.into_iter().map(sorted).collect())
}

/// A part that is mixed of fragments.
struct Candidate {
    sequence: u32,
    fragments: Vec<usize>,
    /// The page that it was put on.
    page: Option<usize>,
}

fn candidates(header: &Header) -> Vec<Candidate> {
    (header.fragments..)
        .skip(1)
        .take(NUMBERS)
        .filter_map(|sequence| {
            let sequence = u32::try_from(sequence).ok()?;
            Some(Candidate {
                sequence,
                fragments: indexes(header, sequence),
                page: None,
            })
        })
        .collect()
}

fn simple(fragments: impl Iterator<Item = usize>) -> Vec<u32> {
    fragments
        .filter_map(|fragment| u32::try_from(fragment + 1).ok())
        .collect()
}

/// Both pages have all fragments. Of the spare parts on each, one has as many fragments as possible, so that any one
/// symbol may be unreadable, and the others about half of them, which helps with more.
fn two_whole_pages(fragments: usize, candidates: &mut [Candidate]) -> Vec<Vec<u32>> {
    let mut page = || {
        let mut parts = simple(0..fragments);
        for wanted in [fragments, fragments / 2, fragments / 2] {
            let best = candidates
                .iter_mut()
                .filter(|candidate| candidate.page.is_none())
                .min_by_key(|candidate| candidate.fragments.len().abs_diff(wanted));
            if let Some(best) = best {
                best.page = Some(0);
                parts.push(best.sequence);
            }
        }
        parts.sort_unstable();
        parts
    };
    vec![page(), page()]
}

struct Page {
    parts: Vec<u32>,
}

struct Plan {
    pages: Vec<Page>,
    fragments: usize,
}

/// How a part would help.
struct Help {
    /// Fragments that it gives back, over all pages that may be lost.
    gives: usize,
    page: usize,
}

impl Plan {
    fn new(fragments: usize) -> Self {
        let pages = pages_for(fragments);
        let dealt = |page| simple((page..fragments).step_by(pages));
        Self {
            pages: (0..pages).map(|page| Page { parts: dealt(page) }).collect(),
            fragments,
        }
    }

    /// The page that a fragment itself is on.
    fn home(&self, fragment: usize) -> usize {
        fragment % self.pages.len()
    }

    /// Adds parts that make up for every page. `false` if there is no room left for them, or no such part.
    fn round(&mut self, candidates: &mut [Candidate]) -> bool {
        // What the round does not give back yet, should the fragment's page be lost.
        let mut lost = vec![true; self.fragments];
        let mut chosen = Vec::new();
        while lost.contains(&true) {
            let Some((best, page)) = self.best(candidates, &lost) else {
                return false;
            };
            candidates[best].page = Some(page);
            self.pages[page].parts.push(candidates[best].sequence);
            chosen.push(best);
            while chosen
                .iter()
                .any(|&part| self.give_back(&candidates[part], &mut lost))
            {}
        }
        true
    }

    /// The part that gives back most, and the page to put it on.
    fn best(&self, candidates: &[Candidate], lost: &[bool]) -> Option<(usize, usize)> {
        let few_pages = self.pages.len() < MANY_PAGES;
        let mut best: Option<(usize, Help)> = None;
        let mut missing = vec![0; self.pages.len()];
        for (index, candidate) in candidates.iter().enumerate() {
            if candidate.page.is_some() {
                continue;
            }
            let help = self.help(candidate, lost, &mut missing)?;
            let better = best.as_ref().is_none_or(|(other, most)| {
                let smaller = candidate.fragments.len() < candidates[*other].fragments.len();
                help.gives > most.gives || help.gives == most.gives && smaller && !few_pages
            });
            if help.gives > 0 && better {
                best = Some((index, help));
            }
        }
        best.map(|(index, help)| (index, help.page))
    }

    /// What a part would give back from the page where that is most. `None` if all pages are full.
    fn help(&self, candidate: &Candidate, lost: &[bool], missing: &mut [usize]) -> Option<Help> {
        self.count_missing(candidate, lost, missing);
        // On its own page it is of no use, so it goes where it would be of none anyway; else to the emptiest.
        let (page, _) = self
            .pages
            .iter()
            .enumerate()
            .filter(|(_, page)| page.parts.len() < SYMBOLS_A_PAGE)
            .min_by_key(|(number, page)| (missing[*number] == 1, page.parts.len()))?;
        let ones = missing
            .iter()
            .enumerate()
            .filter(|&(number, &count)| count == 1 && number != page);
        Some(Help {
            gives: ones.count(),
            page,
        })
    }

    /// For each page, how many fragments of the part would be missing without it.
    fn count_missing(&self, candidate: &Candidate, lost: &[bool], missing: &mut [usize]) {
        missing.fill(0);
        for &fragment in candidate
            .fragments
            .iter()
            .filter(|&&fragment| lost[fragment])
        {
            missing[self.home(fragment)] += 1;
        }
    }

    /// Takes what the part gives back from `lost`. `false` if that is nothing.
    fn give_back(&self, candidate: &Candidate, lost: &mut [bool]) -> bool {
        let mut missing = vec![0; self.pages.len()];
        self.count_missing(candidate, lost, &mut missing);
        let mut any = false;
        for &fragment in &candidate.fragments {
            let home = self.home(fragment);
            if lost[fragment] && missing[home] == 1 && candidate.page != Some(home) {
                lost[fragment] = false;
                any = true;
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use std::collections::BTreeSet;

    use super::*;
    use crate::pages::part::MOST_FRAGMENTS;

    fn header(fragments: usize, checksum: u32) -> Header {
        Header {
            fragments,
            length: fragments * 266,
            checksum,
            fragment: 266,
        }
    }

    /// How many fragments a standard decoder gets from these parts: it takes what is known out of the others.
    pub(super) fn peeled(header: &Header, parts: &[u32]) -> usize {
        let mut mixed: Vec<BTreeSet<usize>> = parts
            .iter()
            .map(|&part| indexes(header, part).into_iter().collect())
            .collect();
        let mut known = BTreeSet::new();
        while let Some(at) = mixed.iter().position(|part| part.len() == 1) {
            let found = mixed.swap_remove(at).pop_first().unwrap();
            known.insert(found);
            for part in &mut mixed {
                part.remove(&found);
            }
        }
        known.len()
    }

    fn without(pages: &[Vec<u32>], lost: usize) -> Vec<u32> {
        let left = pages.iter().enumerate().filter(|(page, _)| *page != lost);
        left.flat_map(|(_, parts)| parts.clone()).collect()
    }

    #[test]
    fn any_page_can_be_lost_whatever_the_size_and_the_checksum() {
        for (fragments, checksums) in [
            (2, 20),
            (17, 20),
            (18, 20),
            (30, 20),
            (31, 20),
            (60, 10),
            (150, 3),
            (775, 1),
        ] {
            for checksum in 0..checksums {
                let header = header(fragments, u32::wrapping_mul(checksum, 0x9E37_79B9));
                let pages = plan(&header).unwrap();
                assert_eq!(pages.len(), pages_for(fragments));
                for lost in 0..pages.len() {
                    assert!(pages[lost].len() <= SYMBOLS_A_PAGE);
                    let left = without(&pages, lost);
                    assert_eq!(
                        peeled(&header, &left),
                        fragments,
                        "{fragments} {checksum} {lost}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_part_stands_twice_on_a_page_and_all_pages_are_about_equally_full() {
        for fragments in [2, 17, 18, 50, 300] {
            let pages = plan(&header(fragments, 1)).unwrap();
            let sizes: BTreeSet<usize> = pages.iter().map(Vec::len).collect();
            assert!(
                sizes.last().unwrap() - sizes.first().unwrap() <= 2,
                "{fragments}: {sizes:?}"
            );
            for page in &pages {
                let parts: BTreeSet<u32> = page.iter().copied().collect();
                assert_eq!(parts.len(), page.len());
            }
        }
    }

    #[test]
    fn two_pages_do_without_a_page_and_any_one_symbol_of_the_other() {
        for fragments in 2..=WHOLE {
            for checksum in 0..20 {
                let header = header(fragments, checksum);
                for page in plan(&header).unwrap() {
                    for unreadable in 0..page.len() {
                        let mut left = page.clone();
                        left.remove(unreadable);
                        assert_eq!(peeled(&header, &left), fragments);
                    }
                }
            }
        }
    }

    #[test]
    fn the_largest_set_that_is_read_has_a_plan_as_well() {
        assert!(plan(&header(MOST_FRAGMENTS, 1)).is_some());
    }
}
