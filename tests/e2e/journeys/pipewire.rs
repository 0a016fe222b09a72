//! The camera as the desktop has it: PipeWire's pictures, through the web view, to Rust. PipeWire says from outside whether it is on.

use code::BackupCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::Carries;

use crate::app::App;
use crate::desktop::Desktop;
use crate::film::{Film, Page};
use crate::papers;

#[test]
fn the_desktops_camera_is_read_and_is_off_with_the_app() {
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(12), &|_| false);
    let sheet = papers::sheet(Carries::Code(&code));
    let steady = Film::steady(&Page::of(&sheet, 0));
    let desktop = Desktop::with_camera("camera-pipewire");
    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");
    assert!(!desktop.camera().is_on(), "nobody has asked for it yet");

    app.click("entry-camera");
    turns(&app, "watching");
    assert!(desktop.camera().is_on(), "its pictures are taken");
    desktop.camera().show(&steady);
    app.wait_for("entry-scanned");
    // There is nothing to restore yet, so it goes on.
    turns(&app, "watching");
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
