//! One job: drawn page by page, followed to its end, taken back where the person wishes.

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
use super::spooler::{Open, buffer, failure, jobs_problem, printers_problem, text, wide};
use crate::printer::Patience;

/// As fine as a page is drawn: twelve dots to a module of the smallest QR symbol.
const FINEST: u32 = 600;

/// How long a cancelled job may take to stop.
const STOP_PATIENCE: Duration = Duration::from_secs(35);

/// See [`usecases::ports::Printer::print`].
pub(in crate::printer) fn print(
    patience: &Patience,
    job: &PrintJob<'_>,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    let name = wide(&job.printer.0);
    let printer = Open::new(&name)?;
    let (_, port) = printers_state(&printer)?;
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
    let (across, down) = spooling.dpi();
    let dpi = across.max(down).min(FINEST);
    for number in 0..job.document.pages() {
        if watch(PrintProgress::Sending) == Continue::Withdraw {
            // Dropping it takes it back.
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
fn printers_state(printer: &Open) -> Result<(u32, String), PrintError> {
    let mut needed = 0;
    // SAFETY: without a buffer it only tells how many bytes it needs.
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
    // SAFETY: the spooler has written it, and what it points to, into the buffer.
    unsafe {
        let info: &PRINTER_INFO_2W = &*space.as_ptr().cast();
        Ok((info.Status, text(info.pPortName).unwrap_or_default()))
    }
}

/// A job that the spooler has.
struct SentJob<'a> {
    id: u32,
    printer: Open,
    patience: &'a Patience,
}

/// How the spooler sees a job.
enum Seen {
    Going(PrintProgress),
    Printed {
        retained: bool,
    },
    Deleted,
    /// It is no longer in the queue. Printed jobs leave it.
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
                Seen::Going(now) if now == shown => {}
                Seen::Going(now) => (shown, changed) = (now, Instant::now()),
                Seen::Printed { retained } => return Ok(PrintEnd::Printed(self.remove(retained))),
                Seen::Gone => return Ok(PrintEnd::Printed(Spooled::Removed)),
                Seen::Deleted => {
                    let spooled = Spooled::Removed;
                    return Err(PrintError::CancelledElsewhere { spooled });
                }
            }
            if watch(shown) == Continue::Withdraw {
                let deleted = self.delete();
                return match (self.leaves(), deleted) {
                    (true, true) => Ok(PrintEnd::Withdrawn(Spooled::Removed)),
                    // It was done before it could be taken back.
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
                let withdrawn = self.leaves();
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

    fn look(&self) -> Result<Seen, PrintError> {
        let mut needed = 0;
        // SAFETY: without a buffer it only tells how many bytes it needs.
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
        // SAFETY: the spooler has written it into the buffer.
        let job: &JOB_INFO_1W = unsafe { &*space.as_ptr().cast() };
        let status = job.Status;
        if status & (JOB_STATUS_DELETED | JOB_STATUS_DELETING) != 0 {
            return Ok(Seen::Deleted);
        }
        if status & (JOB_STATUS_PRINTED | JOB_STATUS_COMPLETE) != 0 {
            let retained = status & JOB_STATUS_RETAINED != 0;
            return Ok(Seen::Printed { retained });
        }
        let problem = match self.printers_problem()? {
            Some(problem) => Some(problem),
            None => jobs_problem(status),
        };
        Ok(Seen::Going(match problem {
            Some(problem) => PrintProgress::Waiting(problem),
            None if status & JOB_STATUS_PRINTING != 0 => PrintProgress::Printing {
                pages: job.PagesPrinted,
            },
            None => PrintProgress::Queued,
        }))
    }

    /// What it means that the spooler tells nothing of the job: where it tells of the printer, the job has left.
    fn gone(&self) -> Result<Seen, PrintError> {
        printers_state(&self.printer).map(|_| Seen::Gone)
    }

    fn printers_problem(&self) -> Result<Option<Problem>, PrintError> {
        Ok(printers_problem(printers_state(&self.printer)?.0))
    }

    /// Waits until the queue no longer has the job.
    fn leaves(&self) -> bool {
        let start = Instant::now();
        while start.elapsed() < STOP_PATIENCE {
            if matches!(self.look(), Ok(Seen::Gone)) {
                return true;
            }
            sleep(self.patience.look);
        }
        false
    }

    /// A queue that keeps printed documents keeps this one too, unless it is told otherwise.
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
