//! The damage margin of a printed symbol, measured by trial.

mod cover;

use raster::LumaImage;
use zeroize::Zeroizing;

use crate::engine::{Engine, SymbolOutline, symbol_with_text};
use crate::error::ScanError;
use crate::ladder::glance_and_rescue;
use crate::transform::cut;
use cover::{MAX_PERCENT, covers};

/// White margin around the cut-out symbol, in modules; a sheet has at least this much.
const QUIET_ZONE: f32 = 4.0;

/// Result of [`damage_margin`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The largest share of the symbol's area, in per cent from 0 to 30, up to which it was read
    /// under every cover that was tried.
    pub percent: u8,
}

/// Covers more and more of the QR symbol on `page` and reads the rest, with the first attempt of
/// [`scan`](crate::scan) and its rescue.
///
/// Covers are squares from the corner without a finder pattern, horizontal and vertical stripes,
/// and scattered blotches, each in white and in black. The same page always gets the same covers.
/// They leave out the three finder patterns, which take 11 % of a sheet's symbol: without two of
/// them, no decoder finds it. The UI states this next to the figure.
///
/// The margin holds for the resolution of the picture: 200 dpi shows a sheet like a careful scan.
/// Takes some seconds. `expected` is the text of the symbol; no copy of it is kept.
///
/// # Errors
/// `NotReadBy` if the uncovered symbol is not read, or has another text.
pub fn damage_margin(page: &LumaImage, expected: &str) -> Result<Margin, ScanError> {
    const UNREAD: ScanError = ScanError::NotReadBy {
        engine: Engine::Rqrr,
    };
    let symbol = symbol_with_text(page, |text| text == expected).ok_or(UNREAD)?;
    let (picture, symbol) = cut_out(page, &symbol).ok_or(UNREAD)?;
    let positions = positions(&picture, &symbol);
    let covers = covers(symbol.modules);
    let survives = |percent: u8| {
        let share = f32::from(percent) / 100.0;
        covers.iter().all(|cover| {
            let shape = cover.shape.at(share, symbol.modules);
            covered(&picture, &positions, &shape, cover.level)
                .is_some_and(|covered| reads(&covered, expected))
        })
    };
    // Most sheets survive the largest covers.
    if survives(MAX_PERCENT) {
        return Ok(Margin {
            percent: MAX_PERCENT,
        });
    }
    // Each cover contains the smaller ones, so bisection finds the limit.
    let (mut read, mut unread) = (0, MAX_PERCENT);
    while unread - read > 1 {
        let between = read.midpoint(unread);
        if survives(between) {
            read = between;
        } else {
            unread = between;
        }
    }
    Ok(Margin { percent: read })
}

fn reads(picture: &LumaImage, expected: &str) -> bool {
    let texts = glance_and_rescue(picture);
    texts.iter().any(|text| text.as_str() == expected)
}

/// Cuts out the symbol with the white around it, because time grows with the number of pixels.
fn cut_out(page: &LumaImage, symbol: &SymbolOutline) -> Option<(LumaImage, SymbolOutline)> {
    let xs = symbol.corners.map(|corner| corner.0);
    let ys = symbol.corners.map(|corner| corner.1);
    let least = |values: &[f32]| values.iter().copied().fold(f32::MAX, f32::min);
    let most = |values: &[f32]| values.iter().copied().fold(f32::MIN, f32::max);
    let module = (most(&xs) - least(&xs)) / symbol.modules as f32;
    let white = QUIET_ZONE * module;
    let left = (least(&xs) - white).max(0.0) as u32;
    let top = (least(&ys) - white).max(0.0) as u32;
    let right = ((most(&xs) + white) as u32).min(page.width());
    let bottom = ((most(&ys) + white) as u32).min(page.height());
    let picture = cut(page, left, top, right, bottom)?;
    let corners = symbol
        .corners
        .map(|(x, y)| (x - left as f32, y - top as f32));
    let modules = symbol.modules;
    Some((picture, SymbolOutline { corners, modules }))
}

/// Position of each pixel on the symbol, in sides of the symbol from its upper left corner; `None`
/// outside.
fn positions(picture: &LumaImage, symbol: &SymbolOutline) -> Vec<Option<(f32, f32)>> {
    let [origin, right, _, below] = symbol.corners;
    let (ax, ay) = (right.0 - origin.0, right.1 - origin.1);
    let (bx, by) = (below.0 - origin.0, below.1 - origin.1);
    let area = ax * by - ay * bx;
    (0..picture.height())
        .flat_map(|y| (0..picture.width()).map(move |x| (x, y)))
        .map(|(x, y)| {
            let (dx, dy) = (x as f32 + 0.5 - origin.0, y as f32 + 0.5 - origin.1);
            let (u, v) = ((dx * by - dy * bx) / area, (ax * dy - ay * dx) / area);
            ((0.0..1.0).contains(&u) && (0.0..1.0).contains(&v)).then_some((u, v))
        })
        .collect()
}

fn covered(
    picture: &LumaImage,
    positions: &[Option<(f32, f32)>],
    covers: &dyn Fn(f32, f32) -> bool,
    level: u8,
) -> Option<LumaImage> {
    let mut pixels = Zeroizing::new(picture.pixels().to_vec());
    for (pixel, position) in pixels.iter_mut().zip(positions) {
        if position.is_some_and(|(u, v)| covers(u, v)) {
            *pixel = level;
        }
    }
    LumaImage::from_pixels(picture.width(), picture.height(), pixels)
}
