//! Who may change who may enter, in a wallet that somebody left open.

use std::time::Duration;

use usecases::confirm::{ConfirmError, discard};
use usecases::identity::{FRESH, IdentityError, IdentityNeeded, Level, left};
use usecases::issue::IssueError;
use usecases::life::Life;
use usecases::password_change::PasswordChangeError;
use usecases::revoke::{RevokeError, revoke};
use usecases::session::Session;
use usecases::two_step::{Setup, TwoStepError, turn_off};
use wallet::TwoStep;

use crate::desk::{Desk, NEW, OLD, asked, name, shown, world};

/// A wallet that was opened with its password, and nothing proved since.
fn left_open(desk: &mut Desk, session: Session) -> Session {
    let wallet = session.wallet();
    drop(session);
    desk.sign_in(wallet, OLD).unwrap()
}

fn minutes(number: u32) -> u32 {
    60 * number
}

#[test]
fn nothing_that_decides_who_may_enter_changes_without_identity() {
    let (mut desk, mut session) = Desk::with_wallet();
    let kept = name(&desk.kept(&mut session, Life::UntilUsed));
    let unconfirmed = desk.issue(&mut session, Life::UntilUsed).unwrap();
    let mut session = left_open(&mut desk, session);

    let issued = desk.issue_unasked(&mut session, Life::UntilUsed, false);
    assert!(matches!(issued, Err(IssueError::Identity(IdentityNeeded))));
    let begun = Setup::begin(&mut world!(desk), &session).map(drop);
    assert!(matches!(begun, Err(TwoStepError::Identity(IdentityNeeded))));
    let off = turn_off(&mut world!(desk), &mut session);
    assert!(matches!(off, Err(TwoStepError::Identity(IdentityNeeded))));
    let revoked = revoke(&mut world!(desk), &mut session, kept);
    assert!(matches!(
        revoked,
        Err(RevokeError::Identity(IdentityNeeded))
    ));
    let discarded = discard(&mut world!(desk), &mut session);
    assert!(matches!(
        discarded,
        Err(ConfirmError::Identity(IdentityNeeded))
    ));

    let live = [(kept, true), (name(&unconfirmed), false)];
    assert_eq!(desk.live(session.wallet()), live);
    assert!(matches!(session.two_step(), TwoStep::Later));
}

#[test]
fn the_password_alone_is_enough_to_revoke_and_to_throw_away_and_for_nothing_else() {
    let (mut desk, mut session) = Desk::with_wallet();
    let kept = name(&desk.kept(&mut session, Life::UntilUsed));
    desk.issue(&mut session, Life::UntilUsed).unwrap();
    let authenticator = desk.two_step(&mut session);
    let wallet = session.wallet();
    drop(session);
    let mut session = desk.sign_in_with(wallet, OLD, &authenticator);

    desk.prove(&mut session);
    let begun = Setup::begin(&mut world!(desk), &session).map(drop);
    assert!(matches!(begun, Err(TwoStepError::Identity(IdentityNeeded))));
    let issued = desk.issue_unasked(&mut session, Life::UntilUsed, false);
    assert!(matches!(issued, Err(IssueError::Identity(IdentityNeeded))));
    discard(&mut world!(desk), &mut session).unwrap();
    revoke(&mut world!(desk), &mut session, kept).unwrap();
    assert!(desk.live(wallet).is_empty());
}

#[test]
fn identity_holds_for_ten_minutes_and_until_the_wallet_is_locked() {
    let (mut desk, session) = Desk::with_wallet();
    let mut session = left_open(&mut desk, session);
    desk.identity(&mut session, OLD, None).unwrap();
    assert_eq!(left(&world!(desk), &session, Level::Full), FRESH);
    // One window: what it was opened for does not close it.
    desk.issue_unasked(&mut session, Life::UntilUsed, false)
        .unwrap();
    desk.clock.pass(minutes(10) - 1);
    desk.issue_unasked(&mut session, Life::UntilUsed, false)
        .unwrap();
    desk.clock.pass(1);
    let over = desk.issue_unasked(&mut session, Life::UntilUsed, false);
    assert!(matches!(over, Err(IssueError::Identity(IdentityNeeded))));

    desk.identity(&mut session, OLD, None).unwrap();
    // The system clock says nothing about it.
    desk.clock.jump(-1_000_000);
    assert_eq!(left(&world!(desk), &session, Level::Full), FRESH);
    let session = left_open(&mut desk, session);
    assert_eq!(left(&world!(desk), &session, Level::Full), Duration::ZERO);
    assert_eq!(
        left(&world!(desk), &session, Level::Password),
        Duration::ZERO
    );
}

