//! Errors of confirming a code or throwing it away.

use usecases::confirm::ConfirmError;

use super::CommandError;
use crate::outcome::CodeOutcome;

impl From<ConfirmError> for CommandError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Identity(error) => error.into(),
            ConfirmError::NothingShown => Self::NoCodeShown,
            ConfirmError::WrongGroup => Self::GroupWrong,
            ConfirmError::WrongCode => Self::SheetWrong,
            ConfirmError::EachSheet => Self::EachSheet,
            ConfirmError::Over { identifier, since } => Self::Code {
                outcome: CodeOutcome::Expired {
                    identifier: identifier.to_string(),
                    at: since.0,
                },
            },
            ConfirmError::ReadOnly(error) => error.into(),
            ConfirmError::Record(error) => error.into(),
        }
    }
}
