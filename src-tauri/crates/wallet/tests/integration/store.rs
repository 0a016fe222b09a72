//! The atomic store: whatever fails at any point, the old or the new file is complete.

use std::path::{Path, PathBuf};

use crate::common::sample;
use wallet::disk::{Disk, RealDisk};
use wallet::names::{self, Name};
use wallet::store::{
    self, Access, Aside, CommitError, FolderError, GENERATIONS, LoadError, LockError, NotReplaced,
    WalletLock,
};
use wallet::testing::{Fault, FaultyDisk, MemoryDisk};
use wallet::{FILE_LIMIT, FormatError, WRITE_LIMIT, WalletId};

const OLD: &[u8] = b"the file as it is";
const NEW: &[u8] = b"the file as it will be";
const EARLIER: [&[u8]; 3] = [b"one back", b"two back", b"three back"];

fn path() -> PathBuf {
    store::path(Path::new("/wallets"), WalletId::from_bytes([1; 16]))
}

/// Returns a disk with a wallet that has all its generations.
fn disk() -> FaultyDisk<MemoryDisk> {
    let disk = MemoryDisk::new();
    disk.put(&path(), OLD);
    for (back, bytes) in (1..).zip(EARLIER) {
        disk.put(&store::generation(&path(), back), bytes);
    }
    FaultyDisk::new(disk)
}

fn assert_settled(disk: &MemoryDisk, context: &str) {
    let generation = |back| disk.bytes(&store::generation(&path(), back)).unwrap();
    assert_eq!(disk.bytes(&path()).unwrap(), NEW, "{context}");
    assert_eq!(generation(1), OLD, "{context}");
    assert_eq!(generation(2), EARLIER[0], "{context}");
    assert_eq!(generation(3), EARLIER[1], "{context}");
    assert_eq!(disk.names().len(), 4, "{context}: {:?}", disk.names());
}

/// Asserts what must hold after a commit with a fault: at most the oldest generation is gone.
fn assert_whole(disk: &MemoryDisk, result: &Result<(), CommitError>, fault: Fault) {
    let context = format!("{fault:?}");
    let current = disk.bytes(&path()).unwrap();
    // A disk that vanishes in the rename does not tell which file is in place.
    let gone = matches!(fault, Fault::From(_) | Fault::ReportedThenGone(_));
    let expected = match result {
        Err(CommitError::NotVerified(_)) if gone && current == OLD => OLD,
        Ok(()) | Err(CommitError::NotVerified(_)) => NEW,
        Err(CommitError::NotReplaced(_)) => OLD,
    };
    assert_eq!(current, expected, "{context}: {result:?}");
    let files: Vec<_> = disk
        .names()
        .iter()
        .map(|name| disk.bytes(name).unwrap())
        .collect();
    for bytes in [OLD, EARLIER[0], EARLIER[1]] {
        assert!(
            files.iter().any(|file| file == bytes),
            "{context}: a generation is gone"
        );
    }
}

fn operations_of_a_commit() -> usize {
    let disk = disk();
    store::commit(&disk, &path(), NEW).unwrap();
    disk.operations()
}

#[test]
fn a_commit_keeps_three_generations() {
    let disk = disk();
    store::commit(&disk, &path(), NEW).unwrap();
    assert_settled(disk.inner(), "no fault");
}

#[test]
fn the_first_commit_needs_no_earlier_file() {
    let disk = MemoryDisk::new();
    store::commit(&disk, &path(), NEW).unwrap();
    assert_eq!(disk.names(), [path()]);
}

#[test]
fn after_any_failed_operation_the_old_or_new_file_is_intact_and_a_retry_works() {
    for number in 0..operations_of_a_commit() {
        for fault in [
            Fault::At(number),
            Fault::From(number),
            Fault::Reported(number),
            Fault::ReportedThenGone(number),
        ] {
            let context = format!("{fault:?}");
            let disk = disk();
            disk.set(Some(fault));
            let result = store::commit(&disk, &path(), NEW);
            assert_whole(disk.inner(), &result, fault);
            disk.set(None);
            if disk.inner().bytes(&path()).unwrap() == OLD {
                store::commit(&disk, &path(), NEW).unwrap();
            }
            assert_settled(disk.inner(), &context);
        }
    }
}

