//! Redeem a code.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use usecases::World;
use usecases::judge::{Refusal, Refused, Tried};
use usecases::life::Life;
use usecases::ports::{Keychain, KeychainError, StoreKind};
use usecases::record::{End, EndedCode};
use usecases::redeem::{self, AcceptError, Choice, RedeemError};
use usecases::sign_in::SignInError;
use usecases::testing::MemoryKeychain;
use wallet::store::LockError;
use wallet::testing::{BAD_SECTOR, Fault};
use wallet::{Event, TwoStep, WalletId};
use zeroize::Zeroizing;

use crate::desk::{Desk, FOLDER, NEW, OLD, code, name, namesake, password, stranger};

#[test]
fn redeeming_gives_a_new_password_burns_every_code_and_turns_two_step_verification_off() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let note = desk.note(&mut session, "a note").unwrap();
    let text = desk.kept(&mut session, Life::Day);
    let unconfirmed = desk.issue(&mut session, Life::Day).unwrap();
    desk.two_step(&mut session);
    let path = session.path().to_owned();
    drop(session);

    let session = desk.redeem(wallet, &text).unwrap();
    assert!(session.recovered());
    assert!(session.item(note).is_ok());
    assert!(matches!(session.two_step(), TwoStep::OffAfterRecovery));
    let log: Vec<_> = session
        .log()
        .iter()
        .map(|line| line.event.clone())
        .collect();
    assert!(log.contains(&Event::Redeemed {
        identifier: name(&text)
    }));
    assert!(log.contains(&Event::Revoked {
        identifier: name(&unconfirmed)
    }));
    let record = desk.record(wallet);
    assert!(record.codes.is_empty() && record.intent.is_none());
    assert_eq!(record.ended(name(&text)).unwrap().state, End::Used);
    assert_eq!(
        record.ended(name(&unconfirmed)).unwrap().state,
        End::Recovered
    );
    assert!(desk.generations(&path).is_empty());
    drop(session);

    assert!(!desk.accepts(&text) && !desk.accepts(&unconfirmed));
    assert!(!desk.opens(wallet, OLD));
    assert!(desk.opens(wallet, NEW));
}

#[test]
fn the_wallet_need_not_be_named() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let other = desk.create("grace@example.com").unwrap();
    let text = desk.kept(&mut session, Life::Day);
    drop((session, other));
    let acceptance = desk.accept(None, &code(&text)).unwrap();
    assert_eq!(acceptance.wallet(), wallet);
    assert_eq!(acceptance.email().as_str(), "ada@example.com");
    assert_eq!(acceptance.identifier(), name(&text));
}

#[test]
fn a_candidate_is_never_counted_whether_or_not_the_wallet_is_named() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::Day);
    drop(session);
    for (named, wrong) in [
        (None, stranger()),
        (None, namesake(&text)),
        (Some(wallet), stranger()),
        (Some(wallet), namesake(&text)),
    ] {
        assert!(matches!(
            desk.accept_tried(named, &wrong, Tried::Candidate).err(),
            Some(AcceptError::Refused(Refusal::Code(
                Refused::CandidateWrong { .. }
            )))
        ));
    }
    assert_eq!(desk.record(wallet).failed_tries, 0);
    desk.accept_tried(None, &code(&text), Tried::Candidate)
        .unwrap();
}

#[test]
fn keeping_the_current_password_requires_typing_it_and_a_wrong_one_waits() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::Day);
    drop(session);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    let wrong = Choice::Keep(password("not the current one"));
    match desk.commit(&mut acceptance, &wrong).err() {
        Some(RedeemError::WrongPassword { wait }) => assert_eq!(wait.as_secs(), 1),
        _ => panic!("the password is wrong"),
    }
    let right = Choice::Keep(password(OLD));
    assert!(matches!(
        desk.commit(&mut acceptance, &right).err(),
        Some(RedeemError::Wait(_))
    ));
    desk.clock.pass(1);
    assert_eq!(desk.live(wallet).len(), 1);
    drop(desk.commit(&mut acceptance, &right).unwrap());
    assert!(desk.opens(wallet, OLD));
    assert!(!desk.accepts(&text));
}

