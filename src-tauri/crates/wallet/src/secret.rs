//! Secrets that leave this crate: wiped on drop, neither shown, copied nor serialised.

use std::sync::Arc;

use rand::CryptoRng;
use zeroize::Zeroizing;

/// Secret text: a note, a title. Copies made by [`SecretText::share`] are one text in memory, wiped
/// with the last of them.
pub struct SecretText(Arc<Zeroizing<String>>);

impl SecretText {
    /// Takes the text over and wipes it when it is done with.
    pub fn new(text: String) -> Self {
        Self(Arc::new(Zeroizing::new(text)))
    }

    /// The same text for another owner.
    pub fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    /// For showing it to the user who asked, and for writing it into the sealed payload.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

macro_rules! secret_bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal, $reason:literal) => {
        $(#[$doc])*
        pub struct $name(Zeroizing<[u8; $length]>);

        impl $name {
            /// Draws a new one.
            pub fn random(rng: &mut dyn CryptoRng) -> Self {
                let mut bytes = Zeroizing::new([0; $length]);
                rng.fill_bytes(bytes.as_mut_slice());
                Self(bytes)
            }

            /// The one with these bytes.
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
    "For the derivation of a code slot's identity, and for the keychain record."
);
secret_bytes!(
    /// The 20 bytes that two-step verification shares with the authenticator app (RFC 4226 §4, R6).
    TotpSecret,
    20,
    "For showing it once to an authenticator app, and for checking six digits."
);
