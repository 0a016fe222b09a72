//! The computer's two clocks, and its time zone for printed times.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::tz::TimeZone;
use usecases::ports::Clock;
use wallet::Timestamp;

#[cfg(target_os = "linux")]
use linux as boot;
#[cfg(target_os = "macos")]
use macos as boot;
#[cfg(windows)]
use windows as boot;

/// This computer's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        seconds(SystemTime::now())
    }

    fn since_boot(&self) -> Duration {
        boot::since_boot()
    }

    fn boot(&self) -> Option<u32> {
        boot::boot()
    }
}

/// Whole seconds since 1970, rounded towards the past.
fn seconds(time: SystemTime) -> Timestamp {
    let saturated = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    Timestamp(match time.duration_since(UNIX_EPOCH) {
        Ok(since) => saturated(since),
        Err(before) => {
            let before = before.duration();
            -saturated(before) - i64::from(before.subsec_nanos() > 0)
        }
    })
}

/// Seconds that this computer's local time is ahead of UTC at `at`; negative west of Greenwich.
/// Zero if the system names no time zone, or one that cannot be read; paper then says UTC. A time
/// outside the calendar gets the offset of the nearest valid one.
pub fn local_offset_seconds(at: Timestamp) -> i32 {
    offset_in(&zone(), at)
}

/// The system's time zone.
fn zone() -> TimeZone {
    let zone = TimeZone::system();
    if !zone.is_unknown() {
        return zone;
    }
    let named = std::env::var("TZ").ok();
    named.and_then(|named| other_form(&named)).unwrap_or(zone)
}

/// A value of `TZ` in a form that other programs read and `jiff` does not: a zone below `posix/`
/// or `right/`, and a POSIX rule that does not say when summer time begins.
fn other_form(named: &str) -> Option<TimeZone> {
    /// What the system's C library assumes then: the rule of the United States.
    const SUMMER_TIME: &str = "M3.2.0,M11.1.0";
    let name = named.strip_prefix(':').unwrap_or(named);
    let name = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
    let below = name
        .strip_prefix("posix/")
        .or_else(|| name.strip_prefix("right/"));
    let zone = TimeZone::get(below.unwrap_or(name));
    zone.or_else(|_| TimeZone::posix(&format!("{name},{SUMMER_TIME}")))
        .ok()
}

fn offset_in(zone: &TimeZone, at: Timestamp) -> i32 {
    zone.to_offset(in_range(at)).seconds()
}

/// The time in UTC as RFC 3339 writes it: `2026-05-03T12:12:00Z`.
pub fn utc(at: Timestamp) -> String {
    in_range(at).to_string()
}

/// The time, or the nearest one that has a date of four digits.
fn in_range(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_second(at.0).unwrap_or(if at.0 < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn a_time_is_written_in_utc() {
        assert_eq!(utc(Timestamp(1_777_810_320)), "2026-05-03T12:12:00Z");
        assert!(utc(Timestamp(i64::MAX)).starts_with("9999-"));
        assert!(utc(Timestamp(i64::MIN)).starts_with("-009999-"));
    }

    #[test]
    fn seconds_are_rounded_down_on_both_sides_of_1970() {
        let half = Duration::from_millis(500);
        assert_eq!(seconds(UNIX_EPOCH + half), Timestamp(0));
        assert_eq!(seconds(UNIX_EPOCH - half), Timestamp(-1));
        assert_eq!(seconds(UNIX_EPOCH - Duration::from_secs(1)), Timestamp(-1));
    }

    #[test]
    fn the_boot_clock_does_not_run_backwards() {
        let first = SystemClock.since_boot();
        assert!(first > Duration::ZERO);
        assert!(SystemClock.since_boot() >= first);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_run_of_the_computer_has_a_name_that_stays() {
        assert!(SystemClock.boot().is_some());
        assert_eq!(SystemClock.boot(), SystemClock.boot());
    }

    #[test]
    fn the_system_clock_is_past_2023() {
        assert!(SystemClock.now() > Timestamp(1_700_000_000));
    }

    #[test]
    fn an_offset_follows_daylight_saving_time() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let winter = Timestamp(1_768_478_400);
        let summer = Timestamp(1_784_116_800);
        assert_eq!(offset_in(&zone, winter), 3_600);
        assert_eq!(offset_in(&zone, summer), 7_200);
    }

    #[test]
    fn a_time_outside_the_calendar_has_the_offset_of_the_nearest_valid_one() {
        for at in [i64::MIN, i64::MAX] {
            assert_eq!(offset_in(&TimeZone::UTC, Timestamp(at)), 0);
        }
        local_offset_seconds(Timestamp(i64::MAX));
    }

    const WINTER: Timestamp = Timestamp(1_768_478_400);
    const SUMMER: Timestamp = Timestamp(1_784_116_800);

    /// Prints the offsets in the process that the next test starts, whose `TZ` it sets.
    #[test]
    #[ignore = "prints for the test after it"]
    fn tell_the_offsets() {
        let offsets = [WINTER, SUMMER].map(local_offset_seconds);
        assert!(offsets.iter().all(|offset| offset % 60 == 0));
        let mut out = std::io::stdout();
        std::io::Write::write_fmt(&mut out, format_args!("\noffsets {offsets:?}\n")).unwrap();
    }

    fn offsets_with(zone: &str) -> String {
        let told = std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "clock::tests::tell_the_offsets",
                "--exact",
                "--ignored",
                "--nocapture",
            ])
            .env("TZ", zone)
            .output()
            .unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let line = told.lines().find_map(|line| line.strip_prefix("offsets "));
        line.unwrap_or(&told).to_owned()
    }

    #[test]
    fn the_time_zone_is_found_in_every_form_that_other_programs_take() {
        for berlin in [
            "Europe/Berlin",
            ":Europe/Berlin",
            "europe/berlin",
            "posix/Europe/Berlin",
            ":posix/Europe/Berlin",
            "right/Europe/Berlin",
            "/usr/share/zoneinfo/Europe/Berlin",
            ":/usr/share/zoneinfo/Europe/Berlin",
            "/usr/share/zoneinfo/posix/Europe/Berlin",
            "CET-1CEST",
            "CET-1CEST,M3.5.0,M10.5.0/3",
            "<CET>-1<CEST>",
        ] {
            assert_eq!(offsets_with(berlin), "[3600, 7200]", "{berlin}");
        }
        assert_eq!(offsets_with("CET-1"), "[3600, 3600]");
        assert_eq!(offsets_with("EST5EDT"), "[-18000, -14400]");
        assert_eq!(offsets_with("NST3:30NDT"), "[-12600, -9000]");
        for utc in ["", "UTC", "UTC0", "nowhere/at_all", "/no/such/file"] {
            assert_eq!(offsets_with(utc), "[0, 0]", "{utc}");
        }
    }
}
