//! A picture as the QR decoders want it: one byte a pixel.

use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{GrayImage, ImageBuffer};
use zeroize::Zeroizing;

/// Luminance, 0 black to 255 white, row by row without padding. Secret: it may show a code.
pub(crate) struct Luma {
    width: u32,
    height: u32,
    pixels: Zeroizing<Vec<u8>>,
}

type View<'a> = ImageBuffer<image::Luma<u8>, &'a [u8]>;

impl Luma {
    /// `None` unless there is exactly one byte for each of `width` × `height` pixels, and at least one.
    pub(crate) fn new(width: u32, height: u32, pixels: Zeroizing<Vec<u8>>) -> Option<Luma> {
        let size = u64::from(width) * u64::from(height);
        (size > 0 && u64::try_from(pixels.len()) == Ok(size)).then_some(Luma {
            width,
            height,
            pixels,
        })
    }

    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    pub(crate) fn height(&self) -> u32 {
        self.height
    }

    pub(crate) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Number of pixels.
    pub(crate) fn size(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The shorter side, in pixels.
    pub(crate) fn short_side(&self) -> u32 {
        self.width.min(self.height)
    }

    /// The part from (`left`, `top`) up to, but not including, (`right`, `bottom`). `None` if that is nothing
    /// or not all inside.
    pub(crate) fn cut(&self, left: u32, top: u32, right: u32, bottom: u32) -> Option<Luma> {
        if left >= right || top >= bottom || right > self.width || bottom > self.height {
            return None;
        }
        let columns = left as usize..right as usize;
        let rows = self.pixels.chunks_exact(self.width as usize);
        let mut pixels =
            Zeroizing::new(Vec::with_capacity(columns.len() * (bottom - top) as usize));
        for row in rows.take(bottom as usize).skip(top as usize) {
            pixels.extend_from_slice(&row[columns.clone()]);
        }
        Luma::new(right - left, bottom - top, pixels)
    }

    /// Both sides divided by 2 to the power of `halvings`, each pixel the mean of those it covers.
    pub(crate) fn shrunk(&self, halvings: u32) -> Option<Luma> {
        let width = self.width.checked_shr(halvings)?.max(1);
        let height = self.height.checked_shr(halvings)?.max(1);
        Luma::from_image(imageops::thumbnail(&self.view()?, width, height))
    }

    /// Both sides twice as long, interpolated linearly.
    pub(crate) fn doubled(&self) -> Option<Luma> {
        let width = self.width.checked_mul(2)?;
        let height = self.height.checked_mul(2)?;
        Luma::from_image(imageops::resize(
            &self.view()?,
            width,
            height,
            FilterType::Triangle,
        ))
    }

    /// Black for white.
    pub(crate) fn inverted(&self) -> Luma {
        Luma {
            width: self.width,
            height: self.height,
            pixels: Zeroizing::new(self.pixels.iter().map(|pixel| 255 - pixel).collect()),
        }
    }

    /// Each pixel the median of itself and its eight neighbours: specks go, edges stay. The outermost pixels
    /// stay as they are.
    pub(crate) fn without_specks(&self) -> Luma {
        let width = self.width as usize;
        let mut pixels = Zeroizing::new(self.pixels.to_vec());
        let rows = self.pixels.windows(3 * width).step_by(width);
        for (three, to) in rows.zip(pixels.chunks_exact_mut(width).skip(1)) {
            let (above, rest) = three.split_at(width);
            let (here, below) = rest.split_at(width);
            // The median of nine, from columns in order: the middle one of the darkest pixels' lightest, the
            // middle pixels' middle, and the lightest pixels' darkest.
            let column = |x: usize| ordered(above[x], here[x], below[x]);
            for (x, to) in to.iter_mut().enumerate().skip(1) {
                if x + 1 == width {
                    break;
                }
                let (a, b, c) = (column(x - 1), column(x), column(x + 1));
                let low = a.0.max(b.0).max(c.0);
                let high = a.2.min(b.2).min(c.2);
                let (_, middle, _) = ordered(a.1, b.1, c.1);
                *to = ordered(low, middle, high).1;
            }
        }
        Luma {
            width: self.width,
            height: self.height,
            pixels,
        }
    }

    /// As a viewer shows it that obeys the orientation (Exif 2.32 §4.6.4 A, tag 0x0112).
    pub(crate) fn upright(self, orientation: Orientation) -> Luma {
        let (w, h) = (self.width as usize, self.height as usize);
        // Where the pixel at (x, y) of the upright picture stands in the stored one.
        let source: fn(usize, usize, usize, usize) -> (usize, usize) = match orientation {
            Orientation::NoTransforms => return self,
            Orientation::FlipHorizontal => |x, y, w, _| (w - 1 - x, y),
            Orientation::Rotate180 => |x, y, w, h| (w - 1 - x, h - 1 - y),
            Orientation::FlipVertical => |x, y, _, h| (x, h - 1 - y),
            Orientation::Rotate90FlipH => |x, y, _, _| (y, x),
            Orientation::Rotate90 => |x, y, _, h| (y, h - 1 - x),
            Orientation::Rotate270FlipH => |x, y, w, h| (w - 1 - y, h - 1 - x),
            Orientation::Rotate270 => |x, y, w, _| (w - 1 - y, x),
        };
        let lies_down = matches!(
            orientation,
            Orientation::Rotate90FlipH
                | Orientation::Rotate90
                | Orientation::Rotate270FlipH
                | Orientation::Rotate270
        );
        let (width, height) = if lies_down {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        };
        let mut pixels = Zeroizing::new(Vec::with_capacity(self.pixels.len()));
        for y in 0..height as usize {
            for x in 0..width as usize {
                let (from_x, from_y) = source(x, y, w, h);
                pixels.push(self.pixels[from_y * w + from_x]);
            }
        }
        Luma {
            width,
            height,
            pixels,
        }
    }

    fn view(&self) -> Option<View<'_>> {
        ImageBuffer::from_raw(self.width, self.height, self.pixels.as_slice())
    }

