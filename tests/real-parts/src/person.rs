//! A person at a program: the use cases with real files, the real clock and a real keychain.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use code::{BackupCode, Reading, TypedCode};
use platform::clock::SystemClock;
use platform::folders::Folders;
use platform::random::{SystemRandom, system_random};
use usecases::confirm::Proof;
use usecases::issue::{Terms, issue};
use usecases::judge::{Refusal, Refused, Tried};
use usecases::life::Life;
use usecases::ports::{Clock as _, Keychain};
use usecases::record::End;
use usecases::redeem::{AcceptError, Acceptance, Choice};
use usecases::restore::{Destination, Restoration};
use usecases::session::Session;
use usecases::sign_in::{SignInError, Step};
use usecases::waits::Waits;
use usecases::{
    World, confirm, create, find, identity, items, kits, password_change, redeem, restore, revoke,
    sign_in,
};
use wallet::disk::RealDisk;
use wallet::store::{self, LockError};
use wallet::{Body, Email, KdfMemory, KdfParams, Password, SecretText, WalletId};

/// A result whose error is told to the person who runs the command.
pub(crate) type Told<T> = Result<T, String>;

/// Turns an error into words.
pub(crate) fn words(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}

/// One run of the program.
pub(crate) struct Person {
    keychain: Arc<dyn Keychain>,
    random: SystemRandom,
    memory: KdfMemory,
    waits: Waits,
    /// Where the wallets are.
    pub(crate) wallets: PathBuf,
}

/// The program's world. It borrows the parts one by one so that the waits stay free.
macro_rules! world {
    ($person:expr) => {
        World {
            clock: &SystemClock,
            watched: &[],
            keychain: &*$person.keychain,
            disk: &RealDisk,
            folder: &$person.wallets,
            rng: &mut $person.random,
            memory: &mut $person.memory,
        }
    };
}

/// What became of a code, as the program tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It would open the wallet.
    Live,
    /// It has ended.
    Ended(End),
    /// The wallet is in use by another program.
    Busy,
    /// Anything else, in the words of the error.
    Other(String),
}

/// Why a sign-in failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotSignedIn {
    /// The wallet is in use by another program.
    Busy,
    /// The password is another one.
    WrongPassword,
    /// Anything else, in the words of the error.
    Other(String),
}

impl From<NotSignedIn> for String {
    fn from(error: NotSignedIn) -> Self {
        words(error)
    }
}

impl Person {
    /// Starts the program in these folders. Keys derived from passwords and codes cost one hash.
    pub(crate) fn start(folders: &Folders, keychain: Arc<dyn Keychain>) -> Told<Self> {
        folders.create().map_err(words)?;
        Ok(Self {
            keychain,
            random: system_random().map_err(words)?,
            memory: KdfMemory::simulated(),
            waits: Waits::default(),
            wallets: folders.wallets.clone(),
        })
    }

    /// Makes a wallet.
    pub(crate) fn create(&mut self, text: &str) -> Told<Session> {
        let email = Email::parse("ada@example.com").map_err(words)?;
        create::create(&mut world!(self), email, &password(text), KdfParams::FLOOR).map_err(words)
    }

    /// Returns the wallets in the folder, and an error if a file is damaged.
    pub(crate) fn found(&self) -> Told<Vec<WalletId>> {
        let found = find::wallets(&RealDisk, &self.wallets).map_err(words)?;
        if !found.unreadable.is_empty() || !found.lost.is_empty() {
            return Err(format!(
                "{} wallets are lost; unreadable: {:?}",
                found.lost.len(),
                found.unreadable
            ));
        }
        Ok(found.known.iter().map(|known| known.wallet).collect())
    }

    fn wallet(&self) -> Told<WalletId> {
        match self.found()?.as_slice() {
            [wallet] => Ok(*wallet),
            found => Err(format!("{} wallets are there", found.len())),
        }
    }

