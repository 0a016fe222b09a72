//! Chooses which parts are printed, and on which page.
//!
//! The reference encoder emits parts in sequence, and most of them combine fragments that the
//! reader already has: to compensate for one lost page of five it needs about 70 % more parts than
//! there are fragments. But every number is a valid part, and the number determines which fragments
//! it combines. So the plan searches for the most useful numbers.
//!
//! The single fragments are dealt to the pages like cards. A spare part on page q that contains
//! exactly one fragment of page p recovers that fragment if p is lost, because everything else in
//! it is on the other pages. The best part does so for every p other than q. Recovered fragments
//! make further parts useful. Numbers are chosen greedily until any page can be lost; this is one
//! *round*. The remaining room on the pages is filled with further rounds, independent of the
//! previous ones, which compensate for unreadable symbols.

use crate::pages::SYMBOLS_A_PAGE;
use crate::pages::part::{Header, indexes};

/// Number of fragments that each page after the first adds. The other symbols are spare: about one
/// page of them compensates for a lost page, and the rest for single unreadable symbols.
const FRAGMENTS_A_PAGE: usize = 15;

/// Maximum number of fragments for which both of two pages hold all of them.
const MAX_DUPLICATED: usize = SYMBOLS_A_PAGE - SPARE_ON_EACH;

/// Number of spare parts on each of two complete pages.
const SPARE_ON_EACH: usize = 3;

/// Number of candidate parts. More of them bring no measurable improvement.
const CANDIDATES: usize = 4_000;

/// Number of pages from which on ties are broken in favour of the part with the fewest fragments.
const MANY_PAGES: usize = 8;

/// Returns the number of pages for a message of this many fragments.
pub(crate) fn pages_for(fragments: usize) -> usize {
    if fragments <= MAX_DUPLICATED {
        2
    } else {
        fragments.div_ceil(FRAGMENTS_A_PAGE) + 1
    }
}

/// Returns the numbers of the parts on each page. The plan is a function of the header. `None` if
/// no parts compensate for a lost page, which is improbable; another checksum resolves it.
pub(crate) fn plan(header: &Header) -> Option<Vec<Vec<u32>>> {
    let mut candidates = candidates(header);
    if header.fragments <= MAX_DUPLICATED {
        return Some(two_complete_pages(header.fragments, &mut candidates));
    }
    let mut plan = Plan::new(header.fragments);
    let mut rounds = 0;
    while plan.round(&mut candidates) {
        rounds += 1;
    }
    let sorted = |mut page: PlannedPage| {
        page.parts.sort_unstable();
        page.parts
    };
    (rounds > 0).then(|| plan.pages.into_iter().map(sorted).collect())
}

/// A part that combines several fragments.
struct MixedPart {
    sequence: u32,
    fragments: Vec<usize>,
    /// Page to which the part was assigned.
    page: Option<usize>,
}

fn number_of_candidates(header: &Header) -> usize {
    #[cfg(feature = "testing")]
    if crate::simulation::is_on() && header.fragments <= MAX_DUPLICATED {
        // For two complete pages any will do, if not as well.
        return 4 * SPARE_ON_EACH;
    }
    let _ = header;
    CANDIDATES
}

fn candidates(header: &Header) -> Vec<MixedPart> {
    (header.fragments..)
        .skip(1)
        .take(number_of_candidates(header))
        .filter_map(|sequence| {
            let sequence = u32::try_from(sequence).ok()?;
            Some(MixedPart {
                sequence,
                fragments: indexes(header, sequence),
                page: None,
            })
        })
        .collect()
}

fn single_parts(fragments: impl Iterator<Item = usize>) -> Vec<u32> {
    fragments
        .filter_map(|fragment| u32::try_from(fragment + 1).ok())
        .collect()
}

