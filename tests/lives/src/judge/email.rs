//! Judges a change of the e-mail.

use std::sync::Arc;

use usecases::email::EmailChangeError;

use super::{Judge, Saved};
use crate::oracle::Verdict;
use crate::words;

impl Judge<'_> {
    pub(super) fn email_changed(
        &mut self,
        email: usize,
        done: &Result<(), EmailChangeError>,
    ) -> Verdict {
        let Some(open) = &self.belief.open else {
            return Ok(());
        };
        let (wallet, mine, in_place) = (open.wallet, Arc::clone(&open.mine), open.in_place);
        let saved = match done {
            Ok(()) => Saved::Yes,
            Err(EmailChangeError::Save(error)) => Saved::of(error),
            Err(
                EmailChangeError::Identity(_)
                | EmailChangeError::Taken
                | EmailChangeError::Folder(_),
            ) => Saved::No,
        };
        match done {
            Ok(()) => self.needs_identity(true)?,
            Err(error) => words::email_change(&self.around(), email, error)?,
        }
        if email != mine.email {
            if done.is_ok() {
                words::free(&self.around(), email, wallet)?;
            }
            self.change(saved, |file| file.email = email);
            return Ok(());
        }
        // Nothing is saved, unless the last save was not verified. What somebody changed below
        // stands then.
        self.change_nothing();
        if saved == Saved::Yes && in_place && !self.belief.below {
            self.forget_dead_slots();
            if let Some(open) = &mut self.belief.open {
                open.in_place = false;
                let mine = Arc::clone(&open.mine);
                self.oracle.of_mut(self.computer, wallet).holds(&mine);
            }
        }
        Ok(())
    }

    /// The program ended while the e-mail was changed.
    pub(super) fn email_perhaps_changed(&mut self, email: usize) {
        let own = self.belief.open.as_ref().map(|open| open.mine.email);
        if own != Some(email) {
            self.change(Saved::Unknown, |file| file.email = email);
        }
    }
}
