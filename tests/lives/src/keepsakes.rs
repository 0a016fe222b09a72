//! What an app leaves beside the wallets' files: generations, and files that were replaced.

use std::path::{Path, PathBuf};

use wallet::{DraftsId, KdfMemory, Sealed, WalletId, store};

use crate::belief::Belief;
use crate::computer::FOLDER;
use crate::drafts::DraftsTruth;
use crate::drive::Bytes;
use crate::life::Life;
use crate::oracle::{Broken, Verdict};
use crate::probe::opens_with;
use crate::task::{CodeNumber, Task};
use crate::typed;

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

    /// Old passwords open no generation after a change of the password that nothing disturbed.
    pub(super) fn old_passwords_open_no_generation(&self, at: usize, task: &Task) -> Verdict {
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

    /// The wallet whose key a task replaces, and the key before with its drafts, if it is known.
    pub(super) fn rekeyed(
        &self,
        at: usize,
        belief: &Belief,
        task: &Task,
    ) -> Option<(WalletId, DraftsId, DraftsTruth)> {
        let (wallet, key) = match task {
            Task::ChangePassword { .. } => {
                let open = belief.open.as_ref()?;
                (open.wallet, open.key)
            }
            Task::Commit { .. } => {
                let (wallet, ..) = belief.accepted?;
                (wallet, self.key_on_disk(at, wallet))
            }
            _ => return None,
        };
        let key = key.filter(|_| !belief.below)?;
        let truth = self.oracle.drafts.get(&(at, wallet, key)).cloned();
        Some((wallet, key, truth.unwrap_or_else(DraftsTruth::unknown)))
    }

    /// The key of a wallet's file, by the name of its file of drafts.
    fn key_on_disk(&self, at: usize, wallet: WalletId) -> Option<DraftsId> {
        let path = store::path(Path::new(FOLDER), wallet);
        let bytes = self.sites[at]
            .computer
            .state()
            .drive
            .bytes(&path)
            .cloned()?;
        let sealed = Sealed::parse(bytes.to_vec()).ok()?;
        let mut passwords = self.oracle.of(at, wallet)?.passwords.iter();
        passwords.find_map(|password| {
            let memory = &mut KdfMemory::simulated();
            let opened = sealed.open_with_password(&typed::password(*password), memory);
            Some(opened.ok()?.drafts_id())
        })
    }

    /// A wallet may have another key: it has the drafts of the key before, which has none.
    /// `surely`: the disk gave them. `undisturbed`: all that was to be done was done.
    pub(super) fn drafts_carried(
        &mut self,
        at: usize,
        (wallet, before, truth): (WalletId, DraftsId, DraftsTruth),
        surely: bool,
        undisturbed: bool,
    ) -> Verdict {
        let now = self.key_on_disk(at, wallet);
        let Some(now) = now.filter(|now| *now != before) else {
            return Ok(());
        };
        self.oracle.drafts_of((at, wallet, before)).may_be_gone();
        let of_now = self.oracle.drafts.entry((at, wallet, now));
        of_now.or_insert_with(|| truth.carried(surely));
        let had_one = truth.surely_has_one();
        let path = wallet::drafts::path(&store::path(Path::new(FOLDER), wallet), before);
        let state = self.sites[at].computer.state();
        match had_one && undisturbed && state.drive.bytes(&path).is_some() {
            true => Err(Broken::LetIn("the old key opens drafts".to_owned())),
            false => Ok(()),
        }
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

    /// The wallets in kits: their codes, where they are, and their fingerprints.
    pub(super) fn wallets_in_kits(&self) -> Vec<(CodeNumber, usize, PathBuf, u64)> {
        let kits = self.kit_folders().into_iter();
        kits.filter_map(|(code, stick, folder)| {
            let wallet = self.on_stick(stick, &folder.join(kit::WALLET_FILE))?;
            Some((code, stick, folder, wallet.fingerprint()))
        })
        .collect()
    }

    /// The codes of those that are there no more, nor set aside because their medium did not give
    /// them.
    pub(super) fn overwritten(
        &self,
        mut kits: Vec<(CodeNumber, usize, PathBuf, u64)>,
    ) -> Vec<CodeNumber> {
        kits.retain(|(_, stick, folder, print)| {
            let stands = |name: &str| {
                let there = self.on_stick(*stick, &folder.join(name));
                there.is_some_and(|there| there.fingerprint() == *print)
            };
            !stands(kit::WALLET_FILE) && !stands("wallet-unread.age")
        });
        kits.into_iter().map(|(code, ..)| code).collect()
    }

    /// A wallet's file was replaced by a restored one: it stands beside, and has to from now on.
    /// The app may have said where.
    pub(super) fn kept_aside(
        &mut self,
        at: usize,
        replaced: &Bytes,
        said: Option<&Path>,
    ) -> Verdict {
        let site = &mut self.sites[at];
        let there = said.is_none_or(|said| {
            let state = site.computer.state();
            let there = state.drive.bytes(said).map(Bytes::fingerprint);
            there == Some(replaced.fingerprint())
        });
        if !there {
            let said = format!("the replaced wallet is in {said:?}");
            return Err(Broken::FalseWord(said));
        }
        let copy = {
            let state = site.computer.state();
            let same = |bytes: &Bytes| bytes.fingerprint() == replaced.fingerprint();
            let folder = Path::new(FOLDER);
            let files = state
                .drive
                .files()
                .filter(|(path, bytes)| path.parent() == Some(folder) && same(bytes));
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
