//! Set up, replace and lose the second factor, at a wallet that somebody left open.

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, PASSWORD};

#[test]
fn a_second_factor_is_set_up_and_replaced_only_by_who_proves_who_they_are() {
    let desktop = Desktop::start("two-step");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    // The way out of a lost authenticator.
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    person::lock(&app);
    person::sign_in(&app, PASSWORD);

    app.click("nav-settings");
    app.click("two-step-on");
    app.wait_for("view-identity");
    app.screenshot(&desktop, "two-step-identity");
    app.type_into("password", "a wrong password, wrong");
    app.click("primary");
    app.wait_for("error");
    app.wait_until_gone("wait");
    app.replace("password", PASSWORD);
    app.click("primary");
    app.wait_for("two-step-key");
    let first = app.text("two-step-key");
    app.type_into("digits", &person::six_digits(&first));
    app.click("primary");
    app.wait_for("two-step-replace");

    // Another day: the first app's digits are needed to use another one.
    person::lock(&app);
    desktop.hooks.move_clock(90);
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-digits");
    app.type_into("digits", &person::six_digits_at(&first, 90));
    app.click("primary");
    app.click("nav-settings");
    app.screenshot(&desktop, "settings-two-step");
    app.click("two-step-replace");
    app.wait_for("view-identity");
    app.run("document.querySelector('[data-testid=digits-lost]').open = true");
    app.screenshot(&desktop, "identity-digits-lost");
    app.screenshot_small(&desktop, "small-identity-digits-lost");
    desktop.hooks.move_clock(180);
    app.type_into("password", PASSWORD);
    app.type_into("digits", &person::six_digits_at(&first, 180));
    app.click("primary");
    app.wait_for("two-step-key");
    app.screenshot(&desktop, "two-step-replace");
    app.screenshot_small(&desktop, "small-two-step-replace");
    let second = app.text("two-step-key");
    assert_ne!(first, second);
    app.type_into("digits", &person::six_digits_at(&second, 180));
    app.click("primary");
    app.wait_for("two-step-replace");

    // Who changes the password proves both, too.
    app.click("change-password");
    app.wait_for("view-change-password");
    app.wait_for("digits");
    app.screenshot(&desktop, "change-password-digits");
    app.click("back");
    person::lock(&app);
    desktop.hooks.move_clock(270);
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-digits");
    app.type_into("digits", &person::six_digits_at(&second, 270));
    app.click("primary");
    app.wait_for("view-items");
    app.close();
}

#[test]
fn a_code_is_revoked_with_the_password_alone() {
    let desktop = Desktop::start("revoke");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    let code = person::issue(&app, PASSWORD, "until-used");
    person::keep(&app, &code);
    app.click("primary");
    person::lock(&app);
    person::sign_in(&app, PASSWORD);
    app.click("nav-backup-code");
    app.click("code-revoke");
    app.wait_for("proof-password");
    assert_eq!(app.focused().as_deref(), Some("proof-password"));
    app.type_into("proof-password", "a wrong password, wrong");
    app.click("dialog-revoke-yes");
    app.wait_for("error");
    app.screenshot(&desktop, "revoke-wrong");
    app.screenshot_small(&desktop, "small-revoke-wrong");
    app.wait_until_gone("wait");
    app.type_into("proof-password", PASSWORD);
    app.click("dialog-revoke-yes");
    app.wait_until_gone("code-revoke");
    app.close();
}
