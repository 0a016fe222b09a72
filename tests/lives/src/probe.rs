//! Tries everything that should open and everything that should not, on copies in which nothing
//! fails.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;

use wallet::{KdfMemory, Sealed, TwoStep, WalletId, store};

use crate::computer::FOLDER;
use crate::drive::Bytes;
use crate::life::Life;
use crate::oracle::{Broken, Opens, Oracle, Span, Verdict};
use crate::owner::{NEW, Owner, PROBE};
use crate::probed::Probed;
use crate::process::Process;
use crate::task::{CodeNumber, Notes, Outcome, Task, held_in, notes_of};
use crate::truth::{FileTruth, Held, WORKS};
use crate::typed::{self, read_code};
use usecases::judge::Refusal;
use usecases::redeem::AcceptError;

/// Longer than any wait after a wrong code, in seconds.
const WAIT: u64 = 31;

/// What a file holds that a password opens.
pub struct Contents {
    /// Its notes.
    pub notes: Notes,
    /// The number of its e-mail.
    email: usize,
    /// The key of its authenticator.
    key: Option<String>,
}

/// Opens a file with a password.
pub fn opens_with(sealed: &Sealed, password: usize) -> Option<Contents> {
    let opened = sealed.open_with_password(&typed::password(password), &mut KdfMemory::simulated());
    let contents = opened.ok()?.contents;
    Some(Contents {
        notes: notes_of(&contents.items),
        email: typed::email_number(&sealed.header().email),
        key: match &contents.two_step {
            TwoStep::On(secret) => Some(crate::authenticator::key(secret.expose())),
            TwoStep::Later | TwoStep::OffAfterRecovery => None,
        },
    })
}

/// The versions that a file may be, of these: what its passwords open fits, and so do its code
/// slots.
///
/// # Errors
/// What a password opens that none of the versions holds.
pub fn fitting(
    oracle: &Oracle,
    wallet: WalletId,
    sealed: &Sealed,
    of: &[Arc<FileTruth>],
) -> Result<Vec<Arc<FileTruth>>, Held> {
    let (keys, codes) = (&oracle.authenticators, &oracle.codes);
    let passwords: BTreeSet<_> = of.iter().map(|file| file.password).collect();
    let mut fits = Vec::new();
    for password in passwords {
        let Some(Contents { notes, email, key }) = opens_with(sealed, password) else {
            continue;
        };
        let of_file = |file: &Arc<FileTruth>| {
            let known = file.authenticator.and_then(|it| keys.get(it));
            known.map(|it| &**it) == key.as_deref() && file.email == email
        };
        let files = of
            .iter()
            .filter(|file| file.password == password && *file.notes == notes && of_file(file));
        fits.extend(files.map(Arc::clone));
        if fits.is_empty() {
            let notes = Arc::new(notes);
            return Err(Held { notes, email });
        }
    }
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
            let mut named = codes
                .iter()
                .rev()
                .filter(|(_, code)| code.wallet == wallet && code.identifier == slot.identifier);
            named
                .next()
                .is_none_or(|(code, _)| file.slots.contains(code) || file.maybe.contains(code))
        })
    };
    if fits.iter().any(explains_slots) {
        fits.retain(explains_slots);
    }
    Ok(fits)
}

fn lost(what: String) -> Verdict {
    Err(Broken::Lost(what))
}

fn let_in(what: String) -> Verdict {
    Err(Broken::LetIn(what))
}

impl Life {
    /// Probes a computer: all of it if the draw says so, or what is quick. What was probed on the
    /// same ground is not probed again.
    ///
    /// # Errors
    /// The promise that was broken.
    pub fn probe(&mut self, at: usize, draw: u64) -> Verdict {
        let deep = draw.is_multiple_of(4);
        self.probe_kept_aside(at)?;
        for wallet in self.wallets(at) {
            self.probe_deleted(at, wallet)?;
            self.probe_file(at, wallet)?;
            if deep {
                self.probe_generations(at, wallet)?;
                let own = |life: &Self| life.ground(at, wallet);
                self.once(Probed::SignIn(at, wallet), own, |life| {
                    life.probe_sign_in(at, wallet)
                })?;
            }
            self.probe_codes(at, wallet, deep)?;
        }
        self.probe_kits()
    }

    /// Probes something, unless it was probed on the same ground.
    fn once(
        &mut self,
        what: Probed,
        ground: impl Fn(&Self) -> u64,
        probe: impl FnOnce(&mut Self) -> Verdict,
    ) -> Verdict {
        if self.probed.get(&what) == Some(&ground(self)) {
            return Ok(());
        }
        probe(self)?;
        let ground = ground(self);
        self.probed.insert(what, ground);
        Ok(())
    }

