//! Files: added to an item, shared by its versions, kept by a new password and by a kit.

use std::path::{Path, PathBuf};

use kit::{FileError, Identity, OpenError};
use usecases::check::KitCheck;
use usecases::files::{self, AddError};
use usecases::items::{self, ItemError, Saving};
use usecases::kits::{self, FileProblem, KitFileContents, KitProblem};
use usecases::life::Life;
use usecases::restore::{self, Restoration, Restored};
use usecases::session::{NotSaved, SaveError, Session};
use wallet::testing::Fault;
use wallet::{
    AddFileError, Body, FILE_BYTES, Field, FieldType, FileRef, ItemId, KdfParams, Kind,
    ReadFileError, SecretText,
};

use crate::desk::{Desk, NEW, OLD, STICK, asked, code, name, password, world};

const CONTENT: &[u8] = b"the lease of the house";

fn body(file_name: &str, file: Option<FileRef>) -> Body {
    let text = |text: &str| SecretText::new(text.to_owned());
    Body {
        kind: Kind::File,
        title: text("Lease"),
        tags: Vec::new(),
        favourite: false,
        fields: vec![Field {
            number: 1,
            label: text("File"),
            kind: FieldType::File,
            text: text(file_name),
            file,
        }],
    }
}

fn add(desk: &mut Desk, session: &mut Session, content: &[u8]) -> FileRef {
    files::add(&mut world!(desk), session, content).unwrap_or_else(|error| panic!("{error}"))
}

/// Adds an item with a file and refreshes the kits.
fn keep(desk: &mut Desk, session: &mut Session, content: &[u8]) -> (ItemId, FileRef) {
    let file = add(desk, session, content);
    let body = body("lease.pdf", Some(file));
    let id = items::add(&mut world!(desk), session, body).unwrap();
    files::end_editing(session);
    kits::refresh(&world!(desk), session);
    (id, file)
}

fn change(desk: &mut Desk, session: &mut Session, id: ItemId, body: Body) {
    let saving = Saving::Changed;
    items::save(&mut world!(desk), session, id, saving, body).unwrap();
}

fn is_content(session: &Session, file: &FileRef) -> bool {
    files::read(session, file.id).is_ok_and(|content| *content == CONTENT)
}

#[test]
fn a_file_is_saved_with_its_item_and_found_by_its_name() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (_, file) = keep(&mut desk, &mut session, CONTENT);
    assert!(is_content(&session, &file));
    assert_eq!(items::find(&session, "LEASE.pdf", false), [0]);
    let stored = desk.file(&session);
    assert!(!stored.windows(CONTENT.len()).any(|it| it == CONTENT));
    let wallet = session.wallet();
    drop(session);
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert!(is_content(&session, &file));
    assert!(files::not_here(&session).is_empty());
}

#[test]
fn a_pending_file_is_not_on_the_disk_and_goes_with_the_lock_or_the_editing() {
    let (mut desk, mut session) = Desk::with_wallet();
    let file = add(&mut desk, &mut session, CONTENT);
    desk.note(&mut session, "another").unwrap();
    assert!(is_content(&session, &file));
    // A new password meanwhile takes nothing from the editing.
    desk.change_password(&mut session, OLD, NEW).unwrap();
    assert!(is_content(&session, &file));
    session.reload(&desk.disk);
    assert!(is_content(&session, &file));
    // Nor does a save without it, which undo takes back.
    let id = items::add(&mut world!(desk), &mut session, body("a", Some(file))).unwrap();
    let saving = Saving::Changed;
    let without = body("a", None);
    items::save(&mut world!(desk), &mut session, id, saving, without).unwrap();
    let again = body("a", Some(file));
    items::save(&mut world!(desk), &mut session, id, saving, again).unwrap();
    items::delete(&mut world!(desk), &mut session, id).unwrap();
    files::end_editing(&mut session);
    let gone = files::read(&session, file.id);
    assert_eq!(gone.err(), Some(ReadFileError::NotHere));
    let refused = items::add(&mut world!(desk), &mut session, body("a", Some(file)));
    assert!(matches!(refused, Err(ItemError::UnknownFile)));

    let file = add(&mut desk, &mut session, CONTENT);
    let wallet = session.wallet();
    drop(session);
    let session = desk.sign_in(wallet, NEW).unwrap();
    assert!(files::read(&session, file.id).is_err());
}

