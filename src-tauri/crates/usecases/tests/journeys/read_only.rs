//! A folder that cannot be written keeps nobody out, and nothing is written: neither the file nor
//! the keychain record, but for the waits.

use std::time::Duration;

use usecases::confirm::ConfirmError;
use usecases::issue::IssueError;
use usecases::items::{self, ItemError};
use usecases::life::Life;
use usecases::password_change::PasswordChangeError;
use usecases::redeem::AcceptError;
use usecases::revoke::RevokeError;
use usecases::session::{NotSaved, SaveError};
use usecases::sign_in::SignInError;
use usecases::two_step::TwoStepError;
use wallet::WalletId;
use wallet::store::LockError;
use wallet::testing::Fault;

use crate::desk::{Desk, NEW, OLD, asked, authenticator, code, name, world};

fn is_read_only(error: &SaveError) -> bool {
    matches!(error, SaveError::NotSaved(NotSaved::ReadOnly(_)))
}

/// A wallet with a note, a confirmed code and an unconfirmed one, on a disk that cannot be written.
fn read_only() -> (Desk, WalletId, String, String) {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    desk.note(&mut session, "a note").unwrap();
    let confirmed = desk.kept(&mut session, Life::Day);
    let unconfirmed = desk.issue(&mut session, Life::Day).unwrap();
    drop(session);
    desk.disk.set(Some(Fault::ReadOnly));
    (desk, wallet, confirmed, unconfirmed)
}

fn everything(desk: &Desk, wallet: WalletId) -> (Vec<Vec<u8>>, Option<Vec<u8>>) {
    let disk = desk.disk.inner();
    let files = disk
        .names()
        .into_iter()
        .map(|path| disk.bytes(&path).unwrap());
    (files.collect(), desk.keychain.stored(wallet))
}

#[test]
fn a_wallet_in_a_folder_that_cannot_be_written_opens_for_reading() {
    let (mut desk, wallet, ..) = read_only();
    let before = everything(&desk, wallet);
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert!(session.is_read_only());
    assert!(session.fork().is_read_only() && session.snapshot().is_read_only());
    // Exposed to be compared.
    assert_eq!(session.items()[0].present.body.title.expose(), "a note");
    assert!(desk.state(&session).active.is_some());
    assert_eq!(everything(&desk, wallet), before);
    drop(session);
    desk.disk.set(None);
    assert!(!desk.sign_in(wallet, OLD).unwrap().is_read_only());
}

#[test]
fn while_another_process_holds_the_lock_nobody_reads_either() {
    let (mut desk, wallet, ..) = read_only();
    desk.disk.set(None);
    let session = desk.sign_in(wallet, OLD).unwrap();
    desk.disk.set(Some(Fault::ReadOnly));
    let refused = desk.sign_in(wallet, OLD).err();
    assert!(matches!(refused, Some(SignInError::Lock(LockError::Busy))));
    drop(session);
    let reading = desk.sign_in(wallet, OLD).unwrap();
    assert!(reading.is_read_only());
}

#[test]
fn each_change_is_refused_in_its_own_words_and_changes_nothing() {
    let (mut desk, wallet, confirmed, unconfirmed) = read_only();
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    let before = everything(&desk, wallet);
    let session = &mut session;
    desk.identity(session, OLD, None).unwrap();

    let note = desk.note(session, "another");
    assert!(matches!(note, Err(ItemError::Save(error)) if is_read_only(&error)));
    let id = session.items()[0].id;
    let deleted = items::delete(&mut world!(desk), session, id);
    assert!(matches!(deleted, Err(ItemError::Save(error)) if is_read_only(&error)));
    let issued = desk.issue(session, Life::UntilUsed);
    assert!(matches!(issued, Err(IssueError::Save(error)) if is_read_only(&error)));
    let kept = desk.confirm_whole(session, &unconfirmed);
    assert!(matches!(kept, Err(ConfirmError::ReadOnly(_))));
    let discarded = desk.discard(session);
    assert!(matches!(discarded, Err(ConfirmError::ReadOnly(_))));
    let revoked = desk.revoke(session, name(&confirmed));
    assert!(matches!(revoked, Err(RevokeError::ReadOnly(_))));
    let changed = desk.change_password(session, OLD, NEW);
    assert!(matches!(changed, Err(PasswordChangeError::Save(error)) if is_read_only(&error)));
    let setup = desk.begin_two_step(session);
    let digits = desk.digits_of(&authenticator(&setup));
    let turned_on = desk.confirm_two_step(session, &setup, &digits);
    assert!(matches!(turned_on, Err(TwoStepError::Save(error)) if is_read_only(&error)));

    // Checking reads: it says what it finds, and does not remember that it was asked.
    desk.check(session, &code(&confirmed)).unwrap();
    assert_eq!(everything(&desk, wallet), before);
    assert_eq!(session.items().len(), 1);
    assert_eq!(desk.live(wallet).len(), 2);
}

#[test]
fn a_code_is_not_redeemed_and_stays_whole() {
    let (mut desk, wallet, confirmed, _) = read_only();
    let before = everything(&desk, wallet);
    let refused = desk.accept(Some(wallet), &code(&confirmed)).err();
    assert!(matches!(
        refused,
        Some(AcceptError::Lock(LockError::ReadOnly(_)))
    ));
    assert_eq!(everything(&desk, wallet), before);
    desk.disk.set(None);
    assert!(desk.accepts(&confirmed));
}

#[test]
fn what_runs_in_the_background_writes_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    desk.issue_with_kit(&mut session).unwrap();
    let group = asked(&session);
    desk.confirm_group(&mut session, &group).unwrap();
    desk.identity(&mut session, OLD, None).unwrap();
    desk.issue_unasked(&mut session, Life::Day, true).unwrap();
    drop(session);
    let mut watched = desk.watch(wallet);
    desk.disk.set(Some(Fault::ReadOnly));
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    // The stick with the kit can be written, and so can the keychain.
    desk.disk.set(None);
    let before = everything(&desk, wallet);
    desk.refresh(&mut session);
    desk.clock.pass(2 * 86_400);
    let ended = desk.sweep(&mut watched, Some(&mut session)).unwrap();
    assert_eq!((ended.len(), watched.len()), (0, 1));
    assert_eq!(everything(&desk, wallet), before);

    drop(session);
    assert!(!desk.sign_in(wallet, OLD).unwrap().is_read_only());
    assert_eq!(desk.live(wallet).len(), 1);
    assert_ne!(everything(&desk, wallet), before);
}

#[test]
fn wrong_passwords_are_counted_all_the_same() {
    let (mut desk, wallet, ..) = read_only();
    for _ in 0..3 {
        let wrong = desk.first_step(wallet, "a wrong password");
        assert!(matches!(wrong, Err(SignInError::WrongPassword { .. })));
        desk.clock.pass(300);
    }
    assert_eq!(desk.record(wallet).password_failures.count, 3);
    desk.restart();
    let wrong = desk.first_step(wallet, "a wrong password");
    let Err(SignInError::WrongPassword { wait }) = wrong else {
        panic!("the password is wrong")
    };
    assert_eq!(wait, Duration::from_secs(8));
}
