//! Judges what came of an act, and brings what is true up to date.

mod codes;
mod copies;
mod crashes;
mod drafts;
mod email;
mod own_file;
mod recoveries;
mod sessions;

use std::sync::Arc;

use usecases::confirm::ConfirmError;
use usecases::items::ItemError;
use usecases::session::SaveError;
use usecases::two_step::TwoStepError;
use wallet::WalletId;

use crate::around::{Around, Files, Folder};
use crate::belief::{Belief, IDENTITY, LEGIBLE};
use crate::drive::Bytes;
use crate::oracle::{Broken, Oracle, Span, Verdict};
use crate::process::Process;
use crate::task::{CodeNumber, Note, Outcome, Task};
use crate::truth::{Away, DISCARDED, FileTruth, LIVE, REPLACED, REVOKED};
use crate::words;

/// How a change of a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saved {
    Yes,
    InPlace,
    No,
    /// The program ended.
    Unknown,
}

impl Saved {
    fn of(error: &SaveError) -> Self {
        match error {
            SaveError::NotSaved(_) => Self::No,
            SaveError::InPlace(_) => Self::InPlace,
        }
    }
}

/// Everything that a judgement needs.
pub struct Judge<'a> {
    /// What is true.
    pub oracle: &'a mut Oracle,
    /// What the program was told.
    pub belief: &'a mut Belief,
    /// The program, unless it ended.
    pub process: Option<&'a Process>,
    /// The computer.
    pub computer: usize,
    /// The number of the step.
    pub step: u32,
    /// The clocks.
    pub span: Span,
    /// The drive of the computer failed.
    pub disk: bool,
    /// The stick failed, or was not there.
    pub stick: bool,
    /// The number of the stick that is plugged in.
    pub stick_number: Option<usize>,
    /// The codes whose kits held a wallet before the act that they hold no more.
    pub overwritten: &'a [CodeNumber],
    /// The keychain failed.
    pub keychain: bool,
    /// Another program had a wallet open, or acted meanwhile.
    pub others: bool,
    /// Another program acted meanwhile.
    pub raced: bool,
    /// The six digits of the act may have been accepted before, or later ones.
    pub digits_again: bool,
    /// What was in the folder before, where the act is to list it.
    pub folder: &'a Folder,
    /// The files in the folder before, where the act is about them.
    pub files: &'a Files,
    /// The file that was kept elsewhere and that the act is about, and what it holds.
    pub source: Option<(Bytes, Arc<FileTruth>)>,
    /// The files that the act may have made for a wallet of an unknown id.
    pub newborn: Vec<Arc<FileTruth>>,
    /// A copy of a wallet's file that the act gave out.
    pub taken_away: Option<Away>,
}

pub use own_file::Version;

fn lost(what: impl Into<String>) -> Verdict {
    Err(Broken::Lost(what.into()))
}

fn let_in(what: impl Into<String>) -> Verdict {
    Err(Broken::LetIn(what.into()))
}

