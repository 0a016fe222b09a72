//! Issue a code.

use usecases::issue::IssueError;
use usecases::life::Life;
use usecases::record::End;
use wallet::{Event, Timestamp};

use crate::desk::{Desk, OLD, START, asked, code, name};

#[test]
fn a_code_works_from_its_generation_and_is_unconfirmed() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.issue(&mut session, Life::TwoHours).unwrap();

    assert!(desk.accepts(&text));
    assert_eq!(desk.live(session.wallet()), [(name(&text), false)]);
    let shown = session.shown().unwrap();
    assert_eq!(shown.expires, Some(Timestamp(START + 7_200)));
    assert!((3..=9).contains(&shown.sheets()[0].ask_group()));
    assert_eq!(shown.replaces, None);
    let works = desk.check(&mut session, &code(&text)).unwrap();
    assert!(works.unconfirmed);
}

#[test]
fn issuing_again_replaces_the_unconfirmed_code_only() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let kept = desk.kept(&mut session, Life::TwoHours);
    let first = desk.issue(&mut session, Life::TwoHours).unwrap();
    assert_eq!(session.shown().unwrap().replaces, Some(name(&kept)));
    let second = desk.issue(&mut session, Life::TwoHours).unwrap();

    assert_eq!(
        desk.live(wallet),
        [(name(&kept), true), (name(&second), false)]
    );
    assert!(desk.accepts(&kept) && desk.accepts(&second));
    assert!(!desk.accepts(&first));
    let ended = *desk.record(wallet).ended(name(&first)).unwrap();
    assert_eq!(ended.state, End::Replaced);
    let first = name(&first);
    assert!(
        session
            .log()
            .iter()
            .any(|line| line.event == Event::Revoked { identifier: first })
    );
}

#[test]
fn a_code_that_would_die_sooner_needs_a_consent_that_names_both_dates() {
    let (mut desk, mut session) = Desk::with_wallet();
    let kept = desk.kept(&mut session, Life::Day);
    match desk.issue(&mut session, Life::TwoHours) {
        Err(IssueError::DiesSooner {
            identifier,
            old,
            new,
        }) => {
            assert_eq!(identifier, name(&kept));
            assert_eq!(old, Some(Timestamp(START + 86_400)));
            assert_eq!(new, Some(Timestamp(START + 7_200)));
        }
        _ => panic!("a consent is asked"),
    }
    assert_eq!(desk.live(session.wallet()).len(), 1);
    // Identity stays confirmed for the answer.
    desk.issue_unasked(&mut session, Life::TwoHours, true)
        .unwrap();
}

#[test]
fn so_does_one_that_would_replace_an_unconfirmed_code() {
    let (mut desk, mut session) = Desk::with_wallet();
    let on_paper = desk.issue(&mut session, Life::UntilUsed).unwrap();
    let sooner = desk.issue(&mut session, Life::TwoHours);
    assert!(matches!(
        sooner,
        Err(IssueError::DiesSooner { identifier, old: None, .. }) if identifier == name(&on_paper)
    ));
    assert!(desk.accepts(&on_paper));
}

#[test]
fn there_are_never_more_than_three_entries() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.kept(&mut session, Life::TwoHours);
    for _ in 0..3 {
        // Each time the keychain goes away before it can erase the replaced code.
        desk.identity(&mut session, OLD, None).unwrap();
        desk.keychain.fail_after_writes(1);
        let issued = desk.issue_unasked(&mut session, Life::TwoHours, false);
        desk.keychain.fail(None);
        assert!(desk.live(session.wallet()).len() <= 3);
        assert!(desk.accepts(&issued.unwrap()));
    }
}

#[test]
fn a_code_that_was_never_shown_makes_room_before_one_that_a_person_holds() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let kept = desk.kept(&mut session, Life::TwoHours);
    let held = desk.issue(&mut session, Life::TwoHours).unwrap();
    // The power goes between the file's commit and the keychain's settling: the newest was never
    // shown.
    let settled = desk.keychain.stored(wallet);
    let never_shown = desk.issue(&mut session, Life::TwoHours).unwrap();
    let both = with_entry_of(&desk, wallet, &settled.unwrap());
    desk.keychain.put(wallet, Some(both));
    let slots_of_both = desk
        .disk
        .inner()
        .bytes(&desk.generations(session.path())[0]);
    desk.disk
        .inner()
        .put(session.path(), &slots_of_both.unwrap());
    drop(session);
    assert_eq!(desk.live(wallet).len(), 3);
    assert!(desk.accepts(&held) && desk.accepts(&never_shown) && desk.accepts(&kept));

    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.identity(&mut session, OLD, None).unwrap();
    // Nothing can be saved any more: whatever has been written, the codes in people's hands work.
    desk.disk.set(Some(wallet::testing::Fault::ReadOnly));
    assert!(
        desk.issue_unasked(&mut session, Life::TwoHours, false)
            .is_err()
    );
    desk.disk.set(None);
    assert!(desk.accepts(&kept));
    assert!(desk.accepts(&held));
}

/// The record as it was right after the newest entry was added: all the entries that then stood,
/// and the newest.
fn with_entry_of(desk: &Desk, wallet: wallet::WalletId, before: &[u8]) -> Vec<u8> {
    let mut before: serde_json::Value = serde_json::from_slice(before).unwrap();
    let now: serde_json::Value =
        serde_json::from_slice(&desk.keychain.stored(wallet).unwrap()).unwrap();
    let newest = now["codes"].as_array().unwrap().last().unwrap().clone();
    before["codes"].as_array_mut().unwrap().push(newest);
    serde_json::to_vec(&before).unwrap()
}

#[test]
fn after_a_reset_login_the_wallet_opens_and_says_that_its_code_is_lost() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    desk.keychain.put(wallet, None);

    let mut session = desk.sign_in(wallet, OLD).unwrap();
    let state = desk.state(&session);
    assert_eq!(state.lost_with_keychain, Some(name(&text)));
    assert!(state.active.is_none() && state.trouble.is_none());
    desk.issue(&mut session, Life::UntilUsed).unwrap();
    let group = asked(&session);
    desk.confirm_group(&mut session, &group).unwrap();
    assert_eq!(desk.state(&session).lost_with_keychain, None);
}

#[test]
fn a_damaged_record_does_not_keep_anybody_from_a_new_code() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.keychain
        .put(session.wallet(), Some(b"{\"version\":1,".to_vec()));
    let text = desk.issue(&mut session, Life::Day).unwrap();
    assert!(desk.accepts(&text));
}

#[test]
fn a_record_of_a_newer_version_is_not_overwritten() {
    let (mut desk, mut session) = Desk::with_wallet();
    let newer = b"{\"version\":2,\"new\":true}".to_vec();
    desk.keychain.put(session.wallet(), Some(newer.clone()));
    assert!(desk.issue(&mut session, Life::Day).is_err());
    assert!(desk.revoke(&mut session, "W7AL".parse().unwrap()).is_err());
    assert_eq!(desk.keychain.stored(session.wallet()), Some(newer));
}
