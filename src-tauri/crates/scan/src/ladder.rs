//! The attempts at one picture, cheap and likely ones first.

use crate::ScanError;
use crate::engine::{Engine, Reader, Text, Threshold};
use crate::luma::Luma;
use crate::progress::{Progress, Unattended, go_on};
use crate::rescue::rescue;

/// Pixels of the first attempt at most. A larger picture is halved until it fits: a sheet that fills
/// a phone's photo has modules of many pixels, and a decoder's time grows with them.
const FIRST_PIXELS: u64 = 4_000_000;

/// Pixels up to which doubling is tried: in larger pictures modules are not small for want of pixels.
const DOUBLED_PIXELS: u64 = 2_000_000;

/// Shorter side, in pixels, below which halving cannot help: a version 5 symbol has 37 modules.
const SMALLEST_SIDE: u32 = 2 * 37;

/// One way of looking at the picture.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum View {
    /// Sides halved so many times; 0 is the picture itself.
    Halved(u32),
    Doubled,
    /// Halved so many times, then without specks: pinholes in print, dust.
    Cleaned(u32),
    /// Halved so many times, black for white.
    Inverted(u32),
}

/// What is done with a picture in one attempt.
enum Attempt {
    Read(View, &'static [Reader]),
    /// Looks for a sheet's symbol only, so only where nothing at all was read before.
    Rescue,
}

/// Reads `picture` in one way after the other until `enough` is content with the texts of an attempt.
/// It is asked after every attempt. `before` steps of the file were behind already; answers how many are then.
pub(crate) fn climb(
    picture: &Luma,
    before: u32,
    progress: &dyn Progress,
    enough: &mut dyn FnMut(Engine, &[Text]) -> bool,
) -> Result<u32, ScanError> {
    let attempts = attempts(picture);
    let of = before + attempts.len() as u32;
    let mut nothing = true;
    for (done, attempt) in (before..).zip(attempts) {
        go_on(progress)?;
        progress.at(done, of);
        let (view, readers) = match attempt {
            Attempt::Read(view, readers) => (view, readers),
            Attempt::Rescue => {
                if nothing && let Some(text) = rescue(picture, progress)? {
                    nothing = false;
                    if enough(Engine::Rescue, &[text]) {
                        return Ok(of);
                    }
                }
                continue;
            }
        };
        let changed = match view {
            View::Halved(0) => None,
            View::Halved(halvings) => picture.shrunk(halvings),
            View::Doubled => picture.doubled(),
            View::Cleaned(halvings) => picture.shrunk(halvings).map(|small| small.without_specks()),
            View::Inverted(halvings) => picture.shrunk(halvings).map(|small| small.inverted()),
        };
        for reader in readers {
            go_on(progress)?;
            let texts = reader.read(changed.as_ref().unwrap_or(picture));
            nothing &= texts.is_empty();
            if enough(reader.engine(), &texts) {
                return Ok(of);
            }
        }
    }
    Ok(of)
}

/// The first attempt, and the rescue where that reads nothing: nearly all that can be read, without the attempts between.
pub(crate) fn glance_and_rescue(picture: &Luma) -> Vec<Text> {
    let (_, texts) = glance(picture);
    if !texts.is_empty() {
        return texts;
    }
    let rescued = rescue(picture, &Unattended);
    rescued.ok().flatten().into_iter().collect()
}

/// The first attempt alone.
pub(crate) fn glance(picture: &Luma) -> (Engine, Vec<Text>) {
    let reader = Reader::Rxing(Threshold::Local);
    let small = match first_halvings(picture) {
        0 => None,
        halvings => picture.shrunk(halvings),
    };
    let texts = reader.read(small.as_ref().unwrap_or(picture));
    (reader.engine(), texts)
}

fn first_halvings(picture: &Luma) -> u32 {
    let mut halvings = 0;
    while picture.size() >> (2 * halvings) > FIRST_PIXELS {
        halvings += 1;
    }
    halvings
}

fn attempts(picture: &Luma) -> Vec<Attempt> {
    const LOCAL: &[Reader] = &[Reader::Rxing(Threshold::Local)];
    const OTHERS: &[Reader] = &[Reader::Rxing(Threshold::Global), Reader::Rqrr];
    let read = |view| Attempt::Read(view, LOCAL);
    let first = first_halvings(picture);
    let mut attempts = vec![read(View::Halved(first))];
    let smaller = first + 1;
    let smaller_helps = picture.short_side() >> smaller >= SMALLEST_SIDE;
    if smaller_helps {
        attempts.push(read(View::Halved(smaller)));
    }
    attempts.extend((0..first).rev().map(|finer| read(View::Halved(finer))));
    attempts.push(Attempt::Rescue);
    if picture.size() <= DOUBLED_PIXELS {
        attempts.push(read(View::Doubled));
    }
    attempts.push(read(View::Cleaned(first)));
    if smaller_helps {
        attempts.push(read(View::Cleaned(smaller)));
    }
    attempts.push(Attempt::Read(View::Halved(first), OTHERS));
    attempts.push(read(View::Inverted(first)));
    attempts
}
