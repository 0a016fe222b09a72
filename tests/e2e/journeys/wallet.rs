//! Create a wallet, keep a note, lock, sign in.

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, PASSWORD, SECRET, TITLE};

#[test]
fn a_wallet_is_created_keeps_a_note_and_opens_with_password_and_six_digits() {
    let desktop = Desktop::start("wallet");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.click("primary");
    app.wait_for("view-create-email");
    app.screenshot(&desktop, "create-email");

    // Invalid input first: not an address, a password that is too short.
    app.type_into("email", "not an address");
    app.click("primary");
    app.wait_for("error");
    app.replace("email", EMAIL);
    app.click("primary");
    app.wait_for("view-create-password");
    app.type_into("new-password", "too short");
    app.wait_for_text("password-length", "9");
    app.screenshot(&desktop, "create-password-short");
    app.replace("new-password", PASSWORD);
    app.type_into("new-password-again", PASSWORD);
    app.wait_for("strength");
    app.screenshot(&desktop, "create-password");
    app.click("primary");

    let key = app.text("two-step-key");
    app.screenshot(&desktop, "two-step");
    app.type_into("digits", "000000");
    app.click("primary");
    app.wait_for("error");
    app.type_into("digits", &person::six_digits(&key));
    app.click("primary");
    person::skip_protecting(&app);
    app.screenshot(&desktop, "items-empty");

    person::add_note(&app);
    app.screenshot(&desktop, "note");
    app.click("back");
    app.wait_for("view-items");
    person::find_note(&app);
    app.screenshot(&desktop, "items");

    // The file contains nothing in plain text.
    let file = std::fs::read(person::wallet_file(&desktop)).unwrap();
    for secret in [TITLE, SECRET, PASSWORD, &key.replace(' ', "")] {
        let found = file
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!found, "a secret is in the clear in the wallet file");
    }

    person::lock(&app);
    app.screenshot(&desktop, "sign-in");
    person::sign_in(&app, "a wrong password, wrong");
    app.wait_for("error");
    app.wait_for("use-code-offer");
    app.screenshot(&desktop, "sign-in-wrong");
    app.wait_until_gone("wait");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-digits");
    app.screenshot(&desktop, "digits");
    app.type_into("digits", "123456");
    app.click("primary");
    app.wait_for("error");
    app.wait_until_gone("wait");
    // Digits open once: these are later ones.
    desktop.hooks.move_clock(60);
    app.type_into("digits", &person::six_digits_at(&key, 60));
    app.click("primary");
    app.wait_for("view-items");
    person::find_note(&app);

    app.click("nav-settings");
    app.wait_for("view-settings");
    app.screenshot(&desktop, "settings");
    app.click("nav-activity");
    app.wait_for("activity-line");
    app.screenshot(&desktop, "activity");
    app.close();

    // The same person returns.
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-digits");
    desktop.hooks.move_clock(120);
    app.type_into("digits", &person::six_digits_at(&key, 120));
    app.click("primary");
    app.wait_for("view-items");
    person::find_note(&app);
    app.close();
}

#[test]
fn a_wide_window_shows_the_list_and_an_item_beside_each_other() {
    let desktop = Desktop::start("wide");
    let app = App::start(&desktop);
    app.screenshot_wide(&desktop, "wide-start");
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    app.resize(1920, 1080);
    app.wait_for("item-nothing");
    app.screenshot_wide(&desktop, "wide-empty");
    app.resize(1920, 1080);
    person::add_note(&app);
    // The list has the new note, which is shown beside it, and keeps what is looked for.
    app.wait_for_text("item", TITLE);
    assert!(app.sees("view-items") && app.sees("view-item"));
    app.type_into("search", "study");
    app.click("item");
    app.click("reveal-1");
    app.wait_for_text("shown-1", SECRET);
    assert_eq!(app.value("search"), "study");
    app.screenshot_wide(&desktop, "wide-note");
    // A narrow window has room for one of them.
    assert!(!app.sees("view-items") && app.sees("view-item"));
    app.resize(1920, 1080);
    app.click("back");
    app.wait_for("item-nothing");
    for place in ["backup-code", "activity", "settings", "help"] {
        app.click(&format!("nav-{place}"));
        app.wait_for(&format!("view-{place}"));
        app.screenshot_wide(&desktop, &format!("wide-{place}"));
    }
    // What is pressed cannot be selected, and what is said can.
    let selectable = |selector: &str| {
        let style = format!("return getComputedStyle(document.querySelector('{selector}'))");
        app.run(&format!("{style}.webkitUserSelect"))
    };
    assert_eq!(selectable("nav button"), "none");
    assert_eq!(selectable("nav p"), "none");
    assert_eq!(selectable("main p"), "text");
    app.close();
}
