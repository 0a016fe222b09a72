//! The password slot: the wallet key wrapped with a key that Argon2id derives from the password.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::format::{NONCE_LENGTH, TAG_LENGTH};
use crate::kdf::SALT_LENGTH;
use crate::key::{KEY_LENGTH, WalletKey};
use crate::{KdfError, KdfMemory, KdfParams, Password, SlotId, WalletId, encoding, once};

const KIND: &[u8] = b"backup-code/v1/password-slot\0";
/// The version of the slot, which is the same in files of every format version: a slot stays when a
/// wallet gets its first file, or loses its last.
const VERSION: u16 = 1;

/// The wallet key, sealed with XChaCha20-Poly1305 under the key that Argon2id derives from the
/// password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordSlot {
    /// Id of the slot, new at every password change.
    pub id: SlotId,
    /// Cost parameters of Argon2id.
    pub kdf: KdfParams,
    #[serde(with = "encoding::array")]
    salt: [u8; SALT_LENGTH],
    #[serde(with = "encoding::array")]
    nonce: [u8; NONCE_LENGTH],
    #[serde(with = "encoding::array")]
    sealed: [u8; KEY_LENGTH + TAG_LENGTH],
}

impl PasswordSlot {
    /// Wraps the key with a fresh id, salt and nonce.
    pub(crate) fn seal(
        rng: &mut dyn CryptoRng,
        wallet: WalletId,
        key: &WalletKey,
        password: &Password,
        kdf: KdfParams,
        memory: &mut KdfMemory,
    ) -> Result<Self, KdfError> {
        let id = SlotId::random(rng);
        let mut salt = [0; SALT_LENGTH];
        rng.fill_bytes(&mut salt);
        let mut nonce = [0; NONCE_LENGTH];
        rng.fill_bytes(&mut nonce);
        let kek = memory.derive(password, &salt, kdf)?;
        let mut wrapped = Zeroizing::new(*key.expose());
        let tag = XChaCha20Poly1305::new((&*kek).into())
            .encrypt_inout_detached(
                (&nonce).into(),
                &associated_data(wallet, id, kdf),
                wrapped.as_mut_slice().into(),
            )
            .unwrap_or_else(|_| unreachable!("32 bytes are within the cipher's 256 GiB"));
        let mut sealed = [0; KEY_LENGTH + TAG_LENGTH];
        sealed[..KEY_LENGTH].copy_from_slice(wrapped.as_slice());
        sealed[KEY_LENGTH..].copy_from_slice(&tag);
        Ok(Self {
            id,
            kdf,
            salt,
            nonce,
            sealed,
        })
    }

    /// Unwraps the wallet key; `None` if the password is wrong or the slot was altered, which
    /// cannot be distinguished.
    pub(crate) fn open(
        &self,
        wallet: WalletId,
        password: &Password,
        memory: &mut KdfMemory,
    ) -> Result<Option<WalletKey>, KdfError> {
        let associated_data = associated_data(wallet, self.id, self.kdf);
        once!(
            Result<Option<WalletKey>, KdfError>,
            &[
                &associated_data[..],
                &self.salt,
                &self.nonce,
                &self.sealed,
                password.expose(),
            ]
            .concat(),
            self.unwrap_key(&associated_data, password, memory),
            |opened| match opened {
                Ok(key) => Ok(key.as_ref().map(WalletKey::share)),
                Err(error) => Err(*error),
            }
        )
    }

    fn unwrap_key(
        &self,
        associated_data: &[u8],
        password: &Password,
        memory: &mut KdfMemory,
    ) -> Result<Option<WalletKey>, KdfError> {
        let kek = memory.derive(password, &self.salt, self.kdf)?;
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        key.copy_from_slice(&self.sealed[..KEY_LENGTH]);
        let mut tag = Tag::default();
        tag.copy_from_slice(&self.sealed[KEY_LENGTH..]);
        let opened = XChaCha20Poly1305::new((&*kek).into()).decrypt_inout_detached(
            (&self.nonce).into(),
            associated_data,
            key.as_mut_slice().into(),
            &tag,
        );
        Ok(opened.is_ok().then(|| WalletKey::from_bytes(key)))
    }
}

/// Returns the associated data of the slot: kind ‖ version (2) ‖ wallet id (16) ‖ slot id (16) ‖
/// memory in KiB (4) ‖ passes (4) ‖ lanes (4); numbers are big-endian.
pub(crate) fn associated_data(wallet: WalletId, slot: SlotId, kdf: KdfParams) -> Vec<u8> {
    [
        KIND,
        &VERSION.to_be_bytes(),
        wallet.as_bytes(),
        slot.as_bytes(),
        &kdf.memory_kib.to_be_bytes(),
        &kdf.passes.to_be_bytes(),
        &kdf.lanes.to_be_bytes(),
    ]
    .concat()
}
