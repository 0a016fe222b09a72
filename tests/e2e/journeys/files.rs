//! The wallets' files as disks, synchronisers and people leave them: damaged, under other names, or
//! in a folder that cannot be written; and a kit on a drive that does not answer.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::panicking;

use crate::app::App;
use crate::desktop::Desktop;
use crate::drive::Drive;
use crate::driver::wait_until;
use crate::person::{self, PASSWORD};
use crate::ready::{NOTE, make_wallet, open_wallet};

/// Makes a wallet with a note and saves it once more. Returns its file.
fn saved_twice(desktop: &Desktop) -> PathBuf {
    make_wallet(desktop, &[NOTE, ("A second note", "saved last")]);
    person::wallet_file(desktop)
}

#[test]
fn a_damaged_wallet_goes_on_with_the_copy_that_was_saved_before_it() {
    let desktop = Desktop::start("damaged");
    let file = saved_twice(&desktop);
    fs::write(&file, b"").unwrap();

    let app = App::start(&desktop);
    app.wait_for_text("lost", "is damaged");
    assert!(!app.sees("password"));
    app.screenshot(&desktop, "damaged");
    app.screenshot_small(&desktop, "small-damaged");
    app.click("lost-use");
    app.wait_for_text("dialog-copy", "The damaged file is kept");
    app.screenshot(&desktop, "damaged-copies");
    app.screenshot_small(&desktop, "small-damaged-copies");
    app.click("dialog-copy-yes");
    app.wait_until_gone("lost");
    person::sign_in(&app, PASSWORD);
    person::find_note(&app);
    let shown = app.text("view-items");
    assert!(!shown.contains("A second note"), "the copy is older");
    assert_eq!(fs::read(file.with_added_extension("damaged")).unwrap(), b"");
    person::lock(&app);
    assert!(!app.sees("lost"));
    app.close();

    // Cut behind its header, the file shows its damage only when the password opens it.
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() - 20]).unwrap();
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for_text("lost", "is damaged");
    app.screenshot(&desktop, "damaged-inside");
    app.click("lost-use");
    app.click("dialog-copy-yes");
    app.wait_until_gone("lost");
    person::sign_in(&app, PASSWORD);
    person::find_note(&app);
    app.close();

    // A damaged password slot looks like a wrong password.
    let mut bytes = fs::read(&file).unwrap();
    let slot = b"\"sealed\":\"";
    let at = bytes.windows(slot.len()).position(|it| it == slot).unwrap() + slot.len();
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    fs::write(&file, &bytes).unwrap();
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for_text("lost", "Sure of the password?");
    app.screenshot(&desktop, "password-refused");
    app.screenshot_small(&desktop, "small-password-refused");
    app.wait_until_gone("wait");
    app.click("lost-use");
    app.wait_for_text("dialog-copy", "The present file is kept");
    app.click("dialog-copy-yes");
    app.wait_until_gone("lost");
    person::sign_in(&app, PASSWORD);
    person::find_note(&app);
    assert_eq!(
        fs::read(file.with_added_extension("refused")).unwrap(),
        bytes
    );
    app.close();
}

#[test]
fn copies_that_others_made_are_told_apart_and_a_renamed_wallet_gets_its_name_back() {
    let desktop = Desktop::start("copies");
    let file = saved_twice(&desktop);
    let id = file.file_stem().unwrap().to_string_lossy().into_owned();
    let beside = |name: &str| file.with_file_name(name.replace("ID", &id));
    let older = file.with_added_extension("1");
    fs::copy(&file, beside("ID (1).wallet")).unwrap();
    fs::copy(
        &older,
        beside("ID.sync-conflict-20260102-030405-ABCDEFG.wallet"),
    )
    .unwrap();
    fs::write(beside("._ID.wallet"), b"attributes").unwrap();
    fs::write(beside("ID (placeholder).wallet"), b"").unwrap();

    let app = App::start(&desktop);
    app.wait_for_text("beside", "2 other copies");
    assert!(!app.sees("damaged") && !app.sees("lost"));
    app.screenshot(&desktop, "copies-closed");
    app.run("document.querySelector('[data-testid=beside]').open = true");
    let told = app.text("beside");
    assert!(
        told.contains("the same as") && told.contains("an older version"),
        "{told}"
    );
    app.screenshot(&desktop, "copies");
    app.screenshot_small(&desktop, "small-copies");
    person::sign_in(&app, PASSWORD);
    app.wait_for_text("view-items", person::TITLE);
    app.close();

    // Only a renamed file is left.
    let renamed = beside("my old wallet.wallet");
    fs::rename(&file, &renamed).unwrap();
    for entry in fs::read_dir(file.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path != renamed {
            fs::remove_file(path).unwrap();
        }
    }
    let app = App::start(&desktop);
    app.wait_for_text("lost", "is missing");
    app.click("lost-use");
    app.wait_for_text("dialog-copy", "my old wallet.wallet");
    app.screenshot(&desktop, "renamed");
    app.click("dialog-copy-yes");
    app.wait_until_gone("lost");
    person::sign_in(&app, PASSWORD);
    app.wait_for_text("view-items", person::TITLE);
    assert!(file.exists() && renamed.exists());
    app.close();
}