#[test]
fn a_cancelled_redemption_changes_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::Day);
    let (file, record) = (desk.file(&session), desk.keychain.stored(wallet));
    let path = session.path().to_owned();
    drop(session);
    drop(desk.accept(Some(wallet), &code(&text)).unwrap());

    assert_eq!(desk.disk.inner().bytes(&path), Some(file));
    assert_eq!(desk.keychain.stored(wallet), record);
    assert!(desk.accepts(&text));
}

#[test]
fn a_code_accepted_at_the_last_minute_may_be_committed_until_a_quarter_of_an_hour_later() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::TwoHours);
    let mut watched = desk.watch(wallet);
    drop(session);
    desk.clock.pass(7_140);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    desk.clock.pass(899);
    assert_eq!(desk.sweep(&mut watched, None).unwrap(), []);

    let session = desk.commit(&mut acceptance, &Choice::New(password(NEW)));
    assert!(session.unwrap().recovered());
}

#[test]
fn a_minute_more_and_the_code_has_to_be_entered_again_when_it_is_over() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::TwoHours);
    drop(session);
    desk.clock.pass(7_140);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    desk.clock.pass(900);
    let choice = Choice::New(password(NEW));
    assert!(matches!(
        desk.commit(&mut acceptance, &choice).err(),
        Some(RedeemError::Over)
    ));
    assert!(acceptance.is_none());
    assert!(matches!(
        desk.accept(Some(wallet), &code(&text)).err(),
        Some(AcceptError::Refused(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Expired,
                ..
            },
            _
        ))))
    ));
    assert!(desk.opens(wallet, OLD));
}

#[test]
fn while_a_wallet_is_open_elsewhere_nothing_of_it_is_judged_or_written() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::Day);
    let wallet = session.wallet();
    // As another process that is just redeeming leaves it between keychain and file.
    let mut record = desk.record(wallet);
    record.intent = Some(usecases::record::Intent {
        commit: wallet::CommitId::from_bytes([5; 16]),
        identifier: name(&text),
        at: wallet::Timestamp(0),
    });
    record.write(&desk.keychain, wallet).unwrap();
    let before = desk.keychain.stored(wallet);
    assert!(matches!(
        desk.accept(Some(wallet), &code(&text)).err(),
        Some(AcceptError::Lock(LockError::Busy))
    ));
    assert_eq!(desk.keychain.stored(wallet), before);
}

#[test]
fn an_old_copy_of_the_file_brought_back_after_a_redemption_opens_no_code() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let path = session.path().to_owned();
    let text = desk.kept(&mut session, Life::Day);
    let copy = desk.file(&session);
    drop(session);
    drop(desk.redeem(wallet, &text).unwrap());
    desk.disk.inner().put(&path, &copy);

    assert!(matches!(
        desk.accept(Some(wallet), &code(&text)).err(),
        Some(AcceptError::Refused(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Used,
                ..
            },
            _
        ))))
    ));
    // Told, not punished: its own password opens it.
    assert!(desk.opens(wallet, OLD));
}

#[test]
fn a_redemption_that_the_keychain_did_not_settle_is_settled_by_its_commit_id() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let path = session.path().to_owned();
    let text = desk.kept(&mut session, Life::Day);
    drop(session);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    desk.keychain.fail_after_writes(1);
    let mut session = desk
        .commit(&mut acceptance, &Choice::New(password(NEW)))
        .unwrap();
    // Saved while the keychain is away: the intent's commit must stay recognisable.
    desk.note(&mut session, "after the recovery").unwrap();
    drop(session);
    desk.keychain.fail(None);
    assert!(desk.record(wallet).intent.is_some());

    assert!(matches!(
        desk.accept(Some(wallet), &code(&text)).err(),
        Some(AcceptError::Refused(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Used,
                ..
            },
            _
        ))))
    ));
    let session = desk.sign_in(wallet, NEW).unwrap();
    let state = desk.state(&session);
    assert!(state.active.is_none() && !state.older_file);
    assert_eq!(state.outcomes[0].state, End::Used);
    assert!(desk.record(wallet).intent.is_none());
    assert!(desk.generations(&path).is_empty());
}

