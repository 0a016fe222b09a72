//! What happens to computers, sticks and papers.

use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::ports::KeychainError;

use super::pick;
use super::temper::Theme;
use crate::faults::DiskError;
use crate::happening::Happening;
use crate::life::Life;

impl Life {
    /// Something that fails works again.
    pub(super) fn recovery(&self, at: usize) -> Option<Happening> {
        let state = self.sites[at].computer.state();
        if state.drive.fails.is_some() {
            return Some(Happening::DriveFails(None));
        }
        if state.records.fails.is_some() {
            return Some(Happening::KeychainFails(None));
        }
        let stick = state.stick.as_ref();
        let fails = stick.is_some_and(|(_, stick)| stick.fails.is_some());
        fails.then_some(Happening::StickFails(None))
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

    pub(super) fn happening(&self, rng: &mut StdRng, at: usize) -> Option<Happening> {
        let ends = match self.temper.is(Theme::Timed) {
            true => 25,
            false => 8,
        };
        if rng.random_range(0..100) < ends
            && let Some(happening) = self.around_an_end(rng, at)
        {
            return Some(happening);
        }
        if self.temper.is(Theme::Copies) && !self.backups.is_empty() && rng.random_bool(0.1) {
            return Some(Happening::RecordDoubled(
                rng.random_range(0..self.backups.len()),
            ));
        }
        let wallets = self.wallets(at);
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
            45..53 => Happening::DriveFails(Some(error)),
            53..56 => Happening::StickFails(Some(error)),
            56..64 => Happening::KeychainFails(Some(match rng.random_range(0..4) {
                0 => KeychainError::Unreachable,
                1 => KeychainError::Locked,
                2 => KeychainError::TimedOut,
                _ => KeychainError::Denied,
            })),
            64..65 => Happening::KeychainEmptied,
            65..67 => Happening::RecordDoubled(rng.random_range(0..self.backups.len().max(1))),
            67..75 => Happening::Plugged(rng.random_range(0..self.sticks.len())),
            75..78 => Happening::Unplugged,
            78..80 => {
                let kits = self.kit_folders();
                let (code, ..) = pick(rng, &kits)?;
                match rng.random_bool(0.8) {
                    true => Happening::KitMoved(code, rng.random_range(0..9)),
                    false => {
                        let place = rng.random_range(0..2_000);
                        Happening::KitFlipped(code, rng.random_bool(0.7), place)
                    }
                }
            }
            80..85 => Happening::BackedUp(pick(rng, &wallets)?),
            85..86 => Happening::Copied(pick(rng, &wallets)?, rng.random_range(1..3)),
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
                let wallet = pick(rng, &wallets)?;
                match rng.random_bool(0.25) {
                    true => {
                        let place = rng.random_range(0..400);
                        Happening::DraftsFlipped(wallet, rng.random_range(0..4), place)
                    }
                    false => Happening::Flipped(wallet, rng.random_bool(0.4), place),
                }
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
