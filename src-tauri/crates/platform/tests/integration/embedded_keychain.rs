//! [`EmbeddedKeychain`] on the real file system, and on one that fails at every operation.

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

struct Fixture {
    root: TempDir,
    disk: FaultyDisk<RealDisk>,
    keychain: EmbeddedKeychain,
}

impl Fixture {
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
    let fixture = Fixture::new();
    assert_eq!(fixture.keychain.kind(), StoreKind::Embedded);
    assert_eq!(fixture.keychain.read(WALLET), Ok(None));
    assert!(!fixture.folder().exists(), "reading creates nothing");
}

#[test]
fn each_wallet_has_its_own_record() {
    let fixture = Fixture::new();
    fixture.keychain.replace(WALLET, OLD).unwrap();
    assert_eq!(fixture.keychain.read(OTHER), Ok(None));
    fixture.keychain.replace(OTHER, OLD).unwrap();
    fixture.keychain.replace(WALLET, NEW).unwrap();
    assert_eq!(fixture.record(), NEW);
    assert_eq!(**fixture.keychain.read(OTHER).unwrap().unwrap(), *OLD);
}

#[test]
fn a_record_above_the_limit_is_refused_and_changes_nothing() {
    let fixture = Fixture::new();
    let largest = vec![b'x'; RECORD_LIMIT];
    fixture.keychain.replace(WALLET, &largest).unwrap();
    let larger = vec![b'y'; RECORD_LIMIT + 1];
    assert_eq!(
        fixture.keychain.replace(WALLET, &larger),
        Err(KeychainError::TooLarge)
    );
    assert_eq!(fixture.record(), largest);
}

#[test]
fn a_silent_read_equals_a_read() {
    let fixture = Fixture::new();
    assert_eq!(fixture.keychain.read_silently(WALLET), Ok(None));
    fixture.keychain.replace(WALLET, OLD).unwrap();
    let read = fixture.keychain.read_silently(WALLET).unwrap();
    assert_eq!(**read.unwrap(), *OLD);
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let fixture = Fixture::new();
    fixture.keychain.replace(WALLET, OLD).unwrap();
    fs::write(fixture.file(), vec![b'x'; RECORD_LIMIT + 1]).unwrap();
    assert_eq!(fixture.keychain.read(WALLET), Err(KeychainError::Failed));
}

#[test]
fn a_failure_at_any_operation_leaves_one_whole_record_and_a_retry_works() {
    let fixture = Fixture::new();
    fixture.keychain.replace(WALLET, OLD).unwrap();
    fixture.disk.set(None);
    fixture.keychain.replace(WALLET, OLD).unwrap();
    for step in 0..fixture.disk.operations() {
        for fault in [Fault::At(step), Fault::From(step)] {
            fixture.keychain.replace(WALLET, OLD).unwrap();
            fixture.disk.set(Some(fault));
            assert_eq!(
                fixture.keychain.replace(WALLET, NEW),
                Err(KeychainError::Failed),
                "{fault:?}"
            );
            fixture.disk.set(None);
            let kept = fixture.record();
            assert!(kept == OLD || kept == NEW, "{fault:?}");
            fixture.keychain.replace(WALLET, NEW).unwrap();
            assert_eq!(fixture.record(), NEW);
            assert_eq!(
                fs::read_dir(fixture.folder()).unwrap().count(),
                1,
                "no temporary file remains"
            );
        }
    }
}

#[test]
fn a_full_disk_keeps_the_old_record() {
    let fixture = Fixture::new();
    fixture.keychain.replace(WALLET, OLD).unwrap();
    for room in 0..NEW.len() as u64 {
        fixture.disk.set(Some(Fault::FullAfter(room)));
        assert_eq!(
            fixture.keychain.replace(WALLET, NEW),
            Err(KeychainError::NotKept)
        );
        fixture.disk.set(None);
        assert_eq!(fixture.record(), OLD);
    }
    fixture.keychain.replace(WALLET, NEW).unwrap();
}

#[test]
fn a_record_on_a_read_only_disk_can_be_read_and_not_replaced() {
    let fixture = Fixture::new();
    fixture.keychain.replace(WALLET, OLD).unwrap();
    fixture.disk.set(Some(Fault::ReadOnly));
    assert_eq!(
        fixture.keychain.replace(WALLET, NEW),
        Err(KeychainError::Denied)
    );
    assert_eq!(fixture.record(), OLD);
}

#[cfg(unix)]
#[test]
fn file_and_folder_are_restricted_to_their_owner_again_at_the_next_call() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    let fixture = Fixture::new();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fixture.keychain.replace(WALLET, OLD).unwrap();
    assert_eq!(
        (mode(fixture.file()), mode(fixture.folder())),
        (0o600, 0o700)
    );

    fs::set_permissions(fixture.file(), Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(fixture.folder(), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(fixture.record(), OLD);
    assert_eq!(mode(fixture.file()), 0o600);
    fixture.keychain.replace(WALLET, NEW).unwrap();
    assert_eq!(
        (mode(fixture.file()), mode(fixture.folder())),
        (0o600, 0o700)
    );
}
