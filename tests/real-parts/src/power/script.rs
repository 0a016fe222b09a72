//! The program whose system calls are recorded: a person's wallet from its creation on.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use platform::folders::Folders;
use platform::keychain::EmbeddedKeychain;
use usecases::session::Session;
use wallet::disk::RealDisk;

use super::known::{Fate, Line, State};
use crate::person::{Person, Told, kit_folder, words};

/// The folder that stands for the disk, in the folder of a recording.
pub(crate) const DISK: &str = "disk";
/// The file of the person's lines, beside it.
pub(crate) const NOTEBOOK: &str = "notebook";
/// The folders on the disk that kits are in. They were there, durably, before the recording.
pub(crate) const KIT_FOLDERS: [&str; 2] = ["stick", "drawer"];

/// Starts the program on a disk, with the private file as its keychain.
pub(crate) fn start(disk: &Path) -> Told<Person> {
    let folders = Folders::under(&disk.join("home"));
    let keychain = EmbeddedKeychain::new(folders.keychain.clone(), Arc::new(RealDisk));
    Person::start(&folders, Arc::new(keychain))
}

/// Runs the whole script in the folder of a recording.
pub(crate) fn run(folder: &Path) -> Told<()> {
    let disk = folder.join(DISK);
    let notebook = OpenOptions::new()
        .append(true)
        .open(folder.join(NOTEBOOK))
        .map_err(words)?;
    let mut script = Script {
        person: start(&disk)?,
        kits: KIT_FOLDERS.map(|name| disk.join(name)),
        notebook,
        state: State::default(),
    };
    script.first_wallet()?;
    script.second_code_and_restore()?;
    script.revoked_code()?;
    script.redemption()
}

struct Script {
    person: Person,
    kits: [PathBuf; 2],
    notebook: File,
    state: State,
}

impl Script {
    /// A wallet, notes, a code with a kit, a new password, and the kit in another folder.
    fn first_wallet(&mut self) -> Told<()> {
        let first = "the first password of this wallet";
        let next = State {
            password: Some(first.to_owned()),
            ..State::default()
        };
        self.trying(&next)?;
        let mut session = self.person.create(first)?;
        self.done(next)?;
        self.save(&mut session, "a note before the code")?;
        let stick = self.kits[0].clone();
        let code = self.issue(&mut session, Some(&stick))?;
        self.confirm(&mut session, &code)?;
        self.save(&mut session, "a note after the code")?;
        self.change_password(&mut session, "the second password of this wallet")?;
        self.move_kit(&mut session, &code)?;
        self.save(&mut session, "a note after the move")
    }

    /// Another code with a kit replaces the first, and restores the wallet.
    fn second_code_and_restore(&mut self) -> Told<()> {
        let mut session = self.sign_in()?;
        let stick = self.kits[0].clone();
        let code = self.issue(&mut session, Some(&stick))?;
        self.confirm(&mut session, &code)?;
        self.save(&mut session, "a note for the restored wallet")?;
        drop(session);
        let text = "the password of the restored wallet";
        let next = self.ended(&code, text);
        self.trying(&next)?;
        let session = self
            .person
            .restore(&kit_folder(&stick, &code)?, &code, text)?;
        drop(session);
        self.done(next)
    }

    /// A code without a kit, which is revoked.
    fn revoked_code(&mut self) -> Told<()> {
        let mut session = self.sign_in()?;
        let code = self.issue(&mut session, None)?;
        self.confirm(&mut session, &code)?;
        let mut next = self.state.clone();
        next.codes.insert(code.clone(), Fate::Revoked);
        self.trying(&next)?;
        let password = self.password()?;
        self.person.revoke(&mut session, &password, &code)?;
        self.done(next)?;
        self.save(&mut session, "a note after the revoked code")
    }

