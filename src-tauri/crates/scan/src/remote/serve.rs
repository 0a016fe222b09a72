//! The end that scans.

use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use raster::contained;

use super::reply;
use super::request::{Received, receive};
use super::wire::Message;
use crate::error::ScanError;
use crate::file::{read_foreign, scan};
use crate::kind::kind_of;
use crate::limits::Limits;
use crate::progress::Progress;
use crate::self_test::read_pdf_with_both;
use crate::sight::{Frame, Watch};
use crate::watching::Watching;

/// What the scanning process reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Everything.
    All,
    /// Only the sheets and pages that this program has just written. The process could not be
    /// restricted, so foreign files and frames are answered with [`ScanError::Unprotected`] and not
    /// looked at.
    Own,
}

/// Answers requests one after the other until the end of the input. All frames share one [`Watch`].
///
/// # Errors
/// Those of `input` and `output`; `InvalidData` for bytes that are not a request.
pub fn serve(
    input: &mut impl Read,
    output: &mut (impl Write + Send),
    reads: Reads,
) -> io::Result<()> {
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
        unheard: AtomicBool::new(false),
    };
    let mut watch = Watching::default();
    while let Some(received) = receive(input)? {
        let message = match &received {
            Received::File(_) | Received::Foreign(_) | Received::Frame { .. }
                if reads == Reads::Own =>
            {
                reply::error(&ScanError::Unprotected)
            }
            Received::File(bytes) | Received::Own(bytes) => {
                match contained(|| scan(bytes, &limits, &reporter)).unwrap_or(Err(broken(bytes))) {
                    Ok(finds) => reply::finds(&finds),
                    Err(error) => reply::error(&error),
                }
            }
            Received::Foreign(bytes) => {
                match contained(|| read_foreign(bytes, &limits, &reporter))
                    .unwrap_or(Err(broken(bytes)))
                {
                    Ok(foreign) => reply::foreign(&foreign),
                    Err(error) => reply::error(&error),
                }
            }
            Received::Sheet(bytes) => {
                match contained(|| read_pdf_with_both(bytes, &limits)).unwrap_or(Err(broken(bytes)))
                {
                    Ok(read) => reply::sheet(&read),
                    Err(error) => reply::error(&error),
                }
            }
            Received::Frame {
                width,
                height,
                pixels,
                wanted,
            } => {
                watch.want(*wanted);
                let frame = Frame {
                    width: *width,
                    height: *height,
                    pixels,
                };
                match contained(|| watch.look(&frame)) {
                    Some(Ok(sight)) => reply::sight(sight),
                    Some(Err(error)) => reply::error(&error),
                    None => {
                        // Its state may have caused the panic.
                        watch = Watching::default();
                        reply::sight(Default::default())
                    }
                }
            }
        };
        send(&message)?;
    }
    Ok(())
}

/// The error for a file whose reading panicked.
fn broken(bytes: &[u8]) -> ScanError {
    match kind_of(bytes) {
        Some(kind) => ScanError::Broken { kind },
        None => ScanError::Unsupported,
    }
}

/// Forwards progress. The asking end cancels by ending this process.
struct Reporter<'a> {
    send: &'a (dyn Fn(&Message) -> bool + Sync),
    /// Whether sending failed, so that nobody waits for the answer.
    unheard: AtomicBool,
}

impl Progress for Reporter<'_> {
    fn cancelled(&self) -> bool {
        self.unheard.load(Ordering::Relaxed)
    }

    fn at(&self, done: u32, of: u32) {
        if !(self.send)(&reply::progress(done, of)) {
            self.unheard.store(true, Ordering::Relaxed);
        }
    }
}
