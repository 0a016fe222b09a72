//! Starts children, one ahead.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use scan::ScanError;

use super::Program;
use super::child::Child;

/// After this the first one is started, so that the window comes first.
const AFTER_START: Duration = Duration::from_secs(3);

/// Where one cannot be started ahead, this long until it is tried again. Whoever needs one tries at once.
const AFTER_FAILURE: Duration = Duration::from_secs(60);

/// Has a child ready for whoever needs one.
pub(super) struct Starter {
    /// Where a child is sent to.
    wishes: Mutex<Sender<Sender<Child>>>,
}

impl Starter {
    /// A thread of its own starts all of them, and lives as long as this: Linux ends a child with the thread that started it.
    pub(super) fn new(program: Program) -> Starter {
        let (wishes, wished) = channel();
        // Without the thread nothing takes wishes, and every one of them fails.
        let _ = thread::Builder::new()
            .name("scanner".to_owned())
            .spawn(move || start(&program, &wished));
        Starter {
            wishes: Mutex::new(wishes),
        }
    }

    /// A fresh child.
    ///
    /// # Errors
    /// `Unavailable`.
    pub(super) fn child(&self) -> Result<Child, ScanError> {
        let (sender, receiver) = channel();
        self.wishes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .send(sender)
            .map_err(|_| ScanError::Unavailable)?;
        receiver.recv().map_err(|_| ScanError::Unavailable)
    }
}

fn start(program: &Program, wished: &Receiver<Sender<Child>>) {
    let mut ahead: Option<Child> = None;
    let mut wait = AFTER_START;
    loop {
        let wish = match ahead {
            Some(_) => wished.recv().map_err(|_| RecvTimeoutError::Disconnected),
            None => wished.recv_timeout(wait),
        };
        match wish {
            Ok(sender) => {
                let waiting = ahead.take().and_then(alive);
                if let Some(child) = waiting.or_else(|| Child::start(program).ok()) {
                    // Whoever wished for it may have gone.
                    let _ = sender.send(child);
                    wait = Duration::ZERO;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                ahead = Child::start(program).ok();
                wait = AFTER_FAILURE;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
}

fn alive(mut child: Child) -> Option<Child> {
    child.body.is_alive().then_some(child)
}
