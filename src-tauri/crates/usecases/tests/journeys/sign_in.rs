//! Create, keep a note, sign in.

use usecases::create::CreateError;
use usecases::identity::IdentityError;
use usecases::life::Life;
use usecases::ports::{Clock, KeychainError};
use usecases::session::Session;
use usecases::sign_in::{Pending, SignInError, Step};
use wallet::store::LockError;
use wallet::{Event, TwoStep, WalletId};

use crate::desk::{Desk, OLD};

#[test]
fn a_note_is_there_after_signing_in_again() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let id = desk.note(&mut session, "a note").unwrap();
    drop(session);

    let session = desk.sign_in(wallet, OLD).unwrap();
    // Exposed to be compared.
    assert_eq!(
        session.item(id).unwrap().present.body.title.expose(),
        "a note"
    );
    assert_eq!(session.log()[0].event, Event::Created);
    assert!(!session.recovered());
}

#[test]
fn two_wallets_do_not_share_an_email_however_it_is_written() {
    let (mut desk, _session) = Desk::with_wallet();
    assert!(matches!(
        desk.create(" ADA@Example.com"),
        Err(CreateError::EmailTaken)
    ));
    assert!(desk.create("grace@example.com").is_ok());
}

#[test]
fn with_two_step_verification_the_password_alone_does_not_open() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let authenticator = desk.two_step(&mut session);
    drop(session);

    let Ok(Step::Digits(pending)) = desk.first_step(wallet, OLD) else {
        panic!("the digits are asked");
    };
    let mut pending = Some(pending);
    let wrong = desk.digits(&mut pending, "000000").err();
    assert!(matches!(wrong, Some(SignInError::WrongDigits { wait }) if wait.as_secs() == 1));
    let early = desk.digits(&mut pending, "000000").err();
    assert!(matches!(early, Some(SignInError::Wait(_))));

    desk.clock.pass(1);
    let digits = desk.digits_of(&authenticator);
    let session = desk.digits(&mut pending, &digits).unwrap();
    assert!(matches!(session.two_step(), TwoStep::On(_)));
    assert!(pending.is_none());
}

#[test]
fn identity_takes_the_digits_too_where_they_are_set_up() {
    let (mut desk, mut session) = Desk::with_wallet();
    let authenticator = desk.two_step(&mut session);
    assert!(matches!(
        desk.identity(&mut session, OLD, None),
        Err(IdentityError::DigitsNeeded)
    ));
    assert!(matches!(
        desk.identity(&mut session, OLD, Some("000000")),
        Err(IdentityError::WrongDigits { .. })
    ));
    desk.clock.pass(1);
    let digits = desk.digits_of(&authenticator);
    desk.identity(&mut session, OLD, Some(&digits)).unwrap();
}

/// Signs in with the password; the digits are asked next.
fn pending(desk: &mut Desk, wallet: WalletId) -> Option<Box<Pending>> {
    match desk.first_step(wallet, OLD) {
        Ok(Step::Digits(pending)) => Some(pending),
        _ => panic!("the digits are asked"),
    }
}

/// Signs in with password and digits.
fn open(desk: &mut Desk, wallet: WalletId, digits: &str) -> Result<Session, SignInError> {
    let mut pending = pending(desk, wallet);
    desk.digits(&mut pending, digits)
}

#[test]
fn the_same_six_digits_open_once_and_a_second_time_is_no_wrong_try() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let authenticator = desk.two_step(&mut session);
    drop(session);
    let digits = desk.digits_of(&authenticator);
    drop(open(&mut desk, wallet, &digits).unwrap());

    let mut waiting = pending(&mut desk, wallet);
    for _ in 0..3 {
        desk.clock.pass(10);
        let again = desk.digits(&mut waiting, &digits).err();
        assert!(matches!(again, Some(SignInError::DigitsUsed)), "{again:?}");
    }
    // At once: there was no wait.
    let next = desk.digits_of(&authenticator);
    desk.digits(&mut waiting, &next).unwrap();
}

#[test]
fn digits_older_than_the_used_ones_do_not_open_either() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let authenticator = desk.two_step(&mut session);
    drop(session);
    let older = desk.digits_of(&authenticator);
    desk.clock.pass(30);
    let digits = desk.digits_of(&authenticator);
    drop(open(&mut desk, wallet, &digits).unwrap());
    let replayed = open(&mut desk, wallet, &older).err();
    assert!(matches!(replayed, Some(SignInError::DigitsUsed)));
}

#[test]
fn the_same_six_digits_do_not_open_after_a_restart() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    desk.kept(&mut session, Life::UntilUsed);
    let authenticator = desk.two_step(&mut session);
    drop(session);
    let digits = desk.digits_of(&authenticator);
    drop(open(&mut desk, wallet, &digits).unwrap());
    desk.restart();
    let again = open(&mut desk, wallet, &digits).err();
    assert!(matches!(again, Some(SignInError::DigitsUsed)));
}

