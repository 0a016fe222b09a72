//! The camera: a sheet in any light, several sheets and recovery pages one after another, and no
//! camera at all.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use code::{BackupCode, SetSize};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::Carries;

use crate::app::App;
use crate::desktop::Desktop;
use crate::film::{Film, FilmedPage};
use crate::papers;
use crate::person::{self, EMAIL, NEXT_PASSWORD};
use crate::ready::{NOTE, open_wallet};
use crate::stand_in::StandIn;

#[test]
fn a_sheet_held_in_front_of_the_camera_opens_the_wallet() {
    let desktop = Desktop::alone("camera-redeem");
    let app = open_wallet(&desktop, &[NOTE]);
    let sheet = person::keep_sheet(&app, &desktop);
    person::lock(&app);
    let steady = Film::steady(&FilmedPage::of(&fs::read(sheet).unwrap(), 0));

    person::use_backup_code(&app);
    let camera = StandIn::plug_in(&app);
    assert!(!camera.is_on(), "nobody has asked for it yet");
    open(&app, &camera);
    let before = desktop.files();
    app.screenshot(&desktop, "camera-watching");
    app.screenshot_small(&desktop, "camera-watching-small");
    camera.show(&steady);
    hinted(&app, "found");
    app.screenshot(&desktop, "camera-found");
    found(&app, &camera);
    app.wait_for("entry-scanned");
    assert!(!app.sees("entry-camera"), "nothing is missing");
    app.screenshot(&desktop, "camera-read");
    assert_nothing_was_kept(&desktop, &before);
    app.click("primary");
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    person::find_note(&app);
    app.close();
}

#[test]
fn a_sheet_is_checked_by_a_trembling_hand_in_the_dark_and_from_afar() {
    let desktop = Desktop::alone("camera-check");
    let app = open_wallet(&desktop, &[]);
    let sheet = person::keep_sheet(&app, &desktop);
    let page = FilmedPage::of(&fs::read(sheet).unwrap(), 0);
    let camera = StandIn::plug_in(&app);

    app.click("code-check");
    app.wait_for("view-check");
    camera.show(&Film::shaky(&page));
    open(&app, &camera);
    works(&app, &camera);

    camera.show(&Film::dark(&page));
    open(&app, &camera);
    hinted(&app, "too_dark");
    app.screenshot(&desktop, "camera-dark");
    // The light is turned on.
    let steady = Film::steady(&page);
    camera.show(&steady);
    works(&app, &camera);

    // Always the same sheet, because some can be read even at this size.
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(11), &|_| false);
    let other = papers::sheet(Carries::Code(&code));
    camera.show(&Film::too_far(&FilmedPage::of(&other, 0)));
    open(&app, &camera);
    hinted(&app, "move_closer");
    app.screenshot(&desktop, "camera-too-far");
    // The person moves closer, but not close.
    camera.show(&Film::far(&page));
    works(&app, &camera);
    app.close();
}

/// Checks that the code was found and works, then returns to the entry page.
fn works(app: &App, camera: &StandIn) {
    found(app, camera);
    app.click("primary");
    app.wait_for("outcome-works");
    app.click("check-another");
    app.wait_for("view-check");
}

#[test]
fn three_sheets_of_five_one_after_another_open_recovery_pages() {
    let mut rng = StdRng::seed_from_u64(9);
    let size = SetSize::new(3, 5).unwrap();
    let (secret, shares) = BackupCode::generate_set(&mut rng, &|_| false, size);
    let desktop = Desktop::alone("camera-set");
    let pages = desktop.home().join("pages.pdf");
    fs::write(
        &pages,
        papers::recovery_pages(&secret, EMAIL, &[("Safe", "in the study")]),
    )
    .unwrap();
    let [first, second, third] = [4, 0, 2].map(|at| {
        let share = &shares[at];
        let sheet = papers::sheet(Carries::Share { share, sheets: 5 });
        Film::steady(&FilmedPage::of(&sheet, 0))
    });

    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");
    desktop.hooks.drop_on_window(&[&pages]);
    app.wait_for("restore-pages");
    let camera = StandIn::plug_in(&app);
    open(&app, &camera);
    camera.show(&first);
    app.wait_for("entry-set-missing");
    let one = app.text("entry-set-missing");
    app.screenshot(&desktop, "camera-set-one");
    app.screenshot_small(&desktop, "camera-set-one-small");
    // The camera stays on while sheets are missing, and ignores the same sheet.
    assert_eq!(state(&app), "watching");
    camera.show(&second);
    app.wait_until(
        "two sheets are there",
        &format!("document.querySelector('[data-testid=entry-set-missing]').innerText !== {one:?}"),
    );
    assert_eq!(state(&app), "watching");
    camera.show(&Film::table());
    app.screenshot(&desktop, "camera-set-two");
    camera.show(&third);
    found(&app, &camera);
    app.wait_until_gone("entry-set-missing");
    restored(&app, "1");
    app.close();
}

