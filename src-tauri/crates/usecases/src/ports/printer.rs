//! The printers of this computer, and a job on one of them from memory.

use std::num::NonZeroU8;

use thiserror::Error;
use zeroize::Zeroizing;

/// How a print service names a printer: the queue's name. It is shown to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PrinterId(pub String);

/// Paper that a job asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// One printer, as the print service describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterInfo {
    /// What a job names.
    pub id: PrinterId,
    /// What a person knows it by.
    pub name: String,
    /// Where it stands, if somebody wrote that down.
    pub location: Option<String>,
    /// Whether the person's other programs would choose it.
    pub is_default: bool,
    /// What it does now.
    pub state: PrinterState,
    /// Where a job goes from here.
    pub connection: Connection,
    /// The most copies that it makes of one job, 1 where it can only be asked again.
    pub copies_max: NonZeroU8,
    /// Whether it can print on both sides. A job never asks for it.
    pub two_sided: bool,
    /// Which of the two papers it takes; both where it does not say.
    pub papers: Vec<Paper>,
    /// The paper that it is set to, if that is one of the two.
    pub paper: Option<Paper>,
}

/// What a printer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterState {
    /// It waits for a job.
    Ready,
    /// It prints something.
    Printing,
    /// It takes jobs, and prints them once this is mended.
    Stopped(Problem),
    /// It takes no jobs.
    NotAccepting,
}

/// Where a job goes when it leaves the print service of this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Over a cable of this computer.
    Cable,
    /// Over a network: what is printed passes through it, and CUPS encrypts only for `ipps`.
    Network,
    /// Into a file: "printing" would leave a copy on the disk.
    File,
    /// The service does not say.
    Unknown,
}

/// What a printer waits for. A job goes on by itself once it is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// There is no paper, or not the one that was asked for.
    PaperOut,
    /// Paper is stuck.
    PaperJam,
    /// A cover or door is open.
    CoverOpen,
    /// There is no ink or toner.
    InkOut,
    /// There is no room for printed pages.
    OutputFull,
    /// A tray is missing.
    TrayMissing,
    /// The printer is switched off or cannot be reached.
    Offline,
    /// Somebody stopped the printer on this computer, or the service did after an error.
    Paused,
    /// The job, or every new one, is held until somebody releases it.
    Held,
    /// The printer wants a name and a password of its own.
    SignIn,
    /// The printer's driver is missing or is refused by the system.
    Driver,
    /// The print service has no room on its disk.
    SpoolFull,
    /// It says that something is wrong, and not what.
    Other,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintProgress {
    /// The document goes to the print service.
    Sending,
    /// The print service has it; others are before it, or the printer has not begun.
    Queued,
    /// The printer has begun.
    Printing {
        /// Pages that are out, all copies together; 0 also where the printer does not count.
        pages: u32,
    },
    /// Nothing moves until somebody sees to this.
    Waiting(Problem),
}

/// What the person wants, asked at each look at the job: several times a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continue {
    /// Go on.
    Yes,
    /// Take the job back. Pages that are out stay out.
    Withdraw,
}

/// What the print service keeps of the document once the job is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spooled {
    /// Nothing that it still lists: the job and its file are removed. Old blocks of the drive are
    /// not overwritten.
    Removed,
    /// It did not allow that: it may keep the document for a while (CUPS: a day, unless it is set
    /// otherwise).
    Kept,
}

/// How a job ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintEnd {
    /// The print service says that all of it is printed. Only a look at the paper shows that it is.
    Printed(Spooled),
    /// It was taken back as the person wished.
    Withdrawn(Spooled),
}

