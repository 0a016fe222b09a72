//! The camera: a sheet before it in any light, several sheets and recovery pages one after another, and no camera at all.
//! PipeWire says from outside whether it is on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use code::{BackupCode, SetSize};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::Carries;

use crate::app::App;
use crate::desktop::Desktop;
use crate::film::{Film, Page};
use crate::papers;
use crate::person::{self, EMAIL, NEXT_PASSWORD, PASSWORD};

#[test]
fn a_sheet_held_before_the_camera_opens_the_wallet() {
    let desktop = Desktop::with_camera("camera-redeem");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    let code = person::issue(&app, PASSWORD, "until-used");
    let sheet = person::save_sheet(&app, &desktop, "sheet.pdf");
    person::keep(&app, &code);
    app.click("primary");
    person::lock(&app);
    let page = Page::of(&fs::read(sheet).unwrap(), 0);
    let steady = Film::steady(&page);
    let before = files(&desktop);

    person::use_backup_code(&app);
    assert!(!desktop.camera().is_on(), "nobody has asked for it yet");
    open(&app, &desktop);
    app.screenshot(&desktop, "camera-watching");
    desktop.camera().show(&steady);
    hinted(&app, "found");
    found(&app, &desktop);
    app.wait_for("entry-scanned");
    app.screenshot(&desktop, "camera-found");
    app.click("primary");
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    person::find_note(&app);
    app.close();
    assert_nothing_was_kept(&desktop, &before);
}

#[test]
fn a_sheet_is_checked_by_a_trembling_hand_in_the_dark_and_from_afar() {
    let desktop = Desktop::with_camera("camera-check");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    let code = person::issue(&app, PASSWORD, "until-used");
    let sheet = person::save_sheet(&app, &desktop, "sheet.pdf");
    person::keep(&app, &code);
    app.click("primary");
    let page = Page::of(&fs::read(sheet).unwrap(), 0);

    app.click("code-check");
    app.wait_for("view-check");
    desktop.camera().show(&Film::shaky(&page));
    open(&app, &desktop);
    works(&app, &desktop);

    desktop.camera().show(&Film::dark(&page));
    open(&app, &desktop);
    hinted(&app, "too-dark");
    app.screenshot(&desktop, "camera-dark");
    // Somebody puts the light on.
    desktop.camera().show(&Film::steady(&page));
    works(&app, &desktop);

    desktop.camera().show(&Film::far(&page));
    open(&app, &desktop);
    hinted(&app, "move-closer");
    app.screenshot(&desktop, "camera-far");
    desktop.camera().show(&Film::steady(&page));
    works(&app, &desktop);
    app.close();
}

/// The code was found, and works. Back to where the next is entered.
fn works(app: &App, desktop: &Desktop) {
    found(app, desktop);
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
    let desktop = Desktop::with_camera("camera-set");
    let pages = desktop.home().join("pages.pdf");
    fs::write(
        &pages,
        papers::recovery_pages(&secret, EMAIL, &[("Safe", "in the study")]),
    )
    .unwrap();
    let films = [4, 0, 2].map(|at| {
        let share = &shares[at];
        let sheet = papers::sheet(Carries::Share { share, sheets: 5 });
        (share.index().as_char(), Film::steady(&Page::of(&sheet, 0)))
    });

    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");
    desktop.hooks.drop_on_window(&[&pages]);
    app.wait_for("restore-pages");
    let [(_, first), (_, second), (_, third)] = &films;
    open(&app, &desktop);
    desktop.camera().show(first);
    app.wait_for("entry-set-missing");
    let one = app.text("entry-set-missing");
    app.screenshot(&desktop, "camera-set-one");
    // The camera goes on while sheets are missing, and the same sheet again is no news.
    assert_eq!(state(&app), "watching");
    desktop.camera().show(second);
    app.wait_until(
        "two sheets are there",
        &format!("document.querySelector('[data-testid=entry-set-missing]').innerText !== {one:?}"),
    );
    desktop.camera().show(&Film::table());
    app.screenshot(&desktop, "camera-set-two");
    desktop.camera().show(third);
    found(&app, &desktop);
    app.wait_until_gone("entry-set-missing");
    restored(&app, "1");
    app.close();
}