#[test]
fn after_a_power_cut_at_any_operation_the_old_or_new_file_is_intact() {
    for number in 0..=operations_of_a_commit() {
        let disk = disk();
        disk.set(Some(Fault::From(number)));
        let result = store::commit(&disk, &path(), NEW);
        disk.inner().cut_power();
        let current = disk.inner().bytes(&path()).unwrap();
        match result {
            Ok(()) => assert_eq!(current, NEW, "a confirmed file is durable"),
            Err(_) => assert!(current == OLD || current == NEW, "cut at {number}"),
        }
    }
}

#[test]
fn the_next_commit_removes_leftovers_of_a_crash() {
    let disk = disk();
    let leftovers = ["new", "keep"].map(|name| path().with_added_extension(name));
    for leftover in &leftovers {
        disk.inner().put(leftover, b"half a fi");
    }
    store::commit(&disk, &path(), NEW).unwrap();
    assert_settled(disk.inner(), "leftovers");
}

#[test]
fn a_disk_full_at_any_byte_leaves_the_old_file_intact() {
    for room in 0..NEW.len() as u64 {
        let disk = disk();
        disk.set(Some(Fault::FullAfter(room)));
        let result = store::commit(&disk, &path(), NEW);
        assert!(
            matches!(&result, Err(CommitError::NotReplaced(NotReplaced::Io(error))) if error.kind() == std::io::ErrorKind::StorageFull)
        );
        assert_whole(disk.inner(), &result, Fault::FullAfter(room));
        assert_eq!(disk.inner().names().len(), 4, "the partial file is removed");
        disk.set(None);
        store::commit(&disk, &path(), NEW).unwrap();
        assert_settled(disk.inner(), "room again");
    }
}

#[test]
fn corrupted_writes_are_detected_before_the_old_file_is_replaced() {
    let disk = disk();
    disk.set(Some(Fault::Garbling));
    let result = store::commit(&disk, &path(), NEW);
    assert!(matches!(
        result,
        Err(CommitError::NotReplaced(NotReplaced::NotKept))
    ));
    assert_whole(disk.inner(), &result, Fault::Garbling);
    disk.set(None);
    store::commit(&disk, &path(), NEW).unwrap();
    assert_settled(disk.inner(), "no longer garbled");
}

#[test]
fn a_read_only_disk_is_reported_and_readable() {
    let disk = disk();
    let file = sample().file;
    disk.inner().put(&path(), &file);
    disk.set(Some(Fault::ReadOnly));
    let result = store::commit(&disk, &path(), NEW);
    assert!(
        matches!(&result, Err(CommitError::NotReplaced(NotReplaced::Io(error))) if error.kind() == std::io::ErrorKind::ReadOnlyFilesystem)
    );
    assert!(store::load(&disk, &path()).is_ok());
    assert!(matches!(
        WalletLock::acquire(&disk, &path()),
        Err(LockError::ReadOnly(_))
    ));
}

#[test]
fn a_file_over_the_limit_of_writing_is_not_written() {
    let disk = disk();
    let bytes = vec![0; usize::try_from(WRITE_LIMIT).unwrap() + 1];
    let result = store::commit(&disk, &path(), &bytes);
    assert!(matches!(
        result,
        Err(CommitError::NotReplaced(NotReplaced::TooLarge))
    ));
    assert_eq!(disk.operations(), 0);
}

