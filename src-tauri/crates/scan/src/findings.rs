//! Which of the texts are ours, and what they add up to.

use code::{Certainty, Identifier, LENGTH, Reading, TypedCode};
use zeroize::Zeroizing;

use crate::engine::{Engine, Text};
use crate::scanned::Finds;
use crate::watch::Sight;
use crate::{ScanError, Scanned};

/// What has been read so far from one file.
#[derive(Default)]
pub(crate) struct Findings {
    /// Different codes and shares, in the order found.
    ours: Vec<Found>,
    /// Different parts of recovery pages, in the order found.
    parts: Vec<Text>,
    /// Whether a QR code was read that is none of ours.
    others: bool,
}

struct Found {
    scanned: Scanned,
    /// What tells it from others: the canonical characters, or the text where there are none.
    mark: Text,
    /// Unknown for a code that only a later version understands.
    identifier: Option<Identifier>,
}

impl Findings {
    /// Takes in what `engine` read on `page` (from 1; none for a picture). Whether there was anything new.
    pub(crate) fn add(&mut self, texts: &[Text], engine: Engine, page: Option<usize>) -> bool {
        let before = self.ours.len() + self.parts.len();
        for text in texts {
            if is_part(text) {
                if self.parts.iter().all(|part| **part != **text) {
                    self.parts.push(text.clone());
                }
                continue;
            }
            match judge(text) {
                Some((code, mark, identifier)) => {
                    if self.ours.iter().all(|found| *found.mark != *mark) {
                        self.ours.push(Found {
                            scanned: Scanned { code, engine, page },
                            mark,
                            identifier,
                        });
                    }
                }
                None => self.others = true,
            }
        }
        self.ours.len() + self.parts.len() > before
    }

    /// Whether a code, a share or a part of ours is among them.
    pub(crate) fn any(&self) -> bool {
        !(self.ours.is_empty() && self.parts.is_empty())
    }

    /// Whether the last attempt, which showed something `new` or did not, may be the last.
    pub(crate) fn is_enough(&self, new: bool) -> bool {
        !self.ours.is_empty() || (!self.parts.is_empty() && !new)
    }

    /// All codes and parts, at least one; codes of other people's making beside them do not matter.
    pub(crate) fn into_finds(mut self) -> Result<Finds, ScanError> {
        let parts = std::mem::take(&mut self.parts);
        let codes = match self.into_all() {
            Err(_) if !parts.is_empty() => Vec::new(),
            codes => codes?,
        };
        Ok(Finds { codes, parts })
    }

    /// All that there is, be it nothing.
    pub(crate) fn into_sight(self) -> Sight {
        Sight {
            codes: self.ours.into_iter().map(|found| found.scanned).collect(),
            parts: self.parts,
            others: self.others,
            ..Sight::default()
        }
    }

    fn into_all(self) -> Result<Vec<Scanned>, ScanError> {
        match self.ours.len() {
            0 if self.others => Err(ScanError::NotABackupCode),
            0 => Err(ScanError::NoCode),
            _ => Ok(self.ours.into_iter().map(|found| found.scanned).collect()),
        }
    }

    /// The one code or share.
    pub(crate) fn into_one(self) -> Result<Scanned, ScanError> {
        let identifiers: Vec<_> = self.ours.iter().filter_map(|it| it.identifier).collect();
        let mut all = self.into_all()?;
        match all.pop() {
            Some(one) if all.is_empty() => Ok(one),
            _ => Err(ScanError::Several { identifiers }),
        }
    }
}

/// A part of recovery pages, complete or not: what it is a part of is for its collector to judge.
fn is_part(text: &Text) -> bool {
    const PREFIX: &str = "ur:bytes/";
    text.get(..PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

/// A text is ours when it reads as a code, a share, a newer version's code, or something near enough
/// to one to propose it: whoever made that QR code may have made a mistake. A random text of 60
/// symbols comes that near once in 10⁵. Nothing shorter, longer or worse counts: a QR code is read whole or
/// not at all, so what is missing from its text was never in it.
fn judge(text: &Text) -> Option<(TypedCode, Text, Option<Identifier>)> {
    let code = TypedCode::parse(text).ok()?;
    let (mark, identifier) = match code.read() {
        Reading::Code(code) => (code.expose().to_owned(), Some(code.identifier())),
        Reading::Share(share) => (share.expose().to_owned(), Some(share.identifier())),
        Reading::Proposal(proposal)
            if code.len() == LENGTH && proposal.certainty() == Certainty::Checked =>
        {
            (proposal.text().to_owned(), Some(proposal.identifier()))
        }
        Reading::NewerVersion => (text.to_ascii_uppercase(), None),
        _ => return None,
    };
    Some((code, Zeroizing::new(mark), identifier))
}