#[test]
fn recovery_pages_leafed_through_and_their_sheet_bring_the_wallet_back() {
    let mut rng = StdRng::seed_from_u64(10);
    let code = BackupCode::generate(&mut rng, &|_| false);
    let text = papers::long_text(7_000);
    let pdf = papers::recovery_pages(&code, EMAIL, &[("Safe", "in the study"), ("Long", &text)]);
    let pages: Vec<_> = [0, 2]
        .map(|number| Film::read_along(&Page::of(&pdf, number)))
        .into();
    let sheet = papers::sheet(Carries::Code(&code));
    let sheet = Film::steady(&Page::of(&sheet, 0));

    let desktop = Desktop::with_camera("camera-pages");
    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");
    open(&app, &desktop);
    // The page in the middle is lost.
    desktop.camera().show(&pages[0]);
    app.wait_for("restore-pages");
    app.screenshot(&desktop, "camera-pages-some");
    desktop.camera().show(&sheet);
    app.wait_for("entry-scanned");
    assert_eq!(state(&app), "watching", "pages are missing");
    desktop.camera().show(&pages[1]);
    app.wait_until(
        "the pages are complete",
        "document.querySelector('[data-testid=restore-copy]').dataset.whole === 'true'",
    );
    app.screenshot(&desktop, "camera-pages-whole");
    restored(&app, "2");
    app.close();
}

#[test]
fn without_a_camera_there_are_words_and_everything_else_still_works() {
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(11), &|_| false);
    let sheet = papers::sheet(Carries::Code(&code));
    let steady = Film::steady(&Page::of(&sheet, 0));
    let desktop = Desktop::with_camera("camera-none");
    let app = App::start(&desktop);
    app.click("start-restore");
    app.wait_for("view-restore");

    // The system says no.
    desktop.hooks.refuse_camera(true);
    app.click("entry-camera");
    turns(&app, "denied");
    app.screenshot(&desktop, "camera-denied");
    assert!(!desktop.camera().is_on());
    app.type_into("entry-text", "QP");
    desktop.hooks.refuse_camera(false);
    desktop.camera().unplug();
    app.click("camera-again");
    turns(&app, "none");
    app.screenshot(&desktop, "camera-none");
    app.type_into("entry-text", "ZR");
    desktop.camera().plug_in();
    app.click("camera-again");
    turns(&app, "watching");

    // It gives up while it watches.
    desktop.camera().freeze();
    turns(&app, "gone");
    app.screenshot(&desktop, "camera-gone");
    app.type_into("entry-text", "Y9");
    assert_eq!(app.value("entry-text").replace([' ', '-'], ""), "QPZRY9");
    app.replace("entry-text", "");
    desktop.camera().thaw();
    app.click("camera-again");
    turns(&app, "watching");
    app.click("camera-close");
    app.wait_until_gone("camera");
    desktop.camera().wait_until_off();

    open(&app, &desktop);
    desktop.camera().show(&steady);
    app.wait_for("entry-scanned");
    // Off the moment the view is left.
    app.click("back");
    app.wait_for("view-start");
    desktop.camera().wait_until_off();
    app.close();
}

/// Opens the camera and waits until it watches.
fn open(app: &App, desktop: &Desktop) {
    app.click("entry-camera");
    turns(app, "watching");
    assert!(desktop.camera().is_on(), "its pictures are taken");
}

/// Nothing is missing any more: the view is closed, and the camera is off.
fn found(app: &App, desktop: &Desktop) {
    app.wait_until_gone("camera");
    desktop.camera().wait_until_off();
}

fn state(app: &App) -> String {
    let state = app.run("return document.querySelector('[data-testid=camera]').dataset.state");
    state.as_str().unwrap_or_default().to_owned()
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

/// From what was collected to the wallet with so many items.
fn restored(app: &App, items: &str) {
    app.click("primary");
    app.wait_for("view-restore-found");
    app.wait_for_text("restore-items", items);
    app.click("primary");
    app.wait_for("view-restore-password");
    app.type_into("new-password", NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-recovered");
}

/// Every file of the desktop's person.
fn files(desktop: &Desktop) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let home = desktop.home();
    let mut folders = vec![home.parent().unwrap().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => _ = found.insert(entry.path()),
                _ => {}
            }
        }
    }
    found
}

/// No file that is new since `before` has room for a picture, or is one.
fn assert_nothing_was_kept(desktop: &Desktop, before: &BTreeSet<PathBuf>) {
    let is_picture = |path: &Path| {
        let size = fs::metadata(path).map_or(0, |it| it.len());
        size > 0
    };
    let kept: Vec<_> = files(desktop)
        .into_iter()
        .filter(|path| !before.contains(path) && is_picture(path))
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
}
