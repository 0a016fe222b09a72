//! A list of the codes that another service gave out, to be ticked off with a pen.
//!
//! It looks unlike a recovery sheet and has no QR code, so that neither is taken for the other.
//! Data flows as for the sheet: [`ServiceCodes`] → `layout` → `canvas` → `document`.

mod layout;
mod words;

use zeroize::Zeroizing;

use crate::document::file;
use crate::error::SheetError;
use crate::local_time::LocalTime;
use crate::model::{Language, Paper};
use crate::service_codes::layout::{Facts, draw};
use crate::service_codes::words::Words;
use crate::typeface::Typefaces;

/// Size of a file without its pages at most, in bytes: the file is written without reallocation,
/// which would leave copies behind.
const BASE: usize = 64 * 1024;
/// Size of one page at most, in bytes.
const EACH: usize = 64 * 1024;

/// The codes of one field of an item.
pub struct ServiceCodes<'a> {
    /// The item's title. Characters that the typefaces do not have are printed as `?`; a title that
    /// is longer than a line ends in an ellipsis.
    pub title: &'a str,
    /// The field's label, printed like the title; it may be empty.
    pub label: &'a str,
    /// The codes that are left, in order. One with characters that the typeface does not have is
    /// not printed: there is space to copy it by hand.
    pub left: &'a [&'a str],
    /// Number of used codes, which are not printed.
    pub used: usize,
    /// When the list was made.
    pub made: LocalTime,
    /// Language of the text.
    pub language: Language,
    /// Paper size.
    pub paper: Paper,
}

/// Makes the list as a PDF file of one page or more: subset typefaces, tagged text in reading order
/// and language. Its title does not name the item. The file contains no more than the pages: no
/// time stamp, no producer, no file identifier. The same list always gives the same bytes.
///
/// The returned bytes are wiped when dropped; the PDF library's own copies are not.
///
/// # Errors
/// [`SheetError::Date`] for a time outside the calendar. The other errors mean that a part of the
/// program itself is damaged.
pub fn service_codes_pdf(codes: &ServiceCodes<'_>) -> Result<Zeroizing<Vec<u8>>, SheetError> {
    let words = Words::of(codes.language);
    let sheet_words = crate::words::Words::of(codes.language);
    let faces = Typefaces::load().ok_or(SheetError::Typeface)?;
    let facts = Facts {
        title: codes.title,
        label: codes.label,
        made_label: sheet_words.made,
        made: (sheet_words.date)(codes.made.civil()?, &codes.made.offset()),
        count: (words.count)(codes.left.len(), codes.used),
        paper: codes.paper,
    };
    let pages = draw(&facts, codes.left, words, &faces);
    let capacity = BASE + EACH * pages.len();
    file(
        words.title,
        sheet_words.language,
        codes.paper,
        pages,
        faces,
        capacity,
    )
}
