//! What goes wrong in an act.

use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::ports::KeychainError;

use crate::acts::ACTS;
use crate::faults::{DiskError, FAULTS, Fault};

/// Draws a fault for an act, among those that it can meet and that this life has. The act took
/// `operations` at most so far.
pub(super) fn draw(
    rng: &mut StdRng,
    act: usize,
    operations: u32,
    kinds: &[bool; FAULTS.len()],
) -> Fault {
    let can = |kind: &usize| kinds[*kind] && ACTS[act].can_meet(*kind);
    let possible: Vec<usize> = (1..FAULTS.len()).filter(can).collect();
    if possible.is_empty() {
        return Fault::None;
    }
    let kind = possible[rng.random_range(0..possible.len())];
    // What ends an act is done last, and half of the faults look for it.
    let operations = operations.max(1);
    let at = match rng.random_bool(0.5) {
        true => rng.random_range(0..operations),
        false => rng.random_range(operations - operations.div_ceil(3)..operations),
    };
    let before = rng.random_bool(0.5);
    let lasts = rng.random_bool(0.5);
    match FAULTS[kind] {
        "crash" => Fault::Crash { at, before },
        "power loss" => Fault::PowerLoss { at, before },
        "disk fails" => Fault::Disk {
            at,
            error: match rng.random_range(0..4) {
                0 => DiskError::Full,
                1 => DiskError::ReadOnly,
                2 => DiskError::Unreadable,
                _ => DiskError::Vanished,
            },
            lasts,
        },
        "disk lies" => Fault::DiskLies { at },
        "keychain fails" => Fault::Keychain {
            at: rng.random_range(0..4),
            error: match rng.random_range(0..5) {
                0 => KeychainError::Unreachable,
                1 => KeychainError::Locked,
                2 => KeychainError::TimedOut,
                3 => KeychainError::Denied,
                _ => KeychainError::Failed,
            },
            lasts,
        },
        "keychain lies" => Fault::KeychainLies {
            at: rng.random_range(0..2),
        },
        "keychain dies" => Fault::KeychainDies {
            after: rng.random_range(0..2),
        },
        "slow" => Fault::Slow {
            seconds: rng.random_range(1..120),
        },
        "race" => Fault::Race { at },
        _ => Fault::None,
    }
}