#[test]
fn forgetting_generations_removes_all_files_that_the_old_password_opens() {
    let disk = disk();
    let leftover = path().with_added_extension("keep");
    disk.inner().put(&leftover, OLD);
    disk.set(Some(Fault::At(1)));
    assert!(matches!(
        store::forget_generations(&disk, &path()),
        Err(FolderError(_))
    ));
    disk.set(None);
    store::forget_generations(&disk, &path()).unwrap();
    disk.inner().cut_power();
    assert_eq!(disk.inner().names(), [path()]);
    store::forget_generations(&disk, &path()).unwrap();
}

#[test]
fn missing_foreign_and_oversized_files_are_distinguished() {
    let disk = disk();
    let elsewhere = path().with_file_name("elsewhere.wallet");
    assert!(matches!(
        store::load(&disk, &elsewhere),
        Err(LoadError::Missing)
    ));
    let foreign = store::load(&disk, &path());
    assert!(matches!(
        foreign,
        Err(LoadError::Format(FormatError::NotAWallet))
    ));
    disk.inner()
        .put(&path(), &vec![0; usize::try_from(FILE_LIMIT).unwrap() + 1]);
    let oversized = store::load(&disk, &path());
    assert!(matches!(
        oversized,
        Err(LoadError::Format(FormatError::TooLarge))
    ));
    disk.set(Some(Fault::From(0)));
    assert!(matches!(store::load(&disk, &path()), Err(LoadError::Io(_))));
}

#[test]
fn files_are_found_by_their_names_and_what_belongs_to_no_wallet_is_not() {
    let disk = disk();
    let wallet = WalletId::from_bytes([1; 16]);
    let copies = [
        "01010101010101010101010101010101 (1).wallet",
        "01010101010101010101010101010101 - Copy.wallet",
        "01010101010101010101010101010101.WALLET",
        "01010101010101010101010101010101.sync-conflict-20260102-030405-ABCDEFG.wallet",
    ];
    let others = [
        "notes.txt",
        "wallet",
        "._01010101010101010101010101010101.wallet",
        "01010101010101010101010101010101.wallet.4",
        "01010101010101010101010101010101.wallet.new",
        "01010101010101010101010101010101.wallet.damaged",
        "01010101010101010101010101010101.wallet.refusedly",
        "notes.wallet.refused",
        "notes.wallet.1",
    ];
    let folder = Path::new("/wallets");
    let refused = ["refused", "refused-2"].map(|label| path().with_added_extension(label));
    for path in &refused {
        disk.inner().put(path, NEW);
    }
    for name in copies.iter().chain(&others) {
        disk.inner().put(&folder.join(name), NEW);
    }
    let found = names::find(&disk, folder).unwrap();
    let of = |wanted: Name| {
        let of_kind = found.iter().filter(|(_, name)| *name == wanted);
        of_kind.map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(Name::Copy), copies.map(|name| folder.join(name)));
    assert_eq!(of(Name::Wallet(wallet)), [path()]);
    let generations = [1, 2, 3].map(|back| store::generation(&path(), back));
    assert_eq!(of(Name::Generation(wallet)), generations);
    assert_eq!(of(Name::Refused(wallet)), refused);
    assert_eq!(found.len(), copies.len() + 6);
    let nowhere = names::find(&RealDisk, Path::new("/no/such/folder"));
    assert_eq!(nowhere.unwrap(), []);
}

