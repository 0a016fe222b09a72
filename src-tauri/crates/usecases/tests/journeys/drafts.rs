//! What is typed and not saved is offered again whatever happens, and is nowhere else.

use std::path::PathBuf;

use usecases::drafts::{self, DraftError, Unread};
use usecases::files;
use usecases::items::{self, ItemError, Saving};
use usecases::life::Life;
use usecases::redeem::Choice;
use usecases::session::Session;
use wallet::drafts::{Draft, DraftsError};
use wallet::testing::Fault;
use wallet::{Body, Field, FieldType, ItemId, Kind, SecretText};

use crate::desk::{Desk, NEW, OLD, code, password, world};
use crate::disk_fails::each_fault;

const NEW_ITEM: ItemId = ItemId::from_bytes([9; 16]);

fn body(title: &str, user: &str, secret: &str) -> Body {
    let field = |number, label: &str, kind, text: &str| Field {
        number,
        label: SecretText::new(label.to_owned()),
        kind,
        text: SecretText::new(text.to_owned()),
        file: None,
    };
    Body {
        kind: Kind::Account,
        title: SecretText::new(title.to_owned()),
        tags: vec![SecretText::new("money".to_owned())],
        favourite: false,
        fields: vec![
            field(1, "User name", FieldType::Text, user),
            field(2, "Password", FieldType::Secret, secret),
        ],
    }
}

fn keep(desk: &mut Desk, session: &Session, id: ItemId, over: Option<u32>, body: Body) {
    drafts::keep(&mut world!(desk), session, id, over, body).unwrap();
}

fn list(desk: &mut Desk, session: &Session) -> Vec<Draft> {
    drafts::list(&world!(desk), session).unwrap()
}

fn titles(desk: &mut Desk, session: &Session) -> Vec<String> {
    let drafts = list(desk, session);
    let titles = drafts.iter().map(|draft| draft.body.title.expose());
    titles.map(str::to_owned).collect()
}

/// The files of drafts.
fn drafts_of(desk: &Desk) -> Vec<PathBuf> {
    let mut names = desk.disk.inner().names();
    names.retain(|path| path.to_string_lossy().contains("drafts"));
    names
}

/// A desk with an item and two drafts: of it, and of a new one.
fn with_drafts() -> (Desk, Session, ItemId) {
    let (mut desk, mut session) = Desk::with_wallet();
    let id = items::add(&mut world!(desk), &mut session, body("Bank", "ada", "1")).unwrap();
    let version = session.item(id).unwrap().present.number;
    keep(
        &mut desk,
        &session,
        id,
        Some(version),
        body("Bank", "grace", "1"),
    );
    keep(&mut desk, &session, NEW_ITEM, None, body("", "new", "2"));
    (desk, session, id)
}

#[test]
fn what_is_typed_is_there_after_a_kill_and_changes_nothing_else() {
    let (mut desk, mut session) = Desk::with_wallet();
    let id = items::add(&mut world!(desk), &mut session, body("Bank", "ada", "1")).unwrap();
    let before = desk.file(&session);
    let generations = desk.generations(session.path());
    let log = session.log().len();
    for typed in ["g", "gr", "grace"] {
        desk.clock.pass(1);
        keep(&mut desk, &session, id, Some(1), body("Bank", typed, "1"));
    }
    assert_eq!(desk.file(&session), before);
    assert_eq!(desk.generations(session.path()), generations);
    assert_eq!(session.log().len(), log);
    assert_eq!(drafts_of(&desk).len(), 1);
    let bytes = desk.disk.inner().bytes(&drafts_of(&desk)[0]).unwrap();
    let wallet = session.wallet();
    // No power is needed to keep it, either.
    desk.disk.inner().cut_power();
    drop(session);
    desk.reboot();
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(
        desk.disk.inner().bytes(&drafts_of(&desk)[0]).unwrap(),
        bytes
    );
    let drafts = list(&mut desk, &session);
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].id, drafts[0].over), (id, Some(1)));
    assert_eq!(drafts[0].typed, desk.clock_now());
    assert!(drafts[0].body.is_same(&body("Bank", "grace", "1")));
}