    /// A code with a kit, which is redeemed while a newer one is unconfirmed.
    fn redemption(&mut self) -> Told<()> {
        let mut session = self.sign_in()?;
        let drawer = self.kits[1].clone();
        let code = self.issue(&mut session, Some(&drawer))?;
        self.confirm(&mut session, &code)?;
        self.issue(&mut session, None)?;
        self.save(&mut session, "a note before the redemption")?;
        drop(session);
        let text = "the password after the redemption";
        let next = self.ended(&code, text);
        self.trying(&next)?;
        let accepted = self.person.accept(&code).map_err(words)?;
        let mut session = self.person.redeem(accepted, text)?;
        self.done(next)?;
        self.save(&mut session, "a note after the redemption")?;
        self.change_password(&mut session, "the last password of this wallet")
    }

    /// The state once this code has been used: it bought the password, and the others are dead.
    fn ended(&self, code: &str, text: &str) -> State {
        let mut next = self.state.clone();
        next.password = Some(text.to_owned());
        for fate in next.codes.values_mut().filter(|it| **it == Fate::Live) {
            *fate = Fate::Recovered;
        }
        next.codes.insert(code.to_owned(), Fate::Used);
        next.kits = BTreeMap::new();
        next
    }

    fn save(&mut self, session: &mut Session, title: &str) -> Told<()> {
        let mut next = self.state.clone();
        next.notes.push(title.to_owned());
        self.trying(&next)?;
        self.person.save(session, title)?;
        self.done(next)?;
        self.refresh_kits(session)
    }

    fn refresh_kits(&mut self, session: &mut Session) -> Told<()> {
        self.person.refresh_kits(session)?;
        let mut next = self.state.clone();
        for notes in next.kits.values_mut() {
            notes.clone_from(&self.state.notes);
        }
        self.done(next)
    }

    fn issue(&mut self, session: &mut Session, kit: Option<&Path>) -> Told<String> {
        let password = self.password()?;
        let code = self.person.issue(session, &password, kit)?;
        let mut next = self.state.clone();
        next.codes.insert(code.clone(), Fate::Live);
        if kit.is_some() {
            next.kits.insert(code.clone(), self.state.notes.clone());
        }
        self.done(next)?;
        self.refresh_kits(session)?;
        Ok(code)
    }

    fn confirm(&mut self, session: &mut Session, code: &str) -> Told<()> {
        let mut next = self.state.clone();
        for (other, fate) in &mut next.codes {
            if other != code && *fate == Fate::Live {
                *fate = Fate::Replaced;
            }
        }
        next.kits.retain(|other, _| other == code);
        self.trying(&next)?;
        self.person.confirm(session, code)?;
        self.done(next)?;
        self.refresh_kits(session)
    }

    fn change_password(&mut self, session: &mut Session, text: &str) -> Told<()> {
        let next = State {
            password: Some(text.to_owned()),
            ..self.state.clone()
        };
        self.trying(&next)?;
        let from = self.password()?;
        self.person.change_password(session, &from, text)?;
        self.done(next)?;
        self.refresh_kits(session)
    }

    /// The person moves the kit, as a file manager does, and tells the program.
    fn move_kit(&mut self, session: &mut Session, code: &str) -> Told<()> {
        let [from, to] = &self.kits;
        let (from, to) = (kit_folder(from, code)?, kit_folder(to, code)?);
        std::fs::rename(&from, &to).map_err(words)?;
        self.person.moved_kit(session, code, &to)?;
        self.refresh_kits(session)
    }

    fn sign_in(&mut self) -> Told<Session> {
        let password = self.password()?;
        let mut session = self.person.sign_in(&password)?;
        self.refresh_kits(&mut session)?;
        Ok(session)
    }

    fn password(&self) -> Told<String> {
        self.state
            .password
            .clone()
            .ok_or_else(|| "no password".to_owned())
    }

    fn trying(&mut self, next: &State) -> Told<()> {
        self.write(&Line::Trying(next.clone()))
    }

    fn done(&mut self, next: State) -> Told<()> {
        self.write(&Line::Done(next.clone()))?;
        self.state = next;
        Ok(())
    }

    /// Writes a line by one system call.
    fn write(&mut self, line: &Line) -> Told<()> {
        let line = serde_json::to_vec(line).map_err(words)?;
        self.notebook.write_all(&line).map_err(words)
    }
}
