//! An item of several fields is found by what is in plain sight, edited, looked at as it was
//! before, moved to the bin and back, and deleted for good.

use crate::desktop::Desktop;
use crate::ready::open_wallet;

const TITLE: &str = "Exchange";
const ADDRESS: &str = "https://example.org";
const FIRST: &str = "first password";
const SECOND: &str = "second password";

#[test]
fn an_account_is_found_edited_restored_in_part_and_deleted_for_good() {
    let desktop = Desktop::start("items");
    let app = open_wallet(&desktop, &[]);
    app.click("add-item");
    app.wait_for("view-new-item");
    app.screenshot(&desktop, "new-item");
    app.screenshot_small(&desktop, "small-new-item");
    app.click("kind-account");
    app.wait_for("view-item-edit");
    app.type_into("item-title", TITLE);
    app.type_into("field-1", "ada");
    app.type_into("field-2", FIRST);
    app.type_into("field-3", ADDRESS);
    app.type_into("item-tags", "money, daily, Money");
    app.click("item-favourite");
    app.screenshot(&desktop, "item-edit");
    app.screenshot_small(&desktop, "small-item-edit");

    // A field of its own, which keeps the focus while it is moved.
    app.click("field-add");
    app.replace("label-6", "Customer number");
    app.type_into("field-6", "4711");
    app.click("up-6");
    app.wait_until(
        "the field is moved",
        "document.querySelector('[data-testid=fields-said]').textContent.includes('5 of 6')",
    );
    assert_eq!(app.focused().as_deref(), Some("up-6"));
    app.screenshot(&desktop, "item-arranging");
    app.screenshot_small(&desktop, "small-item-arranging");
    app.click("remove-6");
    app.click("field-undo");
    app.wait_until_gone("field-removed");
    app.click("primary");
    app.wait_for("view-item");
    app.wait_for_text("shown-6", "4711");
    assert!(!app.sees("shown-2"), "the password is hidden");
    app.screenshot(&desktop, "item");
    app.screenshot_small(&desktop, "small-item");

    // Found by its address, and by its password only where hidden texts are searched.
    app.click("nav-items");
    app.type_into("search", FIRST);
    app.wait_for("search-nothing");
    app.replace("search", ADDRESS);
    app.wait_until_gone("search-nothing");
    // By then the search has its answer.
    app.run_async("window.__TAURI_INTERNALS__.invoke('list_items')");
    app.wait_for_text("item", TITLE);
    app.replace("search", FIRST);
    app.wait_for("search-nothing");
    app.click("search-hidden");
    app.wait_for_text("item", TITLE);
    app.screenshot(&desktop, "items-found");
    app.screenshot_small(&desktop, "small-items-found");

    app.click("item");
    app.click("item-edit");
    app.wait_for("masked-2");
    app.click("show-2");
    app.replace("field-2", SECOND);
    app.click("primary");
    app.wait_for("view-item");

    // As it was before, of which the password alone comes back.
    app.click("item-history");
    app.wait_for("dialog-history");
    app.screenshot(&desktop, "item-history");
    app.click("dialog-look");
    app.wait_for("view-item-version");
    app.click("reveal-2");
    app.wait_for_text("shown-2", FIRST);
    app.screenshot(&desktop, "item-version");
    app.screenshot_small(&desktop, "small-item-version");
    app.click("restore-2");
    app.wait_for("item-restored");
    app.screenshot(&desktop, "item-restored");
    app.click("reveal-2");
    app.wait_for_text("shown-2", FIRST);

    app.click("item-bin");
    app.wait_for("binned");
    app.screenshot(&desktop, "item-binned");
    app.click("undo");
    app.wait_for_text("item", TITLE);
    app.click("item");
    app.click("item-bin");
    app.wait_for("items-empty");
    app.click("open-bin");
    app.wait_for("bin-item");
    app.screenshot(&desktop, "bin");
    app.screenshot_small(&desktop, "small-bin");
    app.click("bin-delete");
    app.wait_for_text("dialog-delete", TITLE);
    app.wait_for_text("held", "earlier versions");
    app.screenshot(&desktop, "bin-delete");
    app.screenshot_small(&desktop, "bin-delete-small");
    app.click("dialog-delete-yes");
    app.wait_for("bin-nothing");
    app.click("back");
    app.wait_for("items-empty");
    assert!(!app.sees("open-bin"), "nothing is left in the bin");
    app.close();
}