    /// Returns the path of the one wallet.
    pub(crate) fn path(&self) -> Told<PathBuf> {
        Ok(store::path(&self.wallets, self.wallet()?))
    }

    /// Returns whether a password opens the wallet's file. No try is counted.
    pub(crate) fn opens(&mut self, text: &str) -> Told<bool> {
        self.opens_file(&self.path()?, text)
    }

    /// Returns whether a password opens a file of a wallet. No try is counted.
    pub(crate) fn opens_file(&mut self, path: &Path, text: &str) -> Told<bool> {
        let sealed = store::load(&RealDisk, path).map_err(words)?;
        let opened = sealed.open_with_password(&password(text), &mut self.memory);
        Ok(opened.is_ok())
    }

    /// Signs in, which settles what a crash left. After a wrong password it waits as it is told.
    pub(crate) fn sign_in(&mut self, text: &str) -> Result<Session, NotSignedIn> {
        let wallet = self.wallet().map_err(NotSignedIn::Other)?;
        match sign_in::password(&mut world!(self), &self.waits, wallet, &password(text)) {
            Ok(Step::Open(session)) => Ok(*session),
            Ok(Step::Digits(_)) => Err(NotSignedIn::Other("digits are asked for".to_owned())),
            Err(SignInError::Lock(LockError::Busy)) => Err(NotSignedIn::Busy),
            Err(SignInError::WrongPassword { .. }) => Err(NotSignedIn::WrongPassword),
            Err(SignInError::Wait(wait)) => {
                std::thread::sleep(wait.left);
                self.sign_in(text)
            }
            Err(error) => Err(NotSignedIn::Other(words(error))),
        }
    }

    /// Saves a note.
    pub(crate) fn save(&mut self, session: &mut Session, title: &str) -> Told<()> {
        let (title, text) = (secret(title), secret("text"));
        let saved = items::add(&mut world!(self), session, Body::note(title, text));
        saved.map(drop).map_err(words)
    }

    /// Brings the kits up to date. Returns the problems.
    pub(crate) fn refresh_kits(&mut self, session: &mut Session) -> Told<()> {
        kits::refresh(&world!(self), session);
        match session.kits().iter().find_map(|kit| kit.problem) {
            Some(problem) => Err(format!("a kit: {problem:?}")),
            None => Ok(()),
        }
    }

    /// Issues a code that works until it is used, with a kit in a folder if there is one. Returns
    /// its characters.
    pub(crate) fn issue(
        &mut self,
        session: &mut Session,
        text: &str,
        kit: Option<&Path>,
    ) -> Told<String> {
        let (world, waits) = (&mut world!(self), &self.waits);
        identity::confirm(world, waits, session, &password(text), None).map_err(words)?;
        let terms = Terms {
            life: Life::UntilUsed,
            set: None,
            kit: kit.map(Path::to_owned),
            pages: false,
        };
        issue(world, session, &terms, true).map_err(words)?;
        let shown = session.shown().ok_or("no code is shown")?;
        let sheets = shown.legible(SystemClock.since_boot()).map_err(words)?;
        // Exposed because the person copies it.
        let sheet = sheets.sheet(0).map_err(words)?;
        Ok(sheet.expose().to_owned())
    }

    /// Confirms the code that is shown, which revokes the one before.
    pub(crate) fn confirm(&mut self, session: &mut Session, code: &str) -> Told<()> {
        let code = parse(code)?;
        confirm::keep(&mut world!(self), session, &Proof::Whole(&code))
            .map(drop)
            .map_err(words)
    }

    /// Revokes a code.
    pub(crate) fn revoke(&mut self, session: &mut Session, text: &str, code: &str) -> Told<()> {
        let identifier = parse(code)?.identifier();
        let (world, waits) = (&mut world!(self), &self.waits);
        identity::confirm_password(world, waits, session, &password(text)).map_err(words)?;
        revoke::revoke(world, session, identifier).map_err(words)
    }

