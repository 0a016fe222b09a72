//! An idle wallet locks; a code on the screen is covered instead.

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, PASSWORD, TITLE};

#[test]
fn an_idle_wallet_locks_and_leaves_nothing_of_itself_on_the_page() {
    let desktop = Desktop::start("lock");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    desktop.hooks.move_clock(5 * 60 + 1);
    app.wait_for("view-sign-in");
    let page = app.run("return document.documentElement.outerHTML");
    assert!(!page.as_str().expect("a page").contains(TITLE));

    // Never while a code is shown, because it cannot be shown again.
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    let code = person::issue(&app, PASSWORD, "until-used");
    desktop.hooks.move_clock(10 * 60);
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(person::shown_code(&app), code);
    // The program no longer returns the code without the password.
    app.click("cover");
    app.wait_for("code-covered");
    app.type_into("uncover-password", "a wrong password, wrong");
    app.click("primary");
    app.wait_for("error");
    app.close();
}
