//! The kit of a code: made before it is shown, kept current at every save, gone with its code.

use std::path::{Path, PathBuf};

use kit::KitContents;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use usecases::check::KitCheck;
use usecases::issue::{self, IssueError, Terms};
use usecases::items::ItemError;
use usecases::kits::{self, KitProblem, KitState, KitWork, MoveError};
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::record::End;
use usecases::session::{SaveError, Session};
use wallet::testing::{BAD_SECTOR, Fault};
use wallet::{Timestamp, WalletId};

use crate::desk::{Desk, NEW, OLD, STICK, asked, code, name, world};

/// The kit's folder.
fn folder(text: &str) -> PathBuf {
    Path::new(STICK).join(format!("backup-kit-{}", name(text)))
}

/// What is in the kit, by what is on the stick.
fn opened(desk: &Desk, text: &str) -> KitContents {
    let file = |name: &str| desk.disk.inner().bytes(&folder(text).join(name)).unwrap();
    kit::open(&file("identity.age"), &file("wallet.age"), &code(text)).unwrap()
}

fn titles(contents: &KitContents) -> Vec<&str> {
    let items = contents.items.iter();
    items.map(|item| item.present.body.title.expose()).collect()
}

fn on_the_stick(desk: &Desk) -> usize {
    let names = desk.disk.inner().names();
    names.iter().filter(|path| path.starts_with(STICK)).count()
}

fn kept_with_kit(desk: &mut Desk, session: &mut Session) -> String {
    let text = desk.issue_with_kit(session).unwrap();
    let group = asked(session);
    desk.confirm_group(session, &group).unwrap();
    text
}

fn only(session: &Session) -> KitState {
    let kits = session.kits();
    assert_eq!(kits.len(), 1);
    kits[0].clone()
}

#[test]
fn a_kit_stands_when_its_code_is_shown_and_holds_every_later_save() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.note(&mut session, "before").unwrap();
    let text = desk.issue_with_kit(&mut session).unwrap();
    assert_eq!(titles(&opened(&desk, &text)), ["before"]);
    let group = asked(&session);
    desk.confirm_group(&mut session, &group).unwrap();
    desk.clock.pass(100);
    desk.note(&mut session, "after").unwrap();
    let contents = opened(&desk, &text);
    assert_eq!(titles(&contents), ["before", "after"]);
    assert_eq!(contents.wallet_id, session.wallet());
    assert_eq!(
        only(&session),
        KitState {
            identifier: name(&text),
            folder: folder(&text),
            live: true,
            problem: None
        }
    );
    assert_eq!(on_the_stick(&desk), 3);

    // The next session finds it as well.
    let wallet = session.wallet();
    drop(session);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "later").unwrap();
    assert_eq!(titles(&opened(&desk, &text)).len(), 3);
}

#[test]
fn a_stick_that_is_away_is_a_notice_and_catches_up_at_the_next_sign_in() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    desk.disk.inner().plug(Path::new(STICK), false);
    desk.note(&mut session, "while away").unwrap();
    assert_eq!(only(&session).problem, Some(KitProblem::Missing));
    kits::refresh(&world!(desk), &mut session);
    assert_eq!(only(&session).problem, Some(KitProblem::Missing));

    desk.disk.inner().plug(Path::new(STICK), true);
    let wallet = session.wallet();
    drop(session);
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(only(&session).problem, None);
    assert_eq!(titles(&opened(&desk, &text)), ["while away"]);
}

/// A wallet whose file is an older copy, and the code of a kit that holds what is newer.
fn older_than_its_kit() -> (Desk, WalletId, String) {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let older = desk.file(&session);
    desk.note(&mut session, "newest").unwrap();
    let (wallet, path) = (session.wallet(), session.path().to_owned());
    drop(session);
    desk.disk.inner().put(&path, &older);
    (desk, wallet, text)
}