#[test]
fn only_files_that_the_wallet_knows_are_saved() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (id, file) = keep(&mut desk, &mut session, CONTENT);
    let mut save = |body: Body| {
        let saving = Saving::Changed;
        items::save(&mut world!(desk), &mut session, id, saving, body)
    };
    let mut sha256 = file.sha256;
    sha256[0] ^= 1;
    for other in [
        FileRef { size: 1, ..file },
        FileRef { sha256, ..file },
        FileRef {
            id: wallet::FileId::from_bytes([1; 16]),
            ..file
        },
    ] {
        let refused = save(body("other.pdf", Some(other)));
        assert!(matches!(refused, Err(ItemError::UnknownFile)));
    }
    let mut secret = body("lease.pdf", Some(file));
    secret.fields[0].kind = FieldType::Secret;
    assert!(matches!(save(secret), Err(ItemError::UnknownFile)));
    let long = "x".repeat(items::LONGEST_FILE_NAME + 1);
    let refused = save(body(&long, Some(file)));
    assert!(matches!(refused, Err(ItemError::TooLong)));
    save(body("renamed.pdf", Some(file))).unwrap();
}

#[test]
fn versions_and_the_bin_keep_a_file_and_deleting_drops_its_bytes() {
    let (mut desk, mut session) = Desk::with_wallet();
    let empty = desk.file(&session).len();
    let large = vec![7; FILE_BYTES as usize];
    let (id, file) = keep(&mut desk, &mut session, &large);
    change(&mut desk, &mut session, id, body("renamed.pdf", Some(file)));
    change(&mut desk, &mut session, id, body("", None));
    let one = desk.file(&session).len();
    assert!(one > large.len() && one < large.len() + empty + 4096);
    // An earlier version gives it back.
    let first = session.item(id).unwrap().earlier[1].number;
    items::restore(&mut world!(desk), &mut session, id, first).unwrap();
    assert!(files::read(&session, file.id).is_ok_and(|it| *it == large));
    items::bin(&mut world!(desk), &mut session, id).unwrap();
    assert!(desk.file(&session).len() > large.len());
    items::delete(&mut world!(desk), &mut session, id).unwrap();
    assert!(desk.file(&session).len() < empty + 4096);
    assert!(files::read(&session, file.id).is_err());
}

#[test]
fn a_new_password_and_a_redemption_seal_the_files_again() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (_, file) = keep(&mut desk, &mut session, CONTENT);
    let sealed = |file: &[u8]| file[file.len() - CONTENT.len()..].to_vec();
    let text = desk.kept(&mut session, Life::UntilUsed);
    let before = sealed(&desk.file(&session));
    desk.change_password(&mut session, OLD, NEW).unwrap();
    assert!(is_content(&session, &file));
    assert_ne!(sealed(&desk.file(&session)), before);
    let wallet = session.wallet();
    drop(session);
    let session = desk.sign_in(wallet, NEW).unwrap();
    assert!(is_content(&session, &file));
    drop(session);
    let session = desk.redeem(wallet, &text).unwrap();
    assert!(is_content(&session, &file));
}