    /// A fingerprint of the file and the record of a wallet, and of what is true of the file.
    fn ground(&self, at: usize, wallet: WalletId) -> u64 {
        let mut hasher = DefaultHasher::new();
        let state = self.sites[at].computer.state();
        let path = store::path(Path::new(FOLDER), wallet);
        state.drive.bytes(&path).hash(&mut hasher);
        state.records.of.get(&wallet).hash(&mut hasher);
        if let Some(here) = self.oracle.of(at, wallet) {
            here.damaged.hash(&mut hasher);
            for file in &here.file {
                (file.version, &file.slots, &file.maybe).hash(&mut hasher);
            }
        }
        for ((of, named, _), drafts) in &self.oracle.drafts {
            if (*of, *named) == (at, wallet) {
                drafts.hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// A fingerprint of what a probe of a code depends on. A quick probe tries a dead code again
    /// only when something was said about it.
    fn ground_of_code(&self, (at, wallet): (usize, WalletId), code: CodeNumber, deep: bool) -> u64 {
        let mut hasher = DefaultHasher::new();
        let state = self.sites[at].computer.state();
        let opens = self.oracle.opens(at, code, Span::at(state.clocks), None);
        opens.hash(&mut hasher);
        if deep || opens != Opens::Never {
            state.records.of.get(&wallet).hash(&mut hasher);
        }
        drop(state);
        let here = self.oracle.of(at, wallet);
        // Whether a code is accepted depends on no more of the file than its slots.
        match here.filter(|here| !deep && !here.damaged) {
            Some(here) => here.slots.0.hash(&mut hasher),
            None => self.ground(at, wallet).hash(&mut hasher),
        }
        if let Some(here) = here {
            (here.status(code), here.dead.contains(&code)).hash(&mut hasher);
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
        let print = bytes.as_ref().map(Bytes::fingerprint);
        if self.probed_file(at, wallet, print) {
            return Ok(());
        }
        let here = self.oracle.here.entry((at, wallet)).or_default();
        let (Some(bytes), false) = (bytes, here.damaged) else {
            return Ok(());
        };
        let Ok(sealed) = Sealed::parse(bytes.to_vec()) else {
            return lost("the wallet's file is no wallet".to_owned());
        };
        let may = here.file.clone();
        let fits = match fitting(&self.oracle, wallet, &sealed, &may) {
            Ok(fits) => fits,
            Err(held) => {
                let known: Vec<_> = may.iter().map(|it| it.held()).collect();
                return lost(format!(
                    "the file holds {held:?}, and should hold {known:?}"
                ));
            }
        };
        let here = self.oracle.of_mut(at, wallet);
        let Some(newest) = fits.first().map(|file| file.password) else {
            return lost(format!("no password opens {wallet}: {:?}", here.passwords));
        };
        for old in here.passwords.iter().filter(|old| **old != newest) {
            if opens_with(&sealed, *old).is_some() {
                return let_in(format!("the old password {old} opens the wallet"));
            }
        }
        if let [file] = &fits[..] {
            here.known.insert(bytes.fingerprint(), Arc::clone(file));
        }
        here.file = fits;
        here.slots_are(&sealed.header().code_slots);
        let ground = self.ground_of_file(at, wallet, print);
        self.probed.insert(Probed::File(at, wallet), ground);
        Ok(())
    }

    fn probed_file(&self, at: usize, wallet: WalletId, print: Option<u64>) -> bool {
        let ground = self.ground_of_file(at, wallet, print);
        self.probed.get(&Probed::File(at, wallet)) == Some(&ground)
    }

    /// A fingerprint of what a probe of a file depends on.
    fn ground_of_file(&self, at: usize, wallet: WalletId, print: Option<u64>) -> u64 {
        let mut hasher = DefaultHasher::new();
        (print, self.oracle.codes.len()).hash(&mut hasher);
        if let Some(here) = self.oracle.of(at, wallet) {
            (here.damaged, here.passwords.len()).hash(&mut hasher);
            for file in &here.file {
                (file.version, &file.slots, &file.maybe).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// The newest password signs in, with the digits of the authenticator.
    pub(super) fn probe_sign_in(&mut self, at: usize, wallet: WalletId) -> Verdict {
        let Some(here) = self.oracle.of(at, wallet) else {
            return Ok(());
        };
        let ([file], false) = (&here.file[..], here.damaged) else {
            return Ok(());
        };
        let mut owner = self.owner(at, wallet, file);
        owner.sign_in()?;
        match owner.notes() {
            Some(notes) if notes == *file.notes => self.probe_drafts(at, &mut owner),
            notes => lost(format!("signed in to {notes:?}, and not {:?}", file.notes)),
        }
    }

    /// What was typed and not saved is offered.
    fn probe_drafts(&self, at: usize, owner: &mut Owner) -> Verdict {
        let (Some(notes), Some((wallet, key))) = (owner.notes(), owner.key()) else {
            return Ok(());
        };
        let Some(truth) = self.oracle.drafts.get(&(at, wallet, key)) else {
            return Ok(());
        };
        match owner.drafts() {
            Ok(listed) => truth.wrong(&notes, &listed).map_or(Ok(()), lost),
            Err(_) if truth.may_be_damaged() => Ok(()),
            Err(error) => lost(error),
        }
    }

    /// The person who can open this file of their wallet.
    fn owner(&self, at: usize, wallet: WalletId, file: &FileTruth) -> Owner {
        let keys = &self.oracle.authenticators;
        let key = file.authenticator.and_then(|it| keys.get(it)).cloned();
        Owner::at(&self.sites[at].computer, wallet, file.password, key)
    }

    /// Whatever happened, there is a way on: to a saved note, a new code, and a wallet that it
    /// opens; from a damaged file by one of its generations.
    ///
    /// # Errors
    /// There is no way on.
    pub fn probe_way_on(&mut self, at: usize, wallet: WalletId) -> Verdict {
        self.probe_file(at, wallet)?;
        let Some(here) = self.oracle.of(at, wallet) else {
            return Ok(());
        };
        let path = store::path(Path::new(FOLDER), wallet);
        let (mut owner, file) = match (&here.file[..], here.damaged) {
            ([file], false) => (self.owner(at, wallet, file), Arc::clone(file)),
            (_, true) => {
                let state = self.sites[at].computer.state();
                let copy = (1..=store::GENERATIONS).find_map(|back| {
                    let path = store::generation(&path, back);
                    let known = here.known.get(&state.drive.bytes(&path)?.fingerprint())?;
                    let name = path.file_name()?.to_str()?.to_owned();
                    Some((name, Arc::clone(known)))
                });
                drop(state);
                let Some((name, file)) = copy else {
                    return Ok(());
                };
                let mut owner = self.owner(at, wallet, &file);
                if !owner.use_copy(name)? {
                    return Ok(());
                }
                (owner, file)
            }
            _ => return Ok(()),
        };
        if here.several {
            owner.mend()?;
        }
        if !here.damaged {
            owner.sign_in()?;
        }
        match owner.notes() {
            Some(notes) if notes == *file.notes => owner.goes_on(),
            notes => lost(format!("signed in to {notes:?}, and not {:?}", file.notes)),
        }
    }

    fn probe_codes(&mut self, at: usize, wallet: WalletId, deep: bool) -> Verdict {
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
            let place = (at, wallet);
            let own = |life: &Self| life.ground_of_code(place, number, deep);
            self.once(Probed::Code(at, number, deep), own, |life| {
                life.probe_code(place, number, &text, deep)
            })?;
        }
        Ok(())
    }

    fn probe_code(
        &mut self,
        (at, wallet): (usize, WalletId),
        code: CodeNumber,
        text: &Arc<str>,
        deep: bool,
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
        let span = Span::at(computer.state().clocks);
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
        let mut seats = self.sites[at].seats.iter().flatten();
        // What an open wallet holds may still settle it in another way.
        let unsettled = seats.any(|seat| seat.belief.below);
        let here = self.oracle.of_mut(at, wallet);
        if !unsettled {
            let works = here.status(code) & WORKS;
            here.status.insert(code, works);
        }
        if !deep {
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
            self.probe_kit(code, number, &folder)?;
        }
        Ok(())
    }

    fn probe_kit(&mut self, code: CodeNumber, stick: usize, folder: &Path) -> Verdict {
        let identity = self.on_stick(stick, &folder.join(kit::IDENTITY_FILE));
        let wallet = self.on_stick(stick, &folder.join(kit::WALLET_FILE));
        let Some(facts) = self.oracle.codes.get_mut(&code) else {
            return Ok(());
        };
        let Some(kit) = &mut facts.kit else {
            return Ok(());
        };
        let (Some(identity), Some(wallet)) = (identity, wallet) else {
            return match kit.must {
                true => lost(format!("the kit of code {code} is gone")),
                false => Ok(()),
            };
        };
        let print = wallet.fingerprint() ^ u64::from(kit.must);
        if kit.seen == print {
            return Ok(());
        }
        kit.seen = print;
        let Some(text) = read_code(&facts.text) else {
            return Ok(());
        };
        match kit::open(&identity, &wallet, &text) {
            Ok(contents) => {
                let held = held_in(&contents);
                let mut may = kit.may.iter();
                match may.position(|(_, known)| *known == held) {
                    Some(_) => Ok(()),
                    None => lost(format!(
                        "the kit of code {code} holds {held:?}, and should hold {:?}",
                        kit.may
                    )),
                }
            }
            Err(error) if kit.must => lost(format!("the kit of code {code}: {error:?}")),
            Err(_) => Ok(()),
        }
    }
}