#[test]
fn a_redemption_that_is_settled_late_in_its_own_session_ends_its_codes_too() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let path = session.path().to_owned();
    let text = desk.kept(&mut session, Life::Day);
    drop(session);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    desk.keychain.fail_after_writes(1);
    let mut session = desk
        .commit(&mut acceptance, &Choice::New(password(NEW)))
        .unwrap();
    desk.note(&mut session, "after the recovery").unwrap();
    desk.keychain.fail(None);

    let state = desk.state(&session);
    assert!(state.active.is_none() && !state.older_file);
    assert!(matches!(
        desk.check(&mut session, &code(&text)),
        Err(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Used,
                ..
            },
            _
        )))
    ));
    // The old password opens them, and a note was saved since.
    assert!(desk.generations(&path).is_empty());
    desk.identity(&mut session, NEW, None).unwrap();
    let next = desk
        .issue_unasked(&mut session, Life::TwoHours, false)
        .unwrap();
    assert_eq!(desk.live(wallet), [(name(&next), false)]);
    assert_eq!(
        desk.record(wallet).ended(name(&text)).unwrap().state,
        End::Used
    );
}

#[test]
fn an_intent_whose_commit_never_came_is_dropped() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::Day);
    drop(session);
    let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
    desk.disk.set(Some(Fault::ReadOnly));
    desk.keychain.fail_after_writes(1);
    assert!(
        desk.commit(&mut acceptance, &Choice::New(password(NEW)))
            .is_err()
    );
    desk.disk.set(None);
    desk.keychain.fail(None);
    drop(acceptance);
    assert!(desk.record(wallet).intent.is_some());

    assert!(desk.accepts(&text));
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(desk.state(&session).active.unwrap().identifier, name(&text));
    assert!(desk.record(wallet).intent.is_none());
}

#[test]
fn a_password_that_was_never_set_opens_nothing() {
    let (mut desk, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    assert!(matches!(
        desk.sign_in(wallet, NEW),
        Err(SignInError::WrongPassword { .. })
    ));
}

#[test]
fn a_retry_with_another_password_says_that_the_first_one_is_set_already() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    let mut in_place = 0;
    for number in 0.. {
        let mut desk = start.fork();
        let mut acceptance = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
        desk.disk.set(Some(Fault::From(number)));
        let redeemed = desk.commit(&mut acceptance, &Choice::New(password(NEW)));
        let operations = desk.disk.operations();
        desk.disk.set(None);
        let Err(error) = redeemed else {
            break;
        };
        let is_new = desk.opens(wallet, NEW);
        assert!(!is_new || matches!(error, RedeemError::InPlace(_)));
        if is_new {
            in_place += 1;
            let second = Choice::New(password("a third password, typed at the retry"));
            match desk.commit(&mut acceptance, &second) {
                Err(RedeemError::FirstPassword { wait }) => assert_eq!(wait.as_secs(), 1),
                _ => panic!("the first password is set"),
            }
            desk.clock.pass(1);
            desk.commit(&mut acceptance, &Choice::New(password(NEW)))
                .unwrap();
            assert!(!desk.accepts(&text));
        } else {
            // The disk may have vanished in the rename. The first password still works.
            desk.commit(&mut acceptance, &Choice::New(password(NEW)))
                .unwrap();
            assert!(desk.opens(wallet, NEW));
        }
        assert!(number <= operations);
    }
    assert!(in_place > 1);
}

#[test]
fn no_code_is_unknown_while_the_disk_does_not_give_its_wallet() {
    let (mut start, mut session) = Desk::with_wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    let other = start.create("eve@example.com").unwrap().wallet();
    for (fault, named) in [Fault::At, Fault::From]
        .into_iter()
        .flat_map(|fault| [None, Some(other)].map(|named| (fault, named)))
    {
        for number in 0.. {
            let mut desk = start.fork();
            desk.disk.set(Some(fault(number)));
            let accepted = desk.accept(named, &code(&text));
            match &accepted {
                Err(AcceptError::Refused(Refusal::Code(Refused::OtherWallet { .. })))
                    if named.is_some() => {}
                Err(AcceptError::Refused(Refusal::Code(refused))) => {
                    panic!("operation {number}: {refused:?}")
                }
                Ok(_) | Err(_) => {}
            }
            if number >= desk.disk.operations() {
                assert_eq!(accepted.is_ok(), named.is_none());
                break;
            }
        }
    }
}

