//! What is answered, and what of it is believed.

use std::io::{self, Read};
use std::str::FromStr;

use code::{Identifier, TypedCode};

use super::wire::{Message, Rest, read_bytes, read_head, size_of_text};
use crate::engine::{Engine, Text};
use crate::findings::Findings;
use crate::{Finds, Hint, Kind, ScanError, Scanned, Sight};

/// Bytes of an answer at most, many times what the recovery pages of the largest wallet hold.
const MOST_BYTES: usize = 4 << 20;
/// Codes and shares in an answer at most: three sets of the largest size.
const MOST_CODES: usize = 96;
/// Parts of recovery pages in an answer at most.
const MOST_PARTS: usize = 4096;
/// Bytes of a text at most. A QR code has up to 4,296 characters, or 2,953 bytes in the worst of alphabets.
const MOST_TEXT: usize = 3 * 2953;
/// Outlines in an answer at most: more is clutter, and costs the one who draws it.
const MOST_OUTLINES: usize = 64;

const AT: u8 = 1;
const FINDS: u8 = 2;
const SHEET: u8 = 3;
const SIGHT: u8 = 4;
const ERROR: u8 = 5;

/// One message back.
pub enum Answer {
    /// [`Progress::at`](crate::Progress::at); the answer itself is still to come.
    At {
        /// Steps behind.
        done: u32,
        /// Steps in all, as far as is known.
        of: u32,
    },
    /// What is in a file.
    Finds(Finds),
    /// A sheet as each engine reads it.
    Sheet([(Engine, TypedCode); 2]),
    /// What a frame shows.
    Sight(Sight),
    /// Why there is nothing.
    Error(ScanError),
}

/// Reads one answer and judges it. `None` where the other end is done.
///
/// # Errors
/// Those of `input`; `InvalidData` for what is no answer, is larger than an answer may be, or says of a text that it is
/// a code when it is none.
pub fn read_answer(input: &mut impl Read) -> io::Result<Option<Answer>> {
    let Some((kind, length)) = read_head(input)? else {
        return Ok(None);
    };
    let length = length as usize;
    if length > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let bytes = read_bytes(input, length)?;
    match judged(kind, Rest(&bytes)) {
        Some(answer) => Ok(Some(answer)),
        None => Err(io::ErrorKind::InvalidData.into()),
    }
}

fn judged(kind: u8, mut rest: Rest<'_>) -> Option<Answer> {
    let answer = match kind {
        AT => Answer::At {
            done: rest.number()?,
            of: rest.number()?,
        },
        FINDS => {
            let mut findings = Findings::default();
            codes(&mut rest, &mut findings)?;
            parts(&mut rest, &mut findings)?;
            Answer::Finds(findings.into_finds().ok()?)
        }
        SHEET => {
            let mut read = || {
                let mut findings = Findings::default();
                code(&mut rest, &mut findings)?;
                let one = findings.into_one().ok()?;
                Some((one.engine, one.code))
            };
            Answer::Sheet([read()?, read()?])
        }
        SIGHT => Answer::Sight(sight(&mut rest)?),
        ERROR => Answer::Error(error(&mut rest)?),
        _ => return None,
    };
    rest.end(answer)
}

/// Codes and shares, each new, and each judged to be one.
fn codes(rest: &mut Rest<'_>, findings: &mut Findings) -> Option<()> {
    for _ in 0..rest.count(MOST_CODES)? {
        code(rest, findings)?;
    }
    Some(())
}

fn code(rest: &mut Rest<'_>, findings: &mut Findings) -> Option<()> {
    let engine = engine(rest.byte()?)?;
    let page = match rest.number()? {
        0 => None,
        page => Some(usize::try_from(page).ok()?),
    };
    let text = rest.text(MOST_TEXT)?;
    // A part among the codes would be no lie, but nobody honest puts it there.
    let fits = text.len() <= code::TEXT_LIMIT && findings.add(&[text], engine, page);
    fits.then_some(())
}

fn parts(rest: &mut Rest<'_>, findings: &mut Findings) -> Option<()> {
    for _ in 0..rest.count(MOST_PARTS)? {
        let text = rest.text(MOST_TEXT)?;
        findings.add(&[text], Engine::Rxing, None).then_some(())?;
    }
    Some(())
}

