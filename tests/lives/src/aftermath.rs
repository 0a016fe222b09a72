//! What is on the disk after an act on the files of wallets.

use std::collections::BTreeSet;
use std::path::Path;

use usecases::elsewhere::Taken;
use wallet::names::{self, Name};
use wallet::{KdfMemory, Sealed, WalletId, store};

use crate::around::Files;
use crate::computer::FOLDER;
use crate::drive::Bytes;
use crate::file_act::{Disturbed, FileAct};
use crate::life::Life;
use crate::oracle::{Broken, Verdict};
use crate::owner::PROBE;
use crate::process::Process;
use crate::task::{Outcome, PasswordNumber, Task};
use crate::typed;

fn lost(what: &str) -> Verdict {
    Err(Broken::Lost(what.to_owned()))
}

fn false_word(what: &str) -> Verdict {
    Err(Broken::FalseWord(what.to_owned()))
}

/// Whether a name is that of what an app keeps beside a wallet's own file.
fn is_beside(name: &str, own: &str) -> bool {
    name.strip_prefix(own)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a file can be read as that of another wallet.
fn is_of_another(bytes: &Bytes, wallet: WalletId) -> bool {
    Sealed::parse(bytes.to_vec()).is_ok_and(|sealed| sealed.header().wallet_id != wallet)
}

fn own_name(wallet: WalletId) -> String {
    store::path(Path::new(""), wallet)
        .to_string_lossy()
        .into_owned()
}

impl Life {
    /// The files in the folder of the wallets, with their bytes.
    pub(super) fn files_with_bytes(&self, at: usize) -> Files {
        let state = self.sites[at].computer.state();
        let files = state.drive.files_in(Path::new(FOLDER));
        files
            .map(|(name, bytes)| (name.to_owned(), bytes.clone()))
            .collect()
    }

    /// Compares the files with those from before an act.
    pub(super) fn after_file_act(
        &mut self,
        at: usize,
        act: FileAct,
        before: &Files,
        disturbed: Disturbed,
    ) -> Verdict {
        if disturbed.raced || disturbed.power {
            return Ok(());
        }
        let now = self.files_with_bytes(at);
        let same = |name: &str| {
            let there = now.get(name).map(|bytes| bytes.fingerprint());
            there == before.get(name).map(|bytes| bytes.fingerprint())
        };
        match act {
            FileAct::Beside(wallet, made) => {
                let own = own_name(wallet);
                let mut names = before.keys().chain(now.keys());
                if !names.all(|name| same(name) || !(*name == own || is_beside(name, &own))) {
                    return lost("an earlier version beside a wallet changes its files");
                }
                match made {
                    Some((made, password)) => self.made_beside(at, made, password),
                    None => Ok(()),
                }
            }
            FileAct::Take(taken) => {
                // Temporary files of an earlier crash go.
                let stays = |name: &str| !(name.ends_with(".new") || name.ends_with(".keep"));
                if !before.keys().all(|name| same(name) || !stays(name)) {
                    return lost("a file from elsewhere changes another");
                }
                match taken {
                    Some(Taken::Offered(wallet)) if !disturbed.disk => {
                        self.is_offered(at, wallet, before)
                    }
                    Some(_) | None => Ok(()),
                }
            }
            FileAct::Delete(wallet, gone) => {
                self.after_delete(at, (wallet, gone), (before, &now), disturbed)
            }
        }
    }

    /// What is set aside goes with its wallet, but for another wallet's file.
    pub(super) fn forget_kept_aside(&mut self, at: usize, wallet: WalletId) {
        let own = own_name(wallet);
        let site = &mut self.sites[at];
        let state = site.computer.state();
        site.kept_aside.retain(|(path, _)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let bytes = state.drive.bytes(path);
            !is_beside(&name, &own) || bytes.is_some_and(|it| is_of_another(it, wallet))
        });
    }

    /// A wallet that was an earlier version has no codes, no kits and no pages, and opens with the
    /// password.
    fn made_beside(&mut self, at: usize, made: WalletId, password: PasswordNumber) -> Verdict {
        let bytes = self.files_with_bytes(at).remove(&own_name(made));
        let sealed = bytes.and_then(|bytes| Sealed::parse(bytes.to_vec()).ok());
        let Some(sealed) = sealed else {
            return lost("the wallet beside is not there");
        };
        let password = typed::password(password);
        let opened = sealed.open_with_password(&password, &mut KdfMemory::simulated());
        let Ok(opened) = opened else {
            return lost("the wallet beside does not open");
        };
        let contents = &opened.contents;
        let has_codes = !sealed.header().code_slots.is_empty();
        if has_codes || !contents.kits.is_empty() || contents.pages.is_some() {
            let what = "the wallet beside has codes, kits or pages of another";
            return Err(Broken::LetIn(what.to_owned()));
        }
        self.probe_file(at, made)?;
        self.probe_sign_in(at, made)
    }

    /// A copy that was taken is among those that the start page offers.
    fn is_offered(&mut self, at: usize, wallet: WalletId, before: &Files) -> Verdict {
        let computer = self.sites[at].computer.fork();
        let mut process = Process::start(&computer, PROBE);
        let Outcome::List(Ok(listed)) = process.run(&Task::List, 1) else {
            return lost("the start page cannot be seen");
        };
        let lost_ones = listed
            .wallets
            .lost
            .iter()
            .filter(|lost| lost.wallet == wallet);
        let mut copies = lost_ones.flat_map(|lost| &lost.copies);
        let is_it = |name: &str| name.starts_with(&format!("{wallet} from elsewhere "));
        let offered = copies.any(|copy| {
            let name = copy.path.file_name().unwrap_or_default().to_string_lossy();
            is_it(&name)
        });
        match offered || before.keys().any(|name| is_it(name)) {
            true => Ok(()),
            false => false_word("the copy from elsewhere is offered"),
        }
    }

    fn after_delete(
        &mut self,
        at: usize,
        (wallet, gone): (WalletId, Option<bool>),
        (before, now): (&Files, &Files),
        disturbed: Disturbed,
    ) -> Verdict {
        let own = own_name(wallet);
        let is_of_it = |name: &str| name == own || is_beside(name, &own);
        for (name, bytes) in before {
            let goes = is_of_it(name) && !is_of_another(bytes, wallet);
            // One that the disk cannot read is taken for the wallet's: bad sectors would keep it.
            let goes = goes || (disturbed.unreadable && is_of_it(name));
            // A save before the deletion, as of tries that failed, makes it a generation, and
            // pushes the last one out.
            let last = store::generation(Path::new(&own), store::GENERATIONS);
            let stays = || {
                Path::new(name) == last
                    || now
                        .values()
                        .any(|it| it.fingerprint() == bytes.fingerprint())
            };
            if !goes && !stays() {
                return lost("a file of another goes with a deleted wallet");
            }
        }
        let had_own = before
            .get(&own)
            .is_some_and(|bytes| !is_of_another(bytes, wallet));
        let mut there = now.get(&own).into_iter();
        let is_there = there.any(|bytes| !is_of_another(bytes, wallet));
        match gone {
            Some(false) if !is_there && !disturbed.below => lost("the wallet's file is gone"),
            Some(true) if is_there => false_word("the wallet's file is gone"),
            Some(true) => {
                let kept = now
                    .iter()
                    .any(|(name, bytes)| is_of_it(name) && !is_of_another(bytes, wallet));
                match kept {
                    true => Err(Broken::LetIn("a file of a deleted wallet stays".to_owned())),
                    false => Ok(()),
                }
            }
            None if had_own && !now.contains_key(&own) => {
                self.oracle.of_mut(at, wallet).deleted = true;
                self.probe_deleted(at, wallet)
            }
            Some(false) | None => Ok(()),
        }
    }

    /// Nothing that the app kept of a deleted wallet is left, nor comes back: its own file went
    /// last.
    pub(super) fn probe_deleted(&self, at: usize, wallet: WalletId) -> Verdict {
        if !self.oracle.of(at, wallet).is_some_and(|here| here.deleted) {
            return Ok(());
        }
        let own = own_name(wallet);
        let files = self.files_with_bytes(at);
        let kept: BTreeSet<_> = files
            .iter()
            .filter(|(name, bytes)| {
                // What an app was writing when it ended is no copy.
                let is_temporary = name.ends_with(".new") || name.ends_with(".keep");
                is_beside(name, &own) && !is_temporary && !is_of_another(bytes, wallet)
            })
            .map(|(name, _)| name)
            .collect();
        let elsewhere = files.iter().any(|(name, bytes)| {
            let is_copy = matches!(names::name(name.as_ref()), Some(Name::Copy));
            let of = Sealed::parse(bytes.to_vec());
            let of_it = of.is_ok_and(|sealed| sealed.header().wallet_id == wallet);
            of_it && !is_copy && *name != own && !is_beside(name, &own)
        });
        match !files.contains_key(&own) && (!kept.is_empty() || elsewhere) {
            true => Err(Broken::LetIn(format!(
                "a deleted wallet is kept in {kept:?}"
            ))),
            false => Ok(()),
        }
    }
}
