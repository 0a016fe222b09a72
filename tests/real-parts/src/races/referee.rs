//! The wallet of a race, and what must be true of it afterwards.

use std::path::Path;

use tempfile::TempDir;
use usecases::record::End;
use wallet::store::{GENERATIONS, generation};

use super::racer::{FIRST, Store, Task, Word};
use crate::person::{Person, Standing, Told, notes, words};

/// The new passwords, or the notes, of the two processes.
pub(crate) const TEXTS: [&str; 2] = [
    "what the first process sets in this race",
    "what the second process sets in this race",
];
const NOTE: &str = "what must not be lost";

/// A wallet with a note and a confirmed code.
pub(crate) struct Wallet {
    folder: TempDir,
    /// Where its record is.
    pub(crate) store: Store,
    /// Its code.
    pub(crate) code: String,
}

/// Whether the race ended as it must.
pub(crate) enum Verdict {
    Whole,
    Lost(String),
}

impl Wallet {
    /// Makes it.
    pub(crate) fn make(store: Store) -> Told<Self> {
        let folder = tempfile::tempdir().map_err(words)?;
        let mut person = store.start(folder.path())?;
        let mut session = person.create(FIRST)?;
        person.save(&mut session, NOTE)?;
        let code = person.issue(&mut session, FIRST, None)?;
        person.confirm(&mut session, &code)?;
        Ok(Self {
            folder,
            store,
            code,
        })
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Compares the wallet with what the two processes were told.
    pub(crate) fn judge(&self, tasks: [Task; 2], told: &[Word; 2]) -> Verdict {
        let judged = Expected::of(tasks, told).and_then(|expected| self.compare(&expected));
        judged.map_or_else(Verdict::Lost, |()| Verdict::Whole)
    }

    /// Fails unless one of the passwords opens the wallet with its note, after a race that was
    /// interrupted.
    pub(crate) fn survived(&self) -> Told<()> {
        let mut person = self.store.start(self.folder.path())?;
        let mut opening = Vec::new();
        for text in [FIRST, TEXTS[0], TEXTS[1]] {
            if person.opens(text)? {
                opening.push(text);
            }
        }
        let [text] = opening[..] else {
            return Err(format!(
                "{opening:?} open the wallet after an interrupted race"
            ));
        };
        let found = notes(&person.sign_in(text)?);
        match found.iter().any(|note| note == NOTE) {
            true => Ok(()),
            false => Err("the note is lost after an interrupted race".to_owned()),
        }
    }

    fn compare(&self, expected: &Expected) -> Told<()> {
        let mut person = self.store.start(self.folder.path())?;
        for text in [FIRST, TEXTS[0], TEXTS[1]] {
            if person.opens(text)? != (text == expected.password) {
                return Err(format!("\"{text}\" opens the wallet, or does not"));
            }
        }
        expected.code_is(&mut person, &self.code)?;
        let session = person.sign_in(expected.password)?;
        let mut found = notes(&session);
        found.sort();
        if found != expected.notes {
            return Err(format!("the notes are {found:?}"));
        }
        drop(session);
        expected.code_is(&mut person, &self.code)?;
        no_leftovers(&mut person, expected.standing == Standing::Ended(End::Used))
    }
}

/// The one state that fits what the processes were told.
struct Expected {
    password: &'static str,
    notes: Vec<String>,
    standing: Standing,
}

impl Expected {
    fn of(tasks: [Task; 2], told: &[Word; 2]) -> Told<Self> {
        let mut expected = Self {
            password: FIRST,
            notes: vec![NOTE.to_owned()],
            standing: Standing::Live,
        };
        let mut done = 0;
        for ((task, word), text) in tasks.into_iter().zip(told).zip(TEXTS) {
            match (task, word) {
                (Task::Redeem, Word::Done) => {
                    expected.password = text;
                    expected.standing = Standing::Ended(End::Used);
                }
                (Task::Revoke, Word::Done) => expected.standing = Standing::Ended(End::Revoked),
                (Task::Save, Word::Done) => expected.notes.push(text.to_owned()),
                (_, Word::Busy)
                | (Task::Redeem, Word::Used | Word::Revoked)
                | (Task::Revoke, Word::WrongPassword) => continue,
                _ => return Err(format!("no process may be told \"{word}\"")),
            }
            done += 1;
        }
        expected.notes.sort();
        let can_be_two = tasks == [Task::Save; 2];
        match (done, can_be_two) {
            (1, _) | (2, true) => Ok(expected),
            _ => Err(format!("{done} processes were told that it is done")),
        }
    }

    fn code_is(&self, person: &mut Person, code: &str) -> Told<()> {
        match person.standing(code) {
            found if found == self.standing => Ok(()),
            found => Err(format!("the code is {found:?}")),
        }
    }
}

/// No unfinished file is left, and after a redemption no generation that the old password opens.
fn no_leftovers(person: &mut Person, redeemed: bool) -> Told<()> {
    let path = person.path()?;
    let temporaries = ["new", "keep"].map(|name| path.with_added_extension(name));
    if let Some(left) = temporaries.iter().find(|it| it.exists()) {
        return Err(format!("{} is left", left.display()));
    }
    let generations = (1..=GENERATIONS).map(|back| generation(&path, back));
    for left in generations.filter(|it| redeemed && it.exists()) {
        if person.opens_file(&left, FIRST)? {
            return Err(format!("the old password opens {}", left.display()));
        }
    }
    Ok(())
}
