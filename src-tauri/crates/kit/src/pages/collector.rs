//! Takes in the symbols of recovery pages, in any order and from anywhere, until they give the file.

use std::cmp::Reverse;

use minicbor::Decoder;
use thiserror::Error;

use crate::pages::SetName;
use crate::pages::part::Part;
use crate::pages::set::{Set, Taken};

/// Sets that are collected side by side. For another one, the one with the fewest parts is forgotten.
const MOST_SETS: usize = 8;

/// What a text was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Added {
    /// A part of the set that is collected, not read before.
    New,
    /// A part that was read before.
    Duplicate,
    /// A part of another set: of pages that were made at another time, or from another wallet. It is kept, and the set
    /// with the most parts is the one that is collected.
    Foreign {
        /// The other set.
        set: SetName,
    },
    /// A part of the set that is collected which says something else than the parts before. One of them is wrong; the
    /// end will tell, see [`Collector::finished`].
    Contradicts,
    /// Something else: any other text, or a part that was altered.
    NotAPart,
}

/// How far the set is that is collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The set.
    pub set: SetName,
    /// Different parts that were read.
    pub parts: usize,
    /// Of these, parts that were not known from the others: the file is there when `gathered` is `needed`. Any other
    /// part will most likely be the next, and there are more parts than needed.
    pub gathered: usize,
    /// Fragments of the file.
    pub needed: usize,
    /// The pages, from the first. `None` where parts do not tell their page: two pages have the same ones, and other
    /// programs print as they like.
    pub pages: Option<Vec<PageProgress>>,
}

/// What was read of one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageProgress {
    /// Symbols that were read.
    pub read: usize,
    /// Symbols on the page.
    pub symbols: usize,
}

/// The parts do not give the file that they were made from: one of them was altered on purpose, for an accident does not
/// get past a part's own checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the symbols of set {set} do not fit together: one of them is not what was printed")]
pub struct Spoilt {
    /// The set.
    pub set: SetName,
}

/// Collects parts. Holds at most 8 sets of at most 256 KiB each, whatever it is given.
#[derive(Default)]
pub struct Collector {
    /// In the order in which they were first met.
    sets: Vec<Set>,
}

impl Collector {
    /// Takes in the text of a symbol, in either case, with or without white space around it.
    pub fn add(&mut self, text: &str) -> Added {
        let Some(part) = Part::parse(text) else {
            return Added::NotAPart;
        };
        let at = self.set_of(&part);
        let taken = self.sets[at].take(part);
        if self.collected() != Some(at) {
            let set = self.sets[at].name();
            return Added::Foreign { set };
        }
        match taken {
            Taken::New => Added::New,
            Taken::Duplicate => Added::Duplicate,
            Taken::Contradicts => Added::Contradicts,
        }
    }

    /// How far it is; `None` before the first part.
    pub fn progress(&self) -> Option<Progress> {
        let set = &self.sets[self.collected()?];
        let page = |(read, symbols)| PageProgress { read, symbols };
        Some(Progress {
            set: set.name(),
            parts: set.parts(),
            gathered: set.known(),
            needed: set.header().fragments,
            pages: set
                .pages()
                .map(|pages| pages.into_iter().map(page).collect()),
        })
    }

    /// All sets of which there are parts, in the order in which they were first met.
    pub fn sets(&self) -> impl Iterator<Item = SetName> {
        self.sets.iter().map(Set::name)
    }

    /// The file for [`crate::pages::open`] once it is there; `None` before.
    ///
    /// # Errors
    /// [`Spoilt`] if the parts do not give what their checksum says: [`Collector::start_again`].
    pub fn finished(&self) -> Result<Option<Vec<u8>>, Spoilt> {
        let Some(at) = self.collected() else {
            return Ok(None);
        };
        let set = &self.sets[at];
        let spoilt = Spoilt { set: set.name() };
        match set.message() {
            None => Ok(None),
            Some(Err(())) => Err(spoilt),
            Some(Ok(message)) => byte_string(&message).map(Some).ok_or(spoilt),
        }
    }

    /// Forgets everything.
    pub fn start_again(&mut self) {
        self.sets.clear();
    }

    /// The set with the most parts; of several the first.
    fn collected(&self) -> Option<usize> {
        (0..self.sets.len()).max_by_key(|&at| (self.sets[at].parts(), Reverse(at)))
    }

    /// Where the part's set is, which may be a new one.
    fn set_of(&mut self, part: &Part) -> usize {
        let known = self
            .sets
            .iter()
            .position(|set| *set.header() == part.header);
        known.unwrap_or_else(|| {
            if self.sets.len() == MOST_SETS {
                let fewest = (0..MOST_SETS).min_by_key(|&at| self.sets[at].parts());
                self.sets.remove(fewest.unwrap_or_default());
            }
            self.sets.push(Set::new(part.header));
            self.sets.len() - 1
        })
    }
}

/// What a CBOR byte string of definite length holds, with nothing after it: the contents of `ur:bytes` (BCR-2020-006).
fn byte_string(message: &[u8]) -> Option<Vec<u8>> {
    let mut cbor = Decoder::new(message);
    let bytes = cbor.bytes().ok()?;
    (cbor.position() == message.len()).then(|| bytes.to_vec())
}
