//! The camera while it is on: what stays in view is news once.

use code::{Reading, TypedCode};
use scan::{Finds, Frame, Hint, ScanError, Sight, Watch};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Frames without a text after which it is news again: some seconds.
const FORGOTTEN: u32 = 40;

/// Texts that are remembered at most.
const MOST: usize = 256;

/// A camera that is on.
pub(crate) struct Camera {
    watch: Box<dyn Watch>,
    /// What was seen lately.
    recent: Vec<Recent>,
}

struct Recent {
    text: Zeroizing<String>,
    /// Frames since it was seen.
    age: u32,
}

/// What a frame shows.
pub(crate) struct Seen {
    /// What was not seen lately.
    pub(crate) news: Option<Finds>,
    /// Whether a code of ours is in view, or a part of recovery pages, news or not.
    pub(crate) ours: bool,
    /// Whether a QR code is in view that is none of ours.
    pub(crate) others: bool,
    pub(crate) outlines: Vec<[(f32, f32); 4]>,
    pub(crate) hint: Option<Hint>,
}

impl Camera {
    pub(crate) fn new(watch: Box<dyn Watch>) -> Self {
        Self {
            watch,
            recent: Vec::new(),
        }
    }

    /// Looks at one frame.
    pub(crate) fn look(&mut self, frame: &Frame<'_>) -> Result<Seen, ScanError> {
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
        self.recent.retain(|recent| recent.age <= FORGOTTEN);
        let ours = !(codes.is_empty() && parts.is_empty());
        codes.retain(|scanned| name(&scanned.code).is_some_and(|text| self.is_news(text)));
        parts.retain(|part| self.is_news(part.clone()));
        let new = !(codes.is_empty() && parts.is_empty());
        Ok(Seen {
            news: new.then_some(Finds { codes, parts }),
            ours,
            others,
            outlines,
            hint,
        })
    }

    fn is_news(&mut self, text: Zeroizing<String>) -> bool {
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
                if self.recent.len() == MOST {
                    self.recent.remove(0);
                }
                self.recent.push(Recent { text, age: 0 });
                true
            }
        }
    }
}

/// What tells a code from others: its text, or the one that is proposed for what was read of it.
fn name(code: &TypedCode) -> Option<Zeroizing<String>> {
    code.to_text().or_else(|| match code.read() {
        Reading::Proposal(proposal) => Some(Zeroizing::new(proposal.text().to_owned())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use scan::{Engine, Scanned};

    use super::*;

    /// Shows the texts of a script, a frame each.
    struct Script(Vec<Vec<&'static str>>);

    impl Watch for Script {
        fn look(&mut self, _: &Frame<'_>) -> Result<Sight, ScanError> {
            let codes = self.0.remove(0).into_iter().map(|text| Scanned {
                code: TypedCode::parse(text).unwrap(),
                engine: Engine::Rxing,
                page: None,
            });
            Ok(Sight {
                codes: codes.collect(),
                ..Sight::default()
            })
        }
    }

    #[test]
    fn what_stays_in_view_or_flickers_is_news_once_and_what_comes_back_later_again() {
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
        for _ in 0..=FORGOTTEN {
            frames.push(vec![]);
            expected.push(0);
        }
        frames.push(vec![one]);
        expected.push(1);
        let mut camera = Camera::new(Box::new(Script(frames)));
        let frame = Frame {
            width: 1,
            height: 1,
            pixels: &[0],
        };
        let news: Vec<_> = expected
            .iter()
            .map(|_| {
                let seen = camera.look(&frame).unwrap();
                seen.news.map_or(0, |finds| finds.codes.len())
            })
            .collect();
        assert_eq!(news, expected);
    }
}