#[test]
fn a_draft_goes_with_the_save_the_discarding_and_the_deletion() {
    let (mut desk, mut session, id) = with_drafts();
    assert_eq!(titles(&mut desk, &session), ["Bank", ""]);
    let typed = body("Bank", "grace", "1");
    items::save(&mut world!(desk), &mut session, id, Saving::Changed, typed).unwrap();
    assert_eq!(titles(&mut desk, &session), [""]);
    drafts::forget(&mut world!(desk), &session, &[NEW_ITEM]).unwrap();
    assert!(drafts_of(&desk).is_empty(), "nothing is left of it");

    keep(&mut desk, &session, id, Some(2), body("Bank", "eve", "1"));
    items::bin(&mut world!(desk), &mut session, id).unwrap();
    assert_eq!(titles(&mut desk, &session), ["Bank"]);
    items::empty_bin(&mut world!(desk), &mut session).unwrap();
    assert!(drafts_of(&desk).is_empty());

    // What is typed back to what was saved is no draft.
    let id = items::add(&mut world!(desk), &mut session, body("Shop", "ada", "1")).unwrap();
    keep(&mut desk, &session, id, Some(1), body("Shop", "eve", "1"));
    keep(&mut desk, &session, id, Some(1), body("Shop", "ada", "1"));
    assert!(drafts_of(&desk).is_empty());
}

#[test]
fn what_nobody_typed_is_as_the_item_has_it_by_now() {
    let (mut desk, mut session, id) = with_drafts();
    let changed = body("Bank", "ada", "another password");
    items::save(
        &mut world!(desk),
        &mut session,
        NEW_ITEM,
        Saving::Added,
        body("Mine", "a", "b"),
    )
    .unwrap();
    keep(&mut desk, &session, id, Some(1), body("Bank", "grace", "1"));
    // Changed beside the draft, as a restored version is.
    let first = session.item(id).unwrap().present.number;
    items::save(
        &mut world!(desk),
        &mut session,
        id,
        Saving::Changed,
        changed,
    )
    .unwrap();
    keep(
        &mut desk,
        &session,
        id,
        Some(2),
        body("Bank", "grace", "another password"),
    );
    items::restore(&mut world!(desk), &mut session, id, first).unwrap();
    let drafts = list(&mut desk, &session);
    assert!(drafts[0].body.is_same(&body("Bank", "grace", "1")));
    // Without the item it is as it was when it was typed.
    items::delete(&mut world!(desk), &mut session, id).unwrap();
    assert!(list(&mut desk, &session).is_empty());
    keep(
        &mut desk,
        &session,
        id,
        None,
        body("Bank", "grace", "typed"),
    );
    let drafts = list(&mut desk, &session);
    assert!(drafts[0].body.is_same(&body("Bank", "grace", "typed")));
}

#[test]
fn a_draft_goes_with_its_item_when_another_one_comes_with_the_same_save() {
    let (mut desk, mut session, id) = with_drafts();
    items::bin(&mut world!(desk), &mut session, id).unwrap();
    let wallet = session.wallet();
    // Two sign-ins see that its time in the bin is over.
    for days in [31, 2] {
        assert!(session.item(id).is_ok());
        desk.clock.pass(days * 86_400);
        drop(session);
        session = desk.sign_in(wallet, OLD).unwrap();
        desk.note(&mut session, "another").unwrap();
    }
    assert!(matches!(session.item(id), Err(ItemError::NotFound)));
    assert_eq!(titles(&mut desk, &session), [""]);
}

#[test]
fn drafts_are_in_no_copy_of_the_wallet() {
    let (mut desk, mut session, _) = with_drafts();
    desk.prove(&mut session);
    let copy = usecases::elsewhere::copy(&world!(desk), &session).unwrap();
    let copied = wallet::Sealed::parse(copy).unwrap();
    let copied = copied
        .open_with_password(&password(OLD), &mut desk.memory)
        .unwrap();
    assert_eq!(copied.contents.items.len(), 1);
    let held = &copied.contents.items[0].present.body;
    assert!(held.is_same(&body("Bank", "ada", "1")));
}

