//! The wallets of this computer, the copies beside them, and which wallet knows a code by its
//! identifier.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use code::Identifier;
use thiserror::Error;
use wallet::names::{self, Name};
use wallet::store::{self, FolderError, LoadError};
use wallet::{Email, Header, Sealed, WalletId};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::copies::{self, Lost, Why, identifiers};
use crate::ports::{Disk, Keychain};
use crate::record::Record;

/// A wallet of this computer, still locked.
pub struct Known {
    /// Its id.
    pub wallet: WalletId,
    /// Its e-mail.
    pub email: Email,
    /// Its file.
    pub path: PathBuf,
    /// The identifiers in its file's code slots.
    pub slots: Vec<Identifier>,
    /// The store of its keychain record, as its header names it.
    pub keychain: String,
}

/// A copy under another name of a wallet that is here.
pub struct Beside {
    /// The wallet.
    pub wallet: WalletId,
    /// The copy's file.
    pub path: PathBuf,
    /// What it is.
    pub compared: Compared,
}

/// What a copy is beside the wallet's own file, as far as the files tell without a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The same bytes.
    Same,
    /// One of the wallet's generations.
    Older,
    /// Another version. The files do not tell which is newer.
    Apart,
}

/// What is in the folder.
#[derive(Default)]
pub struct Wallets {
    /// The wallets, in the order of their e-mails.
    pub known: Vec<Known>,
    /// The wallets whose own file cannot be read, and copies can.
    pub lost: Vec<Lost>,
    /// The copies of known wallets under other names.
    pub beside: Vec<Beside>,
    /// Names of the files that look like wallets and cannot be read.
    pub unreadable: Vec<String>,
}

impl Wallets {
    /// The wallets whose own file is missing or did not open.
    pub(crate) fn unopened(&self) -> impl Iterator<Item = WalletId> {
        let lost = self.lost.iter().map(|lost| lost.wallet);
        let own = |name: &String| match names::name(Path::new(name))? {
            Name::Wallet(wallet) => Some(wallet),
            Name::Generation(_) | Name::Refused(_) | Name::Copy => None,
        };
        lost.chain(self.unreadable.iter().filter_map(own))
    }
}

/// Lists the wallets of a folder, each in the file of its own name. A folder that does not exist
/// has none.
pub fn wallets(disk: &dyn Disk, folder: &Path) -> Result<Wallets, FolderError> {
    let files = names::find(disk, folder)?;
    let mut seen = Seen::default();
    for (path, name) in &files {
        seen.take(disk, path, own(disk, folder, &files, path, *name));
    }
    seen.told(disk, folder, &files)
}

