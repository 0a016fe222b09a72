//! Means and deviations over squares of a picture in constant time.

use raster::LumaImage;
use zeroize::Zeroizing;

/// Integral images of the levels and of their squares.
pub(super) struct IntegralImage {
    width: usize,
    height: usize,
    levels: Zeroizing<Vec<u32>>,
    squares: Zeroizing<Vec<u64>>,
}

impl IntegralImage {
    pub(super) fn of(picture: &LumaImage) -> IntegralImage {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let row = width + 1;
        let mut levels = Zeroizing::new(vec![0u32; row * (height + 1)]);
        let mut squares = Zeroizing::new(vec![0u64; row * (height + 1)]);
        for (y, line) in picture.pixels().chunks_exact(width).enumerate() {
            let (mut level, mut square) = (0u32, 0u64);
            for (x, &pixel) in line.iter().enumerate() {
                level += u32::from(pixel);
                square += u64::from(pixel) * u64::from(pixel);
                let at = (y + 1) * row + x + 1;
                levels[at] = levels[at - row].wrapping_add(level);
                squares[at] = squares[at - row] + square;
            }
        }
        IntegralImage {
            width,
            height,
            levels,
            squares,
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.width as f32
    }

    pub(super) fn height(&self) -> f32 {
        self.height as f32
    }

    /// Returns the indices of the corners, and the area, of a square around (`x`, `y`), clipped to
    /// the picture.
    fn square(&self, x: f32, y: f32, side: f32) -> ([usize; 4], f32) {
        let half = side.max(1.0) / 2.0;
        let range = |centre: f32, end: usize| {
            let first = ((centre - half).round().max(0.0) as usize).min(end - 1);
            let last = ((centre + half).round().max(0.0) as usize).min(end);
            (first, last.max(first + 1))
        };
        let (left, right) = range(x, self.width);
        let (top, bottom) = range(y, self.height);
        let row = self.width + 1;
        let corners = [
            top * row + left,
            top * row + right,
            bottom * row + left,
            bottom * row + right,
        ];
        (corners, ((right - left) * (bottom - top)) as f32)
    }

    /// Mean level of a square.
    pub(super) fn mean(&self, x: f32, y: f32, side: f32) -> f32 {
        let ([a, b, c, d], area) = self.square(x, y, side);
        let levels = &self.levels;
        let sum = levels[d]
            .wrapping_add(levels[a])
            .wrapping_sub(levels[b])
            .wrapping_sub(levels[c]);
        sum as f32 / area
    }

    /// Mean level of a square, and the standard deviation of its levels.
    pub(super) fn spread(&self, x: f32, y: f32, side: f32) -> (f32, f32) {
        let ([a, b, c, d], area) = self.square(x, y, side);
        let squares = &self.squares;
        let square = (squares[d] + squares[a] - squares[b] - squares[c]) as f32 / area;
        let mean = self.mean(x, y, side);
        (mean, (square - mean * mean).max(0.0).sqrt())
    }
}
