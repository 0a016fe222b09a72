//! Issue a code, save its sheet, confirm it; check, replace, revoke.

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, PASSWORD};
use crate::ready::{NOTE, open_wallet};

#[test]
fn a_code_is_issued_saved_as_a_sheet_kept_checked_replaced_and_revoked() {
    let desktop = Desktop::start("issue");
    let app = open_wallet(&desktop, &[NOTE]);

    app.click("nav-backup-code");
    app.wait_for("view-backup-code");
    app.screenshot(&desktop, "backup-code-none");
    app.click("code-issue");
    app.wait_for("view-identity");
    app.screenshot(&desktop, "identity");
    app.type_into("password", "a wrong password, wrong");
    app.click("primary");
    app.wait_for("error");
    app.wait_until_gone("wait");
    app.replace("password", PASSWORD);
    app.click("primary");
    app.wait_for("view-issue-life");
    app.screenshot(&desktop, "issue-life");
    app.click("primary");
    let code = person::shown_code(&app);
    assert!(app.sees("countdown"), "two hours are counted down");
    app.screenshot(&desktop, "issue-code");

    // Other programs read the same sixty characters from the sheet.
    let sheet = person::save_sheet(&app, &desktop, "Recovery sheet.pdf");
    app.screenshot(&desktop, "issue-saved");
    let page = person::photograph(&sheet);
    assert_eq!(person::read_by_zbar(&sheet), code);

    // The record in the keychain holds no code.
    let stored = person::keychain_records(&desktop);
    assert!(
        stored.contains("$argon2id$"),
        "the verifier is in the keychain"
    );
    assert!(!stored.contains(&code), "the code is not");
    assert!(!stored.contains(&code[5..40]), "nor most of it");

    app.click("cover");
    app.wait_for("code-covered");
    app.screenshot(&desktop, "issue-covered");
    app.type_into("uncover-password", PASSWORD);
    app.click("primary");
    assert_eq!(person::shown_code(&app), code);

    app.click("primary");
    app.wait_for("view-issue-keep");
    app.type_into("keep-group", "QQQQQ");
    app.click("primary");
    app.wait_for("error");
    app.screenshot(&desktop, "issue-keep");
    app.replace("keep-group", person::asked_group(&app, &code));
    app.click("primary");
    app.wait_for("view-kept");
    app.wait_for("finder");
    app.screenshot(&desktop, "kept");
    app.click("primary");
    app.wait_for("view-backup-code");
    app.screenshot(&desktop, "backup-code-active");

    // Check: typed with mistakes, then from the file. The code is not used up.
    app.click("code-check");
    app.wait_for("view-check");
    app.type_into("entry-text", &with_mistakes(&code));
    app.wait_for("entry-proposal");
    app.screenshot(&desktop, "entry-proposal");
    app.click("entry-accept");
    app.click("primary");
    app.wait_for("outcome-works");
    app.screenshot(&desktop, "check-works");
    app.click("check-another");
    app.wait_for("view-check");
    desktop.hooks.drop_on_window(&[&page]);
    app.wait_for("entry-scanned");
    app.click("primary");
    app.wait_for("outcome-works");

    // A code that would end sooner needs consent; the old one works until the new one is confirmed.
    app.click("primary");
    let lasting = person::issue(&app, PASSWORD, "until-used");
    app.wait_for("replaces");
    person::on_paper(&app);
    app.wait_for_text("keep-replaces", &code[1..5]);
    app.screenshot_small(&desktop, "keep-replaces");
    app.type_into("keep-group", person::asked_group(&app, &lasting));
    app.click("primary");
    app.wait_for_text("kept-replaced", &code[1..5]);
    app.screenshot(&desktop, "kept-replaced");
    app.click("primary");
    person::up_to_life(&app, PASSWORD);
    app.click("primary");
    app.wait_for("dialog-sooner");
    app.screenshot(&desktop, "issue-sooner");
    app.click("dialog-cancel");
    app.click("back");
    app.wait_for("view-backup-code");

    app.click("code-check");
    app.type_into("entry-text", &code);
    app.click("primary");
    app.wait_for_text("outcome-replaced", &lasting[1..5]);
    app.screenshot(&desktop, "check-revoked");
    app.click("primary");
    app.wait_for("view-backup-code");

    app.click("code-revoke");
    app.wait_for("dialog-revoke");
    app.screenshot(&desktop, "revoke");
    app.click("dialog-revoke-yes");
    app.wait_until_gone("code-revoke");
    app.click("code-check");
    app.type_into("entry-text", &lasting);
    app.click("primary");
    app.wait_for("outcome-revoked");
    app.close();
}

#[test]
fn an_unfinished_code_is_asked_about_at_the_next_start() {
    let desktop = Desktop::start("unfinished");
    let app = open_wallet(&desktop, &[]);
    let code = person::issue(&app, PASSWORD, "until-used");
    app.kill();

    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-unfinished");
    app.screenshot(&desktop, "unfinished");
    app.type_into("entry-text", &code);
    app.click("primary");
    app.wait_for("view-kept");
    app.click("primary");

    // Another one is discarded; the first stays.
    let thrown = person::issue(&app, PASSWORD, "until-used");
    app.kill();
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-unfinished");
    app.click("unfinished-discard");
    app.type_into("proof-password", PASSWORD);
    app.screenshot(&desktop, "unfinished-discard");
    app.click("dialog-discard-yes");
    app.wait_for("view-items");
    app.click("nav-backup-code");
    app.click("code-check");
    app.type_into("entry-text", &thrown);
    app.click("primary");
    app.wait_for("outcome-discarded");
    app.click("check-another");
    app.wait_for("view-check");
    app.type_into("entry-text", &code);
    app.click("primary");
    app.wait_for("outcome-works");
    app.close();
}

/// Three characters wrong and one unreadable, in the payload.
pub(crate) fn with_mistakes(code: &str) -> String {
    let mut characters: Vec<char> = code.chars().collect();
    for at in [10, 25, 40] {
        characters[at] = if characters[at] == 'Q' { 'P' } else { 'Q' };
    }
    characters[50] = '?';
    characters.into_iter().collect()
}
