//! Secrets that leave this crate: zeroized on drop, and neither printable, cloneable nor
//! serializable.

use std::sync::Arc;

use rand::CryptoRng;
use zeroize::Zeroizing;

/// Secret text, such as a note or a title. Copies made by [`SecretText::share`] use the same
/// memory, which is zeroized when the last of them is dropped.
pub struct SecretText(Arc<Zeroizing<String>>);

impl SecretText {
    /// Takes ownership of the text and zeroizes it on drop.
    pub fn new(text: String) -> Self {
        Self(Arc::new(Zeroizing::new(text)))
    }

    /// Returns the same text for another owner.
    pub fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    /// Whether both are the same text. For what one person keeps: the time it takes tells.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || *self.0 == *other.0
    }

    /// Exposes the text to show it to the user on request, and to write it into the encrypted
    /// payload.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

macro_rules! secret_bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal, $reason:literal) => {
        $(#[$doc])*
        #[cfg_attr(any(test, feature = "testing"), derive(Clone))]
        pub struct $name(Zeroizing<[u8; $length]>);

        impl $name {
            /// Generates a random value.
            pub fn random(rng: &mut dyn CryptoRng) -> Self {
                let mut bytes = Zeroizing::new([0; $length]);
                rng.fill_bytes(bytes.as_mut_slice());
                Self(bytes)
            }

            /// Creates a value from bytes.
            pub fn from_bytes(bytes: Zeroizing<[u8; $length]>) -> Self {
                Self(bytes)
            }

            #[doc = $reason]
            pub fn expose(&self) -> &[u8; $length] {
                &self.0
            }
        }
    };
}

secret_bytes!(
    /// The 32 random bytes in the keychain without which a code slot cannot be opened.
    ReleaseKey,
    32,
    "Exposes the key to derive the identity of a code slot, and to write the keychain record."
);
secret_bytes!(
    /// The 20 bytes that two-step verification shares with the authenticator app (RFC 4226 §4, R6).
    TotpSecret,
    20,
    "Exposes the secret to show it once to an authenticator app, and to check six digits."
);
