//! Scanning in a child process, so that this process never parses foreign bytes.
//!
//! The child is this program, started again with [`ARGUMENT`]; it opens no window. Before it reads
//! anything it closes what it inherited and gives up what scanning does not need: memory beyond
//! [`MEMORY`], files, network and further processes, as far as each system can enforce that
//! (`system`). Where the system refuses one of these restrictions, it reads nothing and says so,
//! until the person decides to read anyway. It takes requests on its standard input and answers on
//! its standard output, and its answers are validated (`scan::remote`). A child reads one file and
//! is then ended, so that a hostile file cannot affect the next one. One child is started ahead to
//! avoid the delay.
//!
//! [`Budget`] limits a request; `limits` lists all limits.

mod child;
mod conversation;
mod exit;
mod limits;
mod program;
mod starter;
mod system;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use code::TypedCode;
use scan::remote::{Answer, FRAME_PIXELS, Request};
use scan::{
    Engine, Finds, Foreign, Frame, Limits, Progress, ScanError, Scanner, Sight, Unattended, Wanted,
    Watch, kind_of,
};

use child::{Child, Unrestricted};
use conversation::{Failure, ask};
use exit::ExitCause;
use program::ANYWAY;
use starter::Starter;

pub use limits::{Budget, MEMORY};
pub use program::{ARGUMENT, Program};

/// Returns true if this process was started as a child. `main` checks this before anything else.
pub fn is_child() -> bool {
    unrestricted(std::env::args_os().skip(1)).is_some()
}

/// What the arguments ask a child to do; `None` if they are not those of a child.
fn unrestricted(mut arguments: impl Iterator<Item = OsString>) -> Option<Unrestricted> {
    arguments.next().filter(|it| it == ARGUMENT)?;
    match (arguments.next(), arguments.next()) {
        (None, _) => Some(Unrestricted::Refuses),
        (Some(second), None) if second == ANYWAY => Some(Unrestricted::Reads),
        (Some(_), _) => None,
    }
}

