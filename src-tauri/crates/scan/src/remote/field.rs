//! Values as bytes of a message, in both directions.

use std::str::FromStr;

use code::Identifier;

use super::bounds::MAX_CODES;
use super::wire::{Message, Rest};

/// A value that can be written to a message and read back.
pub(super) trait Field: Sized {
    /// Number of bytes that [`write`](Field::write) writes.
    fn size(&self) -> usize;

    fn write(&self, message: &mut Message);

    /// Returns `None` if the bytes are not such a value.
    fn read(rest: &mut Rest<'_>) -> Option<Self>;
}

impl Field for u64 {
    fn size(&self) -> usize {
        8
    }

    fn write(&self, message: &mut Message) {
        message.long(*self);
    }

    fn read(rest: &mut Rest<'_>) -> Option<u64> {
        rest.long()
    }
}

impl Field for usize {
    fn size(&self) -> usize {
        8
    }

    fn write(&self, message: &mut Message) {
        message.long(*self as u64);
    }

    fn read(rest: &mut Rest<'_>) -> Option<usize> {
        usize::try_from(rest.long()?).ok()
    }
}

impl Field for bool {
    fn size(&self) -> usize {
        1
    }

    fn write(&self, message: &mut Message) {
        message.byte((*self).into());
    }

    fn read(rest: &mut Rest<'_>) -> Option<bool> {
        match rest.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// Identifiers beyond [`MAX_CODES`] are not written.
impl Field for Vec<Identifier> {
    fn size(&self) -> usize {
        4 + (4 + Identifier::LENGTH) * self.len().min(MAX_CODES)
    }

    fn write(&self, message: &mut Message) {
        let sent = &self[..self.len().min(MAX_CODES)];
        message.number(sent.len() as u32);
        for identifier in sent {
            message.text(&identifier.to_string());
        }
    }

    fn read(rest: &mut Rest<'_>) -> Option<Vec<Identifier>> {
        let count = rest.count(MAX_CODES)?;
        (0..count)
            .map(|_| Identifier::from_str(&rest.text(Identifier::LENGTH)?).ok())
            .collect()
    }
}
