//! The copies of a wallet that can take the place of its own file: its generations, the file that
//! such a copy took the place of, and wallet files under other names.

use std::path::{Path, PathBuf};

use code::Identifier;
use wallet::disk;
use wallet::names::{self, Name};
use wallet::store::{self, FolderError, LoadError};
use wallet::{Email, Header, Sealed, WalletId};

use crate::ports::Disk;

/// Why copies of a wallet are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no file of its name.
    Missing,
    /// Its file is damaged, as reading or opening it has shown.
    Damaged,
    /// Its disk cannot read its file, as when sectors are bad. This may go away.
    Unreadable,
    /// The password did not open its file. A damaged password slot looks the same. Copies with
    /// another password slot are offered.
    Password,
    /// The keychain vouches for this code, and its file has no slot that the code opens. Copies
    /// with a slot for it are offered.
    Code(Identifier),
}

/// A wallet with the copies that can take the place of its own file.
pub struct Lost {
    /// Its id.
    pub wallet: WalletId,
    /// Its e-mail, as the copies name it.
    pub email: Email,
    /// Why they are offered.
    pub why: Why,
    /// The copies, in order of name.
    pub copies: Vec<Copy>,
}

/// A copy of a wallet.
pub struct Copy {
    /// Its file.
    pub path: PathBuf,
    /// The identifiers in its code slots.
    pub slots: Vec<Identifier>,
}

/// The copies of a wallet whose own file can be read and did not open.
pub fn of_unopened(
    disk: &dyn Disk,
    folder: &Path,
    wallet: WalletId,
    why: Why,
) -> Result<Option<Lost>, FolderError> {
    let files = names::find(disk, folder)?;
    among(disk, folder, &files, wallet, Some(why))
}

/// The copies of a wallet whose own file is damaged or missing.
pub(crate) fn lost(
    disk: &dyn Disk,
    folder: &Path,
    files: &[(PathBuf, Name)],
    wallet: WalletId,
) -> Result<Option<Lost>, FolderError> {
    among(disk, folder, files, wallet, None)
}

fn among(
    disk: &dyn Disk,
    folder: &Path,
    files: &[(PathBuf, Name)],
    wallet: WalletId,
    unopened: Option<Why>,
) -> Result<Option<Lost>, FolderError> {
    let path = store::path(folder, wallet);
    let own = store::load(disk, &path);
    let why = match &own {
        Err(error) => match Why::of(error) {
            Some(why) => why,
            None => return Ok(None),
        },
        // Another wallet's file has its name.
        Ok(own) if own.header().wallet_id != wallet => Why::Damaged,
        Ok(_) => match unopened {
            Some(why) => why,
            None => return Ok(None),
        },
    };
    let moved = store::moved(disk, &path)?;
    let mut lost: Option<Lost> = None;
    for (path, name) in files {
        let of_it = match name {
            Name::Wallet(of) => *of != wallet,
            Name::Generation(of) | Name::Refused(of) => *of == wallet,
            Name::Copy => true,
        };
        let Some(copy) = of_it.then(|| store::load(disk, path).ok()).flatten() else {
            continue;
        };
        let header = copy.header();
        if header.wallet_id != wallet || !may_help(why, own.as_ref().ok(), &moved, &copy) {
            continue;
        }
        let lost = lost.get_or_insert_with(|| Lost {
            wallet,
            email: header.email.clone(),
            why,
            copies: Vec::new(),
        });
        lost.copies.push(Copy {
            path: path.clone(),
            slots: identifiers(header),
        });
    }
    Ok(lost)
}

/// Whether a copy may open where the wallet's own file, if it can be read, did not. `moved` are the
/// files that were moved out of its place.
fn may_help(
    why: Why,
    own: Option<&Sealed>,
    moved: &[Result<Sealed, LoadError>],
    copy: &Sealed,
) -> bool {
    // A password slot is new at every change of the password, and never rewritten.
    let same_password =
        |other: &Sealed| other.header().password_slot == copy.header().password_slot;
    let other_file = own.is_none_or(|own| own.bytes() != copy.bytes());
    match why {
        // A wallet that was moved away is not missed. One that was restored later is.
        Why::Missing => moved
            .iter()
            .all(|moved| moved.as_ref().is_ok_and(|moved| !same_password(moved))),
        Why::Damaged | Why::Unreadable => other_file,
        Why::Password => !own.is_some_and(same_password),
        Why::Code(identifier) => other_file && identifiers(copy.header()).contains(&identifier),
    }
}

impl Why {
    /// Why a copy may take the place of a file that cannot be read; `None` if it may be read
    /// another time, or by a newer version of this app.
    pub(crate) fn of(error: &LoadError) -> Option<Self> {
        match error {
            LoadError::Missing => Some(Self::Missing),
            LoadError::Format(error) => error.is_damage().then_some(Self::Damaged),
            LoadError::Io(error) => disk::is_unreadable(error).then_some(Self::Unreadable),
        }
    }
}

pub(crate) fn identifiers(header: &Header) -> Vec<Identifier> {
    let slots = header.code_slots.iter();
    slots.map(|slot| slot.identifier).collect()
}
