//! Restore a wallet on another computer, and on one where something is in the way.

use std::path::Path;

use usecases::judge::{Refusal, Refused};
use usecases::life::Life;
use usecases::ports::{Disk as _, KeychainError};
use usecases::record::{End, EndedCode};
use usecases::redeem::AcceptError;
use usecases::restore::{self, Destination, NotRestored, Restoration, RestoreError, Restored};
use usecases::state::code_state;
use wallet::store::WalletLock;
use wallet::testing::Fault;
use wallet::{Event, KdfParams, TwoStep, WalletId};

use crate::desk::{Desk, FOLDER, NEW, OLD, STICK, asked, code, name, password, world};

/// What is to be restored, kept between tries.
type Held = Option<Restoration>;

/// A computer with a wallet of two notes and a code with a kit; the wallet, the code, and its kit.
fn first_computer() -> (Desk, WalletId, String, Held) {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.note(&mut session, "one").unwrap();
    desk.note(&mut session, "two").unwrap();
    let text = desk.issue_with_kit(&mut session).unwrap();
    let group = asked(&session);
    desk.confirm_group(&mut session, &group).unwrap();
    let folder = Path::new(STICK).join(kit::folder_name(name(&text)));
    let file = |name: &str| desk.disk.inner().bytes(&folder.join(name)).unwrap();
    let contents = kit::open(&file("identity.age"), &file("wallet.age"), &code(&text)).unwrap();
    let wallet = session.wallet();
    drop(session);
    let held = Some(Restoration::new(contents, name(&text)));
    (desk, wallet, text, held)
}

fn restore(
    desk: &mut Desk,
    held: &mut Held,
    to: Option<Destination>,
) -> Result<Restored, RestoreError> {
    restore_with(desk, held, to, NEW)
}

fn restore_with(
    desk: &mut Desk,
    held: &mut Held,
    to: Option<Destination>,
    text: &str,
) -> Result<Restored, RestoreError> {
    let params = KdfParams::FLOOR;
    let restoration = held.take().unwrap();
    restore::restore(&mut world!(desk), restoration, to, &password(text), params).map_err(
        |NotRestored { restoration, error }| {
            *held = Some(*restoration);
            error
        },
    )
}

/// Items that can be restored still.
fn items(held: &Held) -> usize {
    held.as_ref().unwrap().contents().items.len()
}

fn titles(restored: &Restored) -> Vec<&str> {
    let items = restored.session.items().iter();
    items.map(|item| item.present.body.title.expose()).collect()
}

fn wallet_files(desk: &Desk) -> Vec<String> {
    let names = desk.disk.inner().names();
    let inside = names.iter().filter(|path| path.starts_with(FOLDER));
    inside
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn on_another_computer_the_wallet_is_whole_and_the_code_is_used() {
    let (_, wallet, text, mut held) = first_computer();
    let mut other = Desk::new();
    other.rng = rand::SeedableRng::seed_from_u64(77);
    assert_eq!(
        held.as_ref().unwrap().in_the_way(&world!(other)).unwrap(),
        None
    );
    let restored = restore(&mut other, &mut held, None).unwrap();
    assert_eq!(titles(&restored), ["one", "two"]);
    assert!(restored.remembered && restored.kept_aside.is_none());
    let session = restored.session;
    assert_eq!(session.wallet(), wallet);
    assert_eq!(session.email().as_str(), "ada@example.com");
    assert!(matches!(session.two_step(), TwoStep::OffAfterRecovery));
    let identifier = name(&text);
    let events: Vec<_> = session
        .log()
        .iter()
        .map(|line| line.event.clone())
        .collect();
    assert_eq!(events, [Event::Restored { identifier }]);
    assert!(session.kits().is_empty() && session.recovered());
    let outcome = *other.record(wallet).ended(identifier).unwrap();
    assert_eq!(outcome.state, End::Used);
    drop(session);
    assert!(other.opens(wallet, NEW) && !other.opens(wallet, OLD));
    let refused = other.accept(Some(wallet), &code(&text)).err().unwrap();
    assert!(matches!(
        refused,
        usecases::redeem::AcceptError::Refused(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Used,
                ..
            },
            _
        )))
    ));
}

