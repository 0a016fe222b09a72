//! A wallet file that is damaged or missing beside its generations and other copies: they are
//! found, told apart, and one of them can take its place.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use usecases::copies::{self, Lost, Why};
use usecases::find::{self, Compared, FindError, Wallets};
use usecases::life::Life;
use usecases::older::{self, OlderError};
use usecases::session::Session;
use wallet::WalletId;
use wallet::store::{self, LockError};
use wallet::testing::{BAD_SECTOR, Fault};

use crate::desk::{Desk, FOLDER, NEW, OLD, code, name, world};

fn found(desk: &Desk) -> Wallets {
    find::wallets(desk.disk.inner(), Path::new(FOLDER)).unwrap()
}

fn only_lost(desk: &Desk) -> Lost {
    let mut wallets = found(desk);
    assert_eq!(wallets.unreadable, [] as [String; 0]);
    assert_eq!(wallets.lost.len(), 1);
    wallets.lost.remove(0)
}

fn names(lost: &Lost) -> Vec<String> {
    lost.copies
        .iter()
        .map(|copy| find::shown(&copy.path))
        .collect()
}

fn put_back(desk: &mut Desk, wallet: WalletId, name: &str) -> Result<(), OlderError> {
    older::put_back(&world!(desk), wallet, OsStr::new(name), None)
}

/// The copies of a wallet whose own file did not open.
fn unopened(desk: &Desk, wallet: WalletId, why: Why) -> Option<Lost> {
    copies::of_unopened(desk.disk.inner(), Path::new(FOLDER), wallet, why).unwrap()
}

fn replace(desk: &mut Desk, wallet: WalletId, name: &str, why: Why) -> Result<(), OlderError> {
    older::put_back(&world!(desk), wallet, OsStr::new(name), Some(why))
}

/// A wallet that was saved three times, with one, two and three notes.
fn saved() -> (Desk, WalletId, PathBuf) {
    let (mut desk, mut session) = Desk::with_wallet();
    for title in ["one", "two", "three"] {
        desk.note(&mut session, title).unwrap();
    }
    let (wallet, path) = (session.wallet(), session.path().to_owned());
    drop(session);
    (desk, wallet, path)
}

fn beside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(name)
}

fn file_name(path: &Path) -> String {
    find::shown(path)
}

/// What is left of a file after a crash of a disk, a synchroniser or a file system.
fn ruins(whole: &[u8]) -> [Vec<u8>; 4] {
    [
        Vec::new(),
        // Cut within the header.
        whole[..whole.len() / 4].to_vec(),
        vec![0; whole.len()],
        b"something else".to_vec(),
    ]
}

fn titles(session: &Session) -> usize {
    session.items().len()
}

#[test]
fn a_damaged_file_is_found_with_its_generations_and_one_of_them_takes_its_place() {
    let (start, wallet, path) = saved();
    let whole = start.disk.inner().bytes(&path).unwrap();
    for ruin in ruins(&whole) {
        let mut desk = start.fork();
        desk.disk.inner().put(&path, &ruin);
        let lost = only_lost(&desk);
        let own = file_name(&path);
        assert_eq!((lost.wallet, lost.why), (wallet, Why::Damaged));
        assert_eq!(lost.email.as_str(), "ada@example.com");
        assert_eq!(names(&lost), [1, 2, 3].map(|back| format!("{own}.{back}")));

        put_back(&mut desk, wallet, &format!("{own}.1")).unwrap();
        assert_eq!(found(&desk).lost.len(), 0);
        let aside = desk
            .disk
            .inner()
            .bytes(&beside(&path, &format!("{own}.damaged")));
        assert_eq!(aside.unwrap(), ruin);
        let session = desk.sign_in(wallet, OLD).unwrap();
        assert_eq!(titles(&session), 2);
    }
}

#[test]
fn a_missing_file_is_found_by_its_generations_unless_it_was_replaced() {
    let (mut desk, wallet, path) = saved();
    let inner = desk.disk.inner().clone();
    wallet::disk::Disk::remove(&inner, &path).unwrap();
    assert_eq!(only_lost(&desk).why, Why::Missing);
    let second = format!("{}.2", file_name(&path));
    put_back(&mut desk, wallet, &second).unwrap();
    assert_eq!(titles(&desk.sign_in(wallet, OLD).unwrap()), 1);

    store::set_aside(&inner, &path).unwrap();
    assert_eq!(found(&desk).lost.len(), 0);
}

