//! What is typed and not saved: after a kill, a lock, a closed window and a recovery it is offered
//! again, and is nowhere else.

use std::fs;
use std::path::PathBuf;

use crate::app::App;
use crate::desktop::Desktop;
use crate::driver::wait_until;
use crate::person::{self, NEXT_PASSWORD, PASSWORD, SECRET, TITLE};
use crate::ready::open_wallet;

const TYPED: &str = "typed and not saved";

/// The files of drafts.
fn drafts(desktop: &Desktop) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = desktop.files().into_iter().collect();
    files.retain(|path| path.to_string_lossy().contains(".wallet.drafts-"));
    files
}

/// Opens the item on the page to edit it, and types.
fn type_on(app: &App) {
    app.click("item-edit");
    app.wait_for("view-item-edit");
    app.type_into("field-1", TYPED);
    app.wait_for("item-draft");
}

/// Begins a note without a title.
fn begin_note(app: &App) {
    app.click("nav-items");
    app.click("add-item");
    app.click("kind-note");
    app.type_into("field-1", TYPED);
    app.wait_for("item-draft");
}

#[test]
fn what_is_typed_is_offered_after_a_kill_and_nothing_else_has_changed() {
    let desktop = Desktop::start("drafts-kill");
    let app = open_wallet(&desktop, &[]);
    person::add_note(&app);
    let before = desktop.files();
    type_on(&app);
    app.screenshot(&desktop, "draft-kept");
    assert_eq!(drafts(&desktop).len(), 1);
    let bytes = fs::read(&drafts(&desktop)[0]).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains(TYPED) && !text.contains(SECRET) && !text.contains(TITLE));
    let mut with_drafts = before;
    with_drafts.extend(drafts(&desktop));
    assert_eq!(desktop.files(), with_drafts, "no generation, no kit");

    app.click("back");
    app.wait_for("dialog-unsaved");
    app.screenshot(&desktop, "draft-leave");
    app.screenshot_small(&desktop, "draft-leave-small");
    app.click("dialog-unsaved-draft");
    begin_note(&app);
    app.kill();

    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for_text("drafts", "Note without a title");
    app.wait_for_text("drafts", TITLE);
    app.screenshot(&desktop, "drafts-left");
    app.screenshot_small(&desktop, "drafts-left-small");
    // The newest one is the first: it is given up.
    app.click("draft-discard");
    app.wait_for("dialog-draft");
    app.screenshot(&desktop, "draft-discard");
    app.click("dialog-draft-discard");
    app.wait_until_gone("dialog-draft");
    app.click("item");
    app.wait_for("view-item");
    app.wait_for("drafts");
    app.screenshot(&desktop, "draft-here");
    app.screenshot_small(&desktop, "draft-here-small");
    app.click("reveal-1");
    assert_eq!(app.text("shown-1"), SECRET, "the item is as it was saved");
    app.click("draft-continue");
    app.wait_for("draft-resumed");
    app.screenshot(&desktop, "draft-resumed");
    app.screenshot_small(&desktop, "draft-resumed-small");
    assert_eq!(app.value("field-1"), format!("{SECRET}{TYPED}"));
    app.click("primary");
    app.wait_for("view-item");
    app.click("reveal-1");
    app.wait_for_text("shown-1", TYPED);
    assert!(drafts(&desktop).is_empty(), "it is saved");
    app.close();
}

#[test]
fn locking_and_closing_keep_what_is_typed_and_ask_only_where_it_cannot_be_kept() {
    let desktop = Desktop::start("drafts-close");
    let app = open_wallet(&desktop, &[]);
    begin_note(&app);
    app.type_into("field-1", " before the lock");
    person::lock(&app);
    person::sign_in(&app, PASSWORD);
    app.click("draft-continue");
    app.wait_for("draft-resumed");
    assert_eq!(app.value("field-1"), format!("{TYPED} before the lock"));
    app.type_into("field-1", " and the end");
    desktop.press_close_button();
    app.wait_for_end();

    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.click("draft-continue");
    app.wait_for("draft-resumed");
    let kept = format!("{TYPED} before the lock and the end");
    assert_eq!(app.value("field-1"), kept);

    // A folder is in the place of what is written next.
    let blocked = drafts(&desktop)[0].with_added_extension("new");
    fs::create_dir_all(blocked.join("full")).unwrap();
    app.type_into("field-1", "!");
    app.wait_for("item-unkept");
    app.screenshot(&desktop, "draft-unkept");
    app.screenshot_small(&desktop, "draft-unkept-small");
    desktop.press_close_button();
    app.wait_for("dialog-unsaved");
    app.screenshot(&desktop, "draft-unkept-close");
    app.click("dialog-cancel");
    app.wait_until_gone("dialog-unsaved");
    assert_eq!(app.value("field-1"), format!("{kept}!"));
    // Room is made, and nobody has to ask.
    fs::remove_dir_all(&blocked).unwrap();
    app.wait_until_gone("item-unkept");
    desktop.press_close_button();
    app.wait_for_end();
}

#[test]
fn what_is_typed_is_there_after_a_recovery_and_under_no_other_password() {
    let desktop = Desktop::start("drafts-recovery");
    let app = open_wallet(&desktop, &[]);
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    begin_note(&app);
    let before = drafts(&desktop);
    app.crash_page();
    wait_until("the app has locked", || app.page_has_crashed());
    app.kill();

    let app = App::start(&desktop);
    person::use_backup_code(&app);
    person::enter(&app, &code);
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for_text("drafts", "Note without a title");
    assert_eq!(drafts(&desktop).len(), 1);
    assert_ne!(
        drafts(&desktop),
        before,
        "it is sealed for the new key alone"
    );
    app.click("draft-continue");
    app.wait_for("draft-resumed");
    assert_eq!(app.value("field-1"), TYPED);
    app.type_into("item-title", TITLE);
    app.click("primary");
    app.wait_for("view-item");
    assert!(drafts(&desktop).is_empty());
    app.close();
}
