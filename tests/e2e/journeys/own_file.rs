//! The wallet's own file: its e-mail, a copy that is taken away and opened on another computer, an
//! earlier version that becomes a wallet of its own, and the end of a wallet.

use std::fs;

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, PASSWORD, TITLE};
use crate::ready::open_wallet;

const NEXT_EMAIL: &str = "ada@lovelace.example";

#[test]
fn a_copy_opens_elsewhere_and_an_earlier_version_is_a_wallet_of_its_own() {
    let desktop = Desktop::start("own-file");
    let app = open_wallet(&desktop, &[]);
    app.click("nav-settings");

    // One identity is good for what follows.
    app.click("change-email");
    app.wait_for("view-identity");
    app.type_into("password", PASSWORD);
    app.click("primary");
    app.wait_for("view-change-email");
    app.replace("email", "nobody");
    app.click("primary");
    app.wait_for("error");
    app.replace("email", NEXT_EMAIL);
    app.screenshot(&desktop, "change-email");
    app.screenshot_small(&desktop, "small-change-email");
    app.click("primary");
    app.wait_for_text("settings-email", NEXT_EMAIL);

    person::add_note(&app);
    let copy = desktop.home().join("away.wallet");
    app.click("nav-settings");
    desktop.hooks.answer_save_dialog(Some(&copy));
    app.click("save-copy");
    app.wait_for_text("copy-saved", "away.wallet");
    let saved = fs::read(&copy).unwrap();
    assert_eq!(saved, fs::read(person::wallet_file(&desktop)).unwrap());
    app.screenshot(&desktop, "settings-file");
    app.screenshot_small(&desktop, "small-settings-file");

    // What is here already, and what is no wallet, is told apart and changes nothing.
    app.click("open-file");
    desktop.hooks.answer_open_dialog(&[&copy]);
    app.click("primary");
    app.wait_for_text("view-open-file", "on this computer already");
    let other = desktop.home().join("notes.txt");
    fs::write(&other, "no wallet, and long enough to be none").unwrap();
    desktop.hooks.answer_open_dialog(&[&other]);
    app.click("primary");
    app.wait_for_text("view-open-file", "isn’t a wallet");
    app.screenshot(&desktop, "open-file-none");
    app.click("back");

    // The version before the note, after a wrong password.
    app.click("earlier-versions");
    app.wait_for_text("view-earlier", "1 of today’s items missing");
    app.type_into("password", "not the password");
    app.click("primary");
    app.wait_for("error");
    app.screenshot(&desktop, "earlier");
    app.screenshot_small(&desktop, "small-earlier");
    app.type_into("password", PASSWORD);
    app.click("primary");
    app.wait_for("view-earlier-done");
    app.screenshot(&desktop, "earlier-done");
    app.click("primary");
    app.click("nav-items");
    app.wait_for_text("item", TITLE);
    person::lock(&app);
    let wallets = app.run("return document.querySelectorAll('[data-testid^=wallet-]').length");
    assert_eq!(wallets, 2, "both wallets are there");
    app.screenshot(&desktop, "sign-in-same-email");
    app.close();

    // Another computer: none of the files is here.
    let folder = person::wallet_file(&desktop);
    fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    let app = App::start(&desktop);
    app.click("start-restore");
    app.click("restore-open-file");
    desktop.hooks.answer_open_dialog(&[&copy]);
    app.click("primary");
    app.wait_for_text("found-wallet", NEXT_EMAIL);
    app.screenshot(&desktop, "open-file");
    app.screenshot_small(&desktop, "small-open-file");
    app.click("primary");
    app.wait_for("view-file-opened");
    app.click("primary");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    person::find_note(&app);
    assert_eq!(fs::read(&copy).unwrap(), saved, "the copy stays as it is");

    // It goes from this computer, and the copy stays.
    app.click("nav-settings");
    app.click("delete-wallet");
    app.wait_for("view-identity");
    app.type_into("password", PASSWORD);
    app.click("primary");
    app.wait_for_text("remains", "Nothing that opens it");
    app.wait_for_text("missing", "Type the address");
    app.type_into("delete-email", NEXT_EMAIL);
    app.screenshot(&desktop, "delete");
    app.screenshot_small(&desktop, "small-delete");
    app.click("primary");
    app.wait_for("view-start");
    app.wait_for_text("deleted", NEXT_EMAIL);
    app.screenshot(&desktop, "deleted");
    let left = fs::read_dir(folder.parent().unwrap()).unwrap().flatten();
    let left: Vec<_> = left.map(|entry| entry.path()).collect();
    assert!(
        left.iter()
            .all(|path| path.extension().is_some_and(|it| it == "lock")),
        "{left:?}"
    );
    assert_eq!(fs::read(&copy).unwrap(), saved);
    app.close();
}
