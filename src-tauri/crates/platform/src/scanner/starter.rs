//! Starts children, one ahead of demand.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use scan::ScanError;

use super::child::Child;
use super::program::Program;

/// Delay before the first child is started, so that the window opens first.
const FIRST_DELAY: Duration = Duration::from_secs(3);

/// Delay before another attempt to start one ahead after a failure. A caller's request is tried at
/// once.
const RETRY_DELAY: Duration = Duration::from_secs(60);

/// Keeps one child ready.
pub(super) struct Starter {
    /// Each request carries the channel that the child is sent to.
    requests: Mutex<Sender<Sender<Child>>>,
}

impl Starter {
    /// Starts every child on one thread that lives as long as the starter: Linux kills a child when
    /// the thread that started it ends.
    pub(super) fn new(program: Program) -> Starter {
        let (requests, requested) = channel();
        // Without the thread nothing receives requests, and each of them fails.
        let _ = thread::Builder::new()
            .name("scanner".to_owned())
            .spawn(move || run(&program, &requested));
        Starter {
            requests: Mutex::new(requests),
        }
    }

    /// Returns a fresh child.
    ///
    /// # Errors
    /// [`ScanError::Unavailable`] if none can be started.
    pub(super) fn child(&self) -> Result<Child, ScanError> {
        let (sender, receiver) = channel();
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .send(sender)
            .map_err(|_| ScanError::Unavailable)?;
        receiver.recv().map_err(|_| ScanError::Unavailable)
    }
}

fn run(program: &Program, requested: &Receiver<Sender<Child>>) {
    let mut ahead: Option<Child> = None;
    let mut delay = FIRST_DELAY;
    loop {
        let request = match ahead {
            Some(_) => requested.recv().map_err(|_| RecvTimeoutError::Disconnected),
            None => requested.recv_timeout(delay),
        };
        match request {
            Ok(sender) => {
                let ready = ahead.take().and_then(alive);
                if let Some(child) = ready.or_else(|| Child::start(program).ok()) {
                    // The caller may be gone.
                    let _ = sender.send(child);
                    delay = Duration::ZERO;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                ahead = Child::start(program).ok();
                delay = RETRY_DELAY;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
}

fn alive(mut child: Child) -> Option<Child> {
    child.body.is_alive().then_some(child)
}
