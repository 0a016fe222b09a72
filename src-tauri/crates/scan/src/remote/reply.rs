//! Answers as the scanning process writes them.

use code::TypedCode;

use super::bounds::{
    ERROR, FINDS, FOREIGN, MAX_BYTES, MAX_CODES, MAX_FOREIGN, MAX_OUTLINES, MAX_PARTS, PROGRESS,
    SHEET, SIGHT,
};
use super::field::Field;
use super::wire::{Message, size_of_text};
use crate::engine::{Engine, Text};
use crate::error::ScanError;
use crate::finds::{Finds, Foreign, Scanned};
use crate::sight::Sight;

pub(super) fn progress(done: u32, of: u32) -> Message {
    let mut message = Message::new(PROGRESS, 8);
    message.number(done);
    message.number(of);
    message
}

/// Reports the contents of a file, or `TooHeavy` if they exceed an answer's limits.
pub(super) fn finds(finds: &Finds) -> Message {
    let texts = code_texts(&finds.codes);
    let length = size_of_codes(&texts) + size_of_texts(&finds.parts);
    if length > MAX_BYTES || texts.len() > MAX_CODES || finds.parts.len() > MAX_PARTS {
        return error(&ScanError::TooHeavy);
    }
    let mut message = Message::new(FINDS, length);
    put_codes(&mut message, &finds.codes, &texts);
    put_texts(&mut message, &finds.parts);
    message
}

/// Reports the foreign QR codes of a file, or `TooHeavy` if they exceed an answer's limits.
pub(super) fn foreign(Foreign { texts, ours }: &Foreign) -> Message {
    let length = size_of_texts(texts) + ours.size();
    if length > MAX_BYTES || texts.len() > MAX_FOREIGN {
        return error(&ScanError::TooHeavy);
    }
    let mut message = Message::new(FOREIGN, length);
    put_texts(&mut message, texts);
    ours.write(&mut message);
    message
}

pub(super) fn sheet(read: &[(Engine, TypedCode); 2]) -> Message {
    let texts = read.each_ref().map(|(_, code)| code.spelled());
    let length = texts.iter().map(size_of_code).sum();
    let mut message = Message::new(SHEET, length);
    for ((engine, _), text) in read.iter().zip(&texts) {
        put_code(&mut message, *engine, None, text);
    }
    message
}

/// Reports the contents of a frame. Excess entries are dropped: further frames will follow.
pub(super) fn sight(mut sight: Sight) -> Message {
    sight.codes.truncate(MAX_CODES);
    sight.foreign.truncate(MAX_FOREIGN);
    sight.outlines.truncate(MAX_OUTLINES);
    let texts = code_texts(&sight.codes);
    let others = size_of_codes(&texts)
        + sight.others.size()
        + size_of_texts(&sight.foreign)
        + sight.hint.size()
        + 4
        + 32 * sight.outlines.len();
    while sight.parts.len() > MAX_PARTS || others + size_of_texts(&sight.parts) > MAX_BYTES {
        sight.parts.pop();
    }
    let mut message = Message::new(SIGHT, others + size_of_texts(&sight.parts));
    put_codes(&mut message, &sight.codes, &texts);
    put_texts(&mut message, &sight.parts);
    sight.others.write(&mut message);
    put_texts(&mut message, &sight.foreign);
    sight.hint.write(&mut message);
    message.number(sight.outlines.len() as u32);
    for (x, y) in sight.outlines.iter().flatten() {
        message.number(x.to_bits());
        message.number(y.to_bits());
    }
    message
}

pub(super) fn error(error: &ScanError) -> Message {
    let mut message = Message::new(ERROR, error.size());
    error.write(&mut message);
    message
}

/// The codes as they would have been typed, with `?` for unreadable characters.
fn code_texts(codes: &[Scanned]) -> Vec<Text> {
    codes.iter().map(|it| it.code.spelled()).collect()
}

fn size_of_code(text: &Text) -> usize {
    1 + 4 + size_of_text(text)
}

fn size_of_codes(texts: &[Text]) -> usize {
    4 + texts.iter().map(size_of_code).sum::<usize>()
}

fn size_of_texts(texts: &[Text]) -> usize {
    4 + texts.iter().map(|it| size_of_text(it)).sum::<usize>()
}

fn put_codes(message: &mut Message, codes: &[Scanned], texts: &[Text]) {
    message.number(codes.len() as u32);
    for (code, text) in codes.iter().zip(texts) {
        put_code(message, code.engine, code.page, text);
    }
}

fn put_code(message: &mut Message, engine: Engine, page: Option<usize>, text: &Text) {
    engine.write(message);
    // Pages are counted from 1, and their number fits into four bytes by far.
    message.number(page.unwrap_or_default() as u32);
    message.text(text);
}

