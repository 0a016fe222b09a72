//! What all stores do with a record.

use subtle::ConstantTimeEq;
use usecases::ports::KeychainError;
use zeroize::Zeroizing;

/// Length in bytes of the largest record that every store accepts. Credential Manager's own limit
/// is 2,560.
pub const RECORD_LIMIT: usize = usecases::record::LIMIT;

/// Refuses a record above [`RECORD_LIMIT`].
pub(super) fn check_length(record: &[u8]) -> Result<(), KeychainError> {
    if record.len() > RECORD_LIMIT {
        return Err(KeychainError::TooLarge);
    }
    Ok(())
}

/// Compares what was read back with the record that was written.
pub(super) fn check_kept(
    kept: Option<Zeroizing<Vec<u8>>>,
    record: &[u8],
) -> Result<(), KeychainError> {
    match kept {
        Some(kept) if bool::from(kept.ct_eq(record)) => Ok(()),
        Some(_) | None => Err(KeychainError::NotKept),
    }
}

/// Reads the record of `entry`. `classify` maps the store's errors.
pub(super) fn read(
    entry: &keyring::Entry,
    classify: impl FnOnce(keyring::Error) -> KeychainError,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
    match entry.get_secret() {
        Ok(record) => Ok(Some(Zeroizing::new(record))),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(classify(error)),
    }
}
