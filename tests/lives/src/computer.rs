//! One computer: what outlives the programs that run on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::RngExt as _;
use rand::rngs::StdRng;
use usecases::ports::KeychainError;
use wallet::WalletId;

use crate::drive::{Bytes, Drive, is_in};
use crate::faults::Fault;
use crate::meter::{Meter, Operation, Turn, take_race};

/// The folder of the wallets.
pub const FOLDER: &str = "/wallets";
/// Where a stick is, while one is plugged in.
pub const STICK: &str = "/stick";

/// The clocks of a computer.
#[derive(Clone, Copy, Debug)]
pub struct Clocks {
    /// The system clock.
    pub now: i64,
    /// Seconds since the computer was started.
    pub since_boot: u64,
    /// The name of this run.
    pub boot: u32,
}

/// The keychain's records, by wallet; more than one where a keyring was synchronised.
#[derive(Clone, Default)]
pub struct Records {
    /// The records.
    pub of: BTreeMap<WalletId, Vec<Bytes>>,
    /// How the keychain fails at present, whatever it is asked.
    pub fails: Option<KeychainError>,
}

/// What programs share and port calls change.
pub struct State {
    /// The drive of the computer.
    pub drive: Drive,
    /// The stick that is plugged in, by its number.
    pub stick: Option<(usize, Drive)>,
    /// The keychain.
    pub records: Records,
    /// The clocks.
    pub clocks: Clocks,
    /// The operations of the present act.
    pub meter: Meter,
    /// Which program holds the lock on a file.
    pub locks: BTreeMap<PathBuf, u32>,
    /// The lock files, which nothing but a lock is kept in.
    pub lock_files: Vec<PathBuf>,
    /// What is drawn while operations are done.
    pub seed: u64,
    /// How the ports are broken on purpose.
    pub broken: Option<crate::breaks::PortBreak>,
    /// Files that a broken drive has not synced.
    pub unsynced: Vec<PathBuf>,
    /// Seconds that each operation takes.
    pub pace: u32,
}

/// A computer. Clones share it.
#[derive(Clone)]
pub struct Computer(Arc<Mutex<State>>);

impl Computer {
    /// A new computer.
    pub fn new(now: i64) -> Self {
        Self::of(State {
            drive: Drive::with_folder(Path::new(FOLDER)),
            stick: None,
            records: Records::default(),
            clocks: Clocks {
                now,
                since_boot: 60,
                boot: 1,
            },
            meter: Meter::default(),
            locks: BTreeMap::new(),
            lock_files: Vec::new(),
            seed: 0,
            broken: None,
            unsynced: Vec::new(),
            pace: 0,
        })
    }

    fn of(state: State) -> Self {
        Self(Arc::new(Mutex::new(state)))
    }

    /// What is there now. Never held while a use case runs.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A copy in which nothing fails and nothing is locked, and which shares its bytes.
    pub fn fork(&self) -> Self {
        let state = self.state();
        let mut drive = state.drive.clone();
        drive.fails = None;
        let stick = state.stick.clone().map(|(number, mut stick)| {
            stick.fails = None;
            (number, stick)
        });
        Self::of(State {
            drive,
            stick,
            records: Records {
                of: state.records.of.clone(),
                fails: None,
            },
            clocks: state.clocks,
            meter: Meter::default(),
            locks: BTreeMap::new(),
            lock_files: Vec::new(),
            seed: 0,
            broken: None,
            unsynced: Vec::new(),
            pace: 0,
        })
    }

    /// Begins an act with this fault.
    pub fn begin(&self, fault: Fault, seed: u64) {
        let mut state = self.state();
        state.meter = Meter::with(fault);
        state.seed = seed;
        state.pace = match fault {
            Fault::Slow { seconds } => seconds,
            _ => 0,
        };
    }

    /// Ends an act. Returns whether its fault happened, and the number of operations.
    pub fn end(&self) -> (bool, u32) {
        let mut state = self.state();
        let meter = std::mem::take(&mut state.meter);
        let slow = state.pace > 0 && meter.operations() > 0;
        state.pace = 0;
        (meter.fired || slow, meter.operations())
    }

    /// Counts an operation. A program that acts in between does so here.
    pub fn operate(&self, operation: Operation) -> Turn {
        let races = self.state().meter.is_race();
        if races && let Some(race) = take_race() {
            let meter = std::mem::take(&mut self.state().meter);
            race();
            self.state().meter = meter;
        }
        let mut state = self.state();
        let pace = state.pace;
        state.clocks.since_boot += u64::from(pace);
        state.clocks.now += i64::from(pace);
        state.meter.count(operation)
    }

    /// The program ended: its locks are free.
    pub fn program_ended(&self, program: u32) {
        self.state().locks.retain(|_, holder| *holder != program);
    }

    /// The power is lost, and the computer starts again.
    pub fn lose_power(&self, rng: &mut StdRng) {
        let mut state = self.state();
        for path in std::mem::take(&mut state.unsynced) {
            let seed = rng.random();
            state.drive.tear(&path, seed);
        }
        state.drive.lose_power(rng);
        if let Some((_, stick)) = &mut state.stick {
            stick.lose_power(rng);
        }
        state.locks.clear();
        state.restart(rng.random_range(30..600));
    }
}

impl State {
    /// The computer is started again, and `took` seconds pass.
    pub fn restart(&mut self, took: u32) {
        self.clocks.boot += 1;
        self.clocks.since_boot = 60;
        self.clocks.now += i64::from(took);
    }

    /// Time passes by both clocks.
    pub fn pass(&mut self, seconds: u64) {
        self.clocks.since_boot = self.clocks.since_boot.saturating_add(seconds);
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        self.clocks.now = self.clocks.now.saturating_add(seconds);
    }

    /// The drive that a path is on.
    pub fn drive_of(&mut self, path: &Path) -> Option<&mut Drive> {
        match is_in(path, Path::new(STICK)) {
            true => self.stick.as_mut().map(|(_, stick)| stick),
            false => Some(&mut self.drive),
        }
    }
}
