//! Decoding of pictures for all engines: one byte per pixel.

use std::error::Error;
use std::path::Path;

use image::{ColorType, GrayImage};
use raster::LumaImage;
use zeroize::Zeroizing;

/// Opens a picture file. Colours become luminance, and transparency is blended with white.
pub(crate) fn open(path: &Path) -> Result<LumaImage, Box<dyn Error>> {
    let picture = image::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let grey = match picture.color() {
        ColorType::L8 | ColorType::L16 | ColorType::Rgb8 | ColorType::Rgb16 => picture.into_luma8(),
        _ => {
            let rgba = picture.into_rgba8();
            GrayImage::from_fn(rgba.width(), rgba.height(), |x, y| {
                let [r, g, b, a] = rgba.get_pixel(x, y).0.map(u32::from);
                let luma = (299 * r + 587 * g + 114 * b) / 1000;
                image::Luma([((luma * a + 255 * (255 - a)) / 255) as u8])
            })
        }
    };
    page(grey).ok_or_else(|| format!("{}: the picture has no pixels", path.display()).into())
}

/// Converts a picture for the engines.
pub(crate) fn page(grey: GrayImage) -> Option<LumaImage> {
    let (width, height) = grey.dimensions();
    LumaImage::from_pixels(width, height, Zeroizing::new(grey.into_raw()))
}
