//! [`EmbeddedKeychain`] on the real file system, and on one that fails at every step.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use platform::keychain::{EmbeddedKeychain, RECORD_LIMIT};
use tempfile::TempDir;
use usecases::ports::{Keychain, KeychainError, StoreKind};
use wallet::WalletId;
use wallet::disk::RealDisk;
use wallet::testing::{Fault, FaultyDisk};

const WALLET: WalletId = WalletId::from_bytes([7; 16]);
const OTHER: WalletId = WalletId::from_bytes([8; 16]);
const OLD: &[u8] = b"{\"old\":1}";
const NEW: &[u8] = b"{\"new\":2}";

struct House {
    root: TempDir,
    disk: FaultyDisk<RealDisk>,
    keychain: EmbeddedKeychain,
}

impl House {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::new(RealDisk);
        let keychain =
            EmbeddedKeychain::new(root.path().join("a/keychain"), Arc::new(disk.clone()));
        Self {
            root,
            disk,
            keychain,
        }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("a/keychain")
    }

    fn file(&self) -> PathBuf {
        self.folder().join(format!("{WALLET}.record"))
    }

    fn record(&self) -> Vec<u8> {
        self.keychain.read(WALLET).unwrap().unwrap().to_vec()
    }
}

#[test]
fn a_missing_record_is_none() {
    let house = House::new();
    assert_eq!(house.keychain.kind(), StoreKind::Embedded);
    assert_eq!(house.keychain.read(WALLET), Ok(None));
    assert!(!house.folder().exists(), "reading makes nothing");
}

#[test]
fn a_record_is_read_and_replaced_wallet_by_wallet() {
    let house = House::new();
    house.keychain.replace(WALLET, OLD).unwrap();
    assert_eq!(house.keychain.read(OTHER), Ok(None));
    house.keychain.replace(OTHER, OLD).unwrap();
    house.keychain.replace(WALLET, NEW).unwrap();
    assert_eq!(house.record(), NEW);
    assert_eq!(**house.keychain.read(OTHER).unwrap().unwrap(), *OLD);
}

#[test]
fn the_largest_record_is_kept_and_a_larger_one_changes_nothing() {
    let house = House::new();
    let largest = vec![b'x'; RECORD_LIMIT];
    house.keychain.replace(WALLET, &largest).unwrap();
    let larger = vec![b'y'; RECORD_LIMIT + 1];
    assert_eq!(
        house.keychain.replace(WALLET, &larger),
        Err(KeychainError::TooLarge)
    );
    assert_eq!(house.record(), largest);
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let house = House::new();
    house.keychain.replace(WALLET, OLD).unwrap();
    fs::write(house.file(), vec![b'x'; RECORD_LIMIT + 1]).unwrap();
    assert_eq!(house.keychain.read(WALLET), Err(KeychainError::Failed));
}

#[test]
fn whatever_step_fails_one_whole_record_stays_and_a_retry_works() {
    let house = House::new();
    house.keychain.replace(WALLET, OLD).unwrap();
    house.disk.set(None);
    house.keychain.replace(WALLET, OLD).unwrap();
    for step in 0..house.disk.operations() {
        for fault in [Fault::At(step), Fault::From(step)] {
            house.keychain.replace(WALLET, OLD).unwrap();
            house.disk.set(Some(fault));
            assert_eq!(
                house.keychain.replace(WALLET, NEW),
                Err(KeychainError::Failed),
                "{fault:?}"
            );
            house.disk.set(None);
            let found = house.record();
            assert!(found == OLD || found == NEW, "{fault:?}");
            house.keychain.replace(WALLET, NEW).unwrap();
            assert_eq!(house.record(), NEW);
            assert_eq!(
                fs::read_dir(house.folder()).unwrap().count(),
                1,
                "nothing is left beside it"
            );
        }
    }
}

#[test]
fn a_full_disk_keeps_the_old_record() {
    let house = House::new();
    house.keychain.replace(WALLET, OLD).unwrap();
    for room in 0..NEW.len() as u64 {
        house.disk.set(Some(Fault::FullAfter(room)));
        assert_eq!(
            house.keychain.replace(WALLET, NEW),
            Err(KeychainError::NotKept)
        );
        house.disk.set(None);
        assert_eq!(house.record(), OLD);
    }
    house.keychain.replace(WALLET, NEW).unwrap();
}

#[test]
fn a_read_only_disk_is_denied_and_still_read() {
    let house = House::new();
    house.keychain.replace(WALLET, OLD).unwrap();
    house.disk.set(Some(Fault::ReadOnly));
    assert_eq!(
        house.keychain.replace(WALLET, NEW),
        Err(KeychainError::Denied)
    );
    assert_eq!(house.record(), OLD);
}

#[cfg(unix)]
#[test]
fn file_and_folder_are_their_owners_alone_and_mended_where_they_are_not() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    let house = House::new();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    house.keychain.replace(WALLET, OLD).unwrap();
    assert_eq!((mode(house.file()), mode(house.folder())), (0o600, 0o700));

    fs::set_permissions(house.file(), Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(house.folder(), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(house.record(), OLD);
    assert_eq!(mode(house.file()), 0o600);
    house.keychain.replace(WALLET, NEW).unwrap();
    assert_eq!((mode(house.file()), mode(house.folder())), (0o600, 0o700));
}