#[test]
fn a_kit_that_is_ahead_of_an_older_copy_of_the_file_is_left_as_it_is() {
    let (mut desk, wallet, text) = older_than_its_kit();
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(only(&session).problem, Some(KitProblem::Ahead));
    assert_eq!(titles(&opened(&desk, &text)), ["newest"]);
    // Whatever is saved on top of the older copy.
    for title in ["other", "more"] {
        desk.note(&mut session, title).unwrap();
        assert_eq!(only(&session).problem, Some(KitProblem::Ahead));
        assert_eq!(titles(&opened(&desk, &text)), ["newest"]);
    }
    // A new code has a kit of its own, and the old one stays as well.
    let next = kept_with_kit(&mut desk, &mut session);
    assert_eq!(titles(&opened(&desk, &next)), ["other", "more"]);
    assert_eq!(titles(&opened(&desk, &text)), ["newest"]);
    let told = session.kits().into_iter().find(|kit| !kit.live).unwrap();
    assert_eq!(
        (told.identifier, told.problem),
        (name(&text), Some(KitProblem::Ahead))
    );
    kits::forget(&mut world!(desk), &mut session, name(&text)).unwrap();
    assert_eq!(only(&session).problem, None);
}

#[test]
fn a_redemption_on_an_older_copy_leaves_the_kit_that_is_ahead() {
    let (mut desk, wallet, text) = older_than_its_kit();
    let mut session = desk.redeem(wallet, &text).unwrap();
    kits::refresh(&world!(desk), &mut session);
    assert_eq!(only(&session).problem, Some(KitProblem::Ahead));
    assert_eq!(titles(&opened(&desk, &text)), ["newest"]);
}

#[test]
fn a_kit_that_its_medium_does_not_give_is_neither_overwritten_nor_removed() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let file = |name: &str| folder(&text).join(name);
    let mut spoilt = desk.disk.inner().bytes(&file("wallet.age")).unwrap();
    spoilt.extend(BAD_SECTOR);
    desk.disk.inner().put(&file("wallet.age"), &spoilt);
    desk.disk.set(Some(Fault::BadSectors));
    desk.note(&mut session, "more").unwrap();
    assert_eq!(only(&session).problem, None);
    assert_eq!(titles(&opened(&desk, &text)), ["more"]);
    let aside = desk.disk.inner().bytes(&file("wallet-unread.age"));
    assert_eq!(aside.unwrap(), spoilt);

    // Once more, and then its code ends.
    desk.disk.inner().put(&file("wallet.age"), &spoilt);
    desk.note(&mut session, "and more").unwrap();
    assert_eq!(only(&session).problem, Some(KitProblem::NotWritten));
    desk.revoke(&mut session, name(&text)).unwrap();
    kits::refresh(&world!(desk), &mut session);
    assert_eq!(only(&session).problem, Some(KitProblem::NotRemoved));
    assert!(desk.disk.inner().bytes(&file("identity.age")).is_some());
}

#[test]
fn an_older_copy_of_a_kit_is_brought_up_to_date() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let file = folder(&text).join("wallet.age");
    let older = desk.disk.inner().bytes(&file).unwrap();
    for number in 0..40 {
        desk.note(&mut session, &number.to_string()).unwrap();
    }
    desk.disk.inner().put(&file, &older);
    kits::refresh(&world!(desk), &mut session);
    assert_eq!(only(&session).problem, None);
    assert_eq!(titles(&opened(&desk, &text)).len(), 40);
}

#[test]
fn saves_of_one_commit_id_are_told_apart() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let (wallet, path) = (session.wallet(), session.path().to_owned());
    drop(session);
    // While the keychain is away, saves keep the commit id.
    desk.keychain.fail(Some(KeychainError::Unreachable));
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "one").unwrap();
    let older = desk.file(&session);
    desk.note(&mut session, "two").unwrap();
    desk.keychain.fail(None);
    drop(session);
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(titles(&opened(&desk, &text)), ["one", "two"]);
    drop(session);
    desk.disk.inner().put(&path, &older);
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(only(&session).problem, Some(KitProblem::Ahead));
    assert_eq!(titles(&opened(&desk, &text)), ["one", "two"]);
}

