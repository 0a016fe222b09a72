//! Numbers and texts in a message: writing and reading.

use std::io::{self, Read};

use zeroize::Zeroizing;

use crate::engine::Text;

/// Number of bytes before the rest of a message: its kind, and the length of the rest.
pub(super) const HEAD: usize = 5;

/// Reads the kind of the next message and the length of its rest. Returns `None` at the end of the
/// input.
pub(super) fn read_head(input: &mut impl Read) -> io::Result<Option<(u8, u32)>> {
    let mut kind = [0];
    loop {
        match input.read(&mut kind) {
            Ok(0) => return Ok(None),
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    Ok(Some((kind[0], u32::from_le_bytes(length))))
}

/// Reads exactly `length` bytes. The caller has checked the length.
pub(super) fn read_bytes(input: &mut impl Read, length: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Message under construction. Its buffer has the final size from the start: one that grows would
/// leave copies of secrets behind.
pub(super) struct Message {
    bytes: Zeroizing<Vec<u8>>,
}

impl Message {
    /// Starts a message of `kind` with `length` bytes after the head.
    pub(super) fn new(kind: u8, length: usize) -> Message {
        let mut bytes = Zeroizing::new(Vec::with_capacity(HEAD + length));
        bytes.push(kind);
        // The length of every message fits into four bytes.
        bytes.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
        Message { bytes }
    }

    pub(super) fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub(super) fn number(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn long(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// The whole message.
    pub(super) fn bytes(&self) -> &[u8] {
        debug_assert_eq!(self.bytes.len(), self.bytes.capacity());
        &self.bytes
    }
}

/// Number of bytes that [`Message::text`] writes.
pub(super) fn size_of_text(text: &str) -> usize {
    4 + text.len()
}

/// Unread rest of a message. Each method returns `None` if the rest does not hold such a value.
pub(super) struct Rest<'a>(pub(super) &'a [u8]);

impl<'a> Rest<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn long(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// Reads a count of at most `most`.
    pub(super) fn count(&mut self, most: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= most).then_some(count)
    }

    /// Reads a text of at most `most` bytes.
    pub(super) fn text(&mut self, most: usize) -> Option<Text> {
        let length = self.count(most)?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let text = std::str::from_utf8(text).ok()?;
        Some(Zeroizing::new(text.to_owned()))
    }

    /// Returns `whole` if nothing is left over.
    pub(super) fn end<T>(self, whole: T) -> Option<T> {
        self.0.is_empty().then_some(whole)
    }

    fn array<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }
}