/// What the files of a folder are, one by one.
#[derive(Default)]
struct Seen<'a> {
    /// Wallets in the files of their own names.
    known: Vec<Sealed>,
    /// Wallets of which there is anything: they are lost if they are not known.
    named: BTreeSet<WalletId>,
    /// Wallets whose own file is damaged.
    damaged: Vec<(WalletId, &'a Path)>,
    /// Whole files that are not their wallet's own.
    copies: Vec<(&'a Path, Sealed)>,
    unreadable: Vec<String>,
}

impl<'a> Seen<'a> {
    fn take(&mut self, disk: &dyn Disk, path: &'a Path, name: Name) {
        let own = match name {
            Name::Wallet(wallet) => Some(wallet),
            Name::Copy => None,
            Name::Generation(wallet) | Name::Refused(wallet) => {
                self.named.insert(wallet);
                return;
            }
        };
        match (store::load(disk, path), own) {
            (Ok(sealed), Some(wallet)) if sealed.header().wallet_id == wallet => {
                self.known.push(sealed);
            }
            (Ok(sealed), own) => {
                self.named.insert(sealed.header().wallet_id);
                // The file of the wallet that it is named after is not there.
                self.named.extend(own);
                self.copies.push((path, sealed));
            }
            (Err(error), Some(wallet)) if Why::of(&error).is_some() => {
                self.named.insert(wallet);
                self.damaged.push((wallet, path));
            }
            // A placeholder of a synchroniser.
            (Err(_), None) if disk.read(path, 0).is_ok() => {}
            (Err(_), _) => self.unreadable.push(shown(path)),
        }
    }

    fn told(
        mut self,
        disk: &dyn Disk,
        folder: &Path,
        files: &[(PathBuf, Name)],
    ) -> Result<Wallets, FolderError> {
        for known in &self.known {
            self.named.remove(&known.header().wallet_id);
        }
        let mut lost = Vec::new();
        for wallet in self.named {
            if is_planted(Break::LostNotShown) {
                continue;
            }
            lost.extend(copies::lost(disk, folder, files, wallet)?);
        }
        let is_lost = |wallet: WalletId| lost.iter().any(|lost: &Lost| lost.wallet == wallet);
        let hopeless = self.damaged.iter().filter(|(wallet, _)| !is_lost(*wallet));
        self.unreadable
            .extend(hopeless.map(|(_, path)| shown(path)));
        self.unreadable.sort();
        let beside = self.copies.iter().filter_map(|(path, copy)| {
            let wallet = copy.header().wallet_id;
            let own = self
                .known
                .iter()
                .find(|own| own.header().wallet_id == wallet)?;
            Some(Beside {
                wallet,
                path: path.to_path_buf(),
                compared: compare(disk, folder, own, copy),
            })
        });
        let known = self.known.iter().map(|own| Known::of(own.header(), folder));
        let mut known: Vec<_> = known.collect();
        known.sort_by(|a, b| a.email.as_str().cmp(b.email.as_str()));
        Ok(Wallets {
            beside: beside.collect(),
            known,
            lost,
            unreadable: self.unreadable,
        })
    }
}

/// What a file is. On a disk that does not tell upper case from lower, the wallet's own file may
/// have been renamed in this respect only.
fn own(disk: &dyn Disk, folder: &Path, files: &[(PathBuf, Name)], path: &Path, name: Name) -> Name {
    let lower = shown(path).to_ascii_lowercase();
    match names::name(Path::new(&lower)) {
        Some(Name::Wallet(wallet)) if name == Name::Copy => {
            let own = store::path(folder, wallet);
            let listed = files.iter().any(|(path, _)| *path == own);
            match !listed && matches!(disk.exists(&own), Ok(true)) {
                true => Name::Wallet(wallet),
                false => name,
            }
        }
        _ => name,
    }
}

fn compare(disk: &dyn Disk, folder: &Path, own: &Sealed, copy: &Sealed) -> Compared {
    if own.bytes() == copy.bytes() || is_planted(Break::CopiesCalledSame) {
        return Compared::Same;
    }
    let path = store::path(folder, own.header().wallet_id);
    let is_it = |back| {
        let generation = store::load(disk, &store::generation(&path, back));
        generation.is_ok_and(|generation| generation.bytes() == copy.bytes())
    };
    match (1..=store::GENERATIONS).any(is_it) {
        true => Compared::Older,
        false => Compared::Apart,
    }
}

/// The name of a file, as it is shown.
pub fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

impl Known {
    fn of(header: &Header, folder: &Path) -> Self {
        Self {
            wallet: header.wallet_id,
            email: header.email.clone(),
            path: store::path(folder, header.wallet_id),
            slots: identifiers(header),
            keychain: header.keychain.clone(),
        }
    }
}

/// The wallet is not on this computer, or its file cannot be read.
#[derive(Debug, Error)]
pub enum FindError {
    /// Its file cannot be read; [`LoadError::Missing`] where there is none.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The folder cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// The wallet's file path.
pub(crate) fn path(world: &World<'_>, wallet: WalletId) -> PathBuf {
    store::path(world.folder, wallet)
}

/// Loads one wallet, still locked. Another wallet's file under its name is not it.
pub(crate) fn load(world: &World<'_>, wallet: WalletId) -> Result<Sealed, FindError> {
    let sealed = store::load(world.disk, &path(world, wallet))?;
    if sealed.header().wallet_id != wallet {
        return Err(LoadError::Missing.into());
    }
    Ok(sealed)
}

/// The wallets of this computer that know this identifier: from a code slot, a live entry, or a
/// remembered end.
pub fn by_identifier<'a>(
    keychain: &dyn Keychain,
    known: &'a [Known],
    identifier: Identifier,
) -> Vec<&'a Known> {
    known
        .iter()
        .filter(|known| {
            known.slots.contains(&identifier)
                || Record::read(keychain, known.wallet)
                    .ok()
                    .flatten()
                    .is_some_and(|record| record.names(identifier))
        })
        .collect()
}
