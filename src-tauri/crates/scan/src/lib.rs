//! Pixels, images and PDFs to backup codes and the parts of recovery pages.
//!
//! ```text
//! bytes ─kind_of─▶ Kind ─┬─ picture: header checked, decoded, turned upright ─▶ luma ─┐
//!                        └─ PDF: pages rasterised one at a time ──────────────▶ luma ─┤
//!        Scanned ◀─ judged: ours, one, or several ◀─ texts ◀─ ladder of attempts ◀────┘
//! ```
//!
//! [`Scanner`] is the port, [`InProcess`] the adapter; [`scan`] and [`read_pdf_with_both`] are what
//! both call. `docs/scanning.md` says which attempts are made, in which order, and why.
//!
//! Nothing is written to disk and nothing but the given bytes is read: no fonts, no linked files, no
//! scripts. Bytes are hostile until proved otherwise: sizes are judged before anything is allocated
//! for them, and a decoder that panics counts as one that found nothing. Pixels and texts held here
//! are wiped when dropped; what the decoders keep for themselves meanwhile is out of reach.

// Decoders are contained with `catch_unwind`, which an aborting panic would go past.
#[cfg(not(panic = "unwind"))]
compile_error!("scan needs panics that unwind: it contains the panics of image and QR decoders");

mod both;
mod contain;
mod damage;
mod engine;
mod error;
mod findings;
mod kind;
mod ladder;
mod limits;
mod luma;
mod page;
mod pdf;
mod picture;
mod progress;
pub mod remote;
mod rescue;
mod scanned;
mod scanner;
mod watch;

pub use both::read_pdf_with_both;
pub use damage::{Margin, damage_margin};
pub use engine::{Engine, Text};
pub use error::ScanError;
pub use kind::{Kind, kind_of};
pub use limits::Limits;
pub use page::{GreyPage, pages, render};
pub use progress::{Progress, Unattended};
pub use scanned::{Finds, Scanned, scan};
pub use scanner::{InProcess, Scanner};
pub use watch::{Frame, Hint, Sight, Watch};
