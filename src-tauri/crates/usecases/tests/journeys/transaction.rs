//! Every change of a wallet's contents is one transaction: whatever the disk does, memory holds
//! what the file holds, and what the caller is told is true.

use std::fmt::Write as _;
use std::path::Path;

use code::{Reading, SetSize, ShareIndex, Shares, TypedCode};
use rand::SeedableRng;
use rand::rngs::StdRng;
use usecases::confirm::Proof;
use usecases::email::{self, EmailChangeError};
use usecases::issue::{self, IssueError, Terms};
use usecases::items::{self, ItemError};
use usecases::judge::Tried;
use usecases::kits::{self, MoveError};
use usecases::life::Life;
use usecases::pages::{self, PagesError};
use usecases::password_change::PasswordChangeError;
use usecases::remake::{self, RemakeError};
use usecases::session::{LONGEST_LOG, SaveError, Session};
use usecases::two_step::{self, TwoStepError};
use wallet::testing::Fault;
use wallet::{CommitId, Event, KdfParams, LogEntry, Opened, Timestamp, TwoStep, store};

use crate::desk::email as address;
use crate::desk::{
    Desk, FOLDER, NEW, OLD, START, STICK, asked, authenticator, email, name, password, world,
};

/// Everything in an open wallet but its commit id, as text.
fn everything(opened: &Opened) -> String {
    let (header, contents) = (opened.header(), &opened.contents);
    let mut text = format!("{} {}\n", header.email.as_str(), header.keychain);
    for slot in &header.code_slots {
        let _ = writeln!(text, "slot {:?} {}", slot.id, slot.identifier);
    }
    for item in &contents.items {
        let note = &item.present.body.fields[0].text;
        let (title, note) = (item.present.body.title.expose(), note.expose());
        let _ = writeln!(
            text,
            "{:?} {title} {note} {:?}",
            item.id, item.present.changed
        );
    }
    let _ = match &contents.two_step {
        TwoStep::Later => writeln!(text, "later"),
        TwoStep::On(secret) => writeln!(text, "on {:?}", secret.expose()),
        TwoStep::OffAfterRecovery => writeln!(text, "off"),
    };
    for kit in &contents.kits {
        let _ = writeln!(
            text,
            "{} {} {:?}",
            kit.identifier, kit.recipient, kit.folder
        );
    }
    let _ = writeln!(text, "{:?}", contents.pages);
    for entry in &contents.log {
        let _ = writeln!(text, "{entry:?}");
    }
    text
}

/// The same of the file, opened with the key that is in memory.
fn on_disk(desk: &Desk, session: &Session) -> String {
    try_on_disk(desk, session).expect("memory has the key of the file")
}

/// None if the file was sealed with another key.
fn try_on_disk(desk: &Desk, session: &Session) -> Option<String> {
    let sealed = store::load(desk.disk.inner(), session.path()).unwrap();
    Some(everything(&sealed.open_again(session.opened()).ok()?))
}

/// What a change reported: done, the old state, or the new one.
#[derive(Debug, PartialEq)]
enum Told {
    Done,
    NotSaved,
    InPlace,
    /// The keychain has spoken, and the file follows with the next save.
    Later,
}

/// A wallet with a full log, a note, a live set with a kit and pages, and an unconfirmed code.
struct Start {
    desk: Desk,
    session: Session,
    shares: Vec<String>,
    made: pages::Made,
    held: String,
}

