//! The disk fails at each of its operations in turn, once or from then on: a clear error or
//! success, the old or the new state whole, the code that a person was shown last works, and a
//! retry works.

use usecases::create::CreateError;
use usecases::identity::IdentityError;
use usecases::items::{self, ItemError};
use usecases::life::Life;
use usecases::password_change::PasswordChangeError;
use usecases::redeem::{Acceptance, Choice, RedeemError};
use usecases::session::SaveError;
use usecases::two_step::TwoStepError;
use wallet::testing::Fault;

use crate::desk::{Desk, NEW, OLD, asked, authenticator, code, name, password, world};

/// Every fault at every operation until one is beyond the last: `run` makes the try and says how
/// many operations it took.
pub(crate) fn each_fault(mut run: impl FnMut(Fault) -> usize) {
    for kind in [Fault::At, Fault::From, Fault::ReportedThenGone] {
        for number in 0.. {
            if run(kind(number)) <= number {
                break;
            }
            assert!(number < 100, "the operation does not end");
        }
    }
}

#[test]
fn while_a_wallet_is_created() {
    each_fault(|fault| {
        let mut desk = Desk::new();
        desk.disk.set(Some(fault));
        let created = desk.create("ada@example.com");
        let operations = desk.disk.operations();
        desk.disk.set(None);
        if let Err(error) = created {
            assert!(!matches!(error, CreateError::EmailTaken));
            drop(error);
            if matches!(fault, Fault::At(_)) {
                desk.create("ada@example.com").unwrap();
            }
        }
        operations
    });
}

#[test]
fn while_a_note_is_saved() {
    let (start, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.disk.set(Some(fault));
        let saved = desk.note(&mut session, "first");
        let operations = desk.disk.operations();
        desk.disk.set(None);
        let saved = matches!(saved, Ok(_) | Err(ItemError::Save(SaveError::InPlace(_))));
        assert_eq!(session.items().len(), usize::from(saved));
        desk.note(&mut session, "second").unwrap();
        let there = session.items().len();
        drop(session);
        let session = desk.sign_in(wallet, OLD).unwrap();
        assert_eq!(session.items().len(), there);
        operations
    });
}

#[test]
fn while_a_note_is_deleted_which_can_be_tried_again() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let id = start.note(&mut session, "first").unwrap();
    drop(session);
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.disk.set(Some(fault));
        let deleted = items::delete(&mut world!(desk), &mut session, id);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        match deleted {
            Ok(()) => {
                let again = items::delete(&mut world!(desk), &mut session, id);
                assert!(matches!(again, Err(ItemError::NotFound)));
            }
            Err(_) => items::delete(&mut world!(desk), &mut session, id).unwrap(),
        }
        drop(session);
        let session = desk.sign_in(wallet, OLD).unwrap();
        assert!(session.items().is_empty(), "{fault:?}");
        operations
    });
}

#[test]
fn while_a_code_is_issued_and_confirmed() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let kept = start.kept(&mut session, Life::Day);
    let held = start.issue(&mut session, Life::Day).unwrap();
    drop(session);
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.identity(&mut session, OLD, None).unwrap();
        desk.disk.set(Some(fault));
        let issued = desk.issue_unasked(&mut session, Life::Day, false);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        assert!(desk.accepts(&kept), "{fault:?}");
        let last = issued.as_ref().unwrap_or(&held);
        assert!(desk.accepts(last), "{fault:?}");
        if issued.is_err() {
            assert_eq!(desk.live(wallet).len(), 2, "{fault:?}");
            let again = desk.issue_unasked(&mut session, Life::Day, false).unwrap();
            assert!(desk.accepts(&kept) && desk.accepts(&again), "{fault:?}");
            assert!(!desk.accepts(&held), "{fault:?}");
        }
        let last = crate::desk::shown(&session).remove(0);
        let group = asked(&session);
        desk.disk.set(Some(fault));
        desk.confirm_group(&mut session, &group).unwrap();
        desk.disk.set(None);
        assert!(desk.accepts(&last) && !desk.accepts(&kept), "{fault:?}");
        assert_eq!(desk.live(wallet), [(name(&last), true)]);
        assert_eq!(desk.state(&session).lost_with_keychain, None);
        operations
    });
}

