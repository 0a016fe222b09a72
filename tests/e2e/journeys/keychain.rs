//! Without a Secret Service, with one that stops and returns, and with two entries of one wallet.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, NEXT_PASSWORD, PASSWORD};

#[test]
fn without_a_secret_service_a_private_file_is_offered_and_a_code_is_redeemed_with_it() {
    let desktop = Desktop::without_keyring("no-keychain");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    // The question is asked where it matters.
    app.click("nav-backup-code");
    app.click("code-issue");
    app.wait_for("view-keychain");
    app.screenshot(&desktop, "keychain-missing");
    app.click("primary");
    app.wait_for("keychain-still-missing");
    app.click("keychain-embedded");
    // Who set the password a moment ago is asked for no proof.
    app.wait_for("view-issue-life");
    app.click("back");
    app.click("nav-settings");
    app.wait_for("keychain-kind");
    app.screenshot(&desktop, "settings-embedded");
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    app.close();

    // The choice is lost with its file, but the wallet names the store of its code.
    let settings = PathBuf::from(&desktop.environment()["XDG_CONFIG_HOME"]);
    fs::write(settings.join("backup-code/settings.json"), "{\"embedded")
        .expect("the settings can be written");
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.click("nav-backup-code");
    app.click("code-check");
    person::enter(&app, &code);
    app.wait_for("outcome-works");
    app.click("primary");
    app.click("nav-settings");
    app.wait_for_text("keychain-choice-lost", "settings.json.damaged");
    app.screenshot(&desktop, "settings-choice-lost");
    app.click("settings-keychain");
    app.click("keychain-embedded");
    app.wait_until_gone("keychain-choice-lost");
    app.wait_for("view-settings");
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

/// Runs a script with the attributes of the wallet's keychain record.
fn with_record(desktop: &Desktop, script: &str) {
    let file = person::wallet_file(desktop);
    let wallet = file.file_stem().expect("a wallet file has a name");
    let status = Command::new("sh")
        .args(["-c", script, "sh"])
        .args(["service", "Backup Code", "username"])
        .arg(wallet)
        .envs(desktop.environment())
        .status();
    assert!(status.is_ok_and(|it| it.success()), "{script}");
}

/// Leaves a second entry with the wallet's record, as a keyring does that was synchronised.
fn double_record(desktop: &Desktop) {
    let script = "secret-tool lookup \"$@\" | secret-tool store --label=Copy \"$@\" copy yes";
    with_record(desktop, script);
}

/// Puts something else in the place of the wallet's record.
fn spoil_record(desktop: &Desktop) {
    let script = "secret-tool clear \"$@\" && echo '{}' | secret-tool store --label=Other \"$@\"";
    with_record(desktop, script);
}

/// Leaves what a program leaves that ends in a redemption, between keychain and file.
fn interrupt_redemption(desktop: &Desktop, code: &str) {
    let begun = serde_json::json!({
        "commit": "00".repeat(16),
        "identifier": &code[1..5],
        "at": 1_790_000_000,
    });
    let script = format!(
        "record=$(secret-tool lookup \"$@\" | sed 's/\"version\":1/&,\"intent\":{begun}/') && \
         printf %s \"$record\" | secret-tool store --label='Backup Code' \"$@\""
    );
    with_record(desktop, &script);
}

#[test]
fn two_entries_of_one_wallet_are_reported_and_made_one() {
    let desktop = Desktop::start("keychain-twice");
    let records = || {
        let stored = person::keychain_records(&desktop);
        stored.matches("secret = {").count()
    };
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    double_record(&desktop);
    assert_eq!(records(), 2);
    app.click("primary");
    app.wait_for_text("keychain-trouble", "twice");
    app.screenshot(&desktop, "backup-code-keychain-twice");
    app.click("keychain-mend");
    app.wait_until_gone("keychain-trouble");
    app.wait_for_text("code-identifier", &code[1..5]);
    assert_eq!(records(), 1);

    // A new code replaces a record that cannot be read.
    spoil_record(&desktop);
    assert_eq!(records(), 1);
    app.click("nav-items");
    app.click("nav-backup-code");
    app.wait_for_text("keychain-trouble", "damaged");
    app.wait_for_text("code-facts", "No code works here");
    app.screenshot(&desktop, "backup-code-record-damaged");
    app.screenshot_small(&desktop, "small-backup-code-record-damaged");
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    app.wait_for_text("code-identifier", &code[1..5]);
    assert!(!app.sees("keychain-trouble"));

    // A redemption in which a program ended is mentioned until somebody signs in.
    interrupt_redemption(&desktop, &code);
    person::lock(&app);
    app.wait_for_text("interrupted", "the backup code again");
    app.screenshot(&desktop, "sign-in-interrupted");
    app.screenshot_small(&desktop, "small-sign-in-interrupted");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    person::lock(&app);
    app.wait_for("view-sign-in");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    assert!(!app.sees("interrupted"));
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
