//! Starting what the window works with. Where that fails, the window opens all the same: every
//! command answers with the reason, and the person can try again.

use std::sync::{Arc, Mutex, PoisonError};

use platform::folders::{FolderProblem, NotCreated};
use serde::Serialize;
use tauri::ipc::Invoke;
use tauri::{AppHandle, Manager};
use ts_rs::TS;
use usecases::ports::Clock;

use crate::error::CommandError;
use crate::shell::Shell;

/// The commands that work before the program has started.
const ALWAYS: [&str; 2] = ["start_again", "quit"];

/// Why the program cannot start.
#[derive(Debug)]
pub(crate) enum StartError {
    /// The system names no home folder.
    NoHome,
    /// A folder cannot be used.
    Folder(NotCreated),
    /// The system's generator delivers nothing.
    NoRandom,
}

impl From<NotCreated> for StartError {
    fn from(error: NotCreated) -> Self {
        Self::Folder(error)
    }
}

/// Why the program cannot start, as the page sees it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StartProblem {
    NoHome,
    FileInPlace,
    DeadLink,
    ReadOnly,
    Denied,
    Full,
    Failed,
    NoRandom,
}

impl From<FolderProblem> for StartProblem {
    fn from(problem: FolderProblem) -> Self {
        match problem {
            FolderProblem::FileInPlace => Self::FileInPlace,
            FolderProblem::DeadLink => Self::DeadLink,
            FolderProblem::ReadOnly => Self::ReadOnly,
            FolderProblem::Denied => Self::Denied,
            FolderProblem::Full => Self::Full,
            FolderProblem::Other => Self::Failed,
        }
    }
}

impl From<NotCreated> for CommandError {
    fn from(NotCreated { path, problem }: NotCreated) -> Self {
        Self::NotStarted {
            problem: problem.into(),
            path: Some(path.display().to_string()),
        }
    }
}

impl From<StartError> for CommandError {
    fn from(error: StartError) -> Self {
        let (problem, path) = match error {
            StartError::NoHome => (StartProblem::NoHome, None),
            StartError::Folder(error) => return error.into(),
            StartError::NoRandom => (StartProblem::NoRandom, None),
        };
        Self::NotStarted { problem, path }
    }
}

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
