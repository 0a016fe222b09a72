//! The first thing that anyone sees.

use crate::app::App;
use crate::desktop::Desktop;

#[test]
fn the_window_opens_and_shows_the_first_start() {
    let desktop = Desktop::start("opening");
    let app = App::start(&desktop);
    app.wait_for("create-wallet");
    app.screenshot(&desktop, "first-start");
    app.close();
}
