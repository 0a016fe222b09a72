//! Counts the operations of an act on disk and keychain, and has the planned fault happen at one
//! of them.

use std::cell::RefCell;
use std::panic;

use crate::faults::{DiskError, Fault};
use usecases::ports::KeychainError;

/// What unwinds from an operation at which the program ends. Only [`Crash::catch`] looks for it.
pub struct Crash;

impl Crash {
    /// Runs `work`, and returns `None` if the program ended within it.
    ///
    /// # Panics
    /// With every other panic.
    pub fn catch<T>(work: impl FnOnce() -> T) -> Option<T> {
        match panic::catch_unwind(panic::AssertUnwindSafe(work)) {
            Ok(done) => Some(done),
            Err(payload) if payload.is::<Self>() => None,
            Err(payload) => panic::resume_unwind(payload),
        }
    }

    fn now() -> ! {
        // Without the hook, which would print a message.
        panic::resume_unwind(Box::new(Self))
    }
}

/// The side of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It reads or changes the disk; the flag says whether it changes it.
    Disk {
        /// Whether names or bytes change.
        changes: bool,
    },
    /// It reads or replaces a keychain record.
    Keychain {
        /// Whether a record is replaced.
        changes: bool,
    },
}

/// What an operation is to do instead of succeeding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It succeeds.
    Succeed,
    /// The disk refuses.
    DiskFails(DiskError),
    /// The disk does it and reports a failure.
    DiskLies,
    /// The keychain refuses.
    KeychainFails(KeychainError),
    /// The keychain does it and reports a failure.
    KeychainLies,
    /// The program ends once it is done, or half done.
    EndAfter,
}

/// The operations of one act.
#[derive(Default)]
pub struct Meter {
    fault: Fault,
    operations: u32,
    keychain_operations: u32,
    keychain_writes: u32,
    /// The fault has happened.
    pub fired: bool,
}

thread_local! {
    static RACE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Has `race` run before the operation that the fault [`Fault::Race`] names.
pub fn prepare_race(race: Option<Box<dyn FnOnce()>>) {
    RACE.set(race);
}

/// The race that was prepared and has not been run.
pub fn take_race() -> Option<Box<dyn FnOnce()>> {
    RACE.take()
}

impl Meter {
    /// A meter for an act with this fault.
    pub fn with(fault: Fault) -> Self {
        Self {
            fault,
            ..Self::default()
        }
    }

    /// Operations so far.
    pub fn operations(&self) -> u32 {
        self.operations
    }

    /// Whether the next operation is the one before which another program acts.
    pub fn is_race(&mut self) -> bool {
        let race = matches!(self.fault, Fault::Race { at } if self.operations >= at);
        if race && !self.fired {
            self.fired = true;
            return true;
        }
        false
    }

    /// Counts an operation and says what becomes of it.
    pub fn count(&mut self, operation: Operation) -> Turn {
        let at = self.operations;
        self.operations += 1;
        let of_keychain = self.keychain_operations;
        let written = self.keychain_writes;
        let (on_disk, changes) = match operation {
            Operation::Disk { changes } => (true, changes),
            Operation::Keychain { changes } => {
                self.keychain_operations += 1;
                self.keychain_writes += u32::from(changes);
                (false, changes)
            }
        };
        match self.fault {
            Fault::None | Fault::Slow { .. } | Fault::Race { .. } => Turn::Succeed,
            Fault::Crash { at: when, before } | Fault::PowerLoss { at: when, before } => {
                if at != when {
                    return Turn::Succeed;
                }
                self.fired = true;
                match before {
                    true => Crash::now(),
                    false => Turn::EndAfter,
                }
            }
            Fault::Disk {
                at: when,
                error,
                lasts,
            } => {
                let hits = match error {
                    DiskError::Full | DiskError::ReadOnly => changes,
                    DiskError::Unreadable | DiskError::Vanished => true,
                };
                let due = at >= when && (lasts || !self.fired);
                if !on_disk || !hits || !due {
                    return Turn::Succeed;
                }
                self.fired = true;
                Turn::DiskFails(error)
            }
            Fault::DiskLies { at: when } => {
                if !on_disk || !changes || at < when || self.fired {
                    return Turn::Succeed;
                }
                self.fired = true;
                Turn::DiskLies
            }
            Fault::Keychain {
                at: when,
                error,
                lasts,
            } => {
                let due = of_keychain >= when && (lasts || !self.fired);
                if on_disk || !due {
                    return Turn::Succeed;
                }
                self.fired = true;
                Turn::KeychainFails(error)
            }
            Fault::KeychainLies { at: when } => {
                if on_disk || !changes || written < when || self.fired {
                    return Turn::Succeed;
                }
                self.fired = true;
                Turn::KeychainLies
            }
            Fault::KeychainDies { after } => {
                if on_disk || self.keychain_writes <= after {
                    return Turn::Succeed;
                }
                self.fired = true;
                Turn::KeychainFails(KeychainError::Unreachable)
            }
        }
    }

    /// Ends the program, if its turn said so.
    pub fn end_if(turn: Turn) {
        if turn == Turn::EndAfter {
            Crash::now();
        }
    }
}
