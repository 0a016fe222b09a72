//! Go on with an older copy of a wallet whose own file is damaged or missing, or did not open. The
//! file is kept aside, and the copy stays where it is.
//!
//! The keychain is not touched: an older copy is told at the next sign-in, and not punished.

use std::ffi::OsStr;
use std::path::Path;

use code::Identifier;
use thiserror::Error;
use wallet::names;
use wallet::store::{self, Aside, CommitError, LockError, NotReplaced, NotVerified, WalletLock};
use wallet::{OpenError, WalletId};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::copies::{self, Why};
use crate::find::{self, FindError};
use crate::judge::{Refusal, Refused};
use crate::redeem::AcceptError;
use crate::sign_in::SignInError;

/// Why a copy was not put in the wallet's place, or the disk did not confirm it.
#[derive(Debug, Error)]
pub enum OlderError {
    /// There is no such copy of that wallet, or it cannot be read.
    #[error("there is no such copy of the wallet")]
    Gone,
    /// The wallet's own file cannot be read for a reason that may go away.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The file was not replaced.
    #[error(transparent)]
    NotSaved(#[from] NotReplaced),
    /// The copy is in place, or may be, and not verified. A retry continues from there.
    #[error(transparent)]
    InPlace(#[from] NotVerified),
}

impl From<CommitError> for OlderError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::NotReplaced(error) => error.into(),
            CommitError::NotVerified(error) => error.into(),
        }
    }
}

/// Why copies are to be offered after a sign-in that failed; `None` if it says nothing of the file.
pub fn after_password(error: &SignInError) -> Option<Why> {
    match error {
        SignInError::WrongPassword { .. } => Some(Why::Password),
        SignInError::Open(OpenError::Damaged) => Some(Why::Damaged),
        SignInError::Wait(_)
        | SignInError::WrongDigits { .. }
        | SignInError::DigitsNeeded
        | SignInError::DigitsUsed
        | SignInError::Find(_)
        | SignInError::Lock(_)
        | SignInError::Open(_) => None,
    }
}

/// The same after a code that was not accepted.
pub fn after_code(error: &AcceptError, code: Identifier) -> Option<Why> {
    match error {
        AcceptError::Refused(Refusal::Slot(_) | Refusal::Code(Refused::WithoutSlot { .. })) => {
            Some(Why::Code(code))
        }
        AcceptError::Lock(_)
        | AcceptError::Refused(
            Refusal::Code(_) | Refusal::Wait(_) | Refusal::Record(_) | Refusal::Find(_),
        ) => None,
    }
}

/// Puts the copy of this name in the place of the wallet's own file. A wallet whose own file can be
/// read is left as it is, unless it did not open, for the reason `unopened`.
pub fn put_back(
    world: &World<'_>,
    wallet: WalletId,
    name: &OsStr,
    unopened: Option<Why>,
) -> Result<(), OlderError> {
    let path = find::path(world, wallet);
    let from = world.folder.join(name);
    let within = from.file_name() == Some(name) && from.parent() == Some(world.folder);
    if !within || from == path || names::name(&from).is_none() {
        return Err(OlderError::Gone);
    }
    let copy = store::load(world.disk, &from).map_err(|_| OlderError::Gone)?;
    if copy.header().wallet_id != wallet {
        return Err(OlderError::Gone);
    }
    let _lock = WalletLock::acquire(world.disk, &path)?;
    let aside = match (find::load(world, wallet), unopened) {
        // An earlier try put it there.
        (Ok(own), _) if own.bytes() == copy.bytes() => {
            return Ok(store::make_durable(world.disk, &path)?);
        }
        (Ok(_), None | Some(Why::Missing | Why::Unreadable)) => return Ok(()),
        (Ok(_), Some(why)) if !is_offered(world, wallet, &from, why) => {
            return Err(OlderError::Gone);
        }
        (Ok(_), Some(Why::Damaged)) => Aside::Damaged,
        (Ok(_), Some(Why::Password | Why::Code(_))) => Aside::Refused,
        (Err(FindError::Load(error)), _) => match Why::of(&error) {
            Some(Why::Unreadable) => Aside::Refused,
            Some(_) => Aside::Damaged,
            None => return Err(FindError::Load(error).into()),
        },
        (Err(error), _) => return Err(error.into()),
    };
    Ok(store::put_back(world.disk, &path, copy.bytes(), aside)?)
}

/// Whether this copy may open where the wallet's own file did not.
fn is_offered(world: &World<'_>, wallet: WalletId, copy: &Path, why: Why) -> bool {
    if is_planted(Break::NoCopyOffered) {
        return false;
    }
    let lost = copies::of_unopened(world.disk, world.folder, wallet, why);
    let copies = lost.ok().flatten().map(|lost| lost.copies);
    copies.is_some_and(|copies| copies.iter().any(|offered| offered.path == copy))
}
