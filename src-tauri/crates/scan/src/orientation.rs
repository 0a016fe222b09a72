//! Turning a picture upright by its Exif orientation.

use image::metadata::Orientation;
use raster::LumaImage;
use zeroize::Zeroizing;

/// Returns the picture as a viewer that obeys the orientation (Exif 2.32 §4.6.4 A, tag 0x0112)
/// shows it.
pub(crate) fn upright(picture: LumaImage, orientation: Orientation) -> Option<LumaImage> {
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    // Maps the position (x, y) in the upright picture to the position in the stored one.
    let source: fn(usize, usize, usize, usize) -> (usize, usize) = match orientation {
        Orientation::NoTransforms => return Some(picture),
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
        (picture.height(), picture.width())
    } else {
        (picture.width(), picture.height())
    };
    let mut pixels = Zeroizing::new(Vec::with_capacity(picture.pixels().len()));
    for y in 0..height as usize {
        for x in 0..width as usize {
            let (from_x, from_y) = source(x, y, w, h);
            pixels.push(picture.pixels()[from_y * w + from_x]);
        }
    }
    LumaImage::from_pixels(width, height, pixels)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use image::{DynamicImage, GrayImage};

    use super::*;

    #[test]
    fn all_eight_orientations_agree_with_the_image_crate() {
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let levels: Vec<u8> = (0..15).collect();
            let image = GrayImage::from_raw(3, 5, levels.clone()).unwrap();
            let mut expected = DynamicImage::ImageLuma8(image);
            expected.apply_orientation(orientation);
            let picture = LumaImage::from_pixels(3, 5, Zeroizing::new(levels)).unwrap();
            let upright = upright(picture, orientation).unwrap();
            assert_eq!(
                (upright.width(), upright.height()),
                (expected.width(), expected.height()),
                "orientation {exif}"
            );
            assert_eq!(upright.pixels(), expected.as_bytes(), "orientation {exif}");
        }
    }
}