#[test]
fn whatever_fails_while_a_copy_is_put_back_the_damaged_file_is_kept_and_a_retry_works() {
    let aside = [
        path().with_added_extension("damaged"),
        path().with_added_extension("damaged-2"),
    ];
    for kind in [
        Fault::At,
        Fault::From,
        Fault::Reported,
        Fault::ReportedThenGone,
    ] {
        for number in 0.. {
            let disk = disk();
            disk.inner().put(&aside[0], b"damaged before");
            let fault = kind(number);
            disk.set(Some(fault));
            let put_back = store::put_back(&disk, &path(), EARLIER[1], Aside::Damaged);
            let operations = disk.operations();
            disk.set(None);
            let current = store_bytes(&disk);
            match put_back {
                Ok(()) => assert_eq!(current, EARLIER[1], "{fault:?}"),
                Err(CommitError::NotReplaced(_)) => assert_eq!(current, OLD, "{fault:?}"),
                Err(CommitError::NotVerified(_)) => {
                    assert!([OLD, EARLIER[1]].contains(&current.as_slice()), "{fault:?}");
                }
            }
            if current == OLD {
                store::put_back(&disk, &path(), EARLIER[1], Aside::Damaged).unwrap();
            }
            assert_eq!(store_bytes(&disk), EARLIER[1], "{fault:?}");
            assert_eq!(disk.inner().bytes(&aside[0]).unwrap(), b"damaged before");
            assert_eq!(disk.inner().bytes(&aside[1]).unwrap(), OLD, "{fault:?}");
            for (back, bytes) in (1..).zip(EARLIER) {
                let generation = disk.inner().bytes(&store::generation(&path(), back));
                assert_eq!(generation.unwrap(), bytes, "{fault:?}");
            }
            let left_over = disk.inner().names().len();
            assert_eq!(left_over, 6, "{fault:?}: {:?}", disk.inner().names());
            if operations <= number {
                break;
            }
        }
    }
}

#[test]
fn after_a_power_cut_while_a_copy_is_put_back_the_damaged_file_is_not_lost() {
    for number in 0.. {
        let disk = disk();
        disk.set(Some(Fault::From(number)));
        let put_back = store::put_back(&disk, &path(), EARLIER[0], Aside::Damaged);
        let operations = disk.operations();
        disk.inner().cut_power();
        let current = store_bytes(&disk);
        let aside = disk.inner().bytes(&path().with_added_extension("damaged"));
        assert!(put_back.is_err() || current == EARLIER[0], "{number}");
        assert!(
            current == OLD || current == EARLIER[0] && aside.as_deref() == Some(OLD),
            "{number}"
        );
        if operations <= number {
            break;
        }
    }
}

#[test]
fn where_nothing_can_be_written_a_wallet_is_read_unless_its_lock_is_held() {
    let folder = tempfile::tempdir().unwrap();
    let real = FaultyDisk::new(RealDisk);
    let memory = FaultyDisk::new(MemoryDisk::new());
    for (disk, set) in [
        (&real as &dyn Disk, (&|fault| real.set(fault)) as &dyn Fn(_)),
        (&memory, &|fault| memory.set(fault)),
    ] {
        let path = store::path(folder.path(), WalletId::from_bytes([2; 16]));
        set(Some(Fault::ReadOnly));
        assert!(matches!(
            WalletLock::acquire(disk, &path),
            Err(LockError::ReadOnly(_))
        ));
        let access = WalletLock::acquire_or_read(disk, &path);
        assert!(matches!(access, Ok(Access::Read(None))));
        set(None);
        let access = WalletLock::acquire_or_read(disk, &path);
        assert!(matches!(access, Ok(Access::Write(_))));
        set(Some(Fault::ReadOnly));
        assert!(matches!(
            WalletLock::acquire_or_read(disk, &path),
            Err(LockError::Busy)
        ));
        drop(access);
        let access = WalletLock::acquire_or_read(disk, &path);
        assert!(matches!(access, Ok(Access::Read(Some(_)))));
        // A failure of another kind opens nothing.
        set(Some(Fault::From(0)));
        assert!(matches!(
            WalletLock::acquire_or_read(disk, &path),
            Err(LockError::Io(_))
        ));
        set(None);
    }
}

#[test]
fn a_wallet_has_one_lock_which_outlives_commits() {
    let folder = tempfile::tempdir().unwrap();
    for disk in [&RealDisk as &dyn Disk, &MemoryDisk::new()] {
        let path = store::path(folder.path(), WalletId::from_bytes([2; 16]));
        let lock = WalletLock::acquire(disk, &path).unwrap();
        store::commit(disk, &path, OLD).unwrap();
        store::commit(disk, &path, NEW).unwrap();
        assert!(matches!(
            WalletLock::acquire(disk, &path),
            Err(LockError::Busy)
        ));
        let another = store::path(folder.path(), WalletId::from_bytes([3; 16]));
        assert!(WalletLock::acquire(disk, &another).is_ok());
        drop(lock);
        assert!(WalletLock::acquire(disk, &path).is_ok());
    }
}

