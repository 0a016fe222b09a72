//! Whether this thread simulates: then X25519 and the files of `age` are simulated as well.

use std::cell::Cell;

thread_local! {
    static SIMULATES: Cell<bool> = const { Cell::new(false) };
    static NUMBER: Cell<u64> = const { Cell::new(0) };
}

/// Has this thread simulate from now on. A simulation begins anew with each call: what it makes
/// depends on nothing that was made before.
///
/// What is written by a thread that simulates opens in no other, and the other way round.
pub fn begin() {
    SIMULATES.set(true);
    NUMBER.set(0);
}

/// Whether this thread simulates.
pub fn is_on() -> bool {
    SIMULATES.get()
}

/// Returns a number that this simulation has not had.
pub(crate) fn next_number() -> u64 {
    let number = NUMBER.get();
    NUMBER.set(number + 1);
    number
}
