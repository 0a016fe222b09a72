//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under keys that are derived from the wallet key.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305};

use crate::WalletId;
use crate::format::{NONCE_LENGTH, TAG_LENGTH};
use crate::key::{Purpose, WalletKey};
#[cfg(any(test, feature = "testing"))]
use crate::testing::simulation;

/// The key of one purpose, of one wallet.
pub(crate) struct Aead<'a> {
    key: &'a WalletKey,
    purpose: Purpose,
    wallet: WalletId,
}

impl<'a> Aead<'a> {
    pub(crate) fn new(key: &'a WalletKey, purpose: Purpose, wallet: WalletId) -> Self {
        Self {
            key,
            purpose,
            wallet,
        }
    }

    /// Encrypts a text in its place and returns its tag; `None` where it is too long for the
    /// cipher.
    pub(crate) fn encrypt(
        &self,
        nonce: &[u8; NONCE_LENGTH],
        associated_data: &[u8],
        text: &mut [u8],
    ) -> Option<[u8; TAG_LENGTH]> {
        #[cfg(any(test, feature = "testing"))]
        if simulation::is_on() {
            return Some(self.simulated_tag(nonce, associated_data, text));
        }
        let tag: Tag = self
            .cipher()
            .encrypt_inout_detached(nonce.into(), associated_data, text.into())
            .ok()?;
        Some(tag.into())
    }

    /// Decrypts a text in its place. Returns whether it is authentic.
    pub(crate) fn decrypt(
        &self,
        nonce: &[u8; NONCE_LENGTH],
        associated_data: &[u8],
        text: &mut [u8],
        tag: &[u8; TAG_LENGTH],
    ) -> bool {
        #[cfg(any(test, feature = "testing"))]
        if simulation::is_on() {
            return self.simulated_tag(nonce, associated_data, text) == *tag;
        }
        self.cipher()
            .decrypt_inout_detached(nonce.into(), associated_data, text.into(), tag.into())
            .is_ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key.derive(self.purpose, self.wallet)).into())
    }

    /// The tag of a text in a simulation, in which it is not encrypted.
    #[cfg(any(test, feature = "testing"))]
    fn simulated_tag(
        &self,
        nonce: &[u8; NONCE_LENGTH],
        associated_data: &[u8],
        text: &[u8],
    ) -> [u8; TAG_LENGTH] {
        crate::testing::checksum(&[
            self.key.expose(),
            &[self.purpose as u8],
            self.wallet.as_bytes(),
            nonce,
            associated_data,
            text,
        ])
    }
}
