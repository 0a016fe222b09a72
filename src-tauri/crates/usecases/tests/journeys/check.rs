//! Check a sheet without using it up.

use usecases::judge::{Refusal, Refused, Tried};
use usecases::life::Life;
use usecases::record::{End, EndedCode};
use usecases::session::Session;
use wallet::Timestamp;

use crate::desk::{Desk, OLD, START, code, name, namesake, stranger};

#[test]
fn a_code_that_works_works_as_often_as_it_is_checked() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::Day);
    for hour in 1..=3 {
        desk.clock.pass(3_600);
        let works = desk.check(&mut session, &code(&text)).unwrap();
        assert_eq!(works.expires, Some(Timestamp(START + 86_400)));
        assert!(!works.unconfirmed);
        let checked = desk.state(&session).active.unwrap().checked;
        assert_eq!(checked, Some(Timestamp(START + hour * 3_600)));
    }
    assert_eq!(desk.record(wallet).failed_tries, 0);
    assert!(desk.accepts(&text));
}

#[test]
fn a_check_says_how_a_code_ended() {
    let (mut desk, mut session) = Desk::with_wallet();
    let replaced = desk.kept(&mut session, Life::Day);
    let expires = desk.kept(&mut session, Life::Day);
    let discarded = desk.issue(&mut session, Life::UntilUsed).unwrap();
    desk.discard(&mut session).unwrap();
    let ended = |desk: &mut Desk, session: &mut Session, text: &str| match desk
        .check(session, &code(text))
    {
        Err(Refusal::Code(Refused::Ended(EndedCode { state, at, .. }, newest))) => {
            (state, at.0 - START, newest)
        }
        _ => panic!("the code has ended"),
    };
    // The code that works is named, while one does.
    let works = Some(name(&expires));
    let told = ended(&mut desk, &mut session, &replaced);
    assert_eq!(told, (End::Replaced, 0, works));
    let told = ended(&mut desk, &mut session, &discarded);
    assert_eq!(told, (End::Discarded, 0, works));
    desk.clock.pass(86_400);
    let told = ended(&mut desk, &mut session, &expires);
    assert_eq!(told, (End::Expired, 86_400, None));
    let told = ended(&mut desk, &mut session, &replaced);
    assert_eq!(told, (End::Replaced, 0, None));
    let revoked = desk.kept(&mut session, Life::Day);
    desk.revoke(&mut session, name(&revoked)).unwrap();
    let told = ended(&mut desk, &mut session, &revoked);
    assert_eq!(told, (End::Revoked, 86_400, None));
    let used = desk.kept(&mut session, Life::Day);
    let wallet = session.wallet();
    drop(session);
    let mut session = desk.redeem(wallet, &used).unwrap();
    assert!(matches!(
        desk.check(&mut session, &code(&used)),
        Err(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Used,
                ..
            },
            _
        )))
    ));
}

#[test]
fn a_code_of_another_wallet_is_told_and_not_counted() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::Day);
    let mut other = desk.create("grace@example.com").unwrap();
    for _ in 0..2 {
        match desk.check(&mut other, &code(&text)) {
            Err(Refusal::Code(Refused::OtherWallet { wallet, email, .. })) => {
                assert_eq!(wallet, session.wallet());
                assert_eq!(email.as_str(), "ada@example.com");
            }
            _ => panic!("the code is of the other wallet"),
        }
    }
}

#[test]
fn wrong_codes_wait_and_change_nothing_else() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::Day);
    match desk.check(&mut session, &stranger()) {
        Err(Refusal::Code(Refused::Unknown { wait, .. })) => assert_eq!(wait.as_secs(), 1),
        _ => panic!("nobody issued the code"),
    }
    assert!(matches!(
        desk.check(&mut session, &code(&text)),
        Err(Refusal::Wait(_))
    ));
    desk.clock.pass(1);
    match desk.check(&mut session, &namesake(&text)) {
        Err(Refusal::Code(Refused::Unknown { wait, .. })) => assert_eq!(wait.as_secs(), 2),
        _ => panic!("the characters are others"),
    }
    desk.clock.pass(2);
    desk.check(&mut session, &code(&text)).unwrap();
    assert_eq!(desk.record(wallet).failed_tries, 2);
    assert_eq!(desk.record(wallet).code_failures.count, 0);
}

#[test]
fn a_candidate_that_is_wrong_is_never_counted() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::Day);
    let before = desk.keychain.stored(wallet);
    for wrong in [namesake(&text), stranger(), namesake(&text)] {
        match desk.check_tried(&mut session, &wrong, Tried::Candidate) {
            Err(Refusal::Code(Refused::CandidateWrong { identifier })) => {
                assert_eq!(identifier, wrong.identifier());
            }
            _ => panic!("the candidate is wrong"),
        }
    }
    assert_eq!(desk.keychain.stored(wallet), before);
    desk.check_tried(&mut session, &code(&text), Tried::Candidate)
        .unwrap();
}

#[test]
fn a_wait_holds_for_candidates_too() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::Day);
    assert!(desk.check(&mut session, &stranger()).is_err());
    assert!(matches!(
        desk.check_tried(&mut session, &code(&text), Tried::Candidate),
        Err(Refusal::Wait(_))
    ));
}

#[test]
fn a_code_without_its_keychain_entry_is_told() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::Day);
    desk.keychain.put(session.wallet(), None);
    assert!(matches!(
        desk.check(&mut session, &code(&text)),
        Err(Refusal::Code(Refused::WithoutKeychain { .. }))
    ));
}

#[test]
fn an_older_copy_of_the_file_is_told_and_not_punished() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let path = session.path().to_owned();
    let before = desk.kept(&mut session, Life::Day);
    let copy = desk.file(&session);
    let after = desk.kept(&mut session, Life::Day);
    let newest = desk.file(&session);
    drop(session);
    desk.disk.inner().put(&path, &copy);

    let mut session = desk.sign_in(wallet, OLD).unwrap();
    assert!(desk.state(&session).older_file);
    assert!(matches!(
        desk.check(&mut session, &code(&after)),
        Err(Refusal::Code(Refused::WithoutSlot { .. }))
    ));
    assert!(matches!(
        desk.check(&mut session, &code(&before)),
        Err(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Replaced,
                ..
            },
            _
        )))
    ));
    drop(session);
    desk.disk.inner().put(&path, &newest);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    assert!(!desk.state(&session).older_file);
    desk.check(&mut session, &code(&after)).unwrap();
}

#[test]
fn a_live_code_whose_slot_is_in_the_older_copy_works() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let path = session.path().to_owned();
    let text = desk.kept(&mut session, Life::Day);
    let copy = desk.file(&session);
    desk.note(&mut session, "newer").unwrap();
    drop(session);
    desk.disk.inner().put(&path, &copy);
    desk.redeem(wallet, &text).unwrap();
}

#[test]
fn while_the_clock_is_behind_timed_codes_are_refused_and_not_destroyed() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::Day);
    desk.clock.jump(-301);
    match desk.check(&mut session, &code(&text)) {
        Err(Refusal::Code(Refused::ClockBehind { last })) => assert_eq!(last, Timestamp(START)),
        _ => panic!("the clock is behind"),
    }
    desk.clock.jump(301);
    desk.check(&mut session, &code(&text)).unwrap();
}

#[test]
fn a_code_until_used_ignores_the_clock() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    for jump in [-1_000_000, 2_000_000_000] {
        desk.clock.jump(jump);
        desk.check(&mut session, &code(&text)).unwrap();
    }
    assert_eq!(desk.live(session.wallet()), [(name(&text), true)]);
}
