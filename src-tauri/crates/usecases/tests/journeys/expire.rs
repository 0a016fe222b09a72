//! Codes end with their time, and never on the word of one clock.

use usecases::confirm::ConfirmError;
use usecases::judge::{Refusal, Refused};
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::record::End;
use usecases::redeem::AcceptError;
use wallet::{Event, Timestamp};

use crate::desk::{Desk, OLD, START, code, name};

#[test]
fn a_code_whose_time_is_over_by_both_clocks_is_erased_while_the_program_runs() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let for_the_safe = desk.kept(&mut session, Life::UntilUsed);
    desk.identity(&mut session, OLD, None).unwrap();
    let text = desk
        .issue_unasked(&mut session, Life::TwoHours, true)
        .unwrap();
    let mut watched = desk.watch(wallet);
    assert_eq!(watched.len(), 1);
    desk.clock.pass(7_199);
    assert_eq!(desk.sweep(&mut watched, Some(&mut session)).unwrap(), []);
    desk.clock.pass(1);
    assert_eq!(
        desk.sweep(&mut watched, Some(&mut session)).unwrap(),
        [name(&text)]
    );
    assert!(watched.is_empty());
    assert!(session.shown().is_none());
    assert_eq!(desk.live(wallet), [(name(&for_the_safe), true)]);
    let ended = *desk.record(wallet).ended(name(&text)).unwrap();
    assert_eq!(
        (ended.state, ended.at),
        (End::Expired, Timestamp(START + 7_200))
    );
    let identifier = name(&text);
    assert_eq!(
        session.log().last().unwrap().event,
        Event::Expired { identifier }
    );
}

#[test]
fn with_the_wallet_locked_the_entry_goes_at_once_and_the_slot_at_the_next_sign_in() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::TwoHours);
    let mut watched = desk.watch(wallet);
    drop(session);
    desk.clock.pass(7_200);
    assert_eq!(desk.sweep(&mut watched, None).unwrap(), [name(&text)]);
    assert!(desk.live(wallet).is_empty());

    let session = desk.sign_in(wallet, OLD).unwrap();
    let identifier = name(&text);
    assert_eq!(
        session.log().last().unwrap().event,
        Event::Expired { identifier }
    );
    assert_eq!(desk.state(&session).lost_with_keychain, None);
}

#[test]
fn a_jump_of_the_system_clock_alone_destroys_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::TwoHours);
    let mut watched = desk.watch(wallet);
    desk.clock.jump(1_000_000);
    assert_eq!(desk.sweep(&mut watched, Some(&mut session)).unwrap(), []);
    assert!(!desk.accepts(&text));
    // Nor does a program that starts while the clock is wrong.
    let mut later = desk.watch(wallet);
    assert_eq!(desk.sweep(&mut later, Some(&mut session)).unwrap(), []);
    desk.clock.jump(-1_000_000);
    assert!(desk.accepts(&text));
    assert_eq!(desk.live(wallet).len(), 1);
}

#[test]
fn nor_does_the_clock_since_boot_while_the_system_clock_says_otherwise() {
    for set_back in [1, 600, 7_200, 1_000_000] {
        let (mut desk, mut session) = Desk::with_wallet();
        let wallet = session.wallet();
        let text = desk.kept(&mut session, Life::TwoHours);
        let mut watched = desk.watch(wallet);
        desk.clock.pass(7_200);
        desk.clock.jump(-set_back);
        assert_eq!(desk.sweep(&mut watched, Some(&mut session)).unwrap(), []);
        // Not erased in silence either, in the keychain or among what is watched.
        assert_eq!(desk.live(wallet), [(name(&text), true)], "{set_back}");
        assert_eq!(watched.len(), 1, "{set_back}");
        desk.clock.jump(set_back);
        assert_eq!(
            desk.sweep(&mut watched, Some(&mut session)).unwrap(),
            [name(&text)]
        );
        assert_eq!(desk.live(wallet), []);
    }
}

#[test]
fn a_code_that_either_clock_has_ended_is_not_called_active() {
    for by in [0, -1, -300, 1_000_000] {
        let (mut desk, mut session) = Desk::with_wallet();
        let wallet = session.wallet();
        desk.kept(&mut session, Life::TwoHours);
        desk.watched = desk.watch(wallet);
        assert!(desk.state(&session).active.is_some());
        desk.clock.pass(if by > 0 { 1 } else { 7_200 });
        desk.clock.jump(by);
        let state = desk.state(&session);
        assert!(state.active.is_none(), "{by}");
        assert_eq!(state.outcomes[0].state, End::Expired, "{by}");
    }
}

