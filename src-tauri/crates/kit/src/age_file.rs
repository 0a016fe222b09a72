//! An `age` v1 file whose lengths are within bounds: the only kind that is handed to `age`.

use std::io::{self, Read};
use std::iter;

use age::DecryptError;
use zeroize::Zeroizing;

use crate::OpenError;

const MAGIC: &[u8] = b"age-encryption.org/v1\n";
const HEADER_END: &[u8] = b"\n---";

/// The longest header. `age` parses a header from its start again after every line, so a long one costs the square
/// of its length. Ours have under 500 bytes with the random stanza that `age` adds.
pub(crate) const HEADER_LIMIT: usize = 2048;

/// A file that begins as an `age` v1 file does and is not longer than it may be. Nothing in it is authentic yet.
pub(crate) struct AgeFile<'a> {
    bytes: &'a [u8],
    header: &'a [u8],
}

impl<'a> AgeFile<'a> {
    /// Looks at lengths alone, `limit` being the most bytes.
    pub(crate) fn new(bytes: &'a [u8], limit: usize) -> Result<Self, OpenError> {
        if bytes.len() > limit || !bytes.starts_with(MAGIC) {
            return Err(OpenError::NotAKit);
        }
        let within = &bytes[..bytes.len().min(HEADER_LIMIT)];
        let end = within
            .windows(HEADER_END.len())
            .position(|window| window == HEADER_END)
            .ok_or(OpenError::Damaged)?;
        Ok(Self {
            bytes,
            header: &bytes[..end],
        })
    }

    /// Arguments of the first stanza, if it is of this type.
    pub(crate) fn first_stanza(&self, kind: &str) -> Option<Vec<&'a str>> {
        let line = self.header.split(|&byte| byte == b'\n').nth(1)?;
        let mut words = str::from_utf8(line).ok()?.split(' ');
        (words.next() == Some("->") && words.next() == Some(kind)).then(|| words.collect())
    }

    /// The types of all stanzas, in their order.
    pub(crate) fn stanzas(&self) -> impl Iterator<Item = &'a str> {
        let lines = self.header.split(|&byte| byte == b'\n');
        lines.filter_map(|line| {
            let mut words = str::from_utf8(line).ok()?.split(' ');
            (words.next() == Some("->")).then(|| words.next())?
        })
    }

    /// The plaintext, all of it authentic, in a buffer that never grows and leaves a copy.
    pub(crate) fn decrypt(
        &self,
        identity: &dyn age::Identity,
    ) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
        let mut reader = age::Decryptor::new_buffered(self.bytes)?.decrypt(iter::once(identity))?;
        let mut plaintext = Zeroizing::new(Vec::new());
        // A plaintext is shorter than its file.
        plaintext
            .try_reserve_exact(self.bytes.len())
            .map_err(io::Error::from)?;
        // Reading to the end is also what makes `age` check that nothing was cut off.
        reader.read_to_end(&mut plaintext)?;
        Ok(plaintext)
    }
}

/// What a failure means once it is neither the code nor the identity.
pub(crate) fn failure(error: &DecryptError) -> OpenError {
    match error {
        DecryptError::Io(error) if error.kind() == io::ErrorKind::OutOfMemory => {
            OpenError::OutOfMemory
        }
        _ => OpenError::Damaged,
    }
}
