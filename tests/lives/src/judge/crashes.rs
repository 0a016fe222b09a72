//! Brings what is true up to date when the program ended within an act.

use std::collections::BTreeSet;
use std::sync::Arc;

use wallet::WalletId;

use super::{Judge, Saved};
use crate::task::Task;
use crate::truth::{DISCARDED, LIVE, NEVER, REPLACED, REVOKED};

impl Judge<'_> {
    /// The program ended within a task: what it may have done.
    pub(super) fn ended_within(&mut self, task: &Task) {
        let computer = self.computer;
        match task {
            Task::SaveNote { .. }
            | Task::DeleteNote(_)
            | Task::BinNote(_)
            | Task::UnbinNote(_)
            | Task::RestoreNote { .. } => self.change_notes(task, Saved::Unknown),
            Task::Create { email, password } => {
                let file = self.new_file(*password, *email, Arc::default());
                self.newborn.push(file);
            }
            Task::ChangePassword { next, .. } => {
                let next = *next;
                if let Some(wallet) = self.wallet() {
                    self.oracle.of_mut(computer, wallet).failures[0] = true;
                }
                self.change(Saved::Unknown, |file| file.password = next);
            }
            Task::ChangeEmail(email) => self.email_perhaps_changed(*email),
            Task::TwoStepConfirm(_) => {
                let setup = self.belief.setup.map(|(key, _)| key);
                self.change(Saved::Unknown, |file| file.authenticator = setup);
            }
            Task::TwoStepOff => self.change(Saved::Unknown, |file| file.authenticator = None),
            Task::Issue { .. } => {
                if let Some(wallet) = self.wallet() {
                    // The known gap: one that was shown and not confirmed may be gone.
                    self.others_end(wallet, None, LIVE, REPLACED, false);
                }
                self.change(Saved::Unknown, |_| {});
            }
            Task::Keep(shows) => {
                if let Some(wallet) = self.wallet() {
                    let code = self.kept_code(shows);
                    if let Some(code) = code {
                        self.confirmed(wallet, code, false);
                    }
                    // The slots of the others go, also of one that the keychain forgot.
                    self.change(Saved::Unknown, |file| {
                        let slots = std::mem::take(&mut file.slots);
                        let (kept, gone): (_, BTreeSet<_>) =
                            slots.into_iter().partition(|it| Some(*it) == code);
                        file.slots = kept;
                        file.maybe.extend(gone);
                    });
                }
            }
            Task::Discard => {
                if let Some(wallet) = self.wallet() {
                    self.others_end(wallet, None, LIVE, DISCARDED, false);
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
                if let Some((wallet, files)) = self.belief.pending.clone() {
                    let here = self.oracle.of_mut(computer, wallet);
                    here.failures[0] = true;
                    // What is settled may be saved where the file was lost or damaged meanwhile.
                    for file in &files {
                        here.may_hold(file);
                    }
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
            Task::Take => self.taken_perhaps(),
            Task::RestoreBeside { .. } => self.beside_perhaps(),
            Task::Delete => self.deleted_perhaps(),
            Task::Tick => {
                for wallet in self.wallets_here() {
                    let now = self.span.to.now;
                    self.oracle.may_have_expired(computer, wallet, now);
                }
            }
            Task::Mend(wallet) => {
                for status in self.oracle.of_mut(computer, *wallet).status.values_mut() {
                    *status |= REVOKED | REPLACED;
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
            | Task::PutOlder { .. }
            | Task::List
            | Task::CopyAway
            | Task::LookElsewhere(_)
            | Task::Earlier
            | Task::Remains
            | Task::Draft { .. }
            | Task::Drafts
            | Task::DiscardDraft(_) => {}
        }
        if task.changes() {
            self.change_nothing();
        }
    }

    pub(super) fn wallets_here(&self) -> Vec<WalletId> {
        let here = self.oracle.here.keys();
        here.filter(|(computer, _)| *computer == self.computer)
            .map(|(_, wallet)| *wallet)
            .collect()
    }

    pub(super) fn signed_in_perhaps(&mut self, wallet: WalletId) {
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
                    kit.may_hold(&file, self.span.dates());
                }
            }
        }
    }

    /// Somebody signed in: what was never shown is dropped, and so is an unconfirmed code whose
    /// slot an older copy of the file does not have.
    pub(super) fn settled(&mut self, wallet: WalletId) {
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
}
