#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::cell::Cell;

use kit::{Snapshot, kind_of};
use wallet::testing::MemoryDisk;
use wallet::{
    Body, Email, Field, FieldType, FileId, FileRef, Item, ItemId, Kind, SecretText, Timestamp,
    WalletId,
};
use zeroize::Zeroizing;

use super::*;
use crate::testing::single_code;

/// The wallet as it was at this time.
fn with_snapshot<T>(date: i64, work: impl FnOnce(&Snapshot<'_>) -> T) -> T {
    let email = Email::parse("ada@example.com").unwrap();
    work(&Snapshot {
        wallet_id: WalletId::from_bytes([7; 16]),
        email: &email,
        date: Timestamp(date),
        commit: None,
        items: &[],
    })
}

/// The two files of a kit in this folder: identity and wallet.
fn kit_files(code: &BackupCode, date: i64, folder: &str) -> [KitFile; 2] {
    let (files, _) = with_snapshot(date, |snapshot| kit::make(code, snapshot)).unwrap();
    [files.identity, files.wallet].map(|bytes| KitFile {
        kind: kind_of(&bytes).unwrap(),
        folder: folder.into(),
        bytes,
    })
}

/// The texts of the symbols of recovery pages.
fn page_parts(code: &BackupCode, date: i64) -> Vec<Text> {
    let pages = with_snapshot(date, |snapshot| kit::pages::make(code, snapshot)).unwrap();
    let texts = pages.pages().iter().flatten().cloned();
    texts.map(Zeroizing::new).collect()
}

/// Nobody has left.
fn waiting() -> bool {
    false
}

fn error(opened: Result<&Restoration, RestoringError>) -> RestoringError {
    opened.err().unwrap()
}

#[test]
fn a_kit_is_complete_once_both_files_are_there() {
    let code = single_code(1);
    let [identity, wallet] = kit_files(&code, 10, "stick");
    let mut restoring = Restoring::default();
    assert_eq!(
        error(restoring.open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)),
        RestoringError::NothingWhole
    );
    assert!(restoring.add(vec![wallet], &[]));
    let state = restoring.state();
    assert!(state.wallet && !state.identity && !state.whole);
    assert_eq!(
        error(restoring.open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)),
        RestoringError::NothingWhole
    );
    restoring.add(vec![identity], &[]);
    let state = restoring.state();
    assert!(state.whole && state.pages.is_none());
    assert_eq!(state.folder, Some("stick".into()));
    assert_eq!(
        restoring
            .open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)
            .unwrap()
            .contents()
            .date,
        Timestamp(10)
    );
    assert!(restoring.opened().is_some());
}

#[test]
fn pages_are_complete_once_enough_parts_are_there_and_can_be_forgotten() {
    let code = single_code(1);
    let parts = page_parts(&code, 20);
    let mut restoring = Restoring::default();
    assert!(!restoring.add(Vec::new(), &[Zeroizing::new("no part".to_owned())]));
    assert!(restoring.state().pages.is_none());
    assert!(restoring.add(Vec::new(), &parts[..1]));
    let pages = restoring.state().pages.unwrap();
    assert!(!pages.spoilt && pages.gathered == 1 && pages.others == 0);
    restoring.add(Vec::new(), &parts);
    assert!(restoring.state().whole);
    assert_eq!(
        restoring
            .open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)
            .unwrap()
            .contents()
            .date,
        Timestamp(20)
    );
    restoring.forget_pages();
    assert!(restoring.opened().is_none() && restoring.state().pages.is_none());
}

#[test]
fn the_newest_of_several_copies_is_kept() {
    let code = single_code(1);
    let mut restoring = Restoring::default();
    for (date, folder) in [(10, "old"), (30, "new")] {
        restoring.add(kit_files(&code, date, folder).into(), &[]);
    }
    restoring.add(Vec::new(), &page_parts(&code, 20));
    assert_eq!(
        restoring
            .open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)
            .unwrap()
            .contents()
            .date,
        Timestamp(30)
    );
}