#[test]
fn a_generation_that_cannot_be_read_or_is_of_another_wallet_is_not_offered() {
    let (mut desk, wallet, path) = saved();
    let other = desk.create("grace@example.com").unwrap();
    let foreign = desk.file(&other);
    drop(other);
    let own = file_name(&path);
    desk.disk.inner().put(&path, b"");
    desk.disk.inner().put(&store::generation(&path, 1), b"");
    desk.disk
        .inner()
        .put(&store::generation(&path, 3), &foreign);
    assert_eq!(names(&only_lost(&desk)), [format!("{own}.2")]);
    let no_copies = [
        format!("{own}.1"),
        format!("{own}.3"),
        format!("{own}.4"),
        own.clone(),
        format!("../wallets/{own}.2"),
        "..".to_owned(),
        String::new(),
    ];
    for name in no_copies {
        let refused = put_back(&mut desk, wallet, &name);
        assert!(matches!(refused, Err(OlderError::Gone)), "{name}");
    }
    assert_eq!(desk.disk.inner().bytes(&path).unwrap(), b"");

    desk.disk.inner().put(&store::generation(&path, 2), b"");
    let wallets = found(&desk);
    assert_eq!((wallets.lost.len(), wallets.unreadable), (0, vec![own]));
}

#[test]
fn whatever_fails_meanwhile_either_file_is_whole_and_a_retry_works() {
    let (start, wallet, path) = saved();
    start.disk.inner().put(&path, b"");
    let first = format!("{}.1", file_name(&path));
    let older = start
        .disk
        .inner()
        .bytes(&store::generation(&path, 1))
        .unwrap();
    for kind in [
        Fault::At,
        Fault::From,
        Fault::Reported,
        Fault::ReportedThenGone,
    ] {
        for number in 0.. {
            let mut desk = start.fork();
            desk.disk.set(Some(kind(number)));
            let done = put_back(&mut desk, wallet, &first);
            let operations = desk.disk.operations();
            desk.disk.set(None);
            let now = desk.disk.inner().bytes(&path).unwrap();
            assert!(now == older || now.is_empty() && done.is_err(), "{number}");
            if matches!(done, Err(OlderError::NotSaved(_))) {
                assert_eq!(now, b"", "{number}");
            }
            put_back(&mut desk, wallet, &first).unwrap();
            assert_eq!(desk.disk.inner().bytes(&path).unwrap(), older, "{number}");
            let aside = path.with_added_extension("damaged");
            assert_eq!(desk.disk.inner().bytes(&aside).unwrap(), b"", "{number}");
            assert_eq!(titles(&desk.sign_in(wallet, OLD).unwrap()), 2);
            if operations <= number {
                break;
            }
        }
    }
}

#[test]
fn what_a_power_cut_leaves_is_the_damaged_file_or_the_copy() {
    let (start, wallet, path) = saved();
    start.disk.inner().put(&path, b"");
    let first = format!("{}.1", file_name(&path));
    for number in 0.. {
        let mut desk = start.fork();
        desk.disk.set(Some(Fault::From(number)));
        let done = put_back(&mut desk, wallet, &first);
        let operations = desk.disk.operations();
        desk.disk.inner().cut_power();
        desk.disk.set(None);
        assert!(done.is_err() || desk.opens(wallet, OLD), "{number}");
        assert!(
            found(&desk).lost.len() == 1 || desk.opens(wallet, OLD),
            "{number}"
        );
        put_back(&mut desk, wallet, &first).unwrap();
        assert!(desk.opens(wallet, OLD));
        if operations <= number {
            break;
        }
    }
}

#[test]
fn a_file_that_can_be_read_is_in_use_or_of_a_newer_version_is_left_as_it_is() {
    let (mut desk, wallet, path) = saved();
    let first = format!("{}.1", file_name(&path));
    let whole = desk.disk.inner().bytes(&path).unwrap();
    put_back(&mut desk, wallet, &first).unwrap();
    assert_eq!(desk.disk.inner().bytes(&path).unwrap(), whole);

    let session = desk.sign_in(wallet, OLD).unwrap();
    let refused = put_back(&mut desk, wallet, &first);
    assert!(matches!(refused, Err(OlderError::Lock(LockError::Busy))));
    drop(session);

    let mut newer = whole;
    newer[9] = 9;
    desk.disk.inner().put(&path, &newer);
    assert_eq!(found(&desk).lost.len(), 0);
    assert_eq!(found(&desk).unreadable, [file_name(&path)]);
    let refused = put_back(&mut desk, wallet, &first);
    assert!(matches!(refused, Err(OlderError::Find(FindError::Load(_)))));
    assert_eq!(desk.disk.inner().bytes(&path).unwrap(), newer);
}

