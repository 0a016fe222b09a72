//! Transformed copies of a picture, for decoders to try.

use image::imageops::{self, FilterType};
use image::{GrayImage, ImageBuffer, Luma};
use raster::LumaImage;
use zeroize::Zeroizing;

/// Cuts out the part from (`left`, `top`) up to, but not including, (`right`, `bottom`). Returns
/// `None` if that is empty or not fully inside.
pub(crate) fn cut(
    picture: &LumaImage,
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
) -> Option<LumaImage> {
    if left >= right || top >= bottom || right > picture.width() || bottom > picture.height() {
        return None;
    }
    let columns = left as usize..right as usize;
    let rows = picture.pixels().chunks_exact(picture.width() as usize);
    let mut pixels = Zeroizing::new(Vec::with_capacity(columns.len() * (bottom - top) as usize));
    for row in rows.take(bottom as usize).skip(top as usize) {
        pixels.extend_from_slice(&row[columns.clone()]);
    }
    LumaImage::from_pixels(right - left, bottom - top, pixels)
}

/// Divides both sides by 2 to the power of `halvings`; each pixel is the mean of those it covers.
pub(crate) fn shrunk(picture: &LumaImage, halvings: u32) -> Option<LumaImage> {
    let width = picture.width().checked_shr(halvings)?.max(1);
    let height = picture.height().checked_shr(halvings)?.max(1);
    from_image(imageops::thumbnail(&view(picture)?, width, height))
}

/// Doubles both sides by linear interpolation.
pub(crate) fn doubled(picture: &LumaImage) -> Option<LumaImage> {
    let width = picture.width().checked_mul(2)?;
    let height = picture.height().checked_mul(2)?;
    from_image(imageops::resize(
        &view(picture)?,
        width,
        height,
        FilterType::Triangle,
    ))
}

/// Swaps black and white.
pub(crate) fn inverted(picture: &LumaImage) -> Option<LumaImage> {
    let pixels = picture.pixels().iter().map(|pixel| 255 - pixel).collect();
    LumaImage::from_pixels(picture.width(), picture.height(), Zeroizing::new(pixels))
}

/// Replaces each pixel by the median of itself and its eight neighbours, which removes specks and
/// keeps edges. The outermost pixels are not changed.
pub(crate) fn despeckled(picture: &LumaImage) -> Option<LumaImage> {
    let width = picture.width() as usize;
    let mut pixels = Zeroizing::new(picture.pixels().to_vec());
    let rows = picture.pixels().windows(3 * width).step_by(width);
    for (three, to) in rows.zip(pixels.chunks_exact_mut(width).skip(1)) {
        let (above, rest) = three.split_at(width);
        let (here, below) = rest.split_at(width);
        // The median of nine, from sorted columns: the median of the largest minimum, the median of
        // the medians, and the smallest maximum.
        let column = |x: usize| sorted(above[x], here[x], below[x]);
        for (x, to) in to.iter_mut().enumerate().skip(1) {
            if x + 1 == width {
                break;
            }
            let (a, b, c) = (column(x - 1), column(x), column(x + 1));
            let low = a.0.max(b.0).max(c.0);
            let high = a.2.min(b.2).min(c.2);
            let (_, middle, _) = sorted(a.1, b.1, c.1);
            *to = sorted(low, middle, high).1;
        }
    }
    LumaImage::from_pixels(picture.width(), picture.height(), pixels)
}

/// Sorts three levels from dark to light.
fn sorted(a: u8, b: u8, c: u8) -> (u8, u8, u8) {
    let (low, high) = (a.min(b), a.max(b));
    (low.min(c), low.max(high.min(c)), high.max(c))
}

type View<'a> = ImageBuffer<Luma<u8>, &'a [u8]>;

fn view(picture: &LumaImage) -> Option<View<'_>> {
    ImageBuffer::from_raw(picture.width(), picture.height(), picture.pixels())
}

fn from_image(image: GrayImage) -> Option<LumaImage> {
    let (width, height) = image.dimensions();
    LumaImage::from_pixels(width, height, Zeroizing::new(image.into_raw()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use super::*;

    fn ramp(width: u32, height: u32) -> LumaImage {
        let pixels = (0..width * height).map(|i| i as u8).collect();
        LumaImage::from_pixels(width, height, Zeroizing::new(pixels)).unwrap()
    }

    #[test]
    fn a_part_inside_is_cut_out_and_one_beyond_the_edge_is_refused() {
        let picture = ramp(4, 3);
        let part = cut(&picture, 1, 1, 3, 3).unwrap();
        assert_eq!(part.pixels(), [5, 6, 9, 10]);
        assert!(cut(&picture, 1, 1, 1, 3).is_none());
        assert!(cut(&picture, 0, 0, 5, 3).is_none());
    }

    #[test]
    fn every_despeckled_pixel_is_the_median_of_nine() {
        let levels: Vec<u8> = (0..35u32).map(|i| (i * 97 % 251) as u8).collect();
        let picture = LumaImage::from_pixels(7, 5, Zeroizing::new(levels.clone())).unwrap();
        let clean = despeckled(&picture).unwrap();
        for y in 0..5 {
            for x in 0..7 {
                let inside = (1..6).contains(&x) && (1..4).contains(&y);
                let expected = if inside {
                    let mut nine: Vec<u8> = (0..9)
                        .map(|i| levels[(y + i / 3 - 1) * 7 + x + i % 3 - 1])
                        .collect();
                    nine.sort_unstable();
                    nine[4]
                } else {
                    levels[y * 7 + x]
                };
                assert_eq!(clean.pixels()[y * 7 + x], expected, "{x} {y}");
            }
        }
        for (width, height) in [(1, 1), (1, 9), (9, 1), (2, 2)] {
            let small = ramp(width, height);
            assert_eq!(despeckled(&small).unwrap().pixels(), small.pixels());
        }
    }

    #[test]
    fn shrinking_averages_and_keeps_at_least_one_pixel() {
        let levels = Zeroizing::new(vec![0, 100, 100, 200]);
        let picture = LumaImage::from_pixels(2, 2, levels).unwrap();
        assert_eq!(shrunk(&picture, 1).unwrap().pixels(), [100]);
        assert_eq!(shrunk(&picture, 5).unwrap().pixel_count(), 1);
        assert_eq!(doubled(&picture).unwrap().pixel_count(), 16);
        assert_eq!(inverted(&picture).unwrap().pixels(), [255, 155, 155, 55]);
    }
}
