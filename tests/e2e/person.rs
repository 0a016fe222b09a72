//! The steps of people in the window, by the names of the elements.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::app::App;
use crate::desktop::Desktop;
use crate::terminal::in_terminal;

pub(crate) const EMAIL: &str = "ada@example.org";
pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const NEXT_PASSWORD: &str = "a second life for the staple";
pub(crate) const TITLE: &str = "Safe in the study";
pub(crate) const SECRET: &str = "abandon ability able about above absent";

/// Creates a wallet, postpones two-step verification, and leaves the wallet unprotected.
pub(crate) fn create_wallet(app: &App, email: &str, password: &str) {
    create_up_to_two_step(app, email, password);
    app.click("two-step-later");
    skip_protecting(app);
}

/// Leaves the offer to protect the wallet, or the question about a missing keychain before it.
pub(crate) fn skip_protecting(app: &App) {
    app.wait_until(
        "a code is offered, or a keychain is asked for",
        "document.querySelector('[data-testid=protect-skip], [data-testid=view-keychain]')",
    );
    if app.sees("view-keychain") {
        app.click("back");
    } else {
        app.click("protect-skip");
        app.click("dialog-skip-yes");
    }
    app.wait_for("view-items");
}

/// Creates a wallet up to the offer of two-step verification.
pub(crate) fn create_up_to_two_step(app: &App, email: &str, password: &str) {
    app.wait_for("view-create-email");
    app.type_into("email", email);
    app.click("primary");
    app.wait_for("view-create-password");
    choose_password(app, password);
    app.click("primary");
    app.wait_for("two-step-key");
}

/// Types a new password, twice.
pub(crate) fn choose_password(app: &App, password: &str) {
    app.type_into("new-password", password);
    app.type_into("new-password-again", password);
}

/// Adds the note that every recovery must bring back.
pub(crate) fn add_note(app: &App) {
    app.click("nav-items");
    app.click("add-item");
    app.click("kind-note");
    app.wait_for("view-item-edit");
    app.type_into("item-title", TITLE);
    app.type_into("field-1", SECRET);
    app.click("primary");
    app.wait_for("view-item");
}

/// Asserts that the note is there with its text.
pub(crate) fn find_note(app: &App) {
    app.wait_for_text("item", TITLE);
    app.click("item");
    app.click("reveal-1");
    app.wait_for_text("shown-1", SECRET);
    app.click("back");
    app.wait_for("view-items");
}

/// Locks the wallet and waits for the sign-in screen.
pub(crate) fn lock(app: &App) {
    app.click("lock");
    app.wait_for("view-sign-in");
}

/// Enters the password on the sign-in screen.
pub(crate) fn sign_in(app: &App, password: &str) {
    app.wait_for("view-sign-in");
    app.type_into("password", password);
    app.click("primary");
}

/// Starts to issue a code, up to the choice of its life.
pub(crate) fn up_to_life(app: &App, password: &str) {
    app.click("nav-backup-code");
    app.click("code-issue");
    app.wait_until(
        "identity is asked for, or was proved",
        "document.querySelector('[data-testid=view-identity], [data-testid=view-issue-life]')",
    );
    if app.sees("view-identity") {
        app.type_into("password", password);
        app.click("primary");
    }
    app.wait_for("view-issue-life");
}

/// Chooses a code that is valid until used and a kit in `folder`.
pub(crate) fn choose_kit(app: &App, desktop: &Desktop, folder: &Path) {
    app.click("life-until-used");
    app.click("reach-others");
    desktop.hooks.answer_folder_dialog(Some(folder));
    app.click("choose-kit-folder");
    app.wait_for("kit-folder");
}

/// Issues a code with this life (`two-hours`, `until-used`) that works on this computer only.
/// Returns its sixty characters.
pub(crate) fn issue(app: &App, password: &str, life: &str) -> String {
    up_to_life(app, password);
    app.click(&format!("life-{life}"));
    if life == "until-used" {
        app.click("reach-here");
    }
    app.click("primary");
    shown_code(app)
}

/// Returns the sixty characters on the screen.
pub(crate) fn shown_code(app: &App) -> String {
    app.wait_for("view-issue-code");
    app.wait_for("code-group");
    let groups = app.run(
        "return [...document.querySelectorAll('[data-testid=code-group]')].map((it) => it.textContent).join('')",
    );
    let code = groups.as_str().expect("a text").to_owned();
    assert_eq!(code.len(), 60, "twelve groups of five");
    code
}

/// Confirms that the code is kept, by the group that the page asks for.
pub(crate) fn keep(app: &App, code: &str) {
    on_paper(app);
    app.wait_for("view-issue-keep");
    app.type_into("keep-group", asked_group(app, code));
    app.click("primary");
    app.wait_for("view-kept");
}

/// Goes on from the code on the screen to its confirmation: it is on paper, copied by hand unless
/// its sheet was saved or printed.
pub(crate) fn on_paper(app: &App) {
    // The main button does what no button beside it does.
    if app.sees("save-sheet") && app.sees("print-sheet") {
        app.click("primary");
    } else {
        app.click("copy-by-hand");
        app.click("copy-all");
        app.click("typeback-skip");
    }
}

/// Clicks what saves or prints the sheet on the screen: a button, or the main one.
pub(crate) fn click_sheet(app: &App, does: &str) {
    let testid = format!("{does}-sheet");
    app.click(if app.sees(&testid) {
        &testid
    } else {
        "primary"
    });
}

