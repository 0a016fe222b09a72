//! A copy of a wallet's file to take away, and a file from elsewhere to bring here.

use std::ffi::OsStr;
use std::path::Path;

use usecases::elsewhere::{self, CopyError, LookError, TakeError, Taken};
use usecases::life::Life;
use usecases::{find, older};
use wallet::store::{self, LoadError};
use wallet::testing::Fault;

use crate::desk::{Desk, FOLDER, NEW, OLD, world};

const FILE: &str = "/stick/old computer.wallet";

/// A desk without a wallet, and a stick with a copy of one that has a note and a code.
fn with_copy() -> (Desk, String) {
    let (mut old, mut session) = Desk::with_wallet();
    old.note(&mut session, "kept").unwrap();
    let kept = old.kept(&mut session, Life::UntilUsed);
    let copy = elsewhere::copy(&world!(old), &session).unwrap();
    let desk = Desk::new();
    desk.disk.inner().put(Path::new(FILE), &copy);
    (desk, kept)
}

#[test]
fn a_copy_is_brought_to_another_computer_and_opens_with_its_password() {
    let (mut desk, kept) = with_copy();
    let found = elsewhere::look(&world!(desk), Path::new(FILE)).unwrap();
    assert_eq!(found.email().as_str(), "ada@example.com");
    assert_eq!(found.codes(), 1);
    assert!(desk.wallets().is_empty(), "looking writes nothing");
    let wallet = found.wallet();
    let taken = elsewhere::take(&world!(desk), &found).unwrap();
    assert_eq!(taken, Taken::Opened(wallet));
    assert_eq!(desk.wallets(), [wallet]);
    assert!(desk.disk.inner().bytes(Path::new(FILE)).is_some());
    // The keychain here knows nothing of its code.
    assert!(!desk.accepts(&kept));
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(session.items()[0].present.body.title.expose(), "kept");
}

#[test]
fn a_copy_keeps_the_password_that_it_was_saved_with() {
    let (mut desk, mut session) = Desk::with_wallet();
    let copy = elsewhere::copy(&world!(desk), &session).unwrap();
    desk.change_password(&mut session, OLD, NEW).unwrap();
    let mut other = Desk::new();
    other.disk.inner().put(Path::new(FILE), &copy);
    let found = elsewhere::look(&world!(other), Path::new(FILE)).unwrap();
    elsewhere::take(&world!(other), &found).unwrap();
    let wallet = found.wallet();
    assert!(other.opens(wallet, OLD) && !other.opens(wallet, NEW));
}

#[test]
fn a_wallet_that_is_here_is_left_alone() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let copy = elsewhere::copy(&world!(desk), &session).unwrap();
    desk.note(&mut session, "newer").unwrap();
    let newer = desk.file(&session);
    desk.disk.inner().put(Path::new(FILE), &copy);
    let looked = elsewhere::look(&world!(desk), Path::new(FILE));
    assert!(matches!(looked, Err(LookError::Here)));

    // It came back between looking and taking.
    let mut other = Desk::new();
    other.disk.inner().put(Path::new(FILE), &copy);
    let found = elsewhere::look(&world!(other), Path::new(FILE)).unwrap();
    let own = store::path(Path::new(FOLDER), wallet);
    other.disk.inner().put(&own, &newer);
    let taken = elsewhere::take(&world!(other), &found);
    assert!(matches!(taken, Err(TakeError::Here)));
    assert_eq!(other.disk.inner().bytes(&own).unwrap(), newer);
}

#[test]
fn a_wallet_is_not_called_here_while_the_disk_does_not_answer() {
    for fault in [Fault::At(1), Fault::From(1)] {
        let (mut desk, _) = with_copy();
        desk.disk.set(Some(fault));
        let looked = elsewhere::look(&world!(desk), Path::new(FILE));
        assert!(matches!(looked.err(), Some(LookError::Folder(_))));
    }
}

