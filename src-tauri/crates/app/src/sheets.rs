//! Recovery sheets of the code on the screen: drawing, saving, and the self-test.

use std::io;
use std::path::Path;

use code::{Identifier, Reading, SetSize, ShareIndex, TypedCode};
use raster::RenderError;
use scan::{Engine, Margin, ScanError, Scanner};
use sheet::{Carries, Reach, Sheet, SheetError, Validity};
use subtle::ConstantTimeEq;
use thiserror::Error;
use usecases::World;
use usecases::session::Session;
use usecases::shown::{Carried, NotLegible, Shown, ShownSheet};
use zeroize::Zeroizing;

use crate::saving::{Saver, UnverifiedFile};
use crate::style::{LocalOffset, Style, local_time};

/// Resolution in dots an inch at which the damage margin is measured: that of a careful scan.
const MARGIN_RESOLUTION: f32 = 200.0;

/// Why a sheet was not drawn.
#[derive(Debug, Error)]
pub enum DrawSheetError {
    /// It is not on the screen, or covered.
    #[error(transparent)]
    NotLegible(#[from] NotLegible),
    /// The PDF could not be made.
    #[error(transparent)]
    Draw(#[from] SheetError),
}

/// Why a sheet failed its self-test.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SelfTestError {
    /// It could not be read, or not be measured.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// Its page could not be drawn.
    #[error(transparent)]
    Draw(#[from] RenderError),
    /// A decoder reads another code than the one on the screen.
    #[error("{engine} reads another code")]
    OtherCode {
        /// The decoder.
        engine: Engine,
    },
}

/// Why a sheet was not saved. There is no file of it then.
#[derive(Debug, Error)]
pub enum SaveSheetError {
    /// The file could not be written or read back.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// The sheet failed the self-test.
    #[error(transparent)]
    SelfTest(#[from] SelfTestError),
}

/// A sheet as a PDF, with what its self-test needs. Secret.
pub struct DrawnSheet {
    pdf: Zeroizing<Vec<u8>>,
    /// The 60 characters of the code or share that it carries.
    text: Zeroizing<String>,
}

/// The result of a self-test that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelfTest {
    /// The decoders that read the sheet, each on its own.
    pub decoders: [Engine; 2],
    /// How much of the QR code can be lost.
    pub margin: Margin,
}

/// Returns what is on the screen and one sheet of it, counted from 0, without what it carries.
///
/// # Errors
/// [`NotLegible::NotShown`] where there is no such sheet.
pub fn on_screen(session: &Session, sheet: usize) -> Result<(&Shown, &ShownSheet), NotLegible> {
    session
        .shown()
        .and_then(|shown| Some((shown, shown.sheets().get(sheet)?)))
        .ok_or(NotLegible::NotShown)
}

/// Draws a sheet of the screen, counted from 0, unless it is covered.
///
/// # Errors
/// See [`DrawSheetError`].
pub fn draw(
    world: &World<'_>,
    session: &Session,
    sheet: usize,
    style: &Style,
    offset: LocalOffset<'_>,
) -> Result<DrawnSheet, DrawSheetError> {
    let (shown, _) = on_screen(session, sheet)?;
    let sheet = shown.legible(world.clock.since_boot())?.sheet(sheet)?;
    let name = style.named.on_paper(session);
    let pdf = sheet::pdf(&Sheet {
        carries: carries(shown, sheet.carries()),
        wallet: name.as_deref(),
        made: local_time(shown.issued, offset),
        validity: shown.expires.map_or(Validity::UntilUsed, |at| {
            Validity::Until(local_time(at, offset))
        }),
        paper: style.paper,
        language: style.language,
        reach: match (shown.kit, shown.pages) {
            (false, false) => Reach::ThisComputer,
            (kit, pages) => Reach::OtherComputers { kit, pages },
        },
    })?;
    Ok(DrawnSheet {
        pdf,
        // Exposed to be compared with what the self-test reads.
        text: Zeroizing::new(sheet.expose().to_owned()),
    })
}

/// Returns the name that a sheet's file gets unless the person chooses another.
pub fn file_name(identifier: Identifier, sheet: Option<ShareIndex>) -> String {
    match sheet {
        Some(letter) => format!("Recovery sheet {identifier}-{letter}.pdf"),
        None => format!("Recovery sheet {identifier}.pdf"),
    }
}

impl DrawnSheet {
    /// The PDF file.
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// Tests the drawn sheet itself. Takes some seconds; see [`self_test`].
    ///
    /// # Errors
    /// See [`SelfTestError`].
    pub fn test(&self, scanner: &dyn Scanner) -> Result<SelfTest, SelfTestError> {
        self_test(scanner, &self.pdf, &self.text)
    }

    /// Saves the sheet beside `path`, compares the file with it, and tests the sheet. The file gets
    /// its name only if the caller keeps it.
    ///
    /// # Errors
    /// See [`SaveSheetError`].
    pub fn save<'a>(
        &self,
        saver: &Saver<'a>,
        scanner: &dyn Scanner,
        path: &'a Path,
    ) -> Result<(UnverifiedFile<'a>, SelfTest), SaveSheetError> {
        let file = saver.write(path, &self.pdf)?;
        // Foreign bytes are never drawn in this process: the test runs on those that were written.
        file.compare(&self.pdf)?;
        let test = self.test(scanner)?;
        Ok((file, test))
    }

    /// Checks that the sheet is still on the screen, at the place from which it was drawn, and not
    /// covered: before it is kept or printed.
    ///
    /// # Errors
    /// [`NotLegible`] where it is not.
    pub fn still_shown(
        &self,
        world: &World<'_>,
        session: &Session,
        sheet: usize,
    ) -> Result<(), NotLegible> {
        let shown = session.shown().ok_or(NotLegible::NotShown)?;
        let sheet = shown.legible(world.clock.since_boot())?.sheet(sheet)?;
        let same: bool = sheet.expose().as_bytes().ct_eq(self.text.as_bytes()).into();
        same.then_some(()).ok_or(NotLegible::NotShown)
    }
}

/// Rasterises a sheet's PDF and reads it with two decoders, both of which must give `expected`.
/// Then covers more and more of its QR code, to measure how much of it can be lost.
///
/// # Errors
/// See [`SelfTestError`].
pub fn self_test(
    scanner: &dyn Scanner,
    pdf: &[u8],
    expected: &str,
) -> Result<SelfTest, SelfTestError> {
    let readings = scanner.read_pdf_with_both(pdf)?;
    let page = raster::render(pdf, 0, MARGIN_RESOLUTION)?;
    for (engine, typed) in &readings {
        if !reads_as(typed, expected) {
            return Err(SelfTestError::OtherCode { engine: *engine });
        }
    }
    Ok(SelfTest {
        decoders: readings.map(|(engine, _)| engine),
        margin: scan::damage_margin(&page, expected)?,
    })
}

fn carries<'a>(shown: &Shown, carried: &'a Carried) -> Carries<'a> {
    match carried {
        Carried::Code(code) => Carries::Code(code),
        Carried::Share(share) => Carries::Share {
            share,
            sheets: shown.set.map_or(0, SetSize::sheets),
        },
    }
}

