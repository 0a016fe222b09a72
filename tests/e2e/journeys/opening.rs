//! The first start, and starts that fail.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use fantoccini::key::Key;

use crate::app::App;
use crate::desktop::Desktop;
use crate::drive::Drive;
use crate::journeys::issue::with_mistakes;
use crate::person::{self, EMAIL, PASSWORD};

#[test]
fn the_window_opens_and_shows_the_first_start() {
    let desktop = Desktop::start("opening");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.screenshot(&desktop, "start");
    app.close();
}

#[test]
fn the_keyboard_alone_creates_a_wallet_in_the_smallest_window() {
    let desktop = Desktop::start("keyboard");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.resize(640, 480);
    app.screenshot(&desktop, "small-start");
    while app.focused().as_deref() != Some("primary") {
        app.press(Key::Tab);
    }
    app.press(Key::Enter);
    app.wait_for("view-create-email");
    assert_eq!(app.focused().as_deref(), Some("email"));
    app.type_into("email", EMAIL);
    app.press(Key::Enter);
    app.wait_for("view-create-password");
    assert_eq!(app.focused().as_deref(), Some("new-password"));

    // Esc goes back without losing typed text.
    app.press(Key::Escape);
    app.wait_for("view-create-email");
    assert_eq!(app.value("email"), EMAIL);
    app.press(Key::Enter);
    app.wait_for("view-create-password");
    person::choose_password(&app, PASSWORD);
    app.wait_for("strength");
    app.screenshot(&desktop, "small-create-password");
    app.press(Key::Enter);
    app.wait_for("two-step-key");
    app.screenshot(&desktop, "small-two-step");
    app.click("two-step-later");
    app.wait_for("protect-skip");
    app.screenshot(&desktop, "small-protect");
    person::skip_protecting(&app);
    app.screenshot(&desktop, "small-items");
    let code = person::issue(&app, PASSWORD, "until-used");
    app.screenshot(&desktop, "small-code");
    person::keep(&app, &code);
    app.screenshot(&desktop, "small-kept");
    app.click("primary");
    app.wait_for("view-backup-code");
    app.screenshot(&desktop, "small-backup-code");
    app.click("code-check");
    app.type_into("entry-text", &with_mistakes(&code));
    app.wait_for("entry-proposal");
    app.screenshot(&desktop, "small-proposal");
    let sideways = app.run("return document.documentElement.scrollWidth > innerWidth");
    assert_eq!(sideways, false, "nothing scrolls sideways");
    app.close();
}

#[test]
fn the_window_goes_to_no_other_page_and_opens_no_other_window() {
    let desktop = Desktop::start("navigation");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    elsewhere
        .set_nonblocking(true)
        .expect("a listener that does not wait");
    let address = elsewhere.local_addr().expect("a port");
    let before = app.run("return location.href");
    let opened = app.run(&format!("return window.open('http://{address}/') === null"));
    assert_eq!(opened, true, "no window is opened");
    for go in [
        "location.href = address",
        "location.replace('about:blank')",
        "location.href = 'data:text/html,hello'",
        "const link = document.createElement('a'); link.href = address; link.click()",
    ] {
        app.run(&format!("const address = 'http://{address}/'; {go}"));
        // Long enough for a page on this computer.
        sleep(Duration::from_millis(500));
        assert_eq!(app.run("return location.href"), before, "{go}");
        app.wait_for("view-start");
    }
    // WebKit connects when a link is clicked, before anybody decides, and sends nothing.
    while let Ok((mut connection, _)) = elsewhere.accept() {
        connection
            .set_nonblocking(true)
            .expect("a connection that does not wait");
        let sent = connection.read(&mut [0]).unwrap_or(0);
        assert_eq!(sent, 0, "nobody asks for a page");
    }
    app.close();
}

/// The folder that holds the folder of the wallets.
fn data_folder(desktop: &Desktop) -> PathBuf {
    PathBuf::from(&desktop.environment()["XDG_DATA_HOME"]).join("backup-code")
}

/// Waits until the window says that the app cannot start because of `path`.
fn says_why(app: &App, words: &str, path: &Path) {
    app.wait_for("view-start-failed");
    app.wait_for_text("error", words);
    assert_eq!(app.text("start-failed-path"), path.display().to_string());
}

#[test]
fn a_start_that_fails_says_why_and_goes_on_once_that_is_mended() {
    let desktop = Desktop::start("start-fails");
    let data = data_folder(&desktop);
    fs::write(&data, b"not a folder").expect("the home folder can be written");
    let app = App::start(&desktop);
    says_why(&app, "A file is where", &data);
    app.screenshot(&desktop, "start-failed");
    app.screenshot_small(&desktop, "small-start-failed");
    // Every other command says the same.
    let answer = app
        .run("return window.__TAURI_INTERNALS__.invoke('list_items').catch((error) => error.code)");
    assert_eq!(answer, "not_started");
    app.click("primary");
    app.wait_for("start-failed-still");

    // The next thing that is wrong.
    fs::remove_file(&data).expect("the file can be removed");
    let drive = desktop.home().join("drive");
    symlink(&drive, &data).expect("a link can be made");
    app.click("primary");
    says_why(&app, "link leads to a folder", &data);
    app.screenshot(&desktop, "start-failed-link");

    fs::create_dir(&drive).expect("the home folder can be written");
    app.click("primary");
    app.wait_for("view-start");
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    app.close();
    assert!(drive.join("wallets").is_dir());
}

#[test]
fn a_start_that_fails_can_be_left() {
    let desktop = Desktop::start("start-fails-quit");
    // Nobody can create a folder there, not even an administrator.
    let data = data_folder(&desktop);
    symlink("/sys/kernel", &data).expect("a link can be made");
    let app = App::start(&desktop);
    app.wait_for("view-start-failed");
    assert_eq!(
        app.text("start-failed-path"),
        data.join("wallets").display().to_string()
    );
    app.screenshot(&desktop, "start-failed-denied");
    app.leave_by("start-failed-quit");
}

#[test]
fn a_folder_that_does_not_answer_is_reported_and_the_app_starts_once_it_does() {
    let desktop = Desktop::start("start-slow");
    let drive = Drive::mount(&desktop.home());
    symlink(drive.folder(), data_folder(&desktop)).expect("a link can be made");
    drive.stop();
    let app = App::start(&desktop);
    app.wait_for_text("error", "isn’t answering");
    app.screenshot(&desktop, "start-slow");
    drive.go_on();
    app.click("primary");
    app.wait_for("view-start");
    app.close();
}
