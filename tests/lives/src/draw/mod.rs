//! Draws the next step of a life, so that most of what is drawn can be done.

mod faults;
mod inside;
mod outside;
mod screen;
pub mod temper;
mod world;

use std::sync::Arc;

use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::life::Life as CodeLife;
use wallet::WalletId;

use crate::authenticator;
use crate::faults::Fault;
use crate::happening::Happening;
use crate::life::{Choice, Life, What};
use crate::process::Stage;
use crate::task::{CodeNumber, PasswordNumber, Shows, Task};
use temper::Theme;

/// A password that nobody chose.
const WRONG: PasswordNumber = 999_999;

/// How many e-mails a person has.
const EMAILS: usize = 5;

/// The steps in which a life that begins well gets its stick, its wallet and its code.
const PLUGGED: u32 = 1;
const CREATED: u32 = 2;
const ISSUED: u32 = 3;
const KEPT: u32 = 4;

fn pick<T: Clone>(rng: &mut StdRng, of: &[T]) -> Option<T> {
    match of.len() {
        0 => None,
        many => of.get(rng.random_range(0..many)).cloned(),
    }
}

impl Life {
    /// Draws a step.
    pub fn draw(&self, rng: &mut StdRng, step: u32) -> Choice {
        if let Some(what) = self.beginning(step) {
            return Choice {
                step,
                computer: 0,
                what,
            };
        }
        let computer = rng.random_range(0..self.sites.len());
        // What fails is soon mended: little can be done meanwhile.
        let mut happens = match rng.random_range(0..100) < 20 {
            true => self.recovery(computer),
            false => None,
        };
        if happens.is_none() && rng.random_range(0..100) < self.temper.happenings {
            happens = self.happening(rng, computer);
        }
        let what = match happens {
            Some(happening) => What::World(happening),
            None => self.act_of(rng, computer, step),
        };
        Choice {
            step,
            computer,
            what,
        }
    }

    /// The first steps of a life that begins well, in which nothing goes wrong.
    fn beginning(&self, step: u32) -> Option<What> {
        let task = match step {
            _ if !self.temper.begins_well => return None,
            PLUGGED => return Some(What::World(Happening::Plugged(0))),
            CREATED => Task::Create {
                email: 0,
                password: CREATED as usize,
            },
            ISSUED => Task::Issue {
                life: match self.temper.is(Theme::Timed) {
                    true => CodeLife::TwoHours,
                    false => CodeLife::UntilUsed,
                },
                set: self.temper.is(Theme::Sets).then_some((2, 3)),
                kit: self.temper.is(Theme::Kits) || self.temper.is(Theme::Restores),
                pages: self.temper.is(Theme::Pages),
                sooner_is_fine: true,
            },
            KEPT => {
                let issued = self.oracle.codes.get(&(ISSUED as CodeNumber))?;
                Task::Keep(Shows::Whole(Arc::clone(&issued.text)))
            }
            _ => return None,
        };
        Some(What::Act {
            program: 0,
            task,
            fault: Fault::None,
            second: None,
        })
    }

    fn act_of(&self, rng: &mut StdRng, at: usize, step: u32) -> What {
        let program = usize::from(rng.random_range(0..100) < 15);
        let task = self.task(rng, at, program, step);
        let kind = task.kind();
        // An act that few steps draw meets more of them.
        let faults = match crate::acts::ACTS[kind].is_rare {
            true => self.temper.faults.max(30),
            false => self.temper.faults,
        };
        let fault = match rng.random_range(0..100) < faults {
            true => faults::draw(rng, kind, self.operations[kind], &self.temper.kinds),
            false => Fault::None,
        };
        let second = match fault {
            Fault::Race { .. } => {
                let other = 1 - program;
                // What it makes would have the number of what the first one makes.
                let task = self.task(rng, at, other, step);
                let makes = matches!(
                    task,
                    Task::Issue { .. }
                        | Task::Create { .. }
                        | Task::Restore { .. }
                        | Task::CopyAway
                        | Task::RestoreBeside { .. }
                );
                let fallback = Task::Tick;
                Some((other, if makes { fallback } else { task }))
            }
            _ => None,
        };
        What::Act {
            program,
            task,
            fault,
            second,
        }
    }

