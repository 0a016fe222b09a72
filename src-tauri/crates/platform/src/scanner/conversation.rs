//! One request to a child and its answer, within a budget.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use scan::Progress;
use scan::remote::{Answer, Request, read_answer};

use super::child::{Body, Child};
use super::exit::ExitCause;
use super::limits::Budget;
use super::system;

/// Interval between checks of the clocks, the child's memory, and cancellation.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// Shortest interval between progress reports: a child could send them without end.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(10);

/// Why a request has no answer. The child has been killed by then.
#[derive(Clone, Copy, Debug)]
pub(super) enum Failure {
    /// The caller cancelled the request.
    Cancelled,
    /// The request exceeded its budget.
    TooLong,
    /// The child exceeded its memory limit.
    TooLarge,
    /// The child exited.
    Ended(ExitCause),
    /// The child sent something that is not an answer.
    Lied,
}

/// Sends `request` to `child` and waits for the answer within `budget`.
pub(super) fn ask(
    child: &mut Child,
    request: &Request<'_>,
    progress: &dyn Progress,
    budget: Budget,
) -> Result<Answer, Failure> {
    let Child {
        input,
        output,
        body,
        unrestricted: _,
    } = child;
    let limit = Limit::starting_now(budget, body);
    let (answers, answered) = sync_channel(4);
    let (sent, was_sent) = sync_channel(1);
    // Either pipe may block, so each has its own thread. Both threads end with the child.
    thread::scope(|scope| {
        scope.spawn(move || {
            // A child that does not read the request does not answer either: that is handled below.
            let _ = sent.send(request.write(input));
        });
        scope.spawn(move || {
            loop {
                let answer = read_answer(output);
                let last = !matches!(answer, Ok(Some(Answer::At { .. })));
                if answers.send(answer).is_err() || last {
                    break;
                }
            }
        });
        let answer = wait(body, &answered, progress, &limit).and_then(|answer| {
            // An answer to part of a request is invalid.
            match was_sent.recv_timeout(limit.time_left()) {
                Ok(Ok(())) => Ok(answer),
                _ => Err(Failure::Lied),
            }
        });
        // Unblocks the reading thread if it is waiting to hand over an answer.
        drop(answered);
        if answer.is_err() {
            body.end();
        }
        answer
    })
}

/// A budget with the points at which it is used up.
struct Limit {
    deadline: Instant,
    /// Reading of the child's clock; `None` where it cannot be read, and the deadline alone holds.
    cpu: Option<Duration>,
}

impl Limit {
    fn starting_now(budget: Budget, body: &Body) -> Limit {
        Limit {
            deadline: Instant::now() + budget.wall,
            cpu: body.cpu_time().map(|used| used + budget.cpu),
        }
    }

    fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    fn is_reached(&self, body: &Body) -> bool {
        let over = |limit| body.cpu_time().is_some_and(|used| used >= limit);
        self.time_left().is_zero() || self.cpu.is_some_and(over)
    }
}

fn wait(
    body: &mut Body,
    answered: &Receiver<io::Result<Option<Answer>>>,
    progress: &dyn Progress,
    limit: &Limit,
) -> Result<Answer, Failure> {
    let mut reported: Option<Instant> = None;
    loop {
        if progress.cancelled() {
            return Err(Failure::Cancelled);
        }
        if limit.is_reached(body) {
            return Err(Failure::TooLong);
        }
        if body.is_too_large() {
            return Err(Failure::TooLarge);
        }
        match answered.recv_timeout(POLL_INTERVAL.min(limit.time_left())) {
            Ok(Ok(Some(Answer::At { done, of }))) => {
                if reported.is_none_or(|last| last.elapsed() >= PROGRESS_INTERVAL) {
                    progress.at(done, of);
                    reported = Some(Instant::now());
                }
            }
            Ok(Ok(Some(answer))) => return Ok(answer),
            Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(Failure::Lied);
            }
            // The child has closed its end of the pipe: it is about to exit.
            Ok(Ok(None) | Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                let status = body.wait(limit.deadline);
                let cause = status.map_or(ExitCause::Other, system::exit_cause);
                return Err(Failure::Ended(cause));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}
