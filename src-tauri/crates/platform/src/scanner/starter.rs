//! Starts children, one ahead of demand.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use scan::ScanError;

use super::child::{Child, StartError, Unrestricted};
use super::program::Program;

/// Delay before the first child is started, so that the window opens first.
const FIRST_DELAY: Duration = Duration::from_secs(3);

/// Delay before another attempt to start one ahead after a failure. A caller's request is tried at
/// once.
const RETRY_DELAY: Duration = Duration::from_secs(60);

/// Keeps one child ready.
pub(super) struct Starter {
    /// Each request carries the channel that the child is sent to.
    requests: Mutex<Sender<Sender<Result<Child, StartError>>>>,
    /// Whether the person decided that a child reads even if it cannot be restricted.
    anyway: Arc<AtomicBool>,
}

impl Starter {
    /// Starts every child on one thread that lives as long as the starter: Linux kills a child when
    /// the thread that started it ends.
    pub(super) fn new(program: Program) -> Starter {
        let (requests, requested) = channel();
        let anyway = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&anyway);
        // Without the thread nothing receives requests, and each of them fails.
        let _ = thread::Builder::new()
            .name("scanner".to_owned())
            .spawn(move || run(&program, &asked, &requested));
        Starter {
            requests: Mutex::new(requests),
            anyway,
        }
    }

    /// Starts children from now on that read even if they cannot be restricted.
    pub(super) fn read_anyway(&self) {
        self.anyway.store(true, Ordering::SeqCst);
    }

    /// Returns a fresh child.
    ///
    /// # Errors
    /// [`ScanError::Unavailable`] if none can be started, [`ScanError::Unprotected`] if one cannot
    /// be restricted.
    pub(super) fn child(&self) -> Result<Child, ScanError> {
        let (sender, receiver) = channel();
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .send(sender)
            .map_err(|_| ScanError::Unavailable)?;
        match receiver.recv() {
            Ok(Ok(child)) => Ok(child),
            Ok(Err(StartError::Unprotected)) => Err(ScanError::Unprotected),
            Ok(Err(StartError::NotRun)) | Err(_) => Err(ScanError::Unavailable),
        }
    }
}

fn run(
    program: &Program,
    anyway: &AtomicBool,
    requested: &Receiver<Sender<Result<Child, StartError>>>,
) {
    let unrestricted = || match anyway.load(Ordering::SeqCst) {
        true => Unrestricted::Reads,
        false => Unrestricted::Refuses,
    };
    let mut ahead: Option<Child> = None;
    let mut delay = FIRST_DELAY;
    loop {
        let request = match ahead {
            Some(_) => requested.recv().map_err(|_| RecvTimeoutError::Disconnected),
            None => requested.recv_timeout(delay),
        };
        match request {
            Ok(sender) => {
                let asked = unrestricted();
                let ready = ahead.take().and_then(alive);
                // One that was started before the person decided would still refuse.
                let ready = ready.filter(|child| child.unrestricted == asked);
                let child = ready.map_or_else(|| Child::start(program, asked), Ok);
                if child.is_ok() {
                    delay = Duration::ZERO;
                }
                // The caller may be gone.
                let _ = sender.send(child);
            }
            Err(RecvTimeoutError::Timeout) => {
                ahead = Child::start(program, unrestricted()).ok();
                delay = RETRY_DELAY;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
}

fn alive(mut child: Child) -> Option<Child> {
    child.body.is_alive().then_some(child)
}