#[test]
fn a_kit_is_never_ahead_of_its_own_past_whatever_the_stick_and_the_app_do() {
    let mut rng = StdRng::seed_from_u64(13);
    for _ in 0..10 {
        let (mut desk, mut session) = Desk::with_wallet();
        let text = kept_with_kit(&mut desk, &mut session);
        let wallet = session.wallet();
        for number in 0..40 {
            match rng.random_range(0..8) {
                0 => desk.disk.inner().plug(Path::new(STICK), rng.random()),
                // The app was closed, or crashed before a kit's report was taken.
                1 => {
                    drop(session);
                    session = desk.sign_in(wallet, OLD).unwrap();
                }
                2 => {
                    desk.disk
                        .set(Some(Fault::FullAfter(rng.random_range(0..9))));
                    let _ = desk.note(&mut session, "full");
                    desk.disk.set(None);
                }
                // The stick answers too late to be reported.
                3 => {
                    let _ = desk.note(&mut session, "late");
                    let work = KitWork::of(&session, Timestamp(0)).unwrap();
                    session.take_kit_report(work.unanswered());
                    let late = work.run(&desk.disk);
                    drop(late);
                }
                _ => drop(desk.note(&mut session, &number.to_string()).unwrap()),
            }
            assert_ne!(only(&session).problem, Some(KitProblem::Ahead));
        }
        desk.disk.inner().plug(Path::new(STICK), true);
        kits::refresh(&world!(desk), &mut session);
        assert_eq!(only(&session).problem, None);
        assert_eq!(titles(&opened(&desk, &text)).len(), session.items().len());
    }
}

#[test]
fn trying_again_writes_what_a_full_stick_did_not_take() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let before = opened(&desk, &text).date;
    desk.clock.pass(10);
    desk.disk.set(Some(Fault::FullAfter(0)));
    kits::refresh(&world!(desk), &mut session);
    assert_eq!(only(&session).problem, Some(KitProblem::Full));
    // What was there is whole.
    assert_eq!(opened(&desk, &text).date, before);
    assert_eq!(on_the_stick(&desk), 3);
    desk.disk.set(None);
    kits::refresh(&world!(desk), &mut session);
    assert_eq!(only(&session).problem, None);
    assert!(opened(&desk, &text).date > before);
}

#[test]
fn the_old_kit_goes_when_the_new_code_is_kept_and_not_before() {
    let (mut desk, mut session) = Desk::with_wallet();
    let old = kept_with_kit(&mut desk, &mut session);
    let new = desk.issue_with_kit(&mut session).unwrap();
    desk.note(&mut session, "both").unwrap();
    for text in [&old, &new] {
        assert_eq!(titles(&opened(&desk, text)), ["both"]);
    }
    let group = asked(&session);
    desk.confirm_group(&mut session, &group).unwrap();
    assert_eq!(only(&session).identifier, name(&new));
    assert_eq!(on_the_stick(&desk), 3);
    opened(&desk, &new);
}

#[test]
fn the_kit_of_a_code_that_is_thrown_away_revoked_or_redeemed_goes() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.issue_with_kit(&mut session).unwrap();
    desk.discard(&mut session).unwrap();
    assert_eq!((on_the_stick(&desk), session.kits().len()), (0, 0));

    let revoked = kept_with_kit(&mut desk, &mut session);
    desk.revoke(&mut session, name(&revoked)).unwrap();
    assert_eq!((on_the_stick(&desk), session.kits().len()), (0, 0));

    let used = kept_with_kit(&mut desk, &mut session);
    let wallet = session.wallet();
    drop(session);
    let session = desk.redeem(wallet, &used).unwrap();
    assert_eq!((on_the_stick(&desk), session.kits().len()), (0, 0));
}

#[test]
fn a_dead_kit_out_of_reach_is_told_and_removed_when_its_drive_is_back() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let wallet = session.wallet();
    drop(session);
    desk.disk.inner().plug(Path::new(STICK), false);
    let mut session = desk.redeem(wallet, &text).unwrap();
    let told = only(&session);
    assert!(!told.live);
    assert_eq!(told.problem, Some(KitProblem::NotRemoved));
    // It is never written to again, and remembered.
    desk.note(&mut session, "secret of later").unwrap();
    drop(session);
    desk.disk.inner().plug(Path::new(STICK), true);
    assert_eq!(titles(&opened(&desk, &text)).len(), 0);
    let session = desk.sign_in(wallet, NEW).unwrap();
    assert_eq!((on_the_stick(&desk), session.kits().len()), (0, 0));
}

