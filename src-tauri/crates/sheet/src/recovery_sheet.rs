//! The recovery sheet as a PDF file.

use zeroize::Zeroizing;

use crate::{
    document::file,
    error::SheetError,
    layout::{self, Content},
    local_time::{LocalTime, LocalTimeError},
    model::{Sheet, Validity},
    qr::QrSymbol,
    typeface::Typefaces,
    words::{Kind, Words},
};

/// Size of any sheet at most, in bytes: the file is written without reallocation, which would leave
/// copies behind.
const CAPACITY: usize = 128 * 1024;

/// Makes the sheet as a PDF file of one page, about 26 kB: vectors and subset typefaces, tagged
/// text in reading order, title and language. The file contains no more than the page: no time
/// stamp, no producer, no file identifier. The same sheet always gives the same bytes.
///
/// The returned bytes are wiped when dropped; the PDF library's own copies are not.
///
/// # Errors
/// [`SheetError::Date`] for a time outside the calendar. The other errors mean that a part of the
/// program itself is damaged.
pub fn pdf(sheet: &Sheet<'_>) -> Result<Zeroizing<Vec<u8>>, SheetError> {
    let words = Words::of(sheet.language);
    let date = |time: LocalTime| {
        let civil = time.civil()?;
        Ok::<_, LocalTimeError>((words.date)(civil, &time.offset()))
    };
    let position = sheet.carries.position();
    let content = Content {
        words,
        identifier: sheet.carries.identifier(),
        position,
        purpose: (words.purpose)(Kind {
            position,
            copies: sheet.reach.copies(),
            identifier: sheet.carries.identifier(),
        }),
        wallet: sheet.wallet.filter(|wallet| !wallet.trim().is_empty()),
        made: date(sheet.made)?,
        validity: match sheet.validity {
            Validity::Until(time) => (words.works_until, date(time)?),
            Validity::UntilUsed => (words.works, String::from(words.until_used)),
        },
        groups: sheet.carries.groups(),
        // The purpose of the sheet is to carry the code.
        symbol: QrSymbol::for_code(sheet.carries.expose())?,
        paper: sheet.paper,
    };
    let faces = Typefaces::load().ok_or(SheetError::Typeface)?;
    let page = layout::page(&content, &faces);
    let title = &content.purpose.title;
    file(
        title,
        words.language,
        sheet.paper,
        vec![page],
        faces,
        CAPACITY,
    )
}
