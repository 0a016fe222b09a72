//! One of the two processes of a race.

use std::io::{BufRead as _, BufReader, Write as _, stdin, stdout};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::str::FromStr;
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use platform::folders::Folders;
use platform::keychain::{EmbeddedKeychain, PATIENCE, SystemKeychain};
use usecases::record::End;
use wallet::disk::RealDisk;

use crate::person::{NotSignedIn, Person, Standing, Told, words};

/// The password before the race.
pub(crate) const FIRST: &str = "the first password of this wallet";

/// Where the keychain record is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Store {
    /// In the desktop's keyring.
    Keyring,
    /// In the private file.
    PrivateFile,
}

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Redeems the code for the text as the new password.
    Redeem,
    /// Signs in and revokes the code.
    Revoke,
    /// Signs in and saves the text as a note.
    Save,
}

/// What the process was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// It is done.
    Done,
    /// Another program has the wallet.
    Busy,
    /// The code was used.
    Used,
    /// The code was revoked.
    Revoked,
    /// The password is another one now.
    WrongPassword,
    /// Anything else, which no process may be told.
    Other(String),
}

impl Store {
    /// Starts the program with the wallet and the record in `folder`, or the record in the keyring.
    pub(crate) fn start(self, folder: &Path) -> Told<Person> {
        let folders = Folders::under(folder);
        match self {
            Self::Keyring => Person::start(&folders, Arc::new(SystemKeychain::new(PATIENCE))),
            Self::PrivateFile => {
                let file = EmbeddedKeychain::new(folders.keychain.clone(), Arc::new(RealDisk));
                Person::start(&folders, Arc::new(file))
            }
        }
    }
}

/// Runs as a process of a race: says that it is ready, waits for the start, and says its word.
pub(crate) fn run(folder: &Path, given: &[&str]) -> Told<()> {
    let [store, task, code, text] = given else {
        return Err("a racer needs a store, a task, a code and a text".to_owned());
    };
    let mut person = store.parse::<Store>()?.start(folder)?;
    let task = task.parse::<Task>()?;
    say("ready")?;
    let mut line = String::new();
    stdin().read_line(&mut line).map_err(words)?;
    let mut waits = line
        .split_whitespace()
        .map(|it| it.parse().map(Duration::from_micros));
    let mut wait = || waits.next().ok_or("no wait")?.map_err(words);
    let (before, after) = (wait()?, wait()?);
    sleep(before);
    let word = match task {
        Task::Redeem => redeem(&mut person, code, text, after),
        Task::Revoke => revoke(&mut person, code, after),
        Task::Save => save(&mut person, text, after),
    };
    say(&word.to_string())
}

fn redeem(person: &mut Person, code: &str, next: &str, after: Duration) -> Word {
    let accepted = match person.accept(code) {
        Ok(accepted) => accepted,
        Err(Standing::Busy) => return Word::Busy,
        Err(Standing::Ended(End::Used)) => return Word::Used,
        Err(Standing::Ended(End::Revoked)) => return Word::Revoked,
        Err(other) => return Word::Other(words(other)),
    };
    match person.redeem(accepted, next) {
        Ok(_session) => {
            sleep(after);
            Word::Done
        }
        Err(error) => Word::Other(error),
    }
}

fn revoke(person: &mut Person, code: &str, after: Duration) -> Word {
    let mut session = match person.sign_in(FIRST) {
        Ok(session) => session,
        Err(error) => return refused(error),
    };
    let revoked = person.revoke(&mut session, FIRST, code);
    sleep(after);
    revoked.map_or_else(Word::Other, |()| Word::Done)
}

fn save(person: &mut Person, text: &str, after: Duration) -> Word {
    let mut session = match person.sign_in(FIRST) {
        Ok(session) => session,
        Err(error) => return refused(error),
    };
    let saved = person.save(&mut session, text);
    sleep(after);
    saved.map_or_else(Word::Other, |()| Word::Done)
}

fn refused(error: NotSignedIn) -> Word {
    match error {
        NotSignedIn::Busy => Word::Busy,
        NotSignedIn::WrongPassword => Word::WrongPassword,
        NotSignedIn::Other(words) => Word::Other(words),
    }
}

fn say(line: &str) -> Told<()> {
    let mut out = stdout();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(words)
}

/// A started process.
pub(crate) struct Racer {
    child: Child,
    orders: ChildStdin,
    words: BufReader<ChildStdout>,
}

impl Racer {
    /// Starts a process and waits until it is ready.
    pub(crate) fn start(
        folder: &Path,
        store: Store,
        task: Task,
        code: &str,
        text: &str,
    ) -> Told<Self> {
        let mut child = Command::new(std::env::current_exe().map_err(words)?)
            .arg("racer")
            .arg(folder)
            .args([words(store), words(task)])
            .args([code, text])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(words)?;
        let (orders, output) = (child.stdin.take(), child.stdout.take());
        let mut racer = Self {
            child,
            orders: orders.ok_or("no pipe")?,
            words: BufReader::new(output.ok_or("no pipe")?),
        };
        match racer.hear()?.as_str() {
            "ready" => Ok(racer),
            other => Err(format!("a racer is not ready: {other}")),
        }
    }

    /// Lets it begin after `before`, and keep the wallet for `after` once it is done.
    pub(crate) fn go(&mut self, before: Duration, after: Duration) -> Told<()> {
        let line = format!("{} {}\n", before.as_micros(), after.as_micros());
        self.orders.write_all(line.as_bytes()).map_err(words)
    }

    /// Waits for its word and its end.
    pub(crate) fn word(mut self) -> Told<Word> {
        let word = self.hear()?;
        let status = self.child.wait().map_err(words)?;
        match status.success() {
            true => Ok(Word::read(&word)),
            false => Err(format!("a racer failed: {status} {word}")),
        }
    }

    fn hear(&mut self) -> Told<String> {
        let mut line = String::new();
        self.words.read_line(&mut line).map_err(words)?;
        Ok(line.trim_end().to_owned())
    }
}

const WORDS: [(&str, Word); 5] = [
    ("done", Word::Done),
    ("busy", Word::Busy),
    ("used", Word::Used),
    ("revoked", Word::Revoked),
    ("wrong password", Word::WrongPassword),
];

impl Word {
    fn read(text: &str) -> Self {
        let known = WORDS.into_iter().find(|(name, _)| *name == text);
        known.map_or_else(|| Self::Other(text.to_owned()), |(_, word)| word)
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = WORDS.iter().find(|(_, word)| word == self);
        match (known, self) {
            (Some((name, _)), _) => formatter.write_str(name),
            (None, Self::Other(text)) => formatter.write_str(text),
            (None, _) => formatter.write_str("no word"),
        }
    }
}

impl FromStr for Store {
    type Err = String;

    fn from_str(text: &str) -> Told<Self> {
        let all = [Self::Keyring, Self::PrivateFile];
        named(text, &all)
    }
}

impl FromStr for Task {
    type Err = String;

    fn from_str(text: &str) -> Told<Self> {
        named(text, &[Self::Redeem, Self::Revoke, Self::Save])
    }
}

fn named<T: Copy + std::fmt::Debug>(text: &str, all: &[T]) -> Told<T> {
    let found = all.iter().find(|it| words(it) == text);
    found.copied().ok_or_else(|| format!("{text} is unknown"))
}