#[test]
fn a_full_wallet_says_how_much_is_free_and_earlier_versions_make_room() {
    let (mut desk, mut session) = Desk::with_wallet();
    let too_large = vec![7; FILE_BYTES as usize + 1];
    let mebibyte = &too_large[1..];
    let refused = files::add(&mut world!(desk), &mut session, &too_large);
    let size = too_large.len() as u64;
    let told = AddError::Add(AddFileError::TooLarge { size });
    assert_eq!(refused.err(), Some(told));
    let mut named = Vec::new();
    let free = loop {
        match files::add(&mut world!(desk), &mut session, mebibyte) {
            Ok(file) => named.push(file),
            Err(AddError::Add(AddFileError::Full { free })) => break free,
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!((named.len(), free < mebibyte.len() as u64), (63, true));
    let mut all = body("0", None);
    let mut fields = (1..).zip(&named);
    all.fields = fields
        .by_ref()
        .map(|(number, file)| Field {
            number,
            ..body("part", Some(*file)).fields.remove(0)
        })
        .collect();
    let id = items::add(&mut world!(desk), &mut session, all).unwrap();
    files::end_editing(&mut session);
    assert!(desk.file(&session).len() > 63 << 20);

    // What is only in an earlier version makes room for what is new.
    let some = Field {
        number: 1,
        ..body("part", Some(named[0])).fields.remove(0)
    };
    let mut few = body("0", None);
    few.fields = vec![some];
    desk.clock.pass(60);
    change(&mut desk, &mut session, id, few);
    assert!(files::read(&session, named[1].id).is_ok());
    desk.clock.pass(60);
    let (other, file) = keep(&mut desk, &mut session, mebibyte);
    assert!(files::read(&session, file.id).is_ok());
    assert!(files::read(&session, named[0].id).is_ok());
    assert!(files::read(&session, named[1].id).is_err());
    assert!(session.item(id).unwrap().earlier.is_empty());
    assert!(session.item(other).is_ok());
}

#[test]
fn a_save_that_fails_leaves_the_file_pending_and_a_retry_works() {
    let (mut desk, mut session) = Desk::with_wallet();
    let file = add(&mut desk, &mut session, CONTENT);
    desk.disk.set(Some(Fault::From(0)));
    let failed = items::add(&mut world!(desk), &mut session, body("a", Some(file)));
    assert!(matches!(
        failed,
        Err(ItemError::Save(SaveError::NotSaved(NotSaved::Replace(_))))
    ));
    desk.disk.set(None);
    assert!(is_content(&session, &file));
    items::add(&mut world!(desk), &mut session, body("a", Some(file))).unwrap();
}

/// The kit's folder.
fn folder(text: &str) -> PathBuf {
    Path::new(STICK).join(format!("backup-kit-{}", name(text)))
}

fn in_kit(text: &str, file: &FileRef) -> PathBuf {
    folder(text).join("files").join(kit::file_name(file.id))
}

fn kept_with_kit(desk: &mut Desk, session: &mut Session) -> String {
    let text = desk.issue_with_kit(session).unwrap();
    let group = asked(session);
    desk.confirm_group(session, &group).unwrap();
    text
}

/// What the kit on the stick gives, with the files it has.
fn opened(desk: &Desk, text: &str) -> (kit::KitContents, KitFileContents) {
    let file = |name: &str| desk.disk.inner().bytes(&folder(text).join(name)).unwrap();
    let identity = Identity::unlock(&file("identity.age"), &code(text)).unwrap();
    let contents = identity.open(&file("wallet.age")).unwrap();
    let files = kits::read_files(desk.disk.inner(), &folder(text), &identity, &contents.items);
    (contents, files)
}

#[test]
fn a_kit_has_the_files_from_the_start_and_follows_every_change() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (first, one) = keep(&mut desk, &mut session, CONTENT);
    let text = kept_with_kit(&mut desk, &mut session);
    let stick = |desk: &Desk, file: &FileRef| desk.disk.inner().bytes(&in_kit(&text, file));
    let written = stick(&desk, &one).unwrap();
    let (_, other) = keep(&mut desk, &mut session, b"another");
    assert!(stick(&desk, &other).is_some());
    // What is there is not written again.
    assert_eq!(stick(&desk, &one), Some(written));
    let (_, files) = opened(&desk, &text);
    assert!(files.problems.is_empty());
    // What no item names any more goes, with what a crash left; what is not the kit's stays.
    let begun = in_kit(&text, &other).with_added_extension("new");
    let foreign = folder(&text).join("files").join("holiday.jpg");
    desk.disk.inner().put(&begun, b"half");
    desk.disk.inner().put(&foreign, b"photo");
    items::delete(&mut world!(desk), &mut session, first).unwrap();
    kits::refresh(&world!(desk), &mut session);
    assert!(stick(&desk, &one).is_none() && stick(&desk, &other).is_some());
    assert!(desk.disk.inner().bytes(&begun).is_none());
    assert!(desk.disk.inner().bytes(&foreign).is_some());
}

#[test]
fn a_restored_wallet_has_the_files_of_its_kit() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (_, file) = keep(&mut desk, &mut session, CONTENT);
    let text = kept_with_kit(&mut desk, &mut session);
    drop(session);
    let (contents, files) = opened(&desk, &text);
    let restoration = Restoration::new(contents, name(&text)).with_files(files);
    assert!(restoration.files_not_here().is_empty());
    let session = restored(restoration);
    assert!(is_content(&session, &file));
    assert!(files::not_here(&session).is_empty());
}

/// Restores on another computer.
fn restored(restoration: Restoration) -> Session {
    let mut desk = Desk::new();
    let to = restore::restore(
        &mut world!(desk),
        restoration,
        None,
        &password(NEW),
        KdfParams::FLOOR,
    );
    let Restored { session, .. } = to.unwrap_or_else(|failed| panic!("{}", failed.error));
    session
}

