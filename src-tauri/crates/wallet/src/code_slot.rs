//! A code slot: the wallet key in an `age` file. Its X25519 identity is derived from the code and
//! the release key together.

use std::io::Read;
use std::iter;

use age::x25519;
use code::{BackupCode, Identifier};
use rand::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use crate::key::{self, KEY_LENGTH, WalletKey};
#[cfg(any(test, feature = "testing"))]
use crate::testing::{
    simulated_age::{self, Refused},
    simulation,
};
use crate::{ReleaseKey, SlotId, WalletId, encoding};

const SALT_LENGTH: usize = 32;
const INFO: &[u8] = b"backup-code/v1/code-slot\0";
const IDENTITY_PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("age-secret-key-");
/// Length of `AGE-SECRET-KEY-1…`: prefix, separator, 52 symbols for 32 bytes, 6 of checksum.
const IDENTITY_LENGTH: usize = 15 + 1 + 52 + 6;

/// Maximum length of the `age` file in a slot. `age` writes about 230 bytes for one recipient and
/// 32 bytes of plaintext, and up to 210 more of grease. Longer files are not parsed.
pub(crate) const SEALED_LIMIT: usize = 1024;

/// The wallet key, sealed for one backup code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSlot {
    /// Id of the slot.
    pub id: SlotId,
    /// Identifier of the code that opens the slot.
    pub identifier: Identifier,
    #[serde(with = "encoding::array")]
    salt: [u8; SALT_LENGTH],
    /// A binary `age` v1 file with one X25519 recipient and 32 bytes of plaintext.
    #[serde(with = "encoding::bytes")]
    pub(crate) sealed: Vec<u8>,
}

/// The public half of the identity of a code slot. It is stored only inside the encrypted payload,
/// so a slot can be resealed without the code, and the file does not reveal whether a code fits.
#[derive(Clone)]
pub(crate) struct Recipient(x25519::Recipient);

/// Reasons why a slot did not open.
pub(crate) enum CodeSlotError {
    /// The code or the release key is wrong.
    WrongCode,
    /// The `age` file is malformed, was altered, or does not hold 32 bytes.
    Damaged,
}

impl CodeSlot {
    /// Seals the key for this code and release key with a fresh id and salt.
    pub(crate) fn seal(
        rng: &mut dyn CryptoRng,
        wallet: WalletId,
        key: &WalletKey,
        code: &BackupCode,
        release: &ReleaseKey,
    ) -> Result<(Self, Recipient), age::EncryptError> {
        let id = SlotId::random(rng);
        let mut salt = [0; SALT_LENGTH];
        rng.fill_bytes(&mut salt);
        let recipient = Recipient::of(&salt, wallet, code, release);
        let sealed = recipient.seal(key)?;
        Ok((
            Self {
                id,
                identifier: code.identifier(),
                salt,
                sealed,
            },
            recipient,
        ))
    }

    /// Returns the slot resealed for the same code with another wallet key.
    pub(crate) fn reseal(
        &self,
        key: &WalletKey,
        recipient: &Recipient,
    ) -> Result<Self, age::EncryptError> {
        Ok(Self {
            sealed: recipient.seal(key)?,
            ..self.clone()
        })
    }

    /// Opens the slot and returns the wallet key.
    pub(crate) fn open(
        &self,
        wallet: WalletId,
        code: &BackupCode,
        release: &ReleaseKey,
    ) -> Result<WalletKey, CodeSlotError> {
        if code.identifier() != self.identifier {
            return Err(CodeSlotError::WrongCode);
        }
        if self.sealed.len() > SEALED_LIMIT {
            return Err(CodeSlotError::Damaged);
        }
        #[cfg(any(test, feature = "testing"))]
        if simulation::is_on() {
            return self.open_simulated(&scalar(&self.salt, wallet, code, release));
        }
        let identity = identity(&self.salt, wallet, code, release);
        let decryptor = age::Decryptor::new_buffered(self.sealed.as_slice())
            .map_err(|_| CodeSlotError::Damaged)?;
        let mut plaintext = decryptor
            .decrypt(iter::once(&identity as _))
            .map_err(|error| match error {
                age::DecryptError::NoMatchingKeys => CodeSlotError::WrongCode,
                _ => CodeSlotError::Damaged,
            })?;
        let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
        plaintext
            .read_exact(bytes.as_mut_slice())
            .map_err(|_| CodeSlotError::Damaged)?;
        // Only reading to the end makes `age` detect truncation.
        match plaintext.read(&mut [0]) {
            Ok(0) => Ok(WalletKey::from_bytes(bytes)),
            _ => Err(CodeSlotError::Damaged),
        }
    }

    #[cfg(any(test, feature = "testing"))]
    fn open_simulated(&self, scalar: &[u8; KEY_LENGTH]) -> Result<WalletKey, CodeSlotError> {
        let key = simulated_age::recipient(scalar);
        let opened = simulated_age::open(&key, &self.sealed).map_err(|refused| match refused {
            Refused::WrongKey => CodeSlotError::WrongCode,
            Refused::Damaged => CodeSlotError::Damaged,
        })?;
        let bytes = opened.try_into().map_err(|_| CodeSlotError::Damaged)?;
        Ok(WalletKey::from_bytes(Zeroizing::new(bytes)))
    }
}

