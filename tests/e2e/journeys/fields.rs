//! Each type of field as a person uses it: judged while it is typed, shown in its own way, and
//! copied without being shown.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use code::BackupCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::Carries;

use super::camera::{hinted, turns};
use crate::app::App;
use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::film::{Film, FilmedPage};
use crate::papers;
use crate::person;
use crate::ready::open_wallet;
use crate::stand_in::StandIn;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
/// The places of its words in the list of BIP-39, which begins with 0.
const SEED_QR: &str = "101920151790203919831533203119191019201517902040";
/// The key of RFC 6238, appendix B.
const ONE_TIME: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// Begins a new item of this kind.
pub(super) fn begin(app: &App, kind: &str, title: &str) {
    app.click("nav-items");
    app.wait_for("view-items");
    app.click("add-item");
    app.click(&format!("kind-{kind}"));
    app.wait_for("view-item-edit");
    app.type_into("item-title", title);
}

/// Pastes a text into a field, as typing it would take its line breaks for keys.
pub(super) fn paste(app: &App, field: &str, text: &str) {
    app.click(field);
    app.run_with(
        "document.execCommand('insertText', false, arguments[0])",
        vec![text.into()],
    );
}

pub(super) fn save(app: &App) {
    app.click("primary");
    app.wait_for("view-item");
}

#[test]
fn a_seed_phrase_is_corrected_shown_word_by_word_and_given_to_a_hardware_wallet() {
    let desktop = Desktop::start("words");
    let app = open_wallet(&desktop, &[]);
    begin(&app, "seed-phrase", "Hardware wallet");
    app.type_into("field-1", &PHRASE.replace("sausage", "sausge"));
    app.wait_for_text("judged-1", "6");
    app.screenshot(&desktop, "words-wrong");
    app.screenshot_small(&desktop, "small-words-wrong");
    app.click("near-1-6-sausage");
    app.wait_until_gone("near-1-6");
    assert_eq!(app.value("field-1"), PHRASE);
    // The rest of a word is offered.
    app.type_into("field-1", " aban");
    app.wait_for("complete-1");
    app.screenshot(&desktop, "words-complete");
    app.replace("field-1", PHRASE);
    app.wait_for_text("judged-1", "12 words");
    app.screenshot(&desktop, "words-right");
    save(&app);
    app.wait_for_text("about-1", "12 words");
    app.screenshot(&desktop, "words-hidden");
    app.click("reveal-1");
    app.wait_for_text("word-12", "yellow");
    app.screenshot(&desktop, "words-shown");
    app.screenshot_small(&desktop, "small-words-shown");
    app.click("words-one");
    app.wait_for("dialog-words-one");
    assert!(app.text("dialog-words-one").contains("legal"));
    app.click("words-one-next");
    app.wait_for_text("dialog-words-one", "winner");
    assert!(!app.text("dialog-words-one").contains("thank"));
    app.screenshot(&desktop, "words-one");
    app.click("dialog-close");
    app.click("seed-qr-1");
    app.wait_for("seed-qr-picture");
    app.screenshot(&desktop, "seed-qr");
    app.screenshot_small(&desktop, "small-seed-qr");
    let picture = artefact("seed-qr-light.png");
    let read = Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(&picture)
        .stderr(Stdio::null())
        .output()
        .expect("zbarimg starts");
    assert_eq!(String::from_utf8_lossy(&read.stdout).trim(), SEED_QR);
    app.click("dialog-close");
    app.close();
}

/// The published picture of a SeedQR, and its words.
fn published_seed_qr(number: usize) -> (PathBuf, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/content/seed-qr");
    let phrases = fs::read_to_string(folder.join("phrases.json")).expect("the vectors are there");
    let phrases: serde_json::Value = serde_json::from_str(&phrases).expect("JSON");
    let phrase = phrases[number - 1]["phrase"].as_str().expect("a phrase");
    (folder.join(format!("{number}.png")), phrase.to_owned())
}

