//! Printing from memory, through a real print service, to a real printer; and its failures.

use std::fs;
use std::path::Path;

use platform::testing::{DESK, HALL};

use super::fields;
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
fn the_codes_left_of_another_service_are_printed_and_saved_once_the_password_is_right() {
    let desktop = Desktop::with_printer("print-codes");
    let app = open_wallet(&desktop, &[]);
    fields::begin(&app, "codes", "Code host 世界");
    fields::paste(&app, "field-1", "# Kept\n1234 5678\n2345 6789\n✓ 3456 7890");
    fields::save(&app);
    app.wait_for_text("about-1", "2");
    app.screenshot(&desktop, "codes-print");
    app.screenshot_small(&desktop, "small-codes-print");

    app.click("print-codes-1");
    app.wait_for("proof-password");
    app.screenshot(&desktop, "codes-print-identity");
    app.screenshot_small(&desktop, "small-codes-print-identity");
    app.type_into("proof-password", "another password than theirs");
    app.click("dialog-codes-yes");
    app.wait_until(
        "the password is wrong",
        "document.querySelector('[data-testid=error]')?.dataset.code === 'wrong_password'",
    );
    assert!(!app.sees("dialog-print"));
    app.wait_until_gone("wait");
    app.replace("proof-password", PASSWORD);
    app.click("dialog-codes-yes");
    app.wait_for("print-yes");
    app.screenshot(&desktop, "codes-print-printers");
    app.click("print-yes");
    app.wait_for("print-done");
    app.click("print-close");
    let shop = desktop.shop();
    let printed = shop.printed().unwrap();
    let paper = desktop.home().join("paper.pdf");
    fs::write(&paper, &printed[0].document).unwrap();
    assert_lists_codes_left(&paper);
    assert!(shop.spooled().unwrap().is_empty());
    fs::remove_file(&paper).unwrap();

    // The confirmation still holds.
    let saved = desktop.home().join("codes.pdf");
    desktop.hooks.answer_save_dialog(None);
    app.click("save-codes-1");
    app.wait_for("dialog-codes");
    assert!(!app.sees("proof-password"));
    app.click("dialog-codes-yes");
    app.wait_until_gone("dialog-codes");
    assert!(!app.sees("codes-saved-1"));
    desktop.hooks.answer_save_dialog(Some(&saved));
    app.click("save-codes-1");
    app.wait_for("dialog-codes");
    app.click("dialog-codes-yes");
    app.wait_for_text("codes-saved-1", "codes.pdf");
    app.screenshot(&desktop, "codes-saved");
    app.screenshot_small(&desktop, "small-codes-saved");
    assert_lists_codes_left(&saved);
    app.close();
}

/// Asserts that a PDF lists the codes that are left, and says what it is.
fn assert_lists_codes_left(pdf: &Path) {
    let text = person::text_of(pdf);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Code host ??",
        "1234 5678",
        "2345 6789",
        "not a backup code",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(line.contains("2 codes are left. 1 code was used"), "{line}");
    assert!(
        !line.contains("3456 7890") && !line.contains("Kept"),
        "{line}"
    );
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
