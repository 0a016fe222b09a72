//! Argon2id (RFC 9106, version 0x13): derives the key that opens the password slot from the
//! password.

use std::time::Duration;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use crate::Password;

pub(crate) const SALT_LENGTH: usize = 16;
pub(crate) const KEY_LENGTH: usize = 32;

const MIB: u32 = 1024;
const GIB: u32 = 1024 * MIB;

/// Cost parameters of Argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfParams {
    /// Memory in KiB (m).
    pub memory_kib: u32,
    /// Number of passes over the memory (t).
    pub passes: u32,
    /// Degree of parallelism (p).
    pub lanes: u32,
}

/// Reasons why a key was not derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KdfError {
    /// This computer has less memory than the parameters require.
    #[error("{memory_kib} KiB of memory are required but not available")]
    OutOfMemory {
        /// Required memory in KiB.
        memory_kib: u32,
    },
    /// The parameters are below [`KdfParams::FLOOR`] or above [`KdfParams::CEILING`].
    #[error("the key derivation parameters are out of range")]
    OutOfRange,
}

impl KdfParams {
    /// Minimum for writing and reading: RFC 9106 §4's second recommendation, 64 MiB, t = 3, p = 4.
    pub const FLOOR: Self = Self {
        memory_kib: 64 * MIB,
        passes: 3,
        lanes: 4,
    };

    /// Maximum that a file may require: 4 GiB, t = 64, p = 64.
    pub const CEILING: Self = Self {
        memory_kib: 4 * GIB,
        passes: 64,
        lanes: 64,
    };

    /// Maximum memory in KiB that [`calibrate`] chooses: 1 GiB.
    pub const CALIBRATED_MEMORY_KIB: u32 = GIB;

    /// Checks that every parameter is between the floor and the ceiling. Allocates nothing.
    pub fn check(&self) -> Result<(), KdfError> {
        let (floor, ceiling) = (Self::FLOOR, Self::CEILING);
        let fits = (floor.memory_kib..=ceiling.memory_kib).contains(&self.memory_kib)
            && (floor.passes..=ceiling.passes).contains(&self.passes)
            && (floor.lanes..=ceiling.lanes).contains(&self.lanes);
        if fits {
            Ok(())
        } else {
            Err(KdfError::OutOfRange)
        }
    }
}

/// The memory that Argon2id fills, kept between derivations: reusing pages that the system has
/// already mapped halves the time. It is zeroized after each derivation.
#[derive(Default)]
pub struct KdfMemory {
    blocks: Vec<Block>,
    /// How a test shortens derivations.
    #[cfg(any(test, feature = "testing"))]
    shortcut: Shortcut,
}

/// How keys are derived in tests.
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Shortcut {
    /// As in the app.
    #[default]
    None,
    /// As in the app, and a key that was derived before in this process is not derived again.
    Remembered,
    /// By a plain hash, for the simulation of many lives.
    Simulated,
}

impl KdfMemory {
    /// Creates an empty value, which grows at the first use.
    pub const fn new() -> Self {
        Self {
            blocks: Vec::new(),
            #[cfg(any(test, feature = "testing"))]
            shortcut: Shortcut::None,
        }
    }

    /// For tests that open one wallet many times: keys are as [`KdfMemory::new`] derives them, and
    /// the process keeps them, so that each is derived once.
    #[cfg(any(test, feature = "testing"))]
    pub const fn remembering() -> Self {
        Self {
            blocks: Vec::new(),
            shortcut: Shortcut::Remembered,
        }
    }

    /// For simulations: keys are a plain hash of password, salt and parameters. What is written
    /// with them opens with no other value.
    #[cfg(any(test, feature = "testing"))]
    pub const fn simulated() -> Self {
        Self {
            blocks: Vec::new(),
            shortcut: Shortcut::Simulated,
        }
    }

    /// Whether derivations are simulated, for those of other crates.
    #[cfg(any(test, feature = "testing"))]
    pub fn is_simulated(&self) -> bool {
        self.shortcut == Shortcut::Simulated
    }

