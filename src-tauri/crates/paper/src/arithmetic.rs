//! Functions that system libraries round differently, built from operations that every machine
//! rounds alike (IEEE 754: `+ - * /` and the square root).

/// Sine and cosine of an angle in degrees, to about nine digits.
pub(crate) fn sin_cos(degrees: f32) -> (f32, f32) {
    let turns = f64::from(degrees) / 360.0;
    let turns = turns - (turns + 0.5).floor();
    (sine(turns), sine(turns + 0.25))
}

/// Sine of an angle in turns.
fn sine(turns: f64) -> f32 {
    let turns = turns - (turns + 0.5).floor();
    // Reduced to the range in which a short series suffices.
    let folded = if turns > 0.25 {
        0.5 - turns
    } else if turns < -0.25 {
        -0.5 - turns
    } else {
        turns
    };
    let x = folded * std::f64::consts::TAU;
    let square = x * x;
    let mut term = x;
    let mut sum = x;
    for n in [2.0, 4.0, 6.0, 8.0, 10.0, 12.0] {
        term = -term * square / (n * (n + 1.0));
        sum += term;
    }
    sum as f32
}

/// Returns 0 below `low`, 1 above `high`, and a smooth transition between.
pub(crate) fn step(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Interpolates linearly from `low` at 0 to `high` at 1.
pub(crate) fn mix(low: f32, high: f32, t: f32) -> f32 {
    low + (high - low) * t
}

/// Rounds to the nearest grey level.
pub(crate) fn level(value: f32) -> u8 {
    (value.clamp(0.0, 255.0) + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_agree_with_the_library() {
        for degrees in -800..800 {
            let degrees = degrees as f32 * 0.9;
            let (sin, cos) = sin_cos(degrees);
            let (s, c) = f64::from(degrees).to_radians().sin_cos();
            assert!((f64::from(sin) - s).abs() < 1e-6, "{degrees}");
            assert!((f64::from(cos) - c).abs() < 1e-6, "{degrees}");
        }
    }

    #[test]
    fn a_step_rises_from_0_to_1() {
        assert_eq!(step(1.0, 3.0, 0.0), 0.0);
        assert_eq!(step(1.0, 3.0, 2.0), 0.5);
        assert_eq!(step(1.0, 3.0, 4.0), 1.0);
        assert_eq!(level(-3.0), 0);
        assert_eq!(level(254.6), 255);
    }
}
