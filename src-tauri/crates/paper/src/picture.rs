//! The input and output of every step.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat, Luma};

/// Position in a picture, in pixels from its upper left corner. The centre of pixel (0, 0) is at
/// (0.5, 0.5).
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A grey picture of a page, with its resolution and the position of its symbol.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// 0 black to 255 white.
    pub grey: GrayImage,
    /// Pixels per inch of paper; in a photograph, at the centre of the page.
    pub dpi: f32,
    /// Corners of the QR symbol without its quiet zone, clockwise from the upper left one in
    /// reading orientation; `None` if there is no symbol. Each step moves them with the paper.
    pub symbol: Option<[Point; 4]>,
}

impl Picture {
    /// Creates a clean page, rasterised at `dpi` pixels per inch.
    pub fn new(grey: GrayImage, dpi: f32, symbol: Option<[Point; 4]>) -> Picture {
        Picture { grey, dpi, symbol }
    }

    /// Pixels per millimetre.
    pub fn per_mm(&self) -> f32 {
        self.dpi / 25.4
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.grey.width()
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.grey.height()
    }

    /// Centre of the symbol, or of the page if there is no symbol.
    pub fn focus(&self) -> Point {
        let whole = [
            Point { x: 0.0, y: 0.0 },
            Point {
                x: self.width() as f32,
                y: self.height() as f32,
            },
        ];
        let points: &[Point] = match &self.symbol {
            Some(corners) => corners,
            None => &whole,
        };
        let count = points.len() as f32;
        Point {
            x: points.iter().map(|point| point.x).sum::<f32>() / count,
            y: points.iter().map(|point| point.y).sum::<f32>() / count,
        }
    }

    /// Returns the part whose upper left corner is `from` (across, down), `size` wide and high, in
    /// pixels. What lies outside of the picture is the `table`. The part has no symbol.
    pub fn part(&self, from: (f32, f32), size: (u32, u32), table: u8) -> Picture {
        let part = GrayImage::from_fn(size.0, size.1, |x, y| {
            let (x, y) = (x as f32 + from.0, y as f32 + from.1);
            let inside = x >= 0.0 && y >= 0.0;
            let level = self.grey.get_pixel_checked(x as u32, y as u32);
            *level.filter(|_| inside).unwrap_or(&Luma([table]))
        });
        Picture::new(part, self.dpi, None)
    }

    /// Encodes the picture as a PNG file.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let written = self.grey.write_to(&mut file, ImageFormat::Png);
        debug_assert!(
            written.is_ok(),
            "writing a grey picture to memory does not fail"
        );
        file.into_inner()
    }

    /// Encodes the picture as a JPEG file, with a `quality` from 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut file = Vec::new();
        let written = JpegEncoder::new_with_quality(&mut file, quality).encode_image(&self.grey);
        debug_assert!(
            written.is_ok(),
            "writing a grey picture to memory does not fail"
        );
        file
    }

    /// Replaces each level by the result of `change`, which gets the pixel's position and level.
    pub(crate) fn toned(&self, change: impl Fn(u32, u32, f32) -> f32) -> Picture {
        let mut picture = self.clone();
        for (x, y, pixel) in picture.grey.enumerate_pixels_mut() {
            pixel.0[0] = crate::arithmetic::level(change(x, y, f32::from(pixel.0[0])));
        }
        picture
    }
}
