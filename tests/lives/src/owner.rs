//! A person who knows the newest password and has the authenticator, at a copy of a computer in
//! which nothing fails.

use std::collections::BTreeSet;
use std::sync::Arc;

use usecases::find::FindError;
use usecases::identity::IdentityError;
use usecases::judge::Refusal;
use usecases::life::Life;
use usecases::older::OlderError;
use usecases::redeem::AcceptError;
use usecases::sign_in::SignInError;
use wallet::store::LoadError;
use wallet::{DraftsId, FormatError, WalletId};

use crate::computer::Computer;
use crate::drafts::Told;
use crate::oracle::{Broken, Verdict};
use crate::process::Process;
use crate::task::{Note, Notes, Outcome, Shows, Task};

/// The program that probes run.
pub const PROBE: u32 = u32::MAX;
/// Longer than any wait after a wrong password, in seconds.
pub const LONG_WAIT: u64 = 301;
/// A password that nobody uses.
pub const NEW: usize = usize::MAX;
/// A note that nobody has.
const NOTE: u32 = u32::MAX;

/// The person, at a program of their own.
pub struct Owner {
    computer: Computer,
    process: Process,
    wallet: WalletId,
    password: usize,
    /// The key of the authenticator.
    key: Option<Arc<str>>,
    draw: u64,
}

fn lost<T>(what: String) -> Result<T, Broken> {
    Err(Broken::Lost(what))
}

impl Owner {
    /// Goes to a copy of a computer.
    pub fn at(
        computer: &Computer,
        wallet: WalletId,
        password: usize,
        key: Option<Arc<str>>,
    ) -> Self {
        let computer = computer.fork();
        let process = Process::start(&computer, PROBE);
        computer.state().pass(LONG_WAIT);
        Self {
            computer,
            process,
            wallet,
            password,
            key,
            draw: 0,
        }
    }

    /// The notes in memory, of an open wallet.
    pub fn notes(&self) -> Option<Notes> {
        self.process.notes()
    }

    fn run(&mut self, task: &Task) -> Outcome {
        self.draw += 1;
        self.process.run(task, self.draw)
    }

    /// What the authenticator shows; `None` if there is none.
    fn digits(&self) -> Option<Arc<str>> {
        let now = self.computer.state().clocks.now;
        let digits = crate::authenticator::digits(self.key.as_ref()?, now);
        Some(digits.unwrap_or_default().into())
    }

    /// Types the password, after the wait that an earlier failure may have left.
    fn type_password(&mut self) -> Outcome {
        let sign_in = Task::SignIn {
            wallet: self.wallet,
            password: self.password,
        };
        match self.run(&sign_in) {
            Outcome::SignIn(Err(SignInError::Wait(_))) => {
                self.computer.state().pass(LONG_WAIT);
                self.run(&sign_in)
            }
            done => done,
        }
    }

    /// Signs in.
    ///
    /// # Errors
    /// The newest password and the right digits do not open.
    pub fn sign_in(&mut self) -> Verdict {
        match self.type_password() {
            Outcome::SignIn(Ok(digits)) if digits == self.key.is_some() => {}
            Outcome::SignIn(Ok(_)) => {
                return Err(Broken::LetIn(
                    "the six digits are not what decides".to_owned(),
                ));
            }
            Outcome::SignIn(Err(error)) => return lost(format!("no sign-in: {error:?}")),
            _ => return lost("no sign-in".to_owned()),
        }
        let Some(digits) = self.digits() else {
            return Ok(());
        };
        let mut typed = self.run(&Task::Digits(digits));
        if let Outcome::Digits(Err(SignInError::DigitsUsed)) = typed {
            self.computer.state().pass(LONG_WAIT);
            let digits = self.digits().unwrap_or_default();
            typed = self.run(&Task::Digits(digits));
        }
        match typed {
            Outcome::Digits(Ok(())) => Ok(()),
            Outcome::Digits(Err(error)) => lost(format!("no digits: {error:?}")),
            _ => lost("no digits".to_owned()),
        }
    }

    /// Opens a wallet whose file is damaged by one of its copies. Returns whether it may: a file
    /// that says it is of a newer version is never replaced.
    ///
    /// # Errors
    /// The copy cannot be put in place, or does not open.
    pub fn use_copy(&mut self, name: String) -> Result<bool, Broken> {
        // What is wrong shows when the wallet is opened.
        self.type_password();
        self.run(&Task::Lock);
        let put = self.run(&Task::PutOlder {
            wallet: self.wallet,
            name: name.clone(),
        });
        match put {
            Outcome::PutOlder(Ok(())) => self.sign_in().map(|()| true),
            Outcome::PutOlder(Err(OlderError::Find(FindError::Load(LoadError::Format(
                FormatError::NewerVersion { .. },
            ))))) => Ok(false),
            Outcome::PutOlder(Err(error)) => lost(format!("{name} cannot be used: {error:?}")),
            _ => lost(format!("{name} cannot be used")),
        }
    }

    /// Makes one record of several.
    ///
    /// # Errors
    /// The keychain stays as it is.
    pub fn mend(&mut self) -> Verdict {
        match self.run(&Task::Mend(self.wallet)) {
            Outcome::Mend(Ok(_)) => Ok(()),
            Outcome::Mend(Err(error)) => lost(format!("the keychain is not mended: {error:?}")),
            _ => lost("the keychain is not mended".to_owned()),
        }
    }

