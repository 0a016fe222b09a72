//! Issue a set, keep each of its sheets, and use it: any so many of its sheets are the code.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordVerifier};
use serde_json::{Value, json};
use usecases::confirm::{ConfirmError, Kept, Proof};
use usecases::judge::{Refusal, Refused};
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::record::{End, EndedCode};
use usecases::redeem::AcceptError;
use wallet::Event;

use crate::desk::{Desk, OLD, asked_of, code, name, shown};
use crate::sheets::{combined, share};

/// Shows that a sheet on the screen was kept, by its group.
fn by_group(desk: &mut Desk, session: &mut usecases::session::Session, sheet: usize) -> Kept {
    let typed = &asked_of(session, sheet);
    desk.keep(session, &Proof::Group { sheet, typed }).unwrap()
}

#[test]
fn a_set_works_from_its_generation_with_any_so_many_of_its_sheets() {
    let (mut desk, mut session) = Desk::with_wallet();
    let sheets = desk.issue_set(&mut session, 2, 3).unwrap();
    let set = session.shown().unwrap();
    let letters: String = set
        .sheets()
        .iter()
        .filter_map(|sheet| sheet.index())
        .map(|index| index.as_char())
        .collect();
    assert_eq!(letters, "ACD");
    assert!(
        set.sheets()
            .iter()
            .all(|sheet| (3..=9).contains(&sheet.ask_group()) && !sheet.kept())
    );
    for (one, other) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
        let code = combined(&[&sheets[one], &sheets[other]]);
        assert!(desk.accepts(&code));
        assert_eq!(desk.live(session.wallet()), [(name(&code), false)]);
    }
    let unfinished = desk.state(&session).unfinished.unwrap();
    assert_eq!(unfinished.set, code::SetSize::new(2, 3));
}

#[test]
fn a_set_is_redeemed_once() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let sheets = desk.kept_set(&mut session, 3, 5);
    drop(session);
    let code = combined(&[&sheets[4], &sheets[0], &sheets[2]]);
    drop(desk.redeem(wallet, &code).unwrap());
    let others = combined(&[&sheets[1], &sheets[2], &sheets[3]]);
    assert_eq!(code, others);
    assert!(matches!(
        desk.redeem(wallet, &others).err(),
        Some(AcceptError::Refused(Refusal::Code(Refused::Ended(
            EndedCode {
                state: End::Used,
                ..
            },
            _
        ))))
    ));
}

#[test]
fn a_set_is_confirmed_with_the_last_of_its_sheets() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let sheets = desk.issue_set(&mut session, 2, 3).unwrap();
    let new = combined(&sheets[..2]);

    assert_eq!(
        by_group(&mut desk, &mut session, 1),
        Kept::Sheet { left: 2 }
    );
    // Once is enough, and twice is no more than once.
    assert_eq!(
        by_group(&mut desk, &mut session, 1),
        Kept::Sheet { left: 2 }
    );
    let scanned = share(&sheets[0]);
    let kept = desk.keep(&mut session, &Proof::Share(&scanned)).unwrap();
    assert_eq!(kept, Kept::Sheet { left: 1 });
    let kept: Vec<_> = session.shown().unwrap().sheets().iter().collect();
    assert!(kept[0].kept() && kept[1].kept() && !kept[2].kept());
    assert_eq!(desk.live(wallet), [(name(&old), true), (name(&new), false)]);
    assert!(desk.accepts(&old));

    assert_eq!(by_group(&mut desk, &mut session, 2), Kept::Code(name(&new)));
    assert!(session.shown().is_none());
    assert_eq!(desk.live(wallet), [(name(&new), true)]);
    assert!(desk.accepts(&new) && !desk.accepts(&old));
    let identifier = name(&new);
    assert!(
        session
            .log()
            .iter()
            .any(|line| line.event == Event::Confirmed { identifier })
    );
}

#[test]
fn a_group_is_asked_of_its_own_sheet() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.issue_set(&mut session, 2, 2).unwrap();
    let typed = &asked_of(&session, 0);
    let of_another = desk.keep(&mut session, &Proof::Group { sheet: 1, typed });
    assert!(matches!(of_another, Err(ConfirmError::WrongGroup)));
    let of_none = desk.keep(&mut session, &Proof::Group { sheet: 2, typed });
    assert!(matches!(of_none, Err(ConfirmError::NothingShown)));
}

#[test]
fn while_a_set_is_shown_the_code_says_nothing_about_its_sheets() {
    let (mut desk, mut session) = Desk::with_wallet();
    let sheets = desk.issue_set(&mut session, 2, 3).unwrap();
    let whole = combined(&sheets[..2]);
    assert!(matches!(
        desk.confirm_whole(&mut session, &whole),
        Err(ConfirmError::EachSheet)
    ));
    desk.keep_all(&mut session);
}

#[test]
fn a_sheet_of_another_set_is_no_proof() {
    let (mut desk, mut session) = Desk::with_wallet();
    let older = desk.issue_set(&mut session, 2, 2).unwrap();
    desk.issue_set(&mut session, 2, 2).unwrap();
    let proof = share(&older[0]);
    assert!(matches!(
        desk.keep(&mut session, &Proof::Share(&proof)),
        Err(ConfirmError::WrongCode)
    ));
    // Nor is one of a set for a single code.
    desk.issue(&mut session, Life::UntilUsed).unwrap();
    assert!(matches!(
        desk.keep(&mut session, &Proof::Share(&proof)),
        Err(ConfirmError::WrongCode)
    ));
}