impl Judge<'_> {
    fn around(&self) -> Around<'_> {
        Around {
            oracle: self.oracle,
            belief: self.belief,
            computer: self.computer,
            span: self.span,
            disk: self.disk,
            stick: self.stick,
            stick_number: self.stick_number,
            keychain: self.keychain,
            others: self.others,
            raced: self.raced,
            digits_again: self.digits_again,
            below: self.belief.below,
        }
    }

    fn wallet(&self) -> Option<WalletId> {
        self.belief.open.as_ref().map(|open| open.wallet)
    }

    /// What the open wallet's file may hold after a change.
    fn saved(&mut self, next: &Arc<FileTruth>, saved: Saved) {
        let Some(open) = &mut self.belief.open else {
            return;
        };
        let (wallet, before) = (open.wallet, Arc::clone(&open.mine));
        match saved {
            Saved::Yes => {
                open.mine = Arc::clone(next);
                open.unverified = false;
                open.in_place = false;
                self.oracle.of_mut(self.computer, wallet).holds(next);
            }
            Saved::InPlace => {
                open.mine = Arc::clone(next);
                open.unverified = true;
                open.in_place = true;
                let here = self.oracle.of_mut(self.computer, wallet);
                here.passwords.insert(next.password);
                here.may_hold(&before);
                here.may_hold(next);
            }
            Saved::No => self.oracle.of_mut(self.computer, wallet).may_hold(&before),
            Saved::Unknown => {
                let here = self.oracle.of_mut(self.computer, wallet);
                here.passwords.insert(next.password);
                here.may_hold(&before);
                here.may_hold(next);
                // Kits may hold the next version while the file is the one before.
                here.went_back = true;
            }
        }
    }

    /// A change of the open wallet's contents.
    fn change(&mut self, saved: Saved, edit: impl FnOnce(&mut FileTruth)) {
        self.forget_dead_slots();
        if let Some(open) = &self.belief.open {
            let next = self.oracle.after(&Arc::clone(&open.mine), edit);
            self.saved(&next, saved);
        }
    }

    /// What a task does to the notes; with it go those whose time in the bin is over.
    fn change_notes(&mut self, task: &Task, saved: Saved) {
        let now = self.span.to.now;
        let sign_ins = self.belief.sign_ins.clone();
        let at = sign_ins.iter().copied().fold(now, i64::max);
        // The use case looks at the note's own date as well.
        let told = self.process.and_then(Process::notes);
        let at = |note| {
            let told = told.as_ref().and_then(|it| it.get(note)?.binned);
            told.unwrap_or(at)
        };
        self.change(saved, |file| {
            let notes = Arc::make_mut(&mut file.notes);
            match task {
                Task::SaveNote { note, version } => match notes.get_mut(note) {
                    Some(known) => known.change(*version),
                    None => {
                        notes.insert(*note, Note::new(*version));
                    }
                },
                Task::DeleteNote(note) => {
                    notes.remove(note);
                }
                Task::BinNote(note) => {
                    if let Some(known) = notes.get_mut(note) {
                        known.binned.get_or_insert(at(note));
                    }
                }
                Task::UnbinNote(note) => {
                    if let Some(known) = notes.get_mut(note) {
                        known.binned = None;
                    }
                }
                Task::RestoreNote { note, back } => {
                    if let Some(known) = notes.get_mut(note)
                        && let Some(was) = known.earlier.get(back % known.earlier.len().max(1))
                    {
                        known.change(*was);
                    }
                }
                _ => {}
            }
            notes.retain(|_, note| !note.is_over(&sign_ins, now));
        });
    }

    fn proved_now(&self) -> (u64, u64) {
        let Span { from, to } = self.span;
        (from.since_boot + IDENTITY, to.since_boot + IDENTITY)
    }

    /// Whether identity was surely not proved in time.
    fn not_proved(&self, full: bool) -> bool {
        self.belief.open.as_ref().is_none_or(|open| {
            let until = match full {
                true => open.full.1,
                false => open.password.1.max(open.full.1),
            };
            self.span.from.since_boot >= until
        })
    }

    fn needs_identity(&self, full: bool) -> Verdict {
        match self.not_proved(full) {
            true => let_in("who may enter was changed without identity"),
            false => Ok(()),
        }
    }

    /// Judges the outcome of a task; `None` if the program ended within it.
    pub fn judge(&mut self, task: &Task, outcome: Option<&Outcome>) -> Verdict {
        self.forget_dead_slots();
        let before = self.before_drafts();
        if matches!(task, Task::Commit { .. } | Task::Restore { .. }) {
            self.oracle.recoveries.push((self.computer, self.span));
        }
        let verdict = match outcome {
            // Its kits may have been brought up to date all the same.
            Some(Outcome::Idle) => return self.kits(task, outcome),
            Some(outcome) => self.told(task, outcome),
            None => {
                self.ended_within(task);
                Ok(())
            }
        };
        verdict?;
        self.note_key();
        self.drafts(task, outcome, before)?;
        self.forget_dead_slots();
        if let Some(open) = &mut self.belief.open {
            open.keychain_failed |= self.keychain;
        }
        if let Some(wallet) = self.wallet() {
            if task.changes() && self.belief.below {
                // What the keychain is owed may have been paid.
                self.settled(wallet);
            }
            let now = self.span.to.now;
            let here = self.oracle.of_mut(self.computer, wallet);
            here.last = here.last.max(now);
            self.oracle.may_have_expired(self.computer, wallet, now);
            // The open wallet knows, whatever becomes of the keychain.
            self.forget_dead_slots();
        }
        if let Some(session) = self.process.and_then(Process::session) {
            self.belief.sign_ins = session.sign_ins().iter().map(|at| at.0).collect();
        }
        self.follow()?;
        self.kits(task, outcome)
    }

    /// The open wallet may have another key now.
    fn note_key(&mut self) {
        let session = self.process.and_then(Process::session);
        if let (Some(open), Some(session)) = (&mut self.belief.open, session) {
            open.key = Some(session.opened().drafts_id());
        }
    }

    /// Compares what is in memory with what was acknowledged.
    fn follow(&mut self) -> Verdict {
        let Some(process) = self.process else {
            return Ok(());
        };
        note_watched(self.oracle, self.belief, process, self.span);
        let Some(open) = &mut self.belief.open else {
            return Ok(());
        };
        let Some(session) = process.session() else {
            return lost("the open wallet is not open any more");
        };
        if session.shown().is_none() {
            open.screen = None;
        }
        let email = process.email();
        if email != Some(open.mine.email) {
            let own = open.mine.email;
            return lost(format!("memory has the e-mail {email:?} and not {own}"));
        }
        match process.notes() {
            Some(notes) if notes == *open.mine.notes => Ok(()),
            notes => lost(format!(
                "memory holds {notes:?} and not {:?}",
                open.mine.notes
            )),
        }
    }

    fn told(&mut self, task: &Task, outcome: &Outcome) -> Verdict {
        let computer = self.computer;
        match (task, outcome) {
            (Task::Create { email, password }, Outcome::Create(made)) => {
                let file = self.new_file(*password, *email, Arc::default());
                self.belief.lock();
                match made {
                    Ok(wallet) => {
                        words::free(&self.around(), *email, *wallet)?;
                        self.oracle.of_mut(computer, *wallet).holds(&file);
                        self.opened(*wallet, file, true);
                    }
                    Err(error) => {
                        words::create(&self.around(), *email, error)?;
                        self.newborn.push(file);
                    }
                }
                Ok(())
            }
            (Task::SignIn { wallet, password }, Outcome::SignIn(step)) => {
                let at = (*wallet, *password);
                self.belief.lock();
                self.sign_in(at, step.as_ref().copied())
            }
            (Task::Digits(digits), Outcome::Digits(done)) => self.digits(digits, done),
            (Task::Lock, _) => {
                self.belief.lock();
                Ok(())
            }
            (Task::LockAllButShown, _) => {
                let now = self.span.to.since_boot;
                let shown = self.belief.open.as_ref().and_then(|open| {
                    let mut screen = open.screen.clone()?;
                    screen.covered = (0, now);
                    Some((open.wallet, screen))
                });
                let covered = shown.or(self.belief.covered.clone());
                let below = self.belief.below;
                self.belief.lock();
                let stays = self
                    .process
                    .is_some_and(|it| matches!(it.stage, crate::process::Stage::Covered(_)));
                self.belief.covered = covered.filter(|_| stays);
                self.belief.below = below && stays;
                Ok(())
            }
            (Task::Uncover { password, digits }, Outcome::Uncover(done)) => {
                self.uncovered(*password, digits.as_deref(), done)
            }
            (Task::Uncover { password, .. }, Outcome::Identity(done)) => {
                self.identity(*password, None, false, done)?;
                let Span { from, to } = self.span;
                if let (Ok(()), Some(open)) = (done, &mut self.belief.open)
                    && let Some(screen) = &mut open.screen
                {
                    screen.covered = (from.since_boot + LEGIBLE, to.since_boot + LEGIBLE);
                }
                Ok(())
            }
            (
                Task::Identity {
                    password,
                    digits,
                    full,
                },
                Outcome::Identity(done),
            ) => self.identity(*password, digits.as_deref(), *full, done),
            (Task::SaveNote { .. }, Outcome::SaveNote(saved))
            | (Task::DeleteNote(_), Outcome::DeleteNote(saved))
            | (Task::BinNote(_), Outcome::BinNote(saved))
            | (Task::UnbinNote(_), Outcome::UnbinNote(saved))
            | (Task::RestoreNote { .. }, Outcome::RestoreNote(saved)) => {
                self.item(saved)?;
                self.change_notes(task, of_item(saved));
                Ok(())
            }
            (Task::Issue { kit, pages, .. }, Outcome::Issue(issued)) => {
                self.issued(task, *kit, *pages, issued)
            }
            (Task::CopyDown, Outcome::CopyDown(copied)) => {
                self.legible_now()?
                    .map_or(Ok(()), |surely_covered| match copied {
                        Ok(_) if surely_covered => let_in("a covered code is given out"),
                        Ok(_) => Ok(()),
                        Err(error) => words::legible(&self.around(), *error),
                    })
            }
            (Task::Keep(shows), Outcome::Keep(kept)) => self.keep(task, shows, kept),
            (Task::Discard, Outcome::Discard(remade, done)) => {
                let Some(wallet) = self.wallet() else {
                    return Ok(());
                };
                match done {
                    Ok(()) if *remade => Ok(()),
                    Ok(()) => {
                        self.needs_identity(false)?;
                        self.others_end(wallet, None, LIVE, DISCARDED, true);
                        self.change_nothing();
                        Ok(())
                    }
                    Err(error) => {
                        words::confirm(&self.around(), task, error)?;
                        if matches!(error, ConfirmError::Record(_)) {
                            self.others_end(wallet, None, LIVE, DISCARDED, false);
                        }
                        self.change_nothing();
                        Ok(())
                    }
                }
            }
            (Task::Revoke(code, _), Outcome::Revoke(done)) => {
                let Some(wallet) = self.wallet() else {
                    return Ok(());
                };
                match done {
                    Ok(()) => {
                        self.needs_identity(false)?;
                        let here = self.oracle.of_mut(computer, wallet);
                        here.is(*code, REVOKED);
                        here.died(*code);
                    }
                    Err(error) => {
                        words::revoke(&self.around(), *code, error)?;
                        if matches!(error, usecases::revoke::RevokeError::Record(_)) {
                            self.oracle.of_mut(computer, wallet).may(*code, REVOKED);
                        }
                    }
                }
                self.oracle.kits_may_go(wallet);
                self.change_nothing();
                Ok(())
            }
            (Task::Check(code, _), Outcome::Check(checked)) => {
                match checked {
                    Ok(works) => words::works(&self.around(), *code, works)?,
                    Err(error) => {
                        words::check(&self.around(), *code, error)?;
                        self.unknown(error);
                    }
                }
                self.change_nothing();
                Ok(())
            }
            (Task::CheckName(code, ..), Outcome::CheckName(named)) => match named {
                Ok(named) => words::named(&self.around(), *code, named.live),
                Err(error) => words::recorded(&self.around(), *error),
            },
            (Task::Look, Outcome::Look(state, _)) => words::state(&self.around(), state),
            (Task::Accept { wallet, code, .. }, Outcome::Accept(accepted)) => {
                self.accepted(*wallet, *code, accepted)
            }
            (Task::Commit { password, keep }, Outcome::Commit(done)) => {
                self.committed(*password, *keep, done)
            }
            (
                Task::ChangePassword {
                    current,
                    digits,
                    next,
                },
                Outcome::ChangePassword(done),
            ) => self.password_changed(*current, digits.as_deref(), *next, done),
            (Task::ChangeEmail(email), Outcome::ChangeEmail(done)) => {
                self.email_changed(*email, done)
            }
            (Task::TwoStepBegin, Outcome::TwoStepBegin(begun)) => match begun {
                Ok(key) => {
                    self.needs_identity(true)?;
                    self.oracle.authenticators.push(Arc::clone(key));
                    let number = self.oracle.authenticators.len() - 1;
                    self.belief.setup = Some((number, self.span.from.since_boot + IDENTITY));
                    Ok(())
                }
                Err(error) => words::two_step(&self.around(), false, error),
            },
            (Task::TwoStepConfirm(digits), Outcome::TwoStepConfirm(done)) => {
                let Some((key, _)) = self.belief.setup else {
                    return Ok(());
                };
                let text = self.oracle.authenticators.get(key).cloned();
                let span = self.span;
                let right = text.is_some_and(|text| {
                    [span.from.now, span.to.now].iter().any(|now| {
                        crate::authenticator::digits(&text, *now).as_deref() == Some(digits)
                    })
                });
                if let Err(error) = done {
                    let right = right && span.from.now == span.to.now;
                    words::two_step(&self.around(), right, error)?;
                }
                let saved = of_two_step(done);
                self.change(saved, |file| file.authenticator = Some(key));
                if let (Some(wallet), Saved::Yes | Saved::InPlace) = (self.wallet(), saved) {
                    // An authenticator that was set up before, and not verified, may be set up once
                    // more by the same digits.
                    self.took_before(wallet, Some(digits), Some(key));
                }
                if saved == Saved::Yes {
                    self.belief.setup = None;
                }
                Ok(())
            }
            (Task::TwoStepOff, Outcome::TwoStepOff(done)) => {
                match done {
                    Ok(()) => self.needs_identity(true)?,
                    Err(error) => words::two_step(&self.around(), true, error)?,
                }
                self.change(of_two_step(done), |file| file.authenticator = None);
                Ok(())
            }
            (Task::TwoStepLater, Outcome::TwoStepLater(done)) => {
                if let Err(error) = done {
                    words::two_step(&self.around(), true, error)?;
                }
                self.change_nothing();
                Ok(())
            }
            (Task::Pages, Outcome::Pages(made)) => {
                match made {
                    Ok((name, symbols)) => {
                        if self.legible_now()? == Some(true) {
                            return let_in("pages of a covered code are made");
                        }
                        self.paged(*name, symbols);
                    }
                    Err(error) => words::pages(&self.around(), error)?,
                }
                self.change_nothing();
                Ok(())
            }
            (Task::Remake { code, shares, .. }, Outcome::Remake(made)) => {
                self.remade(*code, shares.len(), made)
            }
            (Task::MoveKit(code, _, to), Outcome::MoveKit(done)) => {
                if let Err(error) = done {
                    words::move_kit(&self.around(), *code, to, error)?;
                }
                self.change_nothing();
                Ok(())
            }
            (Task::ForgetKit(..), Outcome::ForgetKit(done)) => {
                if let Err(error) = done {
                    words::forget_kit(&self.around(), error)?;
                }
                self.change_nothing();
                Ok(())
            }
            (Task::Tick, _) => {
                self.change_nothing();
                for wallet in self.wallets_here() {
                    let now = self.span.to.now;
                    self.oracle.may_have_expired(computer, wallet, now);
                }
                Ok(())
            }
            (
                Task::OpenKit { code, .. } | Task::OpenPages { code, .. },
                Outcome::OpenCopy(opened),
            ) => self.copy_opened(task, *code, opened),
            (Task::Restore { to, password }, Outcome::Restore(done)) => {
                self.restored(*to, *password, done)
            }
            (Task::PutOlder { wallet, .. }, Outcome::PutOlder(done)) => match done {
                Ok(()) => Ok(()),
                Err(error) => words::put_older(&self.around(), *wallet, error),
            },
            (Task::List, Outcome::List(listed)) => match listed {
                Ok(listed) => words::listed(&self.around(), self.folder, listed),
                Err(error) => words::not_listed(&self.around(), error),
            },
            (Task::CopyAway, Outcome::CopyAway(done)) => self.copied_away(done),
            (Task::LookElsewhere(_), Outcome::LookElsewhere(done)) => self.found(done),
            (Task::Take, Outcome::Take(done)) => self.took(done),
            (Task::Earlier, Outcome::Earlier(done)) => match done {
                Ok(listed) => words::earlier(&self.around(), &self.earlier(), listed),
                Err(error) => words::not_listed(&self.around(), error),
            },
            (
                Task::RestoreBeside {
                    password, digits, ..
                },
                Outcome::RestoreBeside(version, done),
            ) => self.beside((*password, digits.as_deref()), version, done),
            (Task::Remains, Outcome::Remains(done)) => match done {
                Ok(remains) => words::remains(&self.around(), self.files, remains),
                Err(error) => words::not_listed(&self.around(), error),
            },
            (Task::Delete, Outcome::Delete(done)) => self.deleted(done),
            (Task::Draft { .. }, Outcome::Draft(_))
            | (Task::Drafts, Outcome::Drafts(_))
            | (Task::DiscardDraft(_), Outcome::DiscardDraft(_)) => Ok(()),
            (Task::Mend(wallet), Outcome::Mend(done)) => match done {
                Ok(mended) => {
                    if *mended {
                        let here = self.oracle.of_mut(computer, *wallet);
                        here.several = false;
                        for status in here.status.values_mut() {
                            *status |= REVOKED | REPLACED;
                        }
                    }
                    Ok(())
                }
                Err(error) => words::mend(&self.around(), *wallet, error),
            },
            _ => Err(Broken::FalseWord(format!(
                "{task:?} came to something else"
            ))),
        }
    }

    /// There was a save of which nothing is told: also not what the disk did not confirm of it.
    fn saved_again(&mut self) {
        if let Some(open) = &mut self.belief.open {
            open.unverified |= self.disk;
        }
    }

    /// The file may have been saved again, with the same contents.
    fn change_nothing(&mut self) {
        self.saved_again();
        if let Some(open) = &mut self.belief.open {
            let (wallet, mine) = (open.wallet, Arc::clone(&open.mine));
            let here = self.oracle.of_mut(self.computer, wallet);
            here.may_hold(&mine);
            here.slots_may_go();
        }
    }

    fn item(&self, saved: &Result<(), ItemError>) -> Verdict {
        match saved {
            Ok(()) => Ok(()),
            Err(error) => words::item(&self.around(), error),
        }
    }
}

