//! The camera: refused, missing, there again, in the dark, and a sheet before it. PipeWire says from outside whether it is on.

use code::BackupCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::Carries;

use crate::app::App;
use crate::desktop::Desktop;
use crate::film::{Film, Page};
use crate::papers;

#[test]
fn without_a_camera_there_are_words_and_everything_else_still_works() {
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(11), &|_| false);
    let sheet = papers::sheet(Carries::Code(&code));
    let page = Page::of(&sheet, 0);
    let desktop = Desktop::with_camera("camera-none");
    desktop.camera().unplug();
    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");

    // A window that WebDriver drives is never refused the camera, so the page is told what the web view says to a refusal.
    app.run(
        "window.asked = MediaDevices.prototype.getUserMedia; MediaDevices.prototype.getUserMedia = \
         () => Promise.reject(new DOMException('refused', 'NotAllowedError'))",
    );
    app.click("entry-camera");
    turns(&app, "denied");
    app.screenshot(&desktop, "camera-denied");
    assert!(!desktop.camera().is_on());
    app.type_into("entry-text", "QP");
    app.run("MediaDevices.prototype.getUserMedia = window.asked");
    app.click("camera-again");
    turns(&app, "none");
    app.screenshot(&desktop, "camera-none");
    app.type_into("entry-text", "ZR");
    // Plugged in, and on a dark table.
    desktop.camera().show(&Film::dark(&page));
    desktop.camera().plug_in();
    app.click("camera-again");
    turns(&app, "watching");
    assert!(desktop.camera().is_on(), "its pictures are taken");
    hinted(&app, "too_dark");
    app.screenshot(&desktop, "camera-dark");
    assert_eq!(app.value("entry-text").replace([' ', '-'], ""), "QPZR");
    // Somebody puts the light on.
    desktop.camera().show(&Film::steady(&page));
    hinted(&app, "found");
    app.kill();
    desktop.camera().wait_until_off();
}

/// Waits until the camera's view is in a state.
fn turns(app: &App, state: &str) {
    app.wait_until(
        &format!("the camera is {state}"),
        &format!("document.querySelector('[data-testid=camera]')?.dataset.state === '{state}'"),
    );
}

/// Waits until the person is told what would help, in words too.
fn hinted(app: &App, hint: &str) {
    app.wait_until(
        &format!("the hint is {hint}"),
        &format!(
            "[...document.querySelectorAll('[data-testid=camera-hint]')]\
             .some((it) => it.dataset.hint === '{hint}' && it.innerText.trim() !== '')"
        ),
    );
}
