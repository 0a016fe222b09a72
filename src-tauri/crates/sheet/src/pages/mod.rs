//! Recovery pages: the wallet itself as QR symbols, with what a person needs to know on every page.
//!
//! [`pages_pdf`] takes the texts of the symbols page by page and knows nothing of what is in them but their numbers. Data
//! flows as for the sheet: [`RecoveryPages`] → `layout` → the crate's canvas and document. `docs/pages-format.md` says
//! why the symbols are as large as they are.

mod layout;
mod words;

use code::Identifier;
use zeroize::Zeroizing;

use crate::LocalTime;
use crate::document::{SheetError, file};
use crate::model::{Language, Paper};
use crate::pages::layout::{Facts, Grid, page};
use crate::pages::words::Words;
use crate::qr::Symbol;
use crate::typeface::Typefaces;

/// Bytes of a file without its pages, and of one page: room so that the growing file leaves no copies behind.
const BASE: usize = 64 * 1024;
const EACH: usize = 192 * 1024;

/// The pages of one set, each a full page of paper.
pub struct RecoveryPages<'a> {
    /// What names the wallet: its e-mail, a label, or nothing. Characters that the typefaces do not have are printed
    /// as `?`; what is longer than a line ends in an ellipsis.
    pub wallet: Option<&'a str>,
    /// Of the code that opens them.
    pub identifier: Identifier,
    /// When they were made.
    pub made: LocalTime,
    /// Items that they hold.
    pub items: usize,
    /// What tells them from other pages, a few characters.
    pub set: &'a str,
    /// The paper to lay them out for.
    pub paper: Paper,
    /// The language to write them in.
    pub language: Language,
    /// The texts of each page's symbols, `UR:BYTES/7-18/…`: upper case, at most 600 characters, at most 20 on a page.
    pub pages: &'a [Vec<String>],
}

/// The pages as a PDF file: vectors and subset typefaces, text in reading order and tagged, title and language set. The
/// file says nothing that the pages do not: no time of its own, no producer, no file identifier. The same
/// pages are always the same bytes; a full page takes about 90 kB.
///
/// # Errors
/// [`SheetError::Date`] for a time outside the calendar, [`SheetError::Qr`] for texts that are no such symbols, and
/// [`SheetError::TooMany`] for more than 20 of them on a page; the other errors say that a part of the program itself
/// is damaged.
pub fn pages_pdf(pages: &RecoveryPages<'_>) -> Result<Zeroizing<Vec<u8>>, SheetError> {
    let words = Words::of(pages.language);
    if let Some(page) = pages.pages.iter().find(|page| page.len() > layout::SYMBOLS) {
        return Err(SheetError::TooMany {
            symbols: page.len(),
        });
    }
    let texts: Vec<&str> = pages.pages.iter().flatten().map(String::as_str).collect();
    let symbols = Symbol::for_parts(&texts)?;
    let modules = symbols.first().map_or(0, Symbol::width);
    let fullest = pages.pages.iter().map(Vec::len).max().unwrap_or_default();
    let mut symbols = symbols.into_iter();
    let faces = Typefaces::load().ok_or(SheetError::Typeface)?;
    let identifier = pages.identifier.to_string();
    let facts = Facts {
        wallet: pages.wallet.filter(|wallet| !wallet.trim().is_empty()),
        identifier: &identifier,
        made: (words.date)(pages.made.civil()?, &pages.made.offset()),
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

/// `7` of `UR:BYTES/7-18/…`.
fn part_number(text: &str) -> &str {
    let numbers = text.split('/').nth(1).unwrap_or_default();
    numbers.split('-').next().unwrap_or_default()
}
