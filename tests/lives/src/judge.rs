//! Judges what came of an act, and brings what is true up to date.

use std::sync::Arc;

use usecases::confirm::{ConfirmError, Kept};
use usecases::items::ItemError;
use usecases::password_change::PasswordChangeError;
use usecases::redeem::RedeemError;
use usecases::restore::RestoreError;
use usecases::session::SaveError;
use usecases::two_step::TwoStepError;
use usecases::waits::Secret;
use wallet::WalletId;

use crate::around::Around;
use crate::belief::{ACCEPTED, Belief, Gate, IDENTITY, LEGIBLE, OnScreen, Open};
use crate::computer::STICK;
use crate::oracle::{Broken, Opens, Oracle, Span, Verdict};
use crate::process::{Process, combine};
use crate::task::{CodeNumber, Notes, Outcome, Screen, Shows, Task};
use crate::truth::{
    CodeFacts, ENDED, FileTruth, KEPT, KitFacts, LIVE, NEVER, PagesFacts, REVOKED, USED, WORKS,
};
use crate::words;

/// How a change of a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saved {
    Yes,
    InPlace,
    No,
    /// The program ended.
    Unknown,
}

impl Saved {
    fn of(error: &SaveError) -> Self {
        match error {
            SaveError::NotSaved(_) => Self::No,
            SaveError::InPlace(_) => Self::InPlace,
        }
    }
}

/// Everything that a judgement needs.
pub struct Judge<'a> {
    /// What is true.
    pub oracle: &'a mut Oracle,
    /// What the program was told.
    pub belief: &'a mut Belief,
    /// The program, unless it ended.
    pub process: Option<&'a Process>,
    /// The computer.
    pub computer: usize,
    /// The number of the step.
    pub step: u32,
    /// The clocks.
    pub span: Span,
    /// The drive of the computer failed.
    pub disk: bool,
    /// The stick failed, or was not there.
    pub stick: bool,
    /// The number of the stick that is plugged in.
    pub stick_number: Option<usize>,
    /// The keychain failed.
    pub keychain: bool,
    /// Another program had a wallet open, or acted meanwhile.
    pub others: bool,
    /// A file that the act may have made for a wallet of an unknown id.
    pub newborn: Option<(Arc<FileTruth>, usize)>,
}

fn lost(what: impl Into<String>) -> Verdict {
    Err(Broken::Lost(what.into()))
}

fn let_in(what: impl Into<String>) -> Verdict {
    Err(Broken::LetIn(what.into()))
}

