//! The operating system's random generator.

use rand::TryRng;
use rand::rand_core::UnwrapErr;
use rand::rngs::{SysError, SysRng};

/// The operating system's generator (`getrandom`, `ProcessPrng`). It keeps no state in this process.
pub type SystemRandom = UnwrapErr<SysRng>;

/// The generator, once it has delivered. After that the systems' generators do not fail: where one did
/// nevertheless, drawing from it panics, because no secret may come from anything less.
pub fn system_random() -> Result<SystemRandom, SysError> {
    SysRng.try_fill_bytes(&mut [0; 32])?;
    Ok(UnwrapErr(SysRng))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use rand::CryptoRng;

    use super::*;

    #[test]
    fn two_draws_differ() {
        let mut random = system_random().unwrap();
        let random: &mut dyn CryptoRng = &mut random;
        let mut draws = [[0_u8; 32]; 2];
        for draw in &mut draws {
            random.fill_bytes(draw);
        }
        assert_ne!(draws[0], draws[1]);
        assert_ne!(draws[0], [0; 32]);
    }
}
