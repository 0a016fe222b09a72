//! How the service sees a job, from the attributes of the job and of its printer.

use ipp::attribute::IppAttributes;
use ipp::model::{DelimiterTag, JobState};
use usecases::ports::printer::{PrintError, PrintProgress, Problem};

use super::list::{self, PRINTING};
use super::queue::Queue;
use super::reasons::{self, Condition};
use super::request::Described;

/// The attributes of a job that [`JobStatus::read`] needs.
pub(super) const WANTED: &[&str] = &[
    "job-impressions-completed",
    "job-media-sheets-completed",
    "job-state",
    "job-state-reasons",
];

/// In the `job-state-reasons` of a job whose filter failed or whose printer reported errors.
const WITH_ERRORS: &str = "job-completed-with-errors";

const PENDING: i32 = JobState::Pending as i32;
const HELD: i32 = JobState::PendingHeld as i32;
const PROCESSING: i32 = JobState::Processing as i32;
const STOPPED: i32 = JobState::ProcessingStopped as i32;
const CANCELLED: i32 = JobState::Canceled as i32;
const COMPLETED: i32 = JobState::Completed as i32;

/// State of a job.
pub(super) enum JobStatus {
    Going(PrintProgress),
    /// The printer warns, but may be printing well.
    Warned(PrintProgress, Problem),
    /// The service has cancelled it, and its backend still talks to the printer.
    Ending,
    Over(JobState, Option<Problem>),
}

impl JobStatus {
    /// Reads a job's description, and that of its queue where it matters.
    pub(super) fn read(job: &IppAttributes, queue: &Queue<'_>) -> Result<JobStatus, PrintError> {
        let job = Described::all(job, DelimiterTag::JobAttributes)
            .next()
            .ok_or(PrintError::Failed)?;
        let reasons = || job.words("job-state-reasons");
        let waits = || reasons::of_job(reasons());
        let state = job.number("job-state").ok_or(PrintError::Failed)?;
        Ok(match state {
            PROCESSING => {
                let pages = completed_pages(job);
                with_printer(queue, PrintProgress::Printing { pages }, None)?
            }
            PENDING => with_printer(queue, PrintProgress::Queued, waits())?,
            HELD => JobStatus::Going(PrintProgress::Waiting(waits().unwrap_or(Problem::Held))),
            // A filter failed: nothing restarts this job, though the queue continues.
            STOPPED if reasons().any(|it| it.starts_with("cups-filter") || it == WITH_ERRORS) => {
                JobStatus::Over(JobState::Aborted, Some(Problem::Driver))
            }
            STOPPED => {
                let waits = waits().unwrap_or(Problem::Paused);
                with_printer(queue, PrintProgress::Waiting(waits), None)?
            }
            COMPLETED => JobStatus::Over(JobState::Completed, None),
            // CUPS reports this for every cancelled job at first, and permanently for one that
            // never started.
            CANCELLED
                if reasons().any(|it| it == "processing-to-stop-point") && is_busy(queue)? =>
            {
                JobStatus::Ending
            }
            CANCELLED => JobStatus::Over(JobState::Canceled, None),
            _ => JobStatus::Over(JobState::Aborted, why_aborted(queue, reasons())),
        })
    }
}

/// Returns true if the queue prints anything.
fn is_busy(queue: &Queue<'_>) -> Result<bool, PrintError> {
    let answer = queue.describe(&["printer-state"])?;
    Ok(Described::all(&answer, DelimiterTag::PrinterAttributes)
        .any(|it| it.number("printer-state") == Some(PRINTING)))
}

/// Combines the job's progress with what delays it. The printer's own report is more specific than
/// the job's.
fn with_printer(
    queue: &Queue<'_>,
    progress: PrintProgress,
    job_waits: Option<Problem>,
) -> Result<JobStatus, PrintError> {
    Ok(match (printer_condition(queue)?, job_waits) {
        (Some(Condition::Stops(problem)), _)
        | (None | Some(Condition::Warns(_)), Some(problem)) => {
            JobStatus::Going(PrintProgress::Waiting(problem))
        }
        (Some(Condition::Warns(problem)), None) => JobStatus::Warned(progress, problem),
        (None, None) => JobStatus::Going(progress),
    })
}

fn printer_condition(queue: &Queue<'_>) -> Result<Option<Condition>, PrintError> {
    let answer = queue.describe(&["printer-state", "printer-state-reasons"])?;
    Ok(Described::all(&answer, DelimiterTag::PrinterAttributes)
        .next()
        .and_then(list::condition))
}

fn why_aborted<'r>(
    queue: &Queue<'_>,
    mut reasons: impl Iterator<Item = &'r str>,
) -> Option<Problem> {
    let driver = reasons.any(|it| {
        it.starts_with("document-format")
            || it.starts_with("document-unprintable")
            || it == "unsupported-document-format"
    });
    if driver {
        return Some(Problem::Driver);
    }
    let (Condition::Stops(problem) | Condition::Warns(problem)) =
        printer_condition(queue).ok().flatten()?;
    Some(problem)
}

fn completed_pages(job: Described<'_>) -> u32 {
    ["job-impressions-completed", "job-media-sheets-completed"]
        .into_iter()
        .filter_map(|name| job.number(name))
        .find_map(|number| u32::try_from(number).ok().filter(|it| *it > 0))
        .unwrap_or(0)
}
