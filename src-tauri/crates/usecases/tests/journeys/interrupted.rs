//! What the next start tells of a recovery in which the program ended.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use usecases::interrupted::interrupted;
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::record::End;
use usecases::redeem::Choice;

use crate::desk::{Desk, NEW, OLD, code, name, password, world};

/// A computer whose program ended at this operation of the disk in a redemption, with the text of
/// the code and its wallet; `None` if it was through before.
fn ended_at(number: usize) -> (Desk, wallet::WalletId, String, bool) {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    desk.disk
        .interrupt(number, || resume_unwind(Box::new("the program ends")));
    let choice = Choice::New(password(NEW));
    let commit = AssertUnwindSafe(|| desk.commit(&mut acceptance, &choice).map(drop));
    let ended = catch_unwind(commit).is_err();
    drop(acceptance);
    desk.disk.set(None);
    desk.restart();
    (desk, wallet, text, ended)
}

#[test]
fn wherever_the_program_ended_in_a_redemption_the_right_password_is_named() {
    let (mut before, mut after) = (0, 0);
    for number in 0.. {
        let (mut desk, wallet, text, ended) = ended_at(number);
        let new = desk.fork().opens(wallet, NEW);
        assert_eq!(new, !desk.fork().opens(wallet, OLD), "{number}");
        match interrupted(&world!(desk), wallet) {
            None if new => {
                let record = desk.record(wallet);
                let used = record.ended(name(&text)).unwrap();
                assert_eq!(used.state, End::Used, "{number}");
            }
            None => assert!(ended && desk.accepts(&text), "{number}"),
            Some(found) => {
                assert!(ended && found.identifier == name(&text), "{number}");
                assert_eq!(found.at, desk.clock_now(), "{number}");
                assert_eq!(found.in_place, new, "{number}");
                assert_eq!(desk.accepts(&text), !new, "{number}");
                if new {
                    after += 1;
                } else {
                    before += 1;
                }
            }
        }
        let by = if new { NEW } else { OLD };
        drop(desk.sign_in(wallet, by).unwrap());
        assert_eq!(interrupted(&world!(desk), wallet), None, "{number}");
        if !ended {
            break;
        }
    }
    assert!(before > 2 && after > 0, "{before} before, {after} after");
}

#[test]
fn what_cannot_be_asked_or_is_under_way_is_not_told() {
    let begun = (0..).map(ended_at);
    let mut begun = begun.filter(|(desk, wallet, ..)| desk.record(*wallet).intent.is_some());
    let (mut desk, wallet, ..) = begun.next().unwrap();
    assert!(interrupted(&world!(desk), wallet).is_some());
    desk.keychain.fail(Some(KeychainError::Locked));
    assert_eq!(interrupted(&world!(desk), wallet), None);
    desk.keychain.fail(None);
    desk.disk.set(Some(wallet::testing::Fault::From(0)));
    assert_eq!(interrupted(&world!(desk), wallet), None);
    desk.disk.set(None);
    let path = wallet::store::path(std::path::Path::new(crate::desk::FOLDER), wallet);
    let held = wallet::store::WalletLock::acquire(&desk.disk, &path).unwrap();
    assert_eq!(interrupted(&world!(desk), wallet), None);
    drop(held);
    assert!(interrupted(&world!(desk), wallet).is_some());
}
