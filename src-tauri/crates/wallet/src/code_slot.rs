//! A code slot: the wallet key in an `age` file whose X25519 identity only code and release key together give.

use std::io::Read;
use std::iter;

use age::x25519;
use code::{BackupCode, Identifier};
use rand::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use crate::key::{self, KEY_LENGTH, WalletKey};
use crate::{ReleaseKey, SlotId, WalletId, encoding};

const SALT_LENGTH: usize = 32;
const INFO: &[u8] = b"backup-code/v1/code-slot\0";
const IDENTITY_PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("age-secret-key-");
/// Characters of `AGE-SECRET-KEY-1…`: prefix, separator, 52 symbols for 32 bytes, 6 of checksum.
const IDENTITY_LENGTH: usize = 15 + 1 + 52 + 6;

/// The longest `age` file in a slot. `age` writes about 230 bytes for one recipient and 32 bytes, and up to
/// 210 more of grease; nothing longer than this is parsed.
pub(crate) const SEALED_LIMIT: usize = 1024;

/// The wallet key, sealed for one backup code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSlot {
    /// The slot's own id.
    pub id: SlotId,
    /// The name of the code that opens it.
    pub identifier: Identifier,
    #[serde(with = "encoding::array")]
    salt: [u8; SALT_LENGTH],
    /// A binary `age` v1 file: one X25519 recipient, 32 bytes of plaintext.
    #[serde(with = "encoding::bytes")]
    pub(crate) sealed: Vec<u8>,
}

/// The public half of a code slot's identity. It is kept inside the sealed payload only, so that a slot can
/// be sealed again without the code, and nobody can tell from the file whether a code fits.
#[derive(Clone)]
pub(crate) struct Recipient(x25519::Recipient);

/// Why a slot did not give its key.
pub(crate) enum Refusal {
    /// The code or the release key is another one.
    NotThisCode,
    /// It is no `age` file of 32 bytes, or was altered.
    Damaged,
}

impl CodeSlot {
    /// Seals the key for this code and this release key, under a fresh id and salt.
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
        let recipient = Recipient(identity(&salt, wallet, code, release).to_public());
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

    /// The same slot, for the same code, with another wallet key.
    pub(crate) fn seal_again(
        &self,
        key: &WalletKey,
        recipient: &Recipient,
    ) -> Result<Self, age::EncryptError> {
        Ok(Self {
            sealed: recipient.seal(key)?,
            ..self.clone()
        })
    }

    /// The wallet key.
    pub(crate) fn open(
        &self,
        wallet: WalletId,
        code: &BackupCode,
        release: &ReleaseKey,
    ) -> Result<WalletKey, Refusal> {
        if code.identifier() != self.identifier {
            return Err(Refusal::NotThisCode);
        }
        if self.sealed.len() > SEALED_LIMIT {
            return Err(Refusal::Damaged);
        }
        let identity = identity(&self.salt, wallet, code, release);
        let decryptor =
            age::Decryptor::new_buffered(self.sealed.as_slice()).map_err(|_| Refusal::Damaged)?;
        let mut plaintext = decryptor
            .decrypt(iter::once(&identity as _))
            .map_err(|error| match error {
                age::DecryptError::NoMatchingKeys => Refusal::NotThisCode,
                _ => Refusal::Damaged,
            })?;
        let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
        plaintext
            .read_exact(bytes.as_mut_slice())
            .map_err(|_| Refusal::Damaged)?;
        // Reading to the end is also what makes `age` check that nothing was cut off.
        match plaintext.read(&mut [0]) {
            Ok(0) => Ok(WalletKey::from_bytes(bytes)),
            _ => Err(Refusal::Damaged),
        }
    }
}

impl Recipient {
    fn seal(&self, key: &WalletKey) -> Result<Vec<u8>, age::EncryptError> {
        age::encrypt(&self.0, key.expose())
    }
}

/// HKDF-SHA-256 (RFC 5869): salt is the slot's, ikm = release key (32) ‖ the 60 characters, info =
/// `backup-code/v1/code-slot` ‖ 00 ‖ wallet id (16) ‖ identifier (4). The 32 bytes, clamped, are the scalar.
fn identity(
    salt: &[u8; SALT_LENGTH],
    wallet: WalletId,
    code: &BackupCode,
    release: &ReleaseKey,
) -> x25519::Identity {
    let code_text = code.expose().as_bytes();
    let mut ikm = Zeroizing::new(Vec::with_capacity(KEY_LENGTH + code_text.len()));
    ikm.extend_from_slice(release.expose());
    ikm.extend_from_slice(code_text);
    let info: [&[u8]; 3] = [INFO, wallet.as_bytes(), &code.identifier().as_bytes()];
    let mut scalar = key::expand(Some(salt), &ikm, &info);
    clamp(&mut scalar);
    // The text form is the only way in that `age` offers.
    identity_text(&scalar).parse().unwrap_or_else(|_| {
        unreachable!("32 bytes in Bech32 under age's own prefix are an identity")
    })
}

/// X25519's `decodeScalar25519` (RFC 7748 §5). `age` would do it too; done here, the text is the one spelling.
fn clamp(scalar: &mut [u8; KEY_LENGTH]) {
    scalar[0] &= 248;
    scalar[31] &= 127;
    scalar[31] |= 64;
}

/// `AGE-SECRET-KEY-1…`, in a buffer that never grows and leaves a copy.
fn identity_text(scalar: &[u8; KEY_LENGTH]) -> Zeroizing<String> {
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
