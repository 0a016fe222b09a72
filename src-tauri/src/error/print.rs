//! Errors of printing.

use app::printing::PrintingError;
use usecases::ports::printer::PrintError;

use super::CommandError;
use crate::print_trouble::PrintTrouble;

impl From<PrintError> for CommandError {
    fn from(error: PrintError) -> Self {
        match error {
            PrintError::NoService => Self::PrintNoService,
            PrintError::RemoteService { server } => Self::PrintRemoteService { server },
            PrintError::NoAnswer => Self::PrintNoAnswer,
            PrintError::NoPrinter => Self::PrintNoPrinter,
            PrintError::UnknownPrinter => Self::PrintUnknownPrinter,
            PrintError::NotAccepting => Self::PrintNotAccepting,
            PrintError::NotAllowed => Self::PrintNotAllowed,
            PrintError::FormatRefused => Self::PrintFormatRefused,
            PrintError::NoRoom => Self::PrintNoRoom,
            PrintError::CancelledElsewhere { .. } => Self::PrintCancelled,
            PrintError::GivenUp { problem, .. } => Self::PrintGivenUp {
                problem: problem.map(PrintTrouble::from),
            },
            PrintError::NotInTime {
                withdrawn: true,
                problem,
                ..
            } => Self::PrintNotInTime {
                problem: problem.map(PrintTrouble::from),
            },
            PrintError::NotInTime {
                withdrawn: false, ..
            } => Self::PrintStillThere,
            PrintError::Lost => Self::PrintLost,
            PrintError::NotDrawn | PrintError::Failed => Self::PrintFailed,
        }
    }
}

impl From<PrintingError> for CommandError {
    fn from(error: PrintingError) -> Self {
        match error {
            PrintingError::Document(_) => Self::Internal,
            PrintingError::Print(error) => error.into(),
        }
    }
}
