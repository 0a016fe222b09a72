//! Keys that cost one hash, so that a test can open wallets hundreds of times.

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::kdf::{KEY_LENGTH, KdfParams, SALT_LENGTH};

/// Returns the SHA-256 of salt, parameters and password.
pub fn simulated(
    password: &[u8],
    salt: &[u8; SALT_LENGTH],
    params: KdfParams,
) -> Zeroizing<[u8; KEY_LENGTH]> {
    let KdfParams {
        memory_kib,
        passes,
        lanes,
    } = params;
    let mut hash = Sha256::new();
    hash.update(salt);
    for cost in [memory_kib, passes, lanes] {
        hash.update(cost.to_be_bytes());
    }
    hash.update(password);
    Zeroizing::new(hash.finalize().into())
}
