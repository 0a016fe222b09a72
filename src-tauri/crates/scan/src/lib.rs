//! Pixels, images and PDFs to backup codes and the parts of recovery pages.
//!
//! ```text
//! bytes ─kind_of─▶ Kind ─┬─ picture: header checked, decoded, turned upright ─▶ pixels ─┐
//!                        └─ PDF: pages rasterised one at a time ──────────────▶ pixels ─┤
//!    Finds ◀─ judged: ours, a part, or foreign ◀─ texts ◀─ ladder of attempts ◀─────────┘
//! ```
//!
//! [`Scanner`] is the port and [`InProcess`] the adapter that runs on the calling thread; both
//! offer [`scan`], [`read_foreign`], [`read_pdf_with_both`] and the frames of a camera.
//! `docs/scanning.md` lists the attempts, their order and the reasons. Pages of our own PDFs are
//! drawn by the `raster` crate.
//!
//! Nothing is written to disk and only the given bytes are read: no fonts, no linked files, no
//! scripts. Input is untrusted: sizes are checked before memory is allocated for them, and a
//! decoder that panics counts as one that found nothing. Pixels and texts are wiped on drop; copies
//! inside the decoders are not.

mod accept;
mod background;
mod damage;
mod engine;
mod error;
mod file;
mod findings;
mod finds;
mod kind;
mod ladder;
mod limits;
mod orientation;
mod picture;
mod pixels;
mod progress;
pub mod remote;
mod rescue;
mod scanner;
mod self_test;
mod sight;
mod transform;
mod wanted;
mod watching;

pub use damage::{Margin, damage_margin};
pub use engine::{Engine, Text, symbol_corners};
pub use error::ScanError;
pub use file::{read_foreign, scan};
pub use finds::{Finds, Foreign, Scanned};
pub use kind::{Kind, kind_of};
pub use limits::Limits;
pub use pixels::{read_texts, scan_pixels};
pub use progress::{Progress, Unattended};
pub use scanner::{InProcess, Scanner};
pub use self_test::read_pdf_with_both;
pub use sight::{Frame, Hint, Sight, Watch};
pub use wanted::Wanted;
