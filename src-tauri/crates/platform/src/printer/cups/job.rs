//! One job: sends it, follows it to its end, cancels it on request, and removes it from the spool.

use std::thread::sleep;
use std::time::{Duration, Instant};

use ipp::model::{JobState, Operation, StatusCode};
use ipp::value::IppValue;
use usecases::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, Problem, Spooled,
};

use super::link::Link;
use super::pace::Pace;
use super::queue::Queue;
use super::request::{Request, check};
use super::status::{self, JobStatus};
use crate::printer::patience::Patience;

/// Limit for a cancelled job to stop: CUPS kills a backend that does not react after 30 seconds.
const STOP_PATIENCE: Duration = Duration::from_secs(35);

/// See [`usecases::ports::Printer::print`].
pub(super) fn print(
    link: &Link,
    user: &str,
    patience: &Patience,
    job: &PrintJob<'_>,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    let queue = Queue::new(link, user, job.printer);
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

/// A job that the print service has.
struct SentJob<'a> {
    id: i32,
    queue: Queue<'a>,
    patience: &'a Patience,
}

impl SentJob<'_> {
    fn follow(
        &self,
        watch: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError> {
        let mut shown = PrintProgress::Queued;
        let (mut changed, mut answered) = (Instant::now(), Instant::now());
        let mut pace = Pace::new(self.patience.doubt);
        loop {
            match self.look() {
                Ok(JobStatus::Over(state, problem)) => return self.conclude(state, problem),
                Ok(JobStatus::Ending) => answered = Instant::now(),
                Ok(status) => {
                    answered = Instant::now();
                    if let Some(now) = pace.shown(status).filter(|now| *now != shown) {
                        (shown, changed) = (now, Instant::now());
                    }
                }
                // The service may be restarting; its jobs survive that.
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

    fn look(&self) -> Result<JobStatus, PrintError> {
        let request = self
            .request(Operation::GetJobAttributes)?
            .asking_for(status::WANTED)?;
        let (code, answer) = self.queue.link.send("/", request.get(), &[])?;
        check(code)?;
        JobStatus::read(&answer, &self.queue)
    }

    fn conclude(&self, state: JobState, problem: Option<Problem>) -> Result<PrintEnd, PrintError> {
        let spooled = self.remove();
        match state {
            JobState::Completed => Ok(PrintEnd::Printed(spooled)),
            JobState::Canceled => Err(PrintError::CancelledElsewhere { spooled }),
            _ => Err(PrintError::GivenUp { problem, spooled }),
        }
    }

    /// Cancels the job at the person's request.
    fn withdraw(&self) -> Result<PrintEnd, PrintError> {
        match self.cancel() {
            // It was complete before it could be cancelled.
            Some(JobState::Completed) => Ok(PrintEnd::Printed(self.remove())),
            Some(_) => Ok(PrintEnd::Withdrawn(self.remove())),
            None => Err(PrintError::Lost),
        }
    }

    /// Cancels a job that stood still for too long.
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

    /// Cancels the job and waits until it is over: a job that is purged at once takes its backend
    /// with it, and then nobody tells the printer. `None` if the service did not stop it or is
    /// gone.
    fn cancel(&self) -> Option<JobState> {
        let start = Instant::now();
        let mut requested = false;
        loop {
            let in_time = start.elapsed() < STOP_PATIENCE;
            if !requested {
                match self.request_cancel() {
                    Ok(()) => requested = true,
                    Err(PrintError::NoService | PrintError::NoAnswer) if in_time => {}
                    Err(_) => return None,
                }
            }
            match self.look() {
                Ok(JobStatus::Over(state, _)) => return Some(state),
                Ok(JobStatus::Ending) if !in_time => return Some(JobState::Canceled),
                // The service keeps no history.
                Err(PrintError::UnknownPrinter) if requested => return Some(JobState::Canceled),
                _ if in_time => sleep(self.patience.look),
                _ => return None,
            }
        }
    }

    fn request_cancel(&self) -> Result<(), PrintError> {
        let request = self.request(Operation::CancelJob)?;
        let (status, _) = self.queue.link.send("/jobs/", request.get(), &[])?;
        match status {
            // The answer for a job that is over.
            StatusCode::ClientErrorNotPossible => Ok(()),
            _ => check(status),
        }
    }

    /// Purges the job and its document from the spool, and verifies that the service no longer
    /// knows it.
    fn remove(&self) -> Spooled {
        let purge = || -> Result<bool, PrintError> {
            let request = self
                .request(Operation::CancelJob)?
                .with("purge-job", Ok(IppValue::new_boolean(true)))?;
            let (status, _) = self.queue.link.send("/jobs/", request.get(), &[])?;
            check(status)?;
            Ok(matches!(self.look(), Err(PrintError::UnknownPrinter)))
        };
        if purge().unwrap_or(false) {
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
