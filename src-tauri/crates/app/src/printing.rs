//! Prints a PDF from memory: one job, its progress, and withdrawing it.

use std::num::NonZeroU8;

use raster::OpenError;
use thiserror::Error;
use usecases::ports::printer::{
    Continue, Document, GreyPage, Paper, PrintEnd, PrintError, PrintJob, PrintProgress, Printer,
    PrinterId,
};
use zeroize::Zeroizing;

use crate::jobs::Jobs;

/// The title of a sheet's job, which queues and printers show to anybody.
pub const SHEET_TITLE: &str = "Recovery sheet";

/// The title of the job of recovery pages.
pub const PAGES_TITLE: &str = "Recovery pages";

/// The title of the job of a list of another service's codes.
pub const SERVICE_CODES_TITLE: &str = "Codes of another service";

/// Why a document was not printed.
#[derive(Debug, Error)]
pub enum PrintingError {
    /// The PDF cannot be opened.
    #[error(transparent)]
    Document(#[from] OpenError),
    /// The printer or the print service failed.
    #[error(transparent)]
    Print(#[from] PrintError),
}

/// The choices for a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintOrder<'a> {
    /// The printer.
    pub printer: PrinterId,
    /// The job's title; it must not say whose sheet it is.
    pub title: &'a str,
    /// The paper to print on.
    pub paper: Paper,
    /// Number of copies.
    pub copies: NonZeroU8,
}

/// A PDF in memory, rasterised for printers that take pixels.
pub struct PdfInMemory<'a> {
    pdf: &'a [u8],
    pages: usize,
}

impl<'a> PdfInMemory<'a> {
    /// Counts the pages of a PDF.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn new(pdf: &'a [u8]) -> Result<Self, OpenError> {
        let pages = raster::pages(pdf)?;
        Ok(Self { pdf, pages })
    }
}

impl Document for PdfInMemory<'_> {
    fn pdf(&self) -> &[u8] {
        self.pdf
    }

    fn pages(&self) -> usize {
        self.pages
    }

    fn draw(&self, page: usize, dpi: u32) -> Option<GreyPage> {
        let drawn = raster::render(self.pdf, page, dpi as f32).ok()?;
        Some(GreyPage {
            width: drawn.width(),
            height: drawn.height(),
            pixels: Zeroizing::new(drawn.pixels().to_vec()),
        })
    }
}

/// Prints a PDF and waits until the job is over. `report` is called at each change of the progress;
/// withdrawing `jobs` withdraws the job.
///
/// # Errors
/// See [`PrintingError`].
pub fn print(
    printer: &dyn Printer,
    jobs: &Jobs,
    order: &PrintOrder<'_>,
    pdf: &[u8],
    report: &mut dyn FnMut(PrintProgress),
) -> Result<PrintEnd, PrintingError> {
    let document = PdfInMemory::new(pdf)?;
    let job = PrintJob {
        printer: &order.printer,
        title: order.title,
        document: &document,
        paper: order.paper,
        copies: order.copies,
    };
    let withdrawn = jobs.begin();
    let mut last = None;
    let end = printer.print(&job, &mut |progress| {
        if last.replace(progress) != Some(progress) {
            report(progress);
        }
        match withdrawn() {
            true => Continue::Withdraw,
            false => Continue::Yes,
        }
    })?;
    Ok(end)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use std::cell::Cell;

    use usecases::ports::printer::{PrinterInfo, Problem, Spooled};

    use super::*;
    use crate::testing::sheet_pdf;

    /// Reports the steps of a script, and is withdrawn when asked to be.
    struct ScriptedPrinter(&'static [PrintProgress]);

    impl Printer for ScriptedPrinter {
        fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
            Err(PrintError::NoPrinter)
        }

        fn print(
            &self,
            job: &PrintJob<'_>,
            watch: &mut dyn FnMut(PrintProgress) -> Continue,
        ) -> Result<PrintEnd, PrintError> {
            assert_eq!((job.title, job.document.pages()), (SHEET_TITLE, 1));
            for step in self.0 {
                if watch(*step) == Continue::Withdraw {
                    return Ok(PrintEnd::Withdrawn(Spooled::Removed));
                }
            }
            Ok(PrintEnd::Printed(Spooled::Removed))
        }
    }

    const SCRIPT: ScriptedPrinter = ScriptedPrinter(&[
        PrintProgress::Sending,
        PrintProgress::Queued,
        PrintProgress::Queued,
        PrintProgress::Waiting(Problem::PaperOut),
        PrintProgress::Queued,
    ]);

    fn order() -> PrintOrder<'static> {
        PrintOrder {
            printer: PrinterId("queue".to_owned()),
            title: SHEET_TITLE,
            paper: Paper::A4,
            copies: NonZeroU8::MIN,
        }
    }

    #[test]
    fn each_change_of_the_progress_is_reported_once() {
        let mut told = Vec::new();
        let end = print(
            &SCRIPT,
            &Jobs::default(),
            &order(),
            &sheet_pdf(3),
            &mut |progress| told.push(progress),
        );
        assert_eq!(end.unwrap(), PrintEnd::Printed(Spooled::Removed));
        let changes = [
            PrintProgress::Sending,
            PrintProgress::Queued,
            PrintProgress::Waiting(Problem::PaperOut),
            PrintProgress::Queued,
        ];
        assert_eq!(told, changes);
    }

    #[test]
    fn a_job_is_withdrawn_while_it_runs() {
        let (jobs, told) = (Jobs::default(), Cell::new(0));
        let end = print(&SCRIPT, &jobs, &order(), &sheet_pdf(3), &mut |_| {
            told.set(told.get() + 1);
            if told.get() == 2 {
                jobs.withdraw();
            }
        });
        assert_eq!(end.unwrap(), PrintEnd::Withdrawn(Spooled::Removed));
        assert_eq!(told.get(), 2);
    }

    #[test]
    fn a_document_that_is_no_pdf_is_not_printed() {
        let printed = print(&SCRIPT, &Jobs::default(), &order(), b"text", &mut |_| {});
        assert!(matches!(printed, Err(PrintingError::Document(_))));
    }

    #[test]
    fn pages_are_rasterised_at_the_asked_resolution() {
        let pdf = sheet_pdf(3);
        let document = PdfInMemory::new(&pdf).unwrap();
        let page = document.draw(0, 100).unwrap();
        assert_eq!(page.pixels.len(), (page.width * page.height) as usize);
        // A4 is 8.27 inches wide.
        assert!((820..=830).contains(&page.width));
        assert!(document.draw(1, 100).is_none());
    }
}
