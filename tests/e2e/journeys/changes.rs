//! Changes to a wallet: editing notes, a new password, a code copied by hand and
//! discarded; and a file next to it that is not a wallet.

use std::fs;

use crate::desktop::Desktop;
use crate::person::{self, NEXT_PASSWORD, PASSWORD, SECRET};
use crate::ready::open_wallet;

#[test]
fn notes_are_edited_and_searched_and_unsaved_changes_are_asked_about() {
    let desktop = Desktop::start("notes");
    let app = open_wallet(&desktop, &[]);
    person::add_note(&app);
    app.click("reveal-1");
    app.wait_for_text("shown-1", SECRET);
    app.screenshot(&desktop, "note-revealed");
    app.click("item-edit");
    app.wait_for("view-item-edit");
    app.type_into("field-1", " and one more");
    app.screenshot(&desktop, "note-edit");

    // Leaving asks; staying keeps the text.
    app.click("back");
    app.wait_for("dialog-unsaved");
    app.screenshot(&desktop, "note-unsaved");
    app.click("dialog-cancel");
    app.click("primary");
    app.wait_for("view-item");
    app.click("reveal-1");
    app.wait_for_text("shown-1", "and one more");

    app.click("nav-items");
    app.type_into("search", "nothing like it");
    app.wait_for("search-nothing");
    app.screenshot(&desktop, "items-nothing");
    app.replace("search", "safe");
    app.click("item");
    app.click("item-bin");
    app.wait_for("items-empty");
    app.close();
}

#[test]
fn a_new_password_replaces_the_old_one_and_leaves_the_code_alone() {
    let desktop = Desktop::start("password");
    let app = open_wallet(&desktop, &[]);
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    app.click("nav-settings");
    app.click("change-password");
    app.wait_for("view-change-password");
    app.type_into("current-password", "a wrong password, wrong");
    person::choose_password(&app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("error");
    app.screenshot(&desktop, "change-password-wrong");
    app.wait_until_gone("wait");
    app.replace("current-password", PASSWORD);
    app.click("primary");
    app.wait_for("view-password-changed");
    app.screenshot(&desktop, "password-changed");
    app.click("primary");

    // A file that only looks like a wallet is reported and ignored.
    let folder = person::wallet_file(&desktop);
    fs::write(folder.with_file_name("holiday.wallet"), "not a wallet").expect("a file");
    person::lock(&app);
    app.wait_for_text("damaged", "holiday.wallet");
    app.screenshot(&desktop, "sign-in-damaged");
    person::sign_in(&app, PASSWORD);
    app.wait_for("error");
    app.wait_until_gone("wait");
    person::sign_in(&app, NEXT_PASSWORD);
    app.wait_for("view-items");
    app.click("nav-backup-code");
    app.click("code-check");
    app.type_into("entry-text", &code);
    app.click("primary");
    app.wait_for("outcome-works");
    app.close();
}

#[test]
fn a_code_is_copied_by_hand_group_by_group_and_can_be_discarded() {
    let desktop = Desktop::start("by-hand");
    let app = open_wallet(&desktop, &[]);
    person::up_to_life(&app, PASSWORD);
    app.run("document.querySelector('[data-testid=life-more]').open = true");
    app.screenshot(&desktop, "issue-life-more");
    app.click("life-year");
    app.click("primary");
    let code = person::shown_code(&app);
    app.click("copy-by-hand");
    app.screenshot(&desktop, "issue-copy");
    for group in code.as_bytes().chunks(5) {
        let group = str::from_utf8(group).expect("a group is text");
        app.wait_for_text("copy-group", group);
        app.click("primary");
    }

    // Typed back from the paper: a slip of the pen is shown, then corrected.
    app.wait_for("view-issue-typeback");
    let slip = if &code[20..21] == "Q" { "P" } else { "Q" };
    app.type_into(
        "entry-text",
        &format!("{}{slip}{}", &code[..20], &code[21..]),
    );
    app.wait_for_text("typeback-says", "5");
    app.screenshot(&desktop, "issue-typeback");
    app.replace("entry-text", &code[..59]);
    app.wait_until(
        "the copy is unfinished",
        "document.querySelector('[data-testid=typeback-says]').dataset.kind === 'unfinished'",
    );
    app.click("typeback-skip");
    app.wait_for("view-issue-keep");
    app.click("back");
    app.wait_for("view-issue-code");

    app.click("back");
    app.wait_for("dialog-leave");
    app.screenshot(&desktop, "issue-leave");
    app.click("dialog-leave-discard");
    app.wait_for("view-backup-code");
    app.click("code-check");
    app.type_into("entry-text", &code);
    app.click("primary");
    app.wait_for("outcome-discarded");
    app.close();
}
