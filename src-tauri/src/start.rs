//! Starting what the window works with. Where that fails, the window opens all the same: every
//! command answers with the reason, and the person can try again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use tauri::ipc::Invoke;
use tauri::{AppHandle, Manager};
use usecases::ports::Clock;

use crate::error::CommandError;
use crate::shell::Shell;
use crate::start_error::StartProblem;

/// The commands that work before the program has started.
const ALWAYS: [&str; 3] = ["start_again", "quit", "paint_ground"];

/// How long the window waits for what it works with.
const PATIENCE: Duration = Duration::from_secs(5);

/// The state of starting.
pub(crate) struct Start {
    clock: Arc<dyn Clock>,
    /// Held by the attempt that is under way, which may wait for a disk.
    attempting: Mutex<()>,
    /// The reason of the last failure; none once the program has started.
    failure: Mutex<Option<CommandError>>,
}

impl Start {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            attempting: Mutex::default(),
            failure: Mutex::default(),
        }
    }

    fn failure(&self) -> MutexGuard<'_, Option<CommandError>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts in the background, and waits for it a moment. A disk that hangs does not keep the window
/// from opening.
pub(crate) fn begin(app: &AppHandle) {
    let (done, started) = mpsc::channel();
    let starting = app.clone();
    std::thread::spawn(move || {
        // The gate tells the page of a failure.
        let _ = attempt(&starting);
        // Nobody waits any more after a moment.
        let _ = done.send(());
    });
    if started.recv_timeout(PATIENCE).is_err() {
        let start = app.state::<Start>();
        let mut failure = start.failure();
        if app.try_state::<Arc<Shell>>().is_none() {
            failure.get_or_insert(CommandError::NotStarted {
                problem: StartProblem::Slow,
                path: None,
            });
        }
    }
}

/// Starts what the commands share, unless it has started.
pub(crate) fn attempt(app: &AppHandle) -> Result<(), CommandError> {
    let start = app.state::<Start>();
    // Two attempts do not start everything twice.
    let attempting = start.attempting.lock();
    let _attempting = attempting.unwrap_or_else(PoisonError::into_inner);
    let say = |failure| *start.failure() = failure;
    if app.try_state::<Arc<Shell>>().is_some() {
        return Ok(());
    }
    match Shell::new(Arc::clone(&start.clock)) {
        Ok(shell) => {
            let shell = Arc::new(shell);
            app.manage(Arc::clone(&shell));
            // The window may be there already.
            crate::commands::dress(app, &shell.settings());
            crate::run_beside(app, &shell);
            say(None);
            Ok(())
        }
        Err(error) => {
            let error = CommandError::from(error);
            say(Some(error.clone()));
            Err(error)
        }
    }
}

fn failure(invoke: &Invoke) -> Option<CommandError> {
    let start = invoke.message.webview_ref().state::<Start>();
    let failure = start.failure();
    failure.clone()
}

/// Lets commands through once the program has started. Until then they answer why it has not.
pub(crate) fn gate(
    handler: impl Fn(Invoke) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    move |invoke| match failure(&invoke) {
        Some(error) if !ALWAYS.contains(&invoke.message.command()) => {
            invoke.resolver.reject(error);
            true
        }
        _ => handler(invoke),
    }
}
