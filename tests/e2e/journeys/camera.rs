//! The camera that is not to be had: refused, or missing.

use crate::app::App;
use crate::desktop::Desktop;

#[test]
fn without_a_camera_there_are_words_and_typing_still_works() {
    let desktop = Desktop::start("camera-none");
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
    app.type_into("entry-text", "QP");
    app.run("MediaDevices.prototype.getUserMedia = window.asked");
    app.click("camera-again");
    turns(&app, "none");
    app.screenshot(&desktop, "camera-none");
    app.type_into("entry-text", "ZR");
    assert_eq!(app.value("entry-text").replace([' ', '-'], ""), "QPZR");
    app.click("camera-close");
    app.wait_until_gone("camera");
    app.close();
}

/// Waits until the camera's view is in a state.
fn turns(app: &App, state: &str) {
    app.wait_until(
        &format!("the camera is {state}"),
        &format!("document.querySelector('[data-testid=camera]')?.dataset.state === '{state}'"),
    );
}
