//! The earlier versions of an open wallet, and one of them as a wallet of its own.

use usecases::earlier::{self, BesideError, Differs, Earlier};
use usecases::email;
use usecases::identity::IdentityError;
use usecases::items::{self, Saving};
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::session::{SaveError, Session};
use usecases::sign_in::{SignInError, Step};
use wallet::testing::Fault;
use wallet::{Body, Event, KdfParams, SecretText, WalletId, store};

use crate::desk::{Desk, NEW, OLD, email as address, password, world};

fn list(desk: &mut Desk, session: &Session) -> Vec<Earlier> {
    earlier::list(&world!(desk), session).unwrap()
}

fn beside(
    desk: &mut Desk,
    session: &mut Session,
    text: &str,
    version: &Earlier,
) -> Result<WalletId, BesideError> {
    earlier::restore_beside(
        &mut world!(desk),
        &desk.waits,
        session,
        (&password(text), None),
        &version.version,
        KdfParams::FLOOR,
    )
}

/// A wallet with the notes one and two, which was saved four times.
fn saved() -> (Desk, Session) {
    let (mut desk, mut session) = Desk::with_wallet();
    let one = desk.note(&mut session, "one").unwrap();
    let gone = desk.note(&mut session, "gone").unwrap();
    items::delete(&mut world!(desk), &mut session, gone).unwrap();
    let text = |text: &str| SecretText::new(text.to_owned());
    let title = text("one, changed");
    desk.clock.pass(1);
    items::save(
        &mut world!(desk),
        &mut session,
        one,
        Saving::Changed,
        Body::note(title, text("")),
    )
    .unwrap();
    desk.note(&mut session, "two").unwrap();
    (desk, session)
}

fn titles(session: &Session) -> Vec<&str> {
    let items = session.items().iter();
    items.map(|item| item.present.body.title.expose()).collect()
}

#[test]
fn each_version_says_what_it_holds_beside_the_present_one() {
    let (mut desk, mut session) = saved();
    let versions = list(&mut desk, &session);
    let differs: Vec<_> = versions.iter().map(|version| version.differs).collect();
    let expected = [
        // One, changed.
        Differs {
            items: 1,
            lacks: 1,
            other: 0,
            more: 0,
        },
        // One.
        Differs {
            items: 1,
            lacks: 1,
            other: 1,
            more: 0,
        },
        // One and the note that was deleted.
        Differs {
            items: 2,
            lacks: 1,
            other: 1,
            more: 1,
        },
    ];
    assert_eq!(differs, expected);
    let newest = store::generation(session.path(), 1);
    assert_eq!(versions[0].path, newest);

    desk.change_password(&mut session, OLD, NEW).unwrap();
    assert!(list(&mut desk, &session).is_empty());
}

#[test]
fn what_was_deleted_from_the_bin_is_in_the_versions_from_before() {
    let (mut desk, mut session) = Desk::with_wallet();
    let gone = desk.note(&mut session, "gone").unwrap();
    items::bin(&mut world!(desk), &mut session, gone).unwrap();
    items::delete(&mut world!(desk), &mut session, gone).unwrap();
    let differs = list(&mut desk, &session).remove(0).differs;
    assert_eq!((differs.items, differs.more), (0, 1));
}

#[test]
fn a_version_becomes_a_wallet_of_its_own_without_codes_and_the_open_one_stays() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.issue_with_kit(&mut session).unwrap();
    session.leave();
    let kept = desk.kept(&mut session, Life::UntilUsed);
    desk.note(&mut session, "kept").unwrap();
    desk.note(&mut session, "later").unwrap();
    let before = desk.file(&session);
    let version = list(&mut desk, &session).remove(0);
    let wallet = beside(&mut desk, &mut session, OLD, &version).unwrap();
    assert_ne!(wallet, session.wallet());
    assert_eq!(desk.file(&session), before);
    assert_eq!(titles(&session), ["kept", "later"]);
    drop(session);

    let second = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(titles(&second), ["kept"]);
    assert_eq!(second.email().as_str(), "ada@example.com");
    assert!(second.opened().header().code_slots.is_empty());
    assert!(second.kits().is_empty() && second.pages().is_none());
    assert!(desk.keychain.stored(wallet).is_none());
    assert!(matches!(
        second.log().last().unwrap().event,
        Event::FromEarlier
    ));
    // The code opens the wallet that it was issued for.
    assert!(desk.accepts(&kept));
}