/// Notes what a program began to watch within this span.
pub fn note_watched(oracle: &Oracle, belief: &mut Belief, process: &Process, now: Span) {
    for watched in process.watched() {
        let Some(code) = oracle.named(watched.wallet(), watched.identifier()) else {
            continue;
        };
        let expires = oracle.codes.get(&code).and_then(|it| it.expires);
        // Within an act both clocks go alike, so it does not matter when the watch began.
        if let Some(left) = expires.and_then(|it| u64::try_from(it - now.from.now).ok()) {
            let ends = now.from.since_boot + left;
            belief.watched.entry(code).or_insert(ends);
        }
    }
}

fn of_item(saved: &Result<(), ItemError>) -> Saved {
    match saved {
        Ok(()) => Saved::Yes,
        Err(ItemError::Save(error)) => Saved::of(error),
        Err(
            ItemError::NotFound
            | ItemError::NoSuchVersion
            | ItemError::NoSuchLine
            | ItemError::TooLong
            | ItemError::Ambiguous
            | ItemError::UnknownFile
            | ItemError::NoSuchDay,
        ) => Saved::No,
    }
}

fn of_two_step(done: &Result<(), TwoStepError>) -> Saved {
    match done {
        Ok(()) => Saved::Yes,
        Err(TwoStepError::Save(error)) => Saved::of(error),
        Err(TwoStepError::WrongDigits | TwoStepError::Identity(_) | TwoStepError::Address(_)) => {
            Saved::No
        }
    }
}