#[test]
fn a_dead_kit_whose_drive_is_lost_can_be_forgotten_and_a_live_one_cannot() {
    let (mut desk, mut session) = Desk::with_wallet();
    let dead = kept_with_kit(&mut desk, &mut session);
    desk.disk.inner().plug(Path::new(STICK), false);
    desk.revoke(&mut session, name(&dead)).unwrap();
    assert_eq!(only(&session).problem, Some(KitProblem::NotRemoved));
    desk.disk.set(Some(Fault::ReadOnly));
    assert!(kits::forget(&mut world!(desk), &mut session, name(&dead)).is_err());
    desk.disk.set(None);
    assert_eq!(session.kits().len(), 1);
    kits::forget(&mut world!(desk), &mut session, name(&dead)).unwrap();
    assert!(session.kits().is_empty());

    desk.disk.inner().plug(Path::new(STICK), true);
    let live = kept_with_kit(&mut desk, &mut session);
    kits::forget(&mut world!(desk), &mut session, name(&live)).unwrap();
    assert_eq!(only(&session).identifier, name(&live));
}

#[test]
fn what_is_not_ours_in_the_kit_s_folder_stays() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let theirs = folder(&text).join("holiday.jpg");
    desk.disk.inner().put(&theirs, b"picture");
    desk.revoke(&mut session, name(&text)).unwrap();
    assert_eq!(on_the_stick(&desk), 1);
    assert!(desk.disk.inner().bytes(&theirs).is_some());
    assert!(session.kits().is_empty());
}

#[test]
fn nothing_is_written_to_a_kit_while_the_keychain_cannot_say_that_its_code_is_live() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let wallet = session.wallet();
    drop(session);
    // A kit that is written again has other bytes, whatever it holds.
    let on_the_stick = |desk: &Desk| -> Vec<_> {
        let names = desk.disk.inner().names();
        let kit = names.into_iter().filter(|path| path.starts_with(STICK));
        kit.map(|path| desk.disk.inner().bytes(&path)).collect()
    };
    let before = on_the_stick(&desk);
    assert_eq!(before.len(), 3);
    desk.keychain.fail(Some(KeychainError::Unreachable));
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    assert!(on_the_stick(&desk) == before, "written at sign-in");
    desk.note(&mut session, "meanwhile").unwrap();
    assert!(on_the_stick(&desk) == before, "written after a save");
    assert_eq!(only(&session).problem, Some(KitProblem::Unsettled));
    desk.keychain.fail(None);
    drop(session);
    let session = desk.sign_in(wallet, OLD).unwrap();
    assert_eq!(only(&session).problem, None);
    assert_eq!(titles(&opened(&desk, &text)), ["meanwhile"]);
}

#[test]
fn whatever_fails_at_a_save_no_kit_is_ahead_of_the_file() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let wallet = session.wallet();
    let (mut number, mut unverified) = (0, 0);
    loop {
        desk.disk.set(Some(Fault::At(number)));
        let saved = desk.note(&mut session, "a note");
        let through = desk.disk.operations() <= number;
        desk.disk.set(None);
        if matches!(saved, Err(ItemError::Save(SaveError::InPlace(_)))) {
            unverified += 1;
            assert_eq!(only(&session).problem, Some(KitProblem::Unverified));
        }
        drop(session);
        session = desk.sign_in(wallet, OLD).unwrap();
        assert_eq!(only(&session).problem, None, "fault at {number}");
        opened(&desk, &text);
        if through {
            break;
        }
        number += 1;
    }
    assert!(unverified > 0, "{number} operations");
}

#[test]
fn a_kit_is_only_for_a_code_that_works_until_it_is_used_and_for_a_path_that_can_be_kept() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.identity(&mut session, OLD, None).unwrap();
    let mut terms = Terms {
        life: Life::Year,
        set: None,
        kit: Some(PathBuf::from(STICK)),
        pages: false,
    };
    let refused = issue::issue(&mut world!(desk), &mut session, &terms, false);
    assert!(matches!(refused, Err(IssueError::CopyOutlives)));
    terms.life = Life::UntilUsed;
    terms.kit = Some(PathBuf::from("not/absolute"));
    let refused = issue::issue(&mut world!(desk), &mut session, &terms, false);
    assert!(matches!(
        refused,
        Err(IssueError::Kit(kits::KitError::Folder))
    ));
    assert_eq!(on_the_stick(&desk), 0);
    assert!(desk.keychain.stored(session.wallet()).is_none());
}

