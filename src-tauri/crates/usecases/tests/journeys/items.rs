//! Items: fields, earlier versions, the bin, and how they are found.

use std::path::Path;

use usecases::held::{self, Held};
use usecases::issue::{self, Terms};
use usecases::items::{self, ItemError, LONGEST_TEXT, LONGEST_TITLE, Saving};
use usecases::life::Life;
use usecases::pages;
use usecases::session::{SaveError, Session};
use wallet::testing::Fault;
use wallet::{Body, EARLIER_BYTES, Field, FieldType, ItemId, Kind, SecretText, VERSIONS};

use crate::desk::{Desk, FOLDER, OLD, STICK, asked, name, shown, world};

/// How long an item stays in the bin at least, in seconds.
const MONTH: u32 = 30 * 86_400;
const DAY: u32 = 86_400;

fn text(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

fn account(title: &str, password: &str) -> Body {
    let field = |number, label, kind, of| Field {
        number,
        label: text(label),
        kind,
        text: text(of),
        file: None,
    };
    Body {
        kind: Kind::Account,
        title: text(title),
        tags: vec![text("money")],
        favourite: false,
        fields: vec![
            field(1, "User name", FieldType::Text, "ada"),
            field(2, "Password", FieldType::Secret, password),
            field(3, "Address", FieldType::Address, "https://Example.org"),
        ],
    }
}

fn add(desk: &mut Desk, session: &mut Session, body: Body) -> ItemId {
    items::add(&mut world!(desk), session, body).unwrap()
}

fn change(desk: &mut Desk, session: &mut Session, id: ItemId, body: Body) {
    items::save(&mut world!(desk), session, id, Saving::Changed, body).unwrap();
}

fn password_of(body: &Body) -> &str {
    body.field(2).unwrap().text.expose()
}

/// The password that an item has now, and those that it had, the newest first.
fn passwords(session: &Session, id: ItemId) -> (String, Vec<String>) {
    let item = session.item(id).unwrap();
    let earlier = item.earlier.iter();
    let earlier = earlier.map(|version| password_of(&version.body).to_owned());
    (
        password_of(&item.present.body).to_owned(),
        earlier.collect(),
    )
}

#[test]
fn what_an_item_held_is_kept_and_can_be_held_again() {
    let (mut desk, mut session) = Desk::with_wallet();
    let id = add(&mut desk, &mut session, account("Exchange", "0"));
    let created = session.item(id).unwrap().created;
    for number in 1..=VERSIONS + 2 {
        desk.clock.pass(60);
        let body = account("Exchange", &number.to_string());
        change(&mut desk, &mut session, id, body);
    }
    let item = session.item(id).unwrap();
    assert_eq!(item.created, created);
    assert_eq!(item.earlier.len(), VERSIONS);
    let newest = (VERSIONS + 2).to_string();
    assert_eq!(passwords(&session, id).0, newest);
    let before = item.earlier[1].number;
    let oldest = item.earlier.last().unwrap().number;
    items::restore(&mut world!(desk), &mut session, id, before).unwrap();
    let (now, earlier) = passwords(&session, id);
    assert_eq!(now, VERSIONS.to_string());
    assert_eq!(earlier[0], newest);
    let gone = items::restore(&mut world!(desk), &mut session, id, oldest - 1);
    assert!(matches!(gone, Err(ItemError::NoSuchVersion)));

    // After a sign-in everything is as it was.
    let wallet = session.wallet();
    drop(session);
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(passwords(&session, id), (now, earlier));
}

#[test]
fn one_field_can_be_again_what_it_was_also_one_that_was_removed() {
    let (mut desk, mut session) = Desk::with_wallet();
    let id = add(&mut desk, &mut session, account("Exchange", "old"));
    let first = session.item(id).unwrap().present.number;
    let mut body = account("Renamed", "new");
    body.fields.remove(0);
    change(&mut desk, &mut session, id, body);
    for number in [2, 1] {
        items::restore_field(&mut world!(desk), &mut session, id, first, number).unwrap();
    }
    let body = &session.item(id).unwrap().present.body;
    assert_eq!(body.title.expose(), "Renamed");
    let numbers: Vec<_> = body.fields.iter().map(|field| field.number).collect();
    assert_eq!(numbers, [2, 3, 1]);
    assert_eq!(password_of(body), "old");
    assert_eq!(session.item(id).unwrap().next_field(), 4);
    let none = items::restore_field(&mut world!(desk), &mut session, id, first, 9);
    assert!(matches!(none, Err(ItemError::NoSuchVersion)));
}

#[test]
fn a_new_item_that_is_saved_again_is_the_same_one_and_an_unknown_one_is_not_changed() {
    let (mut desk, mut session) = Desk::with_wallet();
    let id = ItemId::from_bytes([5; 16]);
    for typed in ["a", "ab"] {
        let body = account("Exchange", typed);
        items::save(&mut world!(desk), &mut session, id, Saving::Added, body).unwrap();
    }
    assert_eq!(session.items().len(), 1);
    assert_eq!(passwords(&session, id), ("ab".into(), vec!["a".into()]));
    let unknown = ItemId::from_bytes([6; 16]);
    let saving = Saving::Changed;
    let body = account("Exchange", "0");
    let refused = items::save(&mut world!(desk), &mut session, unknown, saving, body);
    assert!(matches!(refused, Err(ItemError::NotFound)));
}

#[test]
fn the_same_again_is_no_version_and_no_save() {
    let (mut desk, mut session) = Desk::with_wallet();
    let id = add(&mut desk, &mut session, account("Exchange", "0"));
    let before = session.opened().header().commit_id;
    change(&mut desk, &mut session, id, account("Exchange", "0"));
    assert_eq!(session.opened().header().commit_id, before);
    assert!(session.item(id).unwrap().earlier.is_empty());
}

#[test]
fn earlier_versions_take_no_more_room_than_they_may() {
    let (mut desk, mut session) = Desk::with_wallet();
    let long = "a".repeat(LONGEST_TEXT);
    let id = add(&mut desk, &mut session, account("Exchange", &long));
    let fits = EARLIER_BYTES / LONGEST_TEXT;
    for number in 0..fits + 2 {
        let other = format!("{number}{}", &long[1..]);
        change(&mut desk, &mut session, id, account("Exchange", &other));
    }
    // The labels take some of it.
    assert_eq!(session.item(id).unwrap().earlier.len(), fits - 1);
    // What is the same as in the version after takes none.
    for number in 0..VERSIONS {
        let mut body = session.item(id).unwrap().present.body.share();
        body.title = text(&number.to_string());
        change(&mut desk, &mut session, id, body);
    }
    assert_eq!(session.item(id).unwrap().earlier.len(), VERSIONS);
}

#[test]
fn a_full_wallet_gives_up_earlier_versions_before_it_refuses_a_change() {
    let (mut desk, mut session) = Desk::with_wallet();
    // Base64 takes four bytes for three.
    let long = "a".repeat(LONGEST_TEXT);
    let mut ids = Vec::new();
    let full = loop {
        let body = account(&format!("Item {}", ids.len()), &long);
        match items::add(&mut world!(desk), &mut session, body) {
            Ok(id) => ids.push(id),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, ItemError::Save(SaveError::NotSaved(_))));
    assert!(ids.len() > 40, "{}", ids.len());
    // Room for one earlier version.
    let last = ids.pop().unwrap();
    items::delete(&mut world!(desk), &mut session, last).unwrap();
    let other = format!("b{}", &long[1..]);
    let [first, second, third, ..] = ids[..] else {
        panic!("three items")
    };
    for id in [first, second] {
        desk.clock.pass(60);
        change(&mut desk, &mut session, id, account("Item", &other));
    }
    // What was replaced first went first, and what this change replaced is there.
    assert_eq!(passwords(&session, second), (other.clone(), vec![long]));
    assert!(session.item(first).unwrap().earlier.is_empty());
    assert_eq!(session.items().len(), ids.len());
    // Where what is replaced now would have to go, nothing is saved.
    let saving = Saving::Changed;
    let body = account("Item", &other);
    let full = items::save(&mut world!(desk), &mut session, third, saving, body);
    assert!(matches!(full, Err(ItemError::Save(SaveError::NotSaved(_)))));
    items::delete(&mut world!(desk), &mut session, first).unwrap();
    change(&mut desk, &mut session, second, account("Item", "short"));
    assert_eq!(passwords(&session, second).1, [other]);
}

#[test]
fn an_item_in_the_bin_comes_back_until_two_sign_ins_saw_thirty_days_pass() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let id = add(&mut desk, &mut session, account("Exchange", "0"));
    let changed = session.item(id).unwrap().present.changed;
    items::bin(&mut world!(desk), &mut session, id).unwrap();
    assert_eq!(session.items_in_use().count(), 0);
    assert!(items::find(&session, "exchange", true).is_empty());
    desk.clock.pass(60);
    items::unbin(&mut world!(desk), &mut session, id).unwrap();
    let item = session.item(id).unwrap();
    assert_eq!(item.present.changed, changed);
    assert!(item.is_newer_than(changed) && item.earlier.is_empty());

    items::bin(&mut world!(desk), &mut session, id).unwrap();
    // A clock that is wrong once empties no bin, whatever is saved meanwhile.
    desk.clock.jump(i64::from(MONTH) * 100);
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "wrong").unwrap();
    desk.clock.jump(-i64::from(MONTH) * 100);
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "right").unwrap();
    assert!(session.item(id).is_ok());

    desk.clock.pass(MONTH);
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "after a month").unwrap();
    assert!(session.item(id).is_ok());
    desk.clock.pass(DAY);
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "a day later").unwrap();
    assert!(matches!(session.item(id), Err(ItemError::NotFound)));
}