#[test]
fn drafts_go_with_the_wallet() {
    let (mut desk, mut session, _) = with_drafts();
    desk.prove(&mut session);
    usecases::delete::delete(&mut world!(desk), &mut session).unwrap();
    assert!(drafts_of(&desk).is_empty());
}

#[test]
fn another_key_gets_the_drafts_and_the_one_before_has_none() {
    let (mut desk, mut session, _) = with_drafts();
    let before = drafts_of(&desk);
    desk.change_password(&mut session, OLD, NEW).unwrap();
    let after = drafts_of(&desk);
    assert_eq!(after.len(), 1);
    assert_ne!(before, after);
    assert_eq!(titles(&mut desk, &session), ["Bank", ""]);
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    let session = desk.redeem(wallet, &text).unwrap();
    assert_eq!(titles(&mut desk, &session), ["Bank", ""]);
    assert_eq!(drafts_of(&desk).len(), 1);
    assert_ne!(drafts_of(&desk), after);
}

#[test]
fn drafts_under_an_old_key_that_could_not_be_removed_go_later_however_often_the_key_changes() {
    let (mut desk, mut session, _) = with_drafts();
    let oldest = drafts_of(&desk).remove(0);
    let bytes = desk.disk.inner().bytes(&oldest).unwrap();
    desk.change_password(&mut session, OLD, NEW).unwrap();
    // As if the disk had not removed them.
    desk.disk.inner().put(&oldest, &bytes);
    let next = drafts_of(&desk).into_iter().find(|path| *path != oldest);
    let next = next.unwrap();
    let carried = session
        .opened()
        .open_drafts(&desk.disk.inner().bytes(&next).unwrap());
    assert_eq!(carried.unwrap().replaces.len(), 1);
    desk.change_password(&mut session, NEW, OLD).unwrap();
    assert_eq!(titles(&mut desk, &session), ["Bank", ""]);
    assert_eq!(drafts_of(&desk).len(), 1);
    assert!(!drafts_of(&desk).contains(&oldest) && !drafts_of(&desk).contains(&next));
}

#[test]
fn drafts_of_another_key_stay_for_the_file_that_has_it() {
    let (mut desk, mut session, _) = with_drafts();
    let (path, wallet) = (session.path().to_owned(), session.wallet());
    let (earlier, its_drafts) = (desk.file(&session), drafts_of(&desk));
    let kept = desk.disk.inner().bytes(&its_drafts[0]).unwrap();
    desk.change_password(&mut session, OLD, NEW).unwrap();
    drop(session);
    // Somebody puts the files of yesterday back.
    desk.disk.inner().put(&path, &earlier);
    desk.disk.inner().put(&its_drafts[0], &kept);
    let session = desk.sign_in(wallet, OLD).unwrap();
    keep(
        &mut desk,
        &session,
        NEW_ITEM,
        None,
        body("Typed today", "", ""),
    );
    assert_eq!(titles(&mut desk, &session), ["Bank", "Typed today"]);
    assert_eq!(
        drafts_of(&desk).len(),
        2,
        "those of the newer file are there"
    );
}

