#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::path::Path;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use usecases::testing::{MemoryClipboard, MemoryKeychain, NoPrinter, SetClock};
use wallet::testing::MemoryDisk;
use wallet::{Email, KdfParams, Password, Timestamp};

use super::*;
use crate::application::{App, Locked, Ports};
use crate::deadline::{Ended, Rules};
use crate::testing::LineScanner;

const TIME: Duration = Duration::from_secs(30);
/// A text that is long enough for a note.
const LONG: &str = "correct horse battery staple";
/// One that is not.
const SHORT: &str = "hunter2";

/// A computer whose clipboard and disk outlive the program.
struct Computer {
    clock: Arc<SetClock>,
    disk: Arc<MemoryDisk>,
    clipboard: Arc<MemoryClipboard>,
    app: App,
}

#[derive(Debug)]
struct NotCreated;

impl From<usecases::create::CreateError> for NotCreated {
    fn from(_: usecases::create::CreateError) -> Self {
        Self
    }
}

impl From<Locked> for NotCreated {
    fn from(_: Locked) -> Self {
        Self
    }
}

fn start(
    clock: &Arc<SetClock>,
    disk: &Arc<MemoryDisk>,
    clipboard: &Arc<MemoryClipboard>,
    seed: u64,
) -> App {
    let ports = Ports {
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        disk: Arc::clone(disk) as Arc<dyn Disk>,
        keychain: Arc::new(MemoryKeychain::default()),
        scanner: Arc::new(LineScanner),
        printer: Arc::new(NoPrinter),
        clipboard: Arc::clone(clipboard) as Arc<dyn Clipboard>,
        folder: "/wallets".into(),
        settings: "/settings".into(),
        random: Box::new(move || Box::new(StdRng::seed_from_u64(seed))),
    };
    App::for_tests(ports, KdfParams::FLOOR, Duration::ZERO)
}

impl Computer {
    fn new() -> Self {
        let clock = Arc::new(SetClock::at(1_800_000_000));
        let disk = Arc::new(MemoryDisk::new());
        let clipboard = Arc::new(MemoryClipboard::default());
        let app = start(&clock, &disk, &clipboard, 1);
        Self {
            clock,
            disk,
            clipboard,
            app,
        }
    }

    /// With an open wallet.
    fn signed_in() -> Self {
        let computer = Self::new();
        let email = Email::parse("ada@example.com").unwrap();
        let password = Password::typed("a password of this wallet".to_owned());
        computer.app.create::<NotCreated>(email, &password).unwrap();
        computer
    }

    /// The program was killed and started again.
    fn killed(self) -> Self {
        let app = start(&self.clock, &self.disk, &self.clipboard, 2);
        Self { app, ..self }
    }

    /// The seconds pass, each with its tick, as in the shell's thread.
    fn pass(&self, seconds: u32) -> Option<Ended> {
        let ends = (0..seconds).map(|_| {
            self.clock.pass(1);
            self.app.tick(false)
        });
        ends.fold(None, Option::or)
    }

    /// Copies a text that is read now.
    fn copy(&self, text: &str, time: Duration) -> Result<Option<Timestamp>, ClipboardError> {
        self.app.copy(text, self.app.epoch(), time)
    }

    fn note(&self) -> Option<Vec<u8>> {
        self.disk.bytes(Path::new("/settings/copied.json"))
    }
}

#[test]
fn a_copied_text_is_there_until_its_time_is_over() {
    let computer = Computer::new();
    let until = computer.copy(LONG, TIME).unwrap();
    assert_eq!(until, Some(Timestamp(1_800_000_030)));
    computer.pass(29);
    assert_eq!(computer.clipboard.asked_to_clear(), 0);
    assert_eq!(computer.clipboard.text().as_deref(), Some(LONG));
    computer.pass(1);
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn a_system_clock_that_is_set_changes_nothing_about_the_time() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    computer.clock.jump(-3600);
    computer.pass(30);
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn what_another_program_copied_meanwhile_stays() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    computer.clipboard.take_over("another text");
    computer.pass(30);
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    computer.app.lock();
    computer.app.clear_clipboard().unwrap();
    assert_eq!(computer.clipboard.text().as_deref(), Some("another text"));
}