    /// Changes the password.
    pub(crate) fn change_password(
        &mut self,
        session: &mut Session,
        from: &str,
        to: &str,
    ) -> Told<()> {
        let (world, waits) = (&mut world!(self), &self.waits);
        let (from, to) = (password(from), password(to));
        password_change::change(world, waits, session, (&from, None), &to, KdfParams::FLOOR)
            .map_err(words)
    }

    /// Tells the program that a kit was moved into another folder.
    pub(crate) fn moved_kit(&mut self, session: &mut Session, code: &str, to: &Path) -> Told<()> {
        let identifier = parse(code)?.identifier();
        kits::moved(&mut world!(self), session, identifier, to).map_err(words)
    }

    /// Enters a code, which takes the wallet's lock until the acceptance is dropped.
    pub(crate) fn accept(&mut self, code: &str) -> Result<Acceptance, Standing> {
        let code = parse(code).map_err(Standing::Other)?;
        let world = &world!(self);
        let waits = &self.waits;
        let wallet = redeem::wallet_of(world, waits, None, &code, Tried::Counts)
            .map_err(|error| standing(&error))?;
        redeem::accept(world, waits, wallet, code, Tried::Counts).map_err(|error| standing(&error))
    }

    /// Returns what became of a code, and leaves it as it is.
    pub(crate) fn standing(&mut self, code: &str) -> Standing {
        match self.accept(code) {
            Ok(_) => Standing::Live,
            Err(standing) => standing,
        }
    }

    /// Redeems an accepted code for a new password.
    pub(crate) fn redeem(&mut self, accepted: Acceptance, next: &str) -> Told<Session> {
        let choice = Choice::New(password(next));
        let (world, waits) = (&mut world!(self), &self.waits);
        redeem::commit(world, waits, accepted, &choice, KdfParams::FLOOR)
            .map_err(|failed| words(failed.error))
    }

    /// Restores the wallet from a code's kit and replaces the one that is here.
    pub(crate) fn restore(&mut self, kit: &Path, code: &str, next: &str) -> Told<Session> {
        let contents = open_kit(kit, code)?;
        let restoration = Restoration::new(contents, parse(code)?.identifier());
        let to = Some(Destination::Replacing(self.wallet()?));
        let (next, params) = (password(next), KdfParams::FLOOR);
        restore::restore(&mut world!(self), restoration, to, &next, params)
            .map(|restored| restored.session)
            .map_err(|failed| words(failed.error))
    }
}

/// The titles of the notes in an open wallet.
pub(crate) fn notes(session: &Session) -> Vec<String> {
    let items = session.items().iter();
    // Exposed for the comparison.
    items
        .map(|item| item.present.body.title.expose().to_owned())
        .collect()
}

/// The folder of a code's kit in the folder around it.
pub(crate) fn kit_folder(around: &Path, code: &str) -> Told<PathBuf> {
    Ok(around.join(kit::folder_name(parse(code)?.identifier())))
}

/// Opens a kit.
pub(crate) fn open_kit(folder: &Path, code: &str) -> Told<kit::KitContents> {
    let file = |name: &str| std::fs::read(folder.join(name)).map_err(words);
    let (identity, wallet) = (file(kit::IDENTITY_FILE)?, file(kit::WALLET_FILE)?);
    kit::open(&identity, &wallet, &parse(code)?).map_err(words)
}

fn standing(error: &AcceptError) -> Standing {
    match error {
        AcceptError::Refused(Refusal::Code(Refused::Ended(ended, _))) => {
            Standing::Ended(ended.state)
        }
        AcceptError::Lock(LockError::Busy) => Standing::Busy,
        other => Standing::Other(words(other)),
    }
}

fn secret(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

fn password(text: &str) -> Password {
    Password::typed(text.to_owned())
}

fn parse(text: &str) -> Told<BackupCode> {
    match TypedCode::parse(text).map_err(words)?.read() {
        Reading::Code(code) => Ok(code),
        _ => Err("this is no code".to_owned()),
    }
}
