//! The first start.

use fantoccini::key::Key;

use crate::app::App;
use crate::desktop::Desktop;
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
    app.type_into("new-password", PASSWORD);
    app.wait_for("strength");
    app.screenshot(&desktop, "small-create-password");
    app.press(Key::Enter);
    app.wait_for("two-step-key");
    app.screenshot(&desktop, "small-two-step");
    app.click("two-step-later");
    app.wait_for("view-items");
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
