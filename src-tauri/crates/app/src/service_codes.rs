//! A list of the codes that another service gave out: drawing and saving.

use std::io;
use std::path::Path;

use content::codes::{self, State};
use sheet::{Language, Paper, ServiceCodes, SheetError, service_codes_pdf};
use thiserror::Error;
use usecases::World;
use usecases::identity::{self, IdentityNeeded, Level};
use usecases::items::ItemError;
use usecases::session::Session;
use wallet::{FieldType, ItemId};
use zeroize::Zeroizing;

use crate::saving::{Saver, UnverifiedFile};
use crate::style::{LocalOffset, local_time};

/// The name that the list's file gets unless the person chooses another. It does not say whose
/// codes they are.
pub const FILE_NAME: &str = "Codes of another service.pdf";

/// Why a list was not drawn.
#[derive(Debug, Error)]
pub enum DrawServiceCodesError {
    /// The person has to confirm who they are first.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// There is no such item, or no such codes in it.
    #[error(transparent)]
    Item(#[from] ItemError),
    /// Every code was used.
    #[error("no code is left")]
    NoneLeft,
    /// The PDF could not be made.
    #[error(transparent)]
    Draw(#[from] SheetError),
}

/// The codes to list, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListOf {
    /// The item.
    pub item: ItemId,
    /// The number of its field.
    pub number: u32,
    /// The paper to lay it out for.
    pub paper: Paper,
    /// The language to write it in.
    pub language: Language,
}

/// A list of codes as a PDF. Secret.
pub struct DrawnServiceCodes {
    pdf: Zeroizing<Vec<u8>>,
}

/// Draws the codes that are left in a field. Needs a fresh confirmation of the password: not of the
/// digits, because codes of other services are for a person who has lost their phone.
///
/// # Errors
/// See [`DrawServiceCodesError`].
pub fn draw(
    world: &World<'_>,
    session: &Session,
    list: &ListOf,
    offset: LocalOffset<'_>,
) -> Result<DrawnServiceCodes, DrawServiceCodesError> {
    identity::fresh(world, session, Level::Password)?;
    let body = &session.item(list.item)?.present.body;
    let field = body.field(list.number);
    let field = field.filter(|field| field.kind == FieldType::Codes);
    let field = field.ok_or(ItemError::NotFound)?;
    // Exposed to be printed.
    let text = field.text.expose();
    let in_state = |state: State| codes::lines(text).filter(move |line| line.state == state);
    let left: Vec<&str> = in_state(State::Left).map(|line| line.text).collect();
    if left.is_empty() {
        return Err(DrawServiceCodesError::NoneLeft);
    }
    let pdf = service_codes_pdf(&ServiceCodes {
        // Exposed to be printed.
        title: body.title.expose(),
        label: field.label.expose(),
        left: &left,
        used: in_state(State::Used).count(),
        made: local_time(world.clock.now(), offset),
        language: list.language,
        paper: list.paper,
    })?;
    Ok(DrawnServiceCodes { pdf })
}

impl DrawnServiceCodes {
    /// The PDF file.
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// Saves the list beside `path` and compares the file with it. It gets its name only if the
    /// caller keeps it.
    ///
    /// # Errors
    /// The disk's error; there is no file then.
    pub fn save<'a>(&self, saver: &Saver<'a>, path: &'a Path) -> io::Result<UnverifiedFile<'a>> {
        let file = saver.write(path, &self.pdf)?;
        file.compare(&self.pdf)?;
        Ok(file)
    }
}
