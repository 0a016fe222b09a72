//! Blur: Gaussian, disc and straight stroke.

use image::GrayImage;

use crate::arithmetic::sin_cos;

/// Number of fractional bits of levels while they are averaged repeatedly.
const FRACTION_BITS: u32 = 6;

/// Gaussian blur with standard deviation `sigma`, in pixels. Takes about the same time for any
/// size: repeated box blurs approximate the Gaussian.
pub(crate) fn gaussian(grey: &GrayImage, sigma: f32) -> GrayImage {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let mut variance = sigma * sigma;
    let mut levels: Vec<u16> = grey
        .as_raw()
        .iter()
        .map(|&v| u16::from(v) << FRACTION_BITS)
        .collect();
    let mut other = vec![0; levels.len()];
    // Three box blurs for most of the variance, the exact rest by weights on three neighbours.
    let radius = box_radius(variance / 3.0);
    if radius > 0 {
        variance -= 3.0 * box_variance(radius);
        for _ in 0..3 {
            for (from, to) in levels
                .chunks_exact(width)
                .zip(other.chunks_exact_mut(width))
            {
                row_means(from, to, radius);
            }
            column_means(&other, &mut levels, width, height, radius);
        }
    }
    let passes = (variance / 0.5).ceil().max(0.0);
    if variance > 0.0004 {
        let outer = variance / passes / 2.0;
        let outer = (outer * 65536.0) as u32;
        for _ in 0..passes as usize {
            three_across(&levels, &mut other, width, outer);
            three_down(&other, &mut levels, width, height, outer);
        }
    }
    rounded(grey, &levels)
}

fn box_variance(radius: usize) -> f32 {
    let length = (2 * radius + 1) as f32;
    (length * length - 1.0) / 12.0
}

fn box_radius(variance: f32) -> usize {
    let mut radius = 0;
    while box_variance(radius + 1) <= variance {
        radius += 1;
    }
    radius
}

fn row_means(from: &[u16], to: &mut [u16], radius: usize) {
    let last = from.len() - 1;
    let length = (2 * radius + 1) as u32;
    let mut sum: u32 = (0..=2 * radius)
        .map(|i| u32::from(from[i.saturating_sub(radius).min(last)]))
        .sum();
    for (x, mean) in to.iter_mut().enumerate() {
        *mean = ((sum + length / 2) / length) as u16;
        sum += u32::from(from[(x + radius + 1).min(last)]);
        sum -= u32::from(from[x.saturating_sub(radius)]);
    }
}

fn column_means(from: &[u16], to: &mut [u16], width: usize, height: usize, radius: usize) {
    let length = (2 * radius + 1) as u32;
    let row = |y: usize| &from[y * width..(y + 1) * width];
    let mut sums = vec![0u32; width];
    for i in 0..=2 * radius {
        for (sum, &v) in sums
            .iter_mut()
            .zip(row(i.saturating_sub(radius).min(height - 1)))
        {
            *sum += u32::from(v);
        }
    }
    for (y, means) in to.chunks_exact_mut(width).enumerate() {
        for (mean, sum) in means.iter_mut().zip(&sums) {
            *mean = ((sum + length / 2) / length) as u16;
        }
        let enters = row((y + radius + 1).min(height - 1));
        let leaves = row(y.saturating_sub(radius));
        for ((sum, &enters), &leaves) in sums.iter_mut().zip(enters).zip(leaves) {
            *sum = *sum + u32::from(enters) - u32::from(leaves);
        }
    }
}

/// Weighted mean of three levels. Weights sum to 65,536, with `outer` for each neighbour.
fn three(before: u16, here: u16, after: u16, outer: u32) -> u16 {
    let inner = 65536 - 2 * outer;
    let sum = (u32::from(before) + u32::from(after)) * outer + u32::from(here) * inner;
    ((sum + 32768) >> 16) as u16
}

fn three_across(from: &[u16], to: &mut [u16], width: usize, outer: u32) {
    for (from, to) in from.chunks_exact(width).zip(to.chunks_exact_mut(width)) {
        for x in 0..width {
            let (before, after) = (x.saturating_sub(1), (x + 1).min(width - 1));
            to[x] = three(from[before], from[x], from[after], outer);
        }
    }
}

fn three_down(from: &[u16], to: &mut [u16], width: usize, height: usize, outer: u32) {
    for (y, to) in to.chunks_exact_mut(width).enumerate() {
        let row = |y: usize| &from[y * width..(y + 1) * width];
        let (before, here, after) = (
            row(y.saturating_sub(1)),
            row(y),
            row((y + 1).min(height - 1)),
        );
        for x in 0..width {
            to[x] = three(before[x], here[x], after[x], outer);
        }
    }
}

fn rounded(grey: &GrayImage, levels: &[u16]) -> GrayImage {
    let mut result = grey.clone();
    for (pixel, &level) in result.iter_mut().zip(levels) {
        *pixel = ((level + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS).min(255) as u8;
    }
    result
}

/// Offset and weight of a neighbour; weights sum to [`WHOLE`].
type Tap = (i32, i32, u32);
const WHOLE: u32 = 4096;

/// Blurs with a disc of `radius` pixels, like a lens that is out of focus.
pub(crate) fn disc(grey: &GrayImage, radius: f32) -> GrayImage {
    let reach = (radius + 0.5).ceil() as i32;
    let mut hits = Vec::new();
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            // Share of the pixel inside the disc, from 8 × 8 samples.
            let inside = (0..64)
                .filter(|i| {
                    let x = dx as f32 + ((i % 8) as f32 - 3.5) / 8.0;
                    let y = dy as f32 + ((i / 8) as f32 - 3.5) / 8.0;
                    x * x + y * y <= radius * radius
                })
                .count() as u32;
            hits.push((dx, dy, inside));
        }
    }
    spread(grey, &hits)
}