#[test]
fn every_lock_clears_what_was_copied() {
    let locks: [fn(&Computer); 6] = [
        |it| _ = it.app.lock(),
        |it| it.app.lock_all_but_shown(),
        |it| it.app.begin_restore(),
        |it| assert_eq!(it.app.tick(true), Some(Ended::Slept)),
        |it| assert_eq!(it.app.screen_locked(), Some(Ended::ScreenLocked)),
        |it| assert_eq!(it.pass(60), Some(Ended::Idle)),
    ];
    for lock in locks {
        let computer = Computer::signed_in();
        computer.app.lock_by(Rules {
            idle: Duration::from_secs(60),
            ..Rules::default()
        });
        // Longer than any lock here takes.
        computer.copy(SHORT, 10 * TIME).unwrap();
        lock(&computer);
        assert!(computer.clipboard.wait_until_asked_to_clear(1));
        assert_eq!(computer.clipboard.text(), None);
    }
}

#[test]
fn a_text_that_is_copied_while_everything_is_locked_does_not_stay() {
    let computer = Computer::signed_in();
    computer.clipboard.hang(true);
    std::thread::scope(|scope| {
        let copying = scope.spawn(|| computer.copy(LONG, TIME));
        while locked(&computer.app.copying.copied).is_none() {
            std::thread::yield_now();
        }
        computer.app.lock();
        computer.clipboard.hang(false);
        assert_eq!(copying.join().unwrap(), Ok(None));
    });
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn a_text_that_was_read_before_a_lock_and_is_copied_after_it_does_not_stay() {
    let computer = Computer::signed_in();
    let epoch = computer.app.epoch();
    computer.app.lock();
    assert_eq!(computer.app.copy(LONG, epoch, TIME), Ok(None));
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn at_the_end_of_the_program_the_clipboard_is_cleared_before_it_returns() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    computer.app.clear_clipboard().unwrap();
    assert_eq!(computer.clipboard.text(), None);
    assert_eq!(computer.note(), None);
    // Without a copy nobody is asked.
    computer.app.clear_clipboard().unwrap();
    assert_eq!(computer.clipboard.asked_to_clear(), 1);
}

#[test]
fn another_copy_takes_the_place_of_the_one_before_and_has_its_own_time() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    computer.pass(20);
    computer.copy(SHORT, TIME).unwrap();
    computer.pass(29);
    assert_eq!(computer.clipboard.asked_to_clear(), 0);
    assert_eq!(computer.clipboard.text().as_deref(), Some(SHORT));
    computer.pass(1);
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn an_earlier_copy_that_a_clipboard_manager_brought_back_is_cleared_too() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    computer.copy(SHORT, TIME).unwrap();
    computer.clipboard.take_over(LONG);
    computer.app.clear_clipboard().unwrap();
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn a_clearing_that_waited_for_its_turn_leaves_a_later_copy() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    let copying = &computer.app.copying;
    let first = Arc::clone(&locked(&copying.copied).as_ref().unwrap().last);
    computer.copy(SHORT, TIME).unwrap();
    copying.clear(&first).unwrap();
    assert_eq!(computer.clipboard.text().as_deref(), Some(SHORT));
}

