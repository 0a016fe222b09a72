//! Has things happen to computers, sticks and papers.

use std::path::Path;
use std::sync::Arc;

use wallet::{FormatError, Sealed, WalletId, store};

use crate::computer::{FOLDER, STICK};
use crate::drive::{Bytes, Drive};
use crate::happening::Happening;
use crate::life::{Backup, Life};
use crate::oracle::Verdict;
use crate::task::CodeNumber;
use crate::truth::{Here, LIVE, NEVER, REVOKED};

impl Life {
    /// Has something happen to a computer.
    pub(super) fn happen(&mut self, at: usize, happening: &Happening, seed: u64) -> Verdict {
        let computer = self.sites[at].computer.clone();
        match happening {
            Happening::Passes(seconds) => {
                for site in &self.sites {
                    site.computer.state().pass(*seconds);
                }
            }
            Happening::ClockSet(by) => {
                let mut state = computer.state();
                state.clocks.now = state.clocks.now.saturating_add(*by);
            }
            Happening::Quit(program) => self.sites[at].seats[*program] = None,
            Happening::Reboot => {
                self.sites[at].seats = [None, None];
                let mut state = computer.state();
                state.drive.sync_all();
                if let Some((_, stick)) = &mut state.stick {
                    stick.sync_all();
                }
                state.unsynced.clear();
                state.restart(60);
                drop(state);
                let drafts = self.oracle.drafts_on(at, None);
                drafts.for_each(|(_, truth)| truth.synced());
                self.all_is_durable(at);
            }
            Happening::PowerLoss => {
                self.power_lost(at, seed);
                self.resolve(at, Vec::new())?;
                return self.probe(at, seed);
            }
            Happening::DriveFails(error) => computer.state().drive.fails = *error,
            Happening::StickFails(error) => {
                if let Some((_, stick)) = &mut computer.state().stick {
                    stick.fails = *error;
                }
            }
            Happening::KeychainFails(error) => computer.state().records.fails = *error,
            Happening::KeychainEmptied => {
                computer.state().records.of.clear();
                for wallet in self.wallets(at) {
                    let here = self.oracle.of_mut(at, wallet);
                    here.several = false;
                    here.forgotten.extend(&here.dead);
                    for status in here.status.values_mut() {
                        *status = NEVER;
                    }
                    self.oracle.kits_may_go(wallet);
                    self.below(at, wallet);
                }
            }
            Happening::RecordDoubled(backup) => self.double(*backup),
            Happening::Plugged(number) => {
                self.unplug(at);
                if let Some(stick) = self.sticks[*number].take() {
                    computer.state().stick = Some((*number, stick));
                }
            }
            Happening::Unplugged => self.unplug(at),
            Happening::KitMoved(code, to) => self.carry_kit(*code, *to),
            Happening::BackedUp(wallet) => self.back_up(at, *wallet),
            Happening::Copied(wallet, number) => self.copy_beside(at, *wallet, *number),
            Happening::PutBack {
                backup,
                file,
                record,
            } => {
                self.put_back(*backup, *file, *record);
                let at = self.backups.get(*backup).map_or(at, |it| it.computer);
                self.resolve(at, Vec::new())?;
                return self.probe(at, seed);
            }
            Happening::Flipped(wallet, from_start, place) => {
                self.flip_wallet(at, *wallet, *from_start, *place);
            }
            Happening::KitFlipped(code, wallet, place) => self.flip_kit(*code, *wallet, *place),
            Happening::DraftsFlipped(wallet, number, place) => {
                self.flip_drafts(at, *wallet, *number, *place);
            }
            Happening::Removed(wallet) => {
                let path = store::path(Path::new(FOLDER), *wallet);
                computer.state().drive.put(&path, None);
                let here = self.oracle.of_mut(at, *wallet);
                here.file.clear();
                here.durable.clear();
                here.may_be_absent = true;
                self.below(at, *wallet);
            }
            Happening::Papers(code, lost) => {
                match lost {
                    true => self.lost.insert(*code),
                    false => self.lost.remove(code),
                };
            }
            Happening::Password(password, lost) => {
                match lost {
                    true => self.forgotten.insert(*password),
                    false => self.forgotten.remove(password),
                };
            }
        }
        self.resolve(at, Vec::new())
    }