#[test]
fn after_a_restart_a_set_is_confirmed_by_so_many_sheets_and_not_by_one() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let sheets = desk.issue_set(&mut session, 2, 3).unwrap();
    by_group(&mut desk, &mut session, 0);
    by_group(&mut desk, &mut session, 1);
    drop(session);
    desk.restart();

    let mut session = desk.sign_in(wallet, OLD).unwrap();
    let proof = share(&sheets[2]);
    assert!(matches!(
        desk.keep(&mut session, &Proof::Share(&proof)),
        Err(ConfirmError::NothingShown)
    ));
    assert!(desk.accepts(&old));
    let whole = combined(&sheets[1..]);
    let kept = desk.confirm_whole(&mut session, &whole).unwrap();
    assert_eq!(kept, Kept::Code(name(&whole)));
    assert!(desk.accepts(&whole) && !desk.accepts(&old));
}

#[test]
fn a_keychain_that_is_away_at_the_last_sheet_can_be_asked_again() {
    let (mut desk, mut session) = Desk::with_wallet();
    let sheets = desk.issue_set(&mut session, 2, 2).unwrap();
    desk.keychain.fail(Some(KeychainError::Locked));
    // No keychain is asked before the last one.
    by_group(&mut desk, &mut session, 0);
    let typed = &asked_of(&session, 1);
    let proof = Proof::Group { sheet: 1, typed };
    assert!(matches!(
        desk.keep(&mut session, &proof),
        Err(ConfirmError::Record(_))
    ));
    assert!(!session.shown().unwrap().sheets()[1].kept());
    desk.keychain.fail(None);
    desk.keychain.fail_after_writes(1);
    let kept = desk.keep(&mut session, &proof).unwrap();
    assert_eq!(kept, Kept::Code(name(&combined(&sheets))));
}

#[test]
fn a_set_that_is_thrown_away_leaves_the_code_before() {
    let (mut desk, mut session) = Desk::with_wallet();
    let old = desk.kept(&mut session, Life::UntilUsed);
    let sheets = desk.issue_set(&mut session, 2, 3).unwrap();
    by_group(&mut desk, &mut session, 0);
    desk.discard(&mut session).unwrap();
    assert!(session.shown().is_none());
    assert!(desk.accepts(&old) && !desk.accepts(&combined(&sheets[..2])));
}

#[test]
fn a_set_in_the_place_of_a_set_is_a_new_one() {
    let (mut desk, mut session) = Desk::with_wallet();
    let first = desk.kept_set(&mut session, 2, 2);
    let second = desk.issue_set(&mut session, 2, 2).unwrap();
    let replaces = session.shown().unwrap().replaces;
    assert_eq!(replaces, Some(name(&combined(&first))));
    assert!(desk.accepts(&combined(&first)) && desk.accepts(&combined(&second)));
    desk.keep_all(&mut session);
    assert!(!desk.accepts(&combined(&first)) && desk.accepts(&combined(&second)));
}

#[test]
fn too_few_sheets_name_their_set_and_say_nothing_else() {
    let (mut desk, mut session) = Desk::with_wallet();
    let mut other = desk.create("grace@example.com").unwrap();
    let mine = desk.kept_set(&mut session, 3, 4);
    let theirs = desk.kept_set(&mut other, 3, 4);
    let named = desk.named(&session, &mine[..2]);
    assert!(named.live && named.expires.is_none());
    assert!(!desk.named(&session, &theirs[..1]).live);
    desk.revoke(&mut session, name(&combined(&mine[..3])))
        .unwrap();
    assert!(!desk.named(&session, &mine[..2]).live);
}

#[test]
fn no_hash_of_a_single_sheet_is_kept_anywhere() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let sheets = desk.kept_set(&mut session, 2, 3);
    let record: Value = serde_json::from_slice(&desk.keychain.stored(wallet).unwrap()).unwrap();
    let entry = record["codes"][0].as_object().unwrap();
    let mut keys: Vec<_> = entry.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "confirmed",
            "identifier",
            "issued",
            "release",
            "sheets",
            "threshold",
            "verifier"
        ]
    );
    let verifier = entry["verifier"].as_str().unwrap();
    let accepts = |text: &str| {
        let hash = PasswordHash::new(verifier).unwrap();
        Argon2::default()
            .verify_password(text.as_bytes(), &hash)
            .is_ok()
    };
    assert!(accepts(&combined(&sheets[..2])));
    assert!(!sheets.iter().any(|sheet| accepts(sheet)));

    let file = desk.file(&session);
    let length = u32::from_be_bytes(file[10..14].try_into().unwrap()) as usize;
    let header: Value = serde_json::from_slice(&file[14..14 + length]).unwrap();
    assert_eq!(header["code_slots"].as_array().unwrap().len(), 1);
    let kept = format!("{record}{header}").to_uppercase();
    for sheet in &sheets {
        for part in sheet.as_bytes().windows(7) {
            let part = std::str::from_utf8(part).unwrap();
            assert!(!kept.contains(part), "{part}");
        }
    }
    // Nor does anything in them tell how many hashes there might be: their size is that of any
    // other code's.
    desk.kept_set(&mut session, 9, 31);
    let more: Value = serde_json::from_slice(&desk.keychain.stored(wallet).unwrap()).unwrap();
    assert_eq!(more["codes"][0]["sheets"], json!(31));
    assert_eq!(
        more["codes"].to_string().len(),
        record["codes"].to_string().len() + 1
    );
}

#[test]
fn of_a_set_on_the_screen_the_code_is_not_kept() {
    let (mut desk, mut session) = Desk::with_wallet();
    let sheets = desk.issue_set(&mut session, 2, 3).unwrap();
    assert_eq!(shown(&session), sheets);
    assert!(!sheets.contains(&combined(&sheets[..2])));
    assert!(session.shown().unwrap().is_set());
    let works = desk.check(&mut session, &code(&combined(&sheets[1..])));
    assert!(works.unwrap().unconfirmed);
}
