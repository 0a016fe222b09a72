//! Confirm that a code is kept, throw it away, revoke it.

use usecases::confirm::ConfirmError;
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::record::End;
use usecases::revoke::RevokeError;
use usecases::session::Session;
use wallet::Event;

use crate::desk::{Desk, OLD, asked, name};

#[test]
fn confirming_by_the_asked_group_revokes_the_code_before() {
    let (mut desk, mut session) = Desk::with_wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let new = desk.issue(&mut session, Life::UntilUsed).unwrap();
    let group = asked(&session).to_lowercase();
    assert!(matches!(
        desk.confirm_group(&mut session, "QQQQQ"),
        Err(ConfirmError::WrongGroup)
    ));
    assert!(desk.accepts(&old));

    desk.confirm_group(&mut session, &group).unwrap();
    assert!(session.shown().is_none());
    assert!(desk.accepts(&new) && !desk.accepts(&old));
    assert_eq!(desk.live(session.wallet()), [(name(&new), true)]);
    let events: Vec<_> = session
        .log()
        .iter()
        .map(|line| line.event.clone())
        .collect();
    let identifier = name(&old);
    assert!(events.contains(&Event::Revoked { identifier }));
    let identifier = name(&new);
    assert!(events.contains(&Event::Confirmed { identifier }));
}

#[test]
fn after_a_restart_only_the_whole_code_confirms() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let new = desk.issue(&mut session, Life::UntilUsed).unwrap();
    let group = asked(&session);
    drop(session);
    desk.restart();

    let mut session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(
        desk.state(&session).unfinished.unwrap().identifier,
        name(&new)
    );
    assert!(matches!(
        desk.confirm_group(&mut session, &group),
        Err(ConfirmError::NothingShown)
    ));
    assert!(matches!(
        desk.confirm_whole(&mut session, &old),
        Err(ConfirmError::WrongCode)
    ));
    assert!(desk.accepts(&old) && desk.accepts(&new));
    desk.confirm_whole(&mut session, &new).unwrap();
    assert!(desk.accepts(&new) && !desk.accepts(&old));
}

#[test]
fn reading_the_whole_code_back_counts_as_a_check_and_typing_a_group_does_not() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.kept(&mut session, Life::UntilUsed);
    let checked = |desk: &mut Desk, session: &Session| desk.state(session).active.unwrap().checked;
    assert_eq!(checked(&mut desk, &session), None);
    let new = desk.issue(&mut session, Life::UntilUsed).unwrap();
    desk.confirm_whole(&mut session, &new).unwrap();
    let now = desk.clock_now();
    assert_eq!(checked(&mut desk, &session), Some(now));
}

#[test]
fn discarding_keeps_the_code_before() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let new = desk.issue(&mut session, Life::UntilUsed).unwrap();
    desk.discard(&mut session).unwrap();

    assert!(session.shown().is_none());
    assert!(desk.accepts(&old) && !desk.accepts(&new));
    assert_eq!(desk.live(wallet), [(name(&old), true)]);
    let identifier = name(&new);
    assert!(
        session
            .log()
            .iter()
            .any(|line| line.event == Event::Discarded { identifier })
    );
    assert!(matches!(
        desk.discard(&mut session),
        Err(ConfirmError::WrongCode)
    ));
}

#[test]
fn a_code_whose_time_is_over_cannot_be_confirmed_in_place_of_one_that_works() {
    let (mut desk, mut session) = Desk::with_wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    desk.identity(&mut session, OLD, None).unwrap();
    let new = desk
        .issue_unasked(&mut session, Life::TwoHours, true)
        .unwrap();
    let group = asked(&session);
    desk.clock.pass(7_200);

    assert!(desk.confirm_group(&mut session, &group).is_err());
    assert!(desk.confirm_whole(&mut session, &new).is_err());
    assert!(desk.accepts(&old));
}

#[test]
fn confirming_again_after_a_keychain_that_took_it_and_did_not_answer_works() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let new = desk.issue(&mut session, Life::UntilUsed).unwrap();
    let group = asked(&session);
    // What a write that timed out and took place leaves behind.
    let mut ahead = desk.record(wallet);
    ahead.codes.retain(|entry| entry.identifier == name(&new));
    ahead.codes[0].confirmed = true;
    ahead.write(&desk.keychain, wallet).unwrap();

    desk.confirm_group(&mut session, &group).unwrap();
    assert!(session.shown().is_none());
    assert!(desk.accepts(&new) && !desk.accepts(&old));
}

#[test]
fn a_revoked_code_is_dead_in_the_keychain_at_once_and_in_the_file_after_it() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    desk.disk.set(Some(wallet::testing::Fault::ReadOnly));
    desk.revoke(&mut session, name(&text)).unwrap();
    desk.disk.set(None);
    assert!(!desk.accepts(&text));
    assert!(desk.live(wallet).is_empty());
    assert!(matches!(
        desk.revoke(&mut session, name(&text)),
        Err(RevokeError::NotLive)
    ));
    drop(session);

    let session = desk.sign_in(wallet, OLD).unwrap();
    let state = desk.state(&session);
    assert_eq!(state.outcomes[0].state, End::Revoked);
    assert_eq!(state.lost_with_keychain, None);
    let identifier = name(&text);
    assert_eq!(
        session.log().last().unwrap().event,
        Event::Revoked { identifier }
    );
}

#[test]
fn a_code_is_not_revoked_while_the_keychain_is_away() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    desk.keychain.fail(Some(KeychainError::Locked));
    assert!(desk.revoke(&mut session, name(&text)).is_err());
    desk.keychain.fail(None);
    assert!(desk.accepts(&text));
    desk.revoke(&mut session, name(&text)).unwrap();
}