    fn all_is_durable(&mut self, at: usize) {
        for wallet in self.wallets(at) {
            let here = self.oracle.of_mut(at, wallet);
            here.durable = here.file.clone();
            here.may_be_absent = here.file.is_empty();
            here.failures = [true; 2];
        }
    }

    fn unplug(&mut self, at: usize) {
        let taken = self.sites[at].computer.state().stick.take();
        if let Some((number, mut stick)) = taken {
            stick.sync_all();
            stick.fails = None;
            self.sticks[number] = Some(stick);
        }
    }

    /// Somebody moves the folder of a kit on its stick.
    fn carry_kit(&mut self, code: CodeNumber, to: u32) {
        let kit = self
            .oracle
            .codes
            .get_mut(&code)
            .and_then(|it| it.kit.as_mut());
        let Some(kit) = kit else {
            return;
        };
        let Some(name) = kit.folder.file_name() else {
            return;
        };
        let around = Path::new(STICK).join(format!("moved {to}"));
        let moved = around.join(name);
        let (stick, folder) = (kit.stick, kit.folder.clone());
        let done = self.with_stick(stick, |stick| stick.move_folder(&folder, &moved));
        let codes = &mut self.oracle.codes;
        if let (Some(true), Some(kit)) = (done, codes.get_mut(&code).and_then(|it| it.kit.as_mut()))
        {
            kit.folder = moved;
            kit.moved = true;
        }
    }

    /// Does something with a stick, wherever it is.
    fn with_stick<T>(&mut self, number: usize, work: impl FnOnce(&mut Drive) -> T) -> Option<T> {
        if let Some(stick) = self.sticks.get_mut(number)? {
            return Some(work(stick));
        }
        for site in &self.sites {
            let mut state = site.computer.state();
            let stick = state.stick.as_mut();
            if let Some((_, stick)) = stick.filter(|(at, _)| *at == number) {
                return Some(work(stick));
            }
        }
        None
    }

    /// A bit of a kit is flipped. It need not open from now on.
    fn flip_kit(&mut self, code: CodeNumber, wallet: bool, place: usize) {
        let codes = &mut self.oracle.codes;
        let Some(kit) = codes.get_mut(&code).and_then(|it| it.kit.as_mut()) else {
            return;
        };
        let stick = kit.stick;
        let path = kit.folder.join(match wallet {
            true => kit::WALLET_FILE,
            false => kit::IDENTITY_FILE,
        });
        let flipped = self.with_stick(stick, |stick| match stick.bytes(&path) {
            Some(bytes) if !bytes.is_empty() => {
                let flipped = flip(bytes, place % bytes.len());
                stick.put(&path, Some(flipped));
                true
            }
            _ => false,
        });
        let codes = &mut self.oracle.codes;
        if let (Some(true), Some(kit)) =
            (flipped, codes.get_mut(&code).and_then(|it| it.kit.as_mut()))
        {
            kit.must = false;
            kit.damaged = true;
        }
    }

    fn back_up(&mut self, at: usize, wallet: WalletId) {
        let path = store::path(Path::new(FOLDER), wallet);
        let state = self.sites[at].computer.state();
        let file = state.drive.bytes(&path).cloned();
        let record = state.records.of.get(&wallet).and_then(|it| it.first());
        let record = record.cloned();
        drop(state);
        let Some(here) = self.oracle.of(at, wallet).filter(|here| !here.several) else {
            return;
        };
        let file = file.filter(|_| !here.damaged).map(|bytes| {
            let known = here.known.get(&bytes.fingerprint()).cloned();
            (bytes, known)
        });
        let status = here.status.keys().map(|code| (*code, here.status(*code)));
        self.backups.push(Backup {
            computer: at,
            wallet,
            file,
            record,
            status: status.collect(),
        });
    }

    /// Somebody copies a wallet's file in its folder, as file managers and synchronisers do.
    fn copy_beside(&mut self, at: usize, wallet: WalletId, number: u32) {
        let path = store::path(Path::new(FOLDER), wallet);
        let mut state = self.sites[at].computer.state();
        let damaged = self.oracle.of(at, wallet).is_none_or(|here| here.damaged);
        if let Some(bytes) = state.drive.bytes(&path).cloned().filter(|_| !damaged) {
            let copy = format!("{wallet} ({number}).wallet");
            state.drive.put(&Path::new(FOLDER).join(copy), Some(bytes));
        }
    }

