//! The files of a kit and of pages in a simulation, which cost a few hashes. With a passphrase that
//! is as little work as [`Work::SIMULATED`](crate::Work::SIMULATED) says: `age` itself spends
//! milliseconds to measure the computer first, however little work is asked for. With an identity
//! it is a thread that simulates.

use age::secrecy::ExposeSecret;
use age::x25519;
use code::BackupCode;
use wallet::testing::simulated_age::{self, Refused};
use zeroize::Zeroizing;

use crate::{NamedCommit, OpenError, Recipient};

/// The work factor that a file names, log₂ N. No file that is written for people has it.
pub(crate) const WORK: u8 = 1;

/// The salt of such a file, 16 bytes of zeroes. That of another file is random.
pub(crate) const SALT: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// Encrypts with the code.
pub(crate) fn lock(plaintext: &[u8], code: &BackupCode) -> Vec<u8> {
    let stanza = format!("scrypt {SALT} {WORK}");
    simulated_age::seal(code.expose(), &stanza, "", plaintext)
}

/// Decrypts with the code.
pub(crate) fn unlock(file: &[u8], code: &BackupCode) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    open(code.expose(), file, OpenError::WrongCode)
}

/// Encrypts to a recipient.
pub(crate) fn encrypt(
    recipient: &Recipient,
    commit: Option<NamedCommit>,
    plaintext: &[u8],
) -> Vec<u8> {
    let commit = commit.map(|commit| format!("{}\n\n", commit.stanza()));
    let others = commit.unwrap_or_default();
    simulated_age::seal(&recipient.to_string(), "X25519", &others, plaintext)
}

/// Decrypts with the identity of a recipient.
pub(crate) fn decrypt(
    file: &[u8],
    identity: &x25519::Identity,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    open(&key(identity), file, OpenError::NotTogether)
}

/// Returns the recipient of an identity.
pub(crate) fn recipient(identity: &x25519::Identity) -> Recipient {
    let recipient = key(identity).parse();
    recipient.unwrap_or_else(|_| unreachable!("the simulated recipient is one"))
}

fn key(identity: &x25519::Identity) -> String {
    simulated_age::recipient(identity.to_string().expose_secret().as_bytes())
}

fn open(key: &str, file: &[u8], other_key: OpenError) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    match simulated_age::open(key, file) {
        Ok(plaintext) => Ok(Zeroizing::new(plaintext.to_vec())),
        Err(Refused::WrongKey) => Err(other_key),
        Err(Refused::Damaged) => Err(OpenError::Damaged),
    }
}