    /// Proves identity after a while, with the digits of then.
    fn identify_later(&mut self) -> Outcome {
        self.computer.state().pass(LONG_WAIT);
        let identity = Task::Identity {
            password: self.password,
            digits: self.digits(),
            full: true,
        };
        self.run(&identity)
    }

    /// The open wallet, and its key by the name of its file of drafts.
    pub fn key(&self) -> Option<(WalletId, DraftsId)> {
        let session = self.process.session()?;
        Some((session.wallet(), session.opened().drafts_id()))
    }

    /// What was typed and not saved.
    ///
    /// # Errors
    /// Why it cannot be seen.
    pub fn drafts(&mut self) -> Result<Vec<Told>, String> {
        match self.run(&Task::Drafts) {
            Outcome::Drafts(Ok(listed)) => Ok(listed),
            Outcome::Drafts(Err(error)) => Err(format!("no drafts: {error:?}")),
            _ => Err("no drafts".to_owned()),
        }
    }

    /// Goes on in the open wallet: keeps a note, issues a code, confirms it, and redeems it.
    ///
    /// # Errors
    /// One of these cannot be done, or the wallet that the code opens lacks something.
    pub fn goes_on(&mut self) -> Verdict {
        let Some(mut expected) = self.notes() else {
            return lost("no open wallet".to_owned());
        };
        let drafts = self.drafts().ok();
        let save = Task::SaveNote {
            note: NOTE,
            version: 1,
        };
        let known: BTreeSet<u32> = expected.keys().copied().collect();
        expected.insert(NOTE, Note::new(1));
        // What was in the bin for long goes with the first change.
        let now = self.computer.state().clocks.now;
        let session = self.process.session().map(|it| it.sign_ins());
        let sign_ins = session.unwrap_or_default().iter().map(|at| at.0);
        let sign_ins: Vec<i64> = sign_ins.collect();
        expected.retain(|_, note| !note.is_over(&sign_ins, now));
        match self.run(&save) {
            Outcome::SaveNote(Ok(())) => {}
            Outcome::SaveNote(Err(error)) => return lost(format!("no way to save: {error:?}")),
            _ => return lost("no way to save".to_owned()),
        }
        // The digits that opened the wallet open nothing more.
        let mut proved = self.identify_later();
        if let Outcome::Identity(Err(IdentityError::DigitsUsed)) = proved {
            // Nor do those of a clock that was ahead once.
            proved = self.identify_later();
        }
        match proved {
            Outcome::Identity(Ok(())) => {}
            Outcome::Identity(Err(error)) => {
                return lost(format!("no way to prove identity: {error:?}"));
            }
            _ => return lost("no way to prove identity".to_owned()),
        }
        let issue = Task::Issue {
            life: Life::UntilUsed,
            set: None,
            kit: false,
            pages: false,
            sooner_is_fine: true,
        };
        let text = match self.run(&issue) {
            Outcome::Issue(Ok(Some(screen))) => screen.sheets.first().cloned(),
            Outcome::Issue(Err(error)) => return lost(format!("no way to a code: {error:?}")),
            _ => None,
        };
        let Some(text) = text else {
            return lost("no way to a code".to_owned());
        };
        match self.run(&Task::Keep(Shows::Whole(Arc::clone(&text)))) {
            Outcome::Keep(Ok(_)) => {}
            Outcome::Keep(Err(error)) => return lost(format!("no way to confirm: {error:?}")),
            _ => return lost("no way to confirm".to_owned()),
        }
        self.run(&Task::Lock);
        let accept = Task::Accept {
            wallet: Some(self.wallet),
            code: 0,
            text,
        };
        let mut accepted = self.run(&accept);
        if let Outcome::Accept(Err(AcceptError::Refused(Refusal::Wait(_)))) = accepted {
            self.computer.state().pass(LONG_WAIT);
            accepted = self.run(&accept);
        }
        match accepted {
            Outcome::Accept(Ok(_)) => {}
            Outcome::Accept(Err(error)) => {
                return lost(format!("the new code is refused: {error:?}"));
            }
            _ => return lost("the new code cannot be tried".to_owned()),
        }
        let commit = Task::Commit {
            password: NEW,
            keep: false,
        };
        match self.run(&commit) {
            Outcome::Commit(Ok(())) => {}
            Outcome::Commit(Err(error)) => {
                return lost(format!("the new code cannot be redeemed: {error:?}"));
            }
            _ => return lost("the new code cannot be redeemed".to_owned()),
        }
        match self.notes() {
            Some(found) if found == expected => {}
            found => {
                return lost(format!(
                    "the new code opens {found:?}, and not {expected:?}"
                ));
            }
        }
        // What is typed stays, but for that of notes that went.
        let Some(mut drafts) = drafts else {
            return Ok(());
        };
        drafts.retain(|(note, _)| !known.contains(note) || expected.contains_key(note));
        match self.drafts() {
            Ok(found) if found == drafts => Ok(()),
            found => lost(format!("the drafts are {found:?}, and not {drafts:?}")),
        }
    }
}