    fn put_back(&mut self, number: usize, file: bool, record: bool) {
        let Some(backup) = self.backups.get(number) else {
            return;
        };
        let (at, wallet) = (backup.computer, backup.wallet);
        // Nobody puts a backup back under a running program.
        self.sites[at].seats = [None, None];
        let mut state = self.sites[at].computer.state();
        let here = self.oracle.here.entry((at, wallet)).or_default();
        if file && let Some((bytes, Some(truth))) = &backup.file {
            let path = store::path(Path::new(FOLDER), wallet);
            state.drive.put(&path, Some(bytes.clone()));
            here.holds(truth);
            here.went_back = true;
            here.known.insert(bytes.fingerprint(), Arc::clone(truth));
            here.dead.clear();
        }
        if record {
            match &backup.record {
                Some(bytes) => state.records.of.insert(wallet, vec![bytes.clone()]),
                None => state.records.of.remove(&wallet),
            };
            here.several = false;
            here.dead.clear();
            here.failures = [true; 2];
            let codes: Vec<_> = here.status.keys().copied().collect();
            for code in codes {
                let mut status = backup.status.get(&code).copied().unwrap_or(NEVER);
                // An unconfirmed entry without a slot is dropped without a trace.
                if status & LIVE != 0 && !here.slot(code).0 {
                    status |= NEVER;
                }
                here.status.insert(code, status);
            }
        }
        drop(state);
        self.oracle.kits_may_go(wallet);
        self.below(at, wallet);
    }

    fn double(&mut self, number: usize) {
        let Some(backup) = self.backups.get(number) else {
            return;
        };
        let (at, wallet) = (backup.computer, backup.wallet);
        let mut state = self.sites[at].computer.state();
        let records = state.records.of.entry(wallet).or_default();
        if let (Some(record), false) = (&backup.record, records.is_empty()) {
            records.push(record.clone());
            let here: &mut Here = self.oracle.here.entry((at, wallet)).or_default();
            here.several = true;
            here.failures = [true; 2];
            for (code, status) in &mut here.status {
                *status |= backup.status.get(code).copied().unwrap_or(NEVER) | REVOKED | NEVER;
            }
        }
        drop(state);
        self.oracle.kits_may_go(wallet);
        self.below(at, wallet);
    }

    fn flip_wallet(&mut self, at: usize, wallet: WalletId, from_start: bool, place: usize) {
        let path = store::path(Path::new(FOLDER), wallet);
        let mut state = self.sites[at].computer.state();
        let Some(bytes) = state.drive.bytes(&path) else {
            return;
        };
        let here = self.oracle.of_mut(at, wallet);
        if here.damaged_as.contains(&bytes.fingerprint()) {
            // The same bit once more would mend it.
            return;
        }
        let place = match from_start {
            true => place.min(bytes.len() - 1),
            false => bytes.len().saturating_sub(place + 1),
        };
        let flipped = flip(bytes, place);
        let print = flipped.fingerprint();
        let parsed = Sealed::parse(flipped.to_vec());
        let is_newer = matches!(parsed, Err(FormatError::NewerVersion { .. }));
        state.drive.put(&path, Some(flipped));
        drop(state);
        here.damaged_as.push(print);
        if is_newer {
            here.newer_as.push(print);
        }
        self.below(at, wallet);
    }
}

impl Life {
    /// A bit of a file of drafts is flipped, unless one was before, which might mend it.
    fn flip_drafts(&mut self, at: usize, wallet: WalletId, number: usize, place: usize) {
        let path = store::path(Path::new(FOLDER), wallet);
        let mut state = self.sites[at].computer.state();
        let mut all = self.oracle.drafts_on(at, Some(wallet));
        let Some((key, truth)) = all.nth(number) else {
            return;
        };
        let path = wallet::drafts::path(&path, key);
        if let Some(bytes) = state.drive.bytes(&path).filter(|_| !truth.may_be_damaged()) {
            let flipped = flip(bytes, place % bytes.len().max(1));
            state.drive.put(&path, Some(flipped));
            truth.flipped();
        }
    }
}

/// The bytes with one bit changed.
fn flip(bytes: &[u8], place: usize) -> Bytes {
    let mut flipped = bytes.to_vec();
    flipped[place] ^= 1;
    Bytes::from(flipped)
}
