//! The page's process crashes: the app keeps running, locks, and reloads its page.

use std::collections::HashSet;
use std::fs;

use image::RgbImage;

use crate::app::App;
use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::driver::wait_until;
use crate::person::{self, PASSWORD};
use crate::portal::Look;
use crate::ready::open_wallet;

#[test]
fn a_page_that_crashes_is_reloaded_and_nothing_saved_is_lost() {
    let desktop = Desktop::start("page-crash");
    let app = open_wallet(&desktop, &[]);
    person::add_note(&app);
    let open = desktop.picture();
    assert!(colours(&open) > PAGE, "a page is drawn");

    app.crash_page();
    wait_until("a page is drawn again", || {
        let shown = desktop.picture();
        colours(&shown) > PAGE && differ(&open, &shown)
    });
    // The dialog is drawn for people only; the screenshots document it.
    for look in [Look::Dark, Look::Light] {
        desktop.portal.switch(look);
        wait_until("the page has that look", || {
            (mean(&desktop.picture()) < DARK) == (look == Look::Dark)
        });
        let name = format!("page-crash-again-{}.png", look.name());
        desktop.picture().save(artefact(&name)).unwrap();
    }
    app.kill();

    // Nothing that was saved is lost.
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    person::find_note(&app);
    app.close();
    let log = fs::read_to_string(artefact("page-crash.log")).unwrap();
    assert!(!log.contains("panicked"), "{log}");
}

/// A page with text has more colours than this, an empty window fewer.
const PAGE: usize = 32;

/// The mean level of red, green and blue on a display with a dark page is below this.
const DARK: u64 = 40;

fn mean(picture: &RgbImage) -> u64 {
    let levels = picture.as_raw();
    levels.iter().map(|&level| u64::from(level)).sum::<u64>() / levels.len() as u64
}

fn colours(picture: &RgbImage) -> usize {
    picture.pixels().collect::<HashSet<_>>().len()
}

fn differ(one: &RgbImage, other: &RgbImage) -> bool {
    let pixels = one.pixels().zip(other.pixels());
    pixels.filter(|(one, other)| one != other).count() > 1000
}
