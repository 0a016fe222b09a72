//! Recovery pages: the wallet itself as QR symbols, with instructions on every page.
//!
//! [`pages_pdf`] takes the texts of the symbols page by page and parses only their numbers. Data
//! flows as for the sheet: [`RecoveryPages`] → `layout` → `canvas` → `document`.
//! `docs/pages-format.md` explains the size of the symbols.

mod dimensions;
mod grid;
mod layout;
mod words;

use code::Identifier;
use zeroize::Zeroizing;

use crate::document::file;
use crate::error::SheetError;
use crate::local_time::LocalTime;
use crate::model::{Language, Paper};
use crate::pages::dimensions::SYMBOLS;
use crate::pages::grid::Grid;
use crate::pages::layout::{Facts, page};
use crate::pages::words::Words;
use crate::qr::QrSymbol;
use crate::typeface::Typefaces;

/// Size of a file without its pages at most, in bytes: the file is written without reallocation,
/// which would leave copies behind.
const BASE: usize = 64 * 1024;
/// Size of one page at most, in bytes.
const EACH: usize = 192 * 1024;

/// The pages of one set, each a full page of paper.
pub struct RecoveryPages<'a> {
    /// The wallet's e-mail or a label, if any. Characters that the typefaces do not have are
    /// printed as `?`; a name that is longer than a line ends in an ellipsis.
    pub wallet: Option<&'a str>,
    /// Identifier of the code that opens the pages.
    pub identifier: Identifier,
    /// When the pages were made.
    pub made: LocalTime,
    /// Number of items in the wallet.
    pub items: usize,
    /// A few characters that distinguish these pages from others.
    pub set: &'a str,
    /// Paper size.
    pub paper: Paper,
    /// Language of the text.
    pub language: Language,
    /// The texts of each page's symbols, `UR:BYTES/7-18/…`: upper case, at most 600 characters, at
    /// most 20 for each page.
    pub pages: &'a [Vec<String>],
}

/// Makes the pages as a PDF file: vectors and subset typefaces, tagged text in reading order, title
/// and language. The file contains no more than the pages: no time stamp, no producer, no file
/// identifier. The same pages always give the same bytes; a full page takes about 90 kB.
///
/// # Errors
/// [`SheetError::Date`] for a time outside the calendar, [`SheetError::Qr`] for a text that does
/// not fit a symbol, and [`SheetError::TooMany`] for more than 20 symbols on a page. The other
/// errors mean that a part of the program itself is damaged.
pub fn pages_pdf(pages: &RecoveryPages<'_>) -> Result<Zeroizing<Vec<u8>>, SheetError> {
    let words = Words::of(pages.language);
    if let Some(page) = pages.pages.iter().find(|page| page.len() > SYMBOLS) {
        return Err(SheetError::TooMany {
            symbols: page.len(),
        });
    }
    let texts: Vec<&str> = pages.pages.iter().flatten().map(String::as_str).collect();
    let symbols = QrSymbol::for_parts(&texts)?;
    let modules = symbols.first().map_or(0, QrSymbol::width);
    let fullest = pages.pages.iter().map(Vec::len).max().unwrap_or_default();
    let mut symbols = symbols.into_iter();
    let faces = Typefaces::load().ok_or(SheetError::Typeface)?;
    let identifier = pages.identifier.to_string();
    let facts = Facts {
        wallet: pages.wallet.filter(|wallet| !wallet.trim().is_empty()),
        identifier: &identifier,
        made: (crate::words::Words::of(pages.language).date)(
            pages.made.civil()?,
            &pages.made.offset(),
        ),
        items: (words.items)(pages.items),
        set: pages.set,
        pages: pages.pages.len(),
        paper: pages.paper,
        grid: Grid::new(pages.paper, fullest, modules),
    };
    let drawn = (1..).zip(pages.pages).map(|(number, texts)| {
        let labels = texts.iter().map(|text| part_number(text));
        let parts: Vec<_> = labels.zip(symbols.by_ref()).collect();
        page(&facts, number, &parts, words, &faces)
    });
    let drawn = drawn.collect();
    let title = format!("{} {identifier}", words.title);
    let capacity = BASE + EACH * pages.pages.len();
    file(&title, words.language, pages.paper, drawn, faces, capacity)
}

/// The number of a part: `7` in `UR:BYTES/7-18/…`.
fn part_number(text: &str) -> &str {
    let numbers = text.split('/').nth(1).unwrap_or_default();
    numbers.split('-').next().unwrap_or_default()
}