#[test]
fn a_clock_that_was_behind_when_an_item_was_moved_to_the_bin_does_not_empty_it_early() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    desk.note(&mut session, "first").unwrap();
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    let id = add(&mut desk, &mut session, account("Exchange", "0"));
    desk.clock.jump(-i64::from(MONTH) * 100);
    items::bin(&mut world!(desk), &mut session, id).unwrap();
    desk.clock.jump(i64::from(MONTH) * 100);
    for _ in 0..2 {
        desk.clock.pass(2 * DAY);
        drop(session);
        session = desk.sign_in(wallet, OLD).unwrap();
        desk.note(&mut session, "later").unwrap();
        assert!(session.item(id).is_ok());
    }
}

#[test]
fn an_emptied_bin_keeps_what_is_in_use() {
    let (mut desk, mut session) = Desk::with_wallet();
    let binned = add(&mut desk, &mut session, account("Old", "0"));
    let kept = add(&mut desk, &mut session, account("New", "0"));
    items::bin(&mut world!(desk), &mut session, binned).unwrap();
    items::empty_bin(&mut world!(desk), &mut session).unwrap();
    assert!(session.item(kept).is_ok());
    assert!(matches!(session.item(binned), Err(ItemError::NotFound)));
}

/// The items that are found, the best first.
fn found_in(session: &Session, wanted: &str, hidden: bool) -> Vec<ItemId> {
    let places = items::find(session, wanted, hidden).into_iter();
    places.map(|at| session.items()[at].id).collect()
}