    fn reserve(&mut self, memory_kib: u32) -> Result<&mut [Block], KdfError> {
        let out_of_memory = KdfError::OutOfMemory { memory_kib };
        let length = usize::try_from(memory_kib).map_err(|_| out_of_memory)?;
        if self.blocks.len() < length {
            // Freed first, because the old and the new memory together may exceed what is
            // available.
            self.blocks = Vec::new();
            self.blocks
                .try_reserve_exact(length)
                .map_err(|_| out_of_memory)?;
            self.blocks.resize(length, Block::new());
        }
        Ok(&mut self.blocks[..length])
    }

    /// Derives 32 bytes from the password and the salt.
    pub(crate) fn derive(
        &mut self,
        password: &Password,
        salt: &[u8; SALT_LENGTH],
        params: KdfParams,
    ) -> Result<Zeroizing<[u8; KEY_LENGTH]>, KdfError> {
        params.check()?;
        #[cfg(any(test, feature = "testing"))]
        match self.shortcut {
            Shortcut::None => {}
            Shortcut::Remembered => {
                return crate::testing::derived::once(password.expose(), salt, params, || {
                    Self::new().derive(password, salt, params)
                });
            }
            Shortcut::Simulated => {
                return Ok(crate::testing::derived::simulated(
                    password.expose(),
                    salt,
                    params,
                ));
            }
        }
        let blocks = ZeroizedOnDrop(self.reserve(params.memory_kib)?);
        let costs = Params::new(
            params.memory_kib,
            params.passes,
            params.lanes,
            Some(KEY_LENGTH),
        )
        .map_err(|_| KdfError::OutOfRange)?;
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, costs)
            .hash_password_into_with_memory(
                password.expose(),
                salt,
                key.as_mut_slice(),
                &mut *blocks.0,
            )
            .map_err(|_| KdfError::OutOfRange)?;
        Ok(key)
    }
}

/// Zeroizes the blocks on drop, even after a panic, because the last ones determine the key.
struct ZeroizedOnDrop<'a>(&'a mut [Block]);

impl Drop for ZeroizedOnDrop<'_> {
    fn drop(&mut self) {
        self.0.iter_mut().zeroize();
    }
}

