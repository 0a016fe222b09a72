//! From drawing operations to the bytes of a PDF file.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use printpdf::{Mm, Op, PdfDocument, PdfPage, PdfSaveOptions};
use zeroize::Zeroizing;

use crate::{
    canvas::Role,
    layout::{self, Content},
    local_time::{LocalTime, LocalTimeError},
    model::{Paper, Sheet, Validity},
    qr::{QrError, Symbol},
    typeface::Typefaces,
    words::ENGLISH,
};

/// Room for any sheet, so that the growing file leaves no copies of itself behind.
const CAPACITY: usize = 128 * 1024;

/// Why a sheet could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// A date that no calendar has.
    #[error(transparent)]
    Date(#[from] LocalTimeError),
    /// The code does not fit its QR symbol.
    #[error(transparent)]
    Qr(#[from] QrError),
    /// More QR symbols than a page holds.
    #[error("{symbols} QR codes are too many for a page")]
    TooMany {
        /// Symbols of the page.
        symbols: usize,
    },
    /// A built-in typeface cannot be read or put into the file.
    #[error("a typeface of the sheet cannot be used")]
    Typeface,
    /// The PDF library refused its own document.
    #[error("the PDF file cannot be put together")]
    File(#[from] lopdf::Error),
    /// The file could not be written to memory.
    #[error("the PDF file cannot be written")]
    Write(#[from] std::io::Error),
}

/// The sheet as a PDF file of one page, about 26 kB: vectors and subset typefaces, text in reading
/// order and tagged, title and language set. The file says nothing that the page does not: no time of
/// its own, no producer, no file identifier. The same sheet is always the same bytes.
///
/// The returned bytes are wiped when dropped; what the PDF library copies on the way is not.
///
/// # Errors
/// [`SheetError::Date`] for a time outside the calendar; the other errors say that a part of the
/// program itself is damaged.
pub fn pdf(sheet: &Sheet<'_>) -> Result<Zeroizing<Vec<u8>>, SheetError> {
    let words = &ENGLISH;
    let date = |time: LocalTime| {
        let civil = time.civil()?;
        Ok::<_, LocalTimeError>((words.date)(civil, &time.offset()))
    };
    let place = sheet.carries.place();
    let content = Content {
        identifier: sheet.carries.identifier(),
        place,
        purpose: (words.purpose)(place),
        wallet: sheet.wallet.filter(|wallet| !wallet.trim().is_empty()),
        made: date(sheet.made)?,
        validity: match sheet.validity {
            Validity::Until(time) => (words.works_until, date(time)?),
            Validity::UntilUsed => (words.works, String::from(words.until_used)),
        },
        groups: sheet.carries.groups(),
        // The QR symbol carries the code itself; that is what the sheet is for.
        symbol: Symbol::for_code(sheet.carries.expose())?,
        paper: sheet.paper,
    };
    let faces = Typefaces::load().ok_or(SheetError::Typeface)?;
    let page = layout::page(&content, words, &faces);
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

/// Pages as a tagged PDF file in this language. `capacity` is room for any such file in bytes.
pub(crate) fn file(
    title: &str,
    language: &str,
    paper: Paper,
    pages: Vec<(Vec<Op>, Vec<Role>)>,
    faces: Typefaces,
    capacity: usize,
) -> Result<Zeroizing<Vec<u8>>, SheetError> {
    let mut printed = PdfDocument::new(title);
    printed.resources.fonts = faces.into_resources();
    let (width, height) = (paper.width_mm(), paper.height_mm());
    let mut roles = Vec::new();
    for (ops, of_page) in pages {
        printed.pages.push(PdfPage::new(Mm(width), Mm(height), ops));
        roles.push(of_page);
    }
    // "Secure" would leave out the operators that the library has no name for.
    let options = PdfSaveOptions {
        secure: false,
        ..PdfSaveOptions::default()
    };
    let mut warnings = Vec::new();
    let mut file = printed.to_lopdf_document(&options, &mut warnings);
    // The library reports a typeface that it could not subset, and embeds the whole of it.
    if !warnings.is_empty() {
        return Err(SheetError::Typeface);
    }
    say_no_more_than_the_page(&mut file, title);
    tag(&mut file, language, &roles)?;
    file.compress();

    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    file.save_to(&mut *bytes)?;
    Ok(bytes)
}

/// Leaves the title as the only metadata: the library would add dates, empty fields and an identifier
/// that differs from run to run.
fn say_no_more_than_the_page(file: &mut Document, title: &str) {
    let info = file.add_object(dictionary! {
        "Title" => Object::string_literal(title),
    });
    if let Ok(Object::Reference(library)) = file.trailer.get(b"Info").cloned() {
        file.objects.remove(&library);
    }
    file.trailer.set("Info", info);
    file.trailer.remove(b"ID");
}

/// Makes it a tagged PDF (ISO 32000-1 §14.7): the language, and an element for each part of each page in
/// reading order.
fn tag(file: &mut Document, language: &str, roles: &[Vec<Role>]) -> Result<(), lopdf::Error> {
    // The first version with everything used here.
    file.version = String::from("1.7");
    let pages = file.get_pages();
    let tree = file.new_object_id();
    let root = file.new_object_id();
    let mut elements: Vec<Object> = Vec::new();
    let mut parents: Vec<Object> = Vec::new();
    for ((number, page), roles) in (0..).zip(pages.values()).zip(roles) {
        let of_page: Vec<Object> = roles
            .iter()
            .enumerate()
            .map(|(number, role)| file.add_object(element(number, *role, root, *page)).into())
            .collect();
        elements.extend(of_page.iter().cloned());
        parents.extend([Object::Integer(number), Object::Array(of_page)]);
        let page = file.get_object_mut(*page)?.as_dict_mut()?;
        page.set("StructParents", number);
        page.set("Tabs", "S");
    }
    let next = i64::try_from(pages.len()).unwrap_or_default();
    file.set_object(
        root,
        dictionary! {
            "Type" => "StructElem",
            "S" => "Document",
            "P" => tree,
            "Lang" => Object::string_literal(language),
            "K" => elements,
        },
    );
    let parents = file.add_object(dictionary! {
        "Nums" => parents,
    });
    file.set_object(
        tree,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => root,
            "ParentTree" => parents,
            "ParentTreeNextKey" => next,
        },
    );
    let catalog = file.catalog_mut()?;
    catalog.set("Lang", Object::string_literal(language));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    Ok(())
}

fn element(number: usize, role: Role, parent: ObjectId, page: ObjectId) -> Dictionary {
    let mut element = dictionary! {
        "Type" => "StructElem",
        "S" => role.tag(),
        "P" => parent,
        "Pg" => page,
        "K" => number as i64,
    };
    if let Role::Figure(description) = role {
        element.set("Alt", Object::string_literal(description));
    }
    element
}