#[test]
fn digits_that_confirmed_identity_or_a_set_up_do_not_open_after_a_restart() {
    for with_code in [false, true] {
        let (mut desk, mut session) = Desk::with_wallet();
        let wallet = session.wallet();
        if with_code {
            desk.kept(&mut session, Life::UntilUsed);
        }
        let authenticator = desk.two_step(&mut session);
        drop(session);
        desk.restart();
        let a_step_ago = u64::try_from(desk.clock.now().0).unwrap() - 30;
        let of_the_set_up = authenticator.generate(a_step_ago).to_string();
        let again = open(&mut desk, wallet, &of_the_set_up).err();
        assert!(matches!(again, Some(SignInError::DigitsUsed)));
        let digits = desk.digits_of(&authenticator);
        let mut session = open(&mut desk, wallet, &digits).unwrap();
        desk.clock.pass(30);
        let next = desk.digits_of(&authenticator);
        desk.identity(&mut session, OLD, Some(&next)).unwrap();
        drop(session);
        desk.restart();
        let again = open(&mut desk, wallet, &next).err();
        assert!(matches!(again, Some(SignInError::DigitsUsed)));
    }
}

#[test]
fn digits_that_signed_in_do_not_confirm_identity_and_the_next_ones_do() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let authenticator = desk.two_step(&mut session);
    drop(session);
    let digits = desk.digits_of(&authenticator);
    let mut session = open(&mut desk, wallet, &digits).unwrap();
    for _ in 0..2 {
        assert!(matches!(
            desk.identity(&mut session, OLD, Some(&digits)),
            Err(IdentityError::DigitsUsed)
        ));
    }
    desk.clock.pass(30);
    let next = desk.digits_of(&authenticator);
    desk.identity(&mut session, OLD, Some(&next)).unwrap();
    drop(session);
    let again = open(&mut desk, wallet, &next).err();
    assert!(matches!(again, Some(SignInError::DigitsUsed)));
}

#[test]
fn digits_that_another_program_of_this_computer_took_open_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let authenticator = desk.two_step(&mut session);
    drop(session);
    let digits = desk.digits_of(&authenticator);
    drop(open(&mut desk, wallet, &digits).unwrap());
    desk.clock.pass(30);
    let next = desk.digits_of(&authenticator);
    let mut other = desk.fork();
    drop(open(&mut other, wallet, &next).unwrap());
    // This program has seen only the first digits.
    other.waits = std::mem::take(&mut desk.waits);
    let again = open(&mut other, wallet, &next).err();
    assert!(matches!(again, Some(SignInError::DigitsUsed)));
}

#[test]
fn a_clock_that_was_set_back_keeps_nobody_out() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    desk.kept(&mut session, Life::UntilUsed);
    let authenticator = desk.two_step(&mut session);
    drop(session);
    for jump in [365 * 86_400, -365 * 86_400, -90] {
        desk.clock.jump(jump);
        desk.restart();
        let digits = desk.digits_of(&authenticator);
        let opened = open(&mut desk, wallet, &digits);
        assert!(opened.is_ok(), "{jump}");
    }
}

#[test]
fn a_keychain_that_is_away_keeps_nobody_out_and_digits_still_open_once() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let authenticator = desk.two_step(&mut session);
    drop(session);
    desk.keychain.fail(Some(KeychainError::Unreachable));
    let digits = desk.digits_of(&authenticator);
    drop(open(&mut desk, wallet, &digits).unwrap());
    let again = open(&mut desk, wallet, &digits).err();
    assert!(matches!(again, Some(SignInError::DigitsUsed)));
}

#[test]
fn digits_of_another_authenticator_are_not_taken_for_used_ones() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let authenticator = desk.two_step(&mut session);
    let digits = desk.digits_of(&authenticator);
    desk.identity(&mut session, OLD, Some(&digits)).unwrap();
    let replaced = desk.two_step(&mut session);
    drop(session);
    let digits = desk.digits_of(&replaced);
    assert!(open(&mut desk, wallet, &digits).is_ok());
}

#[test]
fn while_a_wallet_is_open_nobody_else_opens_it() {
    let (mut desk, session) = Desk::with_wallet();
    assert!(matches!(
        desk.sign_in(session.wallet(), OLD),
        Err(SignInError::Lock(LockError::Busy))
    ));
}

#[test]
fn a_file_under_the_name_of_another_wallet_is_not_opened_in_its_place() {
    let (mut desk, session) = Desk::with_wallet();
    let other = desk.create("grace@example.com").unwrap();
    let (wallet, bytes) = (session.wallet(), desk.file(&other));
    desk.disk.inner().put(session.path(), &bytes);
    drop((session, other));

    assert!(matches!(
        desk.first_step(wallet, OLD),
        Err(SignInError::Find(_))
    ));
}

#[test]
fn failed_tries_stand_in_the_log_after_the_next_sign_in() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    for _ in 0..2 {
        assert!(desk.first_step(wallet, "a wrong password").is_err());
        desk.clock.pass(300);
    }
    let session = desk.sign_in(wallet, OLD).unwrap();
    let last = session.log().last().unwrap();
    assert_eq!(last.event, Event::FailedTries { count: 2 });
    assert_eq!(desk.record(wallet).failed_tries, 0);
}
