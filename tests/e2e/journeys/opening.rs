//! The first thing that anyone sees.

use crate::app::App;
use crate::desktop::Desktop;

#[test]
fn the_window_opens_and_shows_the_first_start() {
    let desktop = Desktop::start("opening");
    let app = App::start(&desktop);
    app.wait_for("view-start");
    app.screenshot(&desktop, "start");
    app.close();
}