#[test]
fn a_keychain_that_is_away_does_not_keep_anybody_from_restoring() {
    let (_, wallet, text, mut held) = first_computer();
    let mut other = Desk::new();
    other.keychain.fail(Some(KeychainError::Unreachable));
    let restored = restore(&mut other, &mut held, None).unwrap();
    assert!(!restored.remembered);
    drop(restored);
    other.keychain.fail(None);
    assert!(other.opens(wallet, NEW) && !other.accepts(&text));
}

#[test]
fn the_same_wallet_is_in_the_way_and_can_be_replaced_with_its_file_kept_aside() {
    let (mut desk, wallet, text, mut held) = first_computer();
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "newer").unwrap();
    drop(session);
    let Err(RestoreError::InTheWay(found)) = restore(&mut desk, &mut held, None) else {
        panic!("a wallet is in the way");
    };
    assert!(found.same && found.redeemable && found.wallet == wallet);
    let restored = restore(&mut desk, &mut held, Some(Destination::Replacing(wallet))).unwrap();
    assert_eq!(titles(&restored), ["one", "two"]);
    let state = code_state(&world!(desk), &restored.session);
    assert!(state.active.is_none());
    assert_eq!(state.outcomes[0].state, End::Used);
    let aside = restored.kept_aside.clone().unwrap();
    drop(restored);
    assert!(!desk.opens(wallet, OLD) && desk.opens(wallet, NEW) && !desk.accepts(&text));
    assert!(
        desk.generations(&wallet::store::path(Path::new(FOLDER), wallet))
            .is_empty()
    );

    // The old one is not lost: in its place again it opens with its password.
    let bytes = desk.disk.inner().bytes(&aside).unwrap();
    let other = Desk::new();
    other
        .disk
        .inner()
        .put(&wallet::store::path(Path::new(FOLDER), wallet), &bytes);
    assert!(other.opens(wallet, OLD));
}

#[test]
fn both_can_be_kept_and_the_code_stays_live_for_the_one_that_was_here() {
    let (mut desk, wallet, text, mut held) = first_computer();
    let restored = restore(&mut desk, &mut held, Some(Destination::Beside)).unwrap();
    let new = restored.session.wallet();
    assert!(new != wallet && restored.kept_aside.is_none());
    drop(restored);
    assert!(desk.opens(wallet, OLD) && desk.opens(new, NEW));
    let mut fork = desk.fork();
    assert!(fork.accept(Some(wallet), &code(&text)).is_ok());
    // The restored one does not call it used, but leads there.
    match desk.accept(Some(new), &code(&text)).err().unwrap() {
        AcceptError::Refused(Refusal::Code(Refused::OtherWallet { wallet: other, .. })) => {
            assert_eq!(other, wallet);
        }
        error => panic!("{error}"),
    }
}

#[test]
fn another_wallet_of_the_same_e_mail_is_in_the_way_too() {
    let (_, wallet, _, mut held) = first_computer();
    let mut other = Desk::new();
    other.rng = rand::SeedableRng::seed_from_u64(77);
    let mut session = other.create("ada@example.com").unwrap();
    let theirs = other.kept(&mut session, Life::UntilUsed);
    let (stranger, place) = (session.wallet(), session.path().to_path_buf());
    drop(session);
    let found = held.as_ref().unwrap().in_the_way(&world!(other)).unwrap();
    let found = found.unwrap();
    assert!(!found.same && !found.redeemable && found.wallet == stranger);
    let restored = restore(
        &mut other,
        &mut held,
        Some(Destination::Replacing(stranger)),
    )
    .unwrap();
    assert_eq!(restored.session.wallet(), wallet);
    let aside = restored.kept_aside.clone().unwrap();
    assert_eq!(
        aside.extension().unwrap().to_str(),
        Some("moved"),
        "{aside:?}"
    );
    drop(restored);
    assert_eq!(other.wallets(), [wallet]);
    // Whoever restores has proved nothing about the other wallet, and voids nobody's way back in.
    let moved = other.disk.inner().bytes(&aside).unwrap();
    other.disk.inner().put(&place, &moved);
    assert!(other.accept(Some(stranger), &code(&theirs)).is_ok());
}

