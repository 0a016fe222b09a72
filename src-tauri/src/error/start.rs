//! Errors of starting.

use platform::folders::NotCreated;

use super::CommandError;
use crate::start_error::{StartError, StartProblem};

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
