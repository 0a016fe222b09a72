//! Revoke a code: its entry is erased in one keychain write; the slot goes after it.

use code::Identifier;
use thiserror::Error;

use crate::World;
use crate::ports::KeychainError;
use crate::record::{End, RecordError};
use crate::session::Session;
use crate::settle;

/// Why a code was not revoked. It is live still.
#[derive(Debug, Error)]
pub enum RevokeError {
    /// No live code of this name.
    #[error("no live code of that name")]
    NotLive,
    /// The keychain cannot be reached, or its record not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<KeychainError> for RevokeError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// Revokes a live code.
pub fn revoke(
    world: &mut World<'_>,
    session: &mut Session,
    identifier: Identifier,
) -> Result<(), RevokeError> {
    let wallet = session.wallet();
    let mut record = settle::record(world, session)?.unwrap_or_default();
    if !record.end(identifier, End::Revoked, world.clock.now()) {
        return Err(RevokeError::NotLive);
    }
    crate::kill::point("revoke/begun");
    record.write(world.keychain, wallet)?;
    crate::kill::point("revoke/keychain-settled");
    session
        .shown
        .take_if(|shown| shown.identifier == identifier);
    settle::clean_slots(world, session, &record);
    Ok(())
}