#[test]
fn versions_that_were_saved_while_the_keychain_was_away_are_told_apart() {
    let (mut desk, session) = saved();
    let wallet = session.wallet();
    drop(session);
    desk.keychain.fail(Some(KeychainError::Unreachable));
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    for title in ["three", "four", "five"] {
        desk.note(&mut session, title).unwrap();
    }
    let versions = list(&mut desk, &session);
    assert_ne!(versions[0].version, versions[1].version);
    let second = beside(&mut desk, &mut session, OLD, &versions[1]).unwrap();
    drop(session);
    let second = desk.sign_in(second, OLD).unwrap();
    assert_eq!(titles(&second), ["one, changed", "two", "three"]);
}

#[test]
fn it_has_the_present_e_mail_and_authenticator_and_the_digits_open_it_once() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.note(&mut session, "one").unwrap();
    let app = desk.two_step(&mut session);
    email::change(&mut world!(desk), &mut session, address("new@example.com")).unwrap();
    let version = list(&mut desk, &session).pop().unwrap();
    let digits = desk.digits_of(&app);
    let made = earlier::restore_beside(
        &mut world!(desk),
        &desk.waits,
        &mut session,
        (&password(OLD), Some(&digits)),
        &version.version,
        KdfParams::FLOOR,
    );
    let wallet = made.unwrap();
    drop(session);
    let mut pending = match desk.first_step(wallet, OLD).unwrap() {
        Step::Digits(pending) => Some(pending),
        Step::Open(_) => panic!("the digits are asked"),
    };
    let again = desk.digits(&mut pending, &digits);
    assert!(matches!(again, Err(SignInError::DigitsUsed)));
    desk.clock.pass(60);
    let next = desk.digits_of(&app);
    let second = desk.digits(&mut pending, &next).unwrap();
    assert_eq!(second.email().as_str(), "new@example.com");
}

#[test]
fn a_version_keeps_its_name_while_newer_saves_move_its_file() {
    let (mut desk, mut session) = saved();
    let versions = list(&mut desk, &session);
    desk.note(&mut session, "three").unwrap();
    let wallet = beside(&mut desk, &mut session, OLD, &versions[1]).unwrap();
    // The oldest was displaced.
    let gone = beside(&mut desk, &mut session, OLD, &versions[2]);
    assert!(matches!(gone, Err(BesideError::Gone)));
    drop(session);
    assert_eq!(titles(&desk.sign_in(wallet, OLD).unwrap()), ["one"]);
}

#[test]
fn a_wrong_password_waits_and_whatever_the_disk_does_no_wallet_is_half_there() {
    let (mut desk, mut session) = saved();
    let version = list(&mut desk, &session).remove(0);
    let wrong = beside(&mut desk, &mut session, NEW, &version);
    assert!(matches!(
        wrong,
        Err(BesideError::Identity(IdentityError::WrongPassword { .. }))
    ));
    desk.clock.pass(1);
    let mut at = 0;
    loop {
        let known = desk.wallets();
        desk.disk.set(Some(Fault::At(at)));
        let made = beside(&mut desk, &mut session, OLD, &version);
        let over = desk.disk.operations() <= at;
        desk.disk.set(None);
        let new: Vec<_> = desk
            .wallets()
            .into_iter()
            .filter(|id| !known.contains(id))
            .collect();
        match made {
            Ok(wallet) => assert_eq!(new, [wallet]),
            Err(BesideError::Save(SaveError::InPlace(_))) => assert_eq!(new.len(), 1),
            Err(_) => assert!(new.is_empty(), "operation {at}"),
        }
        for wallet in new {
            assert!(desk.opens(wallet, OLD));
        }
        if over {
            break;
        }
        at += 1;
    }
    assert!(at > 5);
}
