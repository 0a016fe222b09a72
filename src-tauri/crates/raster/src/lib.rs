//! PDF pages to grey pixels.
//!
//! ```text
//! bytes ─▶ PdfFile ─▶ draw ─▶ LumaImage ─▶ pixels, or a PNG file
//! ```
//!
//! [`render`] and [`pages`] are for PDFs that the app has just made: the preview, printers that
//! take pixels, and the self-test of a sheet. The `scan` crate draws foreign PDFs through
//! [`PdfFile`], in a process of its own.
//!
//! Nothing is written to disk and only the given bytes are read: no fonts, no linked files, no
//! scripts. Pixels are wiped on drop; copies inside the rasteriser are not.

// `contained` relies on `catch_unwind`, which cannot stop an aborting panic.
#[cfg(not(panic = "unwind"))]
compile_error!("raster needs panics that unwind: it contains the panics of decoders");

mod contain;
mod error;
mod luma;
mod pdf;
mod png;
mod render;

pub use contain::contained;
pub use error::{OpenError, RenderError};
pub use luma::{LumaImage, luma};
pub use pdf::{MAX_PIXELS, PdfFile};
pub use render::{pages, render};