#[test]
fn who_has_just_chosen_the_password_is_not_asked_for_it() {
    let (mut desk, mut session) = Desk::with_wallet();
    let code = desk.issue_unasked(&mut session, Life::UntilUsed, false);
    let code = code.unwrap();
    let wallet = session.wallet();
    drop(session);
    let session = desk.redeem(wallet, &code).unwrap();
    assert_eq!(left(&world!(desk), &session, Level::Full), FRESH);
}

#[test]
fn confirming_in_the_session_that_shows_the_code_asks_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.issue(&mut session, Life::UntilUsed).unwrap();
    desk.clock.pass(minutes(60));
    let group = asked(&session);
    desk.confirm_group(&mut session, &group).unwrap();
}

#[test]
fn a_set_up_that_was_begun_in_time_may_be_finished_for_ten_minutes() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.clock.pass(minutes(10) - 1);
    let setup = desk.begin_two_step(&session);
    desk.clock.pass(minutes(10) - 1);
    let late = desk.begin_two_step_refused(&session);
    assert!(matches!(late, TwoStepError::Identity(IdentityNeeded)));
    let digits = desk.digits_of(&crate::desk::authenticator(&setup));
    desk.clock.pass(1);
    let over = desk.confirm_two_step(&mut session, &setup, &digits);
    assert!(matches!(over, Err(TwoStepError::Identity(IdentityNeeded))));

    desk.identity(&mut session, OLD, None).unwrap();
    desk.two_step(&mut session);
}

#[test]
fn a_second_factor_is_replaced_by_who_has_the_first() {
    let (mut desk, mut session) = Desk::with_wallet();
    let first = desk.two_step(&mut session);
    let wallet = session.wallet();
    drop(session);
    desk.clock.pass(60);
    let mut session = desk.sign_in_with(wallet, OLD, &first);
    let refused = desk.identity(&mut session, OLD, None);
    assert!(matches!(refused, Err(IdentityError::DigitsNeeded)));
    desk.clock.pass(60);
    let digits = desk.digits_of(&first);
    desk.identity(&mut session, OLD, Some(&digits)).unwrap();
    let second = desk.two_step(&mut session);
    drop(session);
    desk.clock.pass(60);
    desk.sign_in_with(wallet, OLD, &second);
}

#[test]
fn a_new_password_takes_the_digits_too_where_they_are_set_up() {
    let (mut desk, mut session) = Desk::with_wallet();
    let authenticator = desk.two_step(&mut session);
    let without = desk.change_password(&mut session, OLD, NEW);
    assert!(matches!(
        without,
        Err(PasswordChangeError::Identity(IdentityError::DigitsNeeded))
    ));
    desk.clock.pass(60);
    let digits = desk.digits_of(&authenticator);
    desk.change_password_with(&mut session, (OLD, Some(&digits)), NEW)
        .unwrap();
    assert!(!desk.opens(session.wallet(), OLD));
}

#[test]
fn the_code_that_is_shown_stays_when_it_is_thrown_away_without_the_password() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.issue(&mut session, Life::UntilUsed).unwrap();
    desk.clock.pass(minutes(10));
    let discarded = discard(&mut world!(desk), &mut session);
    assert!(matches!(
        discarded,
        Err(ConfirmError::Identity(IdentityNeeded))
    ));
    assert_eq!(shown(&session).len(), 1);
}

#[test]
fn the_right_password_ends_no_wait_for_wrong_digits() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.two_step(&mut session);
    for expected in [1, 2, 4] {
        let wrong = desk.identity(&mut session, OLD, Some("000000"));
        assert!(matches!(
            wrong,
            Err(IdentityError::WrongDigits { wait }) if wait.as_secs() == expected
        ));
        desk.clock.pass(4);
        desk.prove(&mut session);
    }
}