    /// The password that somebody types for a wallet.
    fn typed(&self, rng: &mut StdRng, at: usize, wallet: WalletId) -> PasswordNumber {
        let here = self.oracle.of(at, wallet);
        let newest = here
            .and_then(|here| here.file.last())
            .map_or(WRONG, |file| file.password);
        match rng.random_range(0..100) {
            0..85 if !self.forgotten.contains(&newest) => newest,
            0..94 => {
                let all: Vec<_> = here
                    .map(|here| here.passwords.iter().copied().collect())
                    .unwrap_or_default();
                pick(rng, &all).unwrap_or(WRONG)
            }
            _ => WRONG,
        }
    }

    /// The digits that somebody types for an authenticator.
    fn digits(&self, rng: &mut StdRng, at: usize, key: Option<usize>) -> Option<Arc<str>> {
        let key = self.oracle.authenticators.get(key?)?;
        let now = self.sites[at].computer.state().clocks.now;
        match rng.random_range(0..100) {
            0..88 => authenticator::digits(key, now).map(Arc::from),
            88..95 => Some("000000".into()),
            _ => None,
        }
    }

    /// The code of a paper that is not lost, for this wallet most often.
    fn paper(
        &self,
        rng: &mut StdRng,
        at: usize,
        wallet: WalletId,
    ) -> Option<(CodeNumber, Arc<str>)> {
        let is_at_hand = |code: &CodeNumber| !self.lost.contains(code);
        let is_own = |code: &CodeNumber| {
            let facts = self.oracle.codes.get(code);
            facts.is_some_and(|facts| facts.wallet == wallet)
        };
        let mut papers: Vec<_> = self.oracle.codes.keys().copied().collect();
        papers.retain(is_at_hand);
        if rng.random_range(0..100) < 80 {
            papers.retain(is_own);
        }
        let mut live = self.oracle.of(at, wallet)?.live();
        live.retain(is_at_hand);
        let code = match rng.random_range(0..100) {
            0..55 if !live.is_empty() => pick(rng, &live),
            0..80 => papers.last().copied(),
            _ => pick(rng, &papers),
        }?;
        let text = Arc::clone(&self.oracle.codes.get(&code)?.text);
        Some((code, text))
    }

    fn task(&self, rng: &mut StdRng, at: usize, program: usize, step: u32) -> Task {
        let seat = self.sites[at].seats[program].as_ref();
        let wallets = self.wallets(at);
        let ticks = match self.temper.is(Theme::Timed) {
            true => 15,
            false => 4,
        };
        if rng.random_range(0..100) < ticks {
            return Task::Tick;
        }
        let Some(seat) = seat else {
            return self.outside(rng, at, &wallets, step);
        };
        let belief = &seat.belief;
        if belief.found.is_some() && rng.random_bool(0.4) {
            return Task::Take;
        }
        // The digits of now have just proved identity.
        if let Some(wallet) = belief.beside.filter(|_| rng.random_bool(0.3)) {
            let password = self.typed(rng, at, wallet);
            return Task::SignIn { wallet, password };
        }
        match &seat.process.stage {
            Stage::SignedOut => self.outside(rng, at, &wallets, step),
            Stage::AwaitingDigits(_) => {
                let files = belief.pending.as_ref().map(|(_, files)| files);
                let key = files.and_then(|it| it.last()?.authenticator);
                match self.digits(rng, at, key) {
                    Some(digits) => Task::Digits(digits),
                    None => self.outside(rng, at, &wallets, step),
                }
            }
            Stage::Accepted(_) => self.accepted(rng, at, belief, step),
            Stage::Restoring(_) => self.restoring(rng, &wallets, belief, step),
            Stage::Covered(_) => self.covered(rng, at, belief, step),
            Stage::SignedIn(_) => match rng.random_range(0..100) {
                0..4 => Task::Lock,
                4..7 => Task::LockAllButShown,
                7..12 => self.outside(rng, at, &wallets, step),
                _ => self.inside(rng, at, seat, step),
            },
        }
    }
}
