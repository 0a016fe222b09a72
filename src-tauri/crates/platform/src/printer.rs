//! Printing from memory: to the print service of this computer, with nothing written to the disk by the app.
//!
//! Linux and macOS have CUPS, which takes the PDF. Windows takes the pages as pixels. What the service itself keeps
//! while it prints, and afterwards, is in docs/printing.md.

#[cfg(unix)]
mod cups;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::time::Duration;

use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, Printer, PrinterInfo,
};

#[cfg(unix)]
use cups as system;
#[cfg(target_os = "linux")]
use linux as defaults;
#[cfg(target_os = "macos")]
use macos as defaults;
#[cfg(windows)]
use windows as system;

/// How long to wait, and for what.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For one answer of the print service.
    pub answer: Duration,
    /// For a job on which nothing changes: somebody may have to fetch paper.
    pub still: Duration,
    /// For a job that does not come on while its printer only warns, before the warning is taken for the reason.
    pub doubt: Duration,
    /// Between two looks at a job.
    pub look: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(10),
            still: Duration::from_secs(10 * 60),
            doubt: Duration::from_secs(8),
            look: Duration::from_millis(250),
        }
    }
}

/// The printers that are set up on this computer. Its calls block: give them a thread of their own.
#[derive(Default)]
pub struct SystemPrinter {
    patience: Patience,
}

impl SystemPrinter {
    /// The print service of this computer.
    pub fn new(patience: Patience) -> Self {
        Self { patience }
    }
}

impl Printer for SystemPrinter {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        system::printers(&self.patience)
    }

    fn print(
        &self,
        job: &PrintJob<'_>,
        watch: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError> {
        system::print(&self.patience, job, watch)
    }
}

/// The default first, the others by the name that a person reads.
fn in_order(mut printers: Vec<PrinterInfo>) -> Result<Vec<PrinterInfo>, PrintError> {
    if printers.is_empty() {
        return Err(PrintError::NoPrinter);
    }
    printers.sort_by_cached_key(|it| (!it.is_default, it.name.to_lowercase(), it.id.0.clone()));
    Ok(printers)
}