#[test]
fn recovery_pages_shown_one_by_one_and_their_sheet_restore_the_wallet() {
    let mut rng = StdRng::seed_from_u64(10);
    let code = BackupCode::generate(&mut rng, &|_| false);
    let text = papers::long_text(7_000);
    let pdf = papers::recovery_pages(&code, EMAIL, &[("Safe", "in the study"), ("Long", &text)]);
    let [first, last] = [0, 2].map(|number| Film::read_along(&FilmedPage::of(&pdf, number)));
    let sheet = papers::sheet(Carries::Code(&code));
    let sheet = Film::steady(&FilmedPage::of(&sheet, 0));

    let desktop = Desktop::alone("camera-pages");
    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");
    let camera = StandIn::plug_in(&app);
    open(&app, &camera);
    // The page in the middle is lost.
    camera.show(&first);
    app.wait_for("restore-pages");
    app.screenshot(&desktop, "camera-pages-some");
    camera.show(&sheet);
    app.wait_for("entry-scanned");
    assert_eq!(state(&app), "watching", "pages are missing");
    camera.show(&last);
    app.wait_until(
        "the pages are complete",
        "document.querySelector('[data-testid=restore-copy]').dataset.whole === 'true'",
    );
    found(&app, &camera);
    app.screenshot(&desktop, "camera-pages-whole");
    restored(&app, "2");
    app.close();
}

#[test]
fn without_a_camera_the_app_says_so_and_everything_else_works() {
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(11), &|_| false);
    let sheet = papers::sheet(Carries::Code(&code));
    let steady = Film::steady(&FilmedPage::of(&sheet, 0));
    let desktop = Desktop::alone("camera-none");
    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");

    // The web view's error on a desktop without a camera.
    app.click("entry-camera");
    turns(&app, "none");
    app.screenshot(&desktop, "camera-none");
    app.type_into("entry-text", "QP");
    // There is a camera, but the person denies access: the web view then reports that none exists.
    desktop
        .portal
        .has_camera(desktop.home().join("no-socket-is-asked-for"));
    desktop.portal.refuse_camera();
    let asked = desktop.portal.asked_for_camera();
    app.click("camera-again");
    turns(&app, "none");
    assert!(desktop.portal.asked_for_camera() > asked, "it was asked");
    app.wait_for_text("camera-problem", "under privacy");
    app.screenshot(&desktop, "camera-refused");
    // Other web views report the denial. A window driven by WebDriver is never denied, so the
    // stand-in reports it.
    let camera = StandIn::plug_in(&app);
    camera.refuse("NotAllowedError");
    app.click("camera-again");
    turns(&app, "denied");
    app.screenshot(&desktop, "camera-denied");
    app.screenshot_small(&desktop, "camera-denied-small");
    camera.refuse("NotReadableError");
    app.click("camera-again");
    turns(&app, "busy");
    app.type_into("entry-text", "ZR");
    camera.allow();
    app.click("camera-again");
    turns(&app, "watching");

    // The camera disappears while it is on: unplugged, then removed from the system's list.
    camera.unplug();
    turns(&app, "gone");
    assert!(!camera.is_on());
    app.screenshot(&desktop, "camera-gone");
    app.type_into("entry-text", "Y9");
    app.click("camera-again");
    turns(&app, "none");
    camera.allow();
    app.click("camera-again");
    turns(&app, "watching");
    camera.end();
    turns(&app, "gone");
    app.click("camera-again");
    turns(&app, "watching");
    assert_eq!(app.value("entry-text").replace([' ', '-'], ""), "QPZRY9");
    app.click("camera-close");
    app.wait_until_gone("camera");
    off(&app, &camera);

    open(&app, &camera);
    camera.show(&steady);
    app.wait_for("entry-scanned");
    assert_eq!(state(&app), "watching", "there is nothing to restore yet");
    // The camera is off as soon as the view is left.
    app.click("back");
    app.wait_for("view-start");
    off(&app, &camera);
    app.close();
}

/// Opens the camera and waits until it is watching.
fn open(app: &App, camera: &StandIn) {
    app.click("entry-camera");
    turns(app, "watching");
    assert!(camera.is_on(), "its pictures are taken");
}

/// Waits until the view has closed because nothing is missing, with the camera off.
fn found(app: &App, camera: &StandIn) {
    app.wait_until_gone("camera");
    off(app, camera);
}

fn off(app: &App, camera: &StandIn) {
    assert!(!camera.is_on(), "every track that was given out has ended");
    app.wait_until(
        "no video shows a stream",
        "[...document.querySelectorAll('video')].every((it) => it.srcObject === null)",
    );
}

pub(super) fn state(app: &App) -> String {
    let state = app.run("return document.querySelector('[data-testid=camera]').dataset.state");
    state.as_str().unwrap_or_default().to_owned()
}

/// Waits until the camera's view is in `state`.
pub(super) fn turns(app: &App, state: &str) {
    app.wait_until(
        &format!("the camera is {state}"),
        &format!("document.querySelector('[data-testid=camera]')?.dataset.state === '{state}'"),
    );
}

/// Waits until the hint is shown, in words too.
pub(super) fn hinted(app: &App, hint: &str) {
    app.wait_until(
        &format!("the hint is {hint}"),
        &format!(
            "[...document.querySelectorAll('[data-testid=camera-hint]')]\
             .some((it) => it.dataset.hint === '{hint}' && it.innerText.trim() !== '')"
        ),
    );
}

/// Restores from what was collected, to a wallet with this many items.
pub(super) fn restored(app: &App, items: &str) {
    app.click("primary");
    app.wait_for("view-restore-found");
    app.wait_for_text("restore-items", items);
    app.click("primary");
    app.wait_for("view-restore-password");
    person::choose_password(app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-recovered");
}

/// Asserts that no file created since `before` is large enough for a frame: 900,000 noisy bytes.
fn assert_nothing_was_kept(desktop: &Desktop, before: &BTreeSet<PathBuf>) {
    const PICTURE: u64 = 20_000;
    let kept: Vec<_> = desktop
        .files()
        .into_iter()
        .filter(|path| !before.contains(path))
        .filter(|path| fs::metadata(path).is_ok_and(|it| it.len() > PICTURE))
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
}
