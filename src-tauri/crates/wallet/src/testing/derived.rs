//! Keys derived before, so that a test that opens one wallet hundreds of times derives its key
//! once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::kdf::{KEY_LENGTH, KdfError, KdfParams, SALT_LENGTH};

type Key = Zeroizing<[u8; KEY_LENGTH]>;
type Input = (Vec<u8>, [u8; SALT_LENGTH], [u32; 3]);

static DERIVED: Mutex<BTreeMap<Input, Key>> = Mutex::new(BTreeMap::new());

/// Returns the key of this input, which `derive` makes the first time in this process.
pub(crate) fn once(
    password: &[u8],
    salt: &[u8; SALT_LENGTH],
    params: KdfParams,
    derive: impl FnOnce() -> Result<Key, KdfError>,
) -> Result<Key, KdfError> {
    let KdfParams {
        memory_kib,
        passes,
        lanes,
    } = params;
    let input = (password.to_vec(), *salt, [memory_kib, passes, lanes]);
    let derived = || DERIVED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = derived().get(&input) {
        return Ok(key.clone());
    }
    let key = derive()?;
    derived().insert(input, key.clone());
    Ok(key)
}

/// Returns a key that costs one hash.
pub(crate) fn simulated(password: &[u8], salt: &[u8; SALT_LENGTH], params: KdfParams) -> Key {
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
