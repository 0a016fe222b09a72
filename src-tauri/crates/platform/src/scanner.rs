//! Scanning in a child of this program, which reads foreign bytes so that this process need not.
//!
//! The child is this program, started once more with [`ARGUMENT`]; it opens no window. Before it reads anything it gives
//! up what it does not need: memory beyond [`MEMORY`], files, network, further processes, as far as each system can
//! hold it to that (the files beside this one say how). It is asked over its standard input and answers over its standard
//! output, and what it answers is judged (`scan::remote`). One child reads one file and is ended: what a
//! hostile file has done to it meets nobody else's. One is started ahead, so that nobody waits for it.

mod child;
mod conversation;
#[cfg(target_os = "linux")]
mod filter;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
mod starter;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use code::TypedCode;
use scan::remote::{Answer, FRAME_PIXELS, Request};
use scan::{
    Engine, Finds, Frame, Limits, Progress, ScanError, Scanner, Sight, Unattended, Watch, kind_of,
};

use child::Child;
use conversation::{Failure, ask};
use starter::Starter;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

/// The one argument of a child.
pub const ARGUMENT: &str = "--scan-for-the-parent";

/// Bytes of memory that a child may have, all in all.
pub const MEMORY: u64 = 512 << 20;

/// How long one file, and one frame of a camera, may take.
const FILE_TIME: Duration = Duration::from_secs(10);
const FRAME_TIME: Duration = Duration::from_secs(3);

/// Whether this process is such a child. To be asked, and obeyed, before anything else is done.
pub fn is_child() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    arguments.next().is_some_and(|it| it == ARGUMENT) && arguments.next().is_none()
}

/// Does a child's work, until the parent is done with it.
pub fn serve() -> ExitCode {
    match child::serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// The program that is started as a child.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its file.
    pub path: PathBuf,
    /// What it is given.
    pub arguments: Vec<OsString>,
}

impl Program {
    /// This program itself: the very file that is running, even where another has taken its place since.
    fn this() -> Program {
        Program {
            path: system::this_program(),
            arguments: vec![ARGUMENT.into()],
        }
    }
}

/// Scans in children.
pub struct ChildScanner {
    starter: Arc<Starter>,
    file_time: Duration,
    frame_time: Duration,
}

impl ChildScanner {
    /// In children of this program, whose `main` asks [`is_child`] first.
    pub fn of_this_program() -> ChildScanner {
        ChildScanner::of(Program::this())
    }

    /// In children of a program that does as [`serve`].
    pub fn of(program: Program) -> ChildScanner {
        ChildScanner {
            starter: Arc::new(Starter::new(program)),
            file_time: FILE_TIME,
            frame_time: FRAME_TIME,
        }
    }

    /// With this much time for a file and for a frame.
    #[must_use]
    pub fn within(self, file_time: Duration, frame_time: Duration) -> ChildScanner {
        ChildScanner {
            file_time,
            frame_time,
            ..self
        }
    }

    /// Has a fresh child answer one request about a file.
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
        ask(&mut child, request, progress, self.file_time)
            .map_err(|failure| error(failure, Some(bytes)))
    }
}

impl Scanner for ChildScanner {
    fn scan(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Finds, ScanError> {
        match self.about_file(bytes, &Request::File(bytes), progress)? {
            Answer::Finds(finds) => Ok(finds),
            Answer::Error(error) => Err(error),
            _ => Err(ScanError::Unavailable),
        }
    }

    fn read_pdf_with_both(&self, bytes: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
        match self.about_file(bytes, &Request::Sheet(bytes), &Unattended)? {
            Answer::Sheet(read) => Ok(read),
            Answer::Error(error) => Err(error),
            _ => Err(ScanError::Unavailable),
        }
    }

    fn watch(&self) -> Result<Box<dyn Watch>, ScanError> {
        Ok(Box::new(ChildWatch {
            child: self.starter.child()?,
            looked: false,
            starter: Arc::clone(&self.starter),
            frame_time: self.frame_time,
        }))
    }
}

/// One camera's child.
struct ChildWatch {
    child: Child,
    /// Whether it has looked at a frame.
    looked: bool,
    starter: Arc<Starter>,
    frame_time: Duration,
}

impl ChildWatch {
    fn ask(&mut self, frame: &Frame<'_>) -> Result<Answer, Failure> {
        let answer = ask(
            &mut self.child,
            &Request::Frame(*frame),
            &Unattended,
            self.frame_time,
        )?;
        self.looked = true;
        Ok(answer)
    }

    fn start_afresh(&mut self) -> Result<(), ScanError> {
        self.child = self.starter.child()?;
        self.looked = false;
        Ok(())
    }
}

impl Watch for ChildWatch {
    /// A child that is gone is replaced. What it remembered of earlier frames is gone with it.
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError> {
        let pixels = u64::from(frame.width) * u64::from(frame.height);
        if pixels == 0 || pixels > FRAME_PIXELS || pixels != frame.pixels.len() as u64 {
            return Err(ScanError::BrokenFrame);
        }
        if !self.child.body.is_alive() {
            self.start_afresh()?;
        }
        let mut answer = self.ask(frame);
        // One that has worked may have used up its processor time. One that has not must not be tried for ever.
        if matches!(answer, Err(Failure::Ended(_))) && self.looked {
            self.start_afresh()?;
            answer = self.ask(frame);
        }
        match answer.map_err(|failure| error(failure, None))? {
            Answer::Sight(sight) => Ok(sight),
            Answer::Error(error) => Err(error),
            _ => {
                self.child.body.end();
                Err(ScanError::Unavailable)
            }
        }
    }
}

/// What became of a child, in the words of those who scan.
fn error(failure: Failure, file: Option<&[u8]>) -> ScanError {
    match failure {
        Failure::Cancelled => ScanError::Cancelled,
        Failure::TooLong | Failure::TooLarge | Failure::Ended(Death::Limit) => ScanError::TooHeavy,
        Failure::Ended(Death::Fault) => match file.and_then(kind_of) {
            Some(kind) => ScanError::Broken { kind },
            None => ScanError::Unavailable,
        },
        Failure::Ended(Death::Other) | Failure::Lied => ScanError::Unavailable,
    }
}

/// What ended a child that was not told to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Death {
    /// A limit: of memory, of the stack, of time.
    Limit,
    /// A fault in the program: an address or an instruction that is none, a call that it may not make.
    Fault,
    /// It was killed, or gave up.
    Other,
}
