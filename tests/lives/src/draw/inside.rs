//! What can be done with an open wallet.

use code::Identifier;
use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::life::Life as CodeLife;
use wallet::{TwoStep, WalletId};

use super::temper::Theme;
use super::{EMAILS, WRONG, pick};
use crate::belief::Open;
use crate::drafts::Told;
use crate::life::{Life, Seat};
use crate::task::{CodeNumber, Note, Shows, Task};

#[derive(Clone, Copy)]
enum Wish {
    Save,
    Delete,
    Bin,
    Unbin,
    RestoreNote,
    Identity,
    PasswordAlone,
    Issue,
    Revoke,
    Check,
    Look,
    KeepWhole,
    Discard,
    ChangePassword,
    ChangeEmail,
    CopyAway,
    Earlier,
    Remains,
    DeleteWallet,
    TwoStep,
    MoveKit,
    ForgetKit,
    Set,
    Draft,
    Drafts,
    DiscardDraft,
}

const WISHES: [(u32, Theme, Wish); 26] = [
    (20, Theme::Any, Wish::Save),
    (2, Theme::Any, Wish::Delete),
    (3, Theme::Any, Wish::Bin),
    (2, Theme::Any, Wish::Unbin),
    (3, Theme::Any, Wish::RestoreNote),
    (4, Theme::Passwords, Wish::Identity),
    (2, Theme::Passwords, Wish::PasswordAlone),
    (18, Theme::Any, Wish::Issue),
    (5, Theme::Codes, Wish::Revoke),
    (8, Theme::Codes, Wish::Check),
    (5, Theme::Any, Wish::Look),
    (3, Theme::Codes, Wish::KeepWhole),
    (2, Theme::Any, Wish::Discard),
    (5, Theme::Passwords, Wish::ChangePassword),
    (3, Theme::Any, Wish::ChangeEmail),
    (2, Theme::Copies, Wish::CopyAway),
    (5, Theme::Copies, Wish::Earlier),
    (1, Theme::Any, Wish::Remains),
    (1, Theme::Any, Wish::DeleteWallet),
    (5, Theme::TwoStep, Wish::TwoStep),
    (4, Theme::Kits, Wish::MoveKit),
    (2, Theme::Kits, Wish::ForgetKit),
    (6, Theme::Sets, Wish::Set),
    (7, Theme::Drafts, Wish::Draft),
    (3, Theme::Drafts, Wish::Drafts),
    (1, Theme::Drafts, Wish::DiscardDraft),
];

/// How many wallets a computer has when nobody makes another of an earlier version.
const MOST: usize = 4;

/// A note of the open wallet that is `wanted`.
fn some_note(rng: &mut StdRng, open: &Open, wanted: impl Fn(&Note) -> bool) -> Option<u32> {
    let notes = open.mine.notes.iter().filter(|(_, note)| wanted(note));
    let notes: Vec<u32> = notes.map(|(number, _)| *number).collect();
    pick(rng, &notes)
}

impl Life {
    pub(super) fn inside(&self, rng: &mut StdRng, at: usize, seat: &Seat, step: u32) -> Task {
        let Some(open) = &seat.belief.open else {
            return Task::Lock;
        };
        if let Some(setup) = seat.belief.setup.filter(|_| rng.random_bool(0.6)) {
            let digits = self.digits(rng, at, Some(setup.0));
            return Task::TwoStepConfirm(digits.unwrap_or_else(|| "000000".into()));
        }
        let two_step = seat.process.session().map(|session| session.two_step());
        if matches!(two_step, Some(TwoStep::OffAfterRecovery)) && rng.random_bool(0.3) {
            return Task::TwoStepLater;
        }
        if let Some(screen) = open.screen.as_ref().filter(|_| rng.random_bool(0.6)) {
            return self.at_screen(rng, at, open, screen);
        }
        let wish = self.temper.choose(rng, &WISHES).unwrap_or(Wish::Save);
        let saw_earlier = seat.process.saw_earlier();
        self.wished(rng, at, open, (step, saw_earlier), wish)
            .unwrap_or_else(|| self.save(rng, at, open, step))
    }

