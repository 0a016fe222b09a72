//! Files in items: chosen, kept as a draft, saved, and saved out again.

use std::fs;

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, PASSWORD};
use crate::ready::open_wallet;

const CONTENT: &[u8] = b"%PDF what a lease says";

#[test]
fn a_file_is_kept_in_an_item_also_as_a_draft_and_a_copy_of_it_is_saved() {
    let desktop = Desktop::start("item-files");
    let app = open_wallet(&desktop, &[]);
    let lease = desktop.home().join("Lease 2027.pdf");
    fs::write(&lease, CONTENT).unwrap();
    let large = desktop.home().join("Film.mp4");
    fs::write(&large, vec![7; (1 << 20) + 1]).unwrap();

    app.click("add-item");
    app.screenshot(&desktop, "kinds");
    app.click("kind-file");
    app.wait_for("view-item-edit");
    desktop.hooks.answer_open_dialog(&[&large]);
    app.click("choose-file-1");
    app.wait_for_text("error", "larger than 1 MB");
    app.screenshot(&desktop, "file-too-large");
    desktop.hooks.answer_open_dialog(&[&lease]);
    app.click("choose-file-1");
    app.wait_for("size-1");
    assert_eq!(app.value("field-1"), "Lease 2027.pdf");
    app.wait_for("item-draft");
    app.screenshot(&desktop, "file-chosen");
    app.screenshot_small(&desktop, "file-chosen-small");
    // The original may be gone by the time that the draft is continued.
    fs::remove_file(&lease).unwrap();
    app.kill();

    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.click("draft-continue");
    app.wait_for("draft-resumed");
    app.wait_for_text("size-1", "22 bytes");
    app.type_into("item-title", "Lease");
    app.click("primary");
    app.wait_for("view-item");
    app.wait_for_text("shown-1", "Lease 2027.pdf");
    app.screenshot(&desktop, "file-shown");
    app.screenshot_small(&desktop, "file-shown-small");
    for path in desktop.files() {
        let bytes = fs::read(&path).unwrap();
        let clear = bytes.windows(CONTENT.len()).any(|it| it == CONTENT);
        assert!(!clear, "{} has the file in the clear", path.display());
    }

    // It is there after a lock, and is saved out as it was.
    person::lock(&app);
    person::sign_in(&app, PASSWORD);
    app.replace("search", "lease 2027");
    app.click("item");
    let copy = desktop.home().join("Copy of the lease.pdf");
    desktop.hooks.answer_save_dialog(Some(&copy));
    app.click("save-file-1");
    app.wait_for_text("file-saved", "isn’t encrypted");
    app.screenshot(&desktop, "file-saved");
    assert_eq!(fs::read(&copy).unwrap(), CONTENT);
    app.close();
}
