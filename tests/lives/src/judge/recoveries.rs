//! Judges what a code buys: an acceptance, a redemption, an opened copy, a restored wallet.

use std::sync::Arc;

use usecases::redeem::RedeemError;
use usecases::restore::RestoreError;
use usecases::waits::Secret;
use wallet::WalletId;

use super::{Judge, let_in, lost};
use crate::belief::ACCEPTED;
use crate::oracle::{Opens, Span, Verdict};
use crate::task::{CodeNumber, Notes, Place, Task};
use crate::truth::{ENDED, FileTruth, Held, NEVER, USED, WORKS};
use crate::words;

/// Adds the file of a try to those of earlier ones.
fn remember(tries: &mut Vec<Arc<FileTruth>>, file: Arc<FileTruth>) {
    if tries.iter().all(|known| known.version != file.version) {
        tries.push(file);
    }
}

impl Judge<'_> {
    pub(super) fn new_file(
        &mut self,
        password: usize,
        email: usize,
        notes: Arc<Notes>,
    ) -> Arc<FileTruth> {
        Arc::new(FileTruth {
            password,
            email,
            notes,
            authenticator: None,
            slots: Default::default(),
            maybe: Default::default(),
            version: self.oracle.next_version(),
            past: Arc::default(),
        })
    }

    pub(super) fn redeemed_file(
        &mut self,
        wallet: WalletId,
        password: usize,
    ) -> Option<Arc<FileTruth>> {
        // Which of several versions was read shows when the wallet is open.
        let process = self.process;
        let read = |file: &&Arc<FileTruth>| {
            let shown = process.and_then(|it| it.may_be(file));
            shown.unwrap_or(true)
        };
        let mut earlier = self.belief.committed.iter().filter(read);
        if let Some(same) = earlier.find(|file| file.password == password) {
            return Some(Arc::clone(same));
        }
        let here = self.oracle.of(self.computer, wallet)?;
        let before = here.file.iter().find(read).or(here.file.first())?;
        let before = Arc::clone(before);
        Some(self.oracle.after(&before, |file| {
            file.password = password;
            file.authenticator = None;
            file.slots.clear();
            file.maybe.clear();
        }))
    }

    pub(super) fn restored_file(&mut self, password: usize) -> Option<Arc<FileTruth>> {
        let mut earlier = self.belief.restored.iter();
        if let Some(same) = earlier.find(|file| file.password == password) {
            return Some(Arc::clone(same));
        }
        let (_, _, held) = self.belief.copy.clone()?;
        Some(self.new_file(password, held.email, held.notes))
    }

    pub(super) fn restore_may_be_done(&mut self, password: usize) {
        let (Some((code, wallet, held)), Some(file)) =
            (self.belief.copy.clone(), self.restored_file(password))
        else {
            return;
        };
        self.newborn.push(Arc::clone(&file));
        if self.oracle.of(self.computer, wallet).is_some() {
            self.used(wallet, code, false);
            let here = self.oracle.of_mut(self.computer, wallet);
            here.passwords.insert(password);
            here.may_hold(&file);
        }
        // A wallet of the same e-mail that is replaced is moved away.
        for ((computer, _), here) in &mut self.oracle.here {
            if *computer == self.computer && here.may_be_of(held.email) {
                here.may_be_absent = true;
            }
        }
    }

    pub(super) fn accepted(
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

    pub(super) fn committed(
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
                if self.span.from.since_boot >= until.1 && self.belief.committed.is_empty() {
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
                    RedeemError::InPlace(_) => {
                        self.used(wallet, code, false);
                        if let Some(next) = next {
                            let here = self.oracle.of_mut(computer, wallet);
                            here.passwords.insert(next.password);
                            here.may_hold(&next);
                            remember(&mut self.belief.committed, next);
                        }
                    }
                    RedeemError::FirstPassword { .. } => self.used(wallet, code, false),
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

    pub(super) fn copy_opened(
        &mut self,
        task: &Task,
        code: CodeNumber,
        opened: &Result<Held, crate::task::CopyError>,
    ) -> Verdict {
        let Some(facts) = self.oracle.codes.get(&code) else {
            return Ok(());
        };
        let wallet = facts.wallet;
        let (may, must) = match task {
            Task::OpenPages { symbols, .. } => {
                let pages = self.oracle.pages.iter();
                let mut these = pages.filter(|it| it.symbols == *symbols);
                let these = these.next().filter(|it| it.code == code);
                (
                    these.map(|it| it.held.clone()).into_iter().collect(),
                    these.is_some(),
                )
            }
            _ => {
                let kit = facts.kit.as_ref();
                let may: Vec<_> = kit
                    .map(|kit| kit.may.iter().map(|(_, held)| held.clone()).collect())
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
            Ok(held) => {
                // Another program may be saving what the copy already holds.
                if !may.contains(held) && !self.raced {
                    return lost(format!("a copy holds {held:?}, and should hold {may:?}"));
                }
                self.belief.lock();
                self.belief.copy = Some((code, wallet, held.clone()));
                Ok(())
            }
            Err(error) => words::copy(&self.around(), must && !self.raced, error),
        }
    }

    pub(super) fn restored(
        &mut self,
        to: Place,
        password: usize,
        done: &Result<crate::task::RestoredAs, RestoreError>,
    ) -> Verdict {
        let Some((code, own, held)) = self.belief.copy.clone() else {
            return Ok(());
        };
        let computer = self.computer;
        match done {
            Ok(done) => {
                let Some(file) = self.restored_file(password) else {
                    return Ok(());
                };
                if !done.code_lives && self.oracle.of(computer, own).is_some() {
                    self.used(own, code, true);
                }
                for ((on, wallet), here) in &mut self.oracle.here {
                    if *on == computer && here.may_be_of(held.email) && *wallet != done.wallet {
                        // It may have been moved away.
                        here.may_be_absent = true;
                    }
                }
                let here = self.oracle.of_mut(computer, done.wallet);
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
                words::restore(&self.around(), to, password, error)?;
                match error {
                    RestoreError::InPlace(_) => {
                        if let Some(restored) = self.restored_file(password) {
                            remember(&mut self.belief.restored, restored);
                        }
                        self.restore_may_be_done(password);
                    }
                    RestoreError::FirstPassword
                    | RestoreError::InTheWay(_)
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
