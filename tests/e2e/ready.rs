//! A wallet that is there before the app starts. The use cases of the app make it, with parts as
//! real as the app's and the least costly key that a wallet may have.

use std::path::PathBuf;

use platform::clock::SystemClock;
use platform::folders::Folders;
use platform::keychain::{PATIENCE, SystemKeychain};
use platform::random::system_random;
use usecases::{World, create, items};
use wallet::disk::RealDisk;
use wallet::{Body, Email, KdfMemory, KdfParams, Password, SecretText};

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, PASSWORD, SECRET, TITLE};

/// The note that every recovery must bring back: its title and its text.
pub(crate) const NOTE: (&str, &str) = (TITLE, SECRET);

/// Makes a wallet on `desktop` and saves these notes in it, one after another. It has no code, and
/// so no keychain record.
pub(crate) fn make_wallet(desktop: &Desktop, notes: &[(&str, &str)]) {
    let environment = desktop.environment();
    let folder = |variable: &str| PathBuf::from(&environment[variable]).join("backup-code");
    let folders = Folders {
        wallets: folder("XDG_DATA_HOME").join("wallets"),
        keychain: folder("XDG_STATE_HOME").join("keychain"),
        settings: folder("XDG_CONFIG_HOME"),
    };
    folders.create().expect("the folders can be made");
    let world = &mut World {
        clock: &SystemClock,
        watched: &[],
        // Only asked which kind it is.
        keychain: &SystemKeychain::new(PATIENCE),
        disk: &RealDisk,
        folder: &folders.wallets,
        rng: &mut system_random().expect("the system's generator"),
        memory: &mut KdfMemory::new(),
    };
    let email = Email::parse(EMAIL).expect("an address");
    let password = Password::typed(PASSWORD.to_owned());
    let mut session =
        create::create(world, email, &password, KdfParams::FLOOR).expect("a wallet is made");
    for (title, text) in notes {
        let [title, text] = [title, text].map(|it| SecretText::new((*it).to_owned()));
        items::add(world, &mut session, Body::note(title, text)).expect("a note is saved");
    }
}

/// Starts the app on `desktop` with such a wallet, and signs in.
pub(crate) fn open_wallet(desktop: &Desktop, notes: &[(&str, &str)]) -> App {
    make_wallet(desktop, notes);
    let app = App::start(desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-items");
    app
}
