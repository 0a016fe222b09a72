//! What is copied leaves the clipboard again, looked at from outside the app.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, PASSWORD};
use crate::ready::{NOTE, open_wallet};

/// What `selection` holds for other programs; nothing if none owns it.
fn held(desktop: &Desktop, selection: &str) -> String {
    let read = Command::new("xclip")
        .args(["-o", "-selection", selection])
        .envs(desktop.environment())
        .stderr(Stdio::null())
        .output()
        .expect("xclip starts");
    String::from_utf8_lossy(&read.stdout).into_owned()
}

/// Waits until the clipboard holds this.
fn wait_until_held(desktop: &Desktop, text: &str) {
    let until = Instant::now() + Duration::from_secs(20);
    while held(desktop, "clipboard") != text {
        assert!(Instant::now() < until, "the clipboard holds another text");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Has another program copy this.
fn copy_elsewhere(desktop: &Desktop, text: &str) {
    let mut other = Command::new("xclip")
        .args(["-selection", "clipboard"])
        .envs(desktop.environment())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("xclip starts");
    let input = other.stdin.take().expect("its input is piped");
    std::io::Write::write_all(&mut &input, text.as_bytes()).expect("xclip reads");
    drop(input);
    other.wait().expect("xclip goes to the background");
    wait_until_held(desktop, text);
}

/// Copies the hidden text of the only note, which stays hidden.
fn copy(app: &App, desktop: &Desktop) {
    app.click("nav-items");
    app.click("item");
    app.wait_for("view-item");
    app.click("copy-1");
    app.wait_for("clipboard");
    assert!(!app.sees("shown-1"), "it is copied without being shown");
    wait_until_held(desktop, NOTE.1);
}

#[test]
fn a_copied_text_leaves_the_clipboard_after_its_time_at_lock_and_at_exit() {
    let desktop = Desktop::start("clipboard");
    let app = open_wallet(&desktop, &[NOTE]);
    copy(&app, &desktop);
    app.screenshot(&desktop, "copied");
    app.screenshot_small(&desktop, "small-copied");
    assert_eq!(held(&desktop, "primary"), "", "a selection is no copy");
    app.click("clipboard-clear");
    wait_until_held(&desktop, "");

    // After its time.
    app.click("nav-settings");
    app.choose("clipboard-seconds", "10");
    copy(&app, &desktop);
    wait_until_held(&desktop, "");
    app.wait_until_gone("clipboard-clear");

    // What another program copied meanwhile stays.
    copy(&app, &desktop);
    copy_elsewhere(&desktop, "of another program");
    app.click("lock");
    app.wait_for("view-sign-in");
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(held(&desktop, "clipboard"), "of another program");

    // At lock.
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    copy(&app, &desktop);
    app.click("lock");
    wait_until_held(&desktop, "");

    // A text that is shown takes the same way out: by Ctrl+C.
    app.wait_for("view-sign-in");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    app.click("item");
    app.click("item-edit");
    app.wait_for("field-1");
    app.click("field-1");
    app.press_with_control('a');
    app.press_with_control('c');
    wait_until_held(&desktop, NOTE.1);
    app.wait_for("clipboard");

    // At exit.
    app.close();
    wait_until_held(&desktop, "");
}

#[test]
fn a_copied_text_does_not_outlive_a_killed_app_on_this_system() {
    let desktop = Desktop::start("clipboard-killed");
    let app = open_wallet(&desktop, &[NOTE]);
    copy(&app, &desktop);
    app.kill();
    wait_until_held(&desktop, "");
}