#[test]
fn a_seed_qr_is_read_from_a_picture_and_another_qr_code_is_named() {
    let desktop = Desktop::start("read-qr");
    let app = open_wallet(&desktop, &[]);
    begin(&app, "seed-phrase", "Hardware wallet");
    let (picture, phrase) = published_seed_qr(4);
    desktop.hooks.answer_open_dialog(&[]);
    app.click("read-qr-1");
    app.wait_until(
        "nothing is read",
        "!document.querySelector('[data-testid=read-qr-1]').disabled",
    );
    assert_eq!(app.value("field-1"), "");
    let text_file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    desktop.hooks.answer_open_dialog(&[&text_file]);
    app.click("read-qr-1");
    app.wait_for_text("read-qr-says-1", "picture or a PDF");
    app.screenshot(&desktop, "read-qr-none");
    app.screenshot_small(&desktop, "small-read-qr-none");
    desktop.hooks.answer_open_dialog(&[&picture]);
    app.click("read-qr-1");
    app.wait_for_text("judged-1", "12 words");
    assert_eq!(app.value("field-1"), phrase);
    app.screenshot(&desktop, "read-qr");
    // As after a paste, what stood there before comes back.
    app.run("document.execCommand('undo')");
    assert_eq!(app.value("field-1"), "");
    desktop.hooks.answer_open_dialog(&[&picture]);
    app.click("read-qr-1");
    app.wait_for_text("judged-1", "12 words");
    save(&app);

    begin(&app, "account", "Mail");
    desktop.hooks.answer_open_dialog(&[&picture]);
    app.click("read-qr-4");
    app.wait_for_text("read-qr-says-4", "words of a wallet");
    assert_eq!(app.value("field-4"), "");
    app.close();
}

#[test]
fn a_qr_code_before_the_camera_fills_its_field_and_another_one_is_named() {
    let desktop = Desktop::alone("camera-field");
    let app = open_wallet(&desktop, &[]);
    begin(&app, "seed-phrase", "Hardware wallet");
    // The web view's error on a desktop without a camera.
    app.click("read-qr-camera-1");
    turns(&app, "none");
    app.wait_for_text("camera-problem", "from a picture");
    app.screenshot(&desktop, "camera-field-none");
    app.screenshot_small(&desktop, "small-camera-field-none");
    app.click("camera-close");
    app.wait_until_gone("camera");

    let code = BackupCode::generate(&mut StdRng::seed_from_u64(12), &|_| false);
    let sheet = papers::sheet(Carries::Code(&code));
    let camera = StandIn::plug_in(&app);
    app.click("read-qr-camera-1");
    turns(&app, "watching");
    app.screenshot(&desktop, "camera-field-watching");
    app.screenshot_small(&desktop, "small-camera-field-watching");
    camera.show(&Film::steady(&FilmedPage::of(&sheet, 0)));
    hinted(&app, "others");
    app.wait_for_text("camera-hint", "is a backup code");
    app.screenshot(&desktop, "camera-field-sheet");
    assert_eq!(app.value("field-1"), "");
    let seed_qr = Film::steady(&FilmedPage::of_symbol(SEED_QR));
    camera.show(&seed_qr);
    app.wait_for_text("judged-1", "12 words");
    assert_eq!(app.value("field-1"), PHRASE);
    app.screenshot(&desktop, "camera-field-found");
    app.wait_until_gone("camera");
    assert!(!camera.is_on(), "a text was found");
    save(&app);

    begin(&app, "account", "Mail");
    app.click("read-qr-camera-4");
    turns(&app, "watching");
    app.wait_for_text("camera-hint", "words of a wallet");
    assert_eq!(app.value("field-4"), "");
    let address = format!("otpauth://totp/Mail:ada?secret={ONE_TIME}");
    camera.show(&Film::steady(&FilmedPage::of_symbol(&address)));
    app.wait_until_gone("camera");
    assert_eq!(app.value("field-4"), address);
    camera.show(&Film::table());
    app.click("read-qr-camera-4");
    turns(&app, "watching");
    app.click("camera-close");
    app.wait_until_gone("camera");
    assert!(!camera.is_on(), "the person turned it off");
    app.close();
}