#[test]
fn damaged_drafts_are_said_once_and_do_not_keep_new_ones_out() {
    let (mut desk, session, _) = with_drafts();
    let path = drafts_of(&desk).remove(0);
    let mut bytes = desk.disk.inner().bytes(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    desk.disk.inner().put(&path, &bytes);
    let listed = drafts::list(&world!(desk), &session);
    let damaged = Unread::Drafts(DraftsError::Damaged);
    assert_eq!(
        listed.err().map(|it| it.to_string()),
        Some(damaged.to_string())
    );
    keep(&mut desk, &session, NEW_ITEM, None, body("Typed", "", ""));
    assert_eq!(titles(&mut desk, &session), ["Typed"]);

    // Those of a newer version are not touched.
    let mut bytes = desk.disk.inner().bytes(&path).unwrap();
    bytes[9] = 2;
    desk.disk.inner().put(&path, &bytes);
    let refused = drafts::keep(
        &mut world!(desk),
        &session,
        NEW_ITEM,
        None,
        body("x", "", ""),
    );
    let newer = DraftError::Unread(Unread::Drafts(DraftsError::NewerVersion));
    assert_eq!(refused.map_err(|it| it.to_string()), Err(newer.to_string()));
    assert_eq!(desk.disk.inner().bytes(&path).unwrap(), bytes);
}

#[test]
fn fields_that_cannot_be_told_apart_are_no_draft() {
    let (mut desk, session) = Desk::with_wallet();
    let mut twice = body("Bank", "ada", "1");
    twice.fields[1].number = 1;
    let refused = drafts::keep(&mut world!(desk), &session, NEW_ITEM, None, twice);
    assert!(matches!(refused, Err(DraftError::Ambiguous)));
    let mut half = body("Bank", "ada", "2027-02-");
    half.fields[1].kind = FieldType::Date;
    let saved = items::add(&mut world!(desk), &mut { session }, half.share());
    assert!(matches!(saved, Err(ItemError::NoSuchDay)));
}

#[test]
fn half_a_date_is_a_draft() {
    let (mut desk, session) = Desk::with_wallet();
    let mut half = body("Bank", "ada", "2027-02-");
    half.fields[1].kind = FieldType::Date;
    keep(&mut desk, &session, NEW_ITEM, None, half.share());
    assert!(list(&mut desk, &session)[0].body.is_same(&half));
}

#[test]
fn drafts_that_are_too_large_are_refused_and_those_before_stay() {
    let (mut desk, session, _) = with_drafts();
    let text = "x".repeat(13 << 20);
    let refused = drafts::keep(
        &mut world!(desk),
        &session,
        ItemId::from_bytes([1; 16]),
        None,
        body("Large", &text, ""),
    );
    assert!(matches!(refused, Err(DraftError::Seal(_))));
    assert_eq!(titles(&mut desk, &session), ["Bank", ""]);
}

#[test]
fn a_disk_that_fails_while_a_draft_is_kept_loses_nothing_that_was_kept() {
    let (start, session, _) = with_drafts();
    let wallet = session.wallet();
    drop(session);
    each_fault(|fault| {
        let mut desk = start.fork();
        let session = desk.sign_in(wallet, OLD).unwrap();
        desk.disk.set(Some(fault));
        let typed = body("Typed", "", "");
        let kept = drafts::keep(&mut world!(desk), &session, NEW_ITEM, None, typed);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        desk.disk.inner().cut_power();
        let titles = titles(&mut desk, &session);
        assert_eq!(titles[0], "Bank");
        match kept {
            Ok(()) => assert_eq!(titles[1], "Typed"),
            Err(_) => assert!(["", "Typed"].contains(&titles[1].as_str())),
        }
        keep(&mut desk, &session, NEW_ITEM, None, body("Again", "", ""));
        assert_eq!(self::titles(&mut desk, &session), ["Bank", "Again"]);
        operations
    });
}

/// Whichever password opens the wallet, its drafts are there.
fn with_either_password(desk: &mut Desk, wallet: wallet::WalletId) {
    let session = match desk.sign_in(wallet, NEW) {
        Ok(session) => session,
        Err(_) => {
            desk.clock.pass(3600);
            desk.sign_in(wallet, OLD).unwrap()
        }
    };
    assert_eq!(titles(desk, &session), ["Bank", ""]);
}

#[test]
fn a_disk_that_fails_while_the_password_is_changed_loses_no_draft() {
    let (start, session, _) = with_drafts();
    let wallet = session.wallet();
    drop(session);
    for power in [true, false] {
        each_fault(|fault| {
            let mut desk = start.fork();
            let mut session = desk.sign_in(wallet, OLD).unwrap();
            desk.disk.set(Some(fault));
            let _ = desk.change_password(&mut session, OLD, NEW);
            // The list is read at once, as the page does.
            let _ = drafts::list(&world!(desk), &session);
            let operations = desk.disk.operations();
            desk.disk.set(None);
            drop(session);
            if !power {
                desk.disk.inner().cut_power();
            }
            desk.reboot();
            with_either_password(&mut desk, wallet);
            operations
        });
    }
}

#[test]
fn a_disk_that_fails_while_a_code_is_redeemed_loses_no_draft() {
    let (mut start, mut session, _) = with_drafts();
    let wallet = session.wallet();
    let text = start.kept(&mut session, Life::UntilUsed);
    drop(session);
    for power in [true, false] {
        each_fault(|fault| {
            let mut desk = start.fork();
            let mut accepted = Some(desk.accept(Some(wallet), &code(&text)).unwrap());
            desk.disk.set(Some(fault));
            let redeemed = desk.commit(&mut accepted, &Choice::New(password(NEW)));
            let operations = desk.disk.operations();
            desk.disk.set(None);
            drop(accepted);
            drop(redeemed);
            if !power {
                desk.disk.inner().cut_power();
            }
            desk.reboot();
            with_either_password(&mut desk, wallet);
            operations
        });
    }
}

#[test]
fn a_wallet_that_is_open_for_reading_only_keeps_no_draft() {
    let (mut desk, session, _) = with_drafts();
    let wallet = session.wallet();
    drop(session);
    desk.disk.set(Some(Fault::ReadOnly));
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert!(session.is_read_only());
    assert_eq!(titles(&mut desk, &session), ["Bank", ""]);
    let refused = drafts::keep(
        &mut world!(desk),
        &session,
        NEW_ITEM,
        None,
        body("x", "", ""),
    );
    assert!(matches!(refused, Err(DraftError::ReadOnly(_))));
}

#[test]
fn a_draft_keeps_the_files_that_were_added_for_it() {
    let (mut desk, mut session) = Desk::with_wallet();
    let content = b"what a lease says".as_slice();
    let file = files::add(&mut world!(desk), &mut session, content).unwrap();
    let mut lease = body("", "", "");
    lease.fields[0].kind = FieldType::File;
    lease.fields[0].text = SecretText::new("lease.pdf".to_owned());
    lease.fields[0].file = Some(file);
    keep(&mut desk, &session, NEW_ITEM, None, lease.share());
    keep(
        &mut desk,
        &session,
        ItemId::from_bytes([1; 16]),
        None,
        body("Another", "", ""),
    );
    let bytes = desk.disk.inner().bytes(&drafts_of(&desk)[0]).unwrap();
    files::end_editing(&mut session);
    let wallet = session.wallet();
    drop(session);

    // After a lock and a new password it is added again, and saved with its item.
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.change_password(&mut session, OLD, NEW).unwrap();
    assert!(!files::is_here(&session, file.id));
    let resumed = drafts::resume(&mut world!(desk), &mut session, NEW_ITEM).unwrap();
    let mut typed = resumed.unwrap().body;
    assert!(typed.is_same(&lease));
    assert_eq!(*files::read(&session, file.id).unwrap(), content);
    typed.title = SecretText::new("Lease".to_owned());
    keep(&mut desk, &session, NEW_ITEM, None, typed.share());
    items::save(
        &mut world!(desk),
        &mut session,
        NEW_ITEM,
        Saving::Added,
        typed,
    )
    .unwrap();
    files::end_editing(&mut session);
    assert_eq!(titles(&mut desk, &session), ["Another"]);
    let wallet = session.wallet();
    drop(session);
    let session = desk.sign_in(wallet, NEW).unwrap();
    assert_eq!(*files::read(&session, file.id).unwrap(), content);
    // The draft that is left carries no file.
    let left = desk.disk.inner().bytes(&drafts_of(&desk)[0]).unwrap();
    assert!(left.len() < bytes.len());
}
