//! The header: the part of a wallet file that is readable without opening the wallet.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::code_slot::SEALED_LIMIT;
use crate::{CodeSlot, CommitId, Email, FormatError, PasswordSlot, WalletId, once};

/// Maximum number of code slots in a wallet. Three codes can be live, and dead slots stay until the
/// next sign-in.
pub const MAX_CODE_SLOTS: usize = 16;

const KEYCHAIN_NAME_LIMIT: usize = 64;

/// The readable part of a wallet file. It is not secret, and it is authenticated only when the
/// payload is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The wallet's permanent id.
    pub wallet_id: WalletId,
    /// The account e-mail, for look-up only.
    pub email: Email,
    /// Id of the commit that wrote this file.
    pub commit_id: CommitId,
    /// Name of the keychain store with which the wallet's codes were issued; empty if there is
    /// none.
    pub keychain: String,
    /// The wallet key wrapped with the password.
    pub password_slot: PasswordSlot,
    /// The wallet key wrapped with each backup code.
    pub code_slots: Vec<CodeSlot>,
}

impl Header {
    /// Parses the stored bytes. Only the canonical form is accepted, so the header that is
    /// displayed is exactly the one that is authenticated.
    pub(crate) fn parse(stored: &[u8]) -> Result<Self, FormatError> {
        once!(Result<Header, FormatError>, stored, {
            let header: Self =
                serde_json::from_slice(stored).map_err(|_| FormatError::HeaderMalformed)?;
            match header.to_bytes()? == stored {
                true => Ok(header),
                false => Err(FormatError::HeaderNotCanonical),
            }
        })
    }

    /// Serializes the canonical form. Rejects headers that [`Header::parse`] would reject.
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
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::format::HEADER_LIMIT;
    use crate::{KdfParams, encoding};

    fn hex() -> impl Strategy<Value = String> {
        "[0-9a-f]{32}"
    }

    fn bytes(length: usize) -> impl Strategy<Value = String> {
        vec(any::<u8>(), length).prop_map(|bytes| encoding::encode(&bytes).to_string())
    }

    fn email() -> impl Strategy<Value = Email> {
        "\\PC{1,20}@\\PC{1,20}"
            .prop_filter_map("not an e-mail address", |text| Email::parse(&text).ok())
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
            email in email(),
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
        fn every_header_round_trips_and_fits_the_limit(header in header()) {
            let stored = header.to_bytes().unwrap();
            prop_assert!(stored.len() <= HEADER_LIMIT);
            prop_assert_eq!(Header::parse(&stored), Ok(header));
        }

        #[test]
        fn a_header_with_an_address_that_nobody_could_type_today_is_read(header in header()) {
            for address in ["a\u{200B}da@example.com", "a@xn--bcher-kva.example", "a\u{E000}@b,"] {
                let mut value = serde_json::to_value(&header).unwrap();
                value["email"] = json!(address);
                let header: Header = serde_json::from_value(value).unwrap();
                let stored = header.to_bytes().unwrap();
                prop_assert!(String::from_utf8_lossy(&stored).contains(address));
                prop_assert_eq!(Header::parse(&stored), Ok(header));
            }
        }

        #[test]
        fn only_the_canonical_form_is_accepted(
            header in header(),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let stored = header.to_bytes().unwrap();
            let mut altered = stored.clone();
            altered[at.index(stored.len())] = byte;
            if let Ok(read) = Header::parse(&altered) {
                prop_assert_eq!(read == header, altered == stored);
            }
        }
    }
}
