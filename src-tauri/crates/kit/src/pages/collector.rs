//! Collects the symbols of recovery pages, in any order and from any source, until they yield the
//! file.

use std::cmp::Reverse;

use minicbor::Decoder;
use thiserror::Error;

use crate::pages::SetName;
use crate::pages::part::Part;
use crate::pages::set::{Insertion, Set};

/// Maximum number of sets collected at once. A further set replaces the one with the fewest parts.
const MAX_SETS: usize = 8;

/// The result of adding a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// A new part of the current set.
    New,
    /// A part that was added before.
    Duplicate,
    /// A part of another set, printed at another time or from another wallet. It is kept. The set
    /// with the most parts is the current one.
    Foreign {
        /// Name of the other set.
        set: SetName,
    },
    /// A part of the current set that contradicts earlier parts. One of them is wrong;
    /// [`Collector::finished`] tells whether it matters.
    Contradicts,
    /// Any other text, including a part that was altered.
    NotAPart,
}

/// Progress of the current set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Name of the set.
    pub set: SetName,
    /// Number of distinct parts added.
    pub parts: usize,
    /// Number of those parts that did not follow from the others. The file is complete when
    /// `gathered` equals `needed`. Any further part is likely to count, and there are more parts
    /// than needed.
    pub gathered: usize,
    /// Number of fragments of the file.
    pub needed: usize,
    /// Progress of each page in order. `None` if the parts do not identify their page: a set of two
    /// pages has the same parts on both, and other programs lay out pages differently.
    pub pages: Option<Vec<PageProgress>>,
}

/// Progress of one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageProgress {
    /// Number of symbols read.
    pub read: usize,
    /// Number of symbols on the page.
    pub symbols: usize,
}

/// The parts do not yield the original file. At least one was altered deliberately, because the
/// checksum of each part detects accidental damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the symbols of set {set} contradict each other: at least one of them was altered")]
pub struct CorruptSet {
    /// Name of the set.
    pub set: SetName,
}

/// Collects parts. Holds at most 8 sets of at most 256 KiB each, whatever the input.
#[derive(Default)]
pub struct Collector {
    /// In the order in which they were first encountered.
    sets: Vec<Set>,
}

impl Collector {
    /// Adds the text of a symbol in either case, with or without surrounding white space.
    pub fn add(&mut self, text: &str) -> Added {
        let Some(part) = Part::parse(text) else {
            return Added::NotAPart;
        };
        let at = self.set_of(&part);
        let insertion = self.sets[at].insert(part);
        if self.current() != Some(at) {
            let set = self.sets[at].name();
            return Added::Foreign { set };
        }
        match insertion {
            Insertion::New => Added::New,
            Insertion::Duplicate => Added::Duplicate,
            Insertion::Contradicts => Added::Contradicts,
        }
    }

    /// Returns the progress of the current set; `None` before the first part.
    pub fn progress(&self) -> Option<Progress> {
        let set = &self.sets[self.current()?];
        let page = |(read, symbols)| PageProgress { read, symbols };
        Some(Progress {
            set: set.name(),
            parts: set.parts(),
            gathered: set.rank(),
            needed: set.header().fragments,
            pages: set
                .pages()
                .map(|pages| pages.into_iter().map(page).collect()),
        })
    }

    /// Returns the names of all sets with at least one part, in the order in which they were first
    /// encountered.
    pub fn sets(&self) -> impl Iterator<Item = SetName> {
        self.sets.iter().map(Set::name)
    }

    /// Returns the file for [`crate::pages::open`] when it is complete; `None` before that.
    ///
    /// # Errors
    /// Returns [`CorruptSet`] if the result does not match the checksum. Call
    /// [`Collector::start_again`].
    pub fn finished(&self) -> Result<Option<Vec<u8>>, CorruptSet> {
        let Some(at) = self.current() else {
            return Ok(None);
        };
        let set = &self.sets[at];
        let corrupt = CorruptSet { set: set.name() };
        match set.message() {
            None => Ok(None),
            Some(Err(())) => Err(corrupt),
            Some(Ok(message)) => byte_string(&message).map(Some).ok_or(corrupt),
        }
    }

    /// Removes all parts.
    pub fn start_again(&mut self) {
        self.sets.clear();
    }

    /// Returns the index of the set with the most parts, or of the first of several such sets.
    fn current(&self) -> Option<usize> {
        (0..self.sets.len()).max_by_key(|&at| (self.sets[at].parts(), Reverse(at)))
    }

    /// Returns the index of the set of the part, after adding the set if necessary.
    fn set_of(&mut self, part: &Part) -> usize {
        let known = self
            .sets
            .iter()
            .position(|set| *set.header() == part.header);
        known.unwrap_or_else(|| {
            if self.sets.len() == MAX_SETS {
                let fewest = (0..MAX_SETS).min_by_key(|&at| self.sets[at].parts());
                self.sets.remove(fewest.unwrap_or_default());
            }
            self.sets.push(Set::new(part.header));
            self.sets.len() - 1
        })
    }
}

/// Decodes a CBOR byte string of definite length with nothing after it, the contents of `ur:bytes`
/// (BCR-2020-006).
fn byte_string(message: &[u8]) -> Option<Vec<u8>> {
    let mut cbor = Decoder::new(message);
    let bytes = cbor.bytes().ok()?;
    (cbor.position() == message.len()).then(|| bytes.to_vec())
}
