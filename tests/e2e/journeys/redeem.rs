//! Redeem a code by typing, from the PDF and from a picture; and everything that can be wrong with
//! it.

use std::fs;

use crate::app::App;
use crate::desktop::Desktop;
use crate::journeys::issue::with_mistakes;
use crate::person::{self, EMAIL, NEXT_PASSWORD, PASSWORD};
use crate::ready::{NOTE, open_wallet};

#[test]
fn a_typed_code_opens_the_wallet_once_and_sets_a_new_password() {
    let desktop = Desktop::start("redeem");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_up_to_two_step(&app, EMAIL, PASSWORD);
    let key = app.text("two-step-key");
    app.type_into("digits", &person::six_digits(&key));
    app.click("primary");
    person::skip_protecting(&app);
    person::add_note(&app);
    app.click("nav-backup-code");
    app.click("code-issue");
    app.wait_for("view-issue-life");
    app.click("primary");
    let code = person::shown_code(&app);
    person::keep(&app, &code);
    app.click("primary");
    person::lock(&app);

    // The password is known, but the authenticator is lost.
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-digits");
    app.click("lost-authenticator");
    app.wait_for("view-redeem-enter");
    app.wait_for_text("redeem-email", EMAIL);
    app.screenshot(&desktop, "redeem-enter");

    // An illegal character, too few characters, too many mistakes; then mistakes that can be
    // corrected.
    app.type_into("entry-text", "QP!");
    app.wait_for_text("entry-says", "!");
    app.screenshot(&desktop, "entry-illegal");
    app.replace("entry-text", &with_mistakes(&code));
    app.wait_for("entry-proposal");
    app.screenshot(&desktop, "redeem-proposal");
    app.click("entry-accept");
    app.click("primary");
    app.wait_for("view-redeem-plan");
    app.screenshot(&desktop, "redeem-plan");

    // Going back changes nothing.
    app.click("back");
    app.wait_until_gone("view-redeem-plan");
    if app.sees("view-sign-in") {
        person::use_backup_code(&app);
    }
    app.wait_for("view-redeem-enter");
    person::enter(&app, &code);
    app.wait_for("view-redeem-plan");
    app.click("primary");
    app.wait_for("view-redeem-password");
    app.screenshot(&desktop, "redeem-password");
    person::choose_password(&app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-recovered");
    app.screenshot(&desktop, "recovered");
    app.click("primary");
    app.wait_for("view-items");
    person::find_note(&app);
    app.click("nav-settings");
    let off =
        app.run("return document.querySelector('[data-testid=two-step-state]').dataset.state");
    assert_eq!(off, "off");

    // The code and the old password are dead; the new password works.
    person::lock(&app);
    person::use_backup_code(&app);
    person::enter(&app, &code);
    app.wait_for("outcome-used");
    app.screenshot(&desktop, "redeem-used");
    app.click("back");
    person::sign_in(&app, PASSWORD);
    app.wait_for("error");
    app.wait_until_gone("wait");
    person::sign_in(&app, NEXT_PASSWORD);
    app.wait_for("view-items");
    app.close();
}

#[test]
fn a_sheet_opens_the_wallet_from_its_pdf_and_from_a_picture_of_it() {
    let desktop = Desktop::start("redeem-sheet");
    let app = open_wallet(&desktop, &[NOTE]);
    let sheet = person::keep_sheet(&app, &desktop);
    person::lock(&app);

    // A file that is not a sheet is reported and changes nothing.
    app.click("use-backup-code");
    app.click("redeem-change");
    app.wait_for_text("redeem-email", "unknown");
    let text = desktop.home().join("letter.txt");
    fs::write(&text, "Dear Ada").unwrap();
    desktop.hooks.drop_on_window(&[&text]);
    app.wait_for_text("entry-says", "letter.txt");
    app.screenshot(&desktop, "entry-unsupported");
    let broken = desktop.home().join("broken.pdf");
    fs::write(&broken, &fs::read(&sheet).unwrap()[..2_000]).unwrap();
    desktop.hooks.drop_on_window(&[&broken]);
    app.wait_for_text("entry-says", "broken.pdf");
    desktop
        .hooks
        .drop_on_window(&[&desktop.home().join("nothing.png")]);
    app.wait_for_text("entry-says", "nothing.png");

    desktop.hooks.drop_on_window(&[&sheet]);
    app.wait_for("entry-scanned");
    app.screenshot(&desktop, "entry-scanned");
    app.click("primary");
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("recovered-issue");
    app.wait_for("protect-skip");
    app.click("reach-here");
    app.click("primary");
    person::shown_code(&app);
    let sheet = person::save_sheet(&app, &desktop, "next.pdf");

    // The saved sheet itself confirms the code.
    app.click("primary");
    app.wait_for("view-issue-keep");
    desktop.hooks.answer_open_dialog(&[&sheet]);
    app.click("keep-files");
    app.wait_for("view-kept");
    app.click("primary");
    person::lock(&app);

    let picture = person::photograph(&sheet);
    person::use_backup_code(&app);
    desktop.hooks.answer_open_dialog(&[&picture]);
    app.click("entry-files");
    app.wait_for("entry-scanned");
    app.click("primary");
    app.wait_for("view-redeem-plan");
    app.click("primary");
    app.click("redeem-keep");
    app.type_into("present-password", PASSWORD);
    app.click("primary");
    app.wait_for("error");
    app.wait_until_gone("wait");
    app.replace("present-password", NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-recovered");
    app.click("primary");
    person::find_note(&app);
    app.close();
}

#[test]
fn a_sheet_is_read_by_an_unrestricted_process_only_if_the_person_says_so() {
    let desktop = Desktop::without_filters("read-anyway");
    let app = open_wallet(&desktop, &[]);
    let sheet = person::keep_sheet(&app, &desktop);
    person::lock(&app);

    person::use_backup_code(&app);
    desktop.hooks.drop_on_window(&[&sheet]);
    app.wait_for_text("entry-says", "shield itself");
    assert!(app.sees("entry-text"), "the code can be typed instead");
    app.screenshot(&desktop, "entry-unprotected");
    app.click("entry-anyway");
    app.wait_for("entry-scanned");
    app.click("primary");
    app.wait_for("view-redeem-plan");
    app.close();
}

#[test]
fn expired_foreign_and_unknown_codes_each_say_what_they_are() {
    let desktop = Desktop::start("redeem-refused");
    let app = open_wallet(&desktop, &[]);
    let short = person::issue(&app, PASSWORD, "two-hours");
    person::keep(&app, &short);
    app.click("primary");
    person::lock(&app);

    // A second wallet, whose code is entered for the first.
    app.click("create-another");
    person::create_wallet(&app, "bea@example.org", PASSWORD);
    let other = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &other);
    app.click("primary");
    person::lock(&app);
    app.screenshot(&desktop, "sign-in-two");

    app.click("use-backup-code");
    app.wait_for("view-redeem-wallet");
    app.screenshot(&desktop, "redeem-wallet");
    let wallets = app.run(
        "return [...document.querySelectorAll('input[type=radio]')].map((it) => it.dataset.testid)",
    );
    let first = wallets[0].as_str().expect("a first wallet").to_owned();
    app.click(&first);
    app.click("primary");
    person::enter(&app, &other);
    app.wait_for("outcome-other-wallet");
    app.screenshot(&desktop, "redeem-other-wallet");
    app.click("primary");
    app.wait_for("view-redeem-plan");
    app.click("back");

    // Two hours later the first code has expired, even after a restart.
    app.close();
    desktop.hooks.move_clock(2 * 3_600 + 1);
    let app = App::start(&desktop);
    app.click("use-backup-code");
    app.click("redeem-wallet-unknown");
    app.click("primary");
    person::enter(&app, &short);
    app.wait_for("outcome-expired");
    app.screenshot(&desktop, "redeem-expired");

    // A well-formed code that was never issued.
    app.click("primary");
    app.wait_for("view-redeem-enter");
    app.type_into("entry-text", &"Q".repeat(60));
    app.wait_for_text("entry-says", "wrong");
    app.screenshot(&desktop, "entry-too-many");
    let mut rng = platform::random::system_random().expect("the system's generator");
    let stranger = code::BackupCode::generate(&mut rng, &|_| false);
    app.replace("entry-text", stranger.expose());
    app.click("primary");
    app.wait_for("outcome-unknown");
    app.screenshot(&desktop, "redeem-unknown");
    app.close();
}

#[test]
fn a_code_that_ends_names_the_copies_that_its_sheet_still_opens() {
    let desktop = Desktop::start("copies-left");
    let app = open_wallet(&desktop, &[]);
    person::up_to_life(&app, PASSWORD);
    person::choose_kit(&app, &desktop, &desktop.home());
    app.click("reach-pages");
    app.click("primary");
    let code = person::shown_code(&app);
    let pages = desktop.home().join("pages.pdf");
    desktop.hooks.answer_save_dialog(Some(&pages));
    app.click("save-pages");
    app.wait_for("pages-made");
    person::keep(&app, &code);
    app.click("primary");

    app.click("code-revoke");
    app.wait_for("dialog-revoke");
    app.wait_for_text("dialog-revoke", "recovery pages");
    app.wait_for_text("dialog-revoke", "backup-kit-");
    app.screenshot(&desktop, "revoke-copies-left");
    app.click("dialog-cancel");
    person::lock(&app);

    person::use_backup_code(&app);
    person::enter(&app, &code);
    person::set_new_password(&app, NEXT_PASSWORD);
    app.wait_for_text("view-recovered", "recovery pages");
    app.wait_for_text("view-recovered", "backup-kit-");
    app.screenshot(&desktop, "recovered-copies-left");
    app.screenshot_small(&desktop, "small-recovered-copies-left");
    app.close();
}