fn start() -> Start {
    let mut desk = Desk::new();
    let mut opened = Opened::create(
        &mut desk.rng,
        email("ada@example.com"),
        &password(OLD),
        KdfParams::FLOOR,
        &mut desk.memory,
        "secret-service",
    )
    .unwrap();
    opened.contents.two_step = TwoStep::OffAfterRecovery;
    let lines = 0..i64::try_from(LONGEST_LOG).unwrap();
    opened.contents.log = lines
        .map(|line| LogEntry {
            at: Timestamp(START - 10_000 + line),
            event: Event::FailedTries { count: 1 },
        })
        .collect();
    let wallet = opened.header().wallet_id;
    let commit = CommitId::random(&mut desk.rng);
    let bytes = opened.seal(&mut desk.rng, commit).unwrap();
    let path = store::path(Path::new(FOLDER), wallet);
    desk.disk.inner().put(&path, &bytes);
    let mut session = desk.sign_in(wallet, OLD).unwrap();
    desk.note(&mut session, "first").unwrap();

    desk.identity(&mut session, OLD, None).unwrap();
    let terms = Terms {
        life: Life::UntilUsed,
        set: SetSize::new(2, 3),
        kit: Some(STICK.into()),
        pages: true,
    };
    issue::issue(&mut world!(desk), &mut session, &terms, false).unwrap();
    let shares = crate::desk::shown(&session);
    let made = pages::make(&world!(desk), &session).unwrap();
    for sheet in 0..3 {
        let typed = crate::desk::asked_of(&session, sheet);
        let typed = typed.as_str();
        desk.keep(&mut session, &Proof::Group { sheet, typed })
            .unwrap();
    }
    desk.identity(&mut session, OLD, None).unwrap();
    let held = desk
        .issue_unasked(&mut session, Life::TwoHours, true)
        .unwrap();
    desk.identity(&mut session, OLD, None).unwrap();
    assert_eq!(session.log().len(), LONGEST_LOG);
    Start {
        desk,
        session,
        shares,
        made,
        held,
    }
}

/// Tells what an operation reported, by its error type.
macro_rules! told {
    ($changed:expr, $error:ident) => {
        match $changed {
            Ok(_) => Told::Done,
            Err($error::Save(SaveError::InPlace(_))) => Told::InPlace,
            Err(_) => Told::NotSaved,
        }
    };
}

type Change = fn(&mut Desk, &mut Session, &Start) -> Told;

/// Every change of a wallet's contents that a person can make.
const CHANGES: &[(&str, Change)] = &[
    ("add a note", |desk, session, _| {
        told!(desk.note(session, "second"), ItemError)
    }),
    ("delete a note", |desk, session, _| {
        let id = session.items()[0].id;
        told!(items::delete(&mut world!(desk), session, id), ItemError)
    }),
    ("postpone two-step verification", |desk, session, _| {
        told!(two_step::postpone(&mut world!(desk), session), TwoStepError)
    }),
    ("turn two-step verification on", |desk, session, _| {
        let setup = desk.begin_two_step(session);
        let digits = desk.digits_of(&authenticator(&setup));
        told!(
            desk.confirm_two_step(session, &setup, &digits),
            TwoStepError
        )
    }),
    ("turn two-step verification off", |desk, session, _| {
        told!(two_step::turn_off(&mut world!(desk), session), TwoStepError)
    }),
    ("change the password", |desk, session, _| {
        told!(desk.change_password(session, OLD, NEW), PasswordChangeError)
    }),
    ("change the e-mail", |desk, session, _| {
        let next = address("ada@lovelace.example");
        told!(
            email::change(&mut world!(desk), session, next),
            EmailChangeError
        )
    }),
    ("issue a code", |desk, session, _| {
        told!(
            desk.issue_unasked(session, Life::TwoHours, true),
            IssueError
        )
    }),
    ("issue a code with a kit", |desk, session, _| {
        let terms = Terms {
            life: Life::UntilUsed,
            set: None,
            kit: Some(STICK.into()),
            pages: false,
        };
        told!(
            issue::issue(&mut world!(desk), session, &terms, true),
            IssueError
        )
    }),
    ("confirm a code", |desk, session, _| {
        let group = asked(session);
        desk.confirm_group(session, &group).unwrap();
        Told::Later
    }),
    ("discard a code", |desk, session, _| {
        desk.discard(session).unwrap();
        Told::Later
    }),
    ("revoke a code", |desk, session, start| {
        desk.revoke(session, name(&start.held)).unwrap();
        Told::Later
    }),
    ("check a code", |desk, session, start| {
        // A wallet that cannot be read is not checked.
        let _ = desk.check(session, &crate::desk::code(&start.held));
        Told::Later
    }),
    ("make sheets again", |desk, session, start| {
        let mut shares = Shares::default();
        for text in &start.shares[..2] {
            let Reading::Share(share) = TypedCode::parse(text).unwrap().read() else {
                panic!("{text} is not a share");
            };
            shares.add(share).unwrap();
        }
        let letters = [ShareIndex::in_order().nth(3).unwrap()];
        let (waits, tried) = (&desk.waits, Tried::Counts);
        let made = remake::remake(&mut world!(desk), waits, session, &shares, tried, &letters);
        told!(made, RemakeError)
    }),
    ("remember pages", |desk, session, start| {
        told!(
            pages::remember(&mut world!(desk), session, &start.made),
            PagesError
        )
    }),
    ("move a kit", |desk, session, _| {
        let kit = session.kits()[0].clone();
        for file in ["identity.age", "wallet.age", "README.txt"] {
            let bytes = desk.disk.inner().bytes(&kit.folder.join(file)).unwrap();
            let own = kit.folder.file_name().unwrap();
            let moved = Path::new("/other").join(own).join(file);
            desk.disk.inner().put(&moved, &bytes);
        }
        let to = Path::new("/other");
        told!(
            kits::moved(&mut world!(desk), session, kit.identifier, to),
            MoveError
        )
    }),
];

