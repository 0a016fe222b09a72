//! The parts of one set, and what they give.
//!
//! A standard decoder takes what it knows out of what is mixed until only one fragment is left. This one solves the
//! equations (Gauss, over GF(2)), so that it never needs more parts than that one, and often fewer.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use flate2::Crc;

use crate::pages::SetName;
use crate::pages::make::header_of;
use crate::pages::part::{Header, Part, add};
use crate::pages::plan::plan;

/// Numbers that are remembered, many times what a set of ours has.
const MOST_REMEMBERED: usize = 4_096;

/// What a part was to its set.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    New,
    Duplicate,
    /// What is known says otherwise.
    Contradicts,
}

/// What was read of one set. Takes memory of less than twice the message and 128 KiB.
pub(crate) struct Set {
    header: Header,
    /// At each place an equation whose first fragment is the one of that place.
    equations: Vec<Option<Equation>>,
    known: usize,
    seen: BTreeSet<u32>,
    plan: OnceLock<Option<Vec<Vec<u32>>>>,
}

/// Fragments and their sum.
struct Equation {
    fragments: Vec<u64>,
    sum: Vec<u8>,
}

impl Set {
    pub(crate) fn new(header: Header) -> Self {
        Self {
            header,
            equations: (0..header.fragments).map(|_| None).collect(),
            known: 0,
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

    /// Different parts that were read.
    pub(crate) fn parts(&self) -> usize {
        self.seen.len()
    }

    /// Equations that do not follow from one another. With as many as there are fragments, all is there.
    pub(crate) fn known(&self) -> usize {
        self.known
    }

    /// Takes a part with this set's header.
    pub(crate) fn take(&mut self, part: Part) -> Taken {
        let mut fragments = vec![0; self.header.fragments.div_ceil(64)];
        for index in part.indexes() {
            fragments[index / 64] |= 1 << (index % 64);
        }
        let mut new = Equation {
            fragments,
            sum: part.data,
        };
        for place in 0..self.equations.len() {
            if !new.has(place) {
                continue;
            }
            match &self.equations[place] {
                Some(equation) => new.add(equation),
                None => {
                    self.equations[place] = Some(new);
                    self.known += 1;
                    self.seen.insert(part.sequence);
                    return Taken::New;
                }
            }
        }
        // It follows from the others, so its sum must have come to nothing.
        if new.sum.iter().any(|&byte| byte != 0) {
            Taken::Contradicts
        } else if self.seen.len() < MOST_REMEMBERED && self.seen.insert(part.sequence) {
            Taken::New
        } else {
            Taken::Duplicate
        }
    }

    /// The message once it can be told; an error where it is not the one that the set was made from.
    pub(crate) fn message(&self) -> Option<Result<Vec<u8>, ()>> {
        let mut fragments: Vec<Vec<u8>> = vec![Vec::new(); self.header.fragments];
        for place in (0..self.header.fragments).rev() {
            let equation = self.equations[place].as_ref()?;
            let mut sum = equation.sum.clone();
            for (other, fragment) in fragments.iter().enumerate().skip(place + 1) {
                if equation.has(other) {
                    add(&mut sum, fragment);
                }
            }
            fragments[place] = sum;
        }
        let mut message = fragments.concat();
        let padding = message.split_off(self.header.length);
        let mut crc = Crc::new();
        crc.update(&message);
        let right = crc.sum() == self.header.checksum && padding.iter().all(|&byte| byte == 0);
        Some(right.then_some(message).ok_or(()))
    }

    /// Parts read of each page, and parts on it. `None` where a part does not say which page it was on: with two
    /// pages, which have the same parts, and for sets that another program made.
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
