//! The page's process crashes: the app lives on, locks, and shows its page anew.

use std::collections::HashSet;
use std::fs;

use image::RgbImage;

use crate::app::App;
use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::driver::wait_until;
use crate::person::{self, EMAIL, PASSWORD};

#[test]
fn a_page_that_crashes_begins_again_and_nothing_is_open() {
    let desktop = Desktop::start("page-crash");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    let open = desktop.picture();
    assert!(colours(&open) > PAGE, "a page is drawn");

    app.crash_page();
    wait_until("a page is drawn again", || {
        let shown = desktop.picture();
        colours(&shown) > PAGE && differ(&open, &shown)
    });
    // Nobody but the person sees it now: the picture is for whoever reads this.
    desktop
        .picture()
        .save(artefact("page-crash-again.png"))
        .unwrap();
    app.kill();

    // Nothing that was saved is lost.
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    person::find_note(&app);
    app.close();
    let log = fs::read_to_string(artefact("page-crash.log")).unwrap();
    assert!(!log.contains("panicked"), "{log}");
}

/// A page with letters on it has more colours than this, an empty window has fewer.
const PAGE: usize = 32;

fn colours(picture: &RgbImage) -> usize {
    picture.pixels().collect::<HashSet<_>>().len()
}

fn differ(one: &RgbImage, other: &RgbImage) -> bool {
    let pixels = one.pixels().zip(other.pixels());
    pixels.filter(|(one, other)| one != other).count() > 1000
}
