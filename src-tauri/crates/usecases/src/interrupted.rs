//! What the sign-in page can tell of a recovery that this computer began and nobody saw the end of.

use code::Identifier;
use wallet::store::{self, WalletLock};
use wallet::{Timestamp, WalletId};

use crate::World;
use crate::record::Record;
use crate::settle;

/// A redemption or a restore that has not been settled: the program ended in it, or the keychain
/// failed at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted {
    /// The code that was used.
    pub identifier: Identifier,
    /// When, by the system clock.
    pub at: Timestamp,
    /// Whether the file that it wrote is here: its new password opens the wallet. Otherwise it may
    /// not have been written, or another copy has taken its place.
    pub in_place: bool,
}

/// The recovery of a wallet that was interrupted. Changes nothing and never prompts; what the disk
/// or the keychain does not say, or another program is busy with, is not told.
pub fn interrupted(world: &World<'_>, wallet: WalletId) -> Option<Interrupted> {
    let path = store::path(world.folder, wallet);
    // A recovery that is under way holds it.
    let _lock = WalletLock::acquire_or_read(world.disk, &path).ok()?;
    let record = Record::read_silently(world.keychain, wallet).ok()??;
    let intent = record.intent?;
    let sealed = store::load(world.disk, &path).ok()?;
    Some(Interrupted {
        identifier: intent.identifier,
        at: intent.at,
        in_place: settle::is_in(sealed.header(), &intent),
    })
}
