//! Tries everything that should open and everything that should not, on copies in which nothing
//! fails.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;

use wallet::{KdfMemory, Password, Sealed, TwoStep, WalletId, store};

use crate::computer::FOLDER;
use crate::drive::Drive;
use crate::life::Life;
use crate::oracle::{Broken, Opens, Span, Verdict};
use crate::process::{Process, read_code};
use crate::task::{CodeNumber, Notes, Outcome, Task, notes_of, notes_of_copy, password_text};
use crate::truth::{FileTruth, WORKS, fingerprint};
use usecases::judge::Refusal;
use usecases::redeem::AcceptError;

/// The program of a probe.
const PROBE: u32 = u32::MAX;
/// Longer than any wait after a wrong code, in seconds.
const WAIT: u64 = 31;
/// Longer than any wait after a wrong password.
const LONG_WAIT: u64 = 301;
/// A password that nobody uses.
const NEW: usize = usize::MAX;

/// What a file holds that a password opens.
pub struct Contents {
    notes: Notes,
    /// The key of its authenticator.
    key: Option<String>,
}

/// Opens a file with a password.
pub fn opens_with(sealed: &Sealed, password: usize) -> Option<Contents> {
    let password = Password::typed(password_text(password));
    let opened = sealed.open_with_password(&password, &mut KdfMemory::simulated());
    let contents = opened.ok()?.contents;
    Some(Contents {
        notes: notes_of(&contents.items),
        key: match &contents.two_step {
            TwoStep::On(secret) => Some(crate::authenticator::key(secret.expose())),
            TwoStep::Later | TwoStep::OffAfterRecovery => None,
        },
    })
}

fn lost(what: String) -> Verdict {
    Err(Broken::Lost(what))
}

fn let_in(what: String) -> Verdict {
    Err(Broken::LetIn(what))
}

impl Life {
    /// Probes a computer: all of it if the draw says so, or what is quick.
    ///
    /// # Errors
    /// The promise that was broken.
    pub fn probe(&mut self, at: usize, draw: u64) -> Verdict {
        for wallet in self.wallets(at) {
            self.probe_file(at, wallet)?;
            let ground = self.ground(at, wallet);
            if self.probed.insert((at, wallet), ground) == Some(ground) {
                continue;
            }
            self.probe_codes(at, wallet, draw)?;
            if draw.is_multiple_of(4) {
                self.probe_sign_in(at, wallet)?;
            }
        }
        self.probe_kits()
    }