fn put_texts(message: &mut Message, texts: &[Text]) {
    message.number(texts.len() as u32);
    for text in texts {
        message.text(text);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use std::io;

    use code::BackupCode;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use zeroize::Zeroizing;

    use super::super::answer::{Answer, read_answer};
    use super::super::bounds::MAX_TEXT;
    use super::*;
    use crate::kind::Kind;
    use crate::sight::Hint;

    fn text(seed: u64) -> String {
        let code = BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false);
        code.expose().to_owned()
    }

    fn scanned(text: &str, page: Option<usize>) -> Scanned {
        Scanned {
            code: TypedCode::parse(text).unwrap(),
            engine: Engine::Rqrr,
            page,
        }
    }

    /// Reads back an answer.
    fn received(message: &Message) -> Answer {
        let mut bytes = message.bytes();
        let answer = read_answer(&mut bytes).unwrap().unwrap();
        assert!(bytes.is_empty());
        answer
    }

    #[track_caller]
    fn assert_refused(bytes: &[u8]) {
        let error = read_answer(&mut &*bytes).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn every_error_arrives_unchanged() {
        let identifiers = vec!["2345".parse().unwrap(), "QQQQ".parse().unwrap()];
        let mut errors = vec![
            ScanError::Empty,
            ScanError::Unsupported,
            ScanError::Heic,
            ScanError::TooManyBytes { have: 9, most: 8 },
            ScanError::TooManyPixels { megapixels: 77 },
            ScanError::TooManyPages {
                have: 60,
                looked_at: 50,
            },
            ScanError::EncryptedPdf,
            ScanError::NoCode,
            ScanError::NotABackupCode,
            ScanError::Several { identifiers },
            ScanError::BrokenFrame,
            ScanError::TooHeavy,
            ScanError::Unavailable,
            ScanError::Cancelled,
        ];
        let kinds = [
            Kind::Png,
            Kind::Jpeg,
            Kind::WebP,
            Kind::Gif,
            Kind::Bmp,
            Kind::Tiff,
            Kind::Pdf,
            Kind::Heic,
        ];
        errors.extend(kinds.map(|kind| ScanError::Broken { kind }));
        errors.extend(
            [Engine::Rxing, Engine::Rqrr, Engine::Rescue]
                .map(|engine| ScanError::NotReadBy { engine }),
        );
        for sent in errors {
            match received(&error(&sent)) {
                Answer::Error(arrived) => assert_eq!(arrived, sent),
                _ => panic!("{sent:?}"),
            }
        }
    }

    #[test]
    fn the_contents_of_a_frame_arrive_unchanged() {
        let mut sent = Sight {
            codes: vec![scanned(&text(1), None), scanned(&text(2), Some(7))],
            parts: vec![Zeroizing::new("UR:BYTES/1-2/AA".to_owned())],
            others: true,
            foreign: vec![Zeroizing::new("otpauth://totp/a?secret=AA".to_owned())],
            outlines: vec![[(1.0, 2.5), (-3.0, 4.0), (5.0, 6.0), (7.0, 8.0)]],
            hint: None,
        };
        for hint in [
            None,
            Some(Hint::TooDark),
            Some(Hint::MoveCloser),
            Some(Hint::HoldStill),
        ] {
            sent.hint = hint;
            let copy = Sight {
                codes: vec![scanned(&text(1), None), scanned(&text(2), Some(7))],
                parts: sent.parts.clone(),
                foreign: sent.foreign.clone(),
                outlines: sent.outlines.clone(),
                ..sent
            };
            let Answer::Sight(arrived) = received(&sight(copy)) else {
                panic!("no sight");
            };
            for (there, here) in arrived.codes.iter().zip(&sent.codes) {
                assert_eq!(there.code.spelled(), here.code.spelled());
                assert_eq!((there.engine, there.page), (here.engine, here.page));
            }
            assert_eq!(arrived.codes.len(), 2);
            assert_eq!(arrived.parts, sent.parts);
            assert!(arrived.others);
            assert_eq!(arrived.foreign, sent.foreign);
            assert_eq!(arrived.outlines, sent.outlines);
            assert_eq!(arrived.hint, hint);
        }
    }

    #[test]
    fn an_invalid_or_duplicate_code_is_rejected() {
        let found = |texts: &[&str]| Finds {
            codes: texts.iter().map(|it| scanned(it, None)).collect(),
            parts: Vec::new(),
        };
        assert_refused(finds(&found(&["ABC"])).bytes());
        assert_refused(finds(&found(&[&text(3), &text(3)])).bytes());
        assert_refused(finds(&found(&[])).bytes());
        assert!(matches!(
            received(&finds(&found(&[&text(3), &text(4)]))),
            Answer::Finds(_)
        ));
    }

    #[test]
    fn excess_finds_become_an_error_and_excess_parts_of_a_frame_are_dropped() {
        let codes = (0..=MAX_CODES as u64).map(|seed| scanned(&text(seed), None));
        let many = Finds {
            codes: codes.collect(),
            parts: Vec::new(),
        };
        let answer = received(&finds(&many));
        assert!(matches!(answer, Answer::Error(ScanError::TooHeavy)));
        let part =
            |number: usize| Zeroizing::new(format!("UR:BYTES/{number}-9/{}", "A".repeat(4000)));
        let large = Sight {
            parts: (0..1500).map(part).collect(),
            ..Sight::default()
        };
        let Answer::Sight(arrived) = received(&sight(large)) else {
            panic!("no sight");
        };
        assert!((900..1500).contains(&arrived.parts.len()));
    }

    fn foreign_texts(texts: &[&str], ours: bool) -> Foreign {
        Foreign {
            texts: texts
                .iter()
                .map(|it| Zeroizing::new((*it).into()))
                .collect(),
            ours,
        }
    }

    #[test]
    fn foreign_texts_arrive_unchanged() {
        for (texts, ours) in [
            (&["otpauth://totp/a?secret=AA", "", "\u{fffd}"][..], false),
            (&["one"], true),
            (&[], true),
        ] {
            let Answer::Foreign(arrived) = received(&foreign(&foreign_texts(texts, ours))) else {
                panic!("no foreign texts");
            };
            let arrived_texts: Vec<_> = arrived.texts.iter().map(|it| it.as_str()).collect();
            assert_eq!((&arrived_texts[..], arrived.ours), (texts, ours));
        }
    }

    #[test]
    fn codes_parts_duplicates_and_nothing_are_refused_as_foreign_texts() {
        let code = text(6);
        for texts in [&[&*code][..], &["UR:BYTES/1-2/AA"], &["one", "one"], &[]] {
            assert_refused(foreign(&foreign_texts(texts, false)).bytes());
        }
        let long = "1".repeat(MAX_TEXT + 1);
        assert_refused(foreign(&foreign_texts(&[&long], false)).bytes());
    }

    #[test]
    fn codes_and_parts_are_refused_as_foreign_texts_of_a_frame_and_excess_ones_are_dropped() {
        let sight_of = |texts: Vec<String>| {
            sight(Sight {
                others: true,
                foreign: texts.into_iter().map(Zeroizing::new).collect(),
                ..Sight::default()
            })
        };
        for ours in [text(6), "UR:BYTES/1-2/AA".to_owned()] {
            assert_refused(sight_of(vec![ours]).bytes());
        }
        assert_refused(sight_of(vec!["one".to_owned(), "one".to_owned()]).bytes());
        let many = (0..=MAX_FOREIGN).map(|it| it.to_string()).collect();
        let Answer::Sight(arrived) = received(&sight_of(many)) else {
            panic!("no sight");
        };
        assert_eq!(arrived.foreign.len(), MAX_FOREIGN);
    }

    #[test]
    fn excess_foreign_texts_become_an_error() {
        let numbers = (0..=MAX_FOREIGN).map(|it| it.to_string());
        let texts: Vec<_> = numbers.map(Zeroizing::new).collect();
        let answer = received(&foreign(&Foreign { texts, ours: false }));
        assert!(matches!(answer, Answer::Error(ScanError::TooHeavy)));
    }

    #[test]
    fn a_truncated_answer_is_refused_and_a_changed_one_holds_at_most_one_code() {
        let found = Finds {
            codes: vec![scanned(&text(5), Some(2))],
            parts: vec![Zeroizing::new("UR:BYTES/1-2/AA".to_owned())],
        };
        let message = finds(&found);
        let whole = message.bytes();
        for length in 1..whole.len() {
            assert!(read_answer(&mut &whole[..length]).is_err(), "{length}");
        }
        assert!(matches!(read_answer(&mut &whole[..0]), Ok(None)));
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut changed = whole.to_vec();
                changed[at] ^= 1 << bit;
                if let Ok(Some(Answer::Finds(finds))) = read_answer(&mut &*changed) {
                    assert!(finds.codes.len() <= 1);
                }
            }
        }
    }

    #[test]
    fn impossible_lengths_and_counts_are_refused_before_allocation() {
        assert_refused(&[FINDS, 0xff, 0xff, 0xff, 0xff]);
        assert_refused(&[FINDS, 8, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
        assert_refused(&[99, 0, 0, 0, 0]);
        let mut corner = sight(Sight {
            outlines: vec![[(f32::NAN, 0.0); 4]],
            ..Sight::default()
        });
        assert_refused(corner.bytes());
        corner = sight(Sight {
            outlines: vec![[(f32::INFINITY, 0.0); 4]],
            ..Sight::default()
        });
        assert_refused(corner.bytes());
    }
}
