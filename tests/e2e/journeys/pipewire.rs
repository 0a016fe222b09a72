//! The camera of the desktop: pictures from PipeWire, through the web view, to Rust. PipeWire
//! itself reports whether the camera is on.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread::sleep;
use std::time::Duration;

use code::{BackupCode, SetSize};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::Carries;

use super::camera::{hinted, restored, state, turns};
use crate::app::App;
use crate::desktop::Desktop;
use crate::film::{Film, FilmedPage};
use crate::papers;
use crate::person::EMAIL;

/// Allowed page crashes: Debian 12's web view crashed in three of eight starts of such a camera.
/// See `docs/camera.md`.
const CRASHES: u32 = 9;

/// What is shown to the camera, one after another.
struct Films {
    dark: Film,
    shaky: Film,
    far: Film,
    steady: Film,
    /// Shown repeatedly. The page in the middle is missing.
    pages: Film,
}

#[test]
fn sheets_and_pages_shown_to_a_pipewire_camera_restore_a_wallet() {
    let mut rng = StdRng::seed_from_u64(12);
    let size = SetSize::new(3, 5).unwrap();
    let (secret, shares) = BackupCode::generate_set(&mut rng, &|_| false, size);
    let [first, second, third] = [1, 4, 2].map(|at| {
        let share = &shares[at];
        FilmedPage::of(&papers::sheet(Carries::Share { share, sheets: 5 }), 0)
    });
    let text = papers::long_text(7_000);
    let pages =
        papers::recovery_pages(&secret, EMAIL, &[("Safe", "in the study"), ("Long", &text)]);
    let films = Films {
        dark: Film::dark(&first),
        shaky: Film::shaky(&first),
        far: Film::far(&second),
        steady: Film::steady(&third),
        pages: Film::read_along(&FilmedPage::of(&pages, 0))
            .then(Film::read_along(&FilmedPage::of(&pages, 2))),
    };
    unless_the_page_crashes(|app, desktop| restore(app, desktop, &films));
}

#[test]
fn a_pipewire_camera_that_is_unplugged_is_gone_and_the_code_is_typed() {
    unless_the_page_crashes(|app, desktop| {
        app.click("start-restore");
        app.wait_for("view-restore");
        app.click("entry-camera");
        watches(app);
        desktop.camera().unplug();
        turns(app, "gone");
        desktop.camera().wait_until_off();
        app.type_into("entry-text", "QPZRY9");
        app.click("camera-close");
        app.wait_until_gone("camera");
        assert!(app.value("entry-text").starts_with("QPZRY"));
    });
}

/// Runs a journey on a desktop with a camera, and retries it only if the page crashed, which is the
/// web view's fault.
fn unless_the_page_crashes(journey: impl Fn(&App, &mut Desktop)) {
    for crashes in 0.. {
        let mut desktop = Desktop::with_camera("camera-pipewire");
        let app = App::start(&desktop);
        let Err(panic) = catch_unwind(AssertUnwindSafe(|| journey(&app, &mut desktop))) else {
            app.close();
            return;
        };
        if !app.page_has_crashed() || crashes == CRASHES {
            resume_unwind(panic);
        }
        app.kill();
    }
}

fn restore(app: &App, desktop: &mut Desktop, films: &Films) {
    app.click("start-restore");
    app.wait_for("view-restore");
    assert!(!desktop.camera().is_on(), "nobody has asked for it yet");
    app.click("entry-camera");
    watches(app);
    assert!(desktop.camera().is_on(), "its pictures are taken");
    desktop.camera().show(&films.dark);
    hinted(app, "too_dark");
    desktop.camera().show(&films.shaky);
    app.wait_for("entry-set-missing");
    desktop.camera().show(&films.far);
    app.wait_until("two sheets are there", &sheets(2));
    desktop.camera().show(&films.steady);
    app.wait_until("three sheets are there", &sheets(3));
    turns(app, "watching");
    desktop.camera().show(&films.pages);
    app.wait_for("restore-pages");
    app.wait_until_gone("camera");
    desktop.camera().wait_until_off();
    restored(app, "2");
}

/// Waits until the camera is watching. Retries if no camera is found, as a person would: the web
/// view's list of cameras is not always current.
fn watches(app: &App) {
    for _ in 0..5 {
        app.wait_until(
            "the camera has started",
            "document.querySelector('[data-testid=camera]')?.dataset.state !== 'starting'",
        );
        if state(app) != "none" {
            break;
        }
        sleep(Duration::from_millis(500));
        app.click("camera-again");
    }
    turns(app, "watching");
}

fn sheets(count: usize) -> String {
    format!("document.querySelectorAll('[data-testid=entry-set-sheet]').length === {count}")
}
