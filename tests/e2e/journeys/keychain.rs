//! Without a Secret Service, and with one that stops and returns.

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, NEXT_PASSWORD, PASSWORD};

#[test]
fn without_a_secret_service_a_private_file_is_offered_and_a_code_is_redeemed_with_it() {
    let desktop = Desktop::without_keyring("no-keychain");
    let app = App::start(&desktop);
    app.wait_for("view-keychain");
    app.screenshot(&desktop, "keychain-missing");
    app.click("primary");
    app.wait_for("keychain-still-missing");
    app.click("keychain-embedded");
    app.wait_for("view-start");
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    app.click("nav-settings");
    app.wait_for("keychain-kind");
    app.screenshot(&desktop, "settings-embedded");
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    app.close();

    // The choice is remembered.
    let app = App::start(&desktop);
    person::use_backup_code(&app);
    person::enter(&app, &code);
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    person::find_note(&app);
    app.close();
}

#[test]
fn a_keychain_that_stops_between_issue_and_redeem_is_reported_until_it_is_back() {
    let mut desktop = Desktop::start("keychain-dies");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    person::lock(&app);

    desktop.session.kill_keyring().expect("the daemon ends");
    person::use_backup_code(&app);
    person::enter(&app, &code);
    app.wait_for("error");
    app.screenshot(&desktop, "redeem-no-keychain");

    // The password still works.
    app.click("back");
    app.click("back");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    person::find_note(&app);
    app.click("nav-backup-code");
    app.wait_for("keychain-trouble");
    app.screenshot(&desktop, "backup-code-no-keychain");
    person::lock(&app);

    desktop
        .session
        .start_keyring()
        .expect("the daemon comes back");
    person::use_backup_code(&app);
    person::enter(&app, &code);
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    person::find_note(&app);
    app.close();
}