#[test]
fn a_clipboard_that_fails_is_tried_again_until_it_is_cleared() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    computer.clipboard.fail(Some(ClipboardError::NoAnswer));
    let refused = computer.app.clear_clipboard();
    assert_eq!(refused, Err(ClipboardError::NoAnswer));
    computer.pass(30);
    assert!(computer.clipboard.wait_until_asked_to_clear(2));
    assert_eq!(computer.clipboard.text().as_deref(), Some(LONG));
    computer.clipboard.fail(None);
    computer.pass(5);
    assert!(computer.clipboard.wait_until_asked_to_clear(3));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn a_copy_that_failed_says_so_and_is_cleared_if_it_arrives_all_the_same() {
    let computer = Computer::new();
    computer.clipboard.fail(Some(ClipboardError::NoAnswer));
    let refused = computer.copy(LONG, TIME);
    assert_eq!(refused, Err(ClipboardError::NoAnswer));
    computer.clipboard.fail(None);
    computer.clipboard.take_over(LONG);
    computer.pass(1);
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn a_clipboard_that_hangs_holds_up_neither_a_lock_nor_a_tick() {
    let computer = Computer::signed_in();
    computer.copy(LONG, TIME).unwrap();
    computer.clipboard.hang(true);
    computer.pass(30);
    computer.app.lock();
    assert!(computer.app.session().is_err());
    assert_eq!(computer.clipboard.asked_to_clear(), 0);
    computer.clipboard.hang(false);
    assert!(computer.clipboard.wait_until_asked_to_clear(1));
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn copying_is_a_use_of_the_wallet() {
    let computer = Computer::signed_in();
    computer.app.lock_by(Rules {
        idle: Duration::from_secs(60),
        ..Rules::default()
    });
    assert_eq!(computer.pass(59), None);
    computer.copy(LONG, TIME).unwrap();
    assert_eq!(computer.pass(59), None);
    assert_eq!(computer.pass(1), Some(Ended::Idle));
}

#[test]
fn after_a_kill_the_next_start_clears_what_was_copied() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    let computer = computer.killed();
    computer.app.clear_left_behind();
    assert_eq!(computer.clipboard.text(), None);
    assert_eq!(computer.note(), None);
}

#[test]
fn after_a_kill_what_another_program_copied_stays() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    computer.clipboard.take_over("a text of another program");
    let computer = computer.killed();
    computer.app.clear_left_behind();
    let left = computer.clipboard.text();
    assert_eq!(left.as_deref(), Some("a text of another program"));
    assert_eq!(computer.note(), None);
}

#[test]
fn a_start_that_does_not_reach_the_clipboard_leaves_the_note_to_the_next_one() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    let computer = computer.killed();
    computer.clipboard.fail(Some(ClipboardError::Unreachable));
    computer.app.clear_left_behind();
    assert!(computer.note().is_some());
    computer.clipboard.fail(None);
    computer.app.clear_left_behind();
    assert_eq!(computer.clipboard.text(), None);
}

#[test]
fn the_note_of_an_earlier_run_takes_nothing_that_was_copied_since() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    let computer = computer.killed();
    computer.copy(LONG, TIME).unwrap();
    computer.app.clear_left_behind();
    assert_eq!(computer.clipboard.text().as_deref(), Some(LONG));
    assert!(computer.note().is_some());
}

#[test]
fn the_note_holds_no_text_and_a_short_text_has_none() {
    let computer = Computer::new();
    computer.copy(LONG, TIME).unwrap();
    let note = String::from_utf8(computer.note().unwrap()).unwrap();
    assert!(!note.contains(LONG));
    computer.copy(SHORT, TIME).unwrap();
    assert_eq!(computer.note(), None);
    computer.copy("a PIN of 14 ch", TIME).unwrap();
    assert_eq!(computer.note(), None);
}

#[test]
fn a_note_fits_one_other_text_in_256() {
    let mut random = StdRng::seed_from_u64(3);
    let fits = |number: u32| {
        let note = Note::of(LONG, &mut random);
        note.fits(&format!("another long text, number {number}"))
    };
    let fitting = (0..25_600).map(fits).filter(|fits| *fits).count();
    assert!((60..140).contains(&fitting), "{fitting}");
}

#[test]
fn a_disk_that_fails_keeps_nobody_from_copying() {
    let clock = Arc::new(SetClock::at(1_800_000_000));
    let clipboard = Arc::new(MemoryClipboard::default());
    let disk = wallet::testing::FaultyDisk::new(MemoryDisk::new());
    disk.set(Some(wallet::testing::Fault::From(0)));
    let copying = Copying::new(
        Arc::clone(&clipboard) as Arc<dyn Clipboard>,
        clock,
        Arc::new(disk),
        "/settings".into(),
    );
    let mut random = StdRng::seed_from_u64(4);
    copying.put(LONG, TIME, &mut random).unwrap();
    assert_eq!(clipboard.text().as_deref(), Some(LONG));
    copying.clear_now().unwrap();
    assert_eq!(clipboard.text(), None);
}