/// Runs as a child until the parent closes the pipes.
pub fn serve() -> ExitCode {
    let asked = unrestricted(std::env::args_os().skip(1)).unwrap_or(Unrestricted::Refuses);
    match child::serve(asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// A scanner that runs in child processes.
pub struct ChildScanner {
    starter: Arc<Starter>,
    file: Budget,
    frame: Budget,
}

impl ChildScanner {
    /// A scanner whose children run this program. Its `main` must check [`is_child`] first.
    pub fn of_this_program() -> ChildScanner {
        ChildScanner::of(Program::this())
    }

    /// A scanner whose children run `program`, which must behave like [`serve`].
    pub fn of(program: Program) -> ChildScanner {
        ChildScanner {
            starter: Arc::new(Starter::new(program)),
            file: Budget::FILE,
            frame: Budget::FRAME,
        }
    }

    /// Replaces the budgets for a file and for a frame.
    #[must_use]
    pub fn within(self, file: Budget, frame: Budget) -> ChildScanner {
        ChildScanner {
            file,
            frame,
            ..self
        }
    }

    /// Sends a request about a file to a fresh child.
    fn about_file(
        &self,
        bytes: &[u8],
        request: &Request<'_>,
        progress: &dyn Progress,
    ) -> Result<Answer, ScanError> {
        let (have, most) = (bytes.len() as u64, Limits::default().bytes);
        if have > most {
            return Err(ScanError::TooManyBytes { have, most });
        }
        let mut child = self.starter.child()?;
        ask(&mut child, request, progress, self.file).map_err(|failure| error(failure, Some(bytes)))
    }
}

impl Scanner for ChildScanner {
    fn scan(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Finds, ScanError> {
        finds(self.about_file(bytes, &Request::File(bytes), progress)?)
    }

    fn read_back(&self, bytes: &[u8]) -> Result<Finds, ScanError> {
        finds(self.about_file(bytes, &Request::Own(bytes), &Unattended)?)
    }

    fn read_foreign(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Foreign, ScanError> {
        match self.about_file(bytes, &Request::Foreign(bytes), progress)? {
            Answer::Foreign(foreign) => Ok(foreign),
            Answer::Error(error) => Err(error),
            Answer::At { .. } | Answer::Finds(_) | Answer::Sheet(_) | Answer::Sight(_) => {
                Err(ScanError::Unavailable)
            }
        }
    }

    fn read_pdf_with_both(&self, bytes: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
        match self.about_file(bytes, &Request::Sheet(bytes), &Unattended)? {
            Answer::Sheet(read) => Ok(read),
            Answer::Error(error) => Err(error),
            Answer::At { .. } | Answer::Finds(_) | Answer::Foreign(_) | Answer::Sight(_) => {
                Err(ScanError::Unavailable)
            }
        }
    }

    fn watch(&self, wanted: Wanted) -> Result<Box<dyn Watch>, ScanError> {
        Ok(Box::new(ChildWatch {
            child: self.starter.child()?,
            has_answered: false,
            starter: Arc::clone(&self.starter),
            frame: self.frame,
            wanted,
        }))
    }

    fn read_anyway(&self) {
        self.starter.read_anyway();
    }
}

/// The contents of a file, from the answer to a request about it.
fn finds(answer: Answer) -> Result<Finds, ScanError> {
    match answer {
        Answer::Finds(finds) => Ok(finds),
        Answer::Error(error) => Err(error),
        Answer::At { .. } | Answer::Foreign(_) | Answer::Sheet(_) | Answer::Sight(_) => {
            Err(ScanError::Unavailable)
        }
    }
}

/// The child of one camera.
struct ChildWatch {
    child: Child,
    /// True once this child has answered for a frame.
    has_answered: bool,
    starter: Arc<Starter>,
    frame: Budget,
    wanted: Wanted,
}

impl ChildWatch {
    fn ask(&mut self, frame: &Frame<'_>) -> Result<Answer, Failure> {
        let answer = ask(
            &mut self.child,
            &Request::Frame(*frame, self.wanted),
            &Unattended,
            self.frame,
        )?;
        self.has_answered = true;
        Ok(answer)
    }

    fn restart(&mut self) -> Result<(), ScanError> {
        self.child = self.starter.child()?;
        self.has_answered = false;
        Ok(())
    }
}

impl Watch for ChildWatch {
    /// Replaces a child that has exited. What it knew of earlier frames is lost.
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError> {
        let pixels = u64::from(frame.width) * u64::from(frame.height);
        if pixels == 0 || pixels > FRAME_PIXELS || pixels != frame.pixels.len() as u64 {
            return Err(ScanError::BrokenFrame);
        }
        if !self.child.body.is_alive() {
            self.restart()?;
        }
        let mut answer = self.ask(frame);
        // A child that worked may have reached its processor time. One that never did is not
        // restarted, to avoid a loop.
        if matches!(answer, Err(Failure::Ended(_))) && self.has_answered {
            self.restart()?;
            answer = self.ask(frame);
        }
        match answer.map_err(|failure| error(failure, None))? {
            Answer::Sight(sight) => Ok(sight),
            Answer::Error(error) => Err(error),
            Answer::At { .. } | Answer::Finds(_) | Answer::Foreign(_) | Answer::Sheet(_) => {
                self.child.body.end();
                Err(ScanError::Unavailable)
            }
        }
    }
}

/// Maps a failed request about `file`, or about a frame, to the scanner's error.
fn error(failure: Failure, file: Option<&[u8]>) -> ScanError {
    match failure {
        Failure::Cancelled => ScanError::Cancelled,
        Failure::TooLong | Failure::TooLarge | Failure::Ended(ExitCause::Limit) => {
            ScanError::TooHeavy
        }
        Failure::Ended(ExitCause::Fault) => match file.and_then(kind_of) {
            Some(kind) => ScanError::Broken { kind },
            None => ScanError::Unavailable,
        },
        Failure::Ended(ExitCause::Other) | Failure::Lied => ScanError::Unavailable,
    }
}
