//! The files of the open wallet's items.

use usecases::files::{self, AddError};
use wallet::FileRef;

use crate::application::{App, Locked};

/// Characters that no name may have on one of the systems (Windows: *Naming Files*).
const RESERVED: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// The name to propose for a copy of a file: that of the file, without what would lead to another
/// folder or is allowed in no name.
pub fn proposed_name(name: &str) -> String {
    let allowed = |it: char| !it.is_control() && !RESERVED.contains(&it);
    let name: String = name
        .chars()
        .map(|it| if allowed(it) { it } else { '_' })
        .collect();
    match name.trim_matches([' ', '.']) {
        "" => "file".to_owned(),
        name => name.chars().take(120).collect(),
    }
}

impl App {
    /// Adds a file to the open wallet, for an item that is saved later; see [`files::add`].
    ///
    /// # Errors
    /// [`Locked`]; see [`AddError`].
    pub fn add_file<E: From<Locked> + From<AddError>>(&self, content: &[u8]) -> Result<FileRef, E> {
        self.update(|world, session| Ok(files::add(world, session, content)?))
    }

    /// Forgets the files that were added and are in no item; see [`files::end_editing`].
    ///
    /// # Errors
    /// [`Locked`] if no wallet is open.
    pub fn end_editing<E: From<Locked>>(&self) -> Result<(), E> {
        self.update(|_, session| {
            files::end_editing(session);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposed_name_leads_to_no_other_folder() {
        for (name, proposed) in [
            ("Passport 2027.pdf", "Passport 2027.pdf"),
            ("../../.bashrc", "_.._.bashrc"),
            ("C:\\autorun.inf", "C__autorun.inf"),
            ("two\nlines\0.txt", "two_lines_.txt"),
            ("Überweisung № 7.pdf", "Überweisung № 7.pdf"),
            (" . ", "file"),
            ("", "file"),
        ] {
            assert_eq!(proposed_name(name), proposed);
        }
        assert_eq!(proposed_name(&"x".repeat(1000)).len(), 120);
    }
}
