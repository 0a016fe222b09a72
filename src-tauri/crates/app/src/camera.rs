//! The camera while it is on: a symbol that stays in view is reported once.

use code::{Reading, TypedCode};
use scan::{Finds, Frame, Hint, ScanError, Sight, Watch};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Frames without a text after which it is reported again: some seconds.
const FORGET_AFTER: u32 = 40;

/// Number of texts that are remembered at most.
const MOST_REMEMBERED: usize = 256;

/// A camera that is on.
pub struct Camera {
    watch: Box<dyn Watch>,
    recent: Vec<RecentText>,
}

/// A text that was in view a moment ago. Secret.
struct RecentText {
    text: Zeroizing<String>,
    /// Frames since it was in view.
    age: u32,
}

/// One frame, with the texts that are new in it.
pub(crate) struct LookedAt {
    /// Codes and parts that were not in view lately; none if there is no such.
    pub(crate) news: Option<Finds>,
    pub(crate) ours: bool,
    pub(crate) others: bool,
    pub(crate) outlines: Vec<[(f32, f32); 4]>,
    pub(crate) hint: Option<Hint>,
}

impl Camera {
    /// Wraps the scanner's view of one camera.
    pub fn new(watch: Box<dyn Watch>) -> Self {
        Self {
            watch,
            recent: Vec::new(),
        }
    }

    /// Looks at one frame.
    pub(crate) fn look(&mut self, frame: &Frame<'_>) -> Result<LookedAt, ScanError> {
        let Sight {
            mut codes,
            mut parts,
            others,
            outlines,
            hint,
        } = self.watch.look(frame)?;
        for recent in &mut self.recent {
            recent.age += 1;
        }
        self.recent.retain(|recent| recent.age <= FORGET_AFTER);
        let ours = !(codes.is_empty() && parts.is_empty());
        codes.retain(|scanned| text_of(&scanned.code).is_some_and(|text| self.is_new(text)));
        parts.retain(|part| self.is_new(part.clone()));
        let new = !(codes.is_empty() && parts.is_empty());
        Ok(LookedAt {
            news: new.then_some(Finds { codes, parts }),
            ours,
            others,
            outlines,
            hint,
        })
    }

    fn is_new(&mut self, text: Zeroizing<String>) -> bool {
        let known = self
            .recent
            .iter_mut()
            .find(|recent| recent.text.as_bytes().ct_eq(text.as_bytes()).into());
        match known {
            Some(recent) => {
                recent.age = 0;
                false
            }
            None => {
                if self.recent.len() == MOST_REMEMBERED {
                    self.recent.remove(0);
                }
                self.recent.push(RecentText { text, age: 0 });
                true
            }
        }
    }
}

/// Returns the text that identifies a code: its own, or that of the proposed correction.
fn text_of(code: &TypedCode) -> Option<Zeroizing<String>> {
    code.to_text().or_else(|| match code.read() {
        Reading::Proposal(proposal) => Some(Zeroizing::new(proposal.text().to_owned())),
        Reading::Code(_)
        | Reading::Share(_)
        | Reading::Unfinished { .. }
        | Reading::TooLong { .. }
        | Reading::Reread(_)
        | Reading::NewerVersion => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::testing::{FRAME, ScriptedWatch};

    #[test]
    fn a_text_that_stays_or_flickers_is_reported_once_and_again_after_a_while() {
        let (one, other) = ("QQQQ", "PPPP");
        let mut frames = vec![
            vec![one],
            vec![one],
            vec![],
            vec![one, other],
            vec![other],
            vec![one],
        ];
        let mut expected = vec![1, 0, 0, 1, 0, 0];
        for _ in 0..=FORGET_AFTER {
            frames.push(vec![]);
            expected.push(0);
        }
        frames.push(vec![one]);
        expected.push(1);
        let mut camera = Camera::new(Box::new(ScriptedWatch::new(frames)));
        let news: Vec<_> = expected
            .iter()
            .map(|_| {
                let seen = camera.look(&FRAME).unwrap();
                seen.news.map_or(0, |finds| finds.codes.len())
            })
            .collect();
        assert_eq!(news, expected);
    }
}