fn sight(rest: &mut Rest<'_>) -> Option<Sight> {
    let mut findings = Findings::default();
    codes(rest, &mut findings)?;
    parts(rest, &mut findings)?;
    let mut sight = findings.into_sight();
    sight.others = flag(rest)?;
    sight.hint = hint(rest.byte()?)?;
    for _ in 0..rest.count(MOST_OUTLINES)? {
        let mut corners = [(0.0, 0.0); 4];
        for (x, y) in &mut corners {
            *x = coordinate(rest)?;
            *y = coordinate(rest)?;
        }
        sight.outlines.push(corners);
    }
    Some(sight)
}

fn coordinate(rest: &mut Rest<'_>) -> Option<f32> {
    // A symbol's corner may lie outside of the frame, but not far.
    const FAR: f32 = 1e6;
    let coordinate = f32::from_bits(rest.number()?);
    (coordinate.abs() <= FAR).then_some(coordinate)
}

fn error(rest: &mut Rest<'_>) -> Option<ScanError> {
    Some(match rest.byte()? {
        0 => ScanError::Empty,
        1 => ScanError::Unsupported,
        2 => ScanError::Heic,
        3 => ScanError::TooManyBytes {
            have: rest.long()?,
            most: rest.long()?,
        },
        4 => ScanError::TooManyPixels {
            megapixels: rest.long()?,
        },
        5 => ScanError::TooManyPages {
            have: rest.size()?,
            looked_at: rest.size()?,
        },
        6 => ScanError::Broken {
            kind: kind(rest.byte()?)?,
        },
        7 => ScanError::EncryptedPdf,
        8 => ScanError::NoSuchPage { have: rest.size()? },
        9 => ScanError::NoCode,
        10 => ScanError::NotABackupCode,
        11 => {
            let mut identifiers = Vec::new();
            for _ in 0..rest.count(MOST_CODES)? {
                let text = rest.text(Identifier::LENGTH)?;
                identifiers.push(Identifier::from_str(&text).ok()?);
            }
            ScanError::Several { identifiers }
        }
        12 => ScanError::NotReadBy {
            engine: engine(rest.byte()?)?,
        },
        13 => ScanError::BrokenFrame,
        14 => ScanError::TooHeavy,
        15 => ScanError::Unavailable,
        16 => ScanError::Cancelled,
        _ => return None,
    })
}

