//! `rqrr` 0.11: thresholds per neighbourhood, finds all symbols.

use raster::LumaImage;
use rqrr::{BitGrid, PreparedImage};
use zeroize::Zeroizing;

use super::sighting::{SymbolOutline, Text};

/// Reads all symbols, with their positions.
pub(super) fn read(picture: &LumaImage) -> Vec<(Text, SymbolOutline)> {
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
            let corners = corrected(corners, modules);
            Some((Zeroizing::new(text), SymbolOutline { corners, modules }))
        })
        .collect()
}

/// Corrects the bounds: `rqrr` puts the right and the lower side one module too far out. Exact for
/// parallel sides.
fn corrected(bounds: [(f32, f32); 4], modules: usize) -> [(f32, f32); 4] {
    let share = modules as f32 / (modules + 1) as f32;
    let (left, top) = bounds[0];
    bounds.map(|(x, y)| (left + (x - left) * share, top + (y - top) * share))
}