#[test]
fn for_a_damaged_or_missing_wallet_it_is_one_of_the_copies_that_are_offered() {
    for damaged in [true, false] {
        let (mut desk, mut session) = Desk::with_wallet();
        desk.note(&mut session, "kept").unwrap();
        let copy = elsewhere::copy(&world!(desk), &session).unwrap();
        desk.note(&mut session, "newer").unwrap();
        desk.note(&mut session, "newest").unwrap();
        let path = session.path().to_owned();
        let wallet = session.wallet();
        drop(session);
        let generations = desk.generations(&path);
        match damaged {
            true => desk.disk.inner().put(&path, b"damaged"),
            false => wallet::disk::Disk::remove(&desk.disk, &path).unwrap(),
        }
        desk.disk.inner().put(Path::new(FILE), &copy);
        let found = elsewhere::look(&world!(desk), Path::new(FILE)).unwrap();
        for _ in 0..2 {
            let taken = elsewhere::take(&world!(desk), &found).unwrap();
            assert_eq!(taken, Taken::Offered(wallet));
        }
        assert_eq!(desk.generations(&path), generations, "newer ones stay");
        let lost = find::wallets(desk.disk.inner(), Path::new(FOLDER))
            .unwrap()
            .lost;
        let offered = lost[0].copies.iter().map(|copy| find::shown(&copy.path));
        let brought: Vec<_> = offered
            .filter(|name| name.contains("from elsewhere"))
            .collect();
        assert_eq!(brought.len(), 1);
        older::put_back(&world!(desk), wallet, OsStr::new(&brought[0]), None).unwrap();
        assert_eq!(desk.disk.inner().bytes(&path).unwrap(), copy);
    }
}

#[test]
fn a_file_that_does_not_open_with_the_present_password_is_not_copied() {
    let (mut desk, session) = Desk::with_wallet();
    let mut bytes = desk.file(&session);
    *bytes.last_mut().unwrap() ^= 1;
    desk.disk.inner().put(session.path(), &bytes);
    let copied = elsewhere::copy(&world!(desk), &session);
    assert!(matches!(copied, Err(CopyError::Open(_))));
}

#[test]
fn what_is_no_wallet_is_refused_and_a_copy_asks_for_a_recent_identity() {
    let (mut desk, session) = Desk::with_wallet();
    desk.disk
        .inner()
        .put(Path::new(FILE), b"%PDF-1.7 no wallet");
    let refused = elsewhere::look(&world!(desk), Path::new(FILE));
    assert!(matches!(
        refused.err(),
        Some(LookError::Load(LoadError::Format(_)))
    ));
    let missing = elsewhere::look(&world!(desk), Path::new("/stick/none.wallet"));
    assert!(matches!(
        missing.err(),
        Some(LookError::Load(LoadError::Missing))
    ));
    desk.clock.pass(11 * 60);
    assert!(matches!(
        elsewhere::copy(&world!(desk), &session),
        Err(CopyError::Identity(_))
    ));
}

#[test]
fn whatever_the_disk_does_while_it_is_brought_a_retry_ends_with_the_wallet_here() {
    let mut at = 0;
    loop {
        let (mut desk, _) = with_copy();
        let found = elsewhere::look(&world!(desk), Path::new(FILE)).unwrap();
        desk.disk.set(Some(Fault::At(at)));
        let taken = elsewhere::take(&world!(desk), &found);
        let over = desk.disk.operations() <= at;
        desk.disk.set(None);
        let here = !desk.wallets().is_empty();
        match taken {
            Ok(_) | Err(TakeError::InPlace(_)) => assert!(here, "operation {at}"),
            Err(_) => assert!(!here, "operation {at}"),
        }
        elsewhere::take(&world!(desk), &found).unwrap();
        assert!(desk.opens(found.wallet(), OLD));
        if over {
            break;
        }
        at += 1;
    }
    assert!(at > 5);
}