/// Fills two pages with all fragments each. Of the spare parts on each page, one combines as many
/// fragments as possible, so any one symbol may be unreadable; the others combine about half of
/// them, which helps if more are unreadable.
fn two_complete_pages(fragments: usize, candidates: &mut [MixedPart]) -> Vec<Vec<u32>> {
    let mut page = || {
        let mut parts = single_parts(0..fragments);
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

struct PlannedPage {
    parts: Vec<u32>,
}

struct Plan {
    pages: Vec<PlannedPage>,
    fragments: usize,
}

/// The benefit of a part.
struct Benefit {
    /// Number of fragments that it recovers, summed over all pages that may be lost.
    recovered: usize,
    page: usize,
}

impl Plan {
    fn new(fragments: usize) -> Self {
        let pages = pages_for(fragments);
        let dealt = |page| single_parts((page..fragments).step_by(pages));
        Self {
            pages: (0..pages)
                .map(|page| PlannedPage { parts: dealt(page) })
                .collect(),
            fragments,
        }
    }

    /// Returns the page that holds the fragment itself.
    fn home(&self, fragment: usize) -> usize {
        fragment % self.pages.len()
    }

    /// Adds parts that compensate for the loss of any page. Returns `false` if there is no room for
    /// them or no such part.
    fn round(&mut self, candidates: &mut [MixedPart]) -> bool {
        // Fragments that this round cannot recover yet if their page is lost.
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
                .any(|&part| self.recover(&candidates[part], &mut lost))
            {}
        }
        true
    }

    /// Returns the most useful part and its page.
    fn best(&self, candidates: &[MixedPart], lost: &[bool]) -> Option<(usize, usize)> {
        let prefer_first = self.pages.len() < MANY_PAGES;
        let mut best: Option<(usize, Benefit)> = None;
        let mut missing = vec![0; self.pages.len()];
        for (index, candidate) in candidates.iter().enumerate() {
            if candidate.page.is_some() {
                continue;
            }
            let benefit = self.benefit(candidate, lost, &mut missing)?;
            let better = best.as_ref().is_none_or(|(other, most)| {
                let smaller = candidate.fragments.len() < candidates[*other].fragments.len();
                benefit.recovered > most.recovered
                    || benefit.recovered == most.recovered && smaller && !prefer_first
            });
            if benefit.recovered > 0 && better {
                best = Some((index, benefit));
            }
        }
        best.map(|(index, benefit)| (index, benefit.page))
    }

    /// Returns the benefit of a part on the page where it is greatest; `None` if all pages are
    /// full.
    fn benefit(
        &self,
        candidate: &MixedPart,
        lost: &[bool],
        missing: &mut [usize],
    ) -> Option<Benefit> {
        self.count_missing(candidate, lost, missing);
        // A part is useless if its own page is lost. So it is put on a page whose loss it could not
        // compensate for anyway, and among those on the emptiest.
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
        Some(Benefit {
            recovered: ones.count(),
            page,
        })
    }

    /// Counts for each page the fragments of the part that would be missing without that page.
    fn count_missing(&self, candidate: &MixedPart, lost: &[bool], missing: &mut [usize]) {
        missing.fill(0);
        for &fragment in candidate
            .fragments
            .iter()
            .filter(|&&fragment| lost[fragment])
        {
            missing[self.home(fragment)] += 1;
        }
    }

    /// Removes the fragments that the part recovers from `lost`. Returns `false` if there are none.
    fn recover(&self, candidate: &MixedPart, lost: &mut [bool]) -> bool {
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
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use std::collections::BTreeSet;

    use super::*;
    use crate::pages::part::MAX_FRAGMENTS;

    fn header(fragments: usize, checksum: u32) -> Header {
        Header {
            fragments,
            length: fragments * 266,
            checksum,
            fragment: 266,
        }
    }

    /// Returns the number of fragments that a standard decoder obtains from these parts by removing
    /// known fragments from the others.
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
    fn any_page_can_be_lost_for_every_size_and_checksum() {
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
    fn pages_have_no_duplicate_parts_and_are_about_equally_full() {
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
    fn of_two_pages_one_page_and_any_symbol_of_the_other_can_be_lost() {
        for fragments in 2..=MAX_DUPLICATED {
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
    fn the_largest_readable_set_has_a_plan() {
        assert!(plan(&header(MAX_FRAGMENTS, 1)).is_some());
    }
}
