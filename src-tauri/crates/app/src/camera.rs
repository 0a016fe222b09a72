//! The camera while it is on: a code or part that stays in view is reported once, and what a field
//! is to hold is recognised.

use code::{Reading, TypedCode};
use scan::{Finds, Foreign, Frame, Hint, ScanError, Sight, Text, Wanted, Watch};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::read_qr::{QrKind, Unfit, fitting};

/// Frames without a text after which it is reported again: some seconds.
const FORGET_AFTER: u32 = 40;

/// Number of texts that are remembered at most.
const MOST_REMEMBERED: usize = 256;

/// What a camera is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Codes, the sheets of sets and recovery pages, which are entered.
    Entry,
    /// A text for a field.
    Field(QrKind),
}

impl Purpose {
    pub(crate) fn wanted(self) -> Wanted {
        match self {
            Self::Entry => Wanted::Ours,
            Self::Field(_) => Wanted::All,
        }
    }
}

/// A camera that is on.
pub struct Camera {
    watch: Box<dyn Watch>,
    purpose: Purpose,
    recent: Vec<RecentText>,
}

/// A text that was in view a moment ago. Secret.
struct RecentText {
    text: Zeroizing<String>,
    /// Frames since it was in view.
    age: u32,
}

/// What the person is to be told of a frame. Secret.
pub(crate) enum News {
    /// Codes and parts that were not in view lately.
    Entry(Finds),
    /// What the QR codes in view hold for the field.
    Field(Result<Text, Unfit>),
}

/// One frame, with the texts that are new in it.
pub(crate) struct LookedAt {
    /// None if there is nothing new.
    pub(crate) news: Option<News>,
    pub(crate) ours: bool,
    pub(crate) others: bool,
    pub(crate) outlines: Vec<[(f32, f32); 4]>,
    pub(crate) hint: Option<Hint>,
}

impl Camera {
    /// Wraps the scanner's view of one camera.
    pub fn new(watch: Box<dyn Watch>, purpose: Purpose) -> Self {
        Self {
            watch,
            purpose,
            recent: Vec::new(),
        }
    }

    /// Looks at one frame.
    pub(crate) fn look(&mut self, frame: &Frame<'_>) -> Result<LookedAt, ScanError> {
        let Sight {
            codes,
            parts,
            others,
            foreign,
            outlines,
            hint,
        } = self.watch.look(frame)?;
        let ours = !(codes.is_empty() && parts.is_empty());
        let news = match self.purpose {
            Purpose::Entry => self.new_among(Finds { codes, parts }).map(News::Entry),
            Purpose::Field(kind) => {
                let texts = foreign;
                let any = ours || !texts.is_empty();
                any.then(|| News::Field(fitting(kind, &Foreign { texts, ours })))
            }
        };
        Ok(LookedAt {
            news,
            ours,
            others,
            outlines,
            hint,
        })
    }

    /// Returns the codes and parts that were not in view lately; none if there is no such.
    fn new_among(&mut self, mut finds: Finds) -> Option<Finds> {
        for recent in &mut self.recent {
            recent.age += 1;
        }
        self.recent.retain(|recent| recent.age <= FORGET_AFTER);
        let Finds { codes, parts } = &mut finds;
        codes.retain(|scanned| text_of(&scanned.code).is_some_and(|text| self.is_new(text)));
        parts.retain(|part| self.is_new(part.clone()));
        let any = !(codes.is_empty() && parts.is_empty());
        any.then_some(finds)
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

    use content::mistaken::Mistaken;

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
        let mut camera = Camera::new(Box::new(ScriptedWatch::new(frames)), Purpose::Entry);
        let news: Vec<_> = expected
            .iter()
            .map(|_| {
                let seen = camera.look(&FRAME).unwrap();
                seen.news.map_or(0, |news| match news {
                    News::Entry(finds) => finds.codes.len(),
                    News::Field(_) => panic!("there is no field"),
                })
            })
            .collect();
        assert_eq!(news, expected);
    }

    #[test]
    fn a_field_is_told_of_every_frame_what_its_qr_codes_hold() {
        const ADDRESS: &str = "otpauth://totp/Mail:ada?secret=JBSWY3DPEHPK3PXP";
        const SEED_QR: &str = "101920151790203919831533203119191019201517902040";
        let frames = vec![
            vec![],
            vec!["QQQQ"],
            vec!["https://example.org/"],
            vec![SEED_QR],
            vec![SEED_QR],
            vec!["QQQQ", SEED_QR, ADDRESS],
        ];
        let purpose = Purpose::Field(QrKind::OneTime);
        let mut camera = Camera::new(Box::new(ScriptedWatch::new(frames)), purpose);
        let mut look = || {
            let news = camera.look(&FRAME).unwrap().news;
            news.map(|news| match news {
                News::Field(read) => read.map(|text| text.to_string()),
                News::Entry(_) => panic!("nothing is entered"),
            })
        };
        assert_eq!(look(), None);
        assert_eq!(look(), Some(Err(Unfit::Ours)));
        assert_eq!(look(), Some(Err(Unfit::Other(None))));
        for _ in 0..2 {
            assert_eq!(look(), Some(Err(Unfit::Other(Some(Mistaken::Phrase)))));
        }
        assert_eq!(look(), Some(Ok(ADDRESS.to_owned())));
    }
}
