//! Answers as the asking end reads and checks them.

use std::io::{self, Read};

use code::TypedCode;

use super::bounds::{
    ERROR, FINDS, FOREIGN, MAX_BYTES, MAX_CODES, MAX_FOREIGN, MAX_OUTLINES, MAX_PARTS, MAX_TEXT,
    PROGRESS, SHEET, SIGHT,
};
use super::field::Field;
use super::wire::{Rest, read_bytes, read_head};
use crate::engine::{Engine, Text};
use crate::error::ScanError;
use crate::findings::Findings;
use crate::finds::{Finds, Foreign};
use crate::sight::{Hint, Sight};

/// One message from the scanning process.
pub enum Answer {
    /// [`Progress::at`](crate::Progress::at); the final answer is still to come.
    At {
        /// Steps done.
        done: u32,
        /// Total number of steps, as far as known.
        of: u32,
    },
    /// Contents of a file.
    Finds(Finds),
    /// Foreign QR codes of a file.
    Foreign(Foreign),
    /// A sheet as read by each engine.
    Sheet([(Engine, TypedCode); 2]),
    /// Contents of a frame.
    Sight(Sight),
    /// The reason why there is no result.
    Error(ScanError),
}

/// Reads and checks one answer. Returns `None` at the end of the input.
///
/// # Errors
/// Those of `input`; `InvalidData` if the bytes are not an answer, are longer than an answer may
/// be, or claim that a text is a code when it is not.
pub fn read_answer(input: &mut impl Read) -> io::Result<Option<Answer>> {
    let Some((kind, length)) = read_head(input)? else {
        return Ok(None);
    };
    let length = length as usize;
    if length > MAX_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let bytes = read_bytes(input, length)?;
    match answer(kind, Rest(&bytes)) {
        Some(answer) => Ok(Some(answer)),
        None => Err(io::ErrorKind::InvalidData.into()),
    }
}

fn answer(kind: u8, mut rest: Rest<'_>) -> Option<Answer> {
    let answer = match kind {
        PROGRESS => Answer::At {
            done: rest.number()?,
            of: rest.number()?,
        },
        FINDS => {
            let mut findings = Findings::default();
            codes(&mut rest, &mut findings)?;
            parts(&mut rest, &mut findings)?;
            Answer::Finds(findings.into_finds().ok()?)
        }
        FOREIGN => Answer::Foreign(foreign(&mut rest)?),
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
        ERROR => Answer::Error(ScanError::read(&mut rest)?),
        _ => return None,
    };
    rest.end(answer)
}

/// Reads codes and shares. Duplicates, and texts that are not codes, make the answer invalid.
fn codes(rest: &mut Rest<'_>, findings: &mut Findings) -> Option<()> {
    for _ in 0..rest.count(MAX_CODES)? {
        code(rest, findings)?;
    }
    Some(())
}

fn code(rest: &mut Rest<'_>, findings: &mut Findings) -> Option<()> {
    let engine = Engine::read(rest)?;
    let page = match rest.number()? {
        0 => None,
        page => Some(usize::try_from(page).ok()?),
    };
    let text = rest.text(MAX_TEXT)?;
    // The length limit also refuses parts, which an honest process never sends among the codes.
    let fits = text.len() <= code::TEXT_LIMIT && findings.add(&[text], engine, page);
    fits.then_some(())
}

fn parts(rest: &mut Rest<'_>, findings: &mut Findings) -> Option<()> {
    for _ in 0..rest.count(MAX_PARTS)? {
        let text = rest.text(MAX_TEXT)?;
        findings.add(&[text], Engine::Rxing, None).then_some(())?;
    }
    Some(())
}

/// Reads foreign texts. Duplicates, and codes, shares and parts, make the answer invalid: an honest
/// process keeps those to itself.
fn foreign_texts(rest: &mut Rest<'_>) -> Option<Vec<Text>> {
    let mut findings = Findings::default();
    let count = rest.count(MAX_FOREIGN)?;
    for _ in 0..count {
        findings.add(&[rest.text(MAX_TEXT)?], Engine::Rxing, None);
    }
    let texts = findings.into_foreign().texts;
    (texts.len() == count).then_some(texts)
}

fn foreign(rest: &mut Rest<'_>) -> Option<Foreign> {
    let texts = foreign_texts(rest)?;
    let ours = bool::read(rest)?;
    (ours || !texts.is_empty()).then_some(Foreign { texts, ours })
}

fn sight(rest: &mut Rest<'_>) -> Option<Sight> {
    let mut findings = Findings::default();
    codes(rest, &mut findings)?;
    parts(rest, &mut findings)?;
    let mut sight = findings.into_sight();
    sight.others = bool::read(rest)?;
    sight.foreign = foreign_texts(rest)?;
    sight.hint = Option::<Hint>::read(rest)?;
    for _ in 0..rest.count(MAX_OUTLINES)? {
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
    // A symbol's corner may lie outside the frame, but not far.
    const LIMIT: f32 = 1e6;
    let coordinate = f32::from_bits(rest.number()?);
    (coordinate.abs() <= LIMIT).then_some(coordinate)
}
