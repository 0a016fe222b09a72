//! Two keychain records of one name are made one, and revive nothing.

use usecases::issue::IssueError;
use usecases::judge::{Refusal, Refused};
use usecases::life::Life;
use usecases::mend::{self, MendError};
use usecases::ports::KeychainError;
use usecases::record::{End, EndedCode, Record, RecordError};
use usecases::redeem::AcceptError;
use wallet::{Timestamp, WalletId};

use crate::desk::{Desk, OLD, code, name, world};

/// A wallet with a confirmed code, and the record at that time.
fn with_code() -> (Desk, WalletId, String, Vec<u8>) {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    let wallet = session.wallet();
    let record = desk.keychain.stored(wallet).unwrap();
    (desk, wallet, text, record)
}

fn mend(desk: &mut Desk, wallet: WalletId) -> Result<bool, MendError> {
    mend::mend(&world!(desk), wallet, false)
}

#[test]
fn two_records_are_told_and_nothing_is_chosen_until_the_person_has_them_made_one() {
    let (mut desk, wallet, text, record) = with_code();
    desk.keychain.add_copy(wallet, record);
    let several = RecordError::Keychain(KeychainError::Several);
    match desk.accept(Some(wallet), &code(&text)).err().unwrap() {
        AcceptError::Refused(Refusal::Record(error)) => assert_eq!(error, several),
        _ => panic!("the keychain cannot say"),
    }
    // The password opens the wallet all the same, and issues nothing.
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(desk.state(&session).trouble, Some(several));
    let issued = desk.issue(&mut session, Life::UntilUsed);
    assert!(matches!(issued, Err(IssueError::Record(error)) if error == several));
    drop(session);

    assert!(mend(&mut desk, wallet).unwrap());
    assert!(desk.accept(Some(wallet), &code(&text)).is_ok());
    assert!(!mend(&mut desk, wallet).unwrap());
}

#[test]
fn a_code_that_ended_in_either_record_is_dead_whichever_is_read_first() {
    for live_first in [true, false] {
        let (mut desk, wallet, text, live) = with_code();
        let mut dead = Record::parse(&live).unwrap();
        dead.end(name(&text), End::Revoked, Timestamp(1));
        dead.write(&desk.keychain, wallet).unwrap();
        let dead = desk.keychain.stored(wallet).unwrap();
        let (first, second) = if live_first {
            (live, dead)
        } else {
            (dead, live)
        };
        desk.keychain.put(wallet, Some(first));
        desk.keychain.add_copy(wallet, second);
        assert!(mend(&mut desk, wallet).unwrap());
        assert!(desk.live(wallet).is_empty());
        assert!(matches!(
            desk.accept(Some(wallet), &code(&text)).err(),
            Some(AcceptError::Refused(Refusal::Code(Refused::Ended(ended, _))))
                if ended.state == End::Revoked
        ));
    }
}

#[test]
fn an_end_that_makes_room_for_another_revives_nothing() {
    let (mut desk, wallet, dead, live) = with_code();
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    let newer = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    let ended = |text: &str, at| EndedCode {
        identifier: name(text),
        state: End::Revoked,
        at: Timestamp(at),
    };
    // One record holds as many ends as it can, the end of this code first; the other has it live,
    // and an end of its own for which the first has to make room.
    let mut full = Record::parse(&desk.keychain.stored(wallet).unwrap()).unwrap();
    full.outcomes = vec![ended(&dead, 1)];
    full.outcomes.extend((2..=8).map(|at| ended(&newer, at)));
    let mut other = Record::parse(&live).unwrap();
    other.remember(ended(&newer, 9));
    let stored = |record: &Record| {
        record.write(&desk.keychain, wallet).unwrap();
        desk.keychain.stored(wallet).unwrap()
    };
    let (full, other) = (stored(&full), stored(&other));
    for (first, second) in [(&full, &other), (&other, &full)] {
        desk.keychain.put(wallet, Some(first.clone()));
        desk.keychain.add_copy(wallet, second.clone());
        assert!(mend(&mut desk, wallet).unwrap());
        assert!(desk.live(wallet).is_empty());
    }
}

#[test]
fn a_code_that_only_one_record_knows_stays_and_the_code_it_replaced_stays_dead() {
    let (mut desk, wallet, old, before) = with_code();
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    let new = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    desk.keychain.add_copy(wallet, before);
    assert!(mend(&mut desk, wallet).unwrap());
    assert_eq!(desk.live(wallet), [(name(&new), true)]);
    assert!(desk.accept(Some(wallet), &code(&new)).is_ok());
    assert!(desk.accept(Some(wallet), &code(&old)).is_err());
}

#[test]
fn a_code_on_which_the_records_do_not_agree_is_ended() {
    let (mut desk, wallet, text, record) = with_code();
    let mut other: serde_json::Value = serde_json::from_slice(&record).unwrap();
    other["codes"][0]["release"] = serde_json::json!("A".repeat(43));
    desk.keychain
        .add_copy(wallet, serde_json::to_vec(&other).unwrap());
    assert!(mend(&mut desk, wallet).unwrap());
    let record = desk.record(wallet);
    assert!(record.codes.is_empty());
    assert_eq!(record.ended(name(&text)).unwrap().state, End::Revoked);
}

#[test]
fn of_two_confirmed_codes_whose_ends_were_forgotten_the_later_one_is_kept() {
    let (mut desk, wallet, _, before) = with_code();
    desk.clock.pass(60);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    let new = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    let mut record = desk.record(wallet);
    record.outcomes.clear();
    record.write(&desk.keychain, wallet).unwrap();
    desk.keychain.add_copy(wallet, before);
    assert!(mend(&mut desk, wallet).unwrap());
    assert_eq!(desk.live(wallet), [(name(&new), true)]);
}

#[test]
fn a_damaged_copy_says_nothing_and_of_damaged_ones_alone_an_empty_one_is_left() {
    let (mut desk, wallet, text, _) = with_code();
    desk.keychain.add_copy(wallet, b"not a record".to_vec());
    assert!(mend(&mut desk, wallet).unwrap());
    assert!(desk.accept(Some(wallet), &code(&text)).is_ok());
    desk.keychain.put(wallet, Some(b"nor this".to_vec()));
    desk.keychain.add_copy(wallet, b"not a record".to_vec());
    assert!(mend(&mut desk, wallet).unwrap());
    assert_eq!(desk.live(wallet), []);
    // The way on: another code.
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.kept(&mut session, Life::UntilUsed);
}