/// Whether the text is a code or a share as it stands, and the expected one.
fn reads_as(typed: &TypedCode, expected: &str) -> bool {
    let same = |text: &str| text.as_bytes().ct_eq(expected.as_bytes()).into();
    match typed.read() {
        Reading::Code(code) => same(code.expose()),
        Reading::Share(share) => same(share.expose()),
        Reading::Proposal(_)
        | Reading::Unfinished { .. }
        | Reading::TooLong { .. }
        | Reading::Reread(_)
        | Reading::NewerVersion => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use scan::InProcess;

    use super::*;
    use crate::testing::{sheet_pdf, single};

    #[test]
    fn a_sheet_passes_its_self_test_only_for_the_code_that_it_carries() {
        let (scanner, pdf) = (InProcess::default(), sheet_pdf(3));
        let test = self_test(&scanner, &pdf, &single(3)).unwrap();
        assert_eq!(test.decoders, [Engine::Rxing, Engine::Rqrr]);
        assert!(test.margin.percent > 0);
        let other = self_test(&scanner, &pdf, &single(4)).unwrap_err();
        assert!(matches!(other, SelfTestError::OtherCode { .. }));
        let broken = self_test(&scanner, b"text", &single(3)).unwrap_err();
        assert_eq!(broken, SelfTestError::Scan(ScanError::Unsupported));
    }

    #[test]
    fn a_sheet_s_file_is_named_after_its_code_and_its_letter() {
        let identifier = "M7QS".parse().unwrap();
        assert_eq!(file_name(identifier, None), "Recovery sheet M7QS.pdf");
        let letter = ShareIndex::from_char('A');
        assert_eq!(file_name(identifier, letter), "Recovery sheet M7QS-A.pdf");
    }
}
