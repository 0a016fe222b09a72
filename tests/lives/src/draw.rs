//! Draws the next step of a life, so that most of what is drawn can be done.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use code::Identifier;
use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::life::Life as CodeLife;
use usecases::ports::KeychainError;
use wallet::{WalletId, names, store};

use crate::authenticator;
use crate::belief::Belief;
use crate::computer::FOLDER;
use crate::faults::{DiskError, Fault};
use crate::happening::Happening;
use crate::life::{Choice, Life, What};
use crate::process::Stage;
use crate::task::{CodeNumber, PasswordNumber, Place, Shows, Task};

/// A password that nobody chose.
const WRONG: PasswordNumber = 999_999;

fn pick<T: Clone>(rng: &mut StdRng, of: &[T]) -> Option<T> {
    match of.len() {
        0 => None,
        many => of.get(rng.random_range(0..many)).cloned(),
    }
}

impl Life {
    /// Draws a step.
    pub fn draw(&self, rng: &mut StdRng, step: u32) -> Choice {
        let computer = rng.random_range(0..self.sites.len());
        let mut what = None;
        if rng.random_range(0..100) < 28 {
            what = self.happening(rng, computer).map(What::World);
        }
        let what = match what {
            Some(what) => what,
            None => self.act_of(rng, computer, step),
        };
        Choice {
            step,
            computer,
            what,
        }
    }

