//! One job: sent, followed to its end, taken back where the person wishes, and removed from the service's spool.

use std::thread::sleep;
use std::time::Instant;

use ipp::attribute::IppAttributes;
use ipp::model::{DelimiterTag, JobState, Operation, StatusCode};
use ipp::value::IppValue;
use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, Problem, Spooled,
};

use super::link::Link;
use super::queue::{self, media};
use super::reasons;
use super::request::{Described, Request, escaped, judge};
use crate::printer::Patience;

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
    /// The service has cancelled it, and its backend still talks to the printer.
    Ending,
    Over(JobState, Option<Problem>),
}

impl SentJob<'_> {
    fn follow(
        &self,
        watch: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError> {
        let mut shown = PrintProgress::Queued;
        let mut before = shown;
        let (mut changed, mut answered) = (Instant::now(), Instant::now());
        loop {
            match self.look() {
                Ok(Seen::Over(state, problem)) => return self.conclude(state, problem),
                Ok(Seen::Ending) => answered = Instant::now(),
                Ok(Seen::Going(now)) => {
                    answered = Instant::now();
                    // What a printer names in passing, such as the moment in which it is being reached, is no news.
                    let passing = matches!(now, PrintProgress::Waiting(_)) && now != before;
                    before = now;
                    if !passing && now != shown {
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
            PROCESSING => match self.printers_problem()? {
                Some(problem) => Seen::Going(PrintProgress::Waiting(problem)),
                None => Seen::Going(PrintProgress::Printing {
                    pages: pages_out(job),
                }),
            },
            PENDING => match waits().map_or_else(|| self.printers_problem(), |it| Ok(Some(it)))? {
                Some(problem) => Seen::Going(PrintProgress::Waiting(problem)),
                None => Seen::Going(PrintProgress::Queued),
            },
            HELD => Seen::Going(PrintProgress::Waiting(waits().unwrap_or(Problem::Held))),
            STOPPED => Seen::Going(PrintProgress::Waiting(
                self.printers_problem()?
                    .or_else(waits)
                    .unwrap_or(Problem::Paused),
            )),
            COMPLETED => Seen::Over(JobState::Completed, None),
            _ if reasons().any(|it| it == "processing-to-stop-point") => Seen::Ending,
            CANCELLED => Seen::Over(JobState::Canceled, None),
            _ => Seen::Over(JobState::Aborted, self.why_given_up(reasons())),
        })
    }

    /// What the printer waits for. Where it is stopped this is more telling than what the job says.
    fn printers_problem(&self) -> Result<Option<Problem>, PrintError> {
        let answer = self
            .queue
            .describe(&["printer-state", "printer-state-reasons"])?;
        Ok(Described::all(&answer, DelimiterTag::PrinterAttributes)
            .next()
            .and_then(queue::problem))
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
        self.printers_problem().ok().flatten()
    }

    fn conclude(&self, state: JobState, problem: Option<Problem>) -> Result<PrintEnd, PrintError> {
        let spooled = self.remove();
        match state {
            JobState::Completed => Ok(PrintEnd::Printed(spooled)),
            JobState::Canceled => Err(PrintError::CancelledElsewhere),
            _ => Err(PrintError::GivenUp { problem }),
        }
    }

    /// Takes the job back at the person's wish.
    fn withdraw(&self) -> Result<PrintEnd, PrintError> {
        match self.cancel()? {
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
            Ok(Some(JobState::Completed)) => Ok(PrintEnd::Printed(self.remove())),
            outcome => {
                self.remove();
                Err(PrintError::NotInTime {
                    problem,
                    withdrawn: matches!(outcome, Ok(Some(_))),
                })
            }
        }
    }

    /// Cancels the job and waits until it is over: a job that is removed at once takes its backend with it, and then
    /// nobody tells the printer. `None` where it did not end.
    fn cancel(&self) -> Result<Option<JobState>, PrintError> {
        let request = self.request(Operation::CancelJob)?;
        let (status, _) = self.queue.link.send("/jobs/", request.get(), &[])?;
        // "Not possible" is said of a job that is over.
        if status != StatusCode::ClientErrorNotPossible {
            judge(status)?;
        }
        let start = Instant::now();
        // The service kills a backend that does not listen after 30 seconds.
        while start.elapsed() < self.patience.answer * 4 {
            match self.look() {
                Ok(Seen::Over(state, _)) => return Ok(Some(state)),
                Ok(_) => sleep(self.patience.look),
                Err(_) => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Removes the job and its document from the service's spool, and looks whether it is gone.
    fn remove(&self) -> Spooled {
        let gone = || {
            let request = self
                .request(Operation::CancelJob)?
                .with("purge-job", Ok(IppValue::new_boolean(true)))?;
            let (status, _) = self.queue.link.send("/jobs/", request.get(), &[])?;
            judge(status)?;
            Ok(matches!(self.look(), Err(PrintError::UnknownPrinter)))
        };
        if gone().unwrap_or_else(|_: PrintError| false) {
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