#[test]
fn items_are_found_by_what_is_in_plain_sight_and_hidden_texts_only_when_asked() {
    let (mut desk, mut session) = Desk::with_wallet();
    let one = add(&mut desk, &mut session, account("Exchange", "s3cret"));
    let two = add(&mut desk, &mut session, account("Bank of money", "x"));
    let found = |wanted: &str, hidden| found_in(&session, wanted, hidden);
    assert_eq!(found("exCHANGE", false), [one]);
    assert_eq!(found("ada example.org", false), [one, two]);
    // Those with the word in the title come first.
    assert_eq!(found("money", false), [two, one]);
    assert!(found("s3cret", false).is_empty());
    assert_eq!(found("S3CRET", true), [one]);
    assert!(found("exchange nothing", true).is_empty());
    // A word is in one text, and not in the end of one and the start of the next.
    assert!(found("adapassword", true).is_empty());
    let three = add(&mut desk, &mut session, account("ÜBERSEE ΟΔΟΣ", "x"));
    let found = |wanted: &str| found_in(&session, wanted, false);
    assert_eq!(found("übersee"), [three]);
    assert_eq!(found("οδος"), [three]);
}

#[test]
fn a_tag_is_there_once_in_its_first_spelling() {
    let (mut desk, mut session) = Desk::with_wallet();
    let mut body = account("Exchange", "0");
    body.tags = vec![text("Bank"), text("bank"), text("Zoë"), text("ZOË")];
    let id = add(&mut desk, &mut session, body);
    let tags = &session.item(id).unwrap().present.body.tags;
    let tags: Vec<_> = tags.iter().map(SecretText::expose).collect();
    assert_eq!(tags, ["Bank", "Zoë"]);
}

#[test]
fn a_code_of_another_service_is_ticked_off_and_the_version_before_is_kept() {
    let (mut desk, mut session) = Desk::with_wallet();
    let mut body = account("Mail", "0");
    body.fields[1].kind = FieldType::Codes;
    body.fields[1].text = text("one-1\ntwo-2");
    let id = add(&mut desk, &mut session, body);
    let mut tick = |desk: &mut Desk, number, line, used| {
        items::tick(&mut world!(desk), &mut session, id, number, line, used)
    };
    tick(&mut desk, 2, 1, true).unwrap();
    for (number, line) in [(2, 2), (1, 0), (9, 0)] {
        let error = tick(&mut desk, number, line, true).unwrap_err();
        assert!(matches!(error, ItemError::NoSuchLine), "{error}");
    }
    let (now, before) = passwords(&session, id);
    assert_eq!(now, "one-1\n✓ two-2");
    assert_eq!(before, ["one-1\ntwo-2"]);
    items::tick(&mut world!(desk), &mut session, id, 2, 1, false).unwrap();
    assert_eq!(passwords(&session, id).0, "one-1\ntwo-2");
}