    fn act_of(&self, rng: &mut StdRng, at: usize, step: u32) -> What {
        let program = usize::from(rng.random_range(0..100) < 15);
        let task = self.task(rng, at, program, step);
        let fault = match rng.random_range(0..100) < 30 {
            true => Fault::draw(rng, self.operations[task.kind()]),
            false => Fault::None,
        };
        let second = match fault {
            Fault::Race { .. } => {
                let other = 1 - program;
                // What it makes would have the number of what the first one makes.
                let task = self.task(rng, at, other, step);
                let makes = matches!(
                    task,
                    Task::Issue { .. } | Task::Create { .. } | Task::Restore { .. }
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
            0..80 if !self.forgotten.contains(&newest) => newest,
            0..92 => {
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
            0..85 => authenticator::digits(key, now).map(Arc::from),
            85..95 => Some("000000".into()),
            _ => None,
        }
    }

    /// The codes on papers that are not lost.
    fn papers(&self) -> Vec<CodeNumber> {
        let codes = self.oracle.codes.keys().copied();
        codes.filter(|code| !self.lost.contains(code)).collect()
    }

    fn paper(&self, rng: &mut StdRng, wallet: Option<WalletId>) -> Option<(CodeNumber, Arc<str>)> {
        let mut papers = self.papers();
        if let Some(wallet) = wallet
            && rng.random_range(0..100) < 85
        {
            papers.retain(|code| {
                let facts = self.oracle.codes.get(code);
                facts.is_some_and(|facts| facts.wallet == wallet)
            });
        }
        // The newest more often than the others.
        let code = match rng.random_range(0..100) < 60 {
            true => papers.last().copied(),
            false => pick(rng, &papers),
        }?;
        let text = Arc::clone(&self.oracle.codes.get(&code)?.text);
        Some((code, text))
    }

    fn task(&self, rng: &mut StdRng, at: usize, program: usize, step: u32) -> Task {
        let seat = self.sites[at].seats[program].as_ref();
        let wallets = self.wallets(at);
        if rng.random_range(0..100) < 4 {
            return Task::Tick;
        }
        let Some(seat) = seat else {
            return self.outside(rng, at, &wallets, step);
        };
        let belief = &seat.belief;
        match &seat.process.stage {
            Stage::SignedOut => self.outside(rng, at, &wallets, step),
            Stage::AwaitingDigits(_) => {
                let key = belief.pending.as_ref().and_then(|it| it.1.authenticator);
                match self.digits(rng, at, key) {
                    Some(digits) => Task::Digits(digits),
                    None => self.outside(rng, at, &wallets, step),
                }
            }
            Stage::Accepted(_) => match rng.random_range(0..100) {
                0..70 => Task::Commit {
                    password: step as usize,
                    keep: false,
                },
                70..85 => Task::Commit {
                    password: belief
                        .accepted
                        .map_or(WRONG, |(wallet, ..)| self.typed(rng, at, wallet)),
                    keep: true,
                },
                85..92 => match &belief.committed {
                    Some(file) => Task::Commit {
                        password: file.password,
                        keep: false,
                    },
                    None => Task::Lock,
                },
                _ => Task::Lock,
            },
            Stage::Restoring(_) => self.restoring(rng, &wallets, belief, step),
            Stage::Covered(_) => {
                let Some((wallet, _)) = belief.covered.as_ref() else {
                    return Task::Lock;
                };
                let file = self.oracle.of(at, *wallet).and_then(|it| it.file.first());
                let key = file.and_then(|file| file.authenticator);
                match rng.random_range(0..100) {
                    0..80 => Task::Uncover {
                        password: self.typed(rng, at, *wallet),
                        digits: self.digits(rng, at, key),
                    },
                    _ => self.outside(rng, at, &wallets, step),
                }
            }
            Stage::SignedIn(_) => match rng.random_range(0..100) {
                0..5 => Task::Lock,
                5..8 => Task::LockAllButShown,
                8..15 => self.outside(rng, at, &wallets, step),
                _ => self.inside(rng, at, seat, step),
            },
        }
    }

    fn restoring(
        &self,
        rng: &mut StdRng,
        wallets: &[WalletId],
        belief: &Belief,
        step: u32,
    ) -> Task {
        let password = match (&belief.restored, rng.random_bool(0.6)) {
            (Some(file), true) => file.password,
            _ => step as usize,
        };
        match rng.random_range(0..100) {
            0..40 => Task::Restore {
                to: Place::Unsaid,
                password,
            },
            40..55 => Task::Restore {
                to: Place::Beside,
                password,
            },
            55..93 => match pick(rng, wallets) {
                Some(wallet) => Task::Restore {
                    to: Place::Replacing(wallet),
                    password,
                },
                None => Task::Lock,
            },
            _ => Task::Lock,
        }
    }

    /// What can be done without an open wallet.
    fn outside(&self, rng: &mut StdRng, at: usize, wallets: &[WalletId], step: u32) -> Task {
        let create = Task::Create {
            email: rng.random_range(0..3),
            password: step as usize,
        };
        let Some(wallet) = pick(rng, wallets) else {
            return match rng.random_range(0..100) {
                0..60 => self.copy(rng, at).unwrap_or(create),
                _ => create,
            };
        };
        let here = self.oracle.of(at, wallet);
        if here.is_some_and(|here| here.several) && rng.random_bool(0.4) {
            return Task::Mend(wallet);
        }
        let troubled = here.is_none_or(|here| here.damaged || here.file.is_empty());
        let seeks = (troubled && rng.random_bool(0.5)) || rng.random_range(0..100) < 3;
        if seeks && let Some(name) = self.older(rng, at, wallet) {
            return Task::PutOlder { wallet, name };
        }
        match rng.random_range(0..100) {
            0..62 => Task::SignIn {
                wallet,
                password: self.typed(rng, at, wallet),
            },
            62..80 => match self.paper(rng, Some(wallet)) {
                Some((code, text)) => Task::Accept {
                    wallet: rng.random_bool(0.7).then_some(wallet),
                    code,
                    text,
                },
                None => create,
            },
            80..88 => self.copy(rng, at).unwrap_or(create),
            88..92 if wallets.len() < 3 => create,
            92..95 => Task::Mend(wallet),
            _ => Task::Tick,
        }
    }

    /// A kit or pages to be opened.
    fn copy(&self, rng: &mut StdRng, at: usize) -> Option<Task> {
        let pages = &self.oracle.pages;
        if !pages.is_empty() && rng.random_range(0..100) < 30 {
            let pages = &pages[rng.random_range(0..pages.len())];
            let text = Arc::clone(&self.oracle.codes.get(&pages.code)?.text);
            return Some(Task::OpenPages {
                code: pages.code,
                text,
                symbols: Arc::clone(&pages.symbols),
                lost: rng.random_range(0..2),
            });
        }
        let plugged = {
            let state = self.sites[at].computer.state();
            state.stick.as_ref().map(|(number, _)| *number)
        };
        let folders: Vec<_> = self
            .kit_folders()
            .into_iter()
            .filter(|(_, stick, _)| Some(*stick) == plugged)
            .collect();
        let (code, _, folder) = pick(rng, &folders)?;
        let text = Arc::clone(&self.oracle.codes.get(&code)?.text);
        Some(Task::OpenKit { code, text, folder })
    }

    /// The name of a copy of a wallet whose truth is known.
    fn older(&self, rng: &mut StdRng, at: usize, wallet: WalletId) -> Option<String> {
        let here = self.oracle.of(at, wallet)?;
        let state = self.sites[at].computer.state();
        let own = store::path(Path::new(FOLDER), wallet);
        let copies: Vec<String> = state
            .drive
            .names()
            .filter(|(path, _)| **path != *own && names::name(path).is_some())
            .filter(|(_, bytes)| here.known.contains_key(&crate::truth::fingerprint(bytes)))
            .filter_map(|(path, _)| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        drop(state);
        pick(rng, &copies)
    }

    /// What can be done with an open wallet.
    fn inside(&self, rng: &mut StdRng, at: usize, seat: &crate::life::Seat, step: u32) -> Task {
        let Some(open) = &seat.belief.open else {
            return Task::Lock;
        };
        let wallet = open.wallet;
        let screen = open.screen.as_ref();
        let key = open.mine.authenticator;
        let now = self.sites[at].computer.state().clocks.since_boot;
        let proved = now < open.full.0;
        let identity = |rng: &mut StdRng, full: bool| Task::Identity {
            password: match rng.random_range(0..100) < 92 {
                true => open.mine.password,
                false => WRONG,
            },
            digits: self.digits(rng, at, key),
            full,
        };
        if let Some(setup) = seat.belief.setup.filter(|_| rng.random_bool(0.6)) {
            let digits = self.digits(rng, at, Some(setup.0));
            return Task::TwoStepConfirm(digits.unwrap_or_else(|| "000000".into()));
        }
        if let Some(screen) = screen.filter(|_| rng.random_bool(0.6)) {
            return self.at_screen(rng, open, screen, &identity);
        }
        let named = |number: CodeNumber| self.oracle.codes.get(&number).map(|it| it.identifier);
        let of_wallet: Vec<(CodeNumber, Identifier)> = self
            .oracle
            .codes
            .iter()
            .filter(|(_, code)| code.wallet == wallet)
            .map(|(number, code)| (*number, code.identifier))
            .collect();
        let live = self.oracle.of(at, wallet).map(|here| here.live());
        let live = live.unwrap_or_default();
        match rng.random_range(0..100) {
            0..24 => Task::SaveNote {
                note: match rng.random_bool(0.6) {
                    true => step,
                    false => {
                        let notes: Vec<u32> = open.mine.notes.keys().copied().collect();
                        pick(rng, &notes).unwrap_or(step)
                    }
                },
                version: step,
            },
            24..28 => {
                let notes: Vec<u32> = open.mine.notes.keys().copied().collect();
                pick(rng, &notes).map_or(Task::Look, Task::DeleteNote)
            }
            28..32 => identity(rng, true),
            32..34 => identity(rng, false),
            34..54 => {
                if !proved && rng.random_bool(0.9) {
                    return identity(rng, true);
                }
                self.issue(rng, at)
            }
            54..58 => match pick(rng, &live) {
                Some(code) => match named(code) {
                    Some(name) => Task::Revoke(code, name),
                    None => Task::Look,
                },
                None => Task::Look,
            },
            58..68 => match self.paper(rng, Some(wallet)) {
                Some((code, text)) => Task::Check(code, text),
                None => Task::Look,
            },
            68..72 => Task::Look,
            72..75 => match self.paper(rng, Some(wallet)) {
                Some((_, text)) => Task::Keep(Shows::Whole(text)),
                None => Task::Look,
            },
            75..77 => Task::Discard,
            77..82 => Task::ChangePassword {
                current: match rng.random_range(0..100) < 92 {
                    true => open.mine.password,
                    false => WRONG,
                },
                digits: self.digits(rng, at, key),
                next: step as usize,
            },
            82..87 => match (key.is_some(), proved) {
                (_, false) => identity(rng, true),
                (true, true) if rng.random_bool(0.5) => Task::TwoStepOff,
                (_, true) => Task::TwoStepBegin,
            },
            87..88 => Task::TwoStepLater,
            88..91 => match pick(rng, &of_wallet) {
                Some((code, name)) => {
                    let folder = crate::computer::STICK;
                    Task::MoveKit(code, name, PathBuf::from(folder))
                }
                None => Task::Look,
            },
            91..93 => match pick(rng, &of_wallet) {
                Some((code, name)) => Task::ForgetKit(code, name),
                None => Task::Look,
            },
            93..98 => self.set(rng, wallet).unwrap_or(Task::Look),
            _ => Task::Accept {
                wallet: Some(wallet),
                code: 0,
                text: "".into(),
            },
        }
    }

    /// Something with a set of sheets.
    fn set(&self, rng: &mut StdRng, wallet: WalletId) -> Option<Task> {
        let sets: Vec<CodeNumber> = self
            .oracle
            .codes
            .iter()
            .filter(|(_, code)| code.wallet == wallet && code.needed > 0)
            .map(|(number, _)| *number)
            .collect();
        let number = pick(rng, &sets)?;
        let code = self.oracle.codes.get(&number)?;
        if rng.random_bool(0.5) {
            let threshold = code::Threshold::of(code.needed)?;
            return Some(Task::CheckName(number, code.identifier, threshold));
        }
        let few = usize::from(rng.random_bool(0.15));
        let needed = usize::from(code.needed).saturating_sub(few);
        let shares = code.sheets.iter().take(needed).map(Arc::clone).collect();
        Some(Task::Remake {
            code: number,
            shares,
            letter: rng.random_range(0..6),
        })
    }

    fn issue(&self, rng: &mut StdRng, at: usize) -> Task {
        let life = match rng.random_range(0..10) {
            0..2 => CodeLife::TwoHours,
            2 => CodeLife::Day,
            3 => CodeLife::Month,
            _ => CodeLife::UntilUsed,
        };
        let lasts = life == CodeLife::UntilUsed;
        let plugged = self.sites[at].computer.state().stick.is_some();
        Task::Issue {
            life,
            set: match rng.random_range(0..10) {
                0 => Some((2, 3)),
                1 => Some((2, 2)),
                _ => None,
            },
            kit: (lasts && plugged && rng.random_bool(0.5)) || rng.random_range(0..100) < 2,
            pages: lasts && rng.random_range(0..100) < 18,
            sooner_is_fine: rng.random_bool(0.7),
        }
    }

    /// What is done while a code is shown.
    fn at_screen(
        &self,
        rng: &mut StdRng,
        open: &crate::belief::Open,
        screen: &crate::belief::OnScreen,
        identity: &dyn Fn(&mut StdRng, bool) -> Task,
    ) -> Task {
        let facts = self.oracle.codes.get(&screen.code);
        match rng.random_range(0..100) {
            0..40 => Task::Keep(Shows::Group {
                sheet: rng.random_range(0..screen.sheets.max(1)),
                right: !rng.random_bool(0.1),
            }),
            40..48 => match facts {
                Some(facts) if facts.needed > 0 => {
                    let sheet = pick(rng, &facts.sheets);
                    sheet.map_or(Task::Look, |it| Task::Keep(Shows::Share(it)))
                }
                Some(facts) => Task::Keep(Shows::Whole(Arc::clone(&facts.text))),
                None => Task::Look,
            },
            48..62 => Task::CopyDown,
            62..70 => Task::Uncover {
                password: match rng.random_range(0..100) < 90 {
                    true => open.mine.password,
                    false => WRONG,
                },
                digits: None,
            },
            70..76 => Task::LockAllButShown,
            76..82 => Task::Discard,
            82..90 => identity(rng, false),
            _ if screen.pages => Task::Pages,
            _ => Task::CopyDown,
        }
    }

    /// A timed code runs out, or the clock is set back to before its end.
    fn around_an_end(&self, rng: &mut StdRng, at: usize) -> Option<Happening> {
        let now = self.sites[at].computer.state().clocks.now;
        let codes = self.oracle.codes.values().filter(|it| it.computer == at);
        let ends: Vec<i64> = codes.filter_map(|it| it.expires).collect();
        let end = pick(rng, &ends)?;
        Some(match u64::try_from(end - now) {
            Ok(left) if left > 0 => Happening::Passes(left + rng.random_range(0..100)),
            _ => Happening::ClockSet(end - now - rng.random_range(1..300)),
        })
    }

    fn happening(&self, rng: &mut StdRng, at: usize) -> Option<Happening> {
        if rng.random_range(0..100) < 8
            && let Some(happening) = self.around_an_end(rng, at)
        {
            return Some(happening);
        }
        let wallets = self.wallets(at);
        let fails = self.sites[at].computer.state().drive.fails.is_some();
        let away = self.sites[at].computer.state().records.fails.is_some();
        let error = match rng.random_range(0..4) {
            0 => DiskError::Full,
            1 => DiskError::ReadOnly,
            2 => DiskError::Unreadable,
            _ => DiskError::Vanished,
        };
        Some(match rng.random_range(0..100) {
            0..26 => Happening::Passes(match rng.random_range(0..10) {
                0..4 => rng.random_range(1..60),
                4..6 => rng.random_range(60..400),
                6..8 => rng.random_range(400..4_000),
                8 => rng.random_range(4_000..90_000),
                _ => rng.random_range(90_000..4_000_000),
            }),
            26..34 => Happening::ClockSet(match rng.random_range(0..4) {
                0 => -rng.random_range(1..600),
                1 => -rng.random_range(600..200_000),
                2 => rng.random_range(1..10_000),
                _ => rng.random_range(10_000..3_000_000),
            }),
            34..38 => Happening::Quit(usize::from(rng.random_bool(0.3))),
            38..41 => Happening::Reboot,
            41..45 => Happening::PowerLoss,
            45..53 => Happening::DriveFails((!fails && rng.random_bool(0.7)).then_some(error)),
            53..56 => Happening::StickFails(rng.random_bool(0.5).then_some(error)),
            56..64 => Happening::KeychainFails((!away && rng.random_bool(0.7)).then_some(
                match rng.random_range(0..4) {
                    0 => KeychainError::Unreachable,
                    1 => KeychainError::Locked,
                    2 => KeychainError::TimedOut,
                    _ => KeychainError::Denied,
                },
            )),
            64..65 => Happening::KeychainEmptied,
            65..67 => Happening::RecordDoubled(rng.random_range(0..self.backups.len().max(1))),
            67..77 => Happening::Plugged(rng.random_range(0..self.sticks.len())),
            77..80 => Happening::Unplugged,
            80..86 => Happening::BackedUp(pick(rng, &wallets)?),
            86..91 => {
                if self.backups.is_empty() {
                    return None;
                }
                let kind = rng.random_range(0..3);
                Happening::PutBack {
                    backup: rng.random_range(0..self.backups.len()),
                    file: kind != 1,
                    record: kind != 0,
                }
            }
            91..94 => {
                let place = rng.random_range(0..60);
                Happening::Flipped(pick(rng, &wallets)?, rng.random_bool(0.4), place)
            }
            94..95 => Happening::Removed(pick(rng, &wallets)?),
            95..98 => {
                let codes: Vec<_> = self.oracle.codes.keys().copied().collect();
                let code = pick(rng, &codes)?;
                Happening::Papers(code, !self.lost.contains(&code))
            }
            _ => {
                let wallet = pick(rng, &wallets)?;
                let file = self.oracle.of(at, wallet)?.file.first()?.password;
                Happening::Password(file, !self.forgotten.contains(&file))
            }
        })
    }
}
