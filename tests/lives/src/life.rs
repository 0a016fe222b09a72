//! One life: a person with computers, from a seed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use wallet::testing::simulation;
use wallet::{WalletId, store};

use crate::around::{Files, Folder};
use crate::belief::Belief;
use crate::breaks::Break;
use crate::computer::{Computer, FOLDER, STICK};
use crate::draw::temper::Temper;
use crate::drive::{Bytes, Drive};
use crate::faults::{DiskError, Fault, Kind};
use crate::file_act::{Disturbed, FileAct};
use crate::happening::Happening;
use crate::judge::{Judge, note_watched};
use crate::meter::{Crash, prepare_race, take_race};
use crate::oracle::{Broken, Oracle, Span, Verdict};
use crate::probed::Probed;
use crate::process::Process;
use crate::tally::Tally;
use crate::task::{CodeNumber, Outcome, PasswordNumber, Place, Source, Task};
use crate::truth::{Away, FileTruth, Status};

/// When lives begin, in seconds.
const START: i64 = 1_800_000_000;

/// One step of a life.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its number in the life that it was drawn for. What it makes is numbered after it.
    pub step: u32,
    /// The computer.
    pub computer: usize,
    /// What is done or happens.
    pub what: What,
}

/// What a step is.
#[derive(Clone, Debug)]
pub enum What {
    /// A program does something.
    Act {
        /// The program.
        program: usize,
        /// What it does.
        task: Task,
        /// What goes wrong.
        fault: Fault,
        /// What another program does in between.
        second: Option<(usize, Task)>,
    },
    /// Something happens.
    World(Happening),
}

/// A running program, and what it was told.
pub struct Seat {
    /// The program.
    pub process: Process,
    /// What it was told.
    pub belief: Belief,
    id: u32,
}

/// A computer and its programs.
pub struct Site {
    /// The computer.
    pub computer: Computer,
    /// Its programs.
    pub seats: [Option<Seat>; 2],
    /// Files that were replaced by restored ones and are kept, with their fingerprints.
    pub kept_aside: Vec<(PathBuf, u64)>,
    /// The six digits that were typed, and when the last ones were.
    pub digits: (BTreeSet<Arc<str>>, i64),
}

/// A copy of a file and a record.
pub struct Backup {
    /// The computer.
    pub computer: usize,
    /// The wallet.
    pub wallet: WalletId,
    /// Its file, and what that held if this was known.
    pub file: Option<(Bytes, Option<Arc<FileTruth>>)>,
    /// Its record.
    pub record: Option<Bytes>,
    /// What may have become of the codes in the record.
    pub status: BTreeMap<CodeNumber, Status>,
}

/// A life as far as it was lived.
pub struct Life {
    seed: u64,
    /// What is true.
    pub oracle: Oracle,
    /// The computers.
    pub sites: Vec<Site>,
    /// The sticks that are not plugged in.
    pub sticks: Vec<Option<Drive>>,
    /// Copies that somebody made.
    pub backups: Vec<Backup>,
    /// Copies that apps gave out, by the step.
    pub away: BTreeMap<u32, Away>,
    /// Codes whose papers are lost.
    pub lost: BTreeSet<CodeNumber>,
    /// Forgotten passwords.
    pub forgotten: BTreeSet<PasswordNumber>,
    /// Operations that acts took at most.
    pub operations: [u32; crate::acts::ACTS.len()],
    /// What this life is like.
    pub temper: Temper,
    /// What was done so far.
    pub tally: Tally,
    broken: Option<Break>,
    programs: u32,
    /// Wallets that were made, and said not to be.
    unborn: Vec<Arc<FileTruth>>,
    /// On what ground things were probed last.
    pub probed: BTreeMap<Probed, u64>,
    told: Option<String>,
}

