//! The computer is lost: a wallet is restored on another one, from a kit and the code.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, NEXT_PASSWORD, PASSWORD, TITLE};
use crate::ready::{NOTE, open_wallet};

const LATER: &str = "Written later";

/// What is left when the computer is lost.
struct Left {
    folder: TempDir,
    code: String,
}

impl Left {
    fn kit(&self) -> PathBuf {
        self.folder
            .path()
            .join(format!("backup-kit-{}", &self.code[1..5]))
    }

    fn sheet(&self) -> PathBuf {
        self.folder.path().join("sheet.pdf")
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Issues a lasting code with a kit in `stick`; returns the code on the screen.
fn issue_with_kit(app: &App, desktop: &Desktop, stick: &Path, password: &str) -> String {
    person::up_to_life(app, password);
    person::choose_kit(app, desktop, stick);
    app.screenshot(desktop, "issue-reach");
    app.screenshot_small(desktop, "issue-reach-small");
    app.click("primary");
    person::shown_code(app)
}

/// Adds a second note.
fn add_later_note(app: &App) {
    app.click("nav-items");
    app.click("add-item");
    app.click("kind-note");
    app.wait_for("view-item-edit");
    app.type_into("item-title", LATER);
    app.type_into("field-1", "and kept as well");
    app.click("primary");
    app.wait_for("view-item");
    app.click("back");
    app.wait_for("view-items");
}

/// The first computer until its loss: a wallet, a kit on a stick that was missing once, a sheet.
fn first_computer() -> Left {
    let desktop = Desktop::start("kit");
    let app = open_wallet(&desktop, &[NOTE]);
    let stick = desktop.home().join("stick");
    fs::create_dir(&stick).unwrap();
    let code = issue_with_kit(&app, &desktop, &stick, PASSWORD);
    let kit = stick.join(format!("backup-kit-{}", &code[1..5]));
    assert_eq!(fs::read_dir(&kit).unwrap().count(), 3, "the kit is there");
    let sheet = person::save_sheet(&app, &desktop, "sheet.pdf");
    person::keep(&app, &code);
    app.wait_for_text("kept-kit", "stick");
    app.screenshot(&desktop, "kept-with-kit");
    app.click("primary");
    app.wait_for_text("code-kit", "stick");
    app.screenshot(&desktop, "backup-code-with-kit");

    // The stick is pulled out: saving still works, and reports it.
    let away = desktop.home().join("away");
    fs::rename(&stick, &away).unwrap();
    add_later_note(&app);
    app.wait_for("todo-kit");
    app.screenshot(&desktop, "kit-missing");
    app.click("kit-again");
    app.wait_for("todo-kit");
    fs::rename(&away, &stick).unwrap();
    app.click("kit-again");
    app.wait_until_gone("todo-kit");

    // A check opens the kit too.
    app.click("nav-backup-code");
    app.click("code-check");
    app.wait_for("view-check");
    person::enter(&app, &code);
    app.wait_for_text("outcome-works", "kit");
    app.screenshot(&desktop, "check-with-kit");
    app.close();

    let shown = person::open_with_age(&kit, &code);
    assert!(shown.contains(TITLE) && shown.contains(LATER), "{shown}");
    let left = Left {
        folder: tempfile::tempdir().unwrap(),
        code,
    };
    copy_folder(&kit, &left.kit());
    fs::copy(&sheet, left.sheet()).unwrap();
    left
}

/// Another well-formed code with the same identifier.
fn other_code() -> String {
    let mut rng = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(5);
    code::BackupCode::generate(&mut rng, &|_| false)
        .expose()
        .to_owned()
}

#[test]
fn a_wallet_is_restored_on_another_computer_from_its_kit_and_sheet() {
    let left = first_computer();
    let desktop = Desktop::start("restore-kit");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.screenshot(&desktop, "start-restore");
    app.click("start-restore");
    app.wait_for("view-restore");
    app.screenshot(&desktop, "restore-empty");

    // A folder without a kit, half a kit, and the wrong code are each reported.
    desktop.hooks.answer_folder_dialog(Some(&desktop.home()));
    app.click("restore-folder");
    app.wait_for("entry-says");
    app.screenshot(&desktop, "restore-no-kit");
    desktop
        .hooks
        .drop_on_window(&[&left.kit().join("identity.age")]);
    app.wait_for_text("restore-copy", "wallet.age");
    desktop.hooks.answer_folder_dialog(Some(left.folder.path()));
    app.click("restore-folder");
    app.wait_for_text("restore-copy", "backup-kit-");
    app.type_into("entry-text", &other_code());
    app.click("primary");
    app.wait_for("error");
    app.screenshot(&desktop, "restore-wrong-code");

    desktop.hooks.drop_on_window(&[&left.sheet()]);
    app.wait_for("entry-scanned");
    app.screenshot(&desktop, "restore-ready");
    app.screenshot_small(&desktop, "restore-small");
    app.click("primary");
    app.wait_for("view-restore-found");
    app.wait_for_text("restore-items", "2");
    app.screenshot(&desktop, "restore-found");
    // Back and forward: nothing has to be entered twice.
    app.click("back");
    app.wait_for("entry-scanned");
    app.click("primary");
    app.wait_for("view-restore-found");
    app.click("primary");
    app.wait_for("view-restore-password");
    person::choose_password(&app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-recovered");
    app.screenshot(&desktop, "restored");
    app.click("primary");
    app.wait_for("view-items");
    app.wait_for_text("view-items", LATER);
    app.click("nav-activity");
    app.wait_for_text("view-activity", &left.code[1..5]);

    // The code is used up here, and the wallet opens with its new password.
    person::lock(&app);
    person::use_backup_code(&app);
    person::enter(&app, &left.code);
    app.wait_for("outcome-used");
    app.click("back");
    person::sign_in(&app, NEXT_PASSWORD);
    app.wait_for("view-items");
    app.close();
}

#[test]
fn a_wallet_that_already_exists_is_kept_or_replaced_as_chosen() {
    let desktop = Desktop::start("restore-here");
    let app = open_wallet(&desktop, &[NOTE]);
    let stick = desktop.home().join("stick");
    fs::create_dir(&stick).unwrap();
    let code = issue_with_kit(&app, &desktop, &stick, PASSWORD);
    person::keep(&app, &code);
    app.click("primary");
    person::lock(&app);

    let up_to_found = || {
        app.click("sign-in-restore");
        app.wait_for("view-restore");
        desktop.hooks.drop_on_window(&[&stick]);
        app.wait_for_text("restore-copy", "backup-kit-");
        app.type_into("entry-text", &code);
        app.click("primary");
        app.wait_for("view-restore-found");
    };
    let restore = || {
        app.click("primary");
        app.wait_for("view-restore-password");
        person::choose_password(&app, NEXT_PASSWORD);
        app.click("primary");
        app.wait_for("view-recovered");
    };

    // An opened copy does not stay open for longer than a quarter of an hour.
    up_to_found();
    desktop.hooks.move_clock(16 * 60);
    app.wait_for("view-sign-in");

    // The code also works for the existing wallet, which is offered; both are kept.
    up_to_found();
    app.wait_for("restore-redeemable");
    app.screenshot(&desktop, "restore-in-the-way");
    app.click("place-beside");
    restore();
    app.click("primary");
    app.wait_for("view-items");
    person::find_note(&app);
    person::lock(&app);
    app.screenshot(&desktop, "sign-in-two-of-one-email");
    let wallets = app.run("return document.querySelectorAll('input[type=radio]').length");
    assert_eq!(wallets, 2);

    // Replaced: the old file is kept next to the new one.
    up_to_found();
    app.click("place-replacing");
    restore();
    app.wait_for_text("restored-aside", ".wallet.replaced");
    app.screenshot(&desktop, "restored-aside");
    app.click("primary");
    app.wait_for("view-items");
    person::find_note(&app);
    app.close();
}
