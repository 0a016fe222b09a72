//! Whether this thread simulates: then X25519 and the files of `age` are simulated as well, and
//! nothing is worked out twice from the same bytes.

use std::cell::Cell;

thread_local! {
    static NUMBER: Cell<u64> = const { Cell::new(0) };
    static FILES: Cell<u64> = const { Cell::new(0) };
}

/// Has this thread simulate from now on. Each call starts another simulation, and what that makes
/// depends on nothing that was made before.
///
/// What is written by a thread that simulates opens in no other, and the other way round.
pub fn begin() {
    NUMBER.set(NUMBER.get() + 1);
    FILES.set(0);
}

/// Does `work` in a thread of its own that simulates. For tests, whose threads may have others to
/// run.
pub fn within<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let simulated = || {
        begin();
        work()
    };
    std::thread::scope(|scope| match scope.spawn(simulated).join() {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}

/// Whether this thread simulates.
pub fn is_on() -> bool {
    number() != 0
}

/// Returns the number of this thread's simulation, from 1; 0 if it does not simulate.
pub(crate) fn number() -> u64 {
    NUMBER.get()
}

/// Returns a number that no other file of this simulation has.
pub(crate) fn next_file() -> u64 {
    let file = FILES.get();
    FILES.set(file + 1);
    file
}
