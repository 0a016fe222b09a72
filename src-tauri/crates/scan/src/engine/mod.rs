//! The QR decoders behind one interface.

mod reader;
mod rqrr;
mod rxing;
mod sighting;

pub use reader::symbol_corners;
pub(crate) use reader::{Reader, read_with_outlines, symbol_with_text};
pub(crate) use rxing::Threshold;
pub(crate) use sighting::SymbolOutline;
pub use sighting::{Engine, Text};
