//! Errors of confirming a code or throwing it away.

use usecases::confirm::ConfirmError;

use super::CommandError;
use crate::outcome::{CodeOutcome, EndView};

impl From<ConfirmError> for CommandError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Identity(error) => error.into(),
            ConfirmError::NothingShown => Self::NoCodeShown,
            ConfirmError::WrongGroup => Self::GroupWrong,
            ConfirmError::WrongCode => Self::SheetWrong,
            ConfirmError::EachSheet => Self::EachSheet,
            ConfirmError::Over {
                identifier,
                since,
                newest,
            } => Self::Code {
                outcome: CodeOutcome::Ended {
                    identifier: identifier.to_string(),
                    how: EndView::Expired,
                    at: since.0,
                    newest: newest.map(|newest| newest.to_string()),
                },
            },
            ConfirmError::ReadOnly(error) => error.into(),
            ConfirmError::Record(error) => error.into(),
        }
    }
}
