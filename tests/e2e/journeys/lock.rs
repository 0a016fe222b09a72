//! An idle wallet locks; a code on the screen is covered instead.

use std::time::{Duration, Instant};

use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::person::{self, PASSWORD, TITLE};
use crate::portal::Look;
use crate::ready::{NOTE, open_wallet};

#[test]
fn an_idle_wallet_locks_and_leaves_nothing_of_itself_on_the_page() {
    let desktop = Desktop::start("lock");
    let app = open_wallet(&desktop, &[NOTE]);
    app.click("item");
    app.wait_for("view-item");
    desktop.hooks.move_clock(5 * 60 + 1);
    app.wait_for("view-sign-in");
    let page = app.run("return document.documentElement.outerHTML");
    assert!(!page.as_str().expect("a page").contains(TITLE));

    // Never while a code is shown, because it cannot be shown again.
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    let code = person::issue(&app, PASSWORD, "until-used");
    desktop.hooks.move_clock(10 * 60);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(person::shown_code(&app), code);
    // The program no longer returns the code without the password.
    app.click("cover");
    app.wait_for("code-covered");
    app.type_into("uncover-password", "a wrong password, wrong");
    app.click("primary");
    app.wait_for("error");
    app.close();
}

#[test]
fn a_dark_window_stays_dark_while_its_page_is_replaced() {
    let desktop = Desktop::start("lock-dark");
    let app = open_wallet(&desktop, &[]);
    app.turn(&desktop, Look::Dark);
    let mut pictures = 0;
    for _ in 0..3 {
        app.wait_for("view-items");
        let start = Instant::now();
        while bright(&desktop.picture()) > FEW {
            assert!(start.elapsed() < Duration::from_secs(20), "it gets dark");
        }
        app.click("lock");
        let (start, before) = (Instant::now(), pictures);
        // A busy machine takes longer for as many.
        while start.elapsed() < Duration::from_secs(3) || pictures - before < 11 {
            let picture = desktop.picture();
            let bright = bright(&picture);
            pictures += 1;
            if bright > FEW {
                picture.save(artefact("failed-lock-dark.png")).unwrap();
            }
            assert!(bright <= FEW, "{bright} of the display is bright");
        }
        person::sign_in(&app, PASSWORD);
    }
    assert!(pictures > 30, "{pictures}");
    app.close();
}

/// The part of a dark display that is bright at most.
const FEW: f64 = 0.05;

/// The part of a picture that is nearly white.
fn bright(picture: &image::RgbImage) -> f64 {
    let bright = |pixel: &&image::Rgb<u8>| pixel.0.iter().all(|level| *level > 200);
    let count = picture.pixels().filter(bright).count();
    count as f64 / picture.pixels().len().max(1) as f64
}