impl Recipient {
    fn of(
        salt: &[u8; SALT_LENGTH],
        wallet: WalletId,
        code: &BackupCode,
        release: &ReleaseKey,
    ) -> Self {
        #[cfg(any(test, feature = "testing"))]
        if simulation::is_on() {
            let text = simulated_age::recipient(&*scalar(salt, wallet, code, release));
            let recipient = text.parse();
            return Self(recipient.unwrap_or_else(|_| unreachable!("32 bytes are a recipient")));
        }
        Self(identity(salt, wallet, code, release).to_public())
    }

    fn seal(&self, key: &WalletKey) -> Result<Vec<u8>, age::EncryptError> {
        #[cfg(any(test, feature = "testing"))]
        if simulation::is_on() {
            let recipient = self.0.to_string();
            return Ok(simulated_age::seal(&recipient, "X25519", "", key.expose()));
        }
        age::encrypt(&self.0, key.expose())
    }
}

fn identity(
    salt: &[u8; SALT_LENGTH],
    wallet: WalletId,
    code: &BackupCode,
    release: &ReleaseKey,
) -> x25519::Identity {
    // `age` can create an identity only from its text form.
    identity_text(&scalar(salt, wallet, code, release))
        .parse()
        .unwrap_or_else(|_| {
            unreachable!("32 bytes in Bech32 with the prefix of age are an identity")
        })
}

/// Derives the scalar with HKDF-SHA-256 (RFC 5869): the salt of the slot, ikm = release key (32) ‖
/// the 60 characters, info = `backup-code/v1/code-slot` ‖ 00 ‖ wallet id (16) ‖ identifier (4). The
/// 32 bytes of output are clamped.
pub(crate) fn scalar(
    salt: &[u8; SALT_LENGTH],
    wallet: WalletId,
    code: &BackupCode,
    release: &ReleaseKey,
) -> Zeroizing<[u8; KEY_LENGTH]> {
    let code_text = code.expose().as_bytes();
    let mut ikm = Zeroizing::new(Vec::with_capacity(KEY_LENGTH + code_text.len()));
    ikm.extend_from_slice(release.expose());
    ikm.extend_from_slice(code_text);
    let info: [&[u8]; 3] = [INFO, wallet.as_bytes(), &code.identifier().as_bytes()];
    let mut scalar = key::expand(Some(salt), &ikm, &info);
    clamp(&mut scalar);
    scalar
}

/// Applies X25519's `decodeScalar25519` (RFC 7748 §5). `age` would do it too, but clamping here
/// makes the text form canonical.
fn clamp(scalar: &mut [u8; KEY_LENGTH]) {
    scalar[0] &= 248;
    scalar[31] &= 127;
    scalar[31] |= 64;
}

/// Encodes `AGE-SECRET-KEY-1…` in a buffer that never grows and leaves no copy behind.
pub(crate) fn identity_text(scalar: &[u8; KEY_LENGTH]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(IDENTITY_LENGTH));
    bech32::encode_upper_to_fmt::<bech32::Bech32, _>(&mut *text, IDENTITY_PREFIX, scalar)
        .unwrap_or_else(|_| unreachable!("74 characters are within Bech32's 90"));
    text
}

impl Serialize for Recipient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Recipient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;
    use crate::testing::ScriptedRng;

    const WALLET: WalletId = WalletId::from_bytes([3; 16]);

    #[test]
    fn a_slot_with_another_length_than_a_key_is_damaged() {
        let mut rng = ScriptedRng::new(&[]);
        let code = BackupCode::generate(&mut rng, &|_| false);
        let release = ReleaseKey::random(&mut rng);
        let key = WalletKey::random(&mut rng);
        let (mut slot, recipient) =
            CodeSlot::seal(&mut rng, WALLET, &key, &code, &release).unwrap();
        assert!(slot.open(WALLET, &code, &release).is_ok());
        for length in [0, 31, 33, 200] {
            slot.sealed = age::encrypt(&recipient.0, &vec![7; length]).unwrap();
            let opened = slot.open(WALLET, &code, &release);
            assert!(
                matches!(opened, Err(CodeSlotError::Damaged)),
                "{length} bytes"
            );
        }
    }

    #[test]
    fn a_sealed_slot_is_well_below_the_limit() {
        let mut rng = ScriptedRng::new(&[]);
        let code = BackupCode::generate(&mut rng, &|_| false);
        let release = ReleaseKey::random(&mut rng);
        let recipient = Recipient::of(&[0; 32], WALLET, &code, &release);
        let key = WalletKey::random(&mut rng);
        // `age` adds grease of random length.
        let longest = (0..500).map(|_| recipient.seal(&key).unwrap().len()).max();
        assert!(longest.unwrap() <= SEALED_LIMIT / 2, "{longest:?}");
    }

    #[test]
    fn the_identity_depends_on_wallet_salt_code_and_release_key() {
        let mut rng = ScriptedRng::new(&[]);
        let codes = [(); 2].map(|()| BackupCode::generate(&mut rng, &|_| false));
        let keys = [(); 2].map(|()| ReleaseKey::random(&mut rng));
        let text =
            |salt, wallet, code, key| identity(salt, wallet, code, key).to_public().to_string();
        let one = text(&[0; 32], WALLET, &codes[0], &keys[0]);
        let others = [
            text(&[1; 32], WALLET, &codes[0], &keys[0]),
            text(&[0; 32], WalletId::from_bytes([4; 16]), &codes[0], &keys[0]),
            text(&[0; 32], WALLET, &codes[1], &keys[0]),
            text(&[0; 32], WALLET, &codes[0], &keys[1]),
        ];
        assert!(others.iter().all(|other| *other != one));
    }
}
