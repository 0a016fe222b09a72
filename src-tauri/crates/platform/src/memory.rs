//! The memory that is free.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

/// Returns how many bytes of memory programs can get without swapping; `None` if the system does
/// not say.
pub fn free_memory() -> Option<u64> {
    system::free_memory()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_says_how_much_memory_is_free() {
        assert!(free_memory().is_some_and(|free| (1 << 20..1 << 50).contains(&free)));
    }
}
