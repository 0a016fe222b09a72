//! Make a lost sheet of a set again, or further ones.

use code::SetSize;
use usecases::confirm::Kept;
use usecases::judge::{Refusal, Refused, Tried};
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::record::{End, EndedCode};
use usecases::remake::RemakeError;
use usecases::session::Session;
use wallet::Event;
use wallet::testing::Fault;

use crate::desk::{Desk, NEW, OLD, asked, code, name};
use crate::sheets::{combined, shares};

/// A desk with a confirmed set, identity confirmed for what comes next.
fn with_set(needed: u8, sheets: u8) -> (Desk, Session, Vec<String>) {
    let (mut desk, mut session) = Desk::with_wallet();
    let texts = desk.kept_set(&mut session, needed, sheets);
    desk.identity(&mut session, OLD, None).unwrap();
    (desk, session, texts)
}

fn made(session: &Session) -> Vec<Event> {
    let events = session.log().iter().map(|line| line.event.clone());
    events
        .filter(|event| matches!(event, Event::SheetsMade { .. }))
        .collect()
}

#[test]
fn a_lost_sheet_made_again_is_the_one_that_was_issued() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let wallet = session.wallet();
    let before = desk.keychain.stored(wallet);
    let issued = desk.state(&session).active.unwrap();
    desk.clock.pass(60);
    let again = desk.remake(&mut session, &[&sheets[2], &sheets[0]], "C");
    assert_eq!(again.unwrap(), [sheets[1].clone()]);

    let shown = session.shown().unwrap();
    assert!(shown.remade && shown.replaces.is_none());
    assert_eq!(
        (shown.identifier, shown.issued),
        (issued.identifier, issued.issued)
    );
    assert_eq!(
        (shown.expires, shown.set),
        (issued.expires, SetSize::new(2, 3))
    );
    assert_eq!(desk.state(&session).active.unwrap(), issued);
    assert_eq!(desk.keychain.stored(wallet), before);
    let identifier = issued.identifier;
    let indices = "C".to_owned();
    assert_eq!(
        made(&session),
        [Event::SheetsMade {
            identifier,
            indices
        }]
    );
    assert!(desk.accepts(&combined(&sheets[1..])));
}

#[test]
fn a_sheet_at_hand_can_be_made_again_too() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let again = desk.remake(&mut session, &sheets[..2], "DA").unwrap();
    assert_eq!(again, [sheets[2].clone(), sheets[0].clone()]);
}

#[test]
fn further_sheets_join_the_set_and_are_counted() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let wallet = session.wallet();
    let more = desk.remake(&mut session, &sheets[..2], "EF").unwrap();
    assert_eq!(session.shown().unwrap().set, SetSize::new(2, 5));
    assert_eq!(desk.state(&session).active.unwrap().set, SetSize::new(2, 5));
    assert_eq!(combined(&[&more[1], &sheets[2]]), combined(&sheets[..2]));
    // From further ones again, and only what is new counts.
    desk.identity(&mut session, OLD, None).unwrap();
    desk.remake(&mut session, &more, "A").unwrap();
    assert_eq!(desk.state(&session).active.unwrap().set, SetSize::new(2, 5));
    drop(session);
    desk.redeem(wallet, &combined(&more)).unwrap();
}

#[test]
fn a_set_has_thirty_one_sheets_at_most() {
    let (mut desk, mut session, sheets) = with_set(2, 2);
    let all = "ACDEFGHJKLMNPQRTUVWXYZ023456789";
    let made = desk.remake(&mut session, &sheets, all).unwrap();
    assert_eq!(made.len(), 31);
    assert_eq!(made[..2], sheets);
    assert_eq!(
        desk.state(&session).active.unwrap().set,
        SetSize::new(2, 31)
    );
}

#[test]
fn no_letter_and_a_letter_twice_are_refused() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    for wanted in ["", "CC", "CFAF"] {
        let refused = desk.remake(&mut session, &sheets[..2], wanted);
        assert!(matches!(refused, Err(RemakeError::Sheets)), "{wanted}");
    }
    assert!(session.shown().is_none());
    // Identity stays confirmed for a better choice.
    desk.remake(&mut session, &sheets[..2], "CFA").unwrap();
}

#[test]
fn identity_is_asked_once_its_window_is_over() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    desk.remake(&mut session, &sheets[..2], "C").unwrap();
    desk.remake(&mut session, &sheets[..2], "C").unwrap();
    desk.clock.pass(600);
    let again = desk.remake(&mut session, &sheets[..2], "C");
    assert!(matches!(again, Err(RemakeError::Identity(_))));
}

#[test]
fn as_many_sheets_are_needed_as_give_the_code() {
    let (mut desk, mut session, sheets) = with_set(3, 4);
    match desk.remake(&mut session, &sheets[..2], "C") {
        Err(RemakeError::TooFew(too_few)) => assert_eq!((too_few.have, too_few.need), (2, 3)),
        _ => panic!("two of three are too few"),
    }
}

#[test]
fn sheets_of_a_dead_or_a_foreign_set_are_refused() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let mut other = desk.create("grace@example.com").unwrap();
    let theirs = desk.kept_set(&mut other, 2, 2);
    assert!(matches!(
        desk.remake(&mut session, &theirs, "C"),
        Err(RemakeError::Refused(Refusal::Code(
            Refused::OtherWallet { .. }
        )))
    ));
    desk.revoke(&mut session, name(&combined(&sheets[..2])))
        .unwrap();
    assert!(matches!(
        desk.remake(&mut session, &sheets[..2], "C"),
        Err(RemakeError::Refused(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Revoked,
                ..
            },
            _
        ))))
    ));
}

