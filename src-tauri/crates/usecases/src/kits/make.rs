//! Make the kit of a new code.

use std::path::Path;

use code::BackupCode;
use wallet::{KitPlace, Opened, disk};

use super::files::{KitError, folder, has_all, open, remove_files, snapshot, sync, write_files};
use crate::World;
use crate::session::Session;

/// Makes the kit of a new code in `parent` and opens it again from the disk. After an error nothing
/// of it stays.
pub(crate) fn make(
    world: &World<'_>,
    opened: &Opened,
    code: &BackupCode,
    parent: &Path,
) -> Result<KitPlace, KitError> {
    if !parent.is_absolute() || parent.to_str().is_none() {
        return Err(KitError::Folder);
    }
    let snapshot = snapshot(opened, world.clock.now());
    let (files, recipient) = kit::make_with(code, &snapshot, world.work())?;
    let place = KitPlace {
        identifier: code.identifier(),
        recipient: recipient.to_string(),
        folder: folder(parent, code.identifier()),
    };
    world
        .disk
        .make_folder(&place.folder)
        .map_err(KitError::Disk)?;
    let written = write_files(world.disk, opened, &recipient, &place.folder).and_then(|()| {
        let replace = |(name, bytes): &(&str, &[u8])| {
            disk::replace(world.disk, &place.folder.join(name), bytes)
        };
        let written = files.named().iter().try_for_each(replace);
        // The folder's own name, without which a power loss takes the whole kit.
        let durable = written.and_then(|()| sync(world.disk, parent));
        durable.map_err(KitError::Disk)
    });
    let made = written.and_then(|()| {
        let (contents, files) = open(world.disk, &place.folder, code)?;
        let same = contents.wallet_id == snapshot.wallet_id
            && contents.items.len() == snapshot.items.len()
            && has_all(opened, snapshot.items, &files);
        same.then_some(()).ok_or(KitError::NotKept)
    });
    if let Err(error) = made {
        // Its code is never issued, so files that cannot be removed now open for nobody.
        let _ = remove_files(world.disk, &place.folder);
        return Err(error);
    }
    Ok(place)
}

impl Session {
    /// Removes the kit of a code that was not issued. One that cannot be removed now is remembered.
    pub(crate) fn unmake_kit(&mut self, world: &World<'_>, place: KitPlace) {
        if remove_files(world.disk, &place.folder).is_err() {
            self.kits.strays.push(place);
        }
    }
}
