//! From the first start to a confirmed sheet and back, in as few steps as was promised; and a
//! wallet that is left unprotected for a while.

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, NEXT_PASSWORD, PASSWORD};

/// Decisions from the first start to a confirmed lasting sheet. What is typed on a page, and what
/// is chosen in a dialog of the desktop, goes with the click that it belongs to.
const TO_PROTECTED: usize = 9;
/// Clicks from the dropped PDF of a sheet to the open wallet.
const TO_OPEN: usize = 5;

#[test]
fn a_wallet_is_protected_in_nine_decisions_and_opened_by_its_sheet_in_five_clicks() {
    let desktop = Desktop::start("protect");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_up_to_two_step(&app, EMAIL, PASSWORD);
    app.click("two-step-later");
    // Whoever chose the password a moment ago is not asked for it.
    app.wait_for("protect-skip");
    app.screenshot(&desktop, "protect");
    desktop.hooks.answer_folder_dialog(Some(&desktop.home()));
    app.click("primary");
    app.wait_for("kit-folder");
    app.screenshot_small(&desktop, "protect-small");
    app.click("primary");
    let code = person::shown_code(&app);
    app.screenshot(&desktop, "protect-code");
    let sheet = desktop.home().join("sheet.pdf");
    desktop.hooks.answer_save_dialog(Some(&sheet));
    app.click("primary");
    app.wait_for("sheet-saved");
    app.screenshot(&desktop, "protect-saved");
    app.click("primary");
    app.wait_for("view-issue-keep");
    app.type_into("keep-group", person::asked_group(&app, &code));
    app.click("primary");
    app.wait_for("view-kept");
    let decisions = app.clicks();
    assert!(decisions <= TO_PROTECTED, "{decisions} decisions");
    app.screenshot(&desktop, "protect-kept");
    app.click("primary");
    app.wait_for("view-items");
    assert!(!app.sees("todo-no-code"));
    person::add_note(&app);
    person::lock(&app);

    // The bad day.
    let before = app.clicks();
    app.click("use-backup-code");
    app.wait_for_text("redeem-email", EMAIL);
    app.screenshot(&desktop, "redeem-only-wallet");
    app.screenshot_small(&desktop, "redeem-only-wallet-small");
    desktop.hooks.drop_on_window(&[&sheet]);
    app.wait_for("entry-scanned");
    app.click("primary");
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-items");
    let clicks = app.clicks() - before;
    assert!(clicks <= TO_OPEN, "{clicks} clicks");
    person::find_note(&app);
    app.close();
}

#[test]
fn a_wallet_is_left_unprotected_knowingly_and_protected_later_by_hand() {
    let desktop = Desktop::start("protect-later");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_up_to_two_step(&app, EMAIL, PASSWORD);
    let key = app.text("two-step-key");
    app.type_into("digits", &person::six_digits(&key));
    app.click("primary");
    app.click("protect-skip");
    app.wait_for_text("dialog-skip", "nobody can bring it back");
    app.screenshot(&desktop, "protect-skip");
    app.click("dialog-cancel");
    app.wait_until_gone("dialog-skip");
    person::skip_protecting(&app);
    app.wait_for("todo-no-code");
    app.screenshot(&desktop, "unprotected");

    app.click("todo-no-code-do");
    app.click("reach-here");
    app.click("primary");
    let code = person::shown_code(&app);
    app.click("copy-by-hand");
    app.wait_for("copy-group");
    app.screenshot(&desktop, "protect-copy");
    app.click("copy-all");
    app.wait_for("view-issue-typeback");
    app.type_into("entry-text", &code);
    app.screenshot(&desktop, "protect-typeback");
    app.click("primary");
    // Nothing else is asked, and the copy counts as checked.
    app.wait_for("view-kept");
    app.click("primary");
    app.wait_for("view-items");
    assert!(!app.sees("todo-never-checked") && !app.sees("todo-no-code"));
    app.click("nav-backup-code");
    app.wait_for("code-checked");
    assert_ne!(app.text("code-checked"), "never");
    app.screenshot(&desktop, "protect-checked");
    app.close();
}
