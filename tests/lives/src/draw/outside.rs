//! What can be done without an open wallet.

use std::path::Path;
use std::sync::Arc;

use rand::RngExt as _;
use rand::rngs::StdRng;
use wallet::{WalletId, names, store};

use super::temper::Theme;
use super::{WRONG, pick};
use crate::belief::Belief;
use crate::computer::FOLDER;
use crate::life::Life;
use crate::task::{Place, Source, Task};

#[derive(Clone, Copy)]
enum Wish {
    SignIn,
    Accept,
    OpenCopy,
    Create,
    Mend,
    Tick,
    List,
    Elsewhere,
}

impl Life {
    pub(super) fn outside(
        &self,
        rng: &mut StdRng,
        at: usize,
        wallets: &[WalletId],
        step: u32,
    ) -> Task {
        let Some(wallet) = pick(rng, wallets) else {
            return match rng.random_range(0..100) {
                0..40 => self.copy(rng, at),
                40..70 => self.elsewhere(rng, at),
                _ => None,
            }
            .unwrap_or_else(|| self.create(rng, at, step));
        };
        let here = self.oracle.of(at, wallet);
        if here.is_some_and(|here| here.several) && rng.random_bool(0.4) {
            return Task::Mend(wallet);
        }
        let troubled = here.is_none_or(|here| here.damaged || here.file.is_empty());
        let seeks = match troubled {
            true => 50,
            false => 3,
        };
        if rng.random_range(0..100) < seeks
            && let Some(name) = self.older(rng, at, wallet)
        {
            return Task::PutOlder { wallet, name };
        }
        let sign_in = Task::SignIn {
            wallet,
            password: self.typed(rng, at, wallet),
        };
        let wishes = [
            (60, Theme::Passwords, Wish::SignIn),
            (14, Theme::Codes, Wish::Accept),
            (5, Theme::Restores, Wish::OpenCopy),
            (2, Theme::Any, Wish::Create),
            (2, Theme::Copies, Wish::Mend),
            (3, Theme::Timed, Wish::Tick),
            (3, Theme::Copies, Wish::List),
            (6, Theme::Copies, Wish::Elsewhere),
        ];
        match self.temper.choose(rng, &wishes) {
            Some(Wish::Accept) => match self.paper(rng, at, wallet) {
                Some((code, text)) => Task::Accept {
                    wallet: rng.random_bool(0.7).then_some(wallet),
                    code,
                    text,
                },
                None => sign_in,
            },
            Some(Wish::OpenCopy) => self.copy(rng, at).unwrap_or(sign_in),
            Some(Wish::Create) if wallets.len() < 3 => self.create(rng, at, step),
            Some(Wish::Mend) => Task::Mend(wallet),
            Some(Wish::Tick) => Task::Tick,
            Some(Wish::List) => Task::List,
            Some(Wish::Elsewhere) => self.elsewhere(rng, at).unwrap_or(sign_in),
            Some(Wish::SignIn | Wish::Create) | None => sign_in,
        }
    }

    /// A wallet file that was kept elsewhere, of a wallet that is not here most often.
    fn elsewhere(&self, rng: &mut StdRng, at: usize) -> Option<Task> {
        let away = self.away.keys().map(|step| Source::Away(*step));
        let backups = (0..self.backups.len()).map(Source::Backup);
        let mut sources: Vec<Source> = away.chain(backups).collect();
        sources.retain(|source| self.kept_elsewhere(*source).is_some());
        let is_here = |source: &Source| {
            let wallet = match *source {
                Source::Away(step) => self.away.get(&step).map(|it| it.wallet),
                Source::Backup(number) => self.backups.get(number).map(|it| it.wallet),
            };
            let here = wallet.and_then(|wallet| self.oracle.of(at, wallet));
            here.is_some_and(|here| !here.file.is_empty() && !here.damaged)
        };
        let mut missing = sources.clone();
        missing.retain(|source| !is_here(source));
        let source = match rng.random_bool(0.8) {
            true => pick(rng, &missing),
            false => None,
        };
        source
            .or_else(|| pick(rng, &sources))
            .map(Task::LookElsewhere)
    }

