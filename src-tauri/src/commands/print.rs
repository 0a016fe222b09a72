//! Print the sheet or the pages from memory, after they were read back: which printers there are, one job at a time, its
//! progress, and taking it back.

use std::num::NonZeroU8;

use scan::Limits;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, command};
use ts_rs::TS;
use usecases::ports::printer::{
    Continue, Document, GreyPage, PrintEnd, PrintJob, PrintProgress, PrinterId, PrinterInfo,
    PrinterState, Problem, Reach, Spooled,
};
use zeroize::Zeroizing;

use super::pages::{self, PagesOf};
use super::sheet::{self, Paper, SheetOf};
use super::{Shared, run};
use crate::desk::Desk;
use crate::error::{CommandError, ErrorCode};
use crate::view::SessionView;

/// What queues and printers show to anybody.
const SHEET_TITLE: &str = "Recovery sheet";
const PAGES_TITLE: &str = "Recovery pages";

/// A printer of this computer.
#[derive(Serialize, TS)]
pub(crate) struct PrinterView {
    id: String,
    name: String,
    location: Option<String>,
    is_default: bool,
    /// It takes jobs.
    accepts: bool,
    /// What it waits for, if it does not print now.
    problem: Option<PrintTrouble>,
    /// The way there, where it matters.
    way: Option<Way>,
    copies_max: u8,
}

/// A way to a printer that the person has to know of.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    /// What is printed passes through a network.
    Network,
    /// "Printing" leaves a copy in a file.
    File,
}

/// What a printer waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrintTrouble {
    PaperOut,
    PaperJam,
    CoverOpen,
    InkOut,
    OutputFull,
    TrayMissing,
    Offline,
    Paused,
    Held,
    SignIn,
    Driver,
    SpoolFull,
    Other,
}

impl From<Problem> for PrintTrouble {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::PaperOut => Self::PaperOut,
            Problem::PaperJam => Self::PaperJam,
            Problem::CoverOpen => Self::CoverOpen,
            Problem::InkOut => Self::InkOut,
            Problem::OutputFull => Self::OutputFull,
            Problem::TrayMissing => Self::TrayMissing,
            Problem::Offline => Self::Offline,
            Problem::Paused => Self::Paused,
            Problem::Held => Self::Held,
            Problem::SignIn => Self::SignIn,
            Problem::Driver => Self::Driver,
            Problem::SpoolFull => Self::SpoolFull,
            _ => Self::Other,
        }
    }
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
            way: match printer.reach {
                Reach::Network => Some(Way::Network),
                Reach::File => Some(Way::File),
                Reach::Cable | Reach::Unknown => None,
            },
            copies_max: printer.copies_max.get(),
        }
    }
}

/// On which printer, and how often.
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

/// How far the job is, as the window is told.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Printing {
    /// The sheet is drawn and read back.
    Checking,
    Sending,
    Queued,
    Running {
        pages: u32,
    },
    Waiting {
        problem: PrintTrouble,
    },
}

impl From<PrintProgress> for Printing {
    fn from(progress: PrintProgress) -> Self {
        match progress {
            PrintProgress::Sending => Self::Sending,
            PrintProgress::Printing { pages } => Self::Running { pages },
            PrintProgress::Waiting(problem) => Self::Waiting {
                problem: problem.into(),
            },
            _ => Self::Queued,
        }
    }
}

/// How the job ended.
#[derive(Serialize, TS)]
pub(crate) struct Printed {
    /// It was taken back as the person wished.
    withdrawn: bool,
    /// The print service keeps a copy for a while.
    kept: bool,
    /// Of a sheet: so much of the QR code, in per cent of its area, may be covered, and it was still read.
    margin: Option<u8>,
    /// The wallet, where it remembers pages.
    session: Option<SessionView>,
}

#[command]
pub(crate) async fn printers(desk: Shared<'_>) -> Result<Vec<PrinterView>, CommandError> {
    run(desk, |desk| {
        let printers = desk.printer.printers()?;
        Ok(printers.into_iter().map(PrinterView::from).collect())
    })
    .await
}

#[command]
pub(crate) async fn print_sheet(
    app: AppHandle,
    desk: Shared<'_>,
    request: PrintSheet,
) -> Result<Printed, CommandError> {
    run(desk, move |desk| {
        tell(&app, Printing::Checking);
        let PrintSheet { on, of } = request;
        let pdf = sheet::draw(desk, &of)?;
        let (_, margin) = sheet::check(desk, &pdf, of.sheet)?;
        let end = print(&app, desk, &on, SHEET_TITLE, of.paper, &pdf)?;
        Ok(Printed {
            margin: Some(margin),
            ..end
        })
    })
    .await
}

#[command]
pub(crate) async fn print_pages(
    app: AppHandle,
    desk: Shared<'_>,
    request: PrintPages,
) -> Result<Printed, CommandError> {
    run(desk, move |desk| {
        tell(&app, Printing::Checking);
        let PrintPages { on, of } = request;
        let (made, pdf) = pages::draw(desk, &of)?;
        pages::read_back(desk, &pdf, &made)?;
        let end = print(&app, desk, &on, PAGES_TITLE, of.paper, &pdf)?;
        let session = match end.withdrawn {
            true => None,
            false => Some(pages::remember(desk, &made)?),
        };
        Ok(Printed { session, ..end })
    })
    .await
}

/// The job that runs is to be taken back.
#[command]
pub(crate) async fn print_cancel(desk: Shared<'_>) -> Result<(), CommandError> {
    run(desk, |desk| {
        desk.printing.withdraw();
        Ok(())
    })
    .await
}

fn tell(app: &AppHandle, printing: Printing) {
    // A window that is gone needs no news.
    let _ = app.emit("printing", printing);
}

/// Nothing of the wallet is held while the printer works.
fn print(
    app: &AppHandle,
    desk: &Desk,
    on: &PrintOn,
    title: &str,
    paper: Paper,
    pdf: &[u8],
) -> Result<Printed, CommandError> {
    let document = Drawn::new(pdf)?;
    let job = PrintJob {
        printer: &PrinterId(on.printer.clone()),
        title,
        document: &document,
        paper: paper.into(),
        copies: NonZeroU8::new(on.copies).unwrap_or(NonZeroU8::MIN),
    };
    let withdrawn = desk.printing.begin();
    let mut last = None;
    let end = desk.printer.print(&job, &mut |progress| {
        if last.replace(progress) != Some(progress) {
            tell(app, progress.into());
        }
        match withdrawn() {
            true => Continue::Withdraw,
            false => Continue::Yes,
        }
    })?;
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

/// A PDF in memory, drawn for printers that want pixels.
struct Drawn<'a> {
    pdf: &'a [u8],
    pages: usize,
}

impl<'a> Drawn<'a> {
    fn new(pdf: &'a [u8]) -> Result<Self, CommandError> {
        let pages = scan::pages(pdf, &Limits::default())
            .map_err(|error| CommandError::new(ErrorCode::Internal, error))?;
        Ok(Self { pdf, pages })
    }
}

impl Document for Drawn<'_> {
    fn pdf(&self) -> &[u8] {
        self.pdf
    }

    fn pages(&self) -> usize {
        self.pages
    }

    fn draw(&self, page: usize, dpi: u32) -> Option<GreyPage> {
        let drawn = scan::render(self.pdf, page, dpi as f32, &Limits::default()).ok()?;
        Some(GreyPage {
            width: drawn.width(),
            height: drawn.height(),
            pixels: Zeroizing::new(drawn.pixels().to_vec()),
        })
    }
}
