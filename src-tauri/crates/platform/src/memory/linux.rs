//! `MemAvailable` of proc_meminfo(5).

pub(super) fn free_memory() -> Option<u64> {
    available(&std::fs::read_to_string("/proc/meminfo").ok()?)
}

/// The line `MemAvailable: NUMBER kB`, in bytes.
fn available(lines: &str) -> Option<u64> {
    let rest = lines
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = rest.trim().strip_suffix(" kB")?.parse().ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn available_memory_is_read_in_kilobytes() {
        let lines = "MemTotal: 9 kB\nMemAvailable:    2048 kB\nBuffers: 7 kB\n";
        assert_eq!(available(lines), Some(2 << 20));
        assert_eq!(available("MemTotal: 9 kB\n"), None);
        assert_eq!(available("MemAvailable: lots\n"), None);
    }
}
