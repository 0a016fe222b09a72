//! Judges what opens and closes a wallet: signing in, proving identity, uncovering a code, changing
//! the password.

use std::sync::Arc;

use usecases::identity::IdentityError;
use usecases::password_change::PasswordChangeError;
use usecases::sign_in::SignInError;
use usecases::waits::Secret;
use wallet::WalletId;

use super::{Judge, Saved, let_in, lost};
use crate::belief::{Gate, LEGIBLE, Open};
use crate::oracle::{Span, Verdict};
use crate::process::Process;
use crate::truth::{FileTruth, any_of};
use crate::words;

impl Judge<'_> {
    /// The digits that an authenticator shows, if a wallet has one: whether these are right.
    pub(super) fn right(&self, digits: Option<&str>, file: &FileTruth) -> Option<bool> {
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
    pub(super) fn surely_right(&self, digits: Option<&str>, file: &FileTruth) -> Option<bool> {
        let right = self.right(digits, file)?;
        Some(right && self.span.from.now == self.span.to.now)
    }

    /// Digits were accepted, which open once.
    pub(super) fn taken(
        &mut self,
        wallet: WalletId,
        digits: Option<&str>,
        key: Option<usize>,
    ) -> Verdict {
        match self.took_before(wallet, digits, key) {
            true => let_in("the six digits are accepted twice"),
            false => Ok(()),
        }
    }

    /// Remembers digits. Returns whether they were surely accepted before.
    pub(super) fn took_before(
        &mut self,
        wallet: WalletId,
        digits: Option<&str>,
        key: Option<usize>,
    ) -> bool {
        /// How much older than the last ones digits may be while they are refused, in steps.
        const WINDOW: u64 = 2;
        let (Some(digits), Some(key)) = (digits, key) else {
            return false;
        };
        let Some(text) = self.oracle.authenticators.get(key) else {
            return false;
        };
        let Span { from, to } = self.span;
        let steps = match from.now == to.now {
            true => crate::authenticator::steps(text, from.now, digits),
            false => Vec::new(),
        };
        let [step] = steps[..] else {
            self.belief.digits.remove(&(wallet, key));
            return false;
        };
        let last = self.belief.digits.insert((wallet, key), step);
        last.is_some_and(|last| step <= last && last - step <= WINDOW)
    }

    pub(super) fn opened(&mut self, wallet: WalletId, mine: Arc<FileTruth>, owner: bool) {
        let proved = match owner {
            true => self.proved_now(),
            false => (0, 0),
        };
        let session = self.process.and_then(Process::session);
        // What was changed below while the digits or the new password were typed is still so.
        let below = self.belief.below;
        self.belief.lock();
        self.belief.below = below;
        self.belief.open = Some(Open {
            wallet,
            mine,
            key: None,
            read_only: session.is_some_and(usecases::session::Session::is_read_only),
            password: proved,
            full: proved,
            screen: None,
            unverified: self.disk,
            in_place: false,
            keychain_failed: self.keychain,
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

    pub(super) fn tried(&mut self, wallet: Option<WalletId>, secret: Secret) {
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

    pub(super) fn early(&self, wallet: WalletId) -> Verdict {
        match self.around().has_to_wait(Some(wallet), false) {
            true => let_in("a password was tried before its wait was over"),
            false => Ok(()),
        }
    }

    pub(super) fn sign_in(
        &mut self,
        (wallet, password): (WalletId, usize),
        step: Result<bool, &SignInError>,
    ) -> Verdict {
        match step {
            Ok(digits) => {
                self.early(wallet)?;
                let here = self.oracle.of(self.computer, wallet);
                let files = here.map(|here| here.file.clone()).unwrap_or_default();
                let notes = self.process.and_then(Process::notes);
                let fits = |file: &&Arc<FileTruth>| {
                    let shown = self.process.and_then(|it| it.may_be(file));
                    file.password == password && shown.unwrap_or(true)
                };
                let mut fitting: Vec<_> = files.iter().filter(fits).cloned().collect();
                let asks = |file: &Arc<FileTruth>| file.authenticator.is_some() == digits;
                if fitting.iter().any(asks) {
                    fitting.retain(asks);
                }
                let Some(file) = any_of(&fitting.iter().collect::<Vec<_>>()) else {
                    return match files.iter().any(|file| file.password == password) {
                        true => lost(format!("{notes:?} and not {:?}", files[0].notes)),
                        false => let_in(format!("password {password} opens")),
                    };
                };
                if digits != file.authenticator.is_some() {
                    return let_in("the six digits are asked where there are none, or not");
                }
                match digits {
                    true => {
                        self.belief.pending = Some((wallet, fitting));
                        self.belief.beside = None;
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

    /// The six digits after a password. Which of several versions was read shows now.
    pub(super) fn digits(&mut self, digits: &str, done: &Result<(), SignInError>) -> Verdict {
        let Some((wallet, files)) = self.belief.pending.clone() else {
            return Ok(());
        };
        match done {
            Ok(()) => {
                let right: Vec<_> = files
                    .iter()
                    .filter(|file| self.right(Some(digits), file) == Some(true))
                    .collect();
                let process = self.process;
                let held =
                    |file: &&Arc<FileTruth>| process.and_then(|it| it.may_be(file)) == Some(true);
                let read: Vec<_> = right.iter().copied().filter(held).collect();
                let Some(file) = any_of(&read).or_else(|| any_of(&right)) else {
                    return let_in("wrong digits open");
                };
                self.early(wallet)?;
                self.taken(wallet, Some(digits), file.authenticator)?;
                self.signed_in_perhaps(wallet);
                self.opened(wallet, file, false);
                Ok(())
            }
            Err(error) => {
                let mut right = files
                    .iter()
                    .map(|file| self.surely_right(Some(digits), file));
                let surely = right.all(|right| right == Some(true));
                words::sign_in(&self.around(), wallet, None, Some(surely), error)?;
                if words::wait_of_sign_in(error).is_some() {
                    self.early(wallet)?;
                    self.tried(Some(wallet), Secret::Password);
                }
                Ok(())
            }
        }
    }

    pub(super) fn uncovered(
        &mut self,
        password: usize,
        digits: Option<&str>,
        done: &Result<(), SignInError>,
    ) -> Verdict {
        let Some((wallet, mut screen)) = self.belief.covered.clone() else {
            return Ok(());
        };
        let here = self.oracle.of(self.computer, wallet);
        let files = here.map(|here| &here.file[..]).unwrap_or_default();
        // Which of several versions was read shows when the wallet is open.
        let process = self.process;
        let opens = |file: &&Arc<FileTruth>| file.password == password;
        let read = |file: &&Arc<FileTruth>| process.and_then(|it| it.may_be(file)) == Some(true);
        let opened = files.iter().filter(opens).find(read);
        let opened = opened.or_else(|| files.iter().find(opens));
        let file = opened.or(files.first()).cloned();
        let right = file.as_ref().and_then(|file| self.right(digits, file));
        match done {
            Ok(()) => {
                let Some(file) = file.filter(|file| file.password == password) else {
                    return let_in("another password uncovers the code");
                };
                if file.authenticator.is_some() && right != Some(true) {
                    return let_in("wrong digits uncover the code");
                }
                self.taken(wallet, digits, file.authenticator)?;
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

    pub(super) fn identity(
        &mut self,
        password: usize,
        digits: Option<&str>,
        full: bool,
        done: &Result<(), IdentityError>,
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
                if full {
                    self.taken(wallet, digits, mine.authenticator)?;
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
            Err(error) => self.not_identified(password, digits, error),
        }
    }

    /// Identity was not proved.
    pub(super) fn not_identified(
        &mut self,
        password: usize,
        digits: Option<&str>,
        error: &IdentityError,
    ) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let wallet = open.wallet;
        let right = self.surely_right(digits, &Arc::clone(&open.mine));
        words::identity(&self.around(), password, right, error)?;
        let counted = matches!(
            error,
            IdentityError::WrongPassword { .. } | IdentityError::WrongDigits { .. }
        );
        if counted {
            self.early(wallet)?;
            self.tried(Some(wallet), Secret::Password);
        }
        Ok(())
    }

    pub(super) fn password_changed(
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
                self.not_identified(current, digits, error)?;
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
}