impl Judge<'_> {
    fn around(&self) -> Around<'_> {
        Around {
            oracle: self.oracle,
            belief: self.belief,
            computer: self.computer,
            span: self.span,
            disk: self.disk,
            stick: self.stick,
            stick_number: self.stick_number,
            keychain: self.keychain,
            others: self.others,
            below: self.belief.below,
        }
    }

    fn wallet(&self) -> Option<WalletId> {
        self.belief.open.as_ref().map(|open| open.wallet)
    }

    /// The digits that an authenticator shows, if a wallet has one: whether these are right.
    fn right(&self, digits: Option<&str>, file: &FileTruth) -> Option<bool> {
        let digits = digits?;
        let Some(key) = file
            .authenticator
            .and_then(|at| self.oracle.authenticators.get(at))
        else {
            return Some(false);
        };
        let shows = |now| crate::authenticator::digits(key, now).is_some_and(|it| it == digits);
        Some(shows(self.span.from.now) || shows(self.span.to.now))
    }

    /// The same; whether they may be refused as wrong. They change while time passes.
    fn surely_right(&self, digits: Option<&str>, file: &FileTruth) -> Option<bool> {
        let right = self.right(digits, file)?;
        Some(right && self.span.from.now == self.span.to.now)
    }

    /// What the open wallet's file may hold after a change.
    fn saved(&mut self, next: &Arc<FileTruth>, saved: Saved) {
        let Some(open) = &mut self.belief.open else {
            return;
        };
        let (wallet, before) = (open.wallet, Arc::clone(&open.mine));
        match saved {
            Saved::Yes => {
                open.mine = Arc::clone(next);
                open.unverified = false;
                self.oracle.of_mut(self.computer, wallet).holds(next);
            }
            Saved::InPlace => {
                open.mine = Arc::clone(next);
                open.unverified = true;
                let here = self.oracle.of_mut(self.computer, wallet);
                here.passwords.insert(next.password);
                here.may_hold(&before);
                here.may_hold(next);
            }
            Saved::No => self.oracle.of_mut(self.computer, wallet).may_hold(&before),
            Saved::Unknown => {
                let here = self.oracle.of_mut(self.computer, wallet);
                here.passwords.insert(next.password);
                here.may_hold(&before);
                here.may_hold(next);
            }
        }
    }

    /// A change of the open wallet's contents.
    fn change(&mut self, saved: Saved, edit: impl FnOnce(&mut FileTruth)) {
        self.forget_dead_slots();
        if let Some(open) = &self.belief.open {
            let next = self.oracle.after(&Arc::clone(&open.mine), edit);
            self.saved(&next, saved);
        }
    }

    fn proved_now(&self) -> (u64, u64) {
        let Span { from, to } = self.span;
        (from.since_boot + IDENTITY, to.since_boot + IDENTITY)
    }

    /// Whether identity was surely not proved in time.
    fn not_proved(&self, full: bool) -> bool {
        self.belief.open.as_ref().is_none_or(|open| {
            let until = match full {
                true => open.full.1,
                false => open.password.1.max(open.full.1),
            };
            self.span.from.since_boot >= until
        })
    }

    fn needs_identity(&self, full: bool) -> Verdict {
        match self.not_proved(full) {
            true => let_in("who may enter was changed without identity"),
            false => Ok(()),
        }
    }

    fn opened(&mut self, wallet: WalletId, mine: Arc<FileTruth>, owner: bool) {
        let proved = match owner {
            true => self.proved_now(),
            false => (0, 0),
        };
        let session = self.process.and_then(Process::session);
        self.belief.lock();
        self.belief.open = Some(Open {
            wallet,
            mine,
            read_only: session.is_some_and(usecases::session::Session::is_read_only),
            password: proved,
            full: proved,
            screen: None,
            unverified: false,
        });
        self.forget_dead_slots();
        // What is settled now is saved over whatever was put below meanwhile.
        self.change_nothing();
        self.belief.gates.remove(&(Some(wallet), false));
        let now = self.span.to.now;
        self.oracle.of_mut(self.computer, wallet).last = now.max(
            self.oracle
                .of(self.computer, wallet)
                .map_or(now, |here| here.last),
        );
    }

    fn tried(&mut self, wallet: Option<WalletId>, secret: Secret) {
        let Span { from, .. } = self.span;
        let code = secret == Secret::Code;
        let key = (wallet, code);
        let gate = self.belief.gates.entry(key).or_default();
        if gate.boot != from.boot {
            *gate = Gate::default();
        }
        gate.boot = from.boot;
        gate.failures += 1;
        let longest = if code { 30 } else { 300 };
        let wait = 1_u64.checked_shl(gate.failures - 1).unwrap_or(longest);
        gate.until = from.since_boot + wait.min(longest);
        if let Some(wallet) = wallet {
            self.oracle.of_mut(self.computer, wallet).failures[usize::from(code)] = true;
        }
    }

    fn early(&self, wallet: WalletId) -> Verdict {
        match self.around().has_to_wait(Some(wallet), false) {
            true => let_in("a password was tried before its wait was over"),
            false => Ok(()),
        }
    }

    /// Judges the outcome of a task; `None` if the program ended within it.
    pub fn judge(&mut self, task: &Task, outcome: Option<&Outcome>) -> Verdict {
        self.forget_dead_slots();
        let verdict = match outcome {
            Some(Outcome::Idle) => return Ok(()),
            Some(outcome) => self.told(task, outcome),
            None => {
                self.ended_within(task);
                Ok(())
            }
        };
        verdict?;
        if let Some(wallet) = self.wallet() {
            if task.changes() && self.belief.below {
                // What the keychain is owed may have been paid.
                self.settled(wallet);
            }
            let now = self.span.to.now;
            let here = self.oracle.of_mut(self.computer, wallet);
            here.last = here.last.max(now);
            self.oracle.may_have_expired(self.computer, wallet, now);
        }
        self.follow()?;
        self.kits(task, outcome.is_none())
    }

    /// Compares what is in memory with what was acknowledged.
    fn follow(&mut self) -> Verdict {
        let Some(process) = self.process else {
            return Ok(());
        };
        let now = self.span;
        let wallets: Vec<_> = process
            .watched()
            .iter()
            .map(|it| (it.wallet(), it.identifier()))
            .collect();
        for (wallet, name) in wallets {
            let Some(code) = self.oracle.named(wallet, name) else {
                continue;
            };
            let expires = self.oracle.codes.get(&code).and_then(|it| it.expires);
            if let Some(left) = expires.and_then(|it| u64::try_from(it - now.from.now).ok()) {
                let ends = now.to.since_boot + left;
                self.belief.watched.entry(code).or_insert(ends);
            }
        }
        let Some(open) = &mut self.belief.open else {
            return Ok(());
        };
        let Some(session) = process.session() else {
            return lost("the open wallet is not open any more");
        };
        if session.shown().is_none() {
            open.screen = None;
        }
        match process.notes() {
            Some(notes) if notes == *open.mine.notes => Ok(()),
            notes => lost(format!(
                "memory holds {notes:?} and not {:?}",
                open.mine.notes
            )),
        }
    }

    /// Takes what the app says about its kits.
    fn kits(&mut self, task: &Task, ended: bool) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let (wallet, mine) = (open.wallet, Arc::clone(&open.mine));
        let computer = self.computer;
        if ended {
            let files = self
                .oracle
                .of(computer, wallet)
                .map(|here| here.file.clone())
                .unwrap_or_default();
            for code in self.oracle.codes.values_mut() {
                if let Some(kit) = code.kit.as_mut().filter(|_| code.wallet == wallet) {
                    let all = files.iter().chain([&mine]);
                    kit.may
                        .extend(all.map(|it| (it.version, Arc::clone(&it.notes))));
                }
            }
            return Ok(());
        }
        let Some(session) = self.process.and_then(Process::session) else {
            return Ok(());
        };
        let refreshed = task.changes()
            || matches!(
                task,
                Task::SignIn { .. }
                    | Task::Digits(_)
                    | Task::Uncover { .. }
                    | Task::Commit { .. }
                    | Task::Restore { .. }
            );
        if !refreshed || open.read_only {
            return Ok(());
        }
        for state in session.kits() {
            let Some(number) = self.oracle.named(wallet, state.identifier) else {
                continue;
            };
            let dead = self.oracle.of(computer, wallet).is_none_or(
                |here| // A keychain that forgot a code did not end it: its kit opens.
                here.dead.contains(&number) || here.status(number) & (WORKS | NEVER) == 0,
            );
            let Some(code) = self.oracle.codes.get_mut(&number) else {
                continue;
            };
            let Some(kit) = &mut code.kit else {
                continue;
            };
            if dead {
                continue;
            }
            let current = (mine.version, Arc::clone(&mine.notes));
            match state.problem {
                None if state.live => {
                    if let [(version, _)] = kit.may[..]
                        && version != mine.version
                        && !mine.past.contains(&version)
                    {
                        return lost("a kit that is ahead was overwritten by an older file");
                    }
                    kit.may = vec![current];
                }
                _ => kit.may.push(current),
            }
        }
        Ok(())
    }

    /// A code came on the screen.
    fn shown(&mut self, screen: &Screen, kit: bool, pages: bool) {
        let Some(wallet) = self.wallet() else {
            return;
        };
        let Some(code) = combine(&screen.sheets) else {
            return;
        };
        let Span { from, to } = self.span;
        let number = CodeNumber::try_from(self.step).unwrap_or_default();
        let mine = self.belief.open.as_ref().map(|open| Arc::clone(&open.mine));
        let folder = std::path::Path::new(STICK).join(kit::folder_name(screen.identifier));
        let facts = CodeFacts {
            wallet,
            computer: self.computer,
            identifier: screen.identifier,
            text: code.expose().into(),
            sheets: screen.sheets.clone(),
            needed: screen.needed,
            expires: screen.expires,
            kit: self.stick_number.filter(|_| kit).map(|stick| KitFacts {
                stick,
                folder,
                may: mine
                    .iter()
                    .map(|it| (it.version, Arc::clone(&it.notes)))
                    .collect(),
                must: true,
                seen: 0,
            }),
        };
        self.oracle.codes.insert(number, facts);
        if let Some(open) = &mut self.belief.open {
            open.screen = Some(OnScreen {
                code: number,
                covered: (from.since_boot + LEGIBLE, to.since_boot + LEGIBLE),
                remade: false,
                sheets: screen.sheets.len(),
                pages,
                kept: Vec::new(),
            });
        }
    }

    /// A code was confirmed, perhaps.
    fn confirmed(&mut self, wallet: WalletId, code: CodeNumber, surely: bool) {
        let computer = self.computer;
        let here = self.oracle.of_mut(computer, wallet);
        match surely {
            true => {
                here.is(code, KEPT);
                here.dead.remove(&code);
            }
            false => here.may(code, KEPT),
        }
        let which = (computer, wallet);
        self.oracle
            .others_end(which, Some(code), WORKS, REVOKED, surely);
        self.oracle.kits_of_others_may_go(wallet, code);
        if let Some(open) = self.belief.open.as_mut().filter(|_| surely) {
            let mine = Arc::make_mut(&mut open.mine);
            let others: Vec<_> = mine
                .slots
                .iter()
                .copied()
                .filter(|it| *it != code)
                .collect();
            for other in others {
                mine.slots.remove(&other);
                mine.maybe.insert(other);
            }
        }
    }

    /// A redemption took place, surely or perhaps.
    fn used(&mut self, wallet: WalletId, code: CodeNumber, surely: bool) {
        let settled = surely && !self.keychain;
        let here = self.oracle.of_mut(self.computer, wallet);
        // One that ended before, and opened a kit, has two ends.
        match settled && here.status(code) & ENDED == 0 {
            true => here.is(code, USED),
            false => here.may(code, USED),
        }
        if surely {
            here.died(code);
        }
        let which = (self.computer, wallet);
        self.oracle
            .others_end(which, Some(code), WORKS, REVOKED, settled);
        if surely {
            let here = self.oracle.of_mut(self.computer, wallet);
            for other in here.live() {
                here.died(other);
            }
        }
        self.oracle.kits_may_go(wallet);
    }

    /// The program ended within a task: what it may have done.
    fn ended_within(&mut self, task: &Task) {
        let computer = self.computer;
        match task {
            Task::SaveNote { note, version } => {
                let (note, version) = (*note, *version);
                self.change(Saved::Unknown, |file| {
                    Arc::make_mut(&mut file.notes).insert(note, version);
                });
            }
            Task::DeleteNote(note) => self.change(Saved::Unknown, |file| {
                Arc::make_mut(&mut file.notes).remove(note);
            }),
            Task::Create { email, password } => {
                let file = self.new_file(*password, Arc::default());
                self.newborn = Some((file, *email));
            }
            Task::ChangePassword { next, .. } => {
                let next = *next;
                if let Some(wallet) = self.wallet() {
                    self.oracle.of_mut(computer, wallet).failures[0] = true;
                }
                self.change(Saved::Unknown, |file| file.password = next);
            }
            Task::TwoStepConfirm(_) => {
                let setup = self.belief.setup.map(|(key, _)| key);
                self.change(Saved::Unknown, |file| file.authenticator = setup);
            }
            Task::TwoStepOff => self.change(Saved::Unknown, |file| file.authenticator = None),
            Task::Issue { .. } => {
                if let Some(wallet) = self.wallet() {
                    // The known gap: one that was shown and not confirmed may be gone.
                    let which = (computer, wallet);
                    self.oracle.others_end(which, None, LIVE, REVOKED, false);
                }
                self.change(Saved::Unknown, |_| {});
            }
            Task::Keep(shows) => {
                if let Some(wallet) = self.wallet() {
                    if let Some(code) = self.kept_code(shows) {
                        self.confirmed(wallet, code, false);
                    }
                    self.change(Saved::Unknown, |_| {});
                }
            }
            Task::Discard => {
                if let Some(wallet) = self.wallet() {
                    let which = (computer, wallet);
                    self.oracle.others_end(which, None, LIVE, REVOKED, false);
                    self.change(Saved::Unknown, |_| {});
                }
            }
            Task::Revoke(code, _) => {
                if let Some(wallet) = self.wallet() {
                    self.oracle.of_mut(computer, wallet).may(*code, REVOKED);
                    self.oracle.kits_may_go(wallet);
                    self.change(Saved::Unknown, |_| {});
                }
            }
            Task::Commit { password, .. } => {
                if let Some((wallet, code, _)) = self.belief.accepted {
                    self.oracle.of_mut(computer, wallet).failures = [true; 2];
                    self.used(wallet, code, false);
                    if let Some(next) = self.redeemed_file(wallet, *password) {
                        let here = self.oracle.of_mut(computer, wallet);
                        here.passwords.insert(*password);
                        here.may_hold(&next);
                    }
                }
            }
            Task::Restore { password, .. } => self.restore_may_be_done(*password),
            Task::SignIn { wallet, .. } => {
                self.oracle.of_mut(computer, *wallet).failures[0] = true;
                self.signed_in_perhaps(*wallet);
            }
            Task::Accept { wallet, .. } => {
                let wallets: Vec<_> = match wallet {
                    Some(wallet) => vec![*wallet],
                    None => self.wallets_here(),
                };
                for wallet in wallets {
                    self.oracle.of_mut(computer, wallet).failures[1] = true;
                }
            }
            Task::Digits(_) => {
                if let Some((wallet, _)) = self.belief.pending.clone() {
                    self.oracle.of_mut(computer, wallet).failures[0] = true;
                    self.signed_in_perhaps(wallet);
                }
            }
            Task::Uncover { .. } => {
                let covered = self.belief.covered.as_ref().map(|(wallet, _)| *wallet);
                if let Some(wallet) = covered.or(self.wallet()) {
                    self.oracle.of_mut(computer, wallet).failures[0] = true;
                    self.signed_in_perhaps(wallet);
                }
            }
            Task::Check(..) | Task::Remake { .. } => {
                if let Some(wallet) = self.wallet() {
                    self.oracle.of_mut(computer, wallet).failures[1] = true;
                }
            }
            Task::Identity { .. } => {
                if let Some(wallet) = self.wallet() {
                    self.oracle.of_mut(computer, wallet).failures[0] = true;
                }
            }
            Task::Tick => {
                for wallet in self.wallets_here() {
                    let now = self.span.to.now;
                    self.oracle.may_have_expired(computer, wallet, now);
                }
            }
            Task::Mend(wallet) => {
                for status in self.oracle.of_mut(computer, *wallet).status.values_mut() {
                    *status |= REVOKED;
                }
            }
            Task::Lock
            | Task::LockAllButShown
            | Task::CopyDown
            | Task::CheckName(..)
            | Task::Look
            | Task::TwoStepBegin
            | Task::TwoStepLater
            | Task::Pages
            | Task::MoveKit(..)
            | Task::ForgetKit(..)
            | Task::OpenKit { .. }
            | Task::OpenPages { .. }
            | Task::PutOlder { .. } => {}
        }
        if task.changes() {
            self.change_nothing();
        }
    }

    fn wallets_here(&self) -> Vec<WalletId> {
        let here = self.oracle.here.keys();
        here.filter(|(computer, _)| *computer == self.computer)
            .map(|(_, wallet)| *wallet)
            .collect()
    }

    fn signed_in_perhaps(&mut self, wallet: WalletId) {
        let now = self.span.to.now;
        self.settled(wallet);
        self.oracle.may_have_expired(self.computer, wallet, now);
        let here = self.oracle.of_mut(self.computer, wallet);
        here.last = here.last.max(now);
        here.slots_may_go();
        if self.process.is_none()
            && let [file] = &here.file[..]
        {
            let file = Arc::clone(file);
            for code in self.oracle.codes.values_mut() {
                if let Some(kit) = code.kit.as_mut().filter(|_| code.wallet == wallet) {
                    kit.may.push((file.version, Arc::clone(&file.notes)));
                }
            }
        }
    }

    /// Somebody signed in: what was never shown is dropped, and so is an unconfirmed code whose
    /// slot an older copy of the file does not have.
    fn settled(&mut self, wallet: WalletId) {
        let here = self.oracle.of_mut(self.computer, wallet);
        for code in here.live() {
            let status = here.status(code);
            if status & LIVE != 0 && !here.slot(code).0 {
                here.may(code, NEVER);
            }
        }
        let unconfirmed: Vec<_> = here
            .live()
            .into_iter()
            .filter(|code| here.status(*code) & LIVE != 0)
            .collect();
        // Of several unconfirmed ones the oldest stays.
        for code in unconfirmed.iter().skip(1) {
            here.may(*code, REVOKED | NEVER);
        }
    }

    fn new_file(&mut self, password: usize, notes: Arc<Notes>) -> Arc<FileTruth> {
        Arc::new(FileTruth {
            password,
            notes,
            authenticator: None,
            slots: Default::default(),
            maybe: Default::default(),
            version: self.oracle.next_version(),
            past: Arc::default(),
        })
    }

    fn redeemed_file(&mut self, wallet: WalletId, password: usize) -> Option<Arc<FileTruth>> {
        if let Some(committed) = &self.belief.committed {
            return Some(Arc::clone(committed));
        }
        let here = self.oracle.of(self.computer, wallet)?;
        let before = Arc::clone(here.file.first()?);
        Some(self.oracle.after(&before, |file| {
            file.password = password;
            file.authenticator = None;
            file.slots.clear();
            file.maybe.clear();
        }))
    }

    fn restored_file(&mut self, password: usize) -> Option<Arc<FileTruth>> {
        if let Some(restored) = &self.belief.restored {
            return Some(Arc::clone(restored));
        }
        let (_, _, notes) = self.belief.copy.clone()?;
        Some(self.new_file(password, notes))
    }

    fn restore_may_be_done(&mut self, password: usize) {
        let (Some((code, wallet, _)), Some(file)) =
            (self.belief.copy.clone(), self.restored_file(password))
        else {
            return;
        };
        let email = self.email_of(wallet);
        self.newborn = Some((Arc::clone(&file), email));
        if self.oracle.of(self.computer, wallet).is_some() {
            self.used(wallet, code, false);
            let here = self.oracle.of_mut(self.computer, wallet);
            here.passwords.insert(password);
            here.may_hold(&file);
        }
        // A wallet of the same e-mail that is replaced is moved away.
        for ((computer, _), here) in &mut self.oracle.here {
            if *computer == self.computer && here.email == email {
                here.may_be_absent = true;
            }
        }
    }

    fn email_of(&self, wallet: WalletId) -> usize {
        let mut here = self.oracle.here.iter();
        here.find(|((_, known), _)| *known == wallet)
            .map_or(usize::MAX, |(_, here)| here.email)
    }

    /// The code that a proof confirms.
    fn kept_code(&self, shows: &Shows) -> Option<CodeNumber> {
        match shows {
            Shows::Whole(text) => {
                let mut codes = self.oracle.codes.iter();
                codes
                    .find(|(_, code)| code.text == *text)
                    .map(|(number, _)| *number)
            }
            Shows::Group { .. } | Shows::Share(_) => {
                let open = self.belief.open.as_ref()?;
                open.screen.as_ref().map(|screen| screen.code)
            }
        }
    }

    fn told(&mut self, task: &Task, outcome: &Outcome) -> Verdict {
        let computer = self.computer;
        match (task, outcome) {
            (Task::Create { email, password }, Outcome::Create(made)) => {
                let file = self.new_file(*password, Arc::default());
                self.belief.lock();
                match made {
                    Ok(wallet) => {
                        let here = self.oracle.of_mut(computer, *wallet);
                        here.email = *email;
                        here.holds(&file);
                        self.opened(*wallet, file, true);
                    }
                    Err(error) => {
                        words::create(&self.around(), *email, error)?;
                        self.newborn = Some((file, *email));
                    }
                }
                Ok(())
            }
            (Task::SignIn { wallet, password }, Outcome::SignIn(step)) => {
                let at = (*wallet, *password);
                self.belief.lock();
                self.sign_in(at, step.as_ref().copied())
            }
            (Task::Digits(digits), Outcome::Digits(done)) => {
                let Some((wallet, file)) = self.belief.pending.clone() else {
                    return Ok(());
                };
                let right = self.right(Some(digits), &file);
                match done {
                    Ok(()) => {
                        if right != Some(true) {
                            return let_in("wrong digits open");
                        }
                        self.early(wallet)?;
                        self.signed_in_perhaps(wallet);
                        self.opened(wallet, file, false);
                        Ok(())
                    }
                    Err(error) => {
                        let right = self.surely_right(Some(digits), &file);
                        words::sign_in(&self.around(), wallet, None, right, error)?;
                        if words::wait_of_sign_in(error).is_some() {
                            self.early(wallet)?;
                            self.tried(Some(wallet), Secret::Password);
                        }
                        Ok(())
                    }
                }
            }
            (Task::Lock, _) => {
                self.belief.lock();
                Ok(())
            }
            (Task::LockAllButShown, _) => {
                let now = self.span.to.since_boot;
                let shown = self.belief.open.as_ref().and_then(|open| {
                    let mut screen = open.screen.clone()?;
                    screen.covered = (0, now);
                    Some((open.wallet, screen))
                });
                let covered = shown.or(self.belief.covered.clone());
                let below = self.belief.below;
                self.belief.lock();
                let stays = self
                    .process
                    .is_some_and(|it| matches!(it.stage, crate::process::Stage::Covered(_)));
                self.belief.covered = covered.filter(|_| stays);
                self.belief.below = below && stays;
                Ok(())
            }
            (Task::Uncover { password, digits }, Outcome::Uncover(done)) => {
                self.uncovered(*password, digits.as_deref(), done)
            }
            (Task::Uncover { password, .. }, Outcome::Identity(done)) => {
                self.identity(*password, None, false, done)?;
                let Span { from, to } = self.span;
                if let (Ok(()), Some(open)) = (done, &mut self.belief.open)
                    && let Some(screen) = &mut open.screen
                {
                    screen.covered = (from.since_boot + LEGIBLE, to.since_boot + LEGIBLE);
                }
                Ok(())
            }
            (
                Task::Identity {
                    password,
                    digits,
                    full,
                },
                Outcome::Identity(done),
            ) => self.identity(*password, digits.as_deref(), *full, done),
            (Task::SaveNote { note, version }, Outcome::SaveNote(saved)) => {
                self.item(saved)?;
                let (note, version) = (*note, *version);
                self.change(of_item(saved), |file| {
                    Arc::make_mut(&mut file.notes).insert(note, version);
                });
                Ok(())
            }
            (Task::DeleteNote(note), Outcome::DeleteNote(saved)) => {
                self.item(saved)?;
                self.change(of_item(saved), |file| {
                    Arc::make_mut(&mut file.notes).remove(note);
                });
                Ok(())
            }
            (Task::Issue { kit, pages, .. }, Outcome::Issue(issued)) => {
                self.issued(task, *kit, *pages, issued)
            }
            (Task::CopyDown, Outcome::CopyDown(copied)) => {
                self.legible_now()?
                    .map_or(Ok(()), |surely_covered| match copied {
                        Ok(_) if surely_covered => let_in("a covered code is given out"),
                        Ok(_) => Ok(()),
                        Err(error) => words::legible(&self.around(), *error),
                    })
            }
            (Task::Keep(shows), Outcome::Keep(kept)) => self.keep(task, shows, kept),
            (Task::Discard, Outcome::Discard(remade, done)) => {
                let Some(wallet) = self.wallet() else {
                    return Ok(());
                };
                match done {
                    Ok(()) if *remade => Ok(()),
                    Ok(()) => {
                        self.needs_identity(false)?;
                        let which = (computer, wallet);
                        self.oracle.others_end(which, None, LIVE, REVOKED, true);
                        self.change_nothing();
                        Ok(())
                    }
                    Err(error) => {
                        words::confirm(&self.around(), task, error)?;
                        if matches!(error, ConfirmError::Record(_)) {
                            let which = (computer, wallet);
                            self.oracle.others_end(which, None, LIVE, REVOKED, false);
                        }
                        self.change_nothing();
                        Ok(())
                    }
                }
            }
            (Task::Revoke(code, _), Outcome::Revoke(done)) => {
                let Some(wallet) = self.wallet() else {
                    return Ok(());
                };
                match done {
                    Ok(()) => {
                        self.needs_identity(false)?;
                        let here = self.oracle.of_mut(computer, wallet);
                        here.is(*code, REVOKED);
                        here.died(*code);
                    }
                    Err(error) => {
                        words::revoke(&self.around(), *code, error)?;
                        if matches!(error, usecases::revoke::RevokeError::Record(_)) {
                            self.oracle.of_mut(computer, wallet).may(*code, REVOKED);
                        }
                    }
                }
                self.oracle.kits_may_go(wallet);
                self.change_nothing();
                Ok(())
            }
            (Task::Check(code, _), Outcome::Check(checked)) => {
                match checked {
                    Ok(works) => words::works(&self.around(), *code, works)?,
                    Err(error) => {
                        words::check(&self.around(), *code, error)?;
                        self.unknown(error);
                    }
                }
                self.change_nothing();
                Ok(())
            }
            (Task::CheckName(code, ..), Outcome::CheckName(named)) => match named {
                Ok(named) => words::named(&self.around(), *code, named.live),
                Err(error) => words::recorded(&self.around(), *error),
            },
            (Task::Look, Outcome::Look(state, _)) => words::state(&self.around(), state),
            (Task::Accept { wallet, code, .. }, Outcome::Accept(accepted)) => {
                self.accepted(*wallet, *code, accepted)
            }
            (Task::Commit { password, keep }, Outcome::Commit(done)) => {
                self.committed(*password, *keep, done)
            }
            (
                Task::ChangePassword {
                    current,
                    digits,
                    next,
                },
                Outcome::ChangePassword(done),
            ) => self.password_changed(*current, digits.as_deref(), *next, done),
            (Task::TwoStepBegin, Outcome::TwoStepBegin(begun)) => match begun {
                Ok(key) => {
                    self.needs_identity(true)?;
                    self.oracle.authenticators.push(Arc::clone(key));
                    let number = self.oracle.authenticators.len() - 1;
                    self.belief.setup = Some((number, self.span.from.since_boot + IDENTITY));
                    Ok(())
                }
                Err(error) => words::two_step(&self.around(), false, error),
            },
            (Task::TwoStepConfirm(digits), Outcome::TwoStepConfirm(done)) => {
                let Some((key, _)) = self.belief.setup else {
                    return Ok(());
                };
                let text = self.oracle.authenticators.get(key).cloned();
                let span = self.span;
                let right = text.is_some_and(|text| {
                    [span.from.now, span.to.now].iter().any(|now| {
                        crate::authenticator::digits(&text, *now).as_deref() == Some(digits)
                    })
                });
                if let Err(error) = done {
                    let right = right && span.from.now == span.to.now;
                    words::two_step(&self.around(), right, error)?;
                }
                let saved = of_two_step(done);
                self.change(saved, |file| file.authenticator = Some(key));
                if matches!(done, Ok(())) {
                    self.belief.setup = None;
                }
                Ok(())
            }
            (Task::TwoStepOff, Outcome::TwoStepOff(done)) => {
                match done {
                    Ok(()) => self.needs_identity(true)?,
                    Err(error) => words::two_step(&self.around(), true, error)?,
                }
                self.change(of_two_step(done), |file| file.authenticator = None);
                Ok(())
            }
            (Task::TwoStepLater, Outcome::TwoStepLater(done)) => {
                if let Err(error) = done {
                    words::two_step(&self.around(), true, error)?;
                }
                self.change_nothing();
                Ok(())
            }
            (Task::Pages, Outcome::Pages(made)) => {
                match made {
                    Ok((name, symbols)) => {
                        if self.legible_now()? == Some(true) {
                            return let_in("pages of a covered code are made");
                        }
                        self.paged(*name, symbols);
                    }
                    Err(error) => words::pages(&self.around(), error)?,
                }
                self.change_nothing();
                Ok(())
            }
            (Task::Remake { code, shares, .. }, Outcome::Remake(made)) => {
                self.remade(*code, shares.len(), made)
            }
            (Task::MoveKit(code, ..), Outcome::MoveKit(done)) => {
                if let Err(error) = done {
                    words::move_kit(&self.around(), *code, error)?;
                }
                self.change_nothing();
                Ok(())
            }
            (Task::ForgetKit(..), Outcome::ForgetKit(done)) => {
                if let Err(error) = done {
                    words::forget_kit(&self.around(), error)?;
                }
                self.change_nothing();
                Ok(())
            }
            (Task::Tick, _) => {
                self.change_nothing();
                for wallet in self.wallets_here() {
                    let now = self.span.to.now;
                    self.oracle.may_have_expired(computer, wallet, now);
                }
                Ok(())
            }
            (
                Task::OpenKit { code, .. } | Task::OpenPages { code, .. },
                Outcome::OpenCopy(opened),
            ) => self.copy_opened(task, *code, opened),
            (Task::Restore { password, .. }, Outcome::Restore(done)) => {
                self.restored(*password, done)
            }
            (Task::PutOlder { wallet, .. }, Outcome::PutOlder(done)) => match done {
                Ok(()) => Ok(()),
                Err(error) => words::put_older(&self.around(), *wallet, error),
            },
            (Task::Mend(wallet), Outcome::Mend(done)) => match done {
                Ok(mended) => {
                    if *mended {
                        let here = self.oracle.of_mut(computer, *wallet);
                        here.several = false;
                        for status in here.status.values_mut() {
                            *status |= REVOKED;
                        }
                    }
                    Ok(())
                }
                Err(error) => words::mend(&self.around(), *wallet, error),
            },
            _ => Err(Broken::FalseWord(format!(
                "{task:?} came to something else"
            ))),
        }
    }

    /// What is in memory has no slots of codes that are dead, or the next save removes them.
    fn forget_dead_slots(&mut self) {
        let Some(open) = &mut self.belief.open else {
            return;
        };
        let Some(here) = self.oracle.here.get(&(self.computer, open.wallet)) else {
            return;
        };
        here.let_slots_go(&mut open.mine);
    }

    /// The file may have been saved again, with the same contents.
    fn change_nothing(&mut self) {
        if let Some(open) = &self.belief.open {
            let (wallet, mine) = (open.wallet, Arc::clone(&open.mine));
            let here = self.oracle.of_mut(self.computer, wallet);
            here.may_hold(&mine);
            here.slots_may_go();
        }
    }

    /// Whether the shown code is surely covered; `None` where the oracle knows of none.
    fn legible_now(&self) -> Result<Option<bool>, Broken> {
        let screen = self.belief.open.as_ref().and_then(|it| it.screen.as_ref());
        Ok(screen.map(|screen| self.span.from.since_boot >= screen.covered.1))
    }

    fn sign_in(
        &mut self,
        (wallet, password): (WalletId, usize),
        step: Result<bool, &usecases::sign_in::SignInError>,
    ) -> Verdict {
        match step {
            Ok(digits) => {
                self.early(wallet)?;
                let here = self.oracle.of(self.computer, wallet);
                let files = here.map(|here| here.file.clone()).unwrap_or_default();
                let notes = self.process.and_then(Process::notes);
                let fits = |file: &&Arc<FileTruth>| {
                    file.password == password
                        && notes.as_ref().is_none_or(|notes| *notes == *file.notes)
                };
                let Some(file) = files.iter().find(fits) else {
                    return match files.iter().any(|file| file.password == password) {
                        true => lost(format!("{notes:?} and not {:?}", files[0].notes)),
                        false => let_in(format!("password {password} opens")),
                    };
                };
                if digits != file.authenticator.is_some() {
                    return let_in("the six digits are asked where there are none, or not");
                }
                let file = Arc::clone(file);
                match digits {
                    true => {
                        self.belief.pending = Some((wallet, file));
                    }
                    false => {
                        self.signed_in_perhaps(wallet);
                        self.opened(wallet, file, false);
                    }
                }
                Ok(())
            }
            Err(error) => {
                words::sign_in(&self.around(), wallet, Some(password), None, error)?;
                if words::wait_of_sign_in(error).is_some() {
                    self.early(wallet)?;
                    self.tried(Some(wallet), Secret::Password);
                }
                Ok(())
            }
        }
    }

    fn uncovered(
        &mut self,
        password: usize,
        digits: Option<&str>,
        done: &Result<(), usecases::sign_in::SignInError>,
    ) -> Verdict {
        let Some((wallet, mut screen)) = self.belief.covered.clone() else {
            return Ok(());
        };
        let here = self.oracle.of(self.computer, wallet);
        let file = here.and_then(|here| here.file.first().cloned());
        let right = file.as_ref().and_then(|file| self.right(digits, file));
        match done {
            Ok(()) => {
                let Some(file) = file.filter(|file| file.password == password) else {
                    return let_in("another password uncovers the code");
                };
                if file.authenticator.is_some() && right != Some(true) {
                    return let_in("wrong digits uncover the code");
                }
                let Span { from, to } = self.span;
                self.signed_in_perhaps(wallet);
                self.opened(wallet, file, false);
                screen.covered = (from.since_boot + LEGIBLE, to.since_boot + LEGIBLE);
                if let Some(open) = &mut self.belief.open {
                    open.screen = Some(screen);
                }
                Ok(())
            }
            Err(error) => {
                let right = file
                    .as_ref()
                    .and_then(|file| self.surely_right(digits, file));
                let around = self.around();
                words::sign_in(&around, wallet, Some(password), right, error)?;
                if words::wait_of_sign_in(error).is_some() {
                    self.tried(Some(wallet), Secret::Password);
                }
                Ok(())
            }
        }
    }

    fn identity(
        &mut self,
        password: usize,
        digits: Option<&str>,
        full: bool,
        done: &Result<(), usecases::identity::IdentityError>,
    ) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let (wallet, mine) = (open.wallet, Arc::clone(&open.mine));
        let right = self.right(digits, &mine);
        match done {
            Ok(()) => {
                self.early(wallet)?;
                if mine.password != password {
                    return let_in("another password proves identity");
                }
                if full && mine.authenticator.is_some() && right != Some(true) {
                    return let_in("wrong digits prove identity");
                }
                let proved = self.proved_now();
                if full || mine.authenticator.is_none() {
                    self.belief.gates.remove(&(Some(wallet), false));
                }
                if let Some(open) = &mut self.belief.open {
                    match full {
                        true => open.full = proved,
                        false => open.password = proved,
                    }
                }
                Ok(())
            }
            Err(error) => {
                let right = self.surely_right(digits, &mine);
                words::identity(&self.around(), password, right, error)?;
                let counted = matches!(
                    error,
                    usecases::identity::IdentityError::WrongPassword { .. }
                        | usecases::identity::IdentityError::WrongDigits { .. }
                );
                if counted {
                    self.early(wallet)?;
                    self.tried(Some(wallet), Secret::Password);
                }
                Ok(())
            }
        }
    }

    fn item(&self, saved: &Result<(), ItemError>) -> Verdict {
        match saved {
            Ok(()) => Ok(()),
            Err(error) => words::item(&self.around(), error),
        }
    }

    fn issued(
        &mut self,
        task: &Task,
        kit: bool,
        pages: bool,
        issued: &Result<Option<Screen>, usecases::issue::IssueError>,
    ) -> Verdict {
        let Some(wallet) = self.wallet() else {
            return Ok(());
        };
        let computer = self.computer;
        match issued {
            Ok(Some(screen)) => {
                self.needs_identity(true)?;
                let which = (computer, wallet);
                let surely = !self.keychain;
                self.oracle.others_end(which, None, LIVE, REVOKED, surely);
                self.shown(screen, kit, pages);
                let number = CodeNumber::try_from(self.step).unwrap_or_default();
                self.oracle.of_mut(computer, wallet).is(number, LIVE);
                self.change(Saved::Yes, |file| {
                    file.slots.insert(number);
                });
                Ok(())
            }
            Ok(None) => Err(Broken::FalseWord(
                "a code was issued and not shown".to_owned(),
            )),
            Err(error) => {
                words::issue(&self.around(), task, error)?;
                let saved = match error {
                    usecases::issue::IssueError::Save(error) => Saved::of(error),
                    _ => Saved::No,
                };
                self.change(saved, |_| {});
                Ok(())
            }
        }
    }

    fn keep(&mut self, task: &Task, shows: &Shows, kept: &Result<Kept, ConfirmError>) -> Verdict {
        let Some(wallet) = self.wallet() else {
            return Ok(());
        };
        match kept {
            Ok(Kept::Sheet { left }) => {
                let screen = self.belief.open.as_mut().and_then(|it| it.screen.as_mut());
                if screen.is_none_or(|screen| *left >= screen.sheets.max(1)) {
                    return Err(Broken::FalseWord("how many sheets are left".to_owned()));
                }
            }
            Ok(Kept::Code(name)) => {
                let screen = self.belief.open.as_ref().and_then(|it| it.screen.as_ref());
                let remade =
                    screen.is_some_and(|screen| screen.remade) && !matches!(shows, Shows::Whole(_));
                if let Some(code) = self.oracle.named(wallet, *name).filter(|_| !remade) {
                    let around = self.around();
                    if around.status(wallet, code) & WORKS == 0 {
                        return let_in("a dead code was confirmed");
                    }
                    self.confirmed(wallet, code, true);
                }
            }
            Err(error) => {
                words::confirm(&self.around(), task, error)?;
                if matches!(error, ConfirmError::Record(_))
                    && let Some(code) = self.kept_code(shows)
                {
                    self.confirmed(wallet, code, false);
                }
            }
        }
        self.change_nothing();
        Ok(())
    }

    fn unknown(&mut self, word: &usecases::judge::Refusal) {
        use usecases::judge::{Refusal, Refused};
        if let Refusal::Code(Refused::Unknown { .. }) = word {
            let wallets = self.wallets_here();
            for wallet in wallets {
                self.oracle.of_mut(self.computer, wallet).failures[1] = true;
                self.tried(Some(wallet), Secret::Code);
            }
            self.tried(None, Secret::Code);
        }
    }

    fn accepted(
        &mut self,
        wallet: Option<WalletId>,
        code: CodeNumber,
        accepted: &Result<WalletId, usecases::redeem::AcceptError>,
    ) -> Verdict {
        use usecases::redeem::AcceptError;
        match accepted {
            Ok(found) => {
                let around = self.around();
                let own = around
                    .oracle
                    .codes
                    .get(&code)
                    .is_some_and(|it| it.wallet == *found);
                if !own || around.opens(code) == Opens::Never {
                    return let_in(format!("code {code} is dead here, and is accepted"));
                }
                let Span { from, to } = self.span;
                let until = (from.since_boot + ACCEPTED, to.since_boot + ACCEPTED);
                self.belief.lock();
                self.belief.accepted = Some((*found, code, until));
            }
            Err(error) => {
                words::accept(&self.around(), wallet, code, error)?;
                if let AcceptError::Refused(word) = error {
                    self.unknown(word);
                }
                // What was open is locked unless the code was refused beside it.
                let stage = self.process.map(|it| &it.stage);
                if !matches!(
                    stage,
                    Some(crate::process::Stage::SignedIn(_) | crate::process::Stage::Restoring(_))
                ) {
                    self.belief.lock();
                }
            }
        }
        Ok(())
    }

    fn committed(
        &mut self,
        password: usize,
        keep: bool,
        done: &Result<(), RedeemError>,
    ) -> Verdict {
        let Some((wallet, code, until)) = self.belief.accepted else {
            return Ok(());
        };
        let computer = self.computer;
        let next = self.redeemed_file(wallet, password);
        match done {
            Ok(()) => {
                if self.span.from.since_boot >= until.1 {
                    return let_in("a code was redeemed too late");
                }
                let Some(next) = next else {
                    return let_in("a wallet without a file was redeemed");
                };
                if keep {
                    words::keeps(&self.around(), wallet, password)?;
                }
                self.used(wallet, code, true);
                self.oracle.of_mut(computer, wallet).holds(&next);
                self.opened(wallet, next, true);
                Ok(())
            }
            Err(error) => {
                words::redeem(&self.around(), password, keep, error)?;
                match error {
                    RedeemError::InPlace(_) | RedeemError::FirstPassword { .. } => {
                        self.used(wallet, code, false);
                        if let Some(next) = next {
                            let here = self.oracle.of_mut(computer, wallet);
                            here.passwords.insert(next.password);
                            here.may_hold(&next);
                            self.belief.committed = Some(next);
                        }
                    }
                    RedeemError::Over => self.belief.lock(),
                    RedeemError::Refused(_)
                    | RedeemError::WrongPassword { .. }
                    | RedeemError::Wait(_)
                    | RedeemError::Record(_)
                    | RedeemError::Kdf(_)
                    | RedeemError::SetPassword(_)
                    | RedeemError::NotSaved(_) => {}
                }
                let counted = matches!(
                    error,
                    RedeemError::WrongPassword { .. } | RedeemError::FirstPassword { .. }
                );
                if counted {
                    self.tried(Some(wallet), Secret::Password);
                }
                Ok(())
            }
        }
    }

    fn password_changed(
        &mut self,
        current: usize,
        digits: Option<&str>,
        next: usize,
        done: &Result<(), PasswordChangeError>,
    ) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let mine = Arc::clone(&open.mine);
        let right = self.surely_right(digits, &mine);
        let saved = match done {
            Ok(()) => Saved::Yes,
            Err(PasswordChangeError::Save(error)) => Saved::of(error),
            Err(PasswordChangeError::Identity(_) | PasswordChangeError::SetPassword(_)) => {
                Saved::No
            }
        };
        match done {
            Ok(()) | Err(PasswordChangeError::Save(_)) => {
                self.identity(current, digits, true, &Ok(()))?
            }
            Err(PasswordChangeError::Identity(error)) => {
                words::identity(&self.around(), current, right, error)?;
                let counted = matches!(
                    error,
                    usecases::identity::IdentityError::WrongPassword { .. }
                        | usecases::identity::IdentityError::WrongDigits { .. }
                );
                if counted {
                    let wallet = self.wallet();
                    self.tried(wallet, Secret::Password);
                }
            }
            Err(PasswordChangeError::SetPassword(_)) => {}
        }
        if let Err(error) = done {
            words::password_change(&self.around(), current, right, error)?;
        }
        if saved != Saved::No {
            self.change(saved, |file| file.password = next);
        }
        Ok(())
    }

    fn paged(&mut self, name: code::Identifier, symbols: &Arc<Vec<Vec<String>>>) {
        let Some(open) = &self.belief.open else {
            return;
        };
        if let Some(code) = self.oracle.named(open.wallet, name) {
            let notes = Arc::clone(&open.mine.notes);
            self.oracle.pages.push(PagesFacts {
                code,
                symbols: Arc::clone(symbols),
                notes,
            });
        }
    }

    fn remade(
        &mut self,
        code: CodeNumber,
        sheets: usize,
        made: &Result<Option<Screen>, usecases::remake::RemakeError>,
    ) -> Verdict {
        let needed = self.oracle.codes.get(&code).map_or(0, |it| it.needed);
        match made {
            Ok(_) => {
                self.needs_identity(true)?;
                if self.around().opens(code) == Opens::Never {
                    return let_in("sheets of a dead set are made");
                }
                let Span { from, to } = self.span;
                if let Some(open) = &mut self.belief.open {
                    open.screen = Some(OnScreen {
                        code,
                        covered: (from.since_boot + LEGIBLE, to.since_boot + LEGIBLE),
                        remade: true,
                        sheets: 1,
                        pages: false,
                        kept: Vec::new(),
                    });
                }
            }
            Err(error) => {
                let enough = sheets >= usize::from(needed);
                words::remake(&self.around(), code, enough, error)?;
                if let usecases::remake::RemakeError::Refused(word) = error {
                    self.unknown(word);
                }
            }
        }
        self.change_nothing();
        Ok(())
    }

    fn copy_opened(
        &mut self,
        task: &Task,
        code: CodeNumber,
        opened: &Result<Notes, crate::task::CopyError>,
    ) -> Verdict {
        let Some(facts) = self.oracle.codes.get(&code) else {
            return Ok(());
        };
        let wallet = facts.wallet;
        let (may, must) = match task {
            Task::OpenPages { symbols, .. } => {
                let pages = self.oracle.pages.iter();
                let mut these = pages.filter(|it| Arc::ptr_eq(&it.symbols, symbols));
                let these = these.next().filter(|it| it.code == code);
                (
                    these.map(|it| Arc::clone(&it.notes)).into_iter().collect(),
                    these.is_some(),
                )
            }
            _ => {
                let kit = facts.kit.as_ref();
                let may: Vec<_> = kit
                    .map(|kit| kit.may.iter().map(|(_, notes)| Arc::clone(notes)).collect())
                    .unwrap_or_default();
                let here = kit.filter(|kit| Some(kit.stick) == self.stick_number);
                let folder = match task {
                    Task::OpenKit { folder, .. } => here.is_some_and(|kit| kit.folder == *folder),
                    _ => false,
                };
                (may, folder && here.is_some_and(|kit| kit.must))
            }
        };
        match opened {
            Ok(notes) => {
                let Some(notes) = may.iter().find(|it| ***it == *notes) else {
                    return lost(format!("a copy holds {notes:?}, and should hold {may:?}"));
                };
                let notes = Arc::clone(notes);
                self.belief.lock();
                self.belief.copy = Some((code, wallet, notes));
                Ok(())
            }
            Err(error) => words::copy(&self.around(), must, error),
        }
    }

    fn restored(
        &mut self,
        password: usize,
        done: &Result<crate::task::RestoredAs, RestoreError>,
    ) -> Verdict {
        let Some((code, own, _)) = self.belief.copy.clone() else {
            return Ok(());
        };
        let computer = self.computer;
        match done {
            Ok(done) => {
                let Some(file) = self.restored_file(password) else {
                    return Ok(());
                };
                let email = self.email_of(own);
                if !done.code_lives && self.oracle.of(computer, own).is_some() {
                    self.used(own, code, true);
                }
                for ((on, wallet), here) in &mut self.oracle.here {
                    if *on == computer && here.email == email && *wallet != done.wallet {
                        // It may have been moved away.
                        here.may_be_absent = true;
                    }
                }
                let here = self.oracle.of_mut(computer, done.wallet);
                here.email = email;
                if !done.code_lives {
                    let used = match done.remembered {
                        true => USED,
                        false => USED | NEVER,
                    };
                    here.status
                        .insert(code, used | here.status(code) & (WORKS | ENDED));
                    here.died(code);
                }
                here.holds(&file);
                self.opened(done.wallet, file, true);
                Ok(())
            }
            Err(error) => {
                words::restore(&self.around(), password, error)?;
                match error {
                    RestoreError::InPlace(_) | RestoreError::FirstPassword => {
                        let restored = self.restored_file(password);
                        self.belief.restored = restored;
                        self.restore_may_be_done(password);
                    }
                    RestoreError::InTheWay(_)
                    | RestoreError::NothingToReplace
                    | RestoreError::Folder(_)
                    | RestoreError::Lock(_)
                    | RestoreError::Record(_)
                    | RestoreError::Kdf(_)
                    | RestoreError::NotSaved(_) => {}
                }
                Ok(())
            }
        }
    }
}

fn of_item(saved: &Result<(), ItemError>) -> Saved {
    match saved {
        Ok(()) => Saved::Yes,
        Err(ItemError::Save(error)) => Saved::of(error),
        Err(ItemError::NotFound | ItemError::TooLong) => Saved::No,
    }
}

fn of_two_step(done: &Result<(), TwoStepError>) -> Saved {
    match done {
        Ok(()) => Saved::Yes,
        Err(TwoStepError::Save(error)) => Saved::of(error),
        Err(TwoStepError::WrongDigits | TwoStepError::Identity(_) | TwoStepError::Address(_)) => {
            Saved::No
        }
    }
}