/// Blurs with a straight stroke of `length` pixels in a direction in degrees (0 is right, 90 is
/// down), like a moving hand.
pub(crate) fn stroke(grey: &GrayImage, length: f32, degrees: f32) -> GrayImage {
    let (sin, cos) = sin_cos(degrees);
    let reach = (length / 2.0).ceil() as i32;
    let side = 2 * reach + 1;
    let mut hits: Vec<Tap> = (0..side * side)
        .map(|i| (i % side - reach, i / side - reach, 0))
        .collect();
    for i in 0..256 {
        let along = (i as f32 / 255.0 - 0.5) * length;
        let x = (along * cos + 0.5).floor() as i32;
        let y = (along * sin + 0.5).floor() as i32;
        if let Some(tap) = hits.get_mut(((y + reach) * side + x + reach) as usize) {
            tap.2 += 1;
        }
    }
    spread(grey, &hits)
}

fn spread(grey: &GrayImage, hits: &[Tap]) -> GrayImage {
    let total: u32 = hits.iter().map(|tap| tap.2).sum();
    if total == 0 {
        return grey.clone();
    }
    let mut taps: Vec<Tap> = hits
        .iter()
        .map(|&(dx, dy, hits)| (dx, dy, hits * WHOLE / total))
        .filter(|tap| tap.2 > 0)
        .collect();
    // The rounding error is added to the centre.
    let lost = WHOLE - taps.iter().map(|tap| tap.2).sum::<u32>();
    taps.push((0, 0, lost));

    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let pixels = grey.as_raw();
    let mut result = grey.clone();
    let mut sums = vec![0u32; width];
    for (y, to) in result.chunks_exact_mut(width).enumerate() {
        sums.fill(WHOLE / 2);
        for &(dx, dy, weight) in &taps {
            let row = (y as i32 + dy).clamp(0, height as i32 - 1) as usize;
            let row = &pixels[row * width..(row + 1) * width];
            let first = (-dx).clamp(0, width as i32) as usize;
            let end = (width as i32 - dx).clamp(first as i32, width as i32) as usize;
            let shifted = (first as i32 + dx).max(0) as usize;
            for (sum, &v) in sums[first..end].iter_mut().zip(&row[shifted.min(width)..]) {
                *sum += u32::from(v) * weight;
            }
            for sum in &mut sums[..first] {
                *sum += u32::from(row[0]) * weight;
            }
            for sum in &mut sums[end..] {
                *sum += u32::from(row[width - 1]) * weight;
            }
        }
        for (pixel, sum) in to.iter_mut().zip(&sums) {
            *pixel = (sum / WHOLE).min(255) as u8;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    fn dot() -> GrayImage {
        let mut grey = GrayImage::from_pixel(61, 61, Luma([0]));
        for y in 28..33 {
            for x in 28..33 {
                grey.put_pixel(x, y, Luma([255]));
            }
        }
        grey
    }

    fn sum(grey: &GrayImage) -> f32 {
        grey.iter().map(|&v| f32::from(v)).sum()
    }

    /// Horizontal variance, in pixels.
    fn variance(grey: &GrayImage) -> f32 {
        let moment = grey.enumerate_pixels().map(|(x, _, pixel)| {
            let x = x as f32 - 30.0;
            x * x * f32::from(pixel.0[0])
        });
        moment.sum::<f32>() / sum(grey)
    }

    #[test]
    fn blur_preserves_the_sum_and_has_the_requested_width() {
        let dot = dot();
        for sigma in [0.3f32, 0.8, 1.5, 3.0] {
            let blurred = gaussian(&dot, sigma);
            assert!((sum(&blurred) / sum(&dot) - 1.0).abs() < 0.06, "{sigma}");
            let gained = variance(&blurred) - variance(&dot);
            assert!(
                (gained / (sigma * sigma) - 1.0).abs() < 0.15,
                "{sigma}: {gained}"
            );
        }
        let blurred = disc(&dot, 4.0);
        assert!((sum(&blurred) / sum(&dot) - 1.0).abs() < 0.02);
        assert!((variance(&blurred) - variance(&dot) - 4.0).abs() < 0.6);
        let blurred = stroke(&dot, 9.0, 0.0);
        assert!((variance(&blurred) - variance(&dot) - 6.7).abs() < 0.8);
        let blurred = stroke(&dot, 9.0, 90.0);
        assert!((variance(&blurred) - variance(&dot)).abs() < 0.1);
    }

    #[test]
    fn uniform_paper_is_unchanged() {
        let plain = GrayImage::from_pixel(40, 30, Luma([201]));
        assert_eq!(gaussian(&plain, 2.3), plain);
        assert_eq!(disc(&plain, 3.3), plain);
        assert_eq!(stroke(&plain, 7.0, 33.0), plain);
    }
}
