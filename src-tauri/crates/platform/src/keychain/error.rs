//! What a store's error means to the use cases: told by its type, never by its text.

use usecases::ports::KeychainError;
use zeroize::Zeroize;

use super::store;

/// Takes the error whole, since two of its kinds carry the record's bytes, which are wiped.
pub(super) fn classify(error: keyring::Error) -> KeychainError {
    use keyring::Error;
    match error {
        Error::PlatformFailure(inner) => store::cause(inner).unwrap_or(KeychainError::Failed),
        Error::NoStorageAccess(inner) => store::cause(inner).unwrap_or(KeychainError::Unreachable),
        Error::NoDefaultStore => KeychainError::Unreachable,
        Error::TooLong(..) => KeychainError::TooLarge,
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            KeychainError::Failed
        }
        _ => KeychainError::Failed,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    #[test]
    fn an_error_that_says_nothing_of_the_store_is_a_failure() {
        assert_eq!(
            classify(keyring::Error::Ambiguous(Vec::new())),
            KeychainError::Failed
        );
        assert_eq!(
            classify(keyring::Error::BadEncoding(vec![0xff])),
            KeychainError::Failed
        );
        let inner = Box::new(std::io::Error::other("locked"));
        assert_eq!(
            classify(keyring::Error::PlatformFailure(inner)),
            KeychainError::Failed
        );
    }

    #[test]
    fn a_store_that_never_started_is_unreachable() {
        assert_eq!(
            classify(keyring::Error::NoDefaultStore),
            KeychainError::Unreachable
        );
    }

    #[test]
    fn a_stores_own_limit_is_too_large() {
        assert_eq!(
            classify(keyring::Error::TooLong("secret".to_owned(), 2_560)),
            KeychainError::TooLarge
        );
    }
}
