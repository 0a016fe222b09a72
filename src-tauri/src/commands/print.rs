//! Prints the sheet or the pages from memory, after their self-test, and lists of codes: the
//! printers, a job with its progress, and withdrawing it.

use std::num::NonZeroU8;

use app::pages::read_back;
use app::printing::{self, PAGES_TITLE, PrintOrder, SERVICE_CODES_TITLE, SHEET_TITLE};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::ports::printer::{
    Connection, Paper, PrintEnd, PrinterId, PrinterInfo, PrinterState, Spooled,
};

use super::pages::{self, PagesOf};
use super::service_codes::{self, ServiceCodesOf};
use super::sheet::{self, SheetOf};
use super::{Shared, run};
use crate::error::CommandError;
use crate::events::{self, Printing};
use crate::print_trouble::PrintTrouble;
use crate::shell::Shell;
use crate::view::SessionView;

/// A printer of this computer.
#[derive(Serialize, TS)]
pub(crate) struct PrinterView {
    id: String,
    name: String,
    location: Option<String>,
    is_default: bool,
    /// It takes jobs.
    accepts: bool,
    /// Why it does not print now.
    problem: Option<PrintTrouble>,
    /// How jobs reach it, where that matters.
    way: Option<Way>,
    copies_max: u8,
}

/// A way to a printer that the person has to know about.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    /// What is printed passes through a network.
    Network,
    /// "Printing" leaves a copy in a file.
    File,
}

impl From<PrinterInfo> for PrinterView {
    fn from(printer: PrinterInfo) -> Self {
        Self {
            id: printer.id.0,
            name: printer.name,
            location: printer.location,
            is_default: printer.is_default,
            accepts: printer.state != PrinterState::NotAccepting,
            problem: match printer.state {
                PrinterState::Stopped(problem) => Some(problem.into()),
                _ => None,
            },
            way: match printer.connection {
                Connection::Network => Some(Way::Network),
                Connection::File => Some(Way::File),
                Connection::Cable | Connection::Unknown => None,
            },
            copies_max: printer.copies_max.get(),
        }
    }
}

/// The printer, and the number of copies.
#[derive(Deserialize, TS)]
pub(crate) struct PrintOn {
    printer: String,
    copies: u8,
}

#[derive(Deserialize, TS)]
pub(crate) struct PrintSheet {
    on: PrintOn,
    of: SheetOf,
}

#[derive(Deserialize, TS)]
pub(crate) struct PrintPages {
    on: PrintOn,
    of: PagesOf,
}

#[derive(Deserialize, TS)]
pub(crate) struct PrintServiceCodes {
    on: PrintOn,
    of: ServiceCodesOf,
}

/// How the job ended.
#[derive(Serialize, TS)]
pub(crate) struct Printed {
    /// It was withdrawn on request.
    withdrawn: bool,
    /// The print service keeps a copy for a while.
    kept: bool,
    /// Of a sheet: percentage of the QR code's area up to which it was read although covered.
    margin: Option<u8>,
    /// The wallet, where pages were recorded in it.
    session: Option<SessionView>,
}

#[command]
pub(crate) async fn printers(shell: Shared<'_>) -> Result<Vec<PrinterView>, CommandError> {
    run(shell, |shell| {
        let printers = shell.app.printer().printers()?;
        Ok(printers.into_iter().map(PrinterView::from).collect())
    })
    .await
}

#[command]
pub(crate) async fn print_sheet(
    app: AppHandle,
    shell: Shared<'_>,
    request: PrintSheet,
) -> Result<Printed, CommandError> {
    run(shell, move |shell| {
        events::printing(&app, Printing::Checking);
        let PrintSheet { on, of } = request;
        let drawn = sheet::draw(shell, &of)?;
        let test = drawn.test(shell.app.scanner())?;
        sheet::still_shown(shell, &drawn, of.sheet)?;
        let end = print(&app, shell, &on, SHEET_TITLE, of.paper, drawn.pdf())?;
        Ok(Printed {
            margin: Some(test.margin.percent),
            ..end
        })
    })
    .await
}

#[command]
pub(crate) async fn print_pages(
    app: AppHandle,
    shell: Shared<'_>,
    request: PrintPages,
) -> Result<Printed, CommandError> {
    run(shell, move |shell| {
        events::printing(&app, Printing::Checking);
        let PrintPages { on, of } = request;
        let drawn = pages::draw(shell, &of)?;
        pages::check(shell, &drawn, &read_back(shell.app.scanner(), drawn.pdf())?)?;
        let end = print(&app, shell, &on, PAGES_TITLE, of.paper, drawn.pdf())?;
        let session = match end.withdrawn {
            true => None,
            false => Some(pages::remember(shell, &drawn)?),
        };
        Ok(Printed { session, ..end })
    })
    .await
}

/// Prints a list of another service's codes. Asks for a fresh confirmation of the password.
#[command]
pub(crate) async fn print_service_codes(
    app: AppHandle,
    shell: Shared<'_>,
    request: PrintServiceCodes,
) -> Result<Printed, CommandError> {
    run(shell, move |shell| {
        let PrintServiceCodes { on, of } = request;
        let drawn = service_codes::draw(shell, &of)?;
        let title = SERVICE_CODES_TITLE;
        print(&app, shell, &on, title, of.paper, drawn.pdf())
    })
    .await
}

/// Withdraws the running job.
#[command]
pub(crate) async fn print_cancel(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| {
        shell.app.printing.withdraw();
        Ok(())
    })
    .await
}

/// Prints a document. Nothing is locked while the printer works.
fn print(
    app: &AppHandle,
    shell: &Shell,
    on: &PrintOn,
    title: &str,
    paper: ::sheet::Paper,
    pdf: &[u8],
) -> Result<Printed, CommandError> {
    let order = PrintOrder {
        printer: PrinterId(on.printer.clone()),
        title,
        paper: match paper {
            ::sheet::Paper::A4 => Paper::A4,
            ::sheet::Paper::Letter => Paper::Letter,
        },
        copies: NonZeroU8::new(on.copies).unwrap_or(NonZeroU8::MIN),
    };
    let end = printing::print(
        shell.app.printer(),
        &shell.app.printing,
        &order,
        pdf,
        &mut |progress| {
            events::printing(app, progress.into());
        },
    )?;
    let (withdrawn, spooled) = match end {
        PrintEnd::Printed(spooled) => (false, spooled),
        PrintEnd::Withdrawn(spooled) => (true, spooled),
    };
    Ok(Printed {
        withdrawn,
        kept: spooled == Spooled::Kept,
        margin: None,
        session: None,
    })
}