#[test]
fn a_file_that_only_its_password_shows_to_be_damaged_is_replaced_too() {
    let (mut desk, wallet, path) = saved();
    let mut cut = desk.disk.inner().bytes(&path).unwrap();
    cut.truncate(cut.len() - 5);
    desk.disk.inner().put(&path, &cut);
    assert!(desk.first_step(wallet, OLD).is_err());
    let lost = unopened(&desk, wallet, Why::Damaged).unwrap();
    assert_eq!((lost.copies.len(), lost.why), (3, Why::Damaged));
    let first = format!("{}.1", file_name(&path));
    for _ in 0..2 {
        replace(&mut desk, wallet, &first, Why::Damaged).unwrap();
        assert_eq!(titles(&desk.sign_in(wallet, OLD).unwrap()), 2);
    }
    let aside = path.with_added_extension("damaged");
    assert_eq!(desk.disk.inner().bytes(&aside).unwrap(), cut);
    assert_eq!(
        desk.disk
            .inner()
            .bytes(&path.with_added_extension("damaged-2")),
        None
    );
}

#[test]
fn a_password_that_a_damaged_slot_refuses_opens_a_copy_and_the_file_is_offered_again() {
    let (mut desk, wallet, path) = saved();
    assert!(
        unopened(&desk, wallet, Why::Password).is_none(),
        "the copies have the same password"
    );
    // A header that can be read, with another wrapped key.
    let whole = desk.disk.inner().bytes(&path).unwrap();
    let mut flipped = whole.clone();
    let slot = whole.windows(10).position(|at| at == b"\"sealed\":\"");
    let at = slot.unwrap() + 10;
    flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
    desk.disk.inner().put(&path, &flipped);
    let refused = desk.first_step(wallet, OLD).err().unwrap();
    assert_eq!(older::after_password(&refused), Some(Why::Password));
    let own = file_name(&path);
    let lost = unopened(&desk, wallet, Why::Password).unwrap();
    assert_eq!(names(&lost), [1, 2, 3].map(|back| format!("{own}.{back}")));
    replace(&mut desk, wallet, &format!("{own}.1"), Why::Password).unwrap();
    desk.clock.pass(1);
    assert_eq!(titles(&desk.sign_in(wallet, OLD).unwrap()), 2);

    // What was refused is a copy like others, and is not read as damaged.
    let aside = format!("{own}.refused");
    let kept = desk.disk.inner().bytes(&beside(&path, &aside));
    assert_eq!(kept.unwrap(), flipped);
    let lost = unopened(&desk, wallet, Why::Password).unwrap();
    assert_eq!(names(&lost), [aside]);
    let wallets = found(&desk);
    assert_eq!((wallets.lost.len(), wallets.beside.len()), (0, 0));
}

#[test]
fn a_file_in_bad_sectors_gives_way_to_a_copy_and_is_kept() {
    let (mut desk, wallet, path) = saved();
    let mut bytes = desk.disk.inner().bytes(&path).unwrap();
    bytes.extend(BAD_SECTOR);
    desk.disk.inner().put(&path, &bytes);
    desk.disk.set(Some(Fault::BadSectors));
    let mut wallets = find::wallets(&desk.disk, Path::new(FOLDER)).unwrap();
    assert_eq!((wallets.known.len(), wallets.unreadable.len()), (0, 0));
    let lost = wallets.lost.remove(0);
    assert_eq!((lost.why, lost.copies.len()), (Why::Unreadable, 3));
    put_back(&mut desk, wallet, &format!("{}.1", file_name(&path))).unwrap();
    assert_eq!(titles(&desk.sign_in(wallet, OLD).unwrap()), 2);
    let aside = path.with_added_extension("refused");
    assert_eq!(desk.disk.inner().bytes(&aside).unwrap(), bytes);
}

