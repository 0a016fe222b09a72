//! Points in time in the local time of a place.

use jiff::{Timestamp, civil::DateTime, tz::Offset};

/// A point in time with the offset of the local clock. Paper cannot follow a change of time zone,
/// so the offset is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// Seconds since 1970-01-01T00:00:00 UTC.
    pub unix: i64,
    /// Seconds that the local clock is ahead of UTC (negative: behind).
    pub offset_seconds: i32,
}

/// The time lies outside the years −9999 to 9999, or the offset beyond 26 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{unix} s with an offset of {offset_seconds} s is outside the calendar")]
pub struct LocalTimeError {
    /// The refused [`LocalTime::unix`].
    pub unix: i64,
    /// The refused [`LocalTime::offset_seconds`].
    pub offset_seconds: i32,
}

impl LocalTime {
    /// The calendar date and the time of day that the local clock shows.
    ///
    /// # Errors
    /// [`LocalTimeError`] outside the calendar.
    pub(crate) fn civil(self) -> Result<DateTime, LocalTimeError> {
        let error = LocalTimeError {
            unix: self.unix,
            offset_seconds: self.offset_seconds,
        };
        let instant = Timestamp::from_second(self.unix).map_err(|_| error)?;
        let offset = Offset::from_seconds(self.offset_seconds).map_err(|_| error)?;
        Ok(offset.to_datetime(instant))
    }

    /// The offset as text: `UTC`, `UTC+02:00`, `UTC-09:30`. Seconds are omitted: no offset in use
    /// has any.
    pub(crate) fn offset(self) -> String {
        let minutes = self.offset_seconds / 60;
        if minutes == 0 {
            return String::from("UTC");
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
        format!("UTC{sign}{hours:02}:{minutes:02}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    fn civil(unix: i64, offset_seconds: i32) -> String {
        let time = LocalTime {
            unix,
            offset_seconds,
        };
        format!("{} {}", time.civil().unwrap(), time.offset())
    }

    #[test]
    fn the_local_clock_is_the_utc_clock_plus_its_offset() {
        assert_eq!(civil(0, 0), "1970-01-01T00:00:00 UTC");
        assert_eq!(civil(1_777_810_320, 7_200), "2026-05-03T14:12:00 UTC+02:00");
        assert_eq!(
            civil(1_777_810_320, -34_200),
            "2026-05-03T02:42:00 UTC-09:30"
        );
        assert_eq!(
            civil(1_709_164_800, 20_700),
            "2024-02-29T05:45:00 UTC+05:45"
        );
        assert_eq!(civil(-1, -3_600), "1969-12-31T22:59:59 UTC-01:00");
    }

    #[test]
    fn a_time_outside_the_calendar_is_refused_with_its_values() {
        for (unix, offset_seconds) in [(i64::MAX, 0), (i64::MIN, 0), (0, i32::MAX), (0, i32::MIN)] {
            let time = LocalTime {
                unix,
                offset_seconds,
            };
            let refused = LocalTimeError {
                unix,
                offset_seconds,
            };
            assert_eq!(time.civil(), Err(refused));
        }
    }
}
