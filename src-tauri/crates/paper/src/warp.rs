//! Geometric transformations of pictures.

use image::imageops::{self, FilterType};
use image::{GrayImage, Luma};

use crate::arithmetic::{level, mix};
use crate::picture::{Picture, Point};

/// Size and resolution of a transformed picture.
pub(crate) struct FrameSize {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Pixels per inch.
    pub(crate) dpi: f32,
}

impl FrameSize {
    /// The size and resolution of a picture.
    pub(crate) fn of(picture: &Picture) -> FrameSize {
        FrameSize {
            width: picture.width(),
            height: picture.height(),
            dpi: picture.dpi,
        }
    }
}

/// Transforms a picture: each position of the result shows the picture at `back` of that position,
/// by interpolation, or `ground` outside the picture. The symbol's corners move accordingly.
pub(crate) fn warp(
    picture: &Picture,
    frame: &FrameSize,
    ground: impl Fn(u32, u32) -> u8,
    back: impl Fn(Point) -> Point,
) -> Picture {
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let grey = GrayImage::from_fn(frame.width, frame.height, |x, y| {
        let from = back(Point {
            x: x as f32 + 0.5,
            y: y as f32 + 0.5,
        });
        let Some(seen) = sample(&picture.grey, from) else {
            return Luma([ground(x, y)]);
        };
        // Blend with the background over one pixel at the page's edge.
        let inside = (from.x.min(w - from.x)).min(from.y.min(h - from.y));
        if inside < 1.0 {
            return Luma([level(mix(f32::from(ground(x, y)), seen, inside))]);
        }
        Luma([level(seen)])
    });
    let middle = Point {
        x: frame.width as f32 / 2.0,
        y: frame.height as f32 / 2.0,
    };
    Picture {
        grey,
        dpi: frame.dpi,
        symbol: picture
            .symbol
            .map(|corners| corners.map(|corner| forth(&back, corner, middle))),
    }
}

/// Returns the level at a position by linear interpolation; `None` outside the picture.
pub(crate) fn sample(grey: &GrayImage, at: Point) -> Option<f32> {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let inside = at.x >= 0.0 && at.y >= 0.0 && at.x < width as f32 && at.y < height as f32;
    if !inside {
        return None;
    }
    let x = (at.x - 0.5).max(0.0);
    let y = (at.y - 0.5).max(0.0);
    let (left, top) = (x as usize, y as usize);
    let (u, v) = (x - left as f32, y - top as f32);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let pixels = grey.as_raw();
    let pixel = |x: usize, y: usize| f32::from(pixels[y * width + x]);
    let upper = pixel(left, top) + (pixel(right, top) - pixel(left, top)) * u;
    let lower = pixel(left, bottom) + (pixel(right, bottom) - pixel(left, bottom)) * u;
    Some(upper + (lower - upper) * v)
}

/// Finds the position whose `back` is `target`, by Newton's method from `guess`.
fn forth(back: &impl Fn(Point) -> Point, target: Point, guess: Point) -> Point {
    let mut at = guess;
    for _ in 0..40 {
        let here = back(at);
        let (miss_x, miss_y) = (target.x - here.x, target.y - here.y);
        if miss_x.abs() + miss_y.abs() < 0.01 {
            break;
        }
        let right = back(Point {
            x: at.x + 1.0,
            y: at.y,
        });
        let down = back(Point {
            x: at.x,
            y: at.y + 1.0,
        });
        let (a, b) = (right.x - here.x, down.x - here.x);
        let (c, d) = (right.y - here.y, down.y - here.y);
        let determinant = a * d - b * c;
        if determinant.abs() < 1e-9 {
            break;
        }
        at.x += (d * miss_x - b * miss_y) / determinant;
        at.y += (a * miss_y - c * miss_x) / determinant;
    }
    at
}

/// Resizes a picture; each new pixel is the weighted mean of those it covers.
pub(crate) fn scaled(picture: &Picture, width: u32, height: u32, dpi: f32) -> Picture {
    let across = width as f32 / picture.width() as f32;
    let down = height as f32 / picture.height() as f32;
    Picture {
        grey: imageops::resize(&picture.grey, width, height, FilterType::Triangle),
        dpi,
        symbol: picture.symbol.map(|corners| {
            corners.map(|corner| Point {
                x: corner.x * across,
                y: corner.y * down,
            })
        }),
    }
}

/// Changes the resolution.
pub(crate) fn at_dpi(picture: &Picture, dpi: f32) -> Picture {
    let factor = dpi / picture.dpi;
    if (factor - 1.0).abs() < 0.001 {
        return picture.clone();
    }
    let side = |length: u32| ((length as f32 * factor + 0.5) as u32).max(1);
    scaled(picture, side(picture.width()), side(picture.height()), dpi)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp() -> Picture {
        let grey = GrayImage::from_fn(60, 40, |x, y| Luma([(x * 3 + y) as u8]));
        let corner = |x, y| Point { x, y };
        let symbol = [
            corner(10.0, 10.0),
            corner(30.0, 10.0),
            corner(30.0, 30.0),
            corner(10.0, 30.0),
        ];
        Picture::new(grey, 150.0, Some(symbol))
    }

    #[test]
    fn the_identity_moves_nothing() {
        let ramp = ramp();
        let same = warp(&ramp, &FrameSize::of(&ramp), |_, _| 0, |at| at);
        for (x, y, pixel) in ramp.grey.enumerate_pixels() {
            if (1..59).contains(&x) && (1..39).contains(&y) {
                assert_eq!(same.grey.get_pixel(x, y), pixel, "{x} {y}");
            }
        }
        let corners = same.symbol.into_iter().flatten();
        for (now, before) in corners.zip(ramp.symbol.into_iter().flatten()) {
            assert!((now.x - before.x).abs() < 0.05 && (now.y - before.y).abs() < 0.05);
        }
    }

    #[test]
    fn the_symbol_moves_with_its_pixels() {
        let ramp = ramp();
        let back = |at: Point| Point {
            x: at.x * 0.5 - 3.0,
            y: at.y * 0.8 + at.x * 0.1,
        };
        let frame = FrameSize {
            width: 200,
            height: 90,
            dpi: 300.0,
        };
        let moved = warp(&ramp, &frame, |_, _| 255, back);
        let corners = moved.symbol.into_iter().flatten();
        for (now, before) in corners.zip(ramp.symbol.into_iter().flatten()) {
            let returned = back(now);
            assert!((returned.x - before.x).abs() < 0.05);
            assert!((returned.y - before.y).abs() < 0.05);
        }
    }

    #[test]
    fn another_resolution_changes_the_size() {
        let half = at_dpi(&ramp(), 75.0);
        assert_eq!((half.width(), half.height()), (30, 20));
        assert_eq!(half.symbol.map(|corners| corners[0].x), Some(5.0));
    }
}
