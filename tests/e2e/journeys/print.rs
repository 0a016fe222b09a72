//! Printing from memory, through a real print service, to a real printer; and its failures.

use std::fs;

use platform::testing::{DESK, HALL};

use crate::desktop::Desktop;
use crate::person::{self, PASSWORD};
use crate::ready::open_wallet;

#[test]
fn a_sheet_is_printed_from_memory_cancelled_and_printed_again() {
    let desktop = Desktop::with_printer("print");
    let app = open_wallet(&desktop, &[]);
    let code = person::issue(&app, PASSWORD, "two-hours");

    // The printed sheet equals the shown one.
    app.run("document.querySelector('[data-testid=sheet-preview]').open = true");
    app.wait_until(
        "the preview is drawn",
        "document.querySelector('[data-testid=sheet-preview-picture]')?.naturalWidth > 800",
    );
    app.run("document.querySelector('[data-testid=sheet-preview]').scrollIntoView()");
    app.screenshot(&desktop, "sheet-preview");

    // A stopped queue is reported, and the job is cancelled.
    let shop = desktop.shop();
    shop.stop_queue(DESK).unwrap();
    person::click_sheet(&app, "print");
    app.wait_for("printer-problem");
    app.screenshot(&desktop, "print-stopped");
    app.click("print-yes");
    app.wait_for_text("print-progress", "paused");
    app.screenshot(&desktop, "print-waiting");
    app.click("dialog-cancel");
    app.wait_until_gone("dialog-print");
    assert_eq!(shop.waiting().unwrap(), "");
    assert!(shop.printed().unwrap().is_empty());

    shop.start_queue(DESK).unwrap();
    person::click_sheet(&app, "print");
    app.wait_for("print-yes");
    app.screenshot(&desktop, "print");
    app.click("print-yes");
    app.wait_for("print-done");
    app.screenshot(&desktop, "print-done");
    app.click("print-close");
    let printed = shop.printed().unwrap();
    assert_eq!(printed.len(), 1);
    let paper = desktop.home().join("paper.pdf");
    fs::write(&paper, &printed[0].document).unwrap();
    assert_eq!(person::read_by_zbar(&paper), code);

    // The other queue converts its input, and two copies are requested.
    person::click_sheet(&app, "print");
    app.wait_for("print-yes");
    app.run(&format!(
        "const it = document.querySelector('[data-testid=printer]'); it.value = '{HALL}'; \
         it.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
    app.replace("copies", "2");
    app.click("print-yes");
    app.wait_for("print-done");
    app.click("print-close");
    let printed = shop.printed().unwrap();
    let last = printed.last().unwrap();
    fs::write(&paper, &last.document).unwrap();
    assert_eq!(person::read_by_zbar(&paper), code);

    // Nothing is left with the service or in the person's folders.
    assert!(shop.spooled().unwrap().is_empty());
    fs::remove_file(&paper).unwrap();
    fs::remove_file(paper.with_extension("png")).unwrap();
    app.close();
}

#[test]
fn without_a_print_service_the_alternatives_are_named() {
    let desktop = Desktop::start("print-none");
    let app = open_wallet(&desktop, &[]);
    let code = person::issue(&app, PASSWORD, "two-hours");
    person::click_sheet(&app, "print");
    app.wait_for("error");
    app.screenshot(&desktop, "print-no-service");
    app.click("dialog-cancel");
    app.wait_until_gone("dialog-print");
    person::save_sheet(&app, &desktop, "sheet.pdf");
    person::keep(&app, &code);
    app.close();
}
