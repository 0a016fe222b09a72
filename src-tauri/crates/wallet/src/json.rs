//! JSON with secrets. Its size is computed first, so that the buffer never grows and leaves no copy
//! behind.

use std::io;

use serde::Serialize;
use thiserror::Error;
use zeroize::Zeroizing;

/// Formatting of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonStyle {
    /// Without white space.
    Compact,
    /// Indented by two spaces, with a final line feed.
    Indented,
}

/// Reasons why a value was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum JsonError {
    /// The JSON exceeds the limit.
    #[error("the JSON has {size} bytes, which exceeds the limit")]
    TooLong {
        /// Size of the JSON in bytes.
        size: usize,
    },
    /// This computer has too little memory.
    #[error("there is not enough memory for the JSON")]
    OutOfMemory,
}

/// Serializes `value` as JSON of at most `limit` bytes into a buffer of exactly its size.
///
/// # Errors
/// See [`JsonError`]. A value that JSON cannot represent is reported as out of memory; our types
/// have no such values.
pub fn to_exact_vec(
    value: &impl Serialize,
    style: JsonStyle,
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, JsonError> {
    #[cfg(any(test, feature = "testing"))]
    if crate::testing::simulation::is_on() {
        return to_vec(value, style, limit);
    }
    let size = size(value, style)?;
    if size > limit {
        return Err(JsonError::TooLong { size });
    }
    let mut json = Zeroizing::new(Vec::new());
    json.try_reserve_exact(size)
        .map_err(|_| JsonError::OutOfMemory)?;
    write(value, style, &mut *json)?;
    Ok(json)
}

/// The same, in a simulation, whose buffers may grow.
#[cfg(any(test, feature = "testing"))]
fn to_vec(
    value: &impl Serialize,
    style: JsonStyle,
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, JsonError> {
    let mut json = Zeroizing::new(Vec::with_capacity(1024));
    write(value, style, &mut *json)?;
    match json.len() {
        size if size > limit => Err(JsonError::TooLong { size }),
        _ => Ok(json),
    }
}

/// Returns the size in bytes of the JSON of `value`.
///
/// # Errors
/// As [`to_exact_vec`] has for a value that JSON cannot represent.
pub(crate) fn size(value: &impl Serialize, style: JsonStyle) -> Result<usize, JsonError> {
    let mut count = Count(0);
    write(value, style, &mut count)?;
    Ok(count.0)
}

fn write(
    value: &impl Serialize,
    style: JsonStyle,
    to: &mut impl io::Write,
) -> Result<(), JsonError> {
    match style {
        JsonStyle::Compact => serde_json::to_writer(to, value).map_err(|_| JsonError::OutOfMemory),
        JsonStyle::Indented => serde_json::to_writer_pretty(&mut *to, value)
            .map_err(io::Error::from)
            .and_then(|()| to.write_all(b"\n"))
            .map_err(|_| JsonError::OutOfMemory),
    }
}

/// Counts the bytes written to it.
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
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;

    #[test]
    fn json_fills_its_buffer_exactly() {
        for (style, text) in [
            (JsonStyle::Compact, "[1,2]"),
            (JsonStyle::Indented, "[\n  1,\n  2\n]\n"),
        ] {
            let json = to_exact_vec(&[1, 2], style, 100).unwrap();
            assert_eq!(str::from_utf8(&json).unwrap(), text);
            assert_eq!(json.capacity(), json.len());
        }
    }

    #[test]
    fn json_over_the_limit_is_rejected_with_its_size() {
        let rejected = to_exact_vec(&"four", JsonStyle::Indented, 6).unwrap_err();
        assert_eq!(rejected, JsonError::TooLong { size: 7 });
        assert!(to_exact_vec(&"four", JsonStyle::Indented, 7).is_ok());
    }
}