/// Chooses the most expensive parameters, between [`KdfParams::FLOOR`] and 1 GiB, whose derivation
/// takes at most `target` on this computer. It doubles the memory as long as twice the time is
/// within the target, because memory costs an attacker more than passes do (RFC 9106 §4).
///
/// `elapsed` reads a monotonic clock. Takes about twice `target` at most, and at least as long as a
/// derivation with the floor.
pub fn calibrate(
    memory: &mut KdfMemory,
    target: Duration,
    elapsed: &mut dyn FnMut() -> Duration,
) -> KdfParams {
    let password = Password::typed("calibration".to_owned());
    let mut chosen = KdfParams::FLOOR;
    let mut next = chosen;
    while next.memory_kib <= KdfParams::CALIBRATED_MEMORY_KIB {
        // Reserved before the clock is read, because mapping the pages happens only once and not at
        // every sign-in.
        if memory.reserve(next.memory_kib).is_err() {
            break;
        }
        let start = elapsed();
        let derived = memory.derive(&password, &[0; SALT_LENGTH], next);
        let took = elapsed().saturating_sub(start);
        if derived.is_err() || took > target {
            break;
        }
        chosen = next;
        if took.saturating_mul(2) > target {
            break;
        }
        next.memory_kib *= 2;
    }
    chosen
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;

    /// Returns a clock on which successive derivations take the given times.
    fn clock(takes: &[u64]) -> impl FnMut() -> Duration {
        let mut readings: Vec<u64> = vec![0];
        for took in takes {
            readings.extend([readings[readings.len() - 1] + took; 2]);
        }
        let mut readings = readings.into_iter();
        move || Duration::from_millis(readings.next().unwrap())
    }

    #[test]
    fn parameters_out_of_range_are_rejected_without_an_allocation() {
        let (floor, ceiling) = (KdfParams::FLOOR, KdfParams::CEILING);
        let mut memory = KdfMemory::new();
        for params in [
            KdfParams {
                memory_kib: floor.memory_kib - 1,
                ..floor
            },
            KdfParams {
                passes: floor.passes - 1,
                ..floor
            },
            KdfParams {
                lanes: floor.lanes - 1,
                ..floor
            },
            KdfParams {
                memory_kib: ceiling.memory_kib + 1,
                ..floor
            },
            KdfParams {
                memory_kib: u32::MAX,
                passes: u32::MAX,
                lanes: u32::MAX,
            },
            KdfParams {
                passes: ceiling.passes + 1,
                ..floor
            },
            KdfParams {
                lanes: ceiling.lanes + 1,
                ..floor
            },
            KdfParams {
                memory_kib: 0,
                passes: 0,
                lanes: 0,
            },
        ] {
            let derived = memory.derive(&Password::typed(String::new()), &[0; 16], params);
            assert_eq!(derived.err(), Some(KdfError::OutOfRange), "{params:?}");
            assert_eq!(memory.blocks.capacity(), 0);
        }
        assert_eq!(floor.check().and(ceiling.check()), Ok(()));
    }

    #[test]
    fn reused_memory_yields_the_same_key_and_is_zeroized() {
        let mut memory = KdfMemory::new();
        let mut derive = |text: &str| {
            let key = memory
                .derive(
                    &Password::typed(text.to_owned()),
                    &[7; 16],
                    KdfParams::FLOOR,
                )
                .unwrap();
            assert!(
                memory
                    .blocks
                    .iter()
                    .all(|block| block.as_ref().iter().all(|word| *word == 0))
            );
            key
        };
        let first = derive("one password");
        let other = derive("another password");
        let again = derive("one password");
        assert_eq!(*first, *again);
        assert_ne!(*first, *other);
    }

    #[test]
    fn a_remembered_key_is_the_derived_one() {
        let derive = |memory: &mut KdfMemory, text: &str, salt| {
            let password = Password::typed(text.to_owned());
            memory.derive(&password, &[salt; 16], KdfParams::FLOOR)
        };
        let (mut real, mut remembering) = (KdfMemory::new(), KdfMemory::remembering());
        for _ in 0..2 {
            for (text, salt) in [("one", 1), ("one", 2), ("two", 1)] {
                let key = derive(&mut remembering, text, salt).unwrap();
                assert_eq!(*key, *derive(&mut real, text, salt).unwrap());
            }
        }
    }

    #[test]
    fn a_simulated_key_depends_on_password_and_salt() {
        let derive = |text: &str, salt| {
            let password = Password::typed(text.to_owned());
            let mut memory = KdfMemory::simulated();
            memory
                .derive(&password, &[salt; 16], KdfParams::FLOOR)
                .unwrap()
        };
        assert_eq!(*derive("one", 1), *derive("one", 1));
        assert_ne!(*derive("one", 1), *derive("one", 2));
        assert_ne!(*derive("one", 1), *derive("two", 1));
    }

    #[test]
    fn calibration_chooses_the_floor_on_a_slow_computer() {
        let mut memory = KdfMemory::new();
        let params = calibrate(&mut memory, Duration::from_millis(500), &mut clock(&[501]));
        assert_eq!(params, KdfParams::FLOOR);
        let params = calibrate(&mut memory, Duration::from_millis(500), &mut clock(&[300]));
        assert_eq!(params, KdfParams::FLOOR);
    }

    #[test]
    fn calibration_doubles_the_memory_within_the_target() {
        let mut memory = KdfMemory::new();
        let params = calibrate(
            &mut memory,
            Duration::from_millis(500),
            &mut clock(&[200, 400]),
        );
        assert_eq!(
            params,
            KdfParams {
                memory_kib: 128 * MIB,
                ..KdfParams::FLOOR
            }
        );
        let params = calibrate(
            &mut memory,
            Duration::from_millis(500),
            &mut clock(&[200, 900]),
        );
        assert_eq!(
            params,
            KdfParams::FLOOR,
            "twice the memory may take more than twice the time"
        );
    }
}
