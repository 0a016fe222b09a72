//! How much processor time the programs took that were started: on a shared computer it says more
//! than the time on the clock.

use std::fs;
use std::time::Duration;

/// Clock ticks in a second, which Linux has fixed for `/proc`.
const TICKS: u32 = 100;

/// Processor time of all finished children, and of their children. `None` where there is no
/// `/proc`.
pub(crate) fn of_children() -> Option<Duration> {
    parse(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// Adds up the fields `cutime` and `cstime`, the sixteenth and seventeenth.
fn parse(stat: &str) -> Option<Duration> {
    // The second field is the program's name in parentheses, which may contain spaces.
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ').skip(13);
    let ticks: u32 = fields.next()?.parse::<u32>().ok()? + fields.next()?.parse::<u32>().ok()?;
    Some(Duration::from_secs(1) * ticks / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_children_is_read_from_proc() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 100 200 0 0 11 12 130 20 20 0 1 0 5 6 7";
        assert_eq!(parse(stat), Some(Duration::from_millis(1500)));
        assert_eq!(parse("not a line of it"), None);
    }
}
