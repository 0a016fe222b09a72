//! A wallet that is there before the app starts. The use cases of the app make it, with parts as
//! real as the app's and the least costly key that a wallet may have.

use std::fs;
use std::path::PathBuf;

use platform::clock::SystemClock;
use platform::folders::Folders;
use platform::keychain::{PATIENCE, SystemKeychain};
use platform::random::system_random;
use usecases::{World, create, items};
use wallet::disk::RealDisk;
use wallet::{
    Body, CommitId, Email, Field, FieldType, Item, ItemId, KdfMemory, KdfParams, Kind, Password,
    Sealed, SecretText, Timestamp,
};

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

/// Makes such a wallet and writes this number of accounts into it at once. Their titles are
/// "Exchange 0", "Exchange 1" and so on.
pub(crate) fn make_large_wallet(desktop: &Desktop, count: usize) {
    make_wallet(desktop, &[]);
    let path = person::wallet_file(desktop);
    let file = fs::read(&path).expect("the wallet can be read");
    let password = Password::typed(PASSWORD.to_owned());
    let mut opened = Sealed::parse(file)
        .expect("a wallet")
        .open_with_password(&password, &mut KdfMemory::new())
        .expect("the wallet opens");
    let mut rng = system_random().expect("the system's generator");
    // Some days apart, as items are.
    let changed = |number: usize| Timestamp(1_700_000_000 + 4_000 * number as i64);
    opened.contents.items = (0..count)
        .map(|number| Item::new(ItemId::random(&mut rng), account(number), changed(number)))
        .collect();
    let commit = CommitId::random(&mut rng);
    let file = opened.seal(&mut rng, commit).expect("the wallet is sealed");
    fs::write(path, file).expect("the wallet can be written");
}

/// An account as people keep them.
fn account(number: usize) -> Body {
    let fields = [
        (
            "User name",
            FieldType::Text,
            format!("ada.{number}@example.org"),
        ),
        ("Password", FieldType::Secret, format!("{number:020}")),
        (
            "Address",
            FieldType::Address,
            format!("https://exchange-{number}.example.org/sign-in"),
        ),
    ];
    let fields = (1..)
        .zip(fields)
        .map(|(number, (label, kind, text))| Field {
            number,
            label: SecretText::new(label.to_owned()),
            kind,
            text: SecretText::new(text),
            file: None,
        });
    Body {
        kind: Kind::Account,
        title: SecretText::new(format!("Exchange {number}")),
        tags: vec![SecretText::new(
            ["money", "work", "home"][number % 3].to_owned(),
        )],
        favourite: number.is_multiple_of(50),
        fields: fields.collect(),
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
