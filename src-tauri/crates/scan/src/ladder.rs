//! The attempts at one picture, cheap and likely ones first.

use raster::LumaImage;

use crate::engine::{Engine, Reader, Text, Threshold};
use crate::error::ScanError;
use crate::progress::{Progress, Unattended, check_cancelled};
use crate::rescue::rescue;
use crate::transform::{despeckled, doubled, inverted, shrunk};

/// Maximum number of pixels of the first attempt. A larger picture is halved until it fits: the
/// modules of a sheet that fills a phone's photo have many pixels, and a decoder's time grows with
/// them.
const FIRST_PIXELS: u64 = 4_000_000;

/// Maximum number of pixels for which doubling is tried. In larger pictures, modules are not small
/// for lack of pixels.
const DOUBLED_PIXELS: u64 = 2_000_000;

/// Length of the shorter side, in pixels, below which halving cannot help: a version 5 symbol has
/// 37 modules per side.
const SMALLEST_SIDE: u32 = 2 * 37;

/// Transformation of the picture before it is read.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum View {
    /// Sides halved this many times; 0 is the picture itself.
    Halved(u32),
    Doubled,
    /// Halved this many times, then despeckled: against pinholes in print, and dust.
    Despeckled(u32),
    /// Halved this many times, black and white swapped.
    Inverted(u32),
}

/// One attempt at a picture.
enum Attempt {
    Read(View, &'static [Reader]),
    /// Looks only for a sheet's symbol, so it is skipped if anything was read before.
    Rescue,
}

/// Makes one attempt after the other at `picture` until `enough` returns true for the texts of an
/// attempt. `before` is the number of steps of the file that are already done; returns the number
/// afterwards.
pub(crate) fn climb(
    picture: &LumaImage,
    before: u32,
    progress: &dyn Progress,
    enough: &mut dyn FnMut(Engine, &[Text]) -> bool,
) -> Result<u32, ScanError> {
    let attempts = attempts(picture);
    let of = before + attempts.len() as u32;
    let mut nothing = true;
    for (done, attempt) in (before..).zip(attempts) {
        check_cancelled(progress)?;
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
        let transformed = match view {
            View::Halved(0) => None,
            View::Halved(halvings) => shrunk(picture, halvings),
            View::Doubled => doubled(picture),
            View::Despeckled(halvings) => shrunk(picture, halvings).and_then(|it| despeckled(&it)),
            View::Inverted(halvings) => shrunk(picture, halvings).and_then(|it| inverted(&it)),
        };
        for reader in readers {
            check_cancelled(progress)?;
            let texts = reader.read(transformed.as_ref().unwrap_or(picture));
            nothing &= texts.is_empty();
            if enough(reader.engine(), &texts) {
                return Ok(of);
            }
        }
    }
    Ok(of)
}

/// Makes the first attempt and, if that reads nothing, the rescue: together they read nearly
/// everything that the whole ladder reads.
pub(crate) fn glance_and_rescue(picture: &LumaImage) -> Vec<Text> {
    let (_, texts) = glance(picture);
    if !texts.is_empty() {
        return texts;
    }
    let rescued = rescue(picture, &Unattended);
    rescued.ok().flatten().into_iter().collect()
}

/// Makes only the first attempt.
pub(crate) fn glance(picture: &LumaImage) -> (Engine, Vec<Text>) {
    let reader = Reader::Rxing(Threshold::Local);
    let small = match first_halvings(picture) {
        0 => None,
        halvings => shrunk(picture, halvings),
    };
    let texts = reader.read(small.as_ref().unwrap_or(picture));
    (reader.engine(), texts)
}

fn first_halvings(picture: &LumaImage) -> u32 {
    let mut halvings = 0;
    while picture.pixel_count() >> (2 * halvings) > FIRST_PIXELS {
        halvings += 1;
    }
    halvings
}

fn attempts(picture: &LumaImage) -> Vec<Attempt> {
    const LOCAL: &[Reader] = &[Reader::Rxing(Threshold::Local)];
    const OTHERS: &[Reader] = &[Reader::Rxing(Threshold::Global), Reader::Rqrr];
    const FILTERED: &[Reader] = &[Reader::RxingFiltered];
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
    if picture.pixel_count() <= DOUBLED_PIXELS {
        attempts.push(read(View::Doubled));
    }
    attempts.push(read(View::Despeckled(first)));
    if smaller_helps {
        attempts.push(read(View::Despeckled(smaller)));
    }
    attempts.push(Attempt::Read(View::Halved(first), OTHERS));
    attempts.push(read(View::Inverted(first)));
    attempts.push(Attempt::Read(View::Halved(first), FILTERED));
    attempts
}
