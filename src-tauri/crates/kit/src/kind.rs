//! Identifies the files of a kit by their first bytes, since files are often renamed when copied.

use crate::WALLET_LIMIT;
use crate::age_file::AgeFile;

/// The kind of a kit file, judging by its unencrypted header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KitFileKind {
    /// An `age` file for a passphrase, such as `identity.age`.
    Identity,
    /// An `age` file for an X25519 recipient, such as `wallet.age`.
    Wallet,
}

/// Returns the kind of the file; `None` if it is not a file of a kit. Nothing is authenticated yet.
pub fn kind_of(bytes: &[u8]) -> Option<KitFileKind> {
    let file = AgeFile::new(bytes, WALLET_LIMIT).ok()?;
    if file.first_stanza("scrypt").is_some() {
        return Some(KitFileKind::Identity);
    }
    // `age` puts a random stanza first or last, which ensures that programs skip unknown stanzas.
    file.stanza("X25519").map(|_| KitFileKind::Wallet)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use code::BackupCode;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use wallet::{CommitId, Email, Timestamp, WalletId};

    use super::*;
    use crate::{NamedCommit, Snapshot};

    #[test]
    fn the_two_files_are_distinguished_from_each_other_and_from_others() {
        let code = BackupCode::generate(&mut StdRng::seed_from_u64(1), &|_| false);
        let email = Email::parse("zoe@example.org").unwrap();
        let snapshot = Snapshot {
            wallet_id: WalletId::from_bytes([3; 16]),
            email: &email,
            date: Timestamp(5),
            commit: Some(NamedCommit {
                id: CommitId::from_bytes([4; 16]),
                number: u64::MAX,
            }),
            items: &[],
        };
        // Repeated because `age` places its random stanza at random.
        for _ in 0..20 {
            let (files, _) = crate::make(&code, &snapshot).unwrap();
            assert_eq!(kind_of(&files.identity), Some(KitFileKind::Identity));
            assert_eq!(kind_of(&files.wallet), Some(KitFileKind::Wallet));
            assert_eq!(crate::commit_of(&files.wallet), snapshot.commit);
            assert_eq!(crate::commit_of(&files.identity), None);
            assert_eq!(kind_of(files.readme.as_bytes()), None);
        }
        assert_eq!(kind_of(b""), None);
        assert_eq!(kind_of(b"age-encryption.org/v1\n"), None);
    }
}
