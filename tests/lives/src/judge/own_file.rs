//! Judges copies that are taken away and brought back, earlier versions, and the end of a wallet.

use std::sync::Arc;

use usecases::delete::{DeleteError, Deleted};
use usecases::earlier::BesideError;
use usecases::elsewhere::{CopyError, LookError, TakeError, Taken};
use wallet::{Sealed, WalletId, store};

use super::{Judge, lost};
use crate::belief::FoundFile;
use crate::drive::Bytes;
use crate::oracle::{Broken, Verdict};
use crate::probe::{fitting, opens_with};
use crate::process::Process;
use crate::task::{FoundAs, Notes};
use crate::truth::{Away, EXPIRED, FileTruth, NEVER, REVOKED, WORKS, any_of};
use crate::words::{self, Place};

/// An earlier version of the open wallet, as its file tells.
pub struct Version {
    /// The name of its file.
    pub file: String,
    /// Its own name.
    pub name: String,
    /// Its notes.
    pub notes: Notes,
}

impl Judge<'_> {
    /// A copy was given out: it opens with the present password, and is what the file may be.
    pub(super) fn copied_away(&mut self, done: &Result<Bytes, CopyError>) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let (wallet, mine) = (open.wallet, Arc::clone(&open.mine));
        let bytes = match done {
            Ok(bytes) => bytes,
            Err(error) => return words::copy_away(&self.around(), error),
        };
        self.needs_identity(true)?;
        let sealed = Sealed::parse(bytes.to_vec()).ok();
        let Some(sealed) = sealed.filter(|it| it.header().wallet_id == wallet) else {
            return lost("a copy is not the wallet's");
        };
        let here = self.oracle.of(self.computer, wallet);
        let mut may = here.map(|here| here.file.clone()).unwrap_or_default();
        if may.is_empty() || self.belief.below {
            may.push(Arc::clone(&mine));
        }
        may.retain(|file| file.password == mine.password);
        let fits = fitting(self.oracle, wallet, &sealed, &may).unwrap_or_default();
        match any_of(&fits.iter().collect::<Vec<_>>()) {
            Some(truth) => {
                let bytes = bytes.clone();
                self.taken_away = Some(Away {
                    wallet,
                    bytes,
                    truth,
                });
                Ok(())
            }
            None => lost(format!(
                "a copy holds something else than {:?}",
                mine.held()
            )),
        }
    }

    /// Somebody looked at a file from elsewhere.
    pub(super) fn found(&mut self, done: &Result<FoundAs, LookError>) -> Verdict {
        let Some((bytes, truth)) = self.source.clone() else {
            return Ok(());
        };
        let wallet = Sealed::parse(bytes.to_vec()).map(|it| it.header().wallet_id);
        let Ok(wallet) = wallet else {
            return Ok(());
        };
        let place = Place::of(self.files, wallet);
        match done {
            Ok(said) => {
                words::found(&self.around(), &place, (wallet, &truth), said)?;
                let print = bytes.fingerprint();
                self.belief.found = Some(FoundFile {
                    wallet,
                    print,
                    truth,
                });
                Ok(())
            }
            Err(error) => words::look_elsewhere(&self.around(), &place, error),
        }
    }

    /// A file that was found was taken, or not.
    pub(super) fn took(&mut self, done: &Result<Taken, TakeError>) -> Verdict {
        let Some(found) = self.belief.found.clone() else {
            return Ok(());
        };
        let place = Place::of(self.files, found.wallet);
        let computer = self.computer;
        match done {
            Ok(taken) => {
                words::taken(&self.around(), &place, &found, *taken)?;
                self.belief.found = None;
                let here = self.oracle.of_mut(computer, found.wallet);
                here.known.insert(found.print, Arc::clone(&found.truth));
                here.passwords.insert(found.truth.password);
                if let Taken::Opened(_) = taken {
                    here.holds(&found.truth);
                    here.dead.clear();
                    self.goes_back(found.wallet);
                }
                Ok(())
            }
            Err(error) => {
                words::take(&self.around(), &place, error)?;
                if matches!(error, TakeError::InPlace(_)) {
                    self.taken_perhaps();
                }
                Ok(())
            }
        }
    }

    /// A file that was found may be in place, where none was.
    pub(super) fn taken_perhaps(&mut self) {
        let Some(found) = self.belief.found.clone() else {
            return;
        };
        let place = Place::of(self.files, found.wallet);
        let here = self.oracle.of_mut(self.computer, found.wallet);
        here.known.insert(found.print, Arc::clone(&found.truth));
        if place.is_free() || place.is(found.print) || self.raced {
            here.may_be_absent |= !place.is(found.print);
            here.passwords.insert(found.truth.password);
            here.may_hold(&found.truth);
            here.dead.clear();
            self.goes_back(found.wallet);
        }
    }

    /// Kits may know versions of a wallet that its file on a computer never was.
    fn goes_back(&mut self, wallet: WalletId) {
        for ((_, of), here) in &mut self.oracle.here {
            here.went_back |= *of == wallet;
        }
    }

    /// The earlier versions that the key of the open wallet opens, the newest first.
    pub(super) fn earlier(&self) -> Vec<Version> {
        let Some(open) = &self.belief.open else {
            return Vec::new();
        };
        let session = self.process.and_then(Process::session);
        // A wallet key has one password slot, for as long as it lasts.
        let slot = session.map(|it| &it.opened().header().password_slot);
        let own = store::path("".as_ref(), open.wallet);
        let files = (1..=store::GENERATIONS).filter_map(|back| {
            let file = store::generation(&own, back).to_str()?.to_owned();
            let sealed = Sealed::parse(self.files.get(&file)?.to_vec()).ok()?;
            let header = sealed.header();
            let same_key = slot.is_none_or(|slot| *slot == header.password_slot);
            let is_it = header.wallet_id == open.wallet && same_key;
            let contents = opens_with(&sealed, open.mine.password).filter(|_| is_it)?;
            Some(Version {
                file,
                name: sealed.version(),
                notes: contents.notes,
            })
        });
        files.collect()
    }

    /// The file of a wallet that an earlier version becomes.
    fn file_beside(&mut self, notes: Notes) -> Option<Arc<FileTruth>> {
        let mine = Arc::clone(&self.belief.open.as_ref()?.mine);
        let mut file = self.new_file(mine.password, mine.email, Arc::new(notes));
        Arc::make_mut(&mut file).authenticator = mine.authenticator;
        Some(file)
    }

    /// An earlier version became a wallet of its own, or not.
    pub(super) fn beside(
        &mut self,
        (password, digits): (usize, Option<&str>),
        version: &str,
        done: &Result<WalletId, BesideError>,
    ) -> Verdict {
        let versions = self.earlier();
        let named = versions.into_iter().find(|it| it.name == version);
        match done {
            Err(BesideError::Identity(error)) => {
                return self.not_identified(password, digits, error);
            }
            Ok(_)
            | Err(
                BesideError::Gone
                | BesideError::Kdf(_)
                | BesideError::Lock(_)
                | BesideError::Save(_),
            ) => self.identity(password, digits, true, &Ok(()))?,
        }
        if let Err(error) = done {
            words::beside(&self.around(), named.is_some(), error)?;
        }
        let key = self
            .belief
            .open
            .as_ref()
            .and_then(|it| it.mine.authenticator);
        let file = named.and_then(|it| self.file_beside(it.notes));
        match (done, file) {
            (Ok(wallet), Some(file)) => {
                if self.oracle.of(self.computer, *wallet).is_some() {
                    return Err(Broken::FalseWord("another wallet has a new id".to_owned()));
                }
                self.oracle.of_mut(self.computer, *wallet).holds(&file);
                // The digits that proved identity do not open it as well.
                self.took_before(*wallet, digits, key);
                self.belief.beside = key.map(|_| *wallet);
                Ok(())
            }
            (Ok(_), None) => Err(Broken::FalseWord("no such version".to_owned())),
            (Err(_), file) => {
                self.newborn.extend(file);
                Ok(())
            }
        }
    }

    /// Any earlier version may have become a wallet of its own.
    pub(super) fn beside_perhaps(&mut self) {
        for version in self.earlier() {
            let file = self.file_beside(version.notes);
            self.newborn.extend(file);
        }
        if let Some(wallet) = self.wallet() {
            self.oracle.of_mut(self.computer, wallet).failures[0] = true;
        }
    }

    /// A wallet was deleted, or not.
    pub(super) fn deleted(&mut self, done: &Result<Deleted, DeleteError>) -> Verdict {
        let Some(wallet) = self.wallet() else {
            return Ok(());
        };
        if let Err(error) = done {
            words::delete(&self.around(), error)?;
        }
        let (codes_ended, is_gone) = match done {
            Ok(Deleted { codes_ended }) => (*codes_ended, Some(true)),
            Err(DeleteError::NotConfirmed { codes_ended, .. }) => (*codes_ended, Some(false)),
            Err(DeleteError::NotRemoved { codes_ended, .. }) => (*codes_ended, None),
            Err(DeleteError::Identity(_) | DeleteError::ReadOnly(_)) => return Ok(()),
        };
        self.needs_identity(true)?;
        self.codes_end(wallet, codes_ended);
        let Some(for_good) = is_gone else {
            return Ok(());
        };
        let here = self.oracle.of_mut(self.computer, wallet);
        here.file.clear();
        if for_good {
            here.durable.clear();
        }
        here.may_be_absent = true;
        here.deleted = true;
        self.belief.lock();
        Ok(())
    }

    /// The program ended while it deleted a wallet.
    pub(super) fn deleted_perhaps(&mut self) {
        let Some(wallet) = self.wallet() else {
            return;
        };
        self.codes_end(wallet, false);
        self.oracle.of_mut(self.computer, wallet).may_be_absent = true;
    }

    /// Every code of a wallet ends with it, for sure or perhaps. What the keychain is owed is paid
    /// before.
    fn codes_end(&mut self, wallet: WalletId, surely: bool) {
        let now = self.span.to.now;
        self.change_nothing();
        self.settled(wallet);
        self.oracle.may_have_expired(self.computer, wallet, now);
        let here = self.oracle.of_mut(self.computer, wallet);
        for code in here.live() {
            here.may(code, REVOKED | EXPIRED | NEVER);
            if surely {
                let ended = here.status(code) & !WORKS;
                here.is(code, ended);
                here.died(code);
            }
        }
        self.oracle.kits_may_go(wallet);
    }
}
