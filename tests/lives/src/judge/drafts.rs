//! Judges what is typed and not saved.

use std::sync::Arc;

use usecases::drafts::{DraftError, Unread};
use wallet::{DraftsId, WalletId};

use super::{Judge, lost};
use crate::drafts::Told;
use crate::numbers::Notes;
use crate::oracle::Verdict;
use crate::task::{Outcome, Task};
use crate::words;

/// The open wallet before an act.
#[derive(Clone)]
pub(super) struct Before {
    wallet: WalletId,
    key: DraftsId,
    notes: Arc<Notes>,
    /// Whether its file surely has this key.
    certain: bool,
}

impl Judge<'_> {
    pub(super) fn before_drafts(&self) -> Option<Before> {
        let open = self.belief.open.as_ref()?;
        Some(Before {
            wallet: open.wallet,
            key: open.key?,
            notes: Arc::clone(&open.mine.notes),
            certain: !open.in_place,
        })
    }

    /// What became of drafts in an act that began so.
    pub(super) fn drafts(
        &mut self,
        task: &Task,
        outcome: Option<&Outcome>,
        before: Option<Before>,
    ) -> Verdict {
        let computer = self.computer;
        let tidies = matches!(
            task,
            Task::Draft { .. }
                | Task::Drafts
                | Task::DiscardDraft(_)
                | Task::SaveNote { .. }
                | Task::DeleteNote(_)
                | Task::BinNote(_)
                | Task::UnbinNote(_)
                | Task::RestoreNote { .. }
                | Task::ChangePassword { .. }
        );
        match task {
            // What is replaced is moved away, and another file takes its place.
            Task::Restore { .. } => {
                let all = self.oracle.drafts_on(computer, None);
                all.for_each(|(_, truth)| truth.may_be_gone());
                return Ok(());
            }
            Task::Commit { .. } => {
                let wallet = self.wallet().or(self.belief.accepted.map(|(it, ..)| it));
                let all = self.oracle.drafts_on(computer, wallet);
                let key = self.belief.open.as_ref().and_then(|open| open.key);
                all.filter(|(of, _)| key.is_some_and(|key| key != *of))
                    .for_each(|(_, truth)| truth.may_be_gone());
                return Ok(());
            }
            _ => {}
        }
        let Some(before) = before else {
            return Ok(());
        };
        let Before {
            wallet,
            key,
            notes,
            certain,
        } = before;
        if matches!(task, Task::Delete) {
            let all = self.oracle.drafts_on(computer, Some(wallet));
            all.for_each(|(_, truth)| truth.may_be_gone());
            return Ok(());
        }
        if !tidies {
            return Ok(());
        }
        let rekeyed = matches!(outcome, Some(Outcome::ChangePassword(Ok(()))));
        if certain || rekeyed {
            // Those under other keys are removed.
            let all = self.oracle.drafts_on(computer, Some(wallet));
            all.filter(|(of, _)| rekeyed || *of != key)
                .for_each(|(_, truth)| truth.may_be_gone());
        }
        if self.raced {
            let all = self.oracle.drafts_on(computer, Some(wallet));
            all.for_each(|(_, truth)| truth.forget());
        }
        let at = (computer, wallet, key);
        match (task, outcome) {
            (Task::Draft { note, text }, outcome) => {
                let held = notes.get(note).map(|it| it.version);
                let kept = Some(*text).filter(|text| held != Some(*text));
                let done = match outcome {
                    Some(Outcome::Draft(done)) => Some(done),
                    _ => None,
                };
                self.kept(at, (*note, kept), done)
            }
            (Task::DiscardDraft(note), outcome) => {
                let done = match outcome {
                    Some(Outcome::DiscardDraft(done)) => Some(done),
                    _ => None,
                };
                self.kept(at, (*note, None), done)
            }
            (Task::Drafts, Some(Outcome::Drafts(listed))) => self.listed(at, &notes, listed),
            (
                task,
                Some(
                    Outcome::SaveNote(saved)
                    | Outcome::DeleteNote(saved)
                    | Outcome::BinNote(saved)
                    | Outcome::UnbinNote(saved)
                    | Outcome::RestoreNote(saved),
                ),
            ) => {
                if saved.is_ok() {
                    let held = self.belief.open.as_ref();
                    let held = held.map(|it| Arc::clone(&it.mine.notes));
                    let gone = |note: &u32| held.as_ref().is_some_and(|it| !it.contains_key(note));
                    let gone: Vec<u32> = notes.keys().copied().filter(gone).collect();
                    self.go_with(at, task, gone, true);
                }
                Ok(())
            }
            (task, None) => {
                let binned = notes.iter().filter(|(_, note)| note.binned.is_some());
                let mut gone: Vec<u32> = binned.map(|(note, _)| *note).collect();
                if let Task::DeleteNote(note) = task {
                    gone.push(*note);
                }
                self.go_with(at, task, gone, false);
                Ok(())
            }
            (_, Some(_)) => Ok(()),
        }
    }

    /// A draft was kept or forgotten, or not; `None` if the program ended.
    fn kept(
        &mut self,
        at: (usize, WalletId, DraftsId),
        (note, text): (u32, Option<u32>),
        done: Option<&Result<(), DraftError>>,
    ) -> Verdict {
        if let Some(Err(error)) = done {
            let damaged = self.oracle.drafts_of(at).may_be_damaged();
            words::draft(&self.around(), damaged, error)?;
        }
        let truth = self.oracle.drafts_of(at);
        match done {
            Some(Ok(())) if !self.raced => truth.settle(note, text),
            Some(Ok(()) | Err(DraftError::Io(_))) | None => truth.perhaps(note, text),
            Some(Err(
                DraftError::ReadOnly(_)
                | DraftError::Unread(_)
                | DraftError::Ambiguous
                | DraftError::Seal(_),
            )) => {}
        }
        Ok(())
    }

    fn listed(
        &mut self,
        at: (usize, WalletId, DraftsId),
        notes: &Notes,
        listed: &Result<Vec<Told>, Unread>,
    ) -> Verdict {
        let damaged = self.oracle.drafts_of(at).may_be_damaged();
        match listed {
            Err(error) => words::unread(&self.around(), damaged, error),
            Ok(_) if self.raced => Ok(()),
            Ok(listed) => {
                let truth = self.oracle.drafts_of(at);
                if let Some(wrong) = truth.wrong(notes, listed) {
                    return lost(wrong);
                }
                truth.learn(notes, listed);
                Ok(())
            }
        }
    }

    /// The draft of a note goes when the note is saved, or goes itself.
    fn go_with(
        &mut self,
        at: (usize, WalletId, DraftsId),
        task: &Task,
        gone: Vec<u32>,
        saved: bool,
    ) {
        let saves = match task {
            Task::SaveNote { note, .. } => Some(*note),
            _ => None,
        };
        let surely = saved && !self.disk && !self.raced;
        let truth = self.oracle.drafts_of(at);
        for note in gone.into_iter().chain(saves) {
            match surely && !truth.may_be_damaged() {
                true => truth.settle(note, None),
                false => truth.perhaps(note, None),
            }
        }
    }
}
