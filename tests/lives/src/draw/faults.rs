//! What goes wrong in an act.

use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::ports::KeychainError;

use crate::acts::ACTS;
use crate::faults::{DiskError, Fault, Kind};

/// Draws a fault for an act, among those that it can meet and that this life has. The act took
/// `operations` at most so far.
pub(super) fn draw(
    rng: &mut StdRng,
    act: usize,
    operations: u32,
    kinds: &[bool; Kind::ALL.len()],
) -> Fault {
    let can = |kind: &Kind| kinds[*kind as usize] && ACTS[act].can_meet(*kind);
    let possible: Vec<Kind> = Kind::ALL.into_iter().skip(1).filter(can).collect();
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
    match kind {
        Kind::Crash => Fault::Crash { at, before },
        Kind::PowerLoss => Fault::PowerLoss { at, before },
        Kind::DiskFails => Fault::Disk {
            at,
            error: match rng.random_range(0..4) {
                0 => DiskError::Full,
                1 => DiskError::ReadOnly,
                2 => DiskError::Unreadable,
                _ => DiskError::Vanished,
            },
            lasts,
        },
        Kind::DiskLies => Fault::DiskLies { at },
        Kind::KeychainFails => Fault::Keychain {
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
        Kind::KeychainLies => Fault::KeychainLies {
            at: rng.random_range(0..2),
        },
        Kind::KeychainDies => Fault::KeychainDies {
            after: rng.random_range(0..2),
        },
        Kind::Slow => Fault::Slow {
            seconds: rng.random_range(1..120),
        },
        Kind::Race => Fault::Race { at },
        Kind::None => Fault::None,
    }
}
