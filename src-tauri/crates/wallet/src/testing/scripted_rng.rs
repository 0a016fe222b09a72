//! Scripted randomness.

use std::collections::VecDeque;
use std::convert::Infallible;

use rand::{TryCryptoRng, TryRng};

/// Returns the scripted bytes, then 0, 1, 2 … as 64-bit little-endian numbers.
pub struct ScriptedRng {
    script: VecDeque<u8>,
    next: u64,
}

impl ScriptedRng {
    /// Creates a generator that starts with these bytes.
    pub fn new(script: &[u8]) -> Self {
        Self {
            script: script.iter().copied().collect(),
            next: 0,
        }
    }

    fn byte(&mut self) -> u8 {
        if self.script.is_empty() {
            self.script.extend(self.next.to_le_bytes());
            self.next += 1;
        }
        self.script.pop_front().unwrap_or_default()
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }
}

impl TryRng for ScriptedRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.bytes()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| self.byte());
        Ok(())
    }
}

impl TryCryptoRng for ScriptedRng {}
