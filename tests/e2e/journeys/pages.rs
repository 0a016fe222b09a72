//! Recovery pages: made while the code is shown, and a wallet restored from all but one of them.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::app::App;
use crate::desktop::Desktop;
use crate::papers::{long_text, recovery_pages};
use crate::person::{self, NEXT_PASSWORD, PASSWORD};
use crate::ready::{NOTE, open_wallet};

/// The first computer: a wallet of several pages, the pages as scanned pictures, and the code.
fn pages_of_a_wallet() -> (TempDir, Vec<PathBuf>, String) {
    let desktop = Desktop::start("pages");
    let app = open_wallet(&desktop, &[NOTE, ("Long", &long_text(20_000))]);
    person::up_to_life(&app, PASSWORD);
    app.click("life-until-used");
    app.click("reach-others");
    app.click("reach-kit");
    app.click("reach-pages");
    app.click("primary");
    let code = person::shown_code(&app);
    app.wait_for_text("pages-extent", "2 items");

    // Continuing without the pages that the sheet mentions needs confirmation.
    let sheet = person::save_sheet(&app, &desktop, "sheet.pdf");
    app.click("primary");
    app.wait_for("dialog-without-pages");
    app.screenshot(&desktop, "pages-missing");
    app.click("dialog-cancel");
    let pdf = desktop.home().join("pages.pdf");
    desktop.hooks.answer_save_dialog(Some(&pdf));
    app.click("save-pages");
    app.wait_for("pages-made");
    app.run("document.querySelector('[data-testid=pages]').scrollIntoView()");
    app.screenshot(&desktop, "pages-saved");
    let text = person::text_of(&sheet);
    assert!(text.to_lowercase().contains("recovery pages"), "{text}");
    assert!(app.sees("sheet-margin"));
    person::keep(&app, &code);
    app.screenshot(&desktop, "kept-with-pages");
    app.click("primary");
    app.wait_for("code-pages");
    // A later note is not on the pages, and the wallet says so.
    person::add_note(&app);
    app.click("back");
    app.wait_for("todo-pages-old");
    app.screenshot(&desktop, "pages-older-than-items");
    app.close();

    let folder = tempfile::tempdir().unwrap();
    let pages = person::scan_pages(&pdf, folder.path());
    assert!(pages.len() >= 3, "{} pages", pages.len());
    (folder, pages, code)
}

/// Pages of another wallet, as a PDF.
fn foreign_pages() -> Vec<u8> {
    let mut rng = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(6);
    let code = code::BackupCode::generate(&mut rng, &|_| false);
    recovery_pages(&code, "eve@example.org", &[])
}

#[test]
fn a_wallet_is_restored_from_all_but_one_of_its_pages() {
    let (_folder, mut pages, code) = pages_of_a_wallet();
    let desktop = Desktop::start("restore-pages");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.click("start-restore");
    app.wait_for("view-restore");
    let foreign = desktop.home().join("foreign.pdf");
    fs::write(&foreign, foreign_pages()).unwrap();
    desktop.hooks.drop_on_window(&[&foreign]);
    app.wait_for("restore-pages");

    // The first page is lost. The others come in any order, one of them twice.
    let lost = pages.remove(0);
    fs::remove_file(lost).unwrap();
    pages.reverse();
    let (last, first) = pages.split_last().unwrap();
    let first: Vec<_> = first.iter().map(PathBuf::as_path).collect();
    desktop.hooks.drop_on_window(&[first[0]]);
    app.wait_until(
        "a page is read",
        "document.querySelector('[data-testid=restore-pages]').textContent.includes('set')",
    );
    desktop.hooks.drop_on_window(&first);
    app.wait_until_gone("entry-scanning");
    app.screenshot(&desktop, "restore-pages-some");
    desktop.hooks.drop_on_window(&[last]);
    app.wait_until(
        "the pages are complete",
        "document.querySelector('[data-testid=restore-copy]').dataset.whole === 'true'",
    );
    app.type_into("entry-text", &code);
    app.screenshot(&desktop, "restore-pages-whole");
    app.click("primary");
    app.wait_for("view-restore-found");
    app.wait_for_text("restore-items", "2");
    app.click("primary");
    app.wait_for("view-restore-password");
    person::choose_password(&app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-recovered");
    app.click("primary");
    app.wait_for("view-items");
    app.wait_for_text("view-items", "Long");
    app.close();
}
