//! The end that does the work.

use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::answer;
use super::request::{Received, receive};
use super::wire::Message;
use crate::contain::contained;
use crate::watch::Watching;
use crate::{Frame, Limits, Progress, ScanError, Watch, kind_of, read_pdf_with_both, scan};

/// Answers requests, one after the other, until there are no more. Of all frames it is one [`Watch`].
///
/// # Errors
/// Those of `input` and `output`; `InvalidData` for what is no request.
pub fn serve(input: &mut impl Read, output: &mut (impl Write + Send)) -> io::Result<()> {
    let limits = Limits::default();
    let output = Mutex::new(output);
    let send = |message: &Message| {
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        output
            .write_all(message.bytes())
            .and_then(|()| output.flush())
    };
    let reporter = Reporter {
        send: &|message| send(message).is_ok(),
        alone: AtomicBool::new(false),
    };
    let mut watch = Watching::default();
    while let Some(received) = receive(input)? {
        let message = match &received {
            Received::File(bytes) => {
                match contained(|| scan(bytes, &limits, &reporter)).unwrap_or(Err(broken(bytes))) {
                    Ok(finds) => answer::finds(&finds),
                    Err(error) => answer::failure(&error),
                }
            }
            Received::Sheet(bytes) => {
                match contained(|| read_pdf_with_both(bytes, &limits)).unwrap_or(Err(broken(bytes)))
                {
                    Ok(read) => answer::sheet(&read),
                    Err(error) => answer::failure(&error),
                }
            }
            Received::Frame {
                width,
                height,
                pixels,
            } => {
                let frame = Frame {
                    width: *width,
                    height: *height,
                    pixels,
                };
                match contained(|| watch.look(&frame)) {
                    Some(Ok(sight)) => answer::seen(sight),
                    Some(Err(error)) => answer::failure(&error),
                    None => {
                        // What it remembers may be the reason.
                        watch = Watching::default();
                        answer::seen(Default::default())
                    }
                }
            }
        };
        send(&message)?;
    }
    Ok(())
}

/// What a file is whose reading panicked.
fn broken(bytes: &[u8]) -> ScanError {
    match kind_of(bytes) {
        Some(kind) => ScanError::Broken { kind },
        None => ScanError::Unsupported,
    }
}

/// Passes progress on. Whoever asked cancels by ending this process.
struct Reporter<'a> {
    send: &'a (dyn Fn(&Message) -> bool + Sync),
    /// Whether nobody is listening any more.
    alone: AtomicBool,
}

impl Progress for Reporter<'_> {
    fn cancelled(&self) -> bool {
        self.alone.load(Ordering::Relaxed)
    }

    fn at(&self, done: u32, of: u32) {
        if !(self.send)(&answer::at(done, of)) {
            self.alone.store(true, Ordering::Relaxed);
        }
    }
}
