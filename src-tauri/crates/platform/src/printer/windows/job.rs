//! One job: draws it page by page, follows it to its end, and cancels it on request.

use std::ptr;
use std::thread::sleep;
use std::time::{Duration, Instant};

use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, Problem, Spooled,
};
use windows_sys::Win32::Graphics::Printing::{
    GetJobW, GetPrinterW, JOB_CONTROL_DELETE, JOB_INFO_1W, JOB_STATUS_COMPLETE, JOB_STATUS_DELETED,
    JOB_STATUS_DELETING, JOB_STATUS_PRINTED, JOB_STATUS_PRINTING, JOB_STATUS_RETAINED,
    PRINTER_INFO_2W, SetJobW,
};

use super::list::Device;
use super::page::{Mode, Spooling};
use super::spooler::{OpenPrinter, buffer, failure, job_problem, printer_problem, text, wide};
use crate::printer::patience::Patience;

/// Highest resolution of a page in dots per inch: twelve dots to a module of the smallest QR
/// symbol.
const MAX_DPI: u32 = 600;

/// Limit for a cancelled job to stop.
const STOP_PATIENCE: Duration = Duration::from_secs(35);

/// See [`usecases::ports::Printer::print`].
pub(in crate::printer) fn print(
    patience: &Patience,
    job: &PrintJob<'_>,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    let name = wide(&job.printer.0);
    let printer = OpenPrinter::new(&name)?;
    let (_, port) = status_and_port(&printer)?;
    let device = Device {
        name: name.clone(),
        port: wide(&port),
    };
    let mode = Mode::new(
        &printer,
        &name,
        job.paper,
        job.copies.min(device.copies_max()),
    )?;
    if watch(PrintProgress::Sending) == Continue::Withdraw {
        return Ok(PrintEnd::Withdrawn(Spooled::Removed));
    }
    let spooling = Spooling::start(&name, &mode, job.title)?;
    let (horizontal, vertical) = spooling.dpi();
    let dpi = horizontal.max(vertical).min(MAX_DPI);
    for number in 0..job.document.pages() {
        if watch(PrintProgress::Sending) == Continue::Withdraw {
            // Dropping the document aborts it.
            return Ok(PrintEnd::Withdrawn(Spooled::Removed));
        }
        let page = job.document.draw(number, dpi).ok_or(PrintError::NotDrawn)?;
        spooling.page(&page, dpi)?;
    }
    let sent = SentJob {
        id: spooling.job(),
        printer,
        patience,
    };
    spooling.finish()?;
    sent.follow(watch)
}

/// A printer's status bits and the name of its port.
fn status_and_port(printer: &OpenPrinter) -> Result<(u32, String), PrintError> {
    let mut needed = 0;
    // SAFETY: without a buffer it only returns the size it needs.
    unsafe { GetPrinterW(printer.handle(), 2, ptr::null_mut(), 0, &mut needed) };
    let mut space = buffer(needed);
    if (needed as usize) < size_of::<PRINTER_INFO_2W>() {
        return Err(failure());
    }
    // SAFETY: the buffer has that many bytes and is aligned for the structure.
    let done = unsafe {
        GetPrinterW(
            printer.handle(),
            2,
            space.as_mut_ptr().cast(),
            needed,
            &mut needed,
        )
    };
    if done == 0 {
        return Err(failure());
    }
    // SAFETY: the spooler has written the structure and its strings into the buffer.
    unsafe {
        let info: &PRINTER_INFO_2W = &*space.as_ptr().cast();
        Ok((info.Status, text(info.pPortName).unwrap_or_default()))
    }
}

/// A job that the spooler has.
struct SentJob<'a> {
    id: u32,
    printer: OpenPrinter,
    patience: &'a Patience,
}

/// State of a job in the spooler.
enum JobStatus {
    Going(PrintProgress),
    Printed {
        retained: bool,
    },
    Deleted,
    /// No longer in the queue: printed jobs leave it.
    Gone,
}

