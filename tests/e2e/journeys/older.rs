//! A wallet's file that is older than the kit that was made of it, and one whose code slot is
//! damaged.

use std::fs;

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, NEXT_PASSWORD, PASSWORD};
use crate::ready::{NOTE, open_wallet};

#[test]
fn an_older_file_leaves_the_newer_kit_and_every_page_says_so() {
    let desktop = Desktop::start("kit-ahead");
    let app = open_wallet(&desktop, &[]);
    let stick = desktop.home().join("stick");
    fs::create_dir(&stick).unwrap();
    person::up_to_life(&app, PASSWORD);
    person::choose_kit(&app, &desktop, &stick);
    app.click("primary");
    let code = person::shown_code(&app);
    person::keep(&app, &code);
    app.click("primary");
    app.wait_for("view-backup-code");
    let file = person::wallet_file(&desktop);
    let older = fs::read(&file).unwrap();
    person::add_note(&app);
    app.close();
    let wallet = stick.join(format!("backup-kit-{}/wallet.age", &code[1..5]));
    let newer = fs::read(&wallet).unwrap();
    fs::write(&file, older).unwrap();

    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for_text("todo-kit", "probably a newer one");
    app.screenshot(&desktop, "kit-ahead");
    app.screenshot_small(&desktop, "small-kit-ahead");
    app.click("nav-backup-code");
    app.wait_for_text("code-kit", "another version");
    app.screenshot(&desktop, "kit-ahead-facts");
    app.click("code-revoke");
    app.wait_for_text("copy-left", "is kept");
    app.screenshot(&desktop, "kit-ahead-revoke");
    app.screenshot_small(&desktop, "small-kit-ahead-revoke");
    app.click("dialog-cancel");
    person::lock(&app);

    // Not even the end of its code takes it away, nor does a page send its sheet away.
    person::use_backup_code(&app);
    person::enter(&app, &code);
    person::set_new_password(&app, NEXT_PASSWORD);
    app.wait_for_text("view-recovered", "Keep the sheet");
    app.screenshot(&desktop, "kit-ahead-recovered");
    app.click("primary");
    app.wait_for_text("todo-kit", "The old sheet still opens it");
    app.screenshot(&desktop, "kit-ahead-dead");
    assert!(fs::read(&wallet).unwrap() == newer, "the kit is untouched");
    app.close();
}

#[test]
fn a_code_whose_slot_is_damaged_goes_on_with_a_copy_that_has_it() {
    let desktop = Desktop::start("slot-damaged");
    let app = open_wallet(&desktop, &[NOTE]);
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    app.wait_for("view-backup-code");
    // The copy beside the file is of a later save.
    app.click("nav-items");
    app.click("add-item");
    app.click("kind-note");
    app.type_into("item-title", "A second note");
    app.click("primary");
    app.wait_for("view-item");
    app.close();
    let file = person::wallet_file(&desktop);
    let mut bytes = fs::read(&file).unwrap();
    let salt = b"\"salt\":\"";
    let last = bytes
        .windows(salt.len())
        .rposition(|it| it == salt)
        .unwrap()
        + salt.len();
    bytes[last] = if bytes[last] == b'A' { b'B' } else { b'A' };
    fs::write(&file, bytes).unwrap();

    let app = App::start(&desktop);
    person::use_backup_code(&app);
    person::enter(&app, &code);
    app.wait_for("lost");
    app.screenshot(&desktop, "slot-damaged");
    app.screenshot_small(&desktop, "small-slot-damaged");
    app.click("lost-use");
    app.wait_for("dialog-copy");
    app.screenshot(&desktop, "slot-damaged-copies");
    app.click("dialog-copy-yes");
    // The code is not asked for again.
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    person::find_note(&app);
    app.close();
}

#[test]
fn a_code_from_after_an_older_file_is_not_called_active() {
    let desktop = Desktop::start("older-than-code");
    let app = open_wallet(&desktop, &[]);
    let file = person::wallet_file(&desktop);
    let older = fs::read(&file).unwrap();
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    app.wait_for("view-backup-code");
    app.close();
    fs::write(&file, older).unwrap();

    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for_text(
        "todo-older-file",
        &format!("code {} doesn’t open it", &code[1..5]),
    );
    app.screenshot(&desktop, "older-than-code");
    app.screenshot_small(&desktop, "small-older-than-code");
    app.click("nav-backup-code");
    app.wait_for_text("code-facts", "issue a new code");
    app.wait_until(
        "the code is not called active",
        "document.querySelector('[data-testid=code-facts]').dataset.state === 'without_slot'",
    );
    app.screenshot(&desktop, "older-than-code-facts");
    app.screenshot_small(&desktop, "small-older-than-code-facts");
    app.close();
}