/// Issues a code that is valid until used, saves its sheet and confirms that it is kept. Returns
/// the sheet.
pub(crate) fn keep_sheet(app: &App, desktop: &Desktop) -> PathBuf {
    let code = issue(app, PASSWORD, "until-used");
    let sheet = save_sheet(app, desktop, "sheet.pdf");
    keep(app, &code);
    app.click("primary");
    sheet
}

/// Returns the group that the page asks for.
pub(crate) fn asked_group<'a>(app: &App, code: &'a str) -> &'a str {
    let page = app.text("view-issue-keep");
    let number: usize = page
        .split("roup ")
        .skip(1)
        .find_map(|rest| {
            rest.split(|c: char| !c.is_ascii_digit())
                .next()?
                .parse()
                .ok()
        })
        .unwrap_or_else(|| panic!("no group is asked for in: {page}"));
    &code[5 * (number - 1)..5 * number]
}

/// Goes from the sign-in screen to the field for the code, for the proposed wallet.
pub(crate) fn use_backup_code(app: &App) {
    app.click("use-backup-code");
    app.wait_until(
        "the code or its wallet is asked for",
        "document.querySelector('[data-testid=view-redeem-wallet], [data-testid=view-redeem-enter]')",
    );
    if app.sees("view-redeem-wallet") {
        app.click("primary");
    }
    app.wait_for("view-redeem-enter");
}

/// Types a code and continues.
pub(crate) fn enter(app: &App, code: &str) {
    app.type_into("entry-text", code);
    app.click("primary");
}

/// Goes from the plan to the recovered wallet and sets a new password.
pub(crate) fn set_new_password(app: &App, password: &str) {
    app.wait_for("view-redeem-plan");
    app.click("primary");
    app.wait_for("view-redeem-password");
    choose_password(app, password);
    app.click("primary");
    app.wait_for("view-recovered");
}

/// Returns the current six digits of an authenticator for a key that the window shows.
pub(crate) fn six_digits(key: &str) -> String {
    six_digits_at(key, 0)
}

/// The same so many seconds from now.
pub(crate) fn six_digits_at(key: &str, seconds: i64) -> String {
    let key: String = key.split_whitespace().collect();
    let output = Command::new("oathtool")
        .args(["--totp", "--base32", &key])
        .arg(format!("--now=now + {seconds} seconds"))
        .output()
        .expect("oathtool runs; `cargo xtask e2e` installs it");
    assert!(output.status.success(), "oathtool takes the key");
    String::from_utf8(output.stdout)
        .expect("digits")
        .trim()
        .to_owned()
}

/// Saves the sheet of the code on the screen as `name` in the person's home. Returns its path.
pub(crate) fn save_sheet(app: &App, desktop: &Desktop, name: &str) -> PathBuf {
    let path = desktop.home().join(name);
    desktop.hooks.answer_save_dialog(Some(&path));
    click_sheet(app, "save");
    app.wait_for("sheet-saved");
    assert!(path.is_file(), "the sheet is where it was saved");
    path
}

/// Renders the first page of a PDF as a PNG in the same folder, as a scanner does.
pub(crate) fn photograph(pdf: &Path) -> PathBuf {
    let base = pdf.with_extension("");
    let done = Command::new("pdftoppm")
        .args(["-r", "150", "-png", "-singlefile"])
        .arg(pdf)
        .arg(&base)
        .status()
        .expect("pdftoppm runs; `cargo xtask e2e` installs it");
    assert!(done.success(), "the page renders");
    base.with_extension("png")
}

/// Renders every page of a PDF as a PNG in `folder`. Returns them in order.
pub(crate) fn scan_pages(pdf: &Path, folder: &Path) -> Vec<PathBuf> {
    let done = Command::new("pdftoppm")
        .args(["-r", "150", "-gray", "-png"])
        .arg(pdf)
        .arg(folder.join("page"))
        .status()
        .expect("pdftoppm runs; `cargo xtask e2e` installs it");
    assert!(done.success(), "the pages render");
    let mut pages: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "png"))
        .collect();
    pages.sort();
    pages
}

/// Returns what ZBar reads from the QR symbol of a PDF.
pub(crate) fn read_by_zbar(pdf: &Path) -> String {
    let output = Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(photograph(pdf))
        .output()
        .expect("zbarimg runs; `cargo xtask e2e` installs it");
    let text = String::from_utf8(output.stdout).expect("characters");
    text.trim().to_owned()
}

/// Returns the app's keychain records, as `secret-tool` reads them.
pub(crate) fn keychain_records(desktop: &Desktop) -> String {
    let output = Command::new("secret-tool")
        .args(["search", "--all", "service", "Backup Code"])
        .envs(desktop.environment())
        .output()
        .expect("secret-tool runs; `cargo xtask e2e` installs it");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Returns the text of a PDF, as `pdftotext` reads it.
pub(crate) fn text_of(pdf: &Path) -> String {
    let output = Command::new("pdftotext")
        .arg(pdf)
        .arg("-")
        .output()
        .expect("pdftotext runs; `cargo xtask e2e` installs it");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Returns what stock `age` prints for a kit, by the command that its README gives.
pub(crate) fn open_with_age(kit: &Path, code: &str) -> String {
    let (shown, success) = in_terminal(
        kit,
        "age -d -i identity.age wallet.age",
        &[("passphrase", code)],
    );
    assert!(success, "{shown}");
    shown
}

/// Returns the first wallet file of the desktop's person.
pub(crate) fn wallet_file(desktop: &Desktop) -> PathBuf {
    let data = PathBuf::from(&desktop.environment()["XDG_DATA_HOME"]);
    fs::read_dir(data.join("backup-code/wallets"))
        .expect("the wallets' folder is there")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|it| it == "wallet"))
        .expect("there is a wallet file")
}
