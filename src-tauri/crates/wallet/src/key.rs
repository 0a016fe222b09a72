//! The wallet key and keys derived from it.

use std::sync::Arc;

use hkdf::Hkdf;
use rand::CryptoRng;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::WalletId;

pub(crate) const KEY_LENGTH: usize = 32;

/// What a key is for that is derived from the wallet key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Encrypts the payload of the wallet file.
    Payload,
    /// Encrypts the wallet's files.
    Files,
    /// Encrypts the drafts.
    Drafts,
    /// Names the file of the drafts.
    DraftsName,
}

impl Purpose {
    fn info(self) -> &'static [u8] {
        match self {
            Self::Payload => b"backup-code/v1/payload\0",
            Self::Files => b"backup-code/v1/files\0",
            Self::Drafts => b"backup-code/v1/drafts\0",
            Self::DraftsName => b"backup-code/v1/drafts-name\0",
        }
    }
}

/// 256 random bits wrapped by every slot. Replaced whenever the password changes. Copies made by
/// [`WalletKey::share`] use the same memory.
pub(crate) struct WalletKey(Arc<Zeroizing<[u8; KEY_LENGTH]>>);

impl WalletKey {
    pub(crate) fn random(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self::from_bytes(bytes)
    }

    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; KEY_LENGTH]>) -> Self {
        Self(Arc::new(bytes))
    }

    /// Returns the same key for another owner.
    pub(crate) fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    /// Exposes the key for wrapping it in a slot.
    pub(crate) fn expose(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// Derives a key with HKDF-SHA-256 (RFC 5869) without salt; `info` is the purpose's name, as
    /// `backup-code/v1/payload` ‖ 00 ‖ wallet id.
    pub(crate) fn derive(&self, purpose: Purpose, wallet: WalletId) -> Zeroizing<[u8; KEY_LENGTH]> {
        expand(
            None,
            self.0.as_slice(),
            &[purpose.info(), wallet.as_bytes()],
        )
    }
}

impl ConstantTimeEq for WalletKey {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(other.0.as_slice())
    }
}

/// Returns 32 bytes of HKDF-SHA-256 output (RFC 5869).
pub(crate) fn expand(
    salt: Option<&[u8]>,
    ikm: &[u8],
    info: &[&[u8]],
) -> Zeroizing<[u8; KEY_LENGTH]> {
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    Hkdf::<Sha256>::new(salt, ikm)
        .expand_multi_info(info, key.as_mut_slice())
        .unwrap_or_else(|_| unreachable!("32 bytes are within HKDF's limit (RFC 5869 §2.3)"));
    key
}
