//! Sorting of the texts that were read: codes, parts, and foreign ones.

use code::{Certainty, Identifier, LENGTH, Reading, TypedCode};
use zeroize::Zeroizing;

use crate::engine::{Engine, Text};
use crate::error::ScanError;
use crate::finds::{Finds, Foreign, Scanned};
use crate::sight::Sight;
use crate::wanted::Wanted;

/// Everything read so far from one file or frame, without duplicates.
#[derive(Default)]
pub(crate) struct Findings {
    /// Codes and shares, in the order found.
    ours: Vec<Finding>,
    /// Parts of recovery pages, in the order found.
    parts: Vec<Text>,
    /// The texts of foreign QR codes, in the order found.
    foreign: Vec<Text>,
    wanted: Wanted,
}

struct Finding {
    scanned: Scanned,
    /// Distinguishes it from others: the canonical characters, or the text if there are none.
    key: Text,
    /// `None` for a code that only a later version understands.
    identifier: Option<Identifier>,
}

impl Findings {
    /// Starts with nothing.
    pub(crate) fn of(wanted: Wanted) -> Findings {
        Findings {
            wanted,
            ..Findings::default()
        }
    }

    /// Adds the texts that `engine` read on `page` (counted from 1; `None` for a picture). Returns
    /// whether any of them is a new code or part.
    pub(crate) fn add(&mut self, texts: &[Text], engine: Engine, page: Option<usize>) -> bool {
        let before = self.ours.len() + self.parts.len();
        for text in texts {
            if is_part(text) {
                push_new(&mut self.parts, text);
                continue;
            }
            match parse(text) {
                Some((code, key, identifier)) => {
                    if self.ours.iter().all(|finding| *finding.key != *key) {
                        self.ours.push(Finding {
                            scanned: Scanned { code, engine, page },
                            key,
                            identifier,
                        });
                    }
                }
                None => push_new(&mut self.foreign, text),
            }
        }
        self.ours.len() + self.parts.len() > before
    }

    /// Whether there is a QR code that is wanted.
    pub(crate) fn any(&self) -> bool {
        match self.wanted {
            Wanted::Ours => self.any_ours(),
            Wanted::All => self.any_ours() || !self.foreign.is_empty(),
        }
    }

    /// Whether no further attempt is needed. `new` says whether the last attempt found a new code
    /// or part.
    pub(crate) fn is_enough(&self, new: bool) -> bool {
        match self.wanted {
            Wanted::Ours => !self.ours.is_empty() || (!self.parts.is_empty() && !new),
            Wanted::All => self.any(),
        }
    }

    fn any_ours(&self) -> bool {
        !(self.ours.is_empty() && self.parts.is_empty())
    }

    /// Returns all codes and parts: at least one. Foreign codes are ignored.
    pub(crate) fn into_finds(mut self) -> Result<Finds, ScanError> {
        let parts = std::mem::take(&mut self.parts);
        let codes = match self.into_codes() {
            Err(_) if !parts.is_empty() => Vec::new(),
            codes => codes?,
        };
        Ok(Finds { codes, parts })
    }

    /// Returns everything found, which may be nothing.
    pub(crate) fn into_sight(self) -> Sight {
        Sight {
            codes: self.ours.into_iter().map(|it| it.scanned).collect(),
            parts: self.parts,
            others: !self.foreign.is_empty(),
            foreign: match self.wanted {
                Wanted::Ours => Vec::new(),
                Wanted::All => self.foreign,
            },
            ..Sight::default()
        }
    }

    /// Returns the foreign texts, and whether there is anything of ours.
    pub(crate) fn into_foreign(self) -> Foreign {
        Foreign {
            ours: self.any_ours(),
            texts: self.foreign,
        }
    }

    fn into_codes(self) -> Result<Vec<Scanned>, ScanError> {
        match self.ours.len() {
            0 if !self.foreign.is_empty() => Err(ScanError::NotABackupCode),
            0 => Err(ScanError::NoCode),
            _ => Ok(self.ours.into_iter().map(|it| it.scanned).collect()),
        }
    }

    /// Returns the only code or share.
    pub(crate) fn into_one(self) -> Result<Scanned, ScanError> {
        let identifiers: Vec<_> = self.ours.iter().filter_map(|it| it.identifier).collect();
        let mut codes = self.into_codes()?;
        match codes.pop() {
            Some(one) if codes.is_empty() => Ok(one),
            _ => Err(ScanError::Several { identifiers }),
        }
    }
}

/// Adds a text, unless it is there.
fn push_new(texts: &mut Vec<Text>, text: &Text) {
    if texts.iter().all(|known| **known != **text) {
        texts.push(text.clone());
    }
}

/// Whether the text is a part of recovery pages. The collector of parts checks its contents.
fn is_part(text: &Text) -> bool {
    const PREFIX: &str = "ur:bytes/";
    text.get(..PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

/// Parses a text as a code, a share, a newer version's code, or a near miss that can be proposed:
/// the maker of the QR code may have made a mistake.
///
/// A random text of 60 symbols is such a near miss once in 10⁵. Shorter, longer or worse texts do
/// not count: a QR code is read in full or not at all, so characters that are missing were never in
/// it.
fn parse(text: &Text) -> Option<(TypedCode, Text, Option<Identifier>)> {
    let code = TypedCode::parse(text).ok()?;
    let (key, identifier) = match code.read() {
        Reading::Code(code) => (code.expose().to_owned(), Some(code.identifier())),
        Reading::Share(share) => (share.expose().to_owned(), Some(share.identifier())),
        Reading::Proposal(proposal)
            if code.len() == LENGTH && proposal.certainty() == Certainty::Checked =>
        {
            (proposal.text().to_owned(), Some(proposal.identifier()))
        }
        Reading::NewerVersion => (text.to_ascii_uppercase(), None),
        Reading::Proposal(_)
        | Reading::Unfinished { .. }
        | Reading::TooLong { .. }
        | Reading::Reread(_) => return None,
    };
    Some((code, Zeroizing::new(key), identifier))
}