    /// A fingerprint of everything that a probe of codes and of the sign-in depends on.
    fn ground(&self, at: usize, wallet: WalletId) -> u64 {
        let mut hasher = DefaultHasher::new();
        let state = self.sites[at].computer.state();
        let path = store::path(Path::new(FOLDER), wallet);
        state.drive.bytes(&path).hash(&mut hasher);
        state.records.of.get(&wallet).hash(&mut hasher);
        let codes = self.oracle.codes.iter().filter(|it| it.1.wallet == wallet);
        let mut timed = false;
        for (number, code) in codes {
            number.hash(&mut hasher);
            timed |= code.expires.is_some();
        }
        // Where no time matters, the clocks do not.
        timed.then_some(state.clocks.now).hash(&mut hasher);
        if let Some(here) = self.oracle.of(at, wallet) {
            here.status.hash(&mut hasher);
            here.dead.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The newest password opens every acknowledged note, and no other password anything.
    ///
    /// # Errors
    /// The promise that was broken.
    pub fn probe_file(&mut self, at: usize, wallet: WalletId) -> Verdict {
        let path = store::path(Path::new(FOLDER), wallet);
        let bytes = self.sites[at].computer.state().drive.bytes(&path).cloned();
        let keys = &self.oracle.authenticators;
        let codes = &self.oracle.codes;
        let here = self.oracle.here.entry((at, wallet)).or_default();
        let (Some(bytes), false) = (bytes, here.damaged) else {
            return Ok(());
        };
        let Ok(sealed) = Sealed::parse(bytes.to_vec()) else {
            return lost("the wallet's file is no wallet".to_owned());
        };
        let mut passwords: Vec<_> = here.file.iter().map(|file| file.password).collect();
        passwords.sort_unstable();
        passwords.dedup();
        let mut fits = Vec::new();
        for password in passwords {
            let Some(Contents { notes, key }) = opens_with(&sealed, password) else {
                continue;
            };
            let of_file = |file: &Arc<FileTruth>| {
                let known = file.authenticator.and_then(|it| keys.get(it));
                known.map(|it| &**it) == key.as_deref()
            };
            let files = here
                .file
                .iter()
                .filter(|file| file.password == password && *file.notes == notes && of_file(file));
            fits.extend(files.map(Arc::clone));
            if fits.is_empty() {
                let known: Vec<_> = here.file.iter().map(|it| Arc::clone(&it.notes)).collect();
                return lost(format!(
                    "the file holds {notes:?}, and should hold {known:?}"
                ));
            }
        }
        let Some(newest) = fits.first().map(|file| file.password) else {
            return lost(format!("no password opens {wallet}: {:?}", here.passwords));
        };
        // Versions that differ in their codes alone are told apart by the slots.
        let has_slots = |file: &Arc<FileTruth>| {
            file.slots.iter().all(|code| {
                let name = codes.get(code).map(|it| it.identifier);
                let mut slots = sealed.header().code_slots.iter();
                slots.any(|slot| Some(slot.identifier) == name)
            })
        };
        if fits.iter().any(has_slots) {
            fits.retain(has_slots);
        }
        let explains_slots = |file: &Arc<FileTruth>| {
            sealed.header().code_slots.iter().all(|slot| {
                let mut named = codes.iter().rev().filter(|(_, code)| {
                    code.wallet == wallet && code.identifier == slot.identifier
                });
                named
                    .next()
                    .is_none_or(|(code, _)| file.slots.contains(code) || file.maybe.contains(code))
            })
        };
        if fits.iter().any(explains_slots) {
            fits.retain(explains_slots);
        }
        for old in here.passwords.iter().filter(|old| **old != newest) {
            if opens_with(&sealed, *old).is_some() {
                return let_in(format!("the old password {old} opens the wallet"));
            }
        }
        if let [file] = &fits[..] {
            here.known.insert(fingerprint(&bytes), Arc::clone(file));
        }
        here.file = fits;
        Ok(())
    }

    /// The newest password signs in, with the digits of the authenticator.
    fn probe_sign_in(&mut self, at: usize, wallet: WalletId) -> Verdict {
        let Some(here) = self.oracle.of(at, wallet) else {
            return Ok(());
        };
        let ([file], false) = (&here.file[..], here.damaged) else {
            return Ok(());
        };
        let computer = self.sites[at].computer.fork();
        let mut process = Process::start(&computer, PROBE);
        computer.state().pass(LONG_WAIT);
        let sign_in = Task::SignIn {
            wallet,
            password: file.password,
        };
        let mut done = process.run(&sign_in, 1);
        if let Outcome::SignIn(Err(usecases::sign_in::SignInError::Wait(_))) = done {
            computer.state().pass(LONG_WAIT);
            done = process.run(&sign_in, 1);
        }
        match done {
            Outcome::SignIn(Ok(digits)) if digits == file.authenticator.is_some() => {}
            Outcome::SignIn(Ok(_)) => {
                return let_in("the six digits are not what decides".to_owned());
            }
            Outcome::SignIn(Err(error)) => return lost(format!("no sign-in: {error:?}")),
            _ => return lost("no sign-in".to_owned()),
        }
        if let Some(key) = file
            .authenticator
            .and_then(|it| self.oracle.authenticators.get(it))
        {
            let mut type_digits = || {
                let now = computer.state().clocks.now;
                let digits = crate::authenticator::digits(key, now).unwrap_or_default();
                process.run(&Task::Digits(digits.into()), 2)
            };
            let mut typed = type_digits();
            if let Outcome::Digits(Err(usecases::sign_in::SignInError::DigitsUsed)) = typed {
                computer.state().pass(LONG_WAIT);
                typed = type_digits();
            }
            match typed {
                Outcome::Digits(Ok(())) => {}
                Outcome::Digits(Err(error)) => return lost(format!("no digits: {error:?}")),
                _ => return lost("no digits".to_owned()),
            }
        }
        match process.notes() {
            Some(notes) if notes == *file.notes => Ok(()),
            notes => lost(format!("signed in to {notes:?}, and not {:?}", file.notes)),
        }
    }

    fn probe_codes(&mut self, at: usize, wallet: WalletId, draw: u64) -> Verdict {
        let of_wallet = |(number, code): (&CodeNumber, &crate::truth::CodeFacts)| {
            (code.wallet == wallet).then(|| (*number, Arc::clone(&code.text)))
        };
        let codes: Vec<_> = self
            .oracle
            .codes
            .iter()
            .rev()
            .filter_map(of_wallet)
            .collect();
        for (number, text) in codes.into_iter().take(5) {
            self.probe_code(at, wallet, number, &text, draw)?;
        }
        Ok(())
    }

    fn probe_code(
        &mut self,
        at: usize,
        wallet: WalletId,
        code: CodeNumber,
        text: &Arc<str>,
        draw: u64,
    ) -> Verdict {
        let computer = self.sites[at].computer.fork();
        let mut process = Process::start(&computer, PROBE);
        let accept = Task::Accept {
            wallet: Some(wallet),
            code,
            text: Arc::clone(text),
        };
        let mut accepted = process.run(&accept, 1);
        if let Outcome::Accept(Err(AcceptError::Refused(Refusal::Wait(_)))) = accepted {
            computer.state().pass(WAIT);
            accepted = process.run(&accept, 1);
        }
        let clocks = computer.state().clocks;
        let span = Span {
            from: clocks,
            to: clocks,
        };
        let Outcome::Accept(accepted) = accepted else {
            return lost(format!("code {code} cannot be tried"));
        };
        match (accepted, self.oracle.opens(at, code, span, None)) {
            (Ok(_), Opens::Never) => return let_in(format!("code {code} is dead, and opens")),
            (Err(error), Opens::Must) => {
                return lost(format!("code {code} does not open: {error:?}"));
            }
            (Err(_), Opens::Never | Opens::May) => return Ok(()),
            (Ok(_), Opens::Must | Opens::May) => {}
        }
        let here = self.oracle.of_mut(at, wallet);
        let works = here.status(code) & WORKS;
        here.status.insert(code, works);
        if !draw.is_multiple_of(4) {
            return Ok(());
        }
        let notes = here.file.first().map(|file| Arc::clone(&file.notes));
        let commit = Task::Commit {
            password: NEW,
            keep: false,
        };
        match process.run(&commit, 2) {
            Outcome::Commit(Ok(())) => {}
            Outcome::Commit(Err(error)) => {
                return lost(format!("code {code} cannot be redeemed: {error:?}"));
            }
            _ => return lost(format!("code {code} cannot be redeemed")),
        }
        match (process.notes(), notes) {
            (Some(found), Some(notes)) if found == *notes => Ok(()),
            (found, notes) => lost(format!("redeemed {found:?}, and not {notes:?}")),
        }
    }

    /// Kits open with their codes, and hold what was acknowledged.
    fn probe_kits(&mut self) -> Verdict {
        for (code, number, folder) in self.kit_folders() {
            if let Some(stick) = self.stick(number) {
                self.probe_kit(code, &stick, &folder)?;
            }
        }
        Ok(())
    }

    fn probe_kit(&mut self, code: CodeNumber, stick: &Drive, folder: &Path) -> Verdict {
        let Some(facts) = self.oracle.codes.get_mut(&code) else {
            return Ok(());
        };
        let Some(kit) = &mut facts.kit else {
            return Ok(());
        };
        let identity = stick.bytes(&folder.join(kit::IDENTITY_FILE));
        let wallet = stick.bytes(&folder.join(kit::WALLET_FILE));
        let (Some(identity), Some(wallet)) = (identity, wallet) else {
            return match kit.must {
                true => lost(format!("the kit of code {code} is gone")),
                false => Ok(()),
            };
        };
        let print = fingerprint(wallet) ^ u64::from(kit.must);
        if kit.seen == print {
            return Ok(());
        }
        kit.seen = print;
        let Some(text) = read_code(&facts.text) else {
            return Ok(());
        };
        match kit::open(identity, wallet, &text) {
            Ok(contents) => {
                let notes = notes_of_copy(&contents);
                let mut may = kit.may.iter();
                match may.position(|(_, known)| **known == notes) {
                    Some(_) => Ok(()),
                    None => lost(format!(
                        "the kit of code {code} holds {notes:?}, and should hold {:?}",
                        kit.may
                    )),
                }
            }
            Err(error) if kit.must => lost(format!("the kit of code {code}: {error:?}")),
            Err(_) => Ok(()),
        }
    }
}
