//! The first check of a file.

use crate::error::ScanError;
use crate::kind::{Kind, kind_of};
use crate::limits::Limits;

/// Checks a file's size and recognises its kind.
pub(crate) fn accept(bytes: &[u8], limits: &Limits) -> Result<Kind, ScanError> {
    let have = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if have == 0 {
        return Err(ScanError::Empty);
    }
    if have > limits.bytes {
        return Err(ScanError::TooManyBytes {
            have,
            most: limits.bytes,
        });
    }
    kind_of(bytes).ok_or(ScanError::Unsupported)
}
