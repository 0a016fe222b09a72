//! The verifier: the Argon2id hash of a code, kept in the keychain as a PHC string.
//!
//! Its parameters are fixed (19 MiB, t=2, p=1: the OWASP minimum for Argon2id): the code has 205
//! random bits, so the hash needs no strength of its own. Its output is never a key.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use code::BackupCode;
use rand::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq as _;
use thiserror::Error;
use wallet::KdfMemory;
#[cfg(feature = "testing")]
use wallet::testing::simulation;
use zeroize::Zeroizing;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_LENGTH: usize = 16;
/// Bytes of the longest PHC string that is looked at; ours has 97.
const LONGEST: usize = 128;

/// The verifier could not be computed: no memory for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no memory to hash the code")]
pub struct VerifierError;

/// The Argon2id hash of a code. Wiped when dropped.
#[cfg_attr(feature = "testing", derive(Clone))]
pub struct Verifier {
    phc: Zeroizing<String>,
}

/// Memory in KiB, passes and lanes.
type Costs = (u32, u32, u32);

const STANDARD: Costs = (MEMORY_KIB, PASSES, LANES);
/// The least that Argon2id accepts, for simulations.
#[cfg(feature = "testing")]
const SIMULATED: Costs = (8, 1, 1);

fn costs_of(memory: &KdfMemory) -> Costs {
    #[cfg(feature = "testing")]
    if memory.is_simulated() {
        return SIMULATED;
    }
    let _ = memory;
    STANDARD
}

/// Whether this app writes verifiers of these costs.
fn are_ours(costs: Costs) -> bool {
    #[cfg(feature = "testing")]
    if costs == SIMULATED {
        return true;
    }
    costs == STANDARD
}

fn argon2id((memory_kib, passes, lanes): Costs) -> Option<Argon2<'static>> {
    let params = Params::new(memory_kib, passes, lanes, Some(32)).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Verifier {
    /// Hashes a code under a random salt of 16 bytes.
    pub fn make(
        rng: &mut dyn CryptoRng,
        code: &BackupCode,
        memory: &KdfMemory,
    ) -> Result<Self, VerifierError> {
        let mut salt = [0; SALT_LENGTH];
        rng.fill_bytes(&mut salt);
        #[cfg(feature = "testing")]
        if simulation::is_on() {
            return Ok(simulated::of(code, &salt));
        }
        // Exposed to be hashed: the canonical form is what the verifier is of.
        let hash = argon2id(costs_of(memory))
            .and_then(|hasher| {
                hasher
                    .hash_password_with_salt(code.expose().as_bytes(), &salt)
                    .ok()
            })
            .ok_or(VerifierError)?;
        Ok(Self {
            phc: Zeroizing::new(hash.to_string()),
        })
    }

    /// Whether both are the same hash, salt included.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.phc.as_bytes().ct_eq(other.phc.as_bytes()).into()
    }

    /// Whether the code is the one that was hashed; in constant time. A verifier with other
    /// parameters than ours accepts nothing, so that a foreign one cannot ask for gigabytes.
    pub fn accepts(&self, code: &BackupCode) -> bool {
        let Ok(hash) = PasswordHash::new(&self.phc) else {
            return false;
        };
        #[cfg(feature = "testing")]
        if simulation::is_on() {
            return simulated::accepts(self, &hash, code);
        }
        let costs = Params::try_from(&hash)
            .map(|params| (params.m_cost(), params.t_cost(), params.p_cost()));
        let ours = costs.ok().filter(|costs| are_ours(*costs));
        // Exposed to be hashed and compared.
        ours.and_then(argon2id).is_some_and(|hasher| {
            hasher
                .verify_password(code.expose().as_bytes(), &hash)
                .is_ok()
        })
    }
}

/// Verifiers of a simulation, which cost a plain hash.
#[cfg(feature = "testing")]
mod simulated {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
    use wallet::KdfParams;
    use wallet::testing::simulated_key;

    use super::*;

    pub(super) fn of(code: &BackupCode, salt: &[u8; SALT_LENGTH]) -> Verifier {
        let key = simulated_key(code.expose().as_bytes(), salt, KdfParams::FLOOR);
        let (salt, hash) = (BASE64.encode(salt), BASE64.encode(*key));
        let (m, t, p) = SIMULATED;
        let phc = format!("$argon2id$v=19$m={m},t={t},p={p}${salt}${hash}");
        let phc = Zeroizing::new(phc);
        Verifier { phc }
    }

    pub(super) fn accepts(verifier: &Verifier, hash: &PasswordHash, code: &BackupCode) -> bool {
        let salt = hash.salt.and_then(|salt| (*salt).try_into().ok());
        salt.is_some_and(|salt| of(code, &salt).is(verifier))
    }
}

impl Serialize for Verifier {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.phc)
    }
}

impl<'de> Deserialize<'de> for Verifier {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let phc = Zeroizing::new(String::deserialize(from)?);
        if phc.len() > LONGEST || PasswordHash::new(&phc).is_err() {
            return Err(serde::de::Error::custom("a verifier is a PHC string"));
        }
        Ok(Self { phc })
    }
}
