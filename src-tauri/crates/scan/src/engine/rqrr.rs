//! `rqrr` 0.11. Thresholds by neighbourhood, looks for all symbols.

use rqrr::PreparedImage;
use zeroize::Zeroizing;

use super::Text;
use crate::luma::Luma;

pub(super) fn read(picture: &Luma) -> Vec<Text> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.pixels();
    let mut prepared =
        PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    prepared
        .detect_grids()
        .iter()
        .filter_map(|grid| grid.decode().ok())
        .map(|(_, text)| Zeroizing::new(text))
        .collect()
}