#[test]
fn after_a_copy_that_the_password_does_not_open_the_others_are_offered_again() {
    let (mut desk, wallet, path) = saved();
    let own = file_name(&path);
    // Another day's copy of this wallet, with another password.
    let mut elsewhere = desk.fork();
    let mut session = elsewhere.sign_in(wallet, OLD).unwrap();
    elsewhere.change_password(&mut session, OLD, NEW).unwrap();
    drop(session);
    let foreign = format!("{wallet} (conflicted copy).wallet");
    let bytes = elsewhere.disk.inner().bytes(&path).unwrap();
    desk.disk.inner().put(&beside(&path, &foreign), &bytes);
    desk.disk.inner().put(&path, b"");
    put_back(&mut desk, wallet, &foreign).unwrap();

    let refused = desk.first_step(wallet, OLD).err().unwrap();
    assert_eq!(older::after_password(&refused), Some(Why::Password));
    let lost = unopened(&desk, wallet, Why::Password).unwrap();
    assert_eq!(names(&lost), [1, 2, 3].map(|back| format!("{own}.{back}")));
    replace(&mut desk, wallet, &format!("{own}.1"), Why::Password).unwrap();
    desk.clock.pass(1);
    assert_eq!(titles(&desk.sign_in(wallet, OLD).unwrap()), 2);
}

#[test]
fn a_code_whose_slot_is_spoilt_or_missing_in_the_file_opens_a_copy() {
    let (start, wallet, path, text) = {
        let (mut desk, mut session) = Desk::with_wallet();
        let text = desk.kept(&mut session, Life::UntilUsed);
        desk.note(&mut session, "later").unwrap();
        let (wallet, path) = (session.wallet(), session.path().to_owned());
        (desk, wallet, path, text)
    };
    let why = Why::Code(name(&text));
    let own = file_name(&path);
    let mut cut = start.disk.inner().bytes(&path).unwrap();
    cut.truncate(cut.len() - 5);
    let before = start.disk.inner().bytes(&store::generation(&path, 3));
    for bytes in [cut, before.unwrap()] {
        let mut desk = start.fork();
        desk.disk.inner().put(&path, &bytes);
        let refused = desk.accept(Some(wallet), &code(&text)).err().unwrap();
        assert_eq!(older::after_code(&refused, name(&text)), Some(why));
        let lost = unopened(&desk, wallet, why).unwrap();
        assert!(names(&lost).contains(&format!("{own}.1")));
        assert!(
            lost.copies
                .iter()
                .all(|copy| copy.slots.contains(&name(&text)))
        );
        replace(&mut desk, wallet, &format!("{own}.1"), why).unwrap();
        assert!(desk.accepts(&text));
    }
}

#[test]
fn a_wallet_that_was_moved_away_and_restored_since_is_missed_again() {
    let (mut desk, wallet, path) = saved();
    let disk = desk.disk.inner().clone();
    let old = desk.disk.inner().bytes(&store::generation(&path, 1));
    store::set_aside(&disk, &path).unwrap();
    assert_eq!(found(&desk).lost.len(), 0);
    // Restored under its own id, with another key, and saved.
    disk.put(
        &path,
        &disk.bytes(&path.with_added_extension("moved")).unwrap(),
    );
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.change_password(&mut session, OLD, NEW).unwrap();
    desk.note(&mut session, "restored").unwrap();
    drop(session);
    disk.put(&store::generation(&path, 3), &old.unwrap());
    wallet::disk::Disk::remove(&disk, &path).unwrap();
    let lost = only_lost(&desk);
    assert_eq!(names(&lost), [format!("{}.1", file_name(&path))]);
}

#[test]
fn codes_of_the_older_copy_work_and_what_is_missing_is_told() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    desk.note(&mut session, "later").unwrap();
    let (wallet, path) = (session.wallet(), session.path().to_owned());
    drop(session);
    desk.disk.inner().put(&path, b"");
    let lost = only_lost(&desk);
    assert_eq!(lost.copies[0].slots, [name(&text)]);
    put_back(&mut desk, wallet, &format!("{}.1", file_name(&path))).unwrap();
    assert!(desk.accepts(&text));

    // The copy from before the code was issued has no slot for it.
    desk.disk.inner().put(&path, b"");
    put_back(&mut desk, wallet, &format!("{}.3", file_name(&path))).unwrap();
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert!(desk.state(&session).older_file);
}

