//! Change the password.

use usecases::identity::IdentityError;
use usecases::life::Life;
use usecases::password_change::PasswordChangeError;
use wallet::testing::Fault;

use crate::desk::{Desk, NEW, OLD, asked};

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
