//! The header: what must be readable before a wallet is opened.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::code_slot::SEALED_LIMIT;
use crate::{CodeSlot, CommitId, Email, FormatError, PasswordSlot, WalletId};

/// The longest header: 64 KiB.
pub(crate) const HEADER_LIMIT: usize = 64 << 10;
/// The most code slots of one wallet. Three codes can be live, and dead slots stay until the next sign-in.
pub const MAX_CODE_SLOTS: usize = 16;

const KEYCHAIN_NAME_LIMIT: usize = 64;

/// The readable part of a wallet file. It is not secret, and it is authenticated only once the payload is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The wallet's name for life.
    pub wallet_id: WalletId,
    /// The account e-mail, for look-up only.
    pub email: Email,
    /// The commit that wrote this file.
    pub commit_id: CommitId,
    /// The name of the keychain store that the wallet's codes were issued with; empty where none was.
    pub keychain: String,
    /// The wallet key under the password.
    pub password_slot: PasswordSlot,
    /// The wallet key under each backup code.
    pub code_slots: Vec<CodeSlot>,
}

impl Header {
    /// Reads the stored bytes. One header has one spelling, so what is shown, bound and compared is one thing.
    pub(crate) fn parse(stored: &[u8]) -> Result<Self, FormatError> {
        let header: Self =
            serde_json::from_slice(stored).map_err(|_| FormatError::HeaderMalformed)?;
        if header.to_bytes()? != stored {
            return Err(FormatError::HeaderNotCanonical);
        }
        Ok(header)
    }

    /// The one spelling. Refuses what could not be read again.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        self.check()?;
        serde_json::to_vec(self).map_err(|_| FormatError::HeaderMalformed)
    }

    fn check(&self) -> Result<(), FormatError> {
        self.password_slot
            .kdf
            .check()
            .map_err(|_| FormatError::KdfOutOfRange)?;
        if !is_keychain_name(&self.keychain) {
            return Err(FormatError::KeychainName);
        }
        if self.code_slots.len() > MAX_CODE_SLOTS {
            return Err(FormatError::TooManyCodeSlots);
        }
        if self
            .code_slots
            .iter()
            .any(|slot| slot.sealed.len() > SEALED_LIMIT)
        {
            return Err(FormatError::CodeSlotTooLong);
        }
        let mut ids = HashSet::from([self.password_slot.id]);
        if !self.code_slots.iter().all(|slot| ids.insert(slot.id)) {
            return Err(FormatError::DoubledSlot);
        }
        Ok(())
    }
}

fn is_keychain_name(name: &str) -> bool {
    name.len() <= KEYCHAIN_NAME_LIMIT
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
