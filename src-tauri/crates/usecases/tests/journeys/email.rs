//! Change the e-mail of a wallet.

use usecases::email::{self, EmailChangeError};
use usecases::find;
use usecases::life::Life;
use usecases::session::{SaveError, Session};
use wallet::Event;
use wallet::testing::Fault;

use crate::desk::{Desk, FOLDER, OLD, email as address, world};

fn change(desk: &mut Desk, session: &mut Session, to: &str) -> Result<(), EmailChangeError> {
    email::change(&mut world!(desk), session, address(to))
}

fn listed(desk: &Desk) -> Vec<String> {
    let known = find::wallets(desk.disk.inner(), FOLDER.as_ref())
        .unwrap()
        .known;
    known.iter().map(|known| known.email.to_string()).collect()
}

#[test]
fn a_changed_e_mail_is_the_name_of_the_wallet_and_its_codes_and_password_stay() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let kept = desk.kept(&mut session, Life::UntilUsed);
    change(&mut desk, &mut session, "ada@lovelace.example").unwrap();
    assert_eq!(session.email().as_str(), "ada@lovelace.example");
    assert_eq!(listed(&desk), ["ada@lovelace.example"]);
    assert!(matches!(
        session.log().last().unwrap().event,
        Event::EmailChanged
    ));
    drop(session);
    assert!(desk.opens(wallet, OLD) && desk.accepts(&kept));
}

#[test]
fn the_e_mail_of_another_wallet_is_refused_in_any_spelling_and_the_own_one_saves_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    drop(desk.create("eve@example.com").unwrap());
    let before = desk.file(&session);
    for taken in ["eve@example.com", " EVE@example.com"] {
        let refused = change(&mut desk, &mut session, taken);
        assert!(matches!(refused, Err(EmailChangeError::Taken)));
    }
    change(&mut desk, &mut session, "Ada@Example.com").unwrap();
    assert_eq!(desk.file(&session), before);
}

#[test]
fn a_change_that_the_disk_did_not_confirm_is_saved_again_by_a_retry() {
    let (mut desk, mut session) = Desk::with_wallet();
    for number in 0.. {
        desk.disk.set(Some(Fault::From(number)));
        let changed = change(&mut desk, &mut session, "new@example.com");
        if let Err(EmailChangeError::Save(SaveError::InPlace(_))) = changed {
            break;
        }
        assert!(changed.is_err(), "some operation leaves it in place");
    }
    desk.disk.set(None);
    change(&mut desk, &mut session, "new@example.com").unwrap();
    let operations = desk.disk.operations();
    assert!(operations > 0, "a retry saves");
    desk.disk.inner().cut_power();
    assert_eq!(listed(&desk), ["new@example.com"]);
}

#[test]
fn it_asks_for_a_recent_identity_and_a_failing_disk_changes_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.disk.set(Some(Fault::ReadOnly));
    assert!(change(&mut desk, &mut session, "new@example.com").is_err());
    assert_eq!(session.email().as_str(), "ada@example.com");
    desk.disk.set(None);
    desk.clock.pass(11 * 60);
    assert!(matches!(
        change(&mut desk, &mut session, "new@example.com"),
        Err(EmailChangeError::Identity(_))
    ));
    assert_eq!(listed(&desk), ["ada@example.com"]);
}