impl SentJob<'_> {
    fn follow(
        &self,
        watch: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError> {
        let mut shown = PrintProgress::Queued;
        let mut changed = Instant::now();
        loop {
            match self.look()? {
                JobStatus::Going(now) if now == shown => {}
                JobStatus::Going(now) => (shown, changed) = (now, Instant::now()),
                JobStatus::Printed { retained } => {
                    return Ok(PrintEnd::Printed(self.remove(retained)));
                }
                JobStatus::Gone => return Ok(PrintEnd::Printed(Spooled::Removed)),
                JobStatus::Deleted => {
                    let spooled = Spooled::Removed;
                    return Err(PrintError::CancelledElsewhere { spooled });
                }
            }
            if watch(shown) == Continue::Withdraw {
                let deleted = self.delete();
                return match (self.wait_until_gone(), deleted) {
                    (true, true) => Ok(PrintEnd::Withdrawn(Spooled::Removed)),
                    // It was printed before it could be cancelled.
                    (true, false) => Ok(PrintEnd::Printed(Spooled::Removed)),
                    (false, _) => Err(PrintError::Lost),
                };
            }
            if changed.elapsed() > self.patience.still {
                let problem = match shown {
                    PrintProgress::Waiting(problem) => Some(problem),
                    _ => None,
                };
                self.delete();
                let withdrawn = self.wait_until_gone();
                let spooled = match withdrawn {
                    true => Spooled::Removed,
                    false => Spooled::Kept,
                };
                return Err(PrintError::NotInTime {
                    problem,
                    withdrawn,
                    spooled,
                });
            }
            sleep(self.patience.look);
        }
    }

    fn look(&self) -> Result<JobStatus, PrintError> {
        let mut needed = 0;
        // SAFETY: without a buffer it only returns the size it needs.
        unsafe {
            GetJobW(
                self.printer.handle(),
                self.id,
                1,
                ptr::null_mut(),
                0,
                &mut needed,
            )
        };
        if (needed as usize) < size_of::<JOB_INFO_1W>() {
            return self.gone();
        }
        let mut space = buffer(needed);
        // SAFETY: the buffer has that many bytes and is aligned for the structure.
        let done = unsafe {
            GetJobW(
                self.printer.handle(),
                self.id,
                1,
                space.as_mut_ptr().cast(),
                needed,
                &mut needed,
            )
        };
        if done == 0 {
            return self.gone();
        }
        // SAFETY: the spooler has written the structure into the buffer.
        let job: &JOB_INFO_1W = unsafe { &*space.as_ptr().cast() };
        let status = job.Status;
        if status & (JOB_STATUS_DELETED | JOB_STATUS_DELETING) != 0 {
            return Ok(JobStatus::Deleted);
        }
        if status & (JOB_STATUS_PRINTED | JOB_STATUS_COMPLETE) != 0 {
            let retained = status & JOB_STATUS_RETAINED != 0;
            return Ok(JobStatus::Printed { retained });
        }
        let problem = match self.printer_problem()? {
            Some(problem) => Some(problem),
            None => job_problem(status),
        };
        Ok(JobStatus::Going(match problem {
            Some(problem) => PrintProgress::Waiting(problem),
            None if status & JOB_STATUS_PRINTING != 0 => PrintProgress::Printing {
                pages: job.PagesPrinted,
            },
            None => PrintProgress::Queued,
        }))
    }

    /// Interprets a missing job: if the spooler still knows the printer, the job has left the
    /// queue.
    fn gone(&self) -> Result<JobStatus, PrintError> {
        status_and_port(&self.printer).map(|_| JobStatus::Gone)
    }

    fn printer_problem(&self) -> Result<Option<Problem>, PrintError> {
        Ok(printer_problem(status_and_port(&self.printer)?.0))
    }

    /// Waits until the queue no longer has the job, within [`STOP_PATIENCE`].
    fn wait_until_gone(&self) -> bool {
        let start = Instant::now();
        while start.elapsed() < STOP_PATIENCE {
            if matches!(self.look(), Ok(JobStatus::Gone)) {
                return true;
            }
            sleep(self.patience.look);
        }
        false
    }

    /// Deletes the job if the queue retains printed documents.
    fn remove(&self, retained: bool) -> Spooled {
        if !retained || self.delete() {
            Spooled::Removed
        } else {
            Spooled::Kept
        }
    }

    fn delete(&self) -> bool {
        // SAFETY: level 0 has no structure.
        let done = unsafe {
            SetJobW(
                self.printer.handle(),
                self.id,
                0,
                ptr::null(),
                JOB_CONTROL_DELETE,
            )
        };
        done != 0
    }
}