#[test]
fn on_the_real_disk_a_committed_wallet_is_private_and_readable() {
    let folder = tempfile::tempdir().unwrap();
    let path = store::path(folder.path(), WalletId::from_bytes([4; 16]));
    let file = sample().file;
    for _ in 0..=GENERATIONS {
        store::commit(&RealDisk, &path, OLD).unwrap();
        store::commit(&RealDisk, &path, &file).unwrap();
    }
    assert_eq!(
        store::load(&RealDisk, &path)
            .unwrap()
            .header()
            .commit_id
            .as_bytes(),
        &[9; 16]
    );
    assert_eq!(
        RealDisk.list(folder.path()).unwrap().len(),
        1 + GENERATIONS as usize
    );
    let first = RealDisk
        .read(&store::generation(&path, 1), FILE_LIMIT)
        .unwrap();
    assert_eq!(first, OLD);
    #[cfg(unix)]
    for file in RealDisk.list(folder.path()).unwrap() {
        let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(file).unwrap());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn on_the_real_disk_oversized_files_and_folders_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.wallet");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(FILE_LIMIT + 1)
        .unwrap();
    assert!(matches!(
        store::load(&RealDisk, &path),
        Err(LoadError::Format(FormatError::TooLarge))
    ));
    assert!(matches!(
        store::load(&RealDisk, folder.path()),
        Err(LoadError::Io(_))
    ));
}

#[test]
fn the_wallet_file_exists_at_every_instant_of_a_commit() {
    let folder = tempfile::tempdir().unwrap();
    let path = store::path(folder.path(), WalletId::from_bytes([5; 16]));
    store::commit(&RealDisk, &path, OLD).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                let bytes = RealDisk.read(&path, FILE_LIMIT).unwrap();
                assert!(bytes == OLD || bytes == NEW);
            }
        });
        for _ in 0..20 {
            store::commit(&RealDisk, &path, NEW).unwrap();
            store::commit(&RealDisk, &path, OLD).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        reader.join().unwrap();
    });
}

#[test]
fn a_rename_that_succeeds_but_reports_failure_is_in_place_not_verified() {
    let renames = (0..).map(Fault::Reported).map_while(|fault| {
        let disk = disk();
        disk.set(Some(fault));
        let committed = store::commit(&disk, &path(), NEW);
        let operations = disk.operations();
        disk.set(None);
        let kept = store_bytes(&disk);
        match committed {
            Err(CommitError::NotReplaced(_)) => assert_eq!(kept, OLD, "{fault:?}"),
            Ok(()) | Err(CommitError::NotVerified(_)) => assert_eq!(kept, NEW, "{fault:?}"),
        }
        let Fault::Reported(number) = fault else {
            unreachable!("every fault here is of this kind")
        };
        (number < operations).then_some(usize::from(kept == NEW && committed.is_err()))
    });
    assert!(renames.sum::<usize>() > 0);
}

fn store_bytes(disk: &FaultyDisk<MemoryDisk>) -> Vec<u8> {
    disk.inner().bytes(&path()).unwrap()
}

#[test]
fn a_wallet_is_not_kept_aside_twice() {
    let disk = disk();
    let first = store::keep_aside(&disk, &path()).unwrap();
    assert_eq!(store::keep_aside(&disk, &path()).unwrap(), first);
    store::commit(&disk, &path(), NEW).unwrap();
    let second = store::keep_aside(&disk, &path()).unwrap();
    assert_ne!(second, first);
    assert_eq!(disk.inner().bytes(&first).unwrap(), OLD);
}
