//! Which file of a kit a file is, by its first bytes: names get lost when files are copied about.

use crate::WALLET_LIMIT;
use crate::age_file::AgeFile;

/// A file of a kit, as far as its readable beginning tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KitFileKind {
    /// An `age` file for a passphrase, as `identity.age` is.
    Identity,
    /// An `age` file for an X25519 recipient, as `wallet.age` is.
    Wallet,
}

/// What these bytes are; `None` where they are no file of a kit. Nothing is authentic yet.
pub fn kind_of(bytes: &[u8]) -> Option<KitFileKind> {
    let file = AgeFile::new(bytes, WALLET_LIMIT).ok()?;
    if file.first_stanza("scrypt").is_some() {
        return Some(KitFileKind::Identity);
    }
    // age puts a stanza of random content first or last, so that programs learn to skip what they do not know.
    file.stanzas()
        .any(|kind| kind == "X25519")
        .then_some(KitFileKind::Wallet)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use code::BackupCode;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use wallet::{Email, Timestamp, WalletId};

    use super::*;
    use crate::Snapshot;

    #[test]
    fn the_two_files_are_told_apart_and_from_everything_else() {
        let code = BackupCode::generate(&mut StdRng::seed_from_u64(1), &|_| false);
        let email = Email::parse("zoe@example.org").unwrap();
        let snapshot = Snapshot {
            wallet_id: WalletId::from_bytes([3; 16]),
            email: &email,
            date: Timestamp(5),
            items: &[],
        };
        // Several, since age places its random stanza by chance.
        for _ in 0..20 {
            let (files, _) = crate::make(&code, &snapshot).unwrap();
            assert_eq!(kind_of(&files.identity), Some(KitFileKind::Identity));
            assert_eq!(kind_of(&files.wallet), Some(KitFileKind::Wallet));
            assert_eq!(kind_of(files.readme.as_bytes()), None);
        }
        assert_eq!(kind_of(b""), None);
        assert_eq!(kind_of(b"age-encryption.org/v1\n"), None);
    }
}
