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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{KdfParams, encoding};

    fn hex() -> impl Strategy<Value = String> {
        "[0-9a-f]{32}"
    }

    fn bytes(length: usize) -> impl Strategy<Value = String> {
        vec(any::<u8>(), length).prop_map(|bytes| encoding::encode(&bytes).to_string())
    }

    prop_compose! {
        fn password_slot()(
            id in hex(),
            memory_kib in KdfParams::FLOOR.memory_kib..=KdfParams::CEILING.memory_kib,
            passes in KdfParams::FLOOR.passes..=KdfParams::CEILING.passes,
            lanes in KdfParams::FLOOR.lanes..=KdfParams::CEILING.lanes,
            salt in bytes(16),
            nonce in bytes(24),
            sealed in bytes(48),
        ) -> serde_json::Value {
            let kdf = json!({ "memory_kib": memory_kib, "passes": passes, "lanes": lanes });
            json!({ "id": id, "kdf": kdf, "salt": salt, "nonce": nonce, "sealed": sealed })
        }
    }

    prop_compose! {
        fn code_slot()(
            id in hex(),
            identifier in "[AC-HJ-NP-Z02-9]{4}",
            salt in bytes(32),
            sealed in (0..=SEALED_LIMIT).prop_flat_map(bytes),
        ) -> serde_json::Value {
            json!({ "id": id, "identifier": identifier, "salt": salt, "sealed": sealed })
        }
    }

    prop_compose! {
        fn header()(
            wallet_id in hex(),
            email in "\\PC{1,20}@\\PC{1,20}".prop_filter_map("no e-mail", |text| Email::parse(&text).ok()),
            commit_id in hex(),
            keychain in "[a-z0-9-]{0,64}",
            password_slot in password_slot(),
            code_slots in vec(code_slot(), 0..=MAX_CODE_SLOTS),
        ) -> Header {
            serde_json::from_value(json!({
                "wallet_id": wallet_id,
                "email": email,
                "commit_id": commit_id,
                "keychain": keychain,
                "password_slot": password_slot,
                "code_slots": code_slots,
            }))
            .unwrap()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn every_header_is_read_back_as_itself_and_fits(header in header()) {
            let stored = header.to_bytes().unwrap();
            prop_assert!(stored.len() <= HEADER_LIMIT);
            prop_assert_eq!(Header::parse(&stored), Ok(header));
        }

        #[test]
        fn whatever_is_read_has_one_spelling(header in header(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let stored = header.to_bytes().unwrap();
            let mut altered = stored.clone();
            altered[at.index(stored.len())] = byte;
            if let Ok(read) = Header::parse(&altered) {
                prop_assert_eq!(read == header, altered == stored);
            }
        }
    }
}