#[test]
fn a_file_that_is_missing_or_wrong_is_told_and_keeps_nobody_from_the_rest() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (_, sound) = keep(&mut desk, &mut session, CONTENT);
    let (item, spoilt) = keep(&mut desk, &mut session, b"another lease");
    let text = kept_with_kit(&mut desk, &mut session);
    let wallet = session.wallet();
    drop(session);
    let other = desk.disk.inner().bytes(&in_kit(&text, &sound)).unwrap();
    let path = in_kit(&text, &spoilt);
    let swapped = FileProblem::Other(FileError::Other);
    let damaged = FileProblem::Other(FileError::Open(OpenError::NotAKit));
    for (bytes, told) in [
        (Some(other), swapped),
        (Some(b"damaged".to_vec()), damaged),
        (None, FileProblem::Missing),
    ] {
        match bytes {
            Some(bytes) => desk.disk.inner().put(&path, &bytes),
            None => {
                use usecases::ports::Disk as _;
                desk.disk.inner().remove(&path).unwrap();
            }
        }
        let (contents, files) = opened(&desk, &text);
        assert_eq!(files.problems, [(spoilt.id, told)]);
        let restoration = Restoration::new(contents, name(&text)).with_files(files);
        let missing = restoration.files_not_here();
        assert_eq!(missing.len(), 1);
        assert_eq!((missing[0].item, missing[0].field), (item, 1));
        assert_eq!(restoration.file_problem(spoilt.id), Some(told));
        assert_eq!(restoration.file_problem(sound.id), None);
        let session = restored(restoration);
        assert!(is_content(&session, &sound));
        assert_eq!(files::not_here(&session), missing);
        let read = files::read(&session, spoilt.id);
        assert_eq!(read.err(), Some(ReadFileError::NotHere));
    }
    // Checking the code tells it too.
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.disk.inner().put(&path, b"damaged");
    let works = desk.check(&mut session, &code(&text)).unwrap();
    assert_eq!(works.kit, Some(KitCheck::LacksFiles));
}

#[test]
fn without_its_files_a_restored_wallet_keeps_their_names_and_saves() {
    let (mut desk, mut session) = Desk::with_wallet();
    let (item, file) = keep(&mut desk, &mut session, CONTENT);
    let text = kept_with_kit(&mut desk, &mut session);
    drop(session);
    let (contents, _) = opened(&desk, &text);
    let session = restored(Restoration::new(contents, name(&text)));
    let missing = files::not_here(&session);
    assert_eq!((missing[0].item, missing[0].file), (item, file.id));
    let named = &session.item(item).unwrap().present.body.fields[0];
    assert_eq!(named.text.expose(), "lease.pdf");
}

#[test]
fn whatever_the_disk_does_a_kit_never_names_a_file_that_it_lacks() {
    let mut steps = 0;
    loop {
        let (mut desk, mut session) = Desk::with_wallet();
        let (first, one) = keep(&mut desk, &mut session, CONTENT);
        let text = kept_with_kit(&mut desk, &mut session);
        let other = add(&mut desk, &mut session, b"another");
        let named = body("other.pdf", Some(other));
        items::add(&mut world!(desk), &mut session, named).unwrap();
        items::delete(&mut world!(desk), &mut session, first).unwrap();
        desk.disk.set(Some(Fault::From(steps)));
        kits::refresh(&world!(desk), &mut session);
        let finished = desk.disk.operations() <= steps;
        desk.disk.set(None);
        // A crash, or a power loss: what was not synced is gone.
        if steps % 2 == 1 {
            desk.disk.inner().cut_power();
        }
        let (contents, files) = opened(&desk, &text);
        assert!(files.problems.is_empty(), "at {steps}");
        let names_other = contents
            .items
            .iter()
            .any(|item| item.files().any(|it| *it == other));
        let names_one = contents
            .items
            .iter()
            .any(|item| item.files().any(|it| *it == one));
        assert!(names_other != names_one, "old or new, at {steps}");
        // The next refresh ends it.
        kits::refresh(&world!(desk), &mut session);
        assert_eq!(session.kits()[0].problem, None::<KitProblem>);
        let (_, files) = opened(&desk, &text);
        assert!(files.problems.is_empty());
        assert!(desk.disk.inner().bytes(&in_kit(&text, &one)).is_none());
        if finished {
            break;
        }
        steps += 1;
    }
    assert!(steps > 10);
}
