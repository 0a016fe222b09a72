//! The keychain is away at each step of each operation: a clear error, the old or the new state
//! whole, and a retry that works when it is back.

use usecases::issue::IssueError;
use usecases::judge::Refusal;
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::redeem::{AcceptError, Choice};
use usecases::revoke::RevokeError;

use crate::desk::{Desk, NEW, OLD, asked, code, name, password};

const ALL: [KeychainError; 7] = [
    KeychainError::Unreachable,
    KeychainError::Locked,
    KeychainError::TimedOut,
    KeychainError::Denied,
    KeychainError::TooLarge,
    KeychainError::NotKept,
    KeychainError::Failed,
];

#[test]
fn signing_in_saving_and_changing_the_password_work_without_a_keychain() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    desk.keychain.fail(Some(KeychainError::Unreachable));

    let mut session = desk.sign_in(wallet, OLD).unwrap();
    assert!(desk.state(&session).trouble.is_some());
    let note = desk.note(&mut session, "without a keychain").unwrap();
    desk.change_password(&mut session, OLD, NEW).unwrap();
    drop(session);
    let session = desk.sign_in(wallet, NEW).unwrap();
    assert!(session.item(note).is_ok());
    drop(session);
    desk.keychain.fail(None);
    assert!(desk.accepts(&text));
}

#[test]
fn a_revocation_that_the_keychain_took_without_an_answer_is_finished_by_the_retry() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    desk.keychain.fail_after_taking_a_write();
    assert!(desk.revoke(&mut session, name(&text)).is_err());
    desk.note(&mut session, "meanwhile").unwrap();
    desk.keychain.fail(None);
    desk.revoke(&mut session, name(&text)).unwrap();
    assert!(!desk.accepts(&text));
    assert!(session.opened().header().code_slots.is_empty());
    let again = desk.revoke(&mut session, name(&text));
    assert!(matches!(again, Err(RevokeError::NotLive)));
}

#[test]
fn a_discard_that_the_keychain_took_without_an_answer_is_finished_by_the_retry() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.issue(&mut session, Life::UntilUsed).unwrap();
    desk.keychain.fail_after_taking_a_write();
    assert!(desk.discard(&mut session).is_err());
    assert!(session.shown().is_some());
    desk.keychain.fail(None);
    desk.discard(&mut session).unwrap();
    assert!(session.shown().is_none());
    assert!(!desk.accepts(&text));
    assert!(session.opened().header().code_slots.is_empty());
}

#[test]
fn issuing_confirming_checking_and_redeeming_refuse_in_words_and_work_when_it_is_back() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    desk.identity(&mut session, OLD, None).unwrap();
    for failure in ALL {
        desk.keychain.fail(Some(failure));
        let issued = desk.issue_unasked(&mut session, Life::UntilUsed, false);
        assert!(matches!(issued, Err(IssueError::Record(_))), "{failure:?}");
        assert!(desk.check(&mut session, &code(&old)).is_err());
    }
    desk.keychain.fail(None);
    let new = desk
        .issue_unasked(&mut session, Life::UntilUsed, false)
        .unwrap();
    let group = asked(&session);

    desk.keychain.fail(Some(KeychainError::Locked));
    assert!(desk.confirm_group(&mut session, &group).is_err());
    assert!(desk.discard(&mut session).is_err());
    assert!(session.shown().is_some());
    desk.keychain.fail(None);
    assert!(desk.accepts(&old) && desk.accepts(&new));
    desk.confirm_group(&mut session, &group).unwrap();
    desk.check(&mut session, &code(&new)).unwrap();
    drop(session);

    desk.keychain.fail(Some(KeychainError::TimedOut));
    for named in [Some(wallet), None] {
        assert!(matches!(
            desk.accept(named, &code(&new)).err(),
            Some(AcceptError::Refused(Refusal::Record(_)))
        ));
    }
    desk.keychain.fail(None);
    assert_eq!(desk.record(wallet).failed_tries, 0);
    desk.redeem(wallet, &new).unwrap();
}

#[test]
fn a_keychain_that_goes_away_while_a_code_is_issued_leaves_the_codes_that_people_have() {
    for writes in 0..=2 {
        let (mut desk, mut session) = Desk::with_wallet();
        let wallet = session.wallet();
        let kept = desk.kept(&mut session, Life::Day);
        let held = desk.issue(&mut session, Life::Day).unwrap();
        desk.identity(&mut session, OLD, None).unwrap();
        desk.keychain.fail_after_writes(writes);
        let issued = desk.issue_unasked(&mut session, Life::Day, false);
        desk.keychain.fail(None);
        assert_eq!(issued.is_ok(), writes > 0);
        assert!(desk.accepts(&kept));
        let last = issued.unwrap_or(held);
        assert!(desk.accepts(&last), "{writes}");
        drop(session);

        let mut session = desk.sign_in(wallet, OLD).unwrap();
        assert!(desk.accepts(&kept) && desk.accepts(&last), "{writes}");
        assert_eq!(
            desk.state(&session).unfinished.unwrap().identifier,
            name(&last),
            "{writes}"
        );
        desk.identity(&mut session, OLD, None).unwrap();
        let next = desk.issue_unasked(&mut session, Life::Day, false).unwrap();
        assert!(desk.accepts(&kept) && desk.accepts(&next));
        assert_eq!(desk.live(wallet).len(), 2);
    }
}

#[test]
fn a_keychain_that_goes_away_while_a_code_is_redeemed_leaves_it_live_or_used() {
    for writes in 0..=2 {
        let (mut desk, mut session) = Desk::with_wallet();
        let wallet = session.wallet();
        let text = desk.kept(&mut session, Life::Day);
        drop(session);
        let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
        desk.keychain.fail_after_writes(writes);
        let choice = Choice::New(password(NEW));
        let redeemed = desk.commit(&mut acceptance, &choice);
        desk.keychain.fail(None);
        if writes == 0 {
            assert!(redeemed.is_err() && desk.accepts(&text) && desk.opens(wallet, OLD));
            desk.commit(&mut acceptance, &choice).unwrap();
            continue;
        }
        drop(redeemed.unwrap());
        assert!(!desk.accepts(&text));
        assert!(desk.opens(wallet, NEW) && !desk.opens(wallet, OLD));
    }
}