#[test]
fn a_code_whose_time_is_over_is_erased_at_the_next_sign_in() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::TwoHours);
    drop(session);
    desk.clock.pass(7_200);
    desk.restart();
    assert!(!desk.accepts(&text));
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert!(desk.live(wallet).is_empty());
    let identifier = name(&text);
    assert_eq!(
        session.log().last().unwrap().event,
        Event::Expired { identifier }
    );
}

#[test]
fn a_keychain_that_is_away_is_asked_again_later() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::TwoHours);
    let mut watched = desk.watch(wallet);
    desk.clock.pass(7_200);
    desk.keychain.fail(Some(KeychainError::Unreachable));
    assert!(desk.sweep(&mut watched, Some(&mut session)).is_err());
    desk.keychain.fail(None);
    assert_eq!(
        desk.sweep(&mut watched, Some(&mut session)).unwrap(),
        [name(&text)]
    );
}

#[test]
fn a_damaged_record_keeps_no_other_wallet_s_code_from_ending() {
    let (mut desk, mut session) = Desk::with_wallet();
    let damaged = session.wallet();
    desk.kept(&mut session, Life::TwoHours);
    let mut watched = desk.watch(damaged);
    drop(session);
    let mut session = desk.create("bob@example.com").unwrap();
    let wallet = session.wallet();
    desk.kept(&mut session, Life::TwoHours);
    watched.extend(desk.watch(wallet));
    drop(session);
    desk.keychain.put(damaged, Some(b"not a record".to_vec()));
    desk.clock.pass(7_200);
    assert!(desk.sweep(&mut watched, None).is_err());
    assert!(desk.live(wallet).is_empty());
    assert_eq!(watched.len(), 1);
}

#[test]
fn a_code_that_the_clock_since_boot_saw_end_stays_over_when_the_system_clock_is_set_back() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.issue(&mut session, Life::TwoHours).unwrap();
    desk.watched = desk.watch(wallet);
    desk.clock.pass(3 * 3_600);
    // Ten minutes after the issue, which is the last authenticated use.
    desk.clock.jump(600 - 3 * 3_600);
    let over = |refusal: &Refusal| {
        matches!(refusal, Refusal::Code(Refused::Ended(ended, _))
            if ended.state == End::Expired && ended.at == Timestamp(START + 7_200))
    };
    let checked = desk.check(&mut session, &code(&text)).unwrap_err();
    assert!(over(&checked), "{checked:?}");
    let confirmed = desk.confirm_whole(&mut session, &text).unwrap_err();
    assert!(matches!(confirmed, ConfirmError::Over { .. }));
    drop(session);
    match desk.accept(Some(wallet), &code(&text)).err().unwrap() {
        AcceptError::Refused(refusal) => assert!(over(&refusal), "{refusal:?}"),
        AcceptError::Lock(error) => panic!("{error}"),
    }
    // Refused on the word of one clock, and not destroyed.
    let mut watched = desk.watched.clone();
    assert_eq!(desk.sweep(&mut watched, None).unwrap(), []);
    assert_eq!(desk.live(wallet), [(name(&text), false)]);
    // The other wallet's clock, so to speak: a program that was not running knows nothing.
    desk.restart();
    assert!(desk.accept(Some(wallet), &code(&text)).is_ok());
}

#[test]
fn a_code_accepted_in_time_is_not_over_when_its_time_ends_before_the_commit() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::TwoHours);
    desk.watched = desk.watch(wallet);
    drop(session);
    desk.clock.pass(7_199);
    let mut accepted = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    desk.clock.pass(600);
    let choice = usecases::redeem::Choice::New(crate::desk::password(crate::desk::NEW));
    assert!(desk.commit(&mut accepted, &choice).is_ok());
}

#[test]
fn while_the_system_clock_says_that_a_code_works_the_keychain_is_not_asked_to_end_it() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    desk.kept(&mut session, Life::TwoHours);
    let mut watched = desk.watch(wallet);
    desk.clock.pass(7_200);
    desk.clock.jump(-600);
    desk.keychain.fail(Some(KeychainError::Locked));
    // It would be an error.
    assert_eq!(desk.sweep(&mut watched, None).unwrap(), []);
}
