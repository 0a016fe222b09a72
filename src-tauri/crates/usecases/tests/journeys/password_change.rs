//! Change the password.

use std::path::Path;

use usecases::identity::IdentityError;
use usecases::life::Life;
use usecases::password_change::PasswordChangeError;
use wallet::testing::Fault;
use wallet::{KdfMemory, Sealed};

use crate::desk::{Desk, NEW, OLD, asked, password};

#[test]
fn a_changed_password_leaves_the_codes_alone_and_the_old_one_opens_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let path = session.path().to_owned();
    let kept = desk.kept(&mut session, Life::UntilUsed);
    let unconfirmed = desk.issue(&mut session, Life::UntilUsed).unwrap();
    let group = asked(&session);
    desk.change_password(&mut session, OLD, NEW).unwrap();

    assert!(desk.generations(&path).is_empty());
    assert!(desk.accepts(&kept) && desk.accepts(&unconfirmed));
    desk.confirm_group(&mut session, &group).unwrap();
    drop(session);
    assert!(!desk.opens(wallet, OLD));
    assert!(desk.opens(wallet, NEW));
    desk.redeem(wallet, &unconfirmed).unwrap();
}

#[test]
fn a_wrong_present_password_changes_nothing_and_waits() {
    let (mut desk, mut session) = Desk::with_wallet();
    match desk.change_password(&mut session, NEW, NEW) {
        Err(PasswordChangeError::Identity(IdentityError::WrongPassword { wait })) => {
            assert_eq!(wait.as_secs(), 1);
        }
        _ => panic!("the password is wrong"),
    }
    desk.clock.pass(1);
    assert!(desk.opens(session.wallet(), OLD));
}

#[test]
fn after_a_change_that_failed_with_the_disk_the_old_password_stays_for_every_later_save() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    for fault in [Fault::From(0), Fault::ReadOnly] {
        desk.disk.set(Some(fault));
        assert!(desk.change_password(&mut session, OLD, NEW).is_err());
        desk.disk.set(None);
        desk.note(&mut session, "later").unwrap();
        assert!(desk.opens(wallet, OLD) && !desk.opens(wallet, NEW));
        assert!(desk.accepts(&text));
    }
    desk.change_password(&mut session, OLD, NEW).unwrap();
    assert!(desk.opens(wallet, NEW) && desk.accepts(&text));
}

/// Whether a password opens a file.
fn opens_file(desk: &Desk, path: &Path, text: &str) -> bool {
    let sealed = Sealed::parse(desk.disk.inner().bytes(path).unwrap()).unwrap();
    let opened = sealed.open_with_password(&password(text), &mut KdfMemory::simulated());
    opened.is_ok()
}

#[test]
fn what_an_earlier_password_opens_goes_at_the_next_sign_in_whatever_failed_at_its_change() {
    let (mut start, mut session) = Desk::with_wallet();
    let (wallet, path) = (session.wallet(), session.path().to_owned());
    start.note(&mut session, "earlier").unwrap();
    drop(session);
    let mut left = 0;
    for number in 0.. {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.disk.set(Some(Fault::From(number)));
        let _ = desk.change_password(&mut session, OLD, NEW);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        drop(session);
        let old = |desk: &Desk| {
            let files = desk.generations(&path).into_iter();
            files.filter(|file| opens_file(desk, file, OLD)).count()
        };
        if desk.opens(wallet, NEW) {
            left += old(&desk);
            drop(desk.sign_in(wallet, NEW).unwrap());
            assert_eq!(old(&desk), 0, "{number}");
        }
        if operations <= number {
            break;
        }
    }
    assert!(left > 0, "no disk kept what the old password opens");
}

#[test]
fn a_generation_that_is_no_earlier_state_of_the_file_stays() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (wallet, path) = (session.wallet(), session.path().to_owned());
    let older = desk.file(&session);
    desk.change_password(&mut session, OLD, NEW).unwrap();
    desk.note(&mut session, "one").unwrap();
    desk.note(&mut session, "two").unwrap();
    drop(session);
    let newer = desk.generations(&path);
    assert!(!newer.is_empty());
    // A copy from before takes the place of the file.
    desk.disk.inner().put(&path, &older);
    drop(desk.sign_in(wallet, OLD).unwrap());
    assert_eq!(desk.generations(&path), newer);
    assert!(newer.iter().all(|file| opens_file(&desk, file, NEW)));
}