#[test]
fn a_wallet_in_a_folder_that_cannot_be_written_is_read_and_says_so() {
    let desktop = Desktop::start("read-only");
    let file = saved_twice(&desktop);
    let folder = file.parent().unwrap();
    let read_only = ReadOnly::make(folder).expect("a mode or a mount makes it read-only");
    let before = names(folder);

    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for("read-only");
    app.screenshot(&desktop, "read-only");
    app.screenshot_small(&desktop, "small-read-only");
    assert_eq!(
        app.run("return document.querySelector('[data-testid=add-item]').disabled"),
        true
    );
    app.wait_for_text("view-items", person::TITLE);
    app.click("nav-backup-code");
    app.wait_for("read-only");
    app.screenshot(&desktop, "read-only-code");
    app.click("nav-settings");
    app.wait_for("read-only");
    person::lock(&app);
    assert_eq!(names(folder), before);

    // Writable again, and everything goes on.
    drop(read_only);
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    assert!(!app.sees("read-only"));
    app.click("add-item");
    app.click("kind-note");
    app.wait_for("view-item-edit");
    app.close();
}

#[test]
fn a_kit_on_a_drive_that_does_not_answer_holds_nothing_up_and_is_updated_once_it_does() {
    let desktop = Desktop::start("slow-drive");
    let drive = Drive::mount(&desktop.home());
    let app = open_wallet(&desktop, &[]);
    person::up_to_life(&app, PASSWORD);
    person::choose_kit(&app, &desktop, drive.folder());
    app.click("primary");
    let code = person::shown_code(&app);
    person::keep(&app, &code);
    app.click("primary");
    let kit = format!("backup-kit-{}", &code[1..5]);
    app.wait_for_text("code-kit", &format!("{kit}, up to date"));
    let wallet = || fs::read(drive.behind().join(&kit).join("wallet.age")).unwrap();
    let before = wallet();

    drive.stop();
    person::add_note(&app);
    app.click("back");
    app.wait_for_text("todo-kit", "hasn’t responded yet");
    app.screenshot(&desktop, "kit-no-answer");
    person::lock(&app);
    person::sign_in(&app, PASSWORD);
    person::find_note(&app);
    app.wait_for_text("todo-kit", "hasn’t responded yet");
    assert!(wallet() == before, "the drive still does not answer");

    drive.go_on();
    wait_until("the kit is brought up to date", || wallet() != before);
    // Said without anybody asking.
    app.wait_until_gone("todo-kit");
    app.close();
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names
}

/// A folder that cannot be written until this is dropped. Rights do not bind root, a mount does.
struct ReadOnly {
    folder: PathBuf,
    mounted: bool,
}

impl ReadOnly {
    fn make(folder: &Path) -> Option<Self> {
        let folder = folder.to_owned();
        let mounted = mount(&["--bind"], &folder) && mount(&["-o", "remount,bind,ro"], &folder);
        let made = Self { folder, mounted };
        if !made.mounted {
            made.set_rights(0o500, 0o400);
        }
        let probe = made.folder.join("probe");
        let written = fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe));
        written.is_err().then_some(made)
    }

    fn set_rights(&self, of_the_folder: u32, of_the_locks: u32) {
        for path in names(&self.folder) {
            if path
                .extension()
                .is_some_and(|extension| extension == "lock")
            {
                fs::set_permissions(path, Permissions::from_mode(of_the_locks)).unwrap();
            }
        }
        fs::set_permissions(&self.folder, Permissions::from_mode(of_the_folder)).unwrap();
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        if !self.mounted {
            self.set_rights(0o700, 0o600);
        }
        if self.mounted {
            let unmounted = run(Command::new("umount").arg(&self.folder));
            assert!(unmounted || panicking(), "the folder can be written again");
        }
    }
}

fn mount(options: &[&str], folder: &Path) -> bool {
    let mut command = Command::new("mount");
    command.args(options);
    match options.contains(&"--bind") {
        true => command.arg(folder).arg(folder),
        false => command.arg(folder),
    };
    run(&mut command)
}

fn run(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
