//! The recovery kits of a wallet's codes. Each is made before its code is shown, kept current after
//! every save, and removed with its code.
//!
//! A kit is live while its code has a slot in the file. Nothing is ever written to the kit of a
//! dead code, and a kit that cannot be written is a notice, never a failed save.

mod files;
mod make;
mod places;
mod refresh;

pub use files::{FileProblem, KitError, KitFileContents, read_files};
pub(crate) use files::{check, folder, snapshot};
pub(crate) use make::make;
pub(crate) use places::remember;
pub use places::{KitState, MoveError, forget, moved};
pub use refresh::{KitReport, KitWork, refresh};

pub use crate::kit_notes::KitProblem;