    /// A new wallet, of an e-mail that is free most often.
    fn create(&self, rng: &mut StdRng, at: usize, step: u32) -> Task {
        let is_free = |email: &usize| {
            let mut here = self.oracle.here.iter();
            !here.any(|((on, _), here)| *on == at && here.may_be_of(*email))
        };
        let free: Vec<usize> = (0..3).filter(is_free).collect();
        let email = match rng.random_range(0..100) < 90 {
            true => pick(rng, &free),
            false => None,
        };
        Task::Create {
            email: email.unwrap_or_else(|| rng.random_range(0..3)),
            password: step as usize,
        }
    }

    /// What can be done with an accepted code.
    pub(super) fn accepted(&self, rng: &mut StdRng, at: usize, belief: &Belief, step: u32) -> Task {
        let committed = belief.committed.last().map(|file| file.password);
        let (password, keep) = match rng.random_range(0..100) {
            0..65 => (Some(step as usize), false),
            65..80 => {
                let wallet = belief.accepted.map(|(wallet, ..)| wallet);
                let typed = wallet.map_or(WRONG, |wallet| self.typed(rng, at, wallet));
                (Some(typed), true)
            }
            80..94 => (committed, false),
            _ => (None, false),
        };
        password.map_or(Task::Lock, |password| Task::Commit { password, keep })
    }

    /// What can be done with an open kit, or pages.
    pub(super) fn restoring(
        &self,
        rng: &mut StdRng,
        wallets: &[WalletId],
        belief: &Belief,
        step: u32,
    ) -> Task {
        let password = match (belief.restored.last(), rng.random_bool(0.6)) {
            (Some(file), true) => file.password,
            _ => step as usize,
        };
        let to = match rng.random_range(0..100) {
            0..40 => Some(Place::Unsaid),
            40..55 => Some(Place::Beside),
            55..93 => pick(rng, wallets).map(Place::Replacing),
            _ => None,
        };
        to.map_or(Task::Lock, |to| Task::Restore { to, password })
    }

    /// What can be done with a covered code whose wallet is locked.
    pub(super) fn covered(&self, rng: &mut StdRng, at: usize, belief: &Belief, step: u32) -> Task {
        let Some((wallet, _)) = belief.covered.as_ref() else {
            return Task::Lock;
        };
        let file = self.oracle.of(at, *wallet).and_then(|it| it.file.first());
        let key = file.and_then(|file| file.authenticator);
        match rng.random_range(0..100) {
            0..80 => Task::Uncover {
                password: self.typed(rng, at, *wallet),
                digits: self.digits(rng, at, key),
            },
            _ => self.outside(rng, at, &self.wallets(at), step),
        }
    }

    /// A kit or pages to be opened.
    fn copy(&self, rng: &mut StdRng, at: usize) -> Option<Task> {
        let pages = &self.oracle.pages;
        if !pages.is_empty() && rng.random_range(0..100) < 50 {
            let pages = &pages[rng.random_range(0..pages.len())];
            let text = Arc::clone(&self.oracle.codes.get(&pages.code)?.text);
            return Some(Task::OpenPages {
                code: pages.code,
                text,
                symbols: Arc::clone(&pages.symbols),
                lost: rng.random_range(0..2),
            });
        }
        let plugged = {
            let state = self.sites[at].computer.state();
            state.stick.as_ref().map(|(number, _)| *number)
        };
        let folders: Vec<_> = self
            .kit_folders()
            .into_iter()
            .filter(|(_, stick, _)| Some(*stick) == plugged)
            .collect();
        let (code, _, folder) = pick(rng, &folders)?;
        let text = Arc::clone(&self.oracle.codes.get(&code)?.text);
        Some(Task::OpenKit { code, text, folder })
    }

    /// The name of a copy of a wallet whose truth is known.
    fn older(&self, rng: &mut StdRng, at: usize, wallet: WalletId) -> Option<String> {
        let here = self.oracle.of(at, wallet)?;
        let state = self.sites[at].computer.state();
        let own = store::path(Path::new(FOLDER), wallet);
        let copies: Vec<String> = state
            .drive
            .files()
            .filter(|(path, _)| **path != *own && names::name(path).is_some())
            .filter(|(_, bytes)| here.known.contains_key(&bytes.fingerprint()))
            .filter_map(|(path, _)| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        drop(state);
        pick(rng, &copies)
    }
}