#[test]
fn only_what_is_in_the_way_can_be_replaced_and_only_while_nobody_has_it_open() {
    let (mut desk, wallet, _, mut held) = first_computer();
    let stranger = WalletId::from_bytes([9; 16]);
    let refused = restore(&mut desk, &mut held, Some(Destination::Replacing(stranger)));
    assert!(matches!(refused, Err(RestoreError::NothingToReplace)));
    let session = desk.sign_in(wallet, OLD).unwrap();
    let place = Some(Destination::Replacing(wallet));
    let refused = restore(&mut desk, &mut held, place);
    assert!(matches!(refused, Err(RestoreError::Lock(_))));
    drop(session);
    desk.keychain.fail(Some(KeychainError::Locked));
    let refused = restore(&mut desk, &mut held, place);
    assert!(matches!(refused, Err(RestoreError::Record(_))));
    desk.keychain.fail(None);
    restore(&mut desk, &mut held, place).unwrap();
}

#[test]
fn a_wallet_that_another_program_deletes_meanwhile_is_not_there_to_be_replaced() {
    // Seed 82351848 of the simulated lives.
    let mut deleted = 0;
    let mut number = 0;
    loop {
        let (mut desk, wallet, _, mut held) = first_computer();
        let path = wallet::store::path(Path::new(FOLDER), wallet);
        let other = desk.disk.inner().clone();
        let theirs = path.clone();
        desk.disk.interrupt(number, move || {
            if let Ok(_held) = WalletLock::acquire(&other, &theirs) {
                other.remove(&theirs).unwrap();
            }
        });
        let restored = restore(&mut desk, &mut held, Some(Destination::Replacing(wallet)));
        let through = desk.disk.operations() <= number;
        desk.disk.set(None);
        match restored {
            Ok(restored) => assert_eq!(titles(&restored), ["one", "two"], "{number}"),
            Err(error) => {
                assert!(
                    matches!(error, RestoreError::NothingToReplace),
                    "{number}: {error}"
                );
                assert!(!desk.disk.exists(&path).unwrap(), "{number}");
                let restored = restore(&mut desk, &mut held, None).unwrap();
                assert_eq!(titles(&restored), ["one", "two"], "{number}");
                deleted += 1;
            }
        }
        if through {
            break;
        }
        number += 1;
    }
    assert!(deleted > 2 && deleted < number, "{deleted} of {number}");
}