#[test]
fn copies_that_others_made_are_compared_and_never_mixed_up_with_the_wallet() {
    let (mut desk, wallet, path) = saved();
    let id = wallet.to_string();
    let whole = desk.disk.inner().bytes(&path).unwrap();
    let older = desk
        .disk
        .inner()
        .bytes(&store::generation(&path, 2))
        .unwrap();
    let mut fork = desk.fork();
    let mut session = fork.sign_in(wallet, OLD).unwrap();
    fork.note(&mut session, "elsewhere").unwrap();
    let apart = fork.file(&session);
    let copies = [
        (format!("{id} (1).wallet"), &whole, Compared::Same),
        (
            format!("{id} (conflicted copy 2026-01-02).wallet"),
            &apart,
            Compared::Apart,
        ),
        (format!("{id} - Copy.wallet"), &older, Compared::Older),
        (
            format!("{id}.sync-conflict-20260102-030405-ABCDEFG.wallet"),
            &apart,
            Compared::Apart,
        ),
        (
            format!("{}.WALLET", id.to_uppercase()),
            &whole,
            Compared::Same,
        ),
    ];
    for (name, bytes, _) in &copies {
        desk.disk.inner().put(&beside(&path, name), bytes);
    }
    for name in [format!("._{id}.wallet"), format!("{id} (2).wallet")] {
        desk.disk.inner().put(&beside(&path, &name), b"");
    }
    let wallets = found(&desk);
    assert_eq!(wallets.unreadable, [] as [String; 0]);
    assert_eq!((wallets.known.len(), wallets.lost.len()), (1, 0));
    for (name, _, compared) in &copies {
        let copy = wallets
            .beside
            .iter()
            .find(|copy| find::shown(&copy.path) == *name);
        let copy = copy.unwrap_or_else(|| panic!("{name} is not found"));
        assert_eq!((copy.wallet, copy.compared), (wallet, *compared), "{name}");
    }
    assert_eq!(wallets.beside.len(), copies.len());
    // Saving goes on in the wallet's own file, and touches no copy.
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "four").unwrap();
    for (name, bytes, _) in &copies {
        assert_eq!(
            desk.disk.inner().bytes(&beside(&path, name)).as_ref(),
            Some(*bytes)
        );
    }
}

#[test]
fn a_wallet_that_is_here_only_under_another_name_is_offered_and_gets_its_own() {
    let (mut desk, wallet, path) = saved();
    let whole = desk.disk.inner().bytes(&path).unwrap();
    let mut elsewhere = Desk::new();
    elsewhere.rng = rand::SeedableRng::seed_from_u64(5);
    drop(elsewhere.create("grace@example.com").unwrap());
    elsewhere
        .disk
        .inner()
        .put(Path::new("/wallets/my wallet.wallet"), &whole);
    let lost = only_lost(&elsewhere);
    assert_eq!((lost.wallet, lost.why), (wallet, Why::Missing));
    assert_eq!(names(&lost), ["my wallet.wallet"]);
    put_back(&mut elsewhere, wallet, "my wallet.wallet").unwrap();
    assert_eq!(titles(&elsewhere.sign_in(wallet, OLD).unwrap()), 3);
    assert_eq!(found(&elsewhere).known.len(), 2);

    // Under the name of another wallet too, which is damaged thereby.
    let mut other = desk.create("grace@example.com").unwrap();
    desk.note(&mut other, "hers").unwrap();
    let (hers, her_path) = (other.wallet(), other.path().to_owned());
    drop(other);
    desk.disk.inner().put(&her_path, &whole);
    wallet::disk::Disk::remove(desk.disk.inner(), &path).unwrap();
    for back in 1..=3 {
        wallet::disk::Disk::remove(desk.disk.inner(), &store::generation(&path, back)).unwrap();
    }
    let wallets = found(&desk);
    assert_eq!((wallets.known.len(), wallets.lost.len()), (0, 2));
    put_back(&mut desk, wallet, &file_name(&her_path)).unwrap();
    put_back(&mut desk, hers, &format!("{}.1", file_name(&her_path))).unwrap();
    assert!(desk.opens(wallet, OLD) && desk.opens(hers, OLD));
}

#[test]
fn after_a_new_password_nothing_that_the_old_one_opens_is_offered() {
    let (mut desk, wallet, path) = saved();
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.change_password(&mut session, OLD, NEW).unwrap();
    drop(session);
    desk.disk.inner().put(&path, b"");
    let wallets = found(&desk);
    assert_eq!((wallets.lost.len(), wallets.unreadable.len()), (0, 1));
}