    /// Does what is wished for; `None` if there is nothing to do it with.
    fn wished(
        &self,
        rng: &mut StdRng,
        at: usize,
        open: &Open,
        (step, saw_earlier): (u32, bool),
        wish: Wish,
    ) -> Option<Task> {
        let wallet = open.wallet;
        let key = open.mine.authenticator;
        let proved = self.sites[at].computer.state().clocks.since_boot < open.full.0;
        Some(match wish {
            Wish::Save => self.save(rng, at, open, step),
            Wish::Delete => Task::DeleteNote(some_note(rng, open, |_| true)?),
            Wish::Bin => Task::BinNote(some_note(rng, open, |it| it.binned.is_none())?),
            Wish::Unbin => Task::UnbinNote(some_note(rng, open, |it| it.binned.is_some())?),
            Wish::RestoreNote => Task::RestoreNote {
                note: some_note(rng, open, |it| !it.earlier.is_empty())?,
                back: rng.random_range(0..3),
            },
            Wish::Identity => self.identity(rng, at, open, true),
            Wish::PasswordAlone => self.identity(rng, at, open, false),
            // Sometimes without the proof, to be refused.
            Wish::Issue if !proved && rng.random_bool(0.9) => self.identity(rng, at, open, true),
            Wish::Issue => self.issue(rng, at),
            Wish::Revoke => {
                let live = self.oracle.of(at, wallet)?.live();
                let code = pick(rng, &live)?;
                Task::Revoke(code, self.oracle.codes.get(&code)?.identifier)
            }
            Wish::Check => {
                let (code, text) = self.paper(rng, at, wallet)?;
                Task::Check(code, text)
            }
            Wish::Look => Task::Look,
            Wish::KeepWhole => {
                let (_, text) = self.paper(rng, at, wallet)?;
                Task::Keep(Shows::Whole(text))
            }
            Wish::Discard => Task::Discard,
            Wish::ChangePassword => Task::ChangePassword {
                current: match rng.random_range(0..100) < 92 {
                    true => open.mine.password,
                    false => WRONG,
                },
                digits: self.digits(rng, at, key),
                next: step as usize,
            },
            Wish::ChangeEmail | Wish::CopyAway | Wish::DeleteWallet
                if !proved && rng.random_bool(0.9) =>
            {
                self.identity(rng, at, open, true)
            }
            // The present one again, now and then, as after a save that was not verified.
            Wish::ChangeEmail => Task::ChangeEmail(match rng.random_range(0..100) {
                0..30 => open.mine.email,
                _ => rng.random_range(0..EMAILS),
            }),
            Wish::CopyAway => Task::CopyAway,
            Wish::Earlier => match saw_earlier && rng.random_bool(0.7) {
                true => self.beside(rng, at, open)?,
                false => Task::Earlier,
            },
            Wish::Remains => Task::Remains,
            Wish::DeleteWallet => Task::Delete,
            Wish::TwoStep if !proved => self.identity(rng, at, open, true),
            Wish::TwoStep if key.is_some() && rng.random_bool(0.7) => Task::TwoStepOff,
            Wish::TwoStep => Task::TwoStepBegin,
            Wish::MoveKit => self.move_kit(rng, wallet)?,
            Wish::ForgetKit => {
                let (code, name) = pick(rng, &self.of_wallet(wallet))?;
                Task::ForgetKit(code, name)
            }
            Wish::Set => self.set(rng, at, open, proved)?,
            Wish::Draft => self.type_into(rng, at, open, step),
            Wish::Drafts => Task::Drafts,
            Wish::DiscardDraft => {
                let (note, _) = self.some_draft(rng, at, open)?;
                Task::DiscardDraft(note)
            }
        })
    }

    /// Proves identity, with a wrong password now and then.
    pub(super) fn identity(&self, rng: &mut StdRng, at: usize, open: &Open, full: bool) -> Task {
        Task::Identity {
            password: match rng.random_range(0..100) < 92 {
                true => open.mine.password,
                false => WRONG,
            },
            digits: self.digits(rng, at, open.mine.authenticator),
            full,
        }
    }

    /// Makes a wallet of an earlier version, while there are few.
    fn beside(&self, rng: &mut StdRng, at: usize, open: &Open) -> Option<Task> {
        (self.wallets(at).len() < MOST).then(|| Task::RestoreBeside {
            which: rng.random_range(0..3),
            password: match rng.random_range(0..100) < 75 {
                true => open.mine.password,
                false => WRONG,
            },
            digits: self.digits(rng, at, open.mine.authenticator),
        })
    }

    /// A draft that the open wallet may have.
    fn some_draft(&self, rng: &mut StdRng, at: usize, open: &Open) -> Option<Told> {
        let drafts = self.oracle.drafts.get(&(at, open.wallet, open.key?))?;
        pick(rng, &drafts.drafted())
    }

