//! For systems that are asked for the state of the screen.

#![cfg_attr(
    not(any(windows, target_os = "macos")),
    expect(dead_code, reason = "only tests use all of it on Linux")
)]

use std::thread;
use std::time::Duration;

/// Time between two questions.
const PAUSE: Duration = Duration::from_secs(1);

/// Calls `on_lock` when `is_locked` becomes true, from a thread of its own.
pub(super) fn watch(
    is_locked: impl Fn() -> bool + Send + 'static,
    on_lock: impl Fn() + Send + 'static,
) {
    thread::spawn(move || {
        let mut screen = Screen::default();
        loop {
            if screen.locks(is_locked()) {
                on_lock();
            }
            thread::sleep(PAUSE);
        }
    });
}

/// The last answer.
#[derive(Default)]
struct Screen {
    locked: bool,
}

impl Screen {
    /// Takes the next answer, and returns whether the screen has been locked since the last one.
    fn locks(&mut self, locked: bool) -> bool {
        let before = std::mem::replace(&mut self.locked, locked);
        locked && !before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lock_is_reported_once() {
        let mut screen = Screen::default();
        let answers = [false, true, true, false, false, true];
        let reported = answers.map(|locked| screen.locks(locked));
        assert_eq!(reported, [false, true, false, false, false, true]);
    }
}