#[test]
fn a_wrong_code_is_reported_only_where_no_identity_opens() {
    let (code, other) = (single_code(1), single_code(2));
    let mut restoring = Restoring::default();
    restoring.add(kit_files(&code, 10, "stick").into(), &[]);
    let wrong = RestoringError::WrongCode {
        identifier: other.identifier(),
    };
    assert_eq!(
        error(restoring.open(&MemoryDisk::new(), &other, Costly::Ask, &waiting)),
        wrong
    );
    // The other kit's identity opens, and its wallet is missing.
    let [identity, _] = kit_files(&other, 10, "other");
    restoring.add(vec![identity], &[]);
    let apart = RestoringError::Open(OpenError::NotTogether);
    assert_eq!(
        error(restoring.open(&MemoryDisk::new(), &other, Costly::Ask, &waiting)),
        apart
    );
    assert!(restoring.opened().is_none());
}

#[test]
fn new_files_forget_what_was_opened_and_the_same_file_counts_once() {
    let code = single_code(1);
    let files = kit_files(&code, 10, "stick");
    let again = [&files[0], &files[1]].map(|file| KitFile {
        kind: file.kind,
        folder: "copy".into(),
        bytes: file.bytes.clone(),
    });
    let mut restoring = Restoring::default();
    restoring.add(files.into(), &[]);
    restoring
        .open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)
        .unwrap();
    restoring.add(again.into(), &[]);
    assert!(restoring.opened().is_none());
    assert_eq!(restoring.files.len(), 2);
    assert_eq!(restoring.state().folder, Some("copy".into()));
}

#[test]
fn the_oldest_files_give_way_to_new_ones() {
    let mut restoring = Restoring::default();
    for number in 0..20 {
        let file = KitFile {
            kind: KitFileKind::Wallet,
            folder: "stick".into(),
            bytes: vec![number],
        };
        restoring.add(vec![file], &[]);
    }
    let kept: Vec<_> = restoring.files.iter().map(|file| file.bytes[0]).collect();
    assert_eq!(kept, (4..20).collect::<Vec<u8>>());
}

/// The identity of a kit that asks for this log₂ N, which nobody has worked for.
fn asking_for(work: u8, identity: &KitFile) -> KitFile {
    let end = identity.bytes.windows(4).position(|it| it == b" 15\n");
    let end = end.unwrap();
    let mut bytes = identity.bytes.clone();
    bytes.splice(end + 1..end + 3, work.to_string().bytes());
    KitFile {
        kind: identity.kind,
        folder: identity.folder.clone(),
        bytes,
    }
}

#[test]
fn a_kit_that_takes_more_memory_than_is_free_is_refused_before_it_is_derived() {
    let code = single_code(1);
    let [identity, wallet] = kit_files(&code, 10, "stick");
    // It needs two gigabytes, which leave too little of two.
    let costly = asking_for(21, &identity);
    let plenty = Restoring::within(Some(|| Some(3 << 30)));
    assert!(plenty.affordable(&costly.bytes, Costly::Open).is_ok());
    let silent = Restoring::default();
    assert!(silent.affordable(&costly.bytes, Costly::Open).is_ok());
    let mut scarce = Restoring::within(Some(|| Some(2 << 30)));
    let [_, other] = kit_files(&code, 10, "stick");
    scarce.add(vec![costly, other], &[]);
    let asked = error(scarce.open(&MemoryDisk::new(), &code, Costly::Ask, &waiting));
    assert_eq!(asked, RestoringError::Costly { bytes: 2 << 30 });
    let refused = error(scarce.open(&MemoryDisk::new(), &code, Costly::Open, &waiting));
    assert_eq!(refused, RestoringError::Open(OpenError::OutOfMemory));
    // Beside one that opens, nothing is asked.
    scarce.add(vec![kit_file(&identity), kit_file(&wallet)], &[]);
    assert!(
        scarce
            .open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)
            .is_ok()
    );
    // What this app and `age` write is opened whatever the system says.
    let mut none = Restoring::within(Some(|| Some(0)));
    none.add(vec![identity, wallet], &[]);
    assert!(
        none.open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)
            .is_ok()
    );
}

