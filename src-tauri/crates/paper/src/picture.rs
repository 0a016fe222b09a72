//! What every step takes and gives.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat};

/// A place in a picture, in pixels from its upper left corner; pixel (0, 0) has its middle at (0.5, 0.5).
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A grey picture of a page, and what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// 0 black to 255 white.
    pub grey: GrayImage,
    /// Pixels an inch of paper; in a photograph, at the middle of the page.
    pub dpi: f32,
    /// The corners of the QR symbol without its quiet zone, clockwise from the upper left one as the
    /// symbol is read. Each step moves them with the paper. None if there is no symbol.
    pub symbol: Option<[Point; 4]>,
}

impl Picture {
    /// A clean page as rasterised, `dpi` pixels an inch.
    pub fn new(grey: GrayImage, dpi: f32, symbol: Option<[Point; 4]>) -> Picture {
        Picture { grey, dpi, symbol }
    }

    /// Pixels a millimetre.
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

    /// The middle of the symbol, or of the page where there is none.
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

    /// As a PNG file.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let written = self.grey.write_to(&mut file, ImageFormat::Png);
        debug_assert!(written.is_ok(), "memory takes any grey picture");
        file.into_inner()
    }

    /// As a JPEG file, `quality` from 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut file = Vec::new();
        let written = JpegEncoder::new_with_quality(&mut file, quality).encode_image(&self.grey);
        debug_assert!(written.is_ok(), "memory takes any grey picture");
        file
    }

    /// The same with each level changed by `change`, which gets it with the pixel's place.
    pub(crate) fn toned(&self, change: impl Fn(u32, u32, f32) -> f32) -> Picture {
        let mut picture = self.clone();
        for (x, y, pixel) in picture.grey.enumerate_pixels_mut() {
            pixel.0[0] = crate::arithmetic::level(change(x, y, f32::from(pixel.0[0])));
        }
        picture
    }
}
