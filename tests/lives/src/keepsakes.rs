//! What an app leaves beside the wallets' files: generations, and files that were replaced.

use std::path::{Path, PathBuf};

use wallet::{Sealed, WalletId, store};

use crate::computer::FOLDER;
use crate::drive::Bytes;
use crate::life::Life;
use crate::oracle::{Broken, Verdict};
use crate::probe::opens_with;
use crate::task::Task;

impl Life {
    /// The generations of a wallet: how far back each is, and its bytes.
    fn generations(&self, at: usize, wallet: WalletId) -> Vec<(u32, Bytes)> {
        let path = store::path(Path::new(FOLDER), wallet);
        let state = self.sites[at].computer.state();
        (1..=store::GENERATIONS)
            .filter_map(|back| {
                let bytes = state.drive.bytes(&store::generation(&path, back))?;
                Some((back, bytes.clone()))
            })
            .collect()
    }

    /// Old passwords open no generation after a change that nothing disturbed.
    pub(super) fn old_passwords_open_no_generation(&self, at: usize, task: &Task) -> Verdict {
        if !matches!(task, Task::ChangePassword { .. } | Task::Commit { .. }) {
            return Ok(());
        }
        let Some(open) = self.sites[at]
            .seats
            .iter()
            .flatten()
            .find_map(|seat| seat.belief.open.as_ref())
        else {
            return Ok(());
        };
        let (wallet, newest) = (open.wallet, open.mine.password);
        let changed = match task {
            Task::ChangePassword { next, .. } => *next == newest,
            Task::Commit { password, .. } => *password == newest,
            _ => false,
        };
        let Some(here) = self.oracle.of(at, wallet).filter(|_| changed) else {
            return Ok(());
        };
        for (_, bytes) in self.generations(at, wallet) {
            let Ok(sealed) = Sealed::parse(bytes.to_vec()) else {
                continue;
            };
            for old in here.passwords.iter().filter(|old| **old != newest) {
                if opens_with(&sealed, *old).is_some() {
                    return Err(Broken::LetIn(format!(
                        "old password {old} opens a generation"
                    )));
                }
            }
        }
        Ok(())
    }

    /// Each generation of a wallet opens with a password that its wallet had.
    pub(super) fn probe_generations(&self, at: usize, wallet: WalletId) -> Verdict {
        let Some(here) = self.oracle.of(at, wallet) else {
            return Ok(());
        };
        for (back, bytes) in self.generations(at, wallet) {
            if here.damaged_as.contains(&bytes.fingerprint()) {
                continue;
            }
            let opens = Sealed::parse(bytes.to_vec()).is_ok_and(|sealed| {
                let mut passwords = here.passwords.iter();
                passwords.any(|it| opens_with(&sealed, *it).is_some())
            });
            if !opens {
                return Err(Broken::Lost(format!("generation {back} does not open")));
            }
        }
        Ok(())
    }

    /// A wallet's file was replaced by a restored one: it stands beside, and has to from now on.
    pub(super) fn kept_aside(&mut self, at: usize, replaced: &Bytes) -> Verdict {
        let site = &mut self.sites[at];
        let copy = {
            let state = site.computer.state();
            let same = |bytes: &Bytes| bytes.fingerprint() == replaced.fingerprint();
            let files = state.drive.files().filter(|(_, bytes)| same(bytes));
            // A generation with the same bytes goes sooner or later.
            let number = |path: &Path| path.extension()?.to_str()?.parse::<u32>().ok();
            let mut lasting = files.filter(|(path, _)| number(path).is_none());
            lasting.next().map(|(path, _)| path.to_owned())
        };
        let Some(copy) = copy else {
            return Err(Broken::Lost("a replaced wallet is gone".to_owned()));
        };
        // Its own file, if it could not be moved, has a life of its own.
        if copy.extension().is_none_or(|it| it != "wallet") {
            site.kept_aside.push((copy, replaced.fingerprint()));
        }
        Ok(())
    }

    /// The wallets of a computer whose files are gone and whose generations are there.
    pub(super) fn with_generations_alone(&self, at: usize) -> Vec<WalletId> {
        let mut wallets = self.wallets(at);
        wallets.retain(|wallet| {
            let path = store::path(Path::new(FOLDER), *wallet);
            let file = self.sites[at].computer.state().drive.bytes(&path).cloned();
            file.is_none() && !self.generations(at, *wallet).is_empty()
        });
        wallets
    }

    /// What was kept aside is still there.
    pub(super) fn probe_kept_aside(&self, at: usize) -> Verdict {
        let site = &self.sites[at];
        let state = site.computer.state();
        let stands = |(path, print): &(PathBuf, u64)| {
            state.drive.bytes(path).map(Bytes::fingerprint) == Some(*print)
        };
        match site.kept_aside.iter().all(stands) {
            true => Ok(()),
            false => Err(Broken::Lost(
                "a replaced wallet is no longer kept".to_owned(),
            )),
        }
    }
}
