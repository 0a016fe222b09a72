//! One question and its answer, with an eye on the clock.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use scan::Progress;
use scan::remote::{Answer, Request, read_answer};

use super::child::{Body, Child};
use super::{Death, system};

/// Between two looks at the clock, the child's size, and whether the answer is still wanted.
const LOOK: Duration = Duration::from_millis(20);

/// Progress is passed on no faster than this: a child could report it without end.
const NEWS: Duration = Duration::from_millis(10);

/// Why there is no answer. The child has been ended then.
#[derive(Clone, Copy, Debug)]
pub(super) enum Failure {
    /// It is no longer wanted.
    Cancelled,
    /// It did not come in time.
    TooLong,
    /// The child took too much memory.
    TooLarge,
    /// The child ended.
    Ended(Death),
    /// The child said something that is no answer.
    Lied,
}

/// Asks `child` and waits for the answer, at most for `time`.
pub(super) fn ask(
    child: &mut Child,
    request: &Request<'_>,
    progress: &dyn Progress,
    time: Duration,
) -> Result<Answer, Failure> {
    let end = Instant::now() + time;
    let Child {
        input,
        output,
        body,
    } = child;
    let (answers, answered) = sync_channel(4);
    let (taken, has_taken) = sync_channel(1);
    // Both ends of a pipe may block, so each has a thread of its own. Once the child has ended, so have they.
    thread::scope(|scope| {
        scope.spawn(move || {
            // A child that does not take the question gives no answer either, and that is seen below.
            let _ = taken.send(request.write(input));
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
        let answer = wait(body, &answered, progress, end).and_then(|answer| {
            // An answer to half of a question is none.
            match has_taken.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(Ok(())) => Ok(answer),
                _ => Err(Failure::Lied),
            }
        });
        // The thread that reads may be waiting to hand something over.
        drop(answered);
        if answer.is_err() {
            body.end();
        }
        answer
    })
}

fn wait(
    body: &mut Body,
    answered: &Receiver<io::Result<Option<Answer>>>,
    progress: &dyn Progress,
    end: Instant,
) -> Result<Answer, Failure> {
    let mut news: Option<Instant> = None;
    loop {
        let now = Instant::now();
        if progress.cancelled() {
            return Err(Failure::Cancelled);
        }
        if now >= end {
            return Err(Failure::TooLong);
        }
        if body.is_too_large() {
            return Err(Failure::TooLarge);
        }
        match answered.recv_timeout(LOOK.min(end - now)) {
            Ok(Ok(Some(Answer::At { done, of }))) => {
                if news.is_none_or(|last| now.duration_since(last) >= NEWS) {
                    progress.at(done, of);
                    news = Some(now);
                }
            }
            Ok(Ok(Some(answer))) => return Ok(answer),
            Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(Failure::Lied);
            }
            // Its end of the pipe is closed: it is ending.
            Ok(Ok(None) | Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                let status = body.wait(end);
                return Err(Failure::Ended(status.map_or(Death::Other, system::death)));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}