/// A wallet with a code that is kept, whose file is this, and another wallet.
fn beside_a_dead_file(bytes: &[u8]) -> (Desk, WalletId, String) {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::Day);
    desk.disk.inner().put(session.path(), bytes);
    drop(session);
    let other = desk.create("eve@example.com").unwrap().wallet();
    (desk, other, text)
}

#[test]
fn a_code_whose_wallet_is_dead_is_known_whichever_wallet_is_named() {
    for bytes in [b"", BAD_SECTOR] {
        let (mut desk, other, text) = beside_a_dead_file(bytes);
        desk.disk.set(Some(Fault::BadSectors));
        let refused = desk.accept(None, &code(&text)).err();
        assert!(
            matches!(refused, Some(AcceptError::Refused(Refusal::Find(_)))),
            "{refused:?}"
        );
        let Some(AcceptError::Refused(Refusal::Code(Refused::OtherWallet { email, .. }))) =
            desk.accept(Some(other), &code(&text)).err()
        else {
            panic!("the other wallet is named")
        };
        assert_eq!(email.as_str(), "ada@example.com");
    }
}

#[test]
fn what_is_dead_beside_a_wallet_makes_no_strange_code_known() {
    let (mut desk, other, _) = beside_a_dead_file(b"");
    let folder = Path::new(FOLDER);
    desk.disk
        .inner()
        .put(&folder.join("old copy.wallet"), BAD_SECTOR);
    let third = desk.create("bob@example.com").unwrap().wallet();
    desk.keychain.put(third, Some(b"spoilt".to_vec()));
    desk.disk.set(Some(Fault::BadSectors));
    for named in [None, Some(other)] {
        let refused = desk.accept(named, &stranger()).err();
        assert!(
            matches!(
                refused,
                Some(AcceptError::Refused(Refusal::Code(Refused::Unknown { .. })))
            ),
            "{refused:?}"
        );
        desk.clock.pass(31);
    }
}

/// A keychain that does not answer one of its readings.
struct FailsOnce<'a> {
    keychain: &'a MemoryKeychain,
    readings: AtomicUsize,
    fails: usize,
}

impl Keychain for FailsOnce<'_> {
    fn kind(&self) -> StoreKind {
        self.keychain.kind()
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match self.readings.fetch_add(1, Ordering::SeqCst) == self.fails {
            true => Err(KeychainError::Denied),
            false => self.keychain.read(wallet),
        }
    }

    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.read(wallet)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.keychain.replace(wallet, record)
    }

    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.keychain.replace_silently(wallet, record)
    }
}

#[test]
fn a_used_code_is_not_unknown_while_the_keychain_fails_once() {
    let (mut start, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::Day);
    drop(session);
    let mut acceptance = Some(start.accept(Some(wallet), &code(&text)).unwrap());
    let new = Choice::New(password(NEW));
    drop(start.commit(&mut acceptance, &new).unwrap());
    drop(start.create("eve@example.com").unwrap());
    for fails in 0..12 {
        let mut desk = start.fork();
        let keychain = FailsOnce {
            keychain: &desk.keychain,
            readings: AtomicUsize::new(0),
            fails,
        };
        let world = World {
            clock: &desk.clock,
            watched: &desk.watched,
            keychain: &keychain,
            disk: &desk.disk,
            folder: Path::new(FOLDER),
            rng: &mut desk.rng,
            memory: &mut desk.memory,
        };
        let counts = Tried::Counts;
        let found = redeem::wallet_of(&world, &desk.waits, None, &code(&text), counts);
        match found {
            Ok(found) => assert_eq!(found, wallet),
            Err(AcceptError::Refused(Refusal::Record(_))) => {}
            Err(error) => panic!("reading {fails}: {error:?}"),
        }
    }
}
