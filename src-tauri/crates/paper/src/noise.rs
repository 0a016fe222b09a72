//! Noise as a function of only a position and a seed, so it can be evaluated in any order.

use crate::arithmetic::mix;

/// Returns 64 random bits for a position (the finaliser of SplitMix64).
pub(crate) fn bits(seed: u64, x: i32, y: i32) -> u64 {
    let position = (u64::from(x as u32) << 32) | u64::from(y as u32);
    let mut z = seed ^ position.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// White noise from 0 up to 1.
pub(crate) fn grain(seed: u64, x: i32, y: i32) -> f32 {
    (bits(seed, x, y) >> 40) as f32 / (1u32 << 24) as f32
}

/// Nearly Gaussian noise: mean 0, standard deviation 1, never beyond 3.5.
pub(crate) fn normal(seed: u64, x: i32, y: i32) -> f32 {
    let bits = bits(seed, x, y);
    let sum = (bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48);
    // The sum of four uniform numbers has the variance 4/12.
    (sum as f32 / 65536.0 - 2.0) * 1.732_050_8
}

/// Noise from 0 up to 1 that is smooth over distances of 1.
pub(crate) fn wave(seed: u64, x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v) = (ease(x - left), ease(y - top));
    let (left, top) = (left as i32, top as i32);
    let upper = mix(grain(seed, left, top), grain(seed, left + 1, top), u);
    let lower = mix(
        grain(seed, left, top + 1),
        grain(seed, left + 1, top + 1),
        u,
    );
    mix(upper, lower, v)
}

/// Noise from 0 to 1, mostly near 0.5: a sum of waves of length 1 and finer, weaker ones.
pub(crate) fn cloud(seed: u64, x: f32, y: f32) -> f32 {
    let octave = |n: u64, scale: f32| wave(seed.wrapping_add(n), x * scale, y * scale);
    (octave(0, 1.0) * 8.0 + octave(1, 2.1) * 4.0 + octave(2, 4.3) * 2.0 + octave(3, 8.7)) / 15.0
}

/// Values on a grid, interpolated between its points: for functions that vary slowly and are
/// expensive to evaluate.
pub(crate) struct Field {
    step: f32,
    columns: usize,
    rows: usize,
    values: Vec<f32>,
}

impl Field {
    /// Covers positions from (0, 0) to (`width`, `height`). Evaluates `value` every `step` in both
    /// directions.
    pub(crate) fn new(
        width: u32,
        height: u32,
        step: f32,
        value: impl Fn(f32, f32) -> f32,
    ) -> Field {
        let columns = (width as f32 / step) as usize + 2;
        let rows = (height as f32 / step) as usize + 2;
        let values = (0..rows)
            .flat_map(|row| (0..columns).map(move |column| (column, row)))
            .map(|(column, row)| value(column as f32 * step, row as f32 * step))
            .collect();
        Field {
            step,
            columns,
            rows,
            values,
        }
    }

    /// Returns the value at a position; outside, that of the border.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let x = (x / self.step).clamp(0.0, (self.columns - 1) as f32 - 0.001);
        let y = (y / self.step).clamp(0.0, (self.rows - 1) as f32 - 0.001);
        let (column, row) = (x as usize, y as usize);
        let (u, v) = (x - column as f32, y - row as f32);
        let at = row * self.columns + column;
        let upper = mix(self.values[at], self.values[at + 1], u);
        let below = at + self.columns;
        let lower = mix(self.values[below], self.values[below + 1], u);
        mix(upper, lower, v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_noise_has_mean_0_and_standard_deviation_1() {
        let values: Vec<f32> = (0..100)
            .flat_map(|y| (0..100).map(move |x| normal(5, x, y)))
            .collect();
        let mean = values.iter().sum::<f32>() / 1e4;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / 1e4;
        assert!(mean.abs() < 0.05, "{mean}");
        assert!((variance - 1.0).abs() < 0.05, "{variance}");
    }

    #[test]
    fn waves_equal_grains_at_integers_and_stay_between_0_and_1() {
        assert_eq!(wave(3, 2.0, -4.0), grain(3, 2, -4));
        for i in 0..1000 {
            let (x, y) = (i as f32 * 0.37, i as f32 * -0.11);
            assert!((0.0..=1.0).contains(&wave(9, x, y)));
            assert!((0.0..=1.0).contains(&cloud(9, x, y)));
        }
    }

    #[test]
    fn a_field_is_exact_for_planes_and_constant_outside() {
        let field = Field::new(100, 50, 8.0, |x, y| x + 2.0 * y);
        assert!((field.at(33.0, 21.0) - 75.0).abs() < 1e-3);
        assert!((field.at(-5.0, 0.0)).abs() < 1e-3);
    }
}