fn flag(rest: &mut Rest<'_>) -> Option<bool> {
    match rest.byte()? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

fn engine(number: u8) -> Option<Engine> {
    [Engine::Rxing, Engine::Rqrr, Engine::Rescue]
        .into_iter()
        .find(|it| engine_number(*it) == number)
}

fn engine_number(engine: Engine) -> u8 {
    match engine {
        Engine::Rxing => 0,
        Engine::Rqrr => 1,
        Engine::Rescue => 2,
    }
}

fn hint(number: u8) -> Option<Option<Hint>> {
    [
        None,
        Some(Hint::TooDark),
        Some(Hint::MoveCloser),
        Some(Hint::HoldStill),
    ]
    .into_iter()
    .find(|it| hint_number(*it) == number)
}

fn hint_number(hint: Option<Hint>) -> u8 {
    match hint {
        None => 0,
        Some(Hint::TooDark) => 1,
        Some(Hint::MoveCloser) => 2,
        Some(Hint::HoldStill) => 3,
    }
}

fn kind(number: u8) -> Option<Kind> {
    Kind::ALL.get(usize::from(number)).copied()
}

/// Which of the kinds. All of them are in the list.
fn kind_number(kind: Kind) -> u8 {
    let place = Kind::ALL.iter().position(|it| *it == kind);
    place.unwrap_or_default() as u8
}

pub(super) fn at(done: u32, of: u32) -> Message {
    let mut message = Message::new(AT, 8);
    message.number(done);
    message.number(of);
    message
}

/// What a file holds, or that it is more than an answer may have.
pub(super) fn finds(finds: &Finds) -> Message {
    let texts = code_texts(&finds.codes);
    let length = size_of_codes(&texts) + size_of_parts(&finds.parts);
    if length > MOST_BYTES || texts.len() > MOST_CODES || finds.parts.len() > MOST_PARTS {
        return failure(&ScanError::TooHeavy);
    }
    let mut message = Message::new(FINDS, length);
    put_codes(&mut message, &finds.codes, &texts);
    put_parts(&mut message, &finds.parts);
    message
}

pub(super) fn sheet(read: &[(Engine, TypedCode); 2]) -> Message {
    let texts = read.each_ref().map(|(_, code)| code.spelled());
    let length = texts.iter().map(|it| 5 + size_of_text(it)).sum();
    let mut message = Message::new(SHEET, length);
    for ((engine, _), text) in read.iter().zip(&texts) {
        message.byte(engine_number(*engine));
        message.number(0);
        message.text(text);
    }
    message
}

/// What a frame shows. What is too much is left away: there are more frames to come.
pub(super) fn seen(mut sight: Sight) -> Message {
    sight.codes.truncate(MOST_CODES);
    sight.outlines.truncate(MOST_OUTLINES);
    let texts = code_texts(&sight.codes);
    let other = size_of_codes(&texts) + 4 + 2 + 4 + 32 * sight.outlines.len();
    while sight.parts.len() > MOST_PARTS || other + size_of_parts(&sight.parts) > MOST_BYTES {
        sight.parts.pop();
    }
    let length = other - 4 + size_of_parts(&sight.parts);
    let mut message = Message::new(SIGHT, length);
    put_codes(&mut message, &sight.codes, &texts);
    put_parts(&mut message, &sight.parts);
    message.byte(sight.others.into());
    message.byte(hint_number(sight.hint));
    message.number(sight.outlines.len() as u32);
    for (x, y) in sight.outlines.iter().flatten() {
        message.number(x.to_bits());
        message.number(y.to_bits());
    }
    message
}

/// As it would have been typed, `?` for what is unreadable.
fn code_texts(codes: &[Scanned]) -> Vec<Text> {
    codes.iter().map(|it| it.code.spelled()).collect()
}

fn size_of_codes(texts: &[Text]) -> usize {
    4 + texts.iter().map(|it| 5 + size_of_text(it)).sum::<usize>()
}

fn size_of_parts(parts: &[Text]) -> usize {
    4 + parts.iter().map(|it| size_of_text(it)).sum::<usize>()
}

fn put_codes(message: &mut Message, codes: &[Scanned], texts: &[Text]) {
    message.number(codes.len() as u32);
    for (code, text) in codes.iter().zip(texts) {
        message.byte(engine_number(code.engine));
        // Files have pages from 1, and nowhere near as many as four bytes can say.
        message.number(code.page.unwrap_or_default() as u32);
        message.text(text);
    }
}

fn put_parts(message: &mut Message, parts: &[Text]) {
    message.number(parts.len() as u32);
    for part in parts {
        message.text(part);
    }
}

pub(super) fn failure(error: &ScanError) -> Message {
    let with = |number: u8, length: usize| {
        let mut message = Message::new(ERROR, 1 + length);
        message.byte(number);
        message
    };
    match error {
        ScanError::Empty => with(0, 0),
        ScanError::Unsupported => with(1, 0),
        ScanError::Heic => with(2, 0),
        ScanError::TooManyBytes { have, most } => {
            let mut message = with(3, 16);
            message.long(*have);
            message.long(*most);
            message
        }
        ScanError::TooManyPixels { megapixels } => {
            let mut message = with(4, 8);
            message.long(*megapixels);
            message
        }
        ScanError::TooManyPages { have, looked_at } => {
            let mut message = with(5, 16);
            message.long(*have as u64);
            message.long(*looked_at as u64);
            message
        }
        ScanError::Broken { kind } => {
            let mut message = with(6, 1);
            message.byte(kind_number(*kind));
            message
        }
        ScanError::EncryptedPdf => with(7, 0),
        ScanError::NoSuchPage { have } => {
            let mut message = with(8, 8);
            message.long(*have as u64);
            message
        }
        ScanError::NoCode => with(9, 0),
        ScanError::NotABackupCode => with(10, 0),
        ScanError::Several { identifiers } => {
            let some = &identifiers[..identifiers.len().min(MOST_CODES)];
            let mut message = with(11, 4 + (4 + Identifier::LENGTH) * some.len());
            message.number(some.len() as u32);
            for identifier in some {
                message.text(&identifier.to_string());
            }
            message
        }
        ScanError::NotReadBy { engine } => {
            let mut message = with(12, 1);
            message.byte(engine_number(*engine));
            message
        }
        ScanError::BrokenFrame => with(13, 0),
        ScanError::TooHeavy => with(14, 0),
        ScanError::Unavailable => with(15, 0),
        ScanError::Cancelled => with(16, 0),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use code::BackupCode;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use zeroize::Zeroizing;

    use super::*;

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

    fn answered(message: &Message) -> Answer {
        let mut bytes = message.bytes();
        let answer = read_answer(&mut bytes).unwrap().unwrap();
        assert!(bytes.is_empty());
        answer
    }

    #[track_caller]
    fn is_refused(bytes: &[u8]) {
        let error = read_answer(&mut &*bytes).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn every_error_arrives_as_it_was_sent() {
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
            ScanError::NoSuchPage { have: 3 },
            ScanError::NoCode,
            ScanError::NotABackupCode,
            ScanError::Several { identifiers },
            ScanError::BrokenFrame,
            ScanError::TooHeavy,
            ScanError::Unavailable,
            ScanError::Cancelled,
        ];
        errors.extend(Kind::ALL.map(|kind| ScanError::Broken { kind }));
        errors.extend(
            [Engine::Rxing, Engine::Rqrr, Engine::Rescue]
                .map(|engine| ScanError::NotReadBy { engine }),
        );
        for sent in errors {
            match answered(&failure(&sent)) {
                Answer::Error(arrived) => assert_eq!(arrived, sent),
                _ => panic!("{sent:?}"),
            }
        }
    }

    #[test]
    fn what_a_frame_shows_arrives_as_it_was_sent() {
        let mut sight = Sight {
            codes: vec![scanned(&text(1), None), scanned(&text(2), Some(7))],
            parts: vec![Zeroizing::new("UR:BYTES/1-2/AA".to_owned())],
            others: true,
            outlines: vec![[(1.0, 2.5), (-3.0, 4.0), (5.0, 6.0), (7.0, 8.0)]],
            hint: None,
        };
        for hint in [
            None,
            Some(Hint::TooDark),
            Some(Hint::MoveCloser),
            Some(Hint::HoldStill),
        ] {
            sight.hint = hint;
            let copy = Sight {
                codes: vec![scanned(&text(1), None), scanned(&text(2), Some(7))],
                parts: sight.parts.clone(),
                outlines: sight.outlines.clone(),
                ..sight
            };
            let Answer::Sight(arrived) = answered(&seen(copy)) else {
                panic!("no sight");
            };
            for (there, here) in arrived.codes.iter().zip(&sight.codes) {
                assert_eq!(there.code.spelled(), here.code.spelled());
                assert_eq!((there.engine, there.page), (here.engine, here.page));
            }
            assert_eq!(arrived.codes.len(), 2);
            assert_eq!(arrived.parts, sight.parts);
            assert!(arrived.others);
            assert_eq!(arrived.outlines, sight.outlines);
            assert_eq!(arrived.hint, hint);
        }
    }

    #[test]
    fn a_code_that_is_none_or_is_told_twice_is_refused() {
        let found = |texts: &[&str]| Finds {
            codes: texts.iter().map(|it| scanned(it, None)).collect(),
            parts: Vec::new(),
        };
        is_refused(finds(&found(&["ABC"])).bytes());
        is_refused(finds(&found(&[&text(3), &text(3)])).bytes());
        is_refused(finds(&found(&[])).bytes());
        assert!(matches!(
            answered(&finds(&found(&[&text(3), &text(4)]))),
            Answer::Finds(_)
        ));
    }

    #[test]
    fn more_than_an_answer_may_hold_is_said_and_not_sent() {
        let codes = (0..=MOST_CODES as u64).map(|seed| scanned(&text(seed), None));
        let many = Finds {
            codes: codes.collect(),
            parts: Vec::new(),
        };
        let answer = answered(&finds(&many));
        assert!(matches!(answer, Answer::Error(ScanError::TooHeavy)));
        let part =
            |number: usize| Zeroizing::new(format!("UR:BYTES/{number}-9/{}", "A".repeat(4000)));
        let sight = Sight {
            parts: (0..1500).map(part).collect(),
            ..Sight::default()
        };
        let Answer::Sight(arrived) = answered(&seen(sight)) else {
            panic!("no sight");
        };
        assert!((900..1500).contains(&arrived.parts.len()));
    }

    #[test]
    fn an_answer_cut_short_or_changed_anywhere_is_refused_or_still_true() {
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
    fn lengths_and_counts_that_cannot_be_are_refused_before_anything_is_allocated() {
        is_refused(&[FINDS, 0xff, 0xff, 0xff, 0xff]);
        is_refused(&[FINDS, 8, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
        is_refused(&[99, 0, 0, 0, 0]);
        let mut corner = seen(Sight {
            outlines: vec![[(f32::NAN, 0.0); 4]],
            ..Sight::default()
        });
        is_refused(corner.bytes());
        corner = seen(Sight {
            outlines: vec![[(f32::INFINITY, 0.0); 4]],
            ..Sight::default()
        });
        is_refused(corner.bytes());
    }
}
