//! The passphrase of an `age` file without its work, for simulations: a stanza like scrypt's with a
//! work factor of 1, whose key HKDF derives. `age` itself spends milliseconds to measure the
//! computer before it encrypts or decrypts with a passphrase, however little work is asked for.

use std::collections::HashSet;
use std::iter::once;

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, EncryptError};
use age_core::format::{FILE_KEY_BYTES, FileKey, Stanza};
use age_core::primitives::{aead_decrypt, aead_encrypt, hkdf};

/// The work factor that a file names, log₂ N. No file that is written for people has it.
pub(crate) const WORK: u8 = 1;

/// The salt of such a file, 16 bytes of zeroes. That of another file is random.
pub(crate) const SALT: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// A passphrase that encrypts and decrypts.
pub(crate) struct Passphrase(pub(crate) SecretString);

impl Passphrase {
    fn key(&self) -> [u8; 32] {
        hkdf(
            b"",
            b"simulated passphrase",
            self.0.expose_secret().as_bytes(),
        )
    }
}

impl age::Recipient for Passphrase {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let stanza = Stanza {
            tag: "scrypt".to_owned(),
            args: vec![SALT.to_owned(), WORK.to_string()],
            body: aead_encrypt(&self.key(), key.expose_secret()),
        };
        Ok((vec![stanza], once("simulated".to_owned()).collect()))
    }
}

impl age::Identity for Passphrase {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let opened = aead_decrypt(&self.key(), FILE_KEY_BYTES, &stanza.body);
        Some(match opened {
            Ok(key) => Ok(FileKey::init_with_mut(|whole| whole.copy_from_slice(&key))),
            Err(_) => Err(DecryptError::DecryptionFailed),
        })
    }
}
