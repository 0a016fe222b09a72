//! The operating system's random generator.

use rand::TryRng;
use rand::rand_core::UnwrapErr;
use rand::rngs::{SysError, SysRng};

/// The operating system's generator (`getrandom`, `ProcessPrng`). It has no state in this process.
pub type SystemRandom = UnwrapErr<SysRng>;

/// Returns the generator after a successful draw. The systems' generators do not fail after that.
/// If one did, drawing would panic, because no secret may come from a weaker source.
///
/// # Errors
/// The generator delivers nothing.
pub fn system_random() -> Result<SystemRandom, SysError> {
    SysRng.try_fill_bytes(&mut [0; 32])?;
    Ok(UnwrapErr(SysRng))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

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
