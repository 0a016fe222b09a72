//! Maps a store's errors to the port's, by type and never by text.

use std::error::Error as StdError;

use usecases::ports::KeychainError;
use zeroize::Zeroize;

/// Maps `error`. `cause` maps the error that the store wraps, if it recognises it.
///
/// Takes the error by value because two of its variants contain the record's bytes, which are
/// wiped.
pub(super) fn classify(
    error: keyring::Error,
    cause: impl FnOnce(Box<dyn StdError + Send + Sync>) -> Option<KeychainError>,
) -> KeychainError {
    use keyring::Error;
    match error {
        Error::PlatformFailure(inner) => cause(inner).unwrap_or(KeychainError::Failed),
        Error::NoStorageAccess(inner) => cause(inner).unwrap_or(KeychainError::Unreachable),
        Error::Ambiguous(_) => KeychainError::Several,
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
    use super::*;

    fn unrecognised(error: keyring::Error) -> KeychainError {
        classify(error, |_| None)
    }

    #[test]
    fn two_records_of_one_name_are_told() {
        assert_eq!(
            unrecognised(keyring::Error::Ambiguous(Vec::new())),
            KeychainError::Several
        );
    }

    #[test]
    fn an_error_without_a_known_cause_is_a_failure() {
        assert_eq!(
            unrecognised(keyring::Error::BadEncoding(vec![0xff])),
            KeychainError::Failed
        );
        let inner = Box::new(std::io::Error::other("locked"));
        assert_eq!(
            unrecognised(keyring::Error::PlatformFailure(inner)),
            KeychainError::Failed
        );
    }

    #[test]
    fn a_recognised_cause_wins() {
        let inner = || Box::new(std::io::Error::other("locked"));
        for error in [
            keyring::Error::PlatformFailure(inner()),
            keyring::Error::NoStorageAccess(inner()),
        ] {
            let error = classify(error, |_| Some(KeychainError::Locked));
            assert_eq!(error, KeychainError::Locked);
        }
    }

    #[test]
    fn a_store_that_never_started_is_unreachable() {
        assert_eq!(
            unrecognised(keyring::Error::NoDefaultStore),
            KeychainError::Unreachable
        );
    }

    #[test]
    fn a_record_above_the_stores_own_limit_is_too_large() {
        assert_eq!(
            unrecognised(keyring::Error::TooLong("secret".to_owned(), 2_560)),
            KeychainError::TooLarge
        );
    }
}