#[test]
fn whatever_fails_while_a_code_with_a_kit_is_issued_no_kit_of_no_code_stays() {
    let (mut desk, mut session) = Desk::with_wallet();
    let mut number = 0;
    loop {
        desk.identity(&mut session, OLD, None).unwrap();
        desk.disk.set(Some(Fault::At(number)));
        let terms = Terms {
            life: Life::UntilUsed,
            set: None,
            kit: Some(PathBuf::from(STICK)),
            pages: false,
        };
        let issued = issue::issue(&mut world!(desk), &mut session, &terms, false);
        let through = desk.disk.operations() <= number;
        desk.disk.set(None);
        match issued {
            Ok(()) => {
                let text = crate::desk::shown(&session).remove(0);
                // A fault that only kept the kit from being brought up to date is told.
                opened(&desk, &text);
                desk.discard(&mut session).unwrap();
            }
            Err(_) => {
                // What a failing disk did not let be removed goes at the next save.
                desk.note(&mut session, "next").unwrap();
            }
        }
        assert_eq!(on_the_stick(&desk), 0, "fault at {number}");
        assert!(session.kits().is_empty(), "fault at {number}");
        if through {
            break;
        }
        number += 1;
    }
    assert!(number > 20, "{number}");
}

#[test]
fn a_kit_that_was_moved_is_kept_current_where_it_is() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let own = format!("backup-kit-{}", name(&text));
    for file in ["identity.age", "wallet.age", "README.txt"] {
        let disk = desk.disk.inner();
        let bytes = disk.bytes(&folder(&text).join(file)).unwrap();
        disk.put(&Path::new("/safe").join(&own).join(file), &bytes);
        wallet::disk::Disk::remove(disk, &folder(&text).join(file)).unwrap();
    }
    let elsewhere = kits::moved(
        &mut world!(desk),
        &mut session,
        name(&text),
        Path::new("/elsewhere"),
    );
    assert!(matches!(elsewhere, Err(MoveError::NotThere)));
    for to in ["/safe", &format!("/safe/{own}")] {
        kits::moved(&mut world!(desk), &mut session, name(&text), Path::new(to)).unwrap();
        assert_eq!(only(&session).folder, Path::new("/safe").join(&own));
        assert_eq!(only(&session).problem, None);
    }
    desk.note(&mut session, "there").unwrap();
    let works = desk.check(&mut session, &code(&text)).unwrap();
    assert!(matches!(works.kit, Some(KitCheck::Opens { .. })));
}

#[test]
fn a_check_opens_the_kit_and_says_when_it_cannot() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let date = desk.clock_now();
    let kit = |desk: &mut Desk, session: &mut Session| {
        let works = desk.check(session, &code(&text)).unwrap();
        works.kit
    };
    assert_eq!(kit(&mut desk, &mut session), Some(KitCheck::Opens { date }));
    desk.disk.inner().plug(Path::new(STICK), false);
    assert_eq!(kit(&mut desk, &mut session), Some(KitCheck::Away));
    desk.disk.inner().plug(Path::new(STICK), true);
    let identity = folder(&text).join("identity.age");
    desk.disk.inner().put(&identity, b"something else");
    assert_eq!(kit(&mut desk, &mut session), Some(KitCheck::DoesNotOpen));
    let without = desk.kept(&mut session, Life::UntilUsed);
    let works = desk.check(&mut session, &code(&without)).unwrap();
    assert_eq!(works.kit, None);
}

#[test]
fn the_kit_of_a_code_that_expired_while_the_keychain_was_away_gets_no_later_save() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = kept_with_kit(&mut desk, &mut session);
    let before = titles(&opened(&desk, &text)).len();
    drop(session);
    // Revoked elsewhere: the keychain knows, and the file has its slot still.
    let mut record = desk.record(wallet);
    assert!(record.end(name(&text), End::Revoked, desk.clock_now()));
    desk.keychain.fail(Some(KeychainError::Unreachable));
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.keychain.fail(None);
    record.write(&desk.keychain, wallet).unwrap();
    // The keychain is back, and another use of the record settles everything.
    let unknown = desk.check(&mut session, &crate::desk::stranger());
    assert!(unknown.is_err());
    desk.note(&mut session, "after the end").unwrap();
    assert!(on_the_stick(&desk) == 0 || titles(&opened(&desk, &text)).len() == before);
    assert!(session.kits().is_empty());
}

#[test]
fn a_power_cut_takes_no_kit_that_was_made() {
    let (mut desk, mut session) = Desk::with_wallet();
    desk.note(&mut session, "before").unwrap();
    let text = desk.issue_with_kit(&mut session).unwrap();
    drop(session);
    desk.disk.inner().cut_power();
    assert_eq!(titles(&opened(&desk, &text)), ["before"]);
}
