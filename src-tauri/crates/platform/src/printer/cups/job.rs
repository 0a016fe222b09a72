//! One job: sent, followed to its end, taken back where the person wishes, and removed from the service's spool.

use std::thread::sleep;
use std::time::{Duration, Instant};

use ipp::attribute::IppAttributes;
use ipp::model::{DelimiterTag, JobState, Operation, StatusCode};
use ipp::value::IppValue;
use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, Problem, Spooled,
};

use super::link::Link;
use super::queue::{self, PRINTING, media};
use super::reasons::{self, Said};
use super::request::{Described, Request, escaped, judge};
use crate::printer::Patience;

/// How long a cancelled job may take to stop: CUPS kills a backend that does not listen after 30 seconds.
const STOP_PATIENCE: Duration = Duration::from_secs(35);

const PDF: &str = "application/pdf";

/// See [`usecases::ports::Printer::print`].
pub(super) fn print(
    link: &Link,
    user: &str,
    patience: &Patience,
    job: &PrintJob<'_>,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    let queue = Queue {
        link,
        user,
        path: format!("/printers/{}", escaped(&job.printer.0)),
    };
    queue.require_pdf()?;
    if watch(PrintProgress::Sending) == Continue::Withdraw {
        return Ok(PrintEnd::Withdrawn(Spooled::Removed));
    }
    let sent = SentJob {
        id: queue.send(job)?,
        queue,
        patience,
    };
    sent.follow(watch)
}

/// The queue that a job goes to.
struct Queue<'a> {
    link: &'a Link,
    user: &'a str,
    path: String,
}

impl Queue<'_> {
    fn uri(&self) -> String {
        format!("ipp://localhost{}", self.path)
    }

    fn request(&self, operation: Operation) -> Result<Request, PrintError> {
        Request::new(operation, Some(("printer-uri", &self.uri())), self.user)
    }

    fn describe(&self, names: &[&str]) -> Result<IppAttributes, PrintError> {
        let request = self
            .request(Operation::GetPrinterAttributes)?
            .asking_for(names)?;
        let (status, answer) = self.link.send("/", request.get(), &[])?;
        judge(status)?;
        Ok(answer)
    }

    /// A PDF that a queue cannot convert would come out as a heap of paper.
    fn require_pdf(&self) -> Result<(), PrintError> {
        let answer = self.describe(&["document-format-supported"])?;
        let known = Described::all(&answer, DelimiterTag::PrinterAttributes)
            .any(|it| it.words("document-format-supported").any(|it| it == PDF));
        known.then_some(()).ok_or(PrintError::FormatRefused)
    }

    /// Sends the document. Gives the job's number.
    fn send(&self, job: &PrintJob<'_>) -> Result<i32, PrintError> {
        let keyword = IppValue::new_keyword;
        let request = self
            .request(Operation::PrintJob)?
            .with("job-name", IppValue::new_name_without_language(job.title))?
            .with("document-format", IppValue::new_mime_media_type(PDF))?
            // What the printer cannot do is left out, and the sheet is printed all the same.
            .with("ipp-attribute-fidelity", Ok(IppValue::new_boolean(false)))?
            .with_job("copies", Ok(IppValue::new_integer(job.copies.get().into())))?
            .with_job("media", keyword(media(job.paper)))?
            .with_job("sides", keyword("one-sided"))?
            // At its true size: the QR is measured, and the margins are wide enough for any printer.
            .with_job("print-scaling", keyword("none"))?
            .with_job("number-up", Ok(IppValue::new_integer(1)))?
            .with_job("orientation-requested", Ok(IppValue::Enum(PORTRAIT)))?
            .with_job("print-color-mode", keyword("monochrome"))?
            // No cover pages: they would show the job to whoever stands at the printer.
            .with_job(
                "job-sheets",
                keyword("none").map(|none| IppValue::Array(vec![none.clone(), none])),
            )?;
        let (status, answer) = self
            .link
            .send(&self.path, request.get(), job.document.pdf())?;
        judge(status)?;
        Described::all(&answer, DelimiterTag::JobAttributes)
            .find_map(|it| it.number("job-id"))
            .ok_or(PrintError::Failed)
    }
}

const PORTRAIT: i32 = ipp::model::Orientation::Portrait as i32;

/// A job that the print service has.
struct SentJob<'a> {
    id: i32,
    queue: Queue<'a>,
    patience: &'a Patience,
}

/// How the service sees a job.
enum Seen {
    Going(PrintProgress),
    /// It may print well in spite of a warning.
    Warned(PrintProgress, Problem),
    /// The service has cancelled it, and its backend still talks to the printer.
    Ending,
    Over(JobState, Option<Problem>),
}

/// Tells news from what a printer names in passing.
struct Pace {
    /// What the last look saw.
    before: PrintProgress,
    /// When the job last came on, whatever the printer warned of.
    moved: Instant,
    doubt: Duration,
}

