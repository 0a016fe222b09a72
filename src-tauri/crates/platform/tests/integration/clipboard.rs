//! [`SystemClipboard`] on a real X server, looked at from outside with `xclip`.
//!
//! The display belongs to the whole process, so each test runs itself again as a child process on a
//! display of its own.

#![cfg(target_os = "linux")]

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use platform::clipboard::{PATIENCE, SystemClipboard};
use rustix::process::{Pid, Signal, kill_process};
use usecases::ports::clipboard::{Clipboard, ClipboardError};
use zeroize::Zeroizing;

use crate::display::Display;

const SECRET: &str = "correct horse battery staple";
const CHILD: &str = "CLIPBOARD_CHILD";

/// Longer than any program takes to copy or paste.
const LONG: Duration = Duration::from_secs(30);

/// Runs the test of this name, in a child on a fresh display.
fn on_a_display(name: &str, test: impl FnOnce()) {
    if std::env::var_os(CHILD).is_some() {
        return test();
    }
    let display = Display::start();
    in_a_child(name, |command| {
        command.env("DISPLAY", &display.name);
    });
}

fn in_a_child(name: &str, prepare: impl FnOnce(&mut Command)) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([&format!("clipboard::{name}"), "--exact", "--nocapture"])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env(CHILD, "1");
    prepare(&mut command);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{failed}");
    assert!(said.contains("1 passed"), "{said}");
}

/// What another program pastes from a selection in this form; nothing where it has none.
fn pasted(selection: &str, form: &str) -> String {
    let output = Command::new("xclip")
        .args(["-o", "-selection", selection, "-t", form])
        .output()
        .expect("xclip");
    String::from_utf8(output.stdout).unwrap()
}

fn clipboard_text() -> String {
    pasted("clipboard", "UTF8_STRING")
}

fn primary_text() -> String {
    pasted("primary", "UTF8_STRING")
}

/// Another program that owns a selection until this is dropped.
struct Owner(Child);

impl Owner {
    fn of(selection: &str, text: &str) -> Self {
        let mut program = Command::new("xclip")
            .args(["-i", "-quiet", "-selection", selection])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("xclip");
        let mut input = program.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        drop(input);
        wait_until(|| pasted(selection, "UTF8_STRING") == text);
        Self(program)
    }

    /// It keeps the selection and does not answer.
    fn freeze(&self) {
        kill_process(Pid::from_child(&self.0), Signal::STOP).unwrap();
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[track_caller]
fn wait_until(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < LONG);
        thread::yield_now();
    }
}

fn put(clipboard: &SystemClipboard, text: &str) -> Result<(), ClipboardError> {
    clipboard.put(Zeroizing::new(text.to_owned()))
}

fn clear(clipboard: &SystemClipboard) -> Result<(), ClipboardError> {
    clipboard.clear_if(Arc::new(|text| text == SECRET))
}

#[test]
fn a_copied_text_is_marked_as_secret_and_leaves_the_primary_selection_alone() {
    on_a_display(
        "a_copied_text_is_marked_as_secret_and_leaves_the_primary_selection_alone",
        || {
            let _selected = Owner::of("primary", "selected");
            let clipboard = SystemClipboard::default();
            put(&clipboard, SECRET).unwrap();
            assert_eq!(clipboard_text(), SECRET);
            let hint = pasted("clipboard", "x-kde-passwordManagerHint");
            assert_eq!(hint, "secret");
            // No clipboard manager is told to keep it when the program ends.
            let targets = pasted("clipboard", "TARGETS");
            assert!(targets.contains("UTF8_STRING"), "{targets}");
            assert!(!targets.contains("SAVE_TARGETS"), "{targets}");
            assert_eq!(primary_text(), "selected");
        },
    );
}

#[test]
fn what_was_copied_is_cleared_and_can_be_copied_again() {
    on_a_display("what_was_copied_is_cleared_and_can_be_copied_again", || {
        let clipboard = SystemClipboard::default();
        for _ in 0..2 {
            put(&clipboard, SECRET).unwrap();
            assert_eq!(clipboard_text(), SECRET);
            clear(&clipboard).unwrap();
            assert_eq!(clipboard_text(), "");
        }
    });
}

#[test]
fn what_another_program_copied_meanwhile_stays() {
    on_a_display("what_another_program_copied_meanwhile_stays", || {
        let clipboard = SystemClipboard::default();
        put(&clipboard, SECRET).unwrap();
        let _other = Owner::of("clipboard", "another text");
        let _selected = Owner::of("primary", "selected");
        clear(&clipboard).unwrap();
        assert_eq!(clipboard_text(), "another text");
        assert_eq!(primary_text(), "selected");
    });
}

#[test]
fn the_copied_text_is_cleared_wherever_another_program_holds_it() {
    on_a_display(
        "the_copied_text_is_cleared_wherever_another_program_holds_it",
        || {
            let clipboard = SystemClipboard::default();
            // As clipboard managers take over what was copied, and as a page selects it.
            let _manager = Owner::of("clipboard", SECRET);
            let _page = Owner::of("primary", SECRET);
            clear(&clipboard).unwrap();
            assert_eq!(clipboard_text(), "");
            assert_eq!(primary_text(), "");
        },
    );
}

#[test]
fn an_owner_that_does_not_answer_holds_up_no_copy_and_a_clearing_for_a_moment() {
    on_a_display(
        "an_owner_that_does_not_answer_holds_up_no_copy_and_a_clearing_for_a_moment",
        || {
            let clipboard = SystemClipboard::new(PATIENCE / 4);
            let frozen = Owner::of("clipboard", "another text");
            frozen.freeze();
            assert_eq!(clear(&clipboard), Err(ClipboardError::NoAnswer));
            put(&clipboard, SECRET).unwrap();
            assert_eq!(clipboard_text(), SECRET);
            clear(&clipboard).unwrap();
            assert_eq!(clipboard_text(), "");
        },
    );
}

#[test]
fn an_owner_of_the_primary_selection_that_does_not_answer_keeps_nothing_from_being_cleared() {
    on_a_display(
        "an_owner_of_the_primary_selection_that_does_not_answer_keeps_nothing_from_being_cleared",
        || {
            let clipboard = SystemClipboard::new(PATIENCE / 4);
            let frozen = Owner::of("primary", "selected");
            frozen.freeze();
            put(&clipboard, SECRET).unwrap();
            clear(&clipboard).unwrap();
            assert_eq!(clipboard_text(), "");
        },
    );
}

#[test]
fn without_a_display_the_clipboard_cannot_be_reached() {
    if std::env::var_os(CHILD).is_none() {
        in_a_child("without_a_display_the_clipboard_cannot_be_reached", |_| {});
        return;
    }
    let clipboard = SystemClipboard::default();
    assert_eq!(put(&clipboard, SECRET), Err(ClipboardError::Unreachable));
    assert_eq!(clear(&clipboard), Err(ClipboardError::Unreachable));
}
