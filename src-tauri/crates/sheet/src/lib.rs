//! The recovery sheet: page model, PDF and QR drawing.
//!
//! [`pdf`] turns a [`Sheet`] into one portrait page, black on white, that a person keeps for years:
//! its name, whose it is, how long it works, the code as text and as QR, and what to do with it.
//! [`pages_pdf`] turns [`RecoveryPages`] into pages of QR symbols that carry the wallet itself.
//! [`qr_svg`] draws the QR code that an authenticator app scans from the screen.
//!
//! Data flows one way: [`Sheet`] → `layout` (where things stand) → `canvas` (drawing operations and
//! their order of reading) → `document` (the PDF file). Every word is in `words`, every letterform in
//! `typeface`. The page is described in `docs/sheet.md`.

mod canvas;
mod document;
mod layout;
mod local_time;
mod model;
mod pages;
mod qr;
mod svg;
mod typeface;
mod words;

pub use document::{SheetError, pdf};
pub use local_time::{LocalTime, LocalTimeError};
pub use model::{Carries, Language, Paper, Sheet, Validity};
pub use pages::{RecoveryPages, pages_pdf};
pub use qr::QrError;
pub use svg::qr_svg;
