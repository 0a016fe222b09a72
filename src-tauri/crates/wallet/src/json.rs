//! JSON of secrets: measured first, so that the buffer it is written into never grows and leaves a copy behind.

use std::io;

use serde::Serialize;
use thiserror::Error;
use zeroize::Zeroizing;

/// How JSON is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As short as it gets.
    Compact,
    /// Indented by two spaces, with a line feed at its end.
    Indented,
}

/// Why nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum JsonError {
    /// It would be longer than it may be.
    #[error("the JSON would have {size} bytes")]
    TooLong {
        /// Bytes that it would have.
        size: usize,
    },
    /// This computer does not have the memory that it takes.
    #[error("there is not enough memory for the JSON")]
    OutOfMemory,
}

/// `value` as JSON of at most `limit` bytes, in a buffer of exactly its length.
///
/// # Errors
/// See [`JsonError`]. A value that JSON has no form for counts as out of memory; no type of ours has such values.
pub fn measured(
    value: &impl Serialize,
    spelling: Spelling,
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, JsonError> {
    let mut count = Count(0);
    write(value, spelling, &mut count)?;
    let size = count.0;
    if size > limit {
        return Err(JsonError::TooLong { size });
    }
    let mut json = Zeroizing::new(Vec::new());
    json.try_reserve_exact(size)
        .map_err(|_| JsonError::OutOfMemory)?;
    write(value, spelling, &mut *json)?;
    Ok(json)
}

fn write(
    value: &impl Serialize,
    spelling: Spelling,
    to: &mut impl io::Write,
) -> Result<(), JsonError> {
    match spelling {
        Spelling::Compact => serde_json::to_writer(to, value).map_err(|_| JsonError::OutOfMemory),
        Spelling::Indented => serde_json::to_writer_pretty(&mut *to, value)
            .map_err(io::Error::from)
            .and_then(|()| to.write_all(b"\n"))
            .map_err(|_| JsonError::OutOfMemory),
    }
}

/// Counts what is written to it.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn it_fills_its_buffer_exactly() {
        for (spelling, text) in [
            (Spelling::Compact, "[1,2]"),
            (Spelling::Indented, "[\n  1,\n  2\n]\n"),
        ] {
            let json = measured(&[1, 2], spelling, 100).unwrap();
            assert_eq!(str::from_utf8(&json).unwrap(), text);
            assert_eq!(json.capacity(), json.len());
        }
    }

    #[test]
    fn what_is_too_long_is_refused_with_its_size() {
        let refused = measured(&"four", Spelling::Indented, 6).unwrap_err();
        assert_eq!(refused, JsonError::TooLong { size: 7 });
        assert!(measured(&"four", Spelling::Indented, 7).is_ok());
    }
}