#[test]
fn one_time_digits_are_those_of_another_program() {
    let desktop = Desktop::start("one-time");
    let app = open_wallet(&desktop, &[]);
    begin(&app, "account", "Mail");
    app.type_into(
        "field-4",
        "otpauth://hotp/Mail?secret=JBSWY3DPEHPK3PXP&counter=1",
    );
    app.wait_for_text("judged-4", "counter");
    app.screenshot(&desktop, "one-time-wrong");
    app.replace("field-4", ONE_TIME);
    app.wait_until(
        "the key is taken",
        "!document.querySelector('[data-testid=judged-4]')?.textContent.includes('counter')",
    );
    save(&app);
    app.screenshot(&desktop, "one-time-hidden");
    app.click("digits-show-4");
    app.wait_for("ring-4");
    app.screenshot(&desktop, "one-time-shown");
    app.screenshot_small(&desktop, "small-one-time-shown");
    let digits = || -> String {
        let text = app.text("digits-4");
        text.chars().filter(char::is_ascii_digit).collect()
    };
    // The next digits may come between the two.
    let same = (0..3).any(|_| digits() == person::six_digits(ONE_TIME));
    assert!(same, "the digits are those of oathtool");
    app.close();
}

#[test]
fn codes_of_another_service_are_sorted_and_ticked_off() {
    let desktop = Desktop::start("codes");
    let app = open_wallet(&desktop, &[]);
    begin(&app, "codes", "Code host");
    paste(
        &app,
        "field-1",
        "Keep these codes somewhere safe.\n 1. 1234 5678     2. 2345 6789\n 3. 3456 7890",
    );
    app.wait_for("sort-1");
    app.screenshot(&desktop, "codes-pasted");
    app.click("sort-1");
    app.wait_until_gone("sort-1");
    assert_eq!(
        app.value("field-1"),
        "# Keep these codes somewhere safe.\n1234 5678\n2345 6789\n3456 7890"
    );
    save(&app);
    app.wait_for_text("about-1", "3");
    app.click("reveal-1");
    app.wait_for("codes-1");
    app.click("code-used-1-2");
    app.wait_for_text("about-1", "2");
    app.screenshot(&desktop, "codes-ticked");
    app.screenshot_small(&desktop, "small-codes-ticked");
    app.click("code-used-1-1");
    app.wait_for_text("about-1", "1");
    app.screenshot(&desktop, "codes-one-left");
    app.click("code-used-1-2");
    app.wait_for_text("about-1", "2");
    app.close();
}

#[test]
fn a_key_is_recognised_and_its_wrong_checksum_is_seen() {
    let desktop = Desktop::start("key");
    let app = open_wallet(&desktop, &[]);
    let key = "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617";
    begin(&app, "key", "Paper wallet");
    app.type_into("field-1", &key.replace("Yanj", "Ynaj"));
    app.wait_for_text("judged-1", "check characters");
    app.screenshot(&desktop, "key-wrong");
    app.replace("field-1", key);
    app.wait_for_text("judged-1", "right");
    save(&app);
    app.wait_for_text("about-1", "right");
    app.screenshot(&desktop, "key");
    app.screenshot_small(&desktop, "small-key");
    app.close();
}

#[test]
fn a_password_is_generated_and_the_words_of_a_wallet_are_no_backup_code() {
    let desktop = Desktop::start("generator");
    let app = open_wallet(&desktop, &[]);
    begin(&app, "account", "Exchange");
    app.click("generate-2");
    app.wait_for("generated");
    app.screenshot(&desktop, "generator");
    app.screenshot_small(&desktop, "small-generator");
    let first = app.text("generated");
    app.click("generator-again");
    app.wait_until(
        "another one is there",
        &format!(
            "document.querySelector('[data-testid=generated]').textContent.trim() !== {}",
            serde_json::Value::from(first.trim())
        ),
    );
    let second = app.text("generated");
    app.click("generator-use");
    app.wait_until_gone("dialog-generator");
    assert_eq!(app.value("field-2"), second.trim());
    save(&app);

    app.click("lock");
    app.wait_for("view-sign-in");
    person::use_backup_code(&app);
    app.type_into("entry-text", PHRASE);
    app.wait_for_text("entry-says", "words of a wallet");
    app.screenshot(&desktop, "entry-mistaken");
    app.close();
}
