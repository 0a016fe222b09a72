//! Random numbers from a seed.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

/// Random number generator with the same numbers for the same seed on every machine and with every
/// version of `rand`: the algorithm is fixed, and its bits are converted here.
pub(crate) struct Dice(Xoshiro256PlusPlus);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// Returns a seed for another step.
    pub(crate) fn seed(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Returns a number from 0 up to, but not including, 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.0.next_u64() >> 40) as f32 / (1u32 << 24) as f32
    }

    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Returns `value` or its negative.
    pub(crate) fn either_way(&mut self, value: f32) -> f32 {
        if self.unit() < 0.5 { value } else { -value }
    }

    /// Returns a number from 0 up to, but not including, `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((self.unit() * end as f32) as usize).min(end.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_are_frozen() {
        let mut dice = Dice::new(1);
        assert_eq!(dice.seed(), 14_971_601_782_005_023_387);
        let mut dice = Dice::new(7);
        for _ in 0..1000 {
            assert!((0.0..1.0).contains(&dice.unit()));
            assert!(dice.below(3) < 3);
        }
    }
}