#[test]
fn what_is_too_large_or_no_day_is_refused_and_changes_nothing() {
    let (mut desk, mut session) = Desk::with_wallet();
    let mut refused = |change: &dyn Fn(&mut Body)| {
        let mut body = account("Exchange", "0");
        change(&mut body);
        items::add(&mut world!(desk), &mut session, body).unwrap_err()
    };
    let long = "a".repeat(LONGEST_TITLE + 1);
    for error in [
        refused(&|body| body.title = text(&long)),
        refused(&|body| body.tags = vec![text(&long)]),
        refused(&|body| body.fields[0].label = text(&long)),
        refused(&|body| {
            body.fields[0].text = text(&"a".repeat(LONGEST_TEXT + 1));
        }),
    ] {
        assert!(matches!(error, ItemError::TooLong), "{error}");
    }
    for day in ["2026-02-30", "2026-2-3", "tomorrow", "2026-02-03T00:00"] {
        let error = refused(&|body| {
            body.fields[0].kind = FieldType::Date;
            body.fields[0].text = text(day);
        });
        assert!(matches!(error, ItemError::NoSuchDay), "{day}");
    }
    let error = refused(&|body| body.fields[1].number = 1);
    assert!(matches!(error, ItemError::Ambiguous));
    assert!(session.items().is_empty());
}

#[test]
fn an_item_that_was_saved_and_not_confirmed_is_not_added_twice() {
    let mut unsure = 0;
    for at in 0.. {
        let (mut desk, mut session) = Desk::with_wallet();
        let id = ItemId::from_bytes([5; 16]);
        desk.disk.set(Some(Fault::ReportedThenGone(at)));
        let mut save = |desk: &mut Desk| {
            let body = account("Exchange", "0");
            items::save(&mut world!(desk), &mut session, id, Saving::Added, body)
        };
        let first = save(&mut desk);
        let operations = desk.disk.operations();
        desk.disk.set(None);
        if let Err(ItemError::Save(SaveError::InPlace(_))) = first {
            unsure += 1;
            save(&mut desk).unwrap();
            assert_eq!(session.items().len(), 1);
        }
        if operations <= at {
            break;
        }
    }
    assert!(unsure > 0);
}

#[test]
fn the_copies_that_hold_a_deleted_item_are_named() {
    let (mut desk, mut session) = Desk::with_wallet();
    let on_paper = add(&mut desk, &mut session, account("Exchange", "0"));
    let in_bin = add(&mut desk, &mut session, account("Shop", "0"));
    items::bin(&mut world!(desk), &mut session, in_bin).unwrap();
    desk.clock.pass(60);
    desk.identity(&mut session, OLD, None).unwrap();
    let terms = Terms {
        life: Life::UntilUsed,
        set: None,
        kit: Some(STICK.into()),
        pages: true,
    };
    issue::issue(&mut world!(desk), &mut session, &terms, false).unwrap();
    let code = shown(&session).remove(0);
    let made = pages::make(&world!(desk), &session).unwrap();
    pages::remember(&mut world!(desk), &mut session, &made).unwrap();
    let asked = asked(&session);
    desk.confirm_group(&mut session, &asked).unwrap();
    desk.refresh(&mut session);
    desk.clock.pass(60);
    let later = add(&mut desk, &mut session, account("Bank", "0"));
    items::bin(&mut world!(desk), &mut session, on_paper).unwrap();
    let held = |desk: &mut Desk, session: &Session, id| {
        held::elsewhere(&world!(desk), session, &[id]).unwrap()
    };
    let pages = |of: &Held| of.pages.map(|pages| pages.identifier);
    let of = held(&mut desk, &session, on_paper);
    assert_eq!(pages(&of), Some(name(&code)));
    assert_eq!((of.versions, of.kits.len(), of.copies.len()), (3, 0, 0));
    assert_eq!(pages(&held(&mut desk, &session, in_bin)), None);
    // The file as it is now becomes the newest earlier version, and one before it has the item.
    let of = held(&mut desk, &session, later);
    assert_eq!((pages(&of), of.versions), (None, 2));

    desk.disk.inner().plug(Path::new(STICK), false);
    desk.note(&mut session, "the kit is behind").unwrap();
    let copy = Path::new(FOLDER).join("my copy.wallet");
    desk.disk.inner().put(&copy, &desk.file(&session));
    let of = held(&mut desk, &session, later);
    let kits: Vec<_> = of.kits.iter().map(|(code, _)| *code).collect();
    assert_eq!(kits, [name(&code)]);
    assert_eq!(of.copies, ["my copy.wallet"]);
}
