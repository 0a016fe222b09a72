//! Revoke a code: its entry is erased in one keychain write; the slot goes after it.

use code::Identifier;
use thiserror::Error;

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::identity::{self, IdentityNeeded, Level};
use crate::ports::KeychainError;
use crate::record::{End, RecordError};
use crate::session::{ReadOnly, Session};
use crate::settle;

/// Why a code was not revoked, or the keychain did not confirm that it was.
#[derive(Debug, Error)]
pub enum RevokeError {
    /// The password has not been confirmed recently.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// No live code of this name.
    #[error("no live code of that name")]
    NotLive,
    /// The wallet is open for reading only.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// The keychain cannot be reached, or its record not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<KeychainError> for RevokeError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// Revokes a live code; asks for a fresh confirmation of the password.
pub fn revoke(
    world: &mut World<'_>,
    session: &mut Session,
    identifier: Identifier,
) -> Result<(), RevokeError> {
    session.writable()?;
    identity::fresh(world, session, Level::Password)?;
    let may_be_revoked = session.unsettled;
    let mut record = settle::record(world, session)?.unwrap_or_default();
    if !record.end(identifier, End::Revoked, world.clock.now()) {
        let ended = record.ended(identifier).map(|ended| ended.state);
        if !may_be_revoked || ended != Some(End::Revoked) {
            return Err(RevokeError::NotLive);
        }
        // The keychain took the last try and did not say so.
    }
    crate::kill::point("revoke/begun");
    if !is_planted(Break::EntryKeptAtRevoke) {
        settle::write(world, session, &record)?;
    }
    crate::kill::point("revoke/keychain-settled");
    session
        .shown
        .take_if(|shown| shown.identifier == identifier);
    if !is_planted(Break::EntryKeptAtRevoke) {
        settle::clean_slots(world, session, &record);
    }
    Ok(())
}
