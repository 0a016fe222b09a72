//! One code, its release key, and the password of the sample wallet.

use code::BackupCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use wallet::{Password, ReleaseKey};
use zeroize::Zeroizing;

/// A generator with always the same numbers.
pub fn rng() -> StdRng {
    StdRng::seed_from_u64(93)
}

/// The code that opens every sample.
pub fn code() -> BackupCode {
    BackupCode::generate(&mut rng(), &|_| false)
}

/// The release key of the sample wallet's slot.
pub fn release_key() -> ReleaseKey {
    ReleaseKey::from_bytes(Zeroizing::new([7; 32]))
}

/// The password of the sample wallet.
pub fn password() -> Password {
    Password::typed("under the third stone".to_owned())
}
