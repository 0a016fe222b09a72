//! Delete a wallet from this computer.

use std::path::Path;

use usecases::delete::{self, DeleteError, Deleted, Remains};
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::session::Session;
use wallet::testing::Fault;

use crate::desk::{Desk, FOLDER, NEW, OLD, STICK, name, world};

fn delete(desk: &mut Desk, session: &mut Session) -> Result<Deleted, DeleteError> {
    delete::delete(&mut world!(desk), session)
}

/// The names in the folder of the wallets, without lock files.
fn files(desk: &Desk) -> Vec<String> {
    let names = desk.disk.inner().names().into_iter();
    names
        .filter(|path| path.parent() == Some(Path::new(FOLDER)))
        .map(|path| usecases::find::shown(&path))
        .filter(|name| !name.ends_with(".lock"))
        .collect()
}

#[test]
fn a_deleted_wallet_leaves_no_file_of_its_own_and_its_codes_open_nothing_that_is_put_back() {
    let (mut desk, mut session) = Desk::with_wallet();
    let kept = desk.kept(&mut session, Life::UntilUsed);
    desk.note(&mut session, "one").unwrap();
    desk.note(&mut session, "two").unwrap();
    // There may be gaps in the numbers.
    for aside in ["replaced", "moved", "damaged", "refused-2", "new"] {
        let aside = session.path().with_added_extension(aside);
        desk.disk.inner().put(&aside, b"set aside");
    }
    let other = desk.create("eve@example.com").unwrap();
    // Another wallet's file stood under this one's name once.
    let foreign = session.path().with_added_extension("damaged-2");
    desk.disk.inner().put(&foreign, &desk.file(&other));
    let others = desk.generations(other.path()).len() + 2;
    let path = session.path().to_owned();
    let before = desk.file(&session);
    let deleted = delete(&mut desk, &mut session).unwrap();
    assert_eq!(deleted, Deleted { codes_ended: true });
    let wallet = session.wallet();
    drop(session);
    assert_eq!(files(&desk).len(), others, "{:?}", files(&desk));
    assert_eq!(desk.wallets(), [other.wallet()]);

    desk.disk.inner().put(&path, &before);
    assert!(desk.opens(wallet, OLD) && !desk.accepts(&kept));
}

#[test]
fn what_remains_is_named_beforehand() {
    let (mut desk, mut session) = Desk::with_wallet();
    assert_eq!(
        delete::remains(&world!(desk), &session).unwrap(),
        Remains::default()
    );
    let code = desk.issue_with_kit(&mut session).unwrap();
    session.leave();
    let copy = Path::new(FOLDER).join("my copy.wallet");
    desk.disk.inner().put(&copy, &desk.file(&session));
    let remains = delete::remains(&world!(desk), &session).unwrap();
    assert_eq!(remains.codes, [name(&code)]);
    let [(of, folder)] = &remains.kits[..] else {
        panic!("one kit");
    };
    assert!(*of == name(&code) && folder.starts_with(STICK));
    assert_eq!(remains.copies, ["my copy.wallet"]);
    delete(&mut desk, &mut session).unwrap();
    assert_eq!(files(&desk), ["my copy.wallet"]);
    assert!(
        desk.disk
            .inner()
            .names()
            .iter()
            .any(|path| path.starts_with(STICK))
    );
}

#[test]
fn no_save_after_a_deletion_that_failed_writes_to_the_kit_of_a_dead_code() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.issue_with_kit(&mut session).unwrap();
    let kit = Path::new(STICK)
        .join(kit::folder_name(name(&text)))
        .join(kit::WALLET_FILE);
    let before = desk.disk.inner().bytes(&kit).unwrap();
    desk.disk.set(Some(Fault::From(0)));
    let deleted = delete(&mut desk, &mut session);
    desk.disk.set(None);
    assert!(matches!(
        deleted,
        Err(DeleteError::NotRemoved {
            codes_ended: true,
            ..
        })
    ));
    desk.note(&mut session, "newer").unwrap();
    let after = desk.disk.inner().bytes(&kit);
    assert!(after.is_none_or(|after| after == before));
}

#[test]
fn another_wallets_file_in_the_place_of_its_own_stays() {
    let (mut desk, mut session) = Desk::with_wallet();
    let other = desk.create("eve@example.com").unwrap();
    let foreign = desk.file(&other);
    let path = session.path().to_owned();
    desk.disk.inner().put(&path, &foreign);
    delete(&mut desk, &mut session).unwrap();
    assert_eq!(desk.disk.inner().bytes(&path), Some(foreign));
}

#[test]
fn another_wallets_file_stays_also_while_the_disk_does_not_give_it() {
    let mut at = 0;
    loop {
        let (mut desk, mut session) = Desk::with_wallet();
        let other = desk.create("eve@example.com").unwrap();
        let foreign = desk.file(&other);
        let aside = session.path().with_added_extension("damaged");
        desk.disk.inner().put(&aside, &foreign);
        desk.disk.set(Some(Fault::At(at)));
        let deleted = delete(&mut desk, &mut session);
        let over = desk.disk.operations() <= at;
        desk.disk.set(None);
        let there = desk.disk.inner().bytes(&aside);
        assert_eq!(
            there.as_ref(),
            Some(&foreign),
            "operation {at}: {deleted:?}"
        );
        if over {
            break;
        }
        at += 1;
    }
    assert!(at > 5);
}

#[test]
fn it_asks_for_a_recent_identity_and_a_keychain_that_is_away_does_not_keep_the_wallet() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.kept(&mut session, Life::UntilUsed);
    desk.clock.pass(11 * 60);
    assert!(matches!(
        delete(&mut desk, &mut session),
        Err(DeleteError::Identity(_))
    ));
    desk.identity(&mut session, OLD, None).unwrap();
    desk.keychain.fail(Some(KeychainError::Unreachable));
    let deleted = delete(&mut desk, &mut session).unwrap();
    assert_eq!(deleted, Deleted { codes_ended: false });
    assert!(desk.wallets().is_empty());
}

#[test]
fn whatever_the_disk_does_the_wallet_is_whole_or_gone_and_deleting_goes_on() {
    for fault in [
        Fault::At,
        Fault::From,
        Fault::Reported,
        Fault::ReportedThenGone,
    ] {
        at_every_operation(fault);
    }
}

fn at_every_operation(fault: fn(usize) -> Fault) {
    let mut at = 0;
    loop {
        let (mut desk, mut session) = Desk::with_wallet();
        desk.change_password(&mut session, OLD, NEW).unwrap();
        desk.note(&mut session, "one").unwrap();
        desk.identity(&mut session, NEW, None).unwrap();
        let wallet = session.wallet();
        desk.disk.set(Some(fault(at)));
        let deleted = delete(&mut desk, &mut session);
        let over = desk.disk.operations() <= at;
        desk.disk.set(None);
        match deleted {
            Ok(_) | Err(DeleteError::NotConfirmed { .. }) => assert!(desk.wallets().is_empty()),
            // Where the disk vanished in the removal, nobody knows.
            Err(_) if fault(at) == Fault::ReportedThenGone(at) => {}
            Err(_) => assert!(desk.opens(wallet, NEW), "{:?}", fault(at)),
        }
        delete(&mut desk, &mut session).unwrap();
        assert_eq!(files(&desk), [] as [String; 0]);
        if over {
            break;
        }
        at += 1;
    }
    assert!(at > 5);
}