/// Why nothing was, or will be, printed. None of them carries anything of the document.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PrintError {
    /// No print service runs on this computer.
    #[error("no print service answers on this computer")]
    NoService,
    /// The settings name a print service on another computer, which is not asked: nothing leaves
    /// this one.
    #[error("the print service is set to another computer: {server}")]
    RemoteService {
        /// The name in the settings.
        server: String,
    },
    /// The print service runs and did not answer in time. Before a job was sent, nothing is
    /// printed; afterwards the job may still be.
    #[error("the print service did not answer in time")]
    NoAnswer,
    /// No printer is set up.
    #[error("no printer is set up")]
    NoPrinter,
    /// The printer is not set up any more.
    #[error("this printer is not set up any more")]
    UnknownPrinter,
    /// The printer takes no jobs.
    #[error("the printer takes no jobs")]
    NotAccepting,
    /// The print service does not let this person print there.
    #[error("this person may not print there")]
    NotAllowed,
    /// The print service has no way from a PDF to this printer.
    #[error("the printer does not take this kind of document")]
    FormatRefused,
    /// The print service has no room for the document, on its disk or in this person's share of it.
    #[error("the print service has no room for the document")]
    NoRoom,
    /// The job was cancelled at the printer or by another program.
    #[error("the job was cancelled elsewhere")]
    CancelledElsewhere {
        /// What the service keeps of it.
        spooled: Spooled,
    },
    /// The print service gave the job up.
    #[error("the print service gave the job up")]
    GivenUp {
        /// What the printer named last.
        problem: Option<Problem>,
        /// What the service keeps of it.
        spooled: Spooled,
    },
    /// Nothing moved for the whole patience, and the job was taken back: a sheet must not come out
    /// when nobody waits for it any more.
    #[error("the printer did not finish in time")]
    NotInTime {
        /// What it waited for.
        problem: Option<Problem>,
        /// Whether the service confirmed that the job is cancelled. Else it may still be printed.
        withdrawn: bool,
        /// What the service keeps of it.
        spooled: Spooled,
    },
    /// The print service no longer knows the job, so nobody can say whether it was printed.
    #[error("the print service lost the job")]
    Lost,
    /// The document has no such page, or it could not be drawn.
    #[error("the pages could not be drawn")]
    NotDrawn,
    /// Anything else.
    #[error("printing failed")]
    Failed,
}

/// A page as pixels, for systems whose printers take no PDF.
pub struct GreyPage {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height` bytes, rows from the top, no padding; 0 is black, 255 is paper. Wiped when
    /// dropped.
    pub pixels: Zeroizing<Vec<u8>>,
}

/// What is printed: a document in memory, in the two forms that systems ask for.
pub trait Document: Sync {
    /// The whole PDF.
    fn pdf(&self) -> &[u8];

    /// How many pages it has.
    fn pages(&self) -> usize;

    /// Page `page`, counted from 0, the whole sheet of paper at `dpi` dots an inch. `None` where it
    /// cannot be drawn.
    fn draw(&self, page: usize, dpi: u32) -> Option<GreyPage>;
}

/// One job: black on white, on one side, at its true size.
#[derive(Clone, Copy)]
pub struct PrintJob<'a> {
    /// On which printer.
    pub printer: &'a PrinterId,
    /// What queues and the printer's own screen show, to anybody. It must say nothing of whose
    /// sheet it is.
    pub title: &'a str,
    /// What is printed.
    pub document: &'a dyn Document,
    /// On which paper.
    pub paper: Paper,
    /// How often, at most the printer's `copies_max`.
    pub copies: NonZeroU8,
}

/// The printers of this computer.
pub trait Printer: Send + Sync {
    /// The printers that are set up, at least one, the default first and the others by name.
    ///
    /// # Errors
    /// [`PrintError::NoPrinter`] where there is none; else why nobody can say.
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError>;

    /// Prints `job` and stays until it is over, at most as long as the adapter's patience after the
    /// last change. `watch` is told how far it is and says whether to go on.
    ///
    /// # Errors
    /// Why it is not printed.
    fn print(
        &self,
        job: &PrintJob<'_>,
        watch: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError>;
}
