//! What a person likes is kept, shortcuts and help are there, and a lock says why it happened.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use fantoccini::key::Key;
use platform::testing::ScreenSaver;

use crate::app::App;
use crate::desktop::Desktop;
use crate::driver::wait_until;
use crate::person::{self, EMAIL, PASSWORD, TITLE};

#[test]
fn what_a_person_likes_is_kept_and_shortcuts_and_help_are_there() {
    let desktop = Desktop::start("settings");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.press(Key::F1);
    app.wait_for_text("help-folder", "wallets");
    app.screenshot(&desktop, "help-outside");
    app.press(Key::Escape);
    app.wait_for("view-start");
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    app.wait_for("view-items");

    app.press_with_control('n');
    app.wait_for("view-new-item");
    app.click("kind-note");
    app.wait_for("view-item-edit");
    app.type_into("item-title", TITLE);
    app.press_with_control('s');
    app.wait_for("item-saved");
    app.press(Key::Escape);
    app.wait_for("view-items");
    app.press_with_control('f');
    app.wait_until(
        "the search has the focus",
        "document.activeElement?.dataset.testid === 'search'",
    );
    app.press(Key::F1);
    app.wait_for("view-help");
    app.screenshot(&desktop, "help");
    app.screenshot_small(&desktop, "small-help");
    app.press_with_control(',');
    app.wait_for("view-settings");
    app.screenshot(&desktop, "settings-choices");
    app.screenshot_small(&desktop, "small-settings");
    let boxes = "document.querySelector('[data-testid=lock-at-screen-lock]').scrollIntoView()";
    app.run(boxes);
    app.screenshot_small(&desktop, "small-settings-lock");

    let screen = ScreenSaver::start(&desktop.session, "org.gnome.ScreenSaver").unwrap();
    screen.say(false).unwrap();
    screen.say(true).unwrap();
    app.wait_for_text("locked-by", "the screen was locked");
    app.screenshot(&desktop, "locked-by-screen");
    app.screenshot_small(&desktop, "small-locked-by-screen");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    app.press_with_control(',');
    app.wait_for("view-settings");
    app.click("lock-at-screen-lock");
    wait_until("the choice is saved", || {
        let files = desktop.files();
        let settings = files.iter().find(|it| it.ends_with("settings.json"));
        settings.is_some_and(|it| {
            let text = fs::read_to_string(it).unwrap_or_default();
            text.contains("\"lock_at_screen_lock\": false")
        })
    });
    screen.say(true).unwrap();
    // Twice the time in which it would be locked.
    sleep(Duration::from_secs(2));
    assert!(app.sees("view-settings"));

    app.choose("idle-minutes", "1");
    desktop.hooks.move_clock(61);
    app.wait_for_text("locked-by", "after a minute");
    app.screenshot(&desktop, "locked-by");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    app.press_with_control(',');
    app.wait_for("view-settings");
    app.choose("default-paper", "letter");
    app.click("default-email");
    app.wait_until(
        "sheets bear the e-mail address",
        "document.querySelector('[data-testid=default-email]').checked",
    );
    app.screenshot(&desktop, "settings-sheets");
    app.choose("appearance", "dark");
    dark(&app);
    // From here on WebDriver's clicks miss: it knows no zoom.
    app.press_with_control('+');
    app.press_with_control('+');
    app.wait_until("everything is larger", "innerWidth < 0.9 * outerWidth");
    assert_eq!(app.value("text-size"), "125");
    app.screenshot_small(&desktop, "small-settings-large");
    // Minutes are written with a zero of their own, which has no slash.
    app.wait_until(
        "the plain zero is drawn",
        "[...document.fonts].some((it) => it.family.includes('Plain Zero') && it.status === 'loaded')",
    );
    app.close();

    // All of it is kept, from the first moment of the next start.
    let app = App::start(&desktop);
    dark(&app);
    app.wait_until("everything is larger", "innerWidth < 0.9 * outerWidth");
    app.wait_for("view-sign-in");
    app.press_with_control('0');
    app.wait_until("everything is usual", "innerWidth > 0.9 * outerWidth");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    // So is the paper of the sheets.
    person::issue(&app, PASSWORD, "until-used");
    assert_eq!(app.value("sheet-paper"), "letter");
    assert_eq!(app.value("sheet-named"), "email");
    app.click("back");
    app.click("dialog-leave-discard");
    app.wait_for("view-backup-code");
    // A wallet that its person locks says nothing, and the next page is as dark.
    app.press_with_control('l');
    app.wait_for("view-sign-in");
    assert!(!app.sees("locked-by"));
    dark(&app);
    app.close();
}

/// Waits until the page is dark. The desktop is light.
fn dark(app: &App) {
    app.wait_until(
        "the page is dark",
        "getComputedStyle(document.body).backgroundColor === 'rgb(20, 24, 28)'",
    );
}
