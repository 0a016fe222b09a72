//! Our own decoder: reads the symbol of a sheet when no engine does, because its format is known in
//! advance.
//!
//! ```text
//! picture ─▶ finders ─▶ placements ─▶ canvas ─▶ grid: plane, bent, mesh ─▶ evidence
//!                                                ▲                            │
//!                                                └─ confident blocks ◀─ codewords ─▶ text
//! ```
//!
//! A text is returned only if it is a codeword of the symbol in all four blocks and its own 65-bit
//! checksum holds without corrections. Fewer than 2²⁴ texts are tried per picture, so at most one
//! picture in 2⁴⁰ gives a text that nobody wrote.

mod canvas;
mod decoder;
mod evidence;
mod finder;
mod galois_field;
mod grid;
mod integral_image;
mod layout;
mod locate;
mod placement;
mod reed_solomon;
mod search;
mod soft_decision;
mod track;

pub(crate) use search::rescue;
pub(crate) use track::{Tracked, Tracker};