    /// Types into a note, into a new one, or back to what a note holds.
    fn type_into(&self, rng: &mut StdRng, at: usize, open: &Open, step: u32) -> Task {
        let note = match rng.random_range(0..10) {
            0..3 => None,
            3..6 => self.some_draft(rng, at, open).map(|(note, _)| note),
            _ => some_note(rng, open, |_| true),
        };
        let note = note.unwrap_or(step);
        let held = open.mine.notes.get(&note).map(|it| it.version);
        Task::Draft {
            note,
            text: held.filter(|_| rng.random_bool(0.1)).unwrap_or(step),
        }
    }

    fn save(&self, rng: &mut StdRng, at: usize, open: &Open, step: u32) -> Task {
        // What was typed is saved, most often.
        if rng.random_bool(0.15)
            && let Some((note, text)) = self.some_draft(rng, at, open)
        {
            let version = if rng.random_bool(0.7) { text } else { step };
            return Task::SaveNote { note, version };
        }
        let known = match rng.random_bool(0.4) {
            true => some_note(rng, open, |_| true),
            false => None,
        };
        Task::SaveNote {
            note: known.unwrap_or(step),
            version: step,
        }
    }

    fn of_wallet(&self, wallet: WalletId) -> Vec<(CodeNumber, Identifier)> {
        let codes = self.oracle.codes.iter();
        codes
            .filter(|(_, code)| code.wallet == wallet)
            .map(|(number, code)| (*number, code.identifier))
            .collect()
    }

    /// Tells the app where a kit is now.
    fn move_kit(&self, rng: &mut StdRng, wallet: WalletId) -> Option<Task> {
        let mut codes = self.of_wallet(wallet);
        codes.retain(|(code, _)| {
            self.oracle
                .codes
                .get(code)
                .is_some_and(|it| it.kit.is_some())
        });
        let (code, name) = pick(rng, &codes)?;
        let folder = &self.oracle.codes.get(&code)?.kit.as_ref()?.folder;
        Some(Task::MoveKit(code, name, folder.parent()?.to_owned()))
    }

    /// Something with a set of sheets.
    fn set(&self, rng: &mut StdRng, at: usize, open: &Open, proved: bool) -> Option<Task> {
        let sets = self.oracle.codes.iter();
        let sets: Vec<CodeNumber> = sets
            .filter(|(_, code)| code.wallet == open.wallet && code.needed > 0)
            .map(|(number, _)| *number)
            .collect();
        let mut live = sets.clone();
        let here = self.oracle.of(at, open.wallet)?;
        live.retain(|code| here.live().contains(code));
        let number = pick(rng, &live).or_else(|| pick(rng, &sets))?;
        let code = self.oracle.codes.get(&number)?;
        if rng.random_bool(0.4) {
            let threshold = code::Threshold::of(code.needed)?;
            return Some(Task::CheckName(number, code.identifier, threshold));
        }
        if !proved && rng.random_bool(0.9) {
            return Some(self.identity(rng, at, open, true));
        }
        let few = usize::from(rng.random_bool(0.15));
        let needed = usize::from(code.needed).saturating_sub(few);
        Some(Task::Remake {
            code: number,
            shares: code.sheets.iter().take(needed).cloned().collect(),
            letter: rng.random_range(0..6),
        })
    }

    fn issue(&self, rng: &mut StdRng, at: usize) -> Task {
        let timed = match self.temper.is(Theme::Timed) {
            true => 7,
            false => 3,
        };
        let life = match rng.random_range(0..10) {
            lasts if lasts >= timed => CodeLife::UntilUsed,
            0 => CodeLife::Day,
            1 => CodeLife::Month,
            _ => CodeLife::TwoHours,
        };
        let lasts = life == CodeLife::UntilUsed;
        let often = |theme| match self.temper.is(theme) {
            true => 70,
            false => 20,
        };
        let plugged = self.sites[at].computer.state().stick.is_some();
        let is_set = rng.random_range(0..100) < often(Theme::Sets);
        let kits = often(Theme::Kits).max(often(Theme::Restores)).max(35);
        let kit = lasts && plugged && rng.random_range(0..100) < kits;
        let pages = lasts && rng.random_range(0..100) < often(Theme::Pages);
        // A copy that would outlive its code is refused.
        let refused = rng.random_range(0..100) < 2;
        Task::Issue {
            life,
            set: is_set.then(|| match rng.random_bool(0.5) {
                true => (2, 3),
                false => (2, 2),
            }),
            kit: kit || refused,
            pages,
            sooner_is_fine: rng.random_bool(0.7),
        }
    }
}
