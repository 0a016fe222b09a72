//! Starting what the window works with. Where that fails, the window opens all the same: every
//! command answers with the reason, and the person can try again.

use std::sync::{Arc, Mutex, PoisonError};

use tauri::ipc::Invoke;
use tauri::{AppHandle, Manager};
use usecases::ports::Clock;

use crate::error::CommandError;
use crate::shell::Shell;

/// The commands that work before the program has started.
const ALWAYS: [&str; 2] = ["start_again", "quit"];

/// The state of starting.
pub(crate) struct Start {
    clock: Arc<dyn Clock>,
    /// The reason of the last failure; none once the program has started.
    failure: Mutex<Option<CommandError>>,
}

impl Start {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            failure: Mutex::default(),
        }
    }
}

/// Starts what the commands share, unless it has started.
pub(crate) fn attempt(app: &AppHandle) -> Result<(), CommandError> {
    let start = app.state::<Start>();
    // Held throughout, so that two attempts do not start everything twice.
    let mut failure = start.failure.lock().unwrap_or_else(PoisonError::into_inner);
    if app.try_state::<Arc<Shell>>().is_some() {
        return Ok(());
    }
    match Shell::new(Arc::clone(&start.clock)) {
        Ok(shell) => {
            let shell = Arc::new(shell);
            app.manage(Arc::clone(&shell));
            crate::run_beside(app, &shell);
            *failure = None;
            Ok(())
        }
        Err(error) => {
            let error = CommandError::from(error);
            *failure = Some(error.clone());
            Err(error)
        }
    }
}

/// Lets commands through once the program has started. Until then they answer why it has not.
pub(crate) fn gate(
    handler: impl Fn(Invoke) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    move |invoke| {
        let start = invoke.message.webview_ref().state::<Start>();
        let failure = start.failure.lock().unwrap_or_else(PoisonError::into_inner);
        match failure.clone() {
            Some(error) if !ALWAYS.contains(&invoke.message.command()) => {
                drop(failure);
                invoke.resolver.reject(error);
                true
            }
            _ => {
                drop(failure);
                handler(invoke)
            }
        }
    }
}