/// Names the first line that differs.
fn assert_same(one: &str, other: &str, what: &str, fault: Fault) {
    if one != other {
        let mut lines = one.lines().zip(other.lines());
        let different = lines.find(|(one, other)| one != other);
        panic!("{what}, {fault:?}: {different:?}");
    }
}

#[test]
fn memory_holds_what_the_file_holds_if_one_operation_of_a_change_fails() {
    at_every_operation(Fault::At);
}

#[test]
fn memory_holds_what_the_file_holds_if_the_disk_vanishes_during_a_change() {
    at_every_operation(Fault::From);
}

#[test]
fn memory_holds_what_the_file_holds_if_an_operation_is_done_and_reported_as_failed() {
    at_every_operation(Fault::Reported);
}

#[test]
fn memory_holds_what_the_file_holds_if_the_disk_vanishes_after_an_operation() {
    at_every_operation(Fault::ReportedThenGone);
}

fn at_every_operation(kind: fn(usize) -> Fault) {
    let start = start();
    for (what, change) in CHANGES {
        for number in 0.. {
            let fault = kind(number);
            let mut desk = start.desk.fork();
            desk.rng = StdRng::seed_from_u64(5);
            let mut session = start.session.fork();
            let before = everything(session.opened());
            desk.disk.set(Some(fault));
            let told = change(&mut desk, &mut session, &start);
            let operations = desk.disk.operations();
            desk.disk.set(None);

            let memory = everything(session.opened());
            let file = try_on_disk(&desk, &session);
            // Where the disk vanished in the rename, nobody knows which file is in place. Memory
            // then holds the new state, and the next save writes it.
            let gone = matches!(fault, Fault::From(_) | Fault::ReportedThenGone(_));
            if told != Told::NotSaved && gone && file.as_ref() != Some(&memory) {
                assert!(
                    file.or_else(|| try_on_disk(&desk, &start.session))
                        .is_some()
                );
            } else {
                assert_same(&memory, &file.unwrap(), what, fault);
            }
            match told {
                Told::NotSaved => assert_same(&memory, &before, what, fault),
                Told::Done | Told::InPlace => {
                    assert!(memory != before, "{what}, {fault:?}");
                }
                Told::Later => {}
            }
            // The next save works, and whatever was due is in it.
            desk.note(&mut session, "later").unwrap();
            let memory = everything(session.opened());
            assert_same(&memory, &on_disk(&desk, &session), what, fault);
            assert_eq!(session.log().len(), LONGEST_LOG);
            if operations <= number {
                break;
            }
            assert!(number < 150, "{what} does not end");
        }
    }
}
