//! Printing from memory: documents go to this computer's print service, and the app writes nothing
//! to the disk.
//!
//! Linux and macOS have CUPS, which takes the PDF. Windows takes the pages as pixels.
//! `docs/printing.md` says what the service itself keeps during and after a job.

#[cfg(unix)]
mod cups;
mod patience;
#[cfg(windows)]
mod windows;

use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, Printer, PrinterInfo,
};

#[cfg(unix)]
use cups as system;
#[cfg(windows)]
use windows as system;

pub use patience::Patience;

/// The printers that are set up on this computer. Its methods block: call them on their own thread.
#[derive(Default)]
pub struct SystemPrinter {
    patience: Patience,
}

impl SystemPrinter {
    /// This computer's print service.
    pub fn new(patience: Patience) -> Self {
        Self { patience }
    }
}

impl Printer for SystemPrinter {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        let mut printers = system::printers(&self.patience)?;
        if printers.is_empty() {
            return Err(PrintError::NoPrinter);
        }
        // The default first, the others by the name that is shown.
        printers.sort_by_cached_key(|it| (!it.is_default, it.name.to_lowercase(), it.id.0.clone()));
        Ok(printers)
    }

    fn print(
        &self,
        job: &PrintJob<'_>,
        watch: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError> {
        system::print(&self.patience, job, watch)
    }
}
