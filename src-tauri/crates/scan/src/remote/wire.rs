//! Numbers and texts in a message.

use std::io::{self, Read};

use zeroize::Zeroizing;

use crate::engine::Text;

/// Bytes before the rest of a message: what it is, and the length of the rest.
pub(super) const HEAD: usize = 5;

/// Reads what the next message is and how long the rest is. `None` where the other end is done.
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

/// Reads exactly so many bytes; the caller has judged how many.
pub(super) fn read_bytes(input: &mut impl Read, length: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A message that is put together. It has its full size from the start: a buffer that grows leaves copies behind.
pub(super) struct Message {
    bytes: Zeroizing<Vec<u8>>,
}

impl Message {
    /// Of `kind`, with so many bytes after the head.
    pub(super) fn new(kind: u8, length: usize) -> Message {
        let mut bytes = Zeroizing::new(Vec::with_capacity(HEAD + length));
        bytes.push(kind);
        // No message is as long as four bytes can say.
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

/// The bytes that [`Message::text`] takes.
pub(super) fn size_of_text(text: &str) -> usize {
    4 + text.len()
}

/// The rest of a message, taken apart. Each call is `None` where it does not hold what is asked for.
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

    pub(super) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.long()?).ok()
    }

    /// A number of things, at most `most`.
    pub(super) fn count(&mut self, most: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= most).then_some(count)
    }

    /// A text of at most `most` bytes.
    pub(super) fn text(&mut self, most: usize) -> Option<Text> {
        let length = self.count(most)?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let text = std::str::from_utf8(text).ok()?;
        Some(Zeroizing::new(text.to_owned()))
    }

    /// Something, if nothing is left over.
    pub(super) fn end<T>(self, whole: T) -> Option<T> {
        self.0.is_empty().then_some(whole)
    }

    fn array<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }
}