/// Mixes two numbers into a seed.
pub fn mix(seed: u64, number: u64) -> u64 {
    let mut mixed = seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^= mixed >> 30;
    mixed = mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^= mixed >> 27;
    mixed = mixed.wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl Life {
    /// A life that begins, with a planted fault, and told or not.
    pub fn new(seed: u64, broken: Option<Break>, tells: bool) -> Self {
        Break::plant(broken);
        prepare_race(None);
        simulation::begin();
        let count = match mix(seed, 1) % 10 {
            0..6 => 1,
            6..9 => 2,
            _ => 3,
        };
        let sites = (0..count)
            .map(|_| {
                let computer = Computer::new(START);
                computer.state().broken = broken.and_then(Break::of_ports);
                Site {
                    computer,
                    seats: [None, None],
                    kept_aside: Vec::new(),
                    digits: (BTreeSet::new(), i64::MIN),
                }
            })
            .collect();
        let stick = || Some(Drive::with_folder(Path::new(STICK)));
        Self {
            seed,
            oracle: Oracle::default(),
            sites,
            sticks: vec![stick(), stick()],
            backups: Vec::new(),
            away: BTreeMap::new(),
            lost: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            operations: [1; crate::acts::ACTS.len()],
            temper: Temper::draw(&mut StdRng::seed_from_u64(mix(seed, 2))),
            tally: Tally::default(),
            broken,
            programs: 0,
            unborn: Vec::new(),
            probed: BTreeMap::new(),
            told: tells.then(String::new),
        }
    }

    /// The steps, told.
    pub fn told(&self) -> &str {
        self.told.as_deref().unwrap_or_default()
    }

    fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(told) = &mut self.told {
            told.push_str(&line());
            told.push('\n');
        }
    }

    /// The wallets on a computer.
    pub fn wallets(&self, at: usize) -> Vec<WalletId> {
        let here = self.oracle.here.keys();
        here.filter(|(computer, _)| *computer == at)
            .map(|(_, wallet)| *wallet)
            .collect()
    }

    /// Takes one step.
    ///
    /// # Errors
    /// The promise that it broke.
    pub fn take(&mut self, choice: &Choice) -> Verdict {
        let seed = mix(self.seed, u64::from(choice.step) + 1_000);
        let at = choice.computer;
        match &choice.what {
            What::Act {
                program,
                task,
                fault,
                second,
            } => self.act(
                (at, *program),
                choice.step,
                task,
                *fault,
                second.as_ref(),
                seed,
            ),
            What::World(happening) => {
                self.tell(|| format!("{:3}  computer {at}: {happening:?}", choice.step));
                self.tally.happened(happening.kind());
                self.happen(at, happening, seed)
            }
        }
    }

    fn start(&mut self, at: usize, program: usize, seed: u64) {
        self.programs += 1;
        let id = self.programs;
        let site = &mut self.sites[at];
        if site.seats[program].is_none() {
            let mut process = Process::start(&site.computer, id);
            process.watch_all(&mut StdRng::seed_from_u64(seed));
            site.seats[program] = Some(Seat {
                process,
                belief: Belief::default(),
                id,
            });
        }
    }

    fn act(
        &mut self,
        (at, program): (usize, usize),
        step: u32,
        task: &Task,
        fault: Fault,
        second: Option<&(usize, Task)>,
        seed: u64,
    ) -> Verdict {
        let is_known = |task: &Task| {
            let code = task.code();
            let pages = task.symbols();
            let source = task.source();
            code.is_none_or(|code| self.oracle.codes.contains_key(&code))
                && source.is_none_or(|source| self.kept_elsewhere(source).is_some())
                && pages.is_none_or(|it| self.oracle.pages.iter().any(|pages| pages.symbols == *it))
        };
        if !is_known(task) || second.is_some_and(|(_, task)| !is_known(task)) {
            // A replay has left out what it is about.
            return Ok(());
        }
        for here in self.oracle.here.values_mut() {
            here.was_absent = here.may_be_absent || here.file.is_empty();
        }
        let older = self.older_copy(at, task);
        let older_second = second.and_then(|(_, task)| self.older_copy(at, task));
        let sources = [Some(task), second.map(|(_, task)| task)];
        let given: Vec<_> = sources
            .into_iter()
            .flatten()
            .filter_map(Task::source)
            .collect();
        let sources: Vec<_> = given
            .iter()
            .filter_map(|source| Some((*source, self.kept_elsewhere(*source)?)))
            .collect();
        self.put_sources(at, &given, true);
        self.start(at, program, seed);
        if let Some((other, _)) = second {
            self.start(at, *other, seed);
        }
        let Some(mut seat) = self.sites[at].seats[program].take() else {
            return Ok(());
        };
        let computer = self.sites[at].computer.clone();
        let files = self.files(at);
        let before = seat.belief.accepted.and_then(|(wallet, ..)| {
            let here = self.oracle.of(at, wallet)?;
            let [file] = &here.file[..] else {
                return None;
            };
            let first_try = seat.belief.committed.is_empty() && !seat.belief.below;
            first_try.then(|| (wallet, file.version, here.status.clone()))
        });
        let replaced = match task {
            Task::Restore {
                to: Place::Replacing(wallet),
                ..
            } if second.is_none() && seat.belief.restored.is_empty() => {
                let path = store::path(Path::new(FOLDER), *wallet);
                computer.state().drive.bytes(&path).cloned()
            }
            _ => None,
        };
        let lost = match matches!(task, Task::Restore { .. }) && second.is_none() {
            true => self.with_generations_alone(at),
            false => Vec::new(),
        };
        let rekeyed = self.rekeyed(at, &seat.belief, task);
        let from = computer.state().clocks;
        let (disk, stick, keychain, held) = {
            let state = computer.state();
            (
                state.drive.fails.is_some(),
                state
                    .stick
                    .as_ref()
                    .is_none_or(|(_, it)| it.fails.is_some()),
                state.records.fails.is_some() || state.records.of.values().any(|it| it.len() > 1),
                state.locks.values().any(|holder| *holder != seat.id),
            )
        };
        let was_unreadable = computer.state().drive.fails == Some(DiskError::Unreadable);
        let kits = self.wallets_in_kits();
        let lists = |task: &Task| matches!(task, Task::List);
        let folder = match lists(task) || second.is_some_and(|(_, task)| lists(task)) {
            true => self.folder(at),
            false => Folder::default(),
        };
        let files_of = |task: &Task| FileAct::is(task);
        let own_files = match files_of(task) || second.is_some_and(|(_, task)| files_of(task)) {
            true => self.files_with_bytes(at),
            false => Files::default(),
        };
        computer.begin(fault, seed);
        // What another program does in between.
        let raced = Rc::new(RefCell::new(None));
        if let Some((other, task)) = second
            && let Some(mut other_seat) = self.sites[at].seats[*other].take()
        {
            let (raced, task, other) = (Rc::clone(&raced), task.clone(), *other);
            prepare_race(Some(Box::new(move || {
                let outcome = other_seat.process.run(&task, mix(seed, 3));
                *raced.borrow_mut() = Some((other, other_seat, task, Some(outcome)));
            })));
        }
        let outcome = Crash::catch(|| seat.process.run(task, seed));
        let not_raced = take_race();
        let (mut fired, operations) = computer.end();
        let to = computer.state().clocks;
        let crashed = outcome.is_none();
        let restored = match &outcome {
            Some(Outcome::Restore(Ok(done))) => Some((done.wallet, done.kept_aside.clone())),
            _ => None,
        };
        let file_act = FileAct::of(task, outcome.as_ref(), &seat.belief);
        let below = seat.belief.below;
        let overwritten = self.overwritten(kits);
        let password_changed = matches!(
            outcome,
            Some(Outcome::ChangePassword(Ok(())) | Outcome::Commit(Ok(())))
        );
        let acts_later = not_raced.is_some();
        if let Some(not_raced) = not_raced {
            // Nothing was in between: it acts afterwards.
            not_raced();
            fired = false;
        }
        let second = raced.borrow_mut().take();
        let raced_late = second.is_some();
        let kind = task.kind();
        if !matches!(outcome, Some(Outcome::Idle)) {
            // One that failed early says nothing about where the others end.
            self.operations[kind] = self.operations[kind].max(operations.min(60));
            self.tally
                .acted(kind, if fired { fault.kind() } else { Kind::None });
        }
        self.tell(|| {
            let what = match &outcome {
                None => "the program ends".to_owned(),
                Some(outcome) => crate::tell::outcome(outcome),
            };
            let fault = match (fault, fired) {
                (Fault::None, _) | (_, false) => String::new(),
                (fault, true) => format!(" [{fault:?}]"),
            };
            format!("{step:3}  computer {at}, program {program}: {task:?}{fault} -> {what}")
        });
        let of_disk = matches!(fault, Fault::Disk { .. } | Fault::DiskLies { .. }) && fired;
        let bad_sectors = matches!(
            fault,
            Fault::Disk {
                error: DiskError::Unreadable,
                ..
            }
        );
        let unreadable = was_unreadable || (bad_sectors && fired);
        let of_keychain = fired
            && matches!(
                fault,
                Fault::Keychain { .. } | Fault::KeychainLies { .. } | Fault::KeychainDies { .. }
            );
        let stick_number = computer.state().stick.as_ref().map(|(number, _)| *number);
        let span = Span { from, to };
        let raced = second.is_some();
        let others = held || raced;
        let mut newborn = Vec::new();
        let mut away = None;
        let mut verdict = Ok(());
        let seat_id = seat.id;
        let mut acts = Vec::new();
        if let Some((other, seat, task, outcome)) = second {
            self.tell(|| {
                let what = outcome.as_ref().map(crate::tell::outcome);
                let when = if acts_later { "then" } else { "meanwhile" };
                format!("     {when} program {other}: {task:?} -> {what:?}")
            });
            acts.push(((other, seat, task, outcome), older_second));
        }
        acts.push(((program, seat, task.clone(), outcome), older));
        if acts_later {
            acts.reverse();
        }
        for ((number, mut seat, task, outcome), copy) in acts {
            let ended = outcome.is_none();
            let file_act = FileAct::of(&task, outcome.as_ref(), &seat.belief);
            if let Some(FileAct::Delete(wallet, _)) = file_act {
                self.forget_kept_aside(at, wallet);
            }
            let (digits, last) = &mut self.sites[at].digits;
            let digits_again = task.digits().is_some_and(|typed| {
                // A one-time password lasts thirty seconds, and so do those around it.
                let earlier = from.now < last.saturating_add(90);
                *last = (*last).max(to.now);
                !digits.insert(Arc::clone(typed)) || earlier
            });
            let mut judge = Judge {
                oracle: &mut self.oracle,
                belief: &mut seat.belief,
                process: (!ended).then_some(&seat.process),
                computer: at,
                step,
                span,
                disk: disk || of_disk,
                stick: stick || of_disk,
                stick_number,
                overwritten: &overwritten,
                keychain: keychain || of_keychain,
                others,
                raced,
                digits_again,
                folder: &folder,
                files: &own_files,
                source: task.source().and_then(|source| {
                    let mut known = sources.iter();
                    let known = known.find(|(known, _)| *known == source);
                    known.map(|(_, file)| file.clone())
                }),
                newborn: Vec::new(),
                taken_away: None,
            };
            if verdict.is_ok() {
                verdict = judge.judge(&task, outcome.as_ref());
            }
            newborn.append(&mut judge.newborn);
            away = judge.taken_away.take().or(away);
            if let Some((wallet, file)) = &copy {
                let here = self.oracle.of_mut(at, *wallet);
                here.may_hold(file);
                here.went_back = true;
                here.dead.clear();
                self.below(at, *wallet);
            }
            if !ended {
                self.sites[at].seats[number] = Some(seat);
            }
        }
        // One that was judged first may watch a code that the other one issued.
        for seat in self.sites[at].seats.iter_mut().flatten() {
            note_watched(&self.oracle, &mut seat.belief, &seat.process, span);
        }
        if crashed {
            computer.program_ended(seat_id);
        }
        self.put_sources(at, &given, false);
        if let Some(away) = away {
            self.away.insert(step, away);
        }
        verdict?;
        let undecided = match (task, crashed, before) {
            (Task::Commit { .. }, true, Some(before)) => Some(before),
            _ => None,
        };
        let power = crashed && matches!(fault, Fault::PowerLoss { .. });
        if power {
            self.power_lost(at, seed);
        }
        self.resolve(at, newborn)?;
        if let Some(rekeyed) = rekeyed.filter(|_| !raced_late) {
            let surely = !(disk || of_disk);
            self.drafts_carried(at, rekeyed, surely, surely && password_changed && !fired)?;
        }
        if let Some(file_act) = file_act {
            let disturbed = Disturbed {
                power,
                disk: disk || of_disk,
                unreadable,
                raced,
                below,
            };
            self.after_file_act(at, file_act, &own_files, disturbed)?;
        }
        if let Some((restored, kept_aside)) = restored {
            if lost.contains(&restored) {
                return Err(Broken::Lost("a wallet took the place of copies".to_owned()));
            }
            if let Some(replaced) = replaced {
                self.kept_aside(at, &replaced, kept_aside.as_deref())?;
            }
        }
        if let Some((wallet, file, status)) = undecided {
            self.probe_file(at, wallet)?;
            let here = self.oracle.of_mut(at, wallet);
            // The old file stands, so the code is what it was.
            if let [now] = &here.file[..]
                && now.version == file
            {
                here.status = status;
            }
        }
        let codes_or_passwords = matches!(
            task,
            Task::Issue { .. }
                | Task::Keep(_)
                | Task::Discard
                | Task::Revoke(..)
                | Task::Commit { .. }
                | Task::ChangePassword { .. }
                | Task::ChangeEmail(_)
                | Task::Restore { .. }
                | Task::PutOlder { .. }
                | Task::TwoStepConfirm(_)
                | Task::TwoStepOff
                | Task::Take
                | Task::RestoreBeside { .. }
                | Task::Delete
        );
        let changed = files != self.files(at);
        if fired || raced_late || (codes_or_passwords && changed) || seed.is_multiple_of(16) {
            self.probe(at, seed)?;
        }
        match password_changed && !(fired || disk || of_disk) {
            true => self.old_passwords_open_no_generation(at, task),
            false => Ok(()),
        }
    }

    /// A file that was kept elsewhere, and what it holds if this is known.
    pub fn kept_elsewhere(&self, source: Source) -> Option<(Bytes, Arc<FileTruth>)> {
        match source {
            Source::Away(step) => {
                let away = self.away.get(&step)?;
                Some((away.bytes.clone(), Arc::clone(&away.truth)))
            }
            Source::Backup(number) => match &self.backups.get(number)?.file {
                Some((bytes, Some(truth))) => Some((bytes.clone(), Arc::clone(truth))),
                Some((_, None)) | None => None,
            },
        }
    }

    /// Puts files that were kept elsewhere where a program looks at them, or takes them away again.
    fn put_sources(&self, at: usize, sources: &[Source], are_there: bool) {
        for source in sources {
            let file = self.kept_elsewhere(*source).filter(|_| are_there);
            let bytes = file.map(|(bytes, _)| bytes);
            let mut state = self.sites[at].computer.state();
            state.drive.put(&source.path(), bytes);
        }
    }

    /// The copy that a task puts in the place of a wallet's file, and what it holds.
    fn older_copy(&self, at: usize, task: &Task) -> Option<(WalletId, Arc<FileTruth>)> {
        let Task::PutOlder { wallet, name } = task else {
            return None;
        };
        let state = self.sites[at].computer.state();
        let bytes = state.drive.bytes(&Path::new(FOLDER).join(name))?;
        let known = &self.oracle.of(at, *wallet)?.known;
        Some((*wallet, Arc::clone(known.get(&bytes.fingerprint())?)))
    }

    /// The wallets' files on a computer, by fingerprint.
    fn files(&self, at: usize) -> Vec<(WalletId, u64)> {
        let state = self.sites[at].computer.state();
        let files = state.drive.files_in(Path::new(FOLDER));
        files
            .filter_map(|(name, bytes)| {
                let wallet = name.strip_suffix(".wallet")?.parse().ok()?;
                Some((wallet, bytes.fingerprint()))
            })
            .collect()
    }

    /// Everything in the folder of the wallets.
    fn folder(&self, at: usize) -> Folder {
        let state = self.sites[at].computer.state();
        let files = state.drive.files_in(Path::new(FOLDER));
        files
            .map(|(name, bytes)| (name.to_owned(), bytes.fingerprint()))
            .collect()
    }

    /// Looks at what the wallets' files are now.
    pub(super) fn resolve(&mut self, at: usize, newborn: Vec<Arc<FileTruth>>) -> Verdict {
        let files = self.files(at);
        for (wallet, print) in &files {
            let is_new = self.oracle.of(at, *wallet).is_none();
            let here = self.oracle.of_mut(at, *wallet);
            if is_new {
                // A removal of a wallet that was not created may be lost.
                here.file
                    .extend(newborn.iter().chain(&self.unborn).map(Arc::clone));
                if here.file.is_empty() {
                    return Err(Broken::FalseWord(format!("nobody made wallet {wallet}")));
                }
                here.durable = here.file.clone();
                here.may_be_absent = true;
                let all = newborn.iter().chain(&self.unborn);
                here.passwords.extend(all.map(|file| file.password));
            }
            here.damaged = here.damaged_as.contains(print);
            here.deleted = false;
            if here.damaged {
                continue;
            }
            if let Some(known) = here.known.get(print) {
                let mut file = here.file.iter();
                let Some(file) = file.find(|file| file.version == known.version) else {
                    let expected: Vec<_> = here.file.iter().map(|it| it.version).collect();
                    return Err(Broken::Lost(format!(
                        "the file is version {}, and should be one of {expected:?}",
                        known.version
                    )));
                };
                here.file = vec![Arc::clone(file)];
            } else if let [file] = &here.file[..] {
                let file = Arc::clone(file);
                here.known.insert(*print, file);
            }
        }
        for wallet in self.wallets(at) {
            if files.iter().any(|(known, _)| *known == wallet) {
                continue;
            }
            let here = self.oracle.of_mut(at, wallet);
            if !here.file.is_empty() && !here.may_be_absent {
                return Err(Broken::Lost("the wallet's file is gone".to_owned()));
            }
            here.file.clear();
        }
        self.unborn.extend(newborn);
        Ok(())
    }

    /// The power of a computer is lost.
    pub(super) fn power_lost(&mut self, at: usize, seed: u64) {
        self.sites[at].seats = [None, None];
        let mut rng = StdRng::seed_from_u64(mix(seed, 7));
        self.sites[at].computer.lose_power(&mut rng);
        let drafts = self.oracle.drafts_on(at, None);
        drafts.for_each(|(_, truth)| truth.power_lost());
        for wallet in self.wallets(at) {
            let here = self.oracle.of_mut(at, wallet);
            here.file = here.durable.clone();
            here.went_back = true;
            here.failures = [true; 2];
        }
        let files = self.files(at);
        for (wallet, print) in files {
            let Some(here) = self.oracle.here.get_mut(&(at, wallet)) else {
                continue;
            };
            here.may_be_absent = false;
            let known = here.known.get(&print).map(|known| known.version);
            if let Some(file) = here.file.iter().find(|file| Some(file.version) == known) {
                here.durable = vec![Arc::clone(file)];
            }
        }
    }

    /// Something is changed below the programs that have this wallet open.
    pub(super) fn below(&mut self, at: usize, wallet: WalletId) {
        for seat in self.sites[at].seats.iter_mut().flatten() {
            let belief = &mut seat.belief;
            let open = belief.open.as_ref().map(|open| open.wallet);
            let pending = belief.pending.as_ref().map(|(wallet, _)| *wallet);
            let accepted = belief.accepted.map(|(wallet, ..)| wallet);
            let covered = belief.covered.as_ref().map(|(wallet, _)| *wallet);
            let holds_it = [open, pending, accepted, covered].contains(&Some(wallet));
            // A restore may have put it in place.
            if holds_it || !belief.restored.is_empty() {
                belief.below = true;
            }
        }
    }

    /// The bytes of a file on a stick, wherever the stick is; `None` also if there is no such file.
    pub fn on_stick(&self, number: usize, path: &Path) -> Option<Bytes> {
        if let Some(stick) = self.sticks.get(number)? {
            return stick.bytes(path).cloned();
        }
        self.sites.iter().find_map(|site| {
            let state = site.computer.state();
            let (_, stick) = state.stick.as_ref().filter(|(at, _)| *at == number)?;
            stick.bytes(path).cloned()
        })
    }

    /// The folders in which kits may be.
    pub fn kit_folders(&self) -> Vec<(CodeNumber, usize, PathBuf)> {
        let codes = self.oracle.codes.iter();
        codes
            .filter_map(|(number, code)| {
                let kit = code.kit.as_ref()?;
                Some((*number, kit.stick, kit.folder.clone()))
            })
            .collect()
    }

    /// Everything that must hold at the end.
    ///
    /// # Errors
    /// The promise that was broken.
    pub fn end(&mut self) -> Verdict {
        for at in 0..self.sites.len() {
            self.probe(at, mix(self.seed, 5) & !15)?;
            for wallet in self.wallets(at) {
                self.probe_way_on(at, wallet)?;
            }
        }
        Break::plant(None);
        Ok(())
    }

    /// Whether a fault is planted.
    pub fn broken(&self) -> Option<Break> {
        self.broken
    }
}