fn kit_file(file: &KitFile) -> KitFile {
    KitFile {
        kind: file.kind,
        folder: file.folder.clone(),
        bytes: file.bytes.clone(),
    }
}

/// Eight kits in one folder that another code opens.
fn kits_of_another_code() -> Restoring {
    let mut restoring = Restoring::default();
    for number in 0..8 {
        restoring.add(kit_files(&single_code(2), number, "all").into(), &[]);
    }
    restoring
}

#[test]
fn an_identity_that_the_code_does_not_open_is_tried_once_and_not_with_each_wallet() {
    let tried = Cell::new(0);
    let count = || {
        tried.set(tried.get() + 1);
        false
    };
    let failed = error(kits_of_another_code().open(
        &MemoryDisk::new(),
        &single_code(1),
        Costly::Ask,
        &count,
    ));
    assert!(matches!(failed, RestoringError::WrongCode { .. }));
    assert_eq!(tried.get(), 8);
}

#[test]
fn damaged_identities_beside_an_honest_kit_keep_nobody_from_it() {
    let code = single_code(1);
    let mut restoring = Restoring::default();
    for number in 0..7 {
        let [mut identity, wallet] = kit_files(&single_code(3), number, "all");
        let last = identity.bytes.len() - 1;
        identity.bytes[last] ^= 1;
        restoring.add(vec![identity, wallet], &[]);
    }
    restoring.add(kit_files(&code, 50, "all").into(), &[]);
    let opened = restoring
        .open(&MemoryDisk::new(), &code, Costly::Ask, &waiting)
        .unwrap();
    assert_eq!(opened.contents().date, Timestamp(50));
}

#[test]
fn opening_kits_ends_when_nobody_waits_any_more() {
    let tried = Cell::new(0);
    let leaves_after_two = || {
        tried.set(tried.get() + 1);
        tried.get() > 2
    };
    let failed = kits_of_another_code()
        .open(
            &MemoryDisk::new(),
            &single_code(1),
            Costly::Ask,
            &leaves_after_two,
        )
        .err();
    assert!(failed.is_some());
    assert_eq!(tried.get(), 3);
}

#[test]
fn the_files_of_a_kit_come_from_its_folder_and_a_missing_one_keeps_nobody_from_the_rest() {
    let text = |text: &str| SecretText::new(text.to_owned());
    let (code, content) = (single_code(1), b"the lease");
    let file = FileRef::of(FileId::from_bytes([9; 16]), content).unwrap();
    let field = Field {
        number: 1,
        label: text("File"),
        kind: FieldType::File,
        text: text("lease.pdf"),
        file: Some(file),
    };
    let body = Body {
        kind: Kind::File,
        title: text("Lease"),
        tags: Vec::new(),
        favourite: false,
        fields: vec![field],
    };
    let items = [Item::new(ItemId::from_bytes([1; 16]), body, Timestamp(1))];
    let (files, recipient) = with_snapshot(10, |snapshot| {
        let snapshot = Snapshot {
            items: &items,
            ..*snapshot
        };
        kit::make(&code, &snapshot).unwrap()
    });
    let disk = MemoryDisk::new();
    let sealed = kit::wrap_file(&recipient, content).unwrap();
    let path = PathBuf::from("/stick/files").join(kit::file_name(file.id));
    let not_here = |disk: &MemoryDisk| {
        let files = [&files.identity, &files.wallet].map(|bytes| KitFile {
            kind: kind_of(bytes).unwrap(),
            folder: "/stick".into(),
            bytes: bytes.clone(),
        });
        let mut restoring = Restoring::default();
        restoring.add(files.into(), &[]);
        let opened = restoring.open(disk, &code, Costly::Ask, &waiting).unwrap();
        assert_eq!(opened.contents().items.len(), 1);
        opened.files_not_here().len()
    };
    assert_eq!(not_here(&disk), 1);
    disk.put(&path, &sealed);
    assert_eq!(not_here(&disk), 0);
    disk.put(&path, b"damaged");
    assert_eq!(not_here(&disk), 1);
}