    fn from_image(image: GrayImage) -> Option<Luma> {
        let (width, height) = image.dimensions();
        Luma::new(width, height, Zeroizing::new(image.into_raw()))
    }
}

/// The three from dark to light.
fn ordered(a: u8, b: u8, c: u8) -> (u8, u8, u8) {
    let (low, high) = (a.min(b), a.max(b));
    (low.min(c), low.max(high.min(c)), high.max(c))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use image::DynamicImage;

    use super::*;

    fn ramp(width: u32, height: u32) -> Luma {
        let pixels = (0..width * height).map(|i| i as u8).collect();
        Luma::new(width, height, Zeroizing::new(pixels)).unwrap()
    }

    #[test]
    fn turning_upright_agrees_with_the_image_crate_in_all_eight_orientations() {
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let picture = ramp(3, 5);
            let image = GrayImage::from_raw(3, 5, picture.pixels().to_vec()).unwrap();
            let mut expected = DynamicImage::ImageLuma8(image);
            expected.apply_orientation(orientation);
            let upright = picture.upright(orientation);
            assert_eq!(
                (upright.width(), upright.height()),
                (expected.width(), expected.height()),
                "orientation {exif}"
            );
            assert_eq!(upright.pixels(), expected.as_bytes(), "orientation {exif}");
        }
    }

    #[test]
    fn a_picture_has_a_byte_for_every_pixel_and_at_least_one_pixel() {
        assert!(Luma::new(2, 2, Zeroizing::new(vec![0; 3])).is_none());
        assert!(Luma::new(0, 2, Zeroizing::new(vec![])).is_none());
        assert!(Luma::new(2, 2, Zeroizing::new(vec![0; 4])).is_some());
    }

    #[test]
    fn a_part_is_cut_out_and_nothing_beyond_the_edge() {
        let picture = ramp(4, 3);
        let part = picture.cut(1, 1, 3, 3).unwrap();
        assert_eq!(part.pixels(), [5, 6, 9, 10]);
        assert!(picture.cut(1, 1, 1, 3).is_none());
        assert!(picture.cut(0, 0, 5, 3).is_none());
    }

    #[test]
    fn every_pixel_without_specks_is_the_median_of_nine() {
        let levels: Vec<u8> = (0..35u32).map(|i| (i * 97 % 251) as u8).collect();
        let picture = Luma::new(7, 5, Zeroizing::new(levels.clone())).unwrap();
        let clean = picture.without_specks();
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
            assert_eq!(small.without_specks().pixels(), small.pixels());
        }
    }

    #[test]
    fn shrinking_averages_and_never_vanishes() {
        let picture = Luma::new(2, 2, Zeroizing::new(vec![0, 100, 100, 200])).unwrap();
        assert_eq!(picture.shrunk(1).unwrap().pixels(), [100]);
        assert_eq!(picture.shrunk(5).unwrap().size(), 1);
        assert_eq!(picture.doubled().unwrap().size(), 16);
        assert_eq!(picture.inverted().pixels(), [255, 155, 155, 55]);
    }
}
