//! Writes drawing operations into a tagged PDF file.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};
use zeroize::Zeroizing;

use crate::{
    blocks::DrawnPage, canvas::Role, error::SheetError, model::Paper, typeface::Typefaces,
};

/// Makes a tagged PDF file of these pages. `capacity` is the largest possible size in bytes.
pub(crate) fn file(
    title: &str,
    language: &str,
    paper: Paper,
    pages: Vec<DrawnPage>,
    faces: Typefaces,
    capacity: usize,
) -> Result<Zeroizing<Vec<u8>>, SheetError> {
    let mut printed = PdfDocument::new(title);
    printed.resources.fonts = faces.into_resources();
    let (width, height) = (paper.width_mm(), paper.height_mm());
    let mut roles = Vec::new();
    for (ops, page_roles) in pages {
        printed.pages.push(PdfPage::new(Mm(width), Mm(height), ops));
        roles.push(page_roles);
    }
    // "Secure" would drop the operators that the library does not know by name.
    let options = PdfSaveOptions {
        secure: false,
        ..PdfSaveOptions::default()
    };
    let mut warnings = Vec::new();
    let mut file = printed.to_lopdf_document(&options, &mut warnings);
    // The library warns about a typeface that it cannot subset, and embeds all of it.
    if !warnings.is_empty() {
        return Err(SheetError::Typeface);
    }
    strip_metadata(&mut file, title);
    tag(&mut file, language, &roles)?;
    file.compress();

    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    file.save_to(&mut *bytes)?;
    Ok(bytes)
}

/// Removes all metadata except the title: the library adds dates, empty fields and a random
/// identifier.
fn strip_metadata(file: &mut Document, title: &str) {
    let info = file.add_object(dictionary! {
        "Title" => text_string(title),
    });
    if let Ok(Object::Reference(library)) = file.trailer.get(b"Info").cloned() {
        file.objects.remove(&library);
    }
    file.trailer.set("Info", info);
    file.trailer.remove(b"ID");
}

/// Makes the file a tagged PDF (ISO 32000-1 §14.7): adds the language, and an element for each part
/// of each page in reading order.
fn tag(file: &mut Document, language: &str, roles: &[Vec<Role>]) -> Result<(), lopdf::Error> {
    // The first version that has all features used here.
    file.version = String::from("1.7");
    let pages = file.get_pages();
    let tree = file.new_object_id();
    let root = file.new_object_id();
    let mut elements: Vec<Object> = Vec::new();
    let mut parents: Vec<Object> = Vec::new();
    for ((number, page), roles) in (0..).zip(pages.values()).zip(roles) {
        let page_elements: Vec<Object> = roles
            .iter()
            .enumerate()
            .map(|(number, role)| file.add_object(element(number, *role, root, *page)).into())
            .collect();
        elements.extend(page_elements.iter().cloned());
        parents.extend([Object::Integer(number), Object::Array(page_elements)]);
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
        element.set("Alt", text_string(description));
    }
    element
}
