//! The recovery sheet: page model, PDF and QR drawing.
//!
//! [`pdf`] turns a [`Sheet`] into one portrait page, black on white, that a person keeps for years:
//! its name, the wallet, how long it works, the code as text and as QR code, and instructions.
//! [`pages_pdf`] turns [`RecoveryPages`] into pages of QR symbols that contain the wallet itself.
//! [`service_codes_pdf`] turns [`ServiceCodes`] into a list that is neither.
//! [`qr_svg`] draws the QR code that an authenticator app scans from the screen, and
//! [`seed_qr_svg`] the one that a hardware wallet does.
//!
//! Data flows one way: [`Sheet`] → `layout` (positions) → `canvas` (drawing operations in reading
//! order) → `document` (the PDF file). All layouts are built from `blocks`. All text is in
//! `words`, all typefaces are in `typeface`. `docs/sheet.md` describes the page.

mod blocks;
mod canvas;
mod document;
mod error;
mod instructions;
mod layout;
mod local_time;
mod model;
mod pages;
mod paragraph;
#[cfg(test)]
mod placed;
mod qr;
mod recovery_sheet;
mod service_codes;
mod svg;
mod typeface;
mod words;

pub use error::SheetError;
pub use local_time::{LocalTime, LocalTimeError};
pub use model::{Carries, Language, Paper, Reach, Sheet, Validity};
pub use pages::{RecoveryPages, pages_pdf};
pub use qr::QrError;
pub use recovery_sheet::pdf;
pub use service_codes::{ServiceCodes, service_codes_pdf};
pub use svg::{qr_svg, seed_qr_svg};