#[test]
fn a_sheet_that_was_guessed_wrong_is_not_counted_as_a_try() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let strange = strange_sheets(&sheets);
    for _ in 0..3 {
        let refused = desk.remake_tried(&mut session, &shares(&strange), "C", Tried::Candidate);
        assert!(matches!(
            refused,
            Err(RemakeError::Refused(Refusal::Code(
                Refused::CandidateWrong { .. }
            )))
        ));
    }
    desk.remake_tried(&mut session, &shares(&sheets[1..]), "A", Tried::Candidate)
        .unwrap();
    assert_eq!(desk.record(session.wallet()).failed_tries, 0);
}

/// Two sheets of a set that nobody issued, of the same name.
fn strange_sheets(sheets: &[String]) -> Vec<String> {
    let wanted = name(&combined(&sheets[..2]));
    let (_, made) = code::BackupCode::generate_set(
        &mut <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(97),
        &|drawn| drawn != wanted,
        SetSize::new(2, 2).unwrap(),
    );
    made.iter().map(|share| share.expose().to_owned()).collect()
}

#[test]
fn sheets_made_again_are_kept_one_by_one_and_nothing_else_changes() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let wallet = session.wallet();
    desk.remake(&mut session, &sheets[..2], "CD").unwrap();
    let (record, log) = (desk.keychain.stored(wallet), session.log().to_vec());
    let group = asked(&session);
    let kept = desk.confirm_group(&mut session, &group).unwrap();
    assert_eq!(kept, Kept::Sheet { left: 1 });
    desk.keep_all(&mut session);
    assert_eq!(desk.keychain.stored(wallet), record);
    assert_eq!(session.log(), log);
}

#[test]
fn leaving_sheets_that_were_made_again_ends_nothing() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    desk.remake(&mut session, &sheets[..2], "C").unwrap();
    desk.discard(&mut session).unwrap();
    assert!(session.shown().is_none());
    assert!(desk.accepts(&combined(&sheets[1..])));
}

#[test]
fn sheets_of_an_unfinished_set_are_made_again_and_it_stays_unfinished() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let sheets = desk.issue_set(&mut session, 2, 3).unwrap();
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.identity(&mut session, OLD, None).unwrap();
    desk.remake(&mut session, &sheets[..2], "D").unwrap();
    desk.keep_all(&mut session);
    let whole = combined(&sheets[..2]);
    assert_eq!(
        desk.live(wallet),
        [(name(&old), true), (name(&whole), false)]
    );
    desk.confirm_whole(&mut session, &whole).unwrap();
    assert!(!desk.accepts(&old));
}

#[test]
fn an_unfinished_code_is_confirmed_beside_sheets_that_were_made_again() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let sheets = desk.kept_set(&mut session, 2, 3);
    let new = desk.issue(&mut session, Life::UntilUsed).unwrap();
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.identity(&mut session, OLD, None).unwrap();
    desk.remake(&mut session, &sheets[..2], "D").unwrap();
    desk.confirm_whole(&mut session, &new).unwrap();
    // What is on the screen is of a set that has ended.
    assert!(session.shown().is_none());
    assert!(desk.accepts(&new) && !desk.accepts(&combined(&sheets[1..])));
}

#[test]
fn nothing_is_shown_when_it_cannot_be_counted_or_noted() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let wallet = session.wallet();
    let (record, log) = (desk.keychain.stored(wallet), session.log().to_vec());
    desk.keychain.fail(Some(KeychainError::Locked));
    assert!(desk.remake(&mut session, &sheets[..2], "E").is_err());
    desk.keychain.fail(None);
    desk.keychain.fail_after_writes(0);
    assert!(desk.remake(&mut session, &sheets[..2], "E").is_err());
    desk.keychain.fail(None);
    desk.disk.set(Some(Fault::ReadOnly));
    assert!(matches!(
        desk.remake(&mut session, &sheets[..2], "E"),
        Err(RemakeError::Save(_))
    ));
    desk.disk.set(None);
    assert!(session.shown().is_none());
    assert_eq!(desk.keychain.stored(wallet), record);
    assert_eq!(session.log(), log);
    desk.remake(&mut session, &sheets[..2], "E").unwrap();
}

#[test]
fn a_sheet_at_hand_is_counted_by_a_record_that_knows_fewer() {
    let (mut desk, mut session, sheets) = with_set(2, 3);
    let wallet = session.wallet();
    let older = desk.keychain.stored(wallet);
    let more = desk.remake(&mut session, &sheets[..2], "EF").unwrap();
    desk.keychain.put(wallet, older);
    desk.identity(&mut session, OLD, None).unwrap();
    desk.remake(&mut session, &more, "A").unwrap();
    assert_eq!(desk.state(&session).active.unwrap().set, SetSize::new(2, 5));
}

#[test]
fn a_redemption_that_the_keychain_still_owes_is_settled_first() {
    let (mut desk, session, sheets) = with_set(2, 3);
    let wallet = session.wallet();
    let path = session.path().to_owned();
    drop(session);
    let whole = combined(&sheets[..2]);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&whole)).unwrap());
    desk.keychain.fail_after_writes(1);
    let choice = usecases::redeem::Choice::New(crate::desk::password(NEW));
    let mut session = desk.commit(&mut acceptance, &choice).unwrap();
    desk.keychain.fail(None);
    desk.identity(&mut session, NEW, None).unwrap();
    assert!(matches!(
        desk.remake(&mut session, &sheets[..2], "C"),
        Err(RemakeError::Refused(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Used,
                ..
            },
            _
        ))))
    ));
    assert!(desk.record(wallet).intent.is_none());
    assert!(desk.generations(&path).is_empty());
}