impl Pace {
    fn new(patience: &Patience) -> Self {
        Self {
            before: PrintProgress::Queued,
            moved: Instant::now(),
            doubt: patience.doubt,
        }
    }

    /// What is to be shown now; `None` where that has to be seen twice first, such as that the printer cannot be reached:
    /// CUPS says so for a moment of every one.
    fn judge(&mut self, seen: Seen) -> Option<PrintProgress> {
        let (now, warning) = match seen {
            Seen::Going(now) => (now, None),
            Seen::Warned(now, problem) => (now, Some(problem)),
            Seen::Ending | Seen::Over(..) => return None,
        };
        let again = now == self.before;
        self.before = now;
        if !again {
            self.moved = Instant::now();
        }
        match (now, warning) {
            (PrintProgress::Waiting(_), _) if !again => None,
            (_, Some(problem)) if self.moved.elapsed() >= self.doubt => {
                Some(PrintProgress::Waiting(problem))
            }
            _ => Some(now),
        }
    }
}

impl SentJob<'_> {
    fn follow(
        &self,
        watch: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError> {
        let mut shown = PrintProgress::Queued;
        let (mut changed, mut answered) = (Instant::now(), Instant::now());
        let mut pace = Pace::new(self.patience);
        loop {
            match self.look() {
                Ok(Seen::Over(state, problem)) => return self.conclude(state, problem),
                Ok(Seen::Ending) => answered = Instant::now(),
                Ok(seen) => {
                    answered = Instant::now();
                    if let Some(now) = pace.judge(seen).filter(|now| *now != shown) {
                        (shown, changed) = (now, Instant::now());
                    }
                }
                // The service may be starting anew; its jobs outlive that.
                Err(PrintError::NoService | PrintError::NoAnswer)
                    if answered.elapsed() < self.patience.answer => {}
                Err(_) => return Err(PrintError::Lost),
            }
            if watch(shown) == Continue::Withdraw {
                return self.withdraw();
            }
            if changed.elapsed() > self.patience.still {
                return self.give_up(shown);
            }
            sleep(self.patience.look);
        }
    }

    fn look(&self) -> Result<Seen, PrintError> {
        let request = self.request(Operation::GetJobAttributes)?.asking_for(&[
            "job-impressions-completed",
            "job-media-sheets-completed",
            "job-state",
            "job-state-reasons",
        ])?;
        let (status, answer) = self.queue.link.send("/", request.get(), &[])?;
        judge(status)?;
        let job = Described::all(&answer, DelimiterTag::JobAttributes)
            .next()
            .ok_or(PrintError::Failed)?;
        let reasons = || job.words("job-state-reasons");
        let waits = || reasons::of_job(reasons());
        let state = job.number("job-state").ok_or(PrintError::Failed)?;
        Ok(match state {
            PROCESSING => {
                let pages = pages_out(job);
                self.with_printer(PrintProgress::Printing { pages }, None)?
            }
            PENDING => self.with_printer(PrintProgress::Queued, waits())?,
            HELD => Seen::Going(PrintProgress::Waiting(waits().unwrap_or(Problem::Held))),
            // A filter failed: nothing will start this job again, though the queue goes on.
            STOPPED if reasons().any(|it| it.starts_with("cups-filter") || it == WITH_ERRORS) => {
                Seen::Over(JobState::Aborted, Some(Problem::Driver))
            }
            STOPPED => {
                let waits = waits().unwrap_or(Problem::Paused);
                self.with_printer(PrintProgress::Waiting(waits), None)?
            }
            COMPLETED => Seen::Over(JobState::Completed, None),
            // CUPS says this of every cancelled job at first, and of one that never began for ever.
            CANCELLED
                if reasons().any(|it| it == "processing-to-stop-point") && self.is_busy()? =>
            {
                Seen::Ending
            }
            CANCELLED => Seen::Over(JobState::Canceled, None),
            _ => Seen::Over(JobState::Aborted, self.why_given_up(reasons())),
        })
    }

    /// Whether the queue prints anything.
    fn is_busy(&self) -> Result<bool, PrintError> {
        let answer = self.queue.describe(&["printer-state"])?;
        Ok(Described::all(&answer, DelimiterTag::PrinterAttributes)
            .any(|it| it.number("printer-state") == Some(PRINTING)))
    }

    /// How far the job is, with what keeps it: the printer's own word is more telling than the job's.
    fn with_printer(
        &self,
        progress: PrintProgress,
        job_waits: Option<Problem>,
    ) -> Result<Seen, PrintError> {
        Ok(match (self.printer_says()?, job_waits) {
            (Some(Said::Stops(problem)), _) | (None | Some(Said::Warns(_)), Some(problem)) => {
                Seen::Going(PrintProgress::Waiting(problem))
            }
            (Some(Said::Warns(problem)), None) => Seen::Warned(progress, problem),
            (None, None) => Seen::Going(progress),
        })
    }

    fn printer_says(&self) -> Result<Option<Said>, PrintError> {
        let answer = self
            .queue
            .describe(&["printer-state", "printer-state-reasons"])?;
        Ok(Described::all(&answer, DelimiterTag::PrinterAttributes)
            .next()
            .and_then(queue::said))
    }

    fn why_given_up<'r>(&self, mut reasons: impl Iterator<Item = &'r str>) -> Option<Problem> {
        let driver = reasons.any(|it| {
            it.starts_with("document-format")
                || it.starts_with("document-unprintable")
                || it == "unsupported-document-format"
        });
        if driver {
            return Some(Problem::Driver);
        }
        let (Said::Stops(problem) | Said::Warns(problem)) = self.printer_says().ok().flatten()?;
        Some(problem)
    }

    fn conclude(&self, state: JobState, problem: Option<Problem>) -> Result<PrintEnd, PrintError> {
        let spooled = self.remove();
        match state {
            JobState::Completed => Ok(PrintEnd::Printed(spooled)),
            JobState::Canceled => Err(PrintError::CancelledElsewhere { spooled }),
            _ => Err(PrintError::GivenUp { problem, spooled }),
        }
    }

    /// Takes the job back at the person's wish.
    fn withdraw(&self) -> Result<PrintEnd, PrintError> {
        match self.cancel() {
            // It was done before it could be taken back.
            Some(JobState::Completed) => Ok(PrintEnd::Printed(self.remove())),
            Some(_) => Ok(PrintEnd::Withdrawn(self.remove())),
            None => Err(PrintError::Lost),
        }
    }

    fn give_up(&self, shown: PrintProgress) -> Result<PrintEnd, PrintError> {
        let problem = match shown {
            PrintProgress::Waiting(problem) => Some(problem),
            _ => None,
        };
        match self.cancel() {
            Some(JobState::Completed) => Ok(PrintEnd::Printed(self.remove())),
            outcome => Err(PrintError::NotInTime {
                problem,
                withdrawn: outcome.is_some(),
                spooled: self.remove(),
            }),
        }
    }

    /// Cancels the job and waits until it is over: a job that is removed at once takes its backend with it, and then
    /// nobody tells the printer. `None` where the service did not let it be, or is gone.
    fn cancel(&self) -> Option<JobState> {
        let start = Instant::now();
        let mut asked = false;
        loop {
            let in_time = start.elapsed() < STOP_PATIENCE;
            if !asked {
                match self.ask_to_cancel() {
                    Ok(()) => asked = true,
                    Err(PrintError::NoService | PrintError::NoAnswer) if in_time => {}
                    Err(_) => return None,
                }
            }
            match self.look() {
                Ok(Seen::Over(state, _)) => return Some(state),
                Ok(Seen::Ending) if !in_time => return Some(JobState::Canceled),
                // The service keeps no history.
                Err(PrintError::UnknownPrinter) if asked => return Some(JobState::Canceled),
                _ if in_time => sleep(self.patience.look),
                _ => return None,
            }
        }
    }

    fn ask_to_cancel(&self) -> Result<(), PrintError> {
        let request = self.request(Operation::CancelJob)?;
        let (status, _) = self.queue.link.send("/jobs/", request.get(), &[])?;
        match status {
            // That is said of a job that is over.
            StatusCode::ClientErrorNotPossible => Ok(()),
            _ => judge(status),
        }
    }

    /// Removes the job and its document from the service's spool, and looks whether it is gone.
    fn remove(&self) -> Spooled {
        let gone = || -> Result<bool, PrintError> {
            let request = self
                .request(Operation::CancelJob)?
                .with("purge-job", Ok(IppValue::new_boolean(true)))?;
            let (status, _) = self.queue.link.send("/jobs/", request.get(), &[])?;
            judge(status)?;
            Ok(matches!(self.look(), Err(PrintError::UnknownPrinter)))
        };
        if gone().unwrap_or(false) {
            Spooled::Removed
        } else {
            Spooled::Kept
        }
    }

    fn request(&self, operation: Operation) -> Result<Request, PrintError> {
        let uri = format!("ipp://localhost/jobs/{}", self.id);
        Request::new(operation, Some(("job-uri", &uri)), self.queue.user)
    }
}

/// What CUPS says of a job whose filter ended badly, or whose printer reported errors.
const WITH_ERRORS: &str = "job-completed-with-errors";

const PENDING: i32 = JobState::Pending as i32;
const HELD: i32 = JobState::PendingHeld as i32;
const PROCESSING: i32 = JobState::Processing as i32;
const STOPPED: i32 = JobState::ProcessingStopped as i32;
const CANCELLED: i32 = JobState::Canceled as i32;
const COMPLETED: i32 = JobState::Completed as i32;

fn pages_out(job: Described<'_>) -> u32 {
    ["job-impressions-completed", "job-media-sheets-completed"]
        .into_iter()
        .filter_map(|name| job.number(name))
        .find_map(|number| u32::try_from(number).ok().filter(|it| *it > 0))
        .unwrap_or(0)
}
