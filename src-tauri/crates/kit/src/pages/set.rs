//! The parts of one set and the message that they yield.
//!
//! A standard decoder removes known fragments from combined parts until single fragments remain.
//! This one solves the linear equations (Gaussian elimination over GF(2)), so it never needs more
//! parts than a standard decoder, and often fewer.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use flate2::Crc;

use crate::pages::SetName;
use crate::pages::make::header_of;
use crate::pages::part::{Header, Part, add};
use crate::pages::plan::plan;

/// Maximum number of part numbers to remember, many times the size of a generated set.
const MAX_REMEMBERED: usize = 4_096;

/// The result of inserting a part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Insertion {
    New,
    Duplicate,
    /// The part contradicts earlier ones.
    Contradicts,
}

/// The parts of one set read so far. Takes less than twice the size of the message plus 128 KiB of
/// memory.
pub(crate) struct Set {
    header: Header,
    /// The equation at index `n` has fragment `n` as its first fragment.
    equations: Vec<Option<Equation>>,
    rank: usize,
    seen: BTreeSet<u32>,
    plan: OnceLock<Option<Vec<Vec<u32>>>>,
}

/// A set of fragments and their sum.
struct Equation {
    fragments: Vec<u64>,
    sum: Vec<u8>,
}

impl Set {
    pub(crate) fn new(header: Header) -> Self {
        Self {
            header,
            equations: (0..header.fragments).map(|_| None).collect(),
            rank: 0,
            seen: BTreeSet::new(),
            plan: OnceLock::new(),
        }
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    pub(crate) fn name(&self) -> SetName {
        SetName {
            checksum: self.header.checksum,
            length: self.header.length,
        }
    }

    /// Returns the number of distinct parts.
    pub(crate) fn parts(&self) -> usize {
        self.seen.len()
    }

    /// Returns the number of linearly independent equations. The message is complete when it equals
    /// the number of fragments.
    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    /// Inserts a part with the header of this set.
    pub(crate) fn insert(&mut self, part: Part) -> Insertion {
        let mut fragments = vec![0; self.header.fragments.div_ceil(64)];
        for index in part.indexes() {
            fragments[index / 64] |= 1 << (index % 64);
        }
        let mut new = Equation {
            fragments,
            sum: part.data,
        };
        for pivot in 0..self.equations.len() {
            if !new.has(pivot) {
                continue;
            }
            match &self.equations[pivot] {
                Some(equation) => new.add(equation),
                None => {
                    self.equations[pivot] = Some(new);
                    self.rank += 1;
                    self.seen.insert(part.sequence);
                    return Insertion::New;
                }
            }
        }
        // The part is a combination of earlier ones, so the remaining sum must be zero.
        if new.sum.iter().any(|&byte| byte != 0) {
            Insertion::Contradicts
        } else if self.seen.len() < MAX_REMEMBERED && self.seen.insert(part.sequence) {
            Insertion::New
        } else {
            Insertion::Duplicate
        }
    }

    /// Returns the message if it is complete; an error if it does not match the checksum.
    pub(crate) fn message(&self) -> Option<Result<Vec<u8>, ()>> {
        let mut fragments: Vec<Vec<u8>> = vec![Vec::new(); self.header.fragments];
        for pivot in (0..self.header.fragments).rev() {
            let equation = self.equations[pivot].as_ref()?;
            let mut sum = equation.sum.clone();
            for (other, fragment) in fragments.iter().enumerate().skip(pivot + 1) {
                if equation.has(other) {
                    add(&mut sum, fragment);
                }
            }
            fragments[pivot] = sum;
        }
        let mut message = fragments.concat();
        let padding = message.split_off(self.header.length);
        let mut crc = Crc::new();
        crc.update(&message);
        let valid = crc.sum() == self.header.checksum && padding.iter().all(|&byte| byte == 0);
        Some(valid.then_some(message).ok_or(()))
    }

    /// Returns the number of parts read and the number of parts for each page. `None` if a part
    /// does not identify its page: with two pages, which have the same parts, and for sets made by
    /// another program.
    pub(crate) fn pages(&self) -> Option<Vec<(usize, usize)>> {
        let plan = self.plan.get_or_init(|| {
            let ours = header_of(self.header.length, self.header.checksum) == Some(self.header);
            ours.then(|| plan(&self.header)).flatten()
        });
        let pages = plan.as_ref().filter(|pages| pages.len() > 2)?;
        let read = |page: &Vec<u32>| page.iter().filter(|part| self.seen.contains(part)).count();
        let counts: Vec<_> = pages.iter().map(|page| (read(page), page.len())).collect();
        let all: usize = counts.iter().map(|(read, _)| read).sum();
        (all == self.seen.len()).then_some(counts)
    }
}

impl Equation {
    fn has(&self, fragment: usize) -> bool {
        self.fragments[fragment / 64] >> (fragment % 64) & 1 == 1
    }

    fn add(&mut self, other: &Equation) {
        for (fragments, other) in self.fragments.iter_mut().zip(&other.fragments) {
            *fragments ^= other;
        }
        add(&mut self.sum, &other.sum);
    }
}
