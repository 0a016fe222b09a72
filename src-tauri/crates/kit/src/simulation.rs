//! The files of a kit and of pages in a thread that simulates (`wallet::testing::simulation`). They
//! cost a few hashes.

use age::secrecy::ExposeSecret;
use age::x25519;
use code::BackupCode;
use wallet::testing::simulated_age::{self, Refused};
pub(crate) use wallet::testing::simulation::is_on;
use zeroize::Zeroizing;

use crate::simulated::{SALT, WORK};
use crate::{NamedCommit, OpenError, Recipient};

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

/// Returns a fresh identity.
pub(crate) fn identity() -> x25519::Identity {
    let identity = simulated_age::identity().parse();
    identity.unwrap_or_else(|_| unreachable!("32 bytes are an identity"))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use wallet::testing::simulation;
    use wallet::{CommitId, Email, Timestamp, WalletId};

    use super::*;
    use crate::passphrase::Work;
    use crate::{KitFileKind, Snapshot, kind_of};

    fn code(seed: u64) -> BackupCode {
        BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
    }

    #[test]
    fn a_simulated_kit_tells_a_wrong_code_another_kit_and_damage_as_a_real_one_does() {
        let email = Email::parse("zoe@example.org").unwrap();
        let snapshot = Snapshot {
            wallet_id: WalletId::from_bytes([3; 16]),
            email: &email,
            date: Timestamp(5),
            commit: Some(NamedCommit {
                id: CommitId::from_bytes([4; 16]),
                number: 7,
            }),
            items: &[],
        };
        let tell = || {
            let make = || crate::make_with(&code(1), &snapshot, Work::SIMULATED).unwrap();
            let ((files, recipient), (other, _)) = (make(), make());
            let open = |identity: &[u8], wallet: &[u8], of: u64| {
                let opened = crate::open(identity, wallet, &code(of));
                opened.map(|contents| contents.wallet_id)
            };
            let (identity, wallet) = (&files.identity, &files.wallet);
            let mut damaged = wallet.clone();
            *damaged.last_mut().unwrap() ^= 1;
            assert_eq!(kind_of(identity), Some(KitFileKind::Identity));
            assert_eq!(kind_of(wallet), Some(KitFileKind::Wallet));
            assert_eq!(crate::commit_of(wallet), snapshot.commit);
            let rewrapped = crate::rewrap(&recipient, &snapshot).unwrap();
            [
                open(identity, wallet, 1),
                open(identity, &rewrapped, 1),
                open(identity, wallet, 2),
                open(identity, &other.wallet, 1),
                open(identity, &damaged, 1),
                open(identity, &wallet[..wallet.len() - 1], 1),
            ]
        };
        let told = simulation::within(tell);
        assert_eq!(told, tell());
        assert_eq!(told[0], Ok(snapshot.wallet_id));
        assert_eq!(told[2], Err(OpenError::WrongCode));
        assert_eq!(told[3], Err(OpenError::NotTogether));
    }
}
