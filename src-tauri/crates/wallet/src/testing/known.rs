//! What a simulation has worked out from the same bytes before.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::thread::LocalKey;

use crate::testing::simulation;

/// Bytes at the beginning that a key is found by. They differ where the bytes of wallets do: with
/// each save.
const START: usize = 256;
/// Bytes at the end.
const END: usize = 32;

/// Results by the bytes that they depend on.
pub struct Known<V> {
    /// The simulation that they are of; `None` if they are kept.
    of: Option<u64>,
    results: HashMap<Box<[u8]>, V, BuildHasherDefault<Sample>>,
}

/// The results that a thread knows.
type OfThread<V> = LocalKey<RefCell<Known<V>>>;

impl<V> Default for Known<V> {
    fn default() -> Self {
        Self {
            of: Some(0),
            results: HashMap::default(),
        }
    }
}

impl<V> Known<V> {
    /// Results that are kept from one simulation to the next: of few bytes.
    pub fn kept() -> Self {
        Self {
            of: None,
            results: HashMap::default(),
        }
    }
}

impl<V> Known<V> {
    fn get(&mut self, bytes: &[u8]) -> Option<&V> {
        let present = simulation::number();
        if let Some(of) = &mut self.of
            && *of != present
        {
            *of = present;
            self.results.clear();
        }
        self.results.get(bytes)
    }
}

/// Returns what `work` makes of these bytes, on which alone its result depends. A simulation does
/// the work once, and copies the result. All of the bytes are compared.
pub fn once<V>(
    known: &'static OfThread<V>,
    bytes: &[u8],
    work: impl FnOnce() -> V,
    copy: impl Fn(&V) -> V,
) -> V {
    if !simulation::is_on() {
        return work();
    }
    if let Some(result) = known.with_borrow_mut(|known| known.get(bytes).map(&copy)) {
        return result;
    }
    let result = work();
    let copied = copy(&result);
    known.with_borrow_mut(|known| known.results.insert(bytes.into(), result));
    copied
}

/// Hashes the beginning and the end of long keys.
#[derive(Default)]
struct Sample(u64);

impl Sample {
    fn add(&mut self, word: u64) {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        self.0 = (self.0.rotate_left(26) ^ word).wrapping_mul(ODD);
    }

    fn add_all(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        for byte in rest {
            self.add(u64::from(*byte));
        }
    }
}

impl Hasher for Sample {
    fn write(&mut self, bytes: &[u8]) {
        self.add_all(&bytes[..bytes.len().min(START)]);
        self.add_all(&bytes[bytes.len().saturating_sub(END)..]);
    }

    fn write_usize(&mut self, length: usize) {
        self.add(length as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static KNOWN: RefCell<Known<Vec<u8>>> = RefCell::default();
    }

    #[test]
    fn what_differs_in_any_byte_is_worked_out_by_itself() {
        let of = |bytes: &[u8]| once(&KNOWN, bytes, || bytes.to_vec(), Clone::clone);
        simulation::within(|| {
            let bytes: Vec<u8> = (0..=255).cycle().take(1_000).collect();
            assert_eq!(of(&bytes), bytes);
            for at in 0..bytes.len() {
                let mut other = bytes.clone();
                other[at] ^= 1;
                assert_eq!(of(&other), other, "{at}");
                assert_eq!(of(&bytes[..at]), bytes[..at], "{at}");
            }
        });
    }

    /// How often it is worked out, if it is asked for three times in each of two runs.
    fn times(begin: fn()) -> i32 {
        let times = Cell::new(0);
        for _ in 0..2 {
            begin();
            for _ in 0..3 {
                let count = || {
                    times.set(times.get() + 1);
                    Vec::new()
                };
                once(&KNOWN, b"", count, Clone::clone);
            }
        }
        times.get()
    }

    #[test]
    fn the_same_is_worked_out_once_a_simulation() {
        assert_eq!(times(|| {}), 6);
        simulation::within(|| assert_eq!(times(simulation::begin), 2));
    }
}