#[test]
fn and_the_keychain_goes_away_with_it_while_a_code_is_issued() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let held = start.issue(&mut session, Life::Day).unwrap();
    drop(session);
    for number in 0.. {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.identity(&mut session, OLD, None).unwrap();
        desk.disk.set(Some(Fault::From(number)));
        desk.keychain.fail_after_writes(1);
        let issued = desk.issue_unasked(&mut session, Life::Day, false);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        desk.keychain.fail(None);
        let last = issued.unwrap_or_else(|_| held.clone());
        assert!(desk.accepts(&last), "{number}");
        // Whichever is saved first, and after a restart too.
        desk.note(&mut session, "later").unwrap();
        assert!(desk.accepts(&last), "{number}");
        drop(session);
        let session = desk.sign_in(wallet, OLD).unwrap();
        assert!(desk.accepts(&last), "{number}");
        let unfinished = desk.state(&session).unfinished.unwrap();
        assert_eq!(unfinished.identifier, name(&last), "{number}");
        if operations <= number {
            break;
        }
    }
}

#[test]
fn a_code_whose_issue_failed_is_not_taken_for_one_that_was_lost() {
    let (start, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.identity(&mut session, OLD, None).unwrap();
        desk.disk.set(Some(fault));
        let issued = desk.issue_unasked(&mut session, Life::Day, false);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        drop(session);
        let session = desk.sign_in(wallet, OLD).unwrap();
        let state = desk.state(&session);
        assert_eq!(state.lost_with_keychain, None, "{fault:?}");
        assert_eq!(state.unfinished.is_some(), issued.is_ok(), "{fault:?}");
        operations
    });
}

#[test]
fn while_a_code_is_redeemed() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
        let choice = Choice::New(password(NEW));
        desk.disk.set(Some(fault));
        let redeemed = desk.commit(&mut acceptance, &choice);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        let whole = desk.accepts(&text);
        assert_eq!(desk.opens(wallet, OLD), whole, "{fault:?}");
        assert_eq!(desk.opens(wallet, NEW), !whole, "{fault:?}");
        let session = match redeemed {
            Ok(session) => {
                assert!(!whole, "{fault:?}");
                session
            }
            Err(_) => {
                // The same again works, whichever of the two states it is.
                let session = desk.commit(&mut acceptance, &choice).unwrap();
                assert!(desk.opens(wallet, NEW), "{fault:?}");
                session
            }
        };
        assert!(session.recovered());
        assert!(!desk.accepts(&text));
        assert!(desk.record(wallet).codes.is_empty());
        operations
    });
}

/// Redeems for the new password while the disk fails. Returns how many operations of the disk it
/// took, and whether it ended in place and not verified.
fn redeem_with(
    desk: &mut Desk,
    acceptance: &mut Option<Acceptance>,
    fault: Fault,
) -> (usize, bool) {
    desk.disk.set(Some(fault));
    let redeemed = desk.commit(acceptance, &Choice::New(password(NEW)));
    let in_place = matches!(redeemed, Err(RedeemError::InPlace(_)));
    (desk.disk.operations(), in_place)
}

#[test]
fn again_while_a_redemption_that_was_not_verified_is_retried() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    let choice = Choice::New(password(NEW));
    let mut retries = 0;
    each_fault(|fault| {
        for again in 0.. {
            let mut desk = start.fork();
            let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
            let (operations, in_place) = redeem_with(&mut desk, &mut acceptance, fault);
            if !in_place {
                return operations;
            }
            desk.disk.set(Some(Fault::At(again)));
            let redeemed = desk.commit(&mut acceptance, &choice);
            let retried = desk.disk.operations();
            retries += 1;
            if redeemed.is_ok() {
                // The person was told that the code is used up, and destroys the sheet.
                drop(redeemed);
                desk.disk.set(None);
                desk.disk.inner().cut_power();
                assert!(desk.opens(wallet, NEW), "{fault:?}, then {again}");
            }
            if retried <= again {
                return operations;
            }
        }
        unreachable!("the loop returns")
    });
    assert!(retries > 10, "{retries}");
}

