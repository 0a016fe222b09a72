//! `rqrr` 0.11. Thresholds by neighbourhood, looks for all symbols.

use rqrr::{BitGrid, PreparedImage};
use zeroize::Zeroizing;

use super::{Symbol, Text};
use crate::luma::Luma;

/// Every symbol that is read, with what it says.
pub(super) fn read(picture: &Luma) -> Vec<(Text, Symbol)> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.pixels();
    let mut prepared =
        PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    prepared
        .detect_grids()
        .iter()
        .filter_map(|grid| {
            let (_, text) = grid.decode().ok()?;
            let corners = grid.bounds.map(|corner| (corner.x as f32, corner.y as f32));
            let modules = grid.grid.size();
            let corners = one_module_in(corners, modules);
            Some((Zeroizing::new(text), Symbol { corners, modules }))
        })
        .collect()
}

/// `rqrr` puts the right and the lower side a module too far out. Right where sides are parallel.
fn one_module_in(bounds: [(f32, f32); 4], modules: usize) -> [(f32, f32); 4] {
    let share = modules as f32 / (modules + 1) as f32;
    let (left, top) = bounds[0];
    bounds.map(|(x, y)| (left + (x - left) * share, top + (y - top) * share))
}