#[test]
fn whatever_the_disk_does_the_wallet_that_was_here_or_the_restored_one_is_whole() {
    for replacing in [true, false] {
        let mut number = 0;
        loop {
            let (mut desk, wallet, text, mut held) = first_computer();
            let path = wallet::store::path(Path::new(FOLDER), wallet);
            let before = desk.disk.inner().bytes(&path).unwrap();
            let place = if replacing {
                Destination::Replacing(wallet)
            } else {
                Destination::Beside
            };
            desk.disk.set(Some(Fault::At(number)));
            let restored = restore(&mut desk, &mut held, Some(place));
            let through = desk.disk.operations() <= number;
            desk.disk.set(None);
            let untouched = desk.disk.inner().bytes(&path).as_ref() == Some(&before);
            let restored = match restored {
                Ok(restored) => restored,
                Err(error) => {
                    // Until the new file is in place, everything is as it was, and the code works.
                    // From then on the new password opens it, and the old file is kept aside.
                    let in_place = matches!(error, RestoreError::InPlace(_));
                    if replacing && in_place && !untouched {
                        assert!(desk.opens(wallet, NEW), "{number}: {error}");
                    } else {
                        assert!(untouched, "{replacing} {number}: {error}");
                        assert!(desk.opens(wallet, OLD), "{replacing} {number}");
                        assert!(in_place || desk.accepts(&text), "{replacing} {number}");
                    }
                    assert_eq!(items(&held), 2, "{replacing} {number}");
                    restore(&mut desk, &mut held, Some(place)).unwrap()
                }
            };
            assert_eq!(titles(&restored), ["one", "two"], "{replacing} {number}");
            let new = restored.session.wallet();
            let aside = restored.kept_aside.clone();
            drop(restored);
            assert!(desk.opens(new, NEW) && !desk.opens(new, OLD));
            assert_eq!(desk.wallets().len(), if replacing { 1 } else { 2 });
            if replacing {
                let kept = desk.disk.inner().bytes(&aside.unwrap());
                assert!(kept == Some(before), "{number}: the old wallet is gone");
                assert!(!desk.accepts(&text), "{number}");
            } else {
                let here = desk.disk.inner().bytes(&path);
                assert!(here == Some(before), "{number}: the old wallet was changed");
                assert!(aside.is_none() && desk.opens(wallet, OLD));
            }
            let left_over = wallet_files(&desk)
                .iter()
                .any(|name| name.ends_with(".new") || name.ends_with(".keep"));
            assert!(!left_over, "{replacing} {number}");
            if through {
                break;
            }
            number += 1;
        }
        assert!(number > 8, "{number}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_in_nobody_s_way_and_is_left_as_it_is() {
    let (_, wallet, _, mut held) = first_computer();
    let mut other = Desk::new();
    other.rng = rand::SeedableRng::seed_from_u64(77);
    let stranger = other.create("ada@example.com").unwrap().wallet();
    let unreadable = wallet::store::path(Path::new(FOLDER), wallet);
    other.disk.inner().put(&unreadable, b"of a newer version");
    let place = Some(Destination::Replacing(stranger));
    for fault in [Some(Fault::ReadOnly), None] {
        other.disk.set(fault);
        let restored = restore(&mut other, &mut held, place);
        other.disk.set(None);
        assert_eq!(restored.is_ok(), fault.is_none());
        let kept = other.disk.inner().bytes(&unreadable).unwrap();
        assert_eq!(kept, b"of a newer version");
        assert!(restored.is_err() || other.wallets() != [wallet]);
    }
}

#[test]
fn a_keychain_that_goes_away_while_a_wallet_is_replaced_leaves_everything_as_it_was() {
    let (mut desk, wallet, text, mut held) = first_computer();
    let before = wallet_files(&desk);
    desk.keychain.fail_after_writes(0);
    let place = Some(Destination::Replacing(wallet));
    let refused = restore(&mut desk, &mut held, place);
    assert!(matches!(refused, Err(RestoreError::Record(_))));
    desk.keychain.fail(None);
    assert_eq!(items(&held), 2);
    assert_eq!(wallet_files(&desk), before);
    assert!(desk.opens(wallet, OLD) && desk.accepts(&text));
}

#[test]
fn a_replaced_wallet_is_kept_aside_whatever_fails_and_however_often_it_is_tried() {
    for kind in [
        Fault::At,
        Fault::From,
        Fault::Reported,
        Fault::ReportedThenGone,
    ] {
        for number in 0.. {
            let (mut desk, wallet, text, mut held) = first_computer();
            let path = wallet::store::path(Path::new(FOLDER), wallet);
            let before = desk.disk.inner().bytes(&path).unwrap();
            let to = Some(Destination::Replacing(wallet));
            desk.disk.set(Some(kind(number)));
            let restored = restore(&mut desk, &mut held, to);
            let through = desk.disk.operations() <= number;
            desk.disk.set(None);
            let restored = match restored {
                Ok(restored) => restored,
                Err(RestoreError::InPlace(_))
                    if desk.disk.inner().bytes(&path) != Some(before.clone()) =>
                {
                    // Another password at the retry is refused: the first one is set.
                    let again =
                        restore_with(&mut desk, &mut held, to, "a third one for this wallet");
                    assert!(matches!(again, Err(RestoreError::FirstPassword)));
                    restore(&mut desk, &mut held, to).unwrap()
                }
                Err(_) => restore(&mut desk, &mut held, to).unwrap(),
            };
            assert_eq!(titles(&restored), ["one", "two"]);
            let aside = restored.kept_aside.unwrap();
            let kept = desk.disk.inner().bytes(&aside).unwrap();
            assert!(kept == before, "{number}: the replaced wallet is gone");
            let copies = wallet_files(&desk);
            let copies = copies.iter().filter(|name| name.contains("replaced"));
            assert_eq!(copies.count(), 1, "{number}");
            assert!(!desk.accepts(&text));
            if through {
                break;
            }
        }
    }
}

#[test]
fn what_opens_another_wallet_that_was_replaced_goes_with_it_once_the_new_one_was_opened() {
    for fault in [
        None,
        Some(Fault::At as fn(usize) -> Fault),
        Some(Fault::Reported),
    ] {
        for number in 0.. {
            let (_, wallet, _, mut held) = first_computer();
            let mut other = Desk::new();
            other.rng = rand::SeedableRng::seed_from_u64(77);
            let mut session = other.create("ada@example.com").unwrap();
            for title in ["one", "two", "three"] {
                other.note(&mut session, title).unwrap();
            }
            let (stranger, path) = (session.wallet(), session.path().to_path_buf());
            drop(session);
            assert_eq!(other.generations(&path).len(), 3);
            let to = Some(Destination::Replacing(stranger));
            other.disk.set(fault.map(|fault| fault(number)));
            let restored = restore(&mut other, &mut held, to);
            let through = other.disk.operations() <= number;
            other.disk.set(None);
            match restored {
                Ok(restored) => {
                    let mut session = restored.session;
                    assert_eq!(session.wallet(), wallet);
                    // What could not be removed goes after the next save.
                    other.note(&mut session, "next").unwrap();
                    let here = other.disk.inner().bytes(&path).is_some();
                    let left = other.generations(&path).len();
                    assert_eq!(left, if here { 3 } else { 0 }, "{number}");
                }
                // Until the new file was opened, nothing of the other one is touched.
                Err(_) => assert_eq!(other.generations(&path).len(), 3, "{number}"),
            }
            if through || fault.is_none() {
                break;
            }
        }
    }
}

#[test]
fn the_generations_of_a_lost_wallet_stay_for_who_comes_back_to_them() {
    let (mut desk, wallet, text, mut held) = first_computer();
    let path = wallet::store::path(Path::new(FOLDER), wallet);
    desk.disk.inner().remove(&path).unwrap();
    let generations = desk.generations(&path);
    assert!(!generations.is_empty());
    let bytes = |desk: &Desk| -> Vec<_> {
        let inner = desk.disk.inner();
        generations.iter().map(|it| inner.bytes(it)).collect()
    };
    let before = bytes(&desk);
    let restored = restore(&mut desk, &mut held, None).unwrap();
    assert!(restored.code_lives);
    let mut session = restored.session;
    assert_ne!(session.wallet(), wallet);
    for title in ["three", "four", "five", "six"] {
        desk.note(&mut session, title).unwrap();
    }
    drop(session);
    assert_eq!(bytes(&desk), before);
    // Its old password does not open what was restored, and its copies are offered still.
    let found = usecases::find::wallets(&desk.disk, Path::new(FOLDER)).unwrap();
    assert!(found.lost.iter().any(|lost| lost.wallet == wallet));
    let restored = found.known.iter().map(|known| known.wallet);
    let restored: Vec<_> = restored.filter(|known| *known != wallet).collect();
    assert!(restored.iter().all(|known| !desk.opens(*known, OLD)));
    assert_eq!(desk.live(wallet), [(name(&text), true)]);
}