#[test]
fn a_retry_finishes_what_is_in_place_however_late() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    let mut retries = 0;
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
        let (operations, in_place) = redeem_with(&mut desk, &mut acceptance, fault);
        desk.disk.set(None);
        if acceptance.is_none() {
            return operations;
        }
        desk.clock.pass(3_600);
        let redeemed = desk.commit(&mut acceptance, &Choice::New(password(NEW)));
        if in_place {
            retries += 1;
            assert!(redeemed.unwrap().recovered(), "{fault:?}");
        } else {
            assert!(matches!(redeemed, Err(RedeemError::Over)), "{fault:?}");
        }
        operations
    });
    assert!(retries > 0);
}

/// The redemption is in place and was not verified, and the program ends. Whatever fails at the
/// next sign-in, the code is dead only once no power loss brings the old file back.
#[test]
fn while_a_redemption_that_was_not_verified_is_settled() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    let mut settled = 0;
    each_fault(|fault| {
        for later in 0.. {
            let mut desk = start.fork();
            let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
            let (operations, in_place) = redeem_with(&mut desk, &mut acceptance, fault);
            drop(acceptance);
            if !in_place {
                return operations;
            }
            desk.disk.set(Some(Fault::At(later)));
            drop(desk.sign_in(wallet, NEW));
            let signing_in = desk.disk.operations();
            settled += 1;
            desk.disk.set(None);
            desk.disk.inner().cut_power();
            assert!(
                desk.opens(wallet, NEW) || desk.accepts(&text),
                "{fault:?}, then {later}"
            );
            if signing_in <= later {
                return operations;
            }
        }
        unreachable!("the loop returns")
    });
    assert!(settled > 10, "{settled}");
}

#[test]
fn while_the_password_is_changed() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.disk.set(Some(fault));
        let changed = desk.change_password(&mut session, OLD, NEW);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        assert!(desk.accepts(&text), "{fault:?}");
        // In place, not verified: the new password counts, and so the person is told.
        let new = matches!(
            changed,
            Ok(()) | Err(PasswordChangeError::Save(SaveError::InPlace(_)))
        );
        let now = if new { NEW } else { OLD };
        assert!(
            desk.opens(wallet, OLD) ^ desk.opens(wallet, NEW),
            "{fault:?}"
        );
        // What the person was told holds from the next save on at the latest.
        desk.note(&mut session, "later").unwrap();
        assert!(desk.opens(wallet, now), "{fault:?}");
        assert!(desk.accepts(&text), "{fault:?}");
        if !new && matches!(fault, Fault::At(_)) {
            desk.change_password(&mut session, OLD, NEW).unwrap();
            assert!(desk.accepts(&text), "{fault:?}");
        }
        operations
    });
}

#[test]
fn while_two_step_verification_is_turned_on() {
    let (start, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    let mut desk = start.fork();
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.identity(&mut session, OLD, None).unwrap();
    let setup = desk.begin_two_step(&session);
    let authenticator = authenticator(&setup);
    let digits = desk.digits_of(&authenticator);
    desk.disk.set(Some(Fault::ReadOnly));
    let failed = desk.confirm_two_step(&mut session, &setup, &digits);
    desk.disk.set(None);
    assert!(matches!(
        failed,
        Err(TwoStepError::Save(SaveError::NotSaved(_)))
    ));
    // The authenticator app has the secret already: the retry is with the same.
    desk.confirm_two_step(&mut session, &setup, &digits)
        .unwrap();
}

#[test]
fn the_digits_of_a_set_up_that_was_not_verified_open_nothing() {
    let (start, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    let mut in_place = 0;
    each_fault(|fault| {
        let mut desk = start.fork();
        let mut session = desk.sign_in(wallet, OLD).unwrap();
        desk.identity(&mut session, OLD, None).unwrap();
        let setup = desk.begin_two_step(&session);
        let digits = desk.digits_of(&authenticator(&setup));
        desk.disk.set(Some(fault));
        let set_up = desk.confirm_two_step(&mut session, &setup, &digits);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        if let Err(TwoStepError::Save(SaveError::InPlace(_))) = set_up {
            in_place += 1;
            let again = desk.identity(&mut session, OLD, Some(&digits));
            assert!(matches!(again, Err(IdentityError::DigitsUsed)));
            // The set-up is finished by the same digits.
            desk.confirm_two_step(&mut session, &setup, &digits)
                .unwrap();
        }
        operations
    });
    assert!(in_place > 0);
}
