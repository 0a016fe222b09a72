//! How long a code works.

use std::time::Duration;

use wallet::Timestamp;

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// The choice of a code's life. A day is 86,400 s, a year 365 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Life {
    /// Two hours: what one journey to another program takes.
    #[default]
    TwoHours,
    /// 24 hours.
    Day,
    /// 30 days.
    Month,
    /// 365 days.
    Year,
    /// Until it is used: for a safe. Ignores clocks.
    UntilUsed,
}

impl Life {
    /// When a code issued now stops working; `None`: until used.
    pub const fn end(self, issued: Timestamp) -> Option<Timestamp> {
        let seconds = match self {
            Self::TwoHours => 2 * HOUR,
            Self::Day => DAY,
            Self::Month => 30 * DAY,
            Self::Year => 365 * DAY,
            Self::UntilUsed => return None,
        };
        Some(Timestamp(issued.0.saturating_add(seconds)))
    }
}

/// One moment, by both clocks of the computer.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By the system clock.
    pub now: Timestamp,
    /// By the clock that runs since boot.
    pub since_boot: Duration,
}

/// Seconds that the clock may be behind the last authenticated use before timed codes are refused.
pub const CLOCK_TOLERANCE: i64 = 5 * 60;

/// What the clock says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In time.
    Works,
    /// Past its time.
    Over {
        /// Since when.
        since: Timestamp,
    },
    /// The clock is too far behind the last authenticated use to be believed.
    ClockBehind {
        /// The last authenticated use.
        last: Timestamp,
    },
}

/// Judges a code's time against the system clock. *Until used* ignores clocks.
pub fn standing(expires: Option<Timestamp>, now: Timestamp, last: Option<Timestamp>) -> Standing {
    let Some(expires) = expires else {
        return Standing::Works;
    };
    if now >= expires {
        return Standing::Over { since: expires };
    }
    match last {
        Some(last) if now.0 < last.0.saturating_sub(CLOCK_TOLERANCE) => {
            Standing::ClockBehind { last }
        }
        _ => Standing::Works,
    }
}

/// Whether a code that ends at `new` would die sooner than one that ends at `old`.
pub fn dies_sooner(new: Option<Timestamp>, old: Option<Timestamp>) -> bool {
    match (new, old) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(new), Some(old)) => new < old,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000);

    #[test]
    fn a_year_is_365_days_and_until_used_never_ends() {
        assert_eq!(
            Life::Year.end(NOW),
            Some(Timestamp(1_800_000_000 + 31_536_000))
        );
        assert_eq!(Life::UntilUsed.end(NOW), None);
        assert_eq!(Life::default().end(NOW), Some(Timestamp(1_800_007_200)));
    }

    #[test]
    fn a_timed_code_is_refused_at_the_second_it_ends_and_one_until_used_never() {
        let end = Life::TwoHours.end(NOW);
        assert_eq!(
            standing(end, Timestamp(NOW.0 + 7_199), None),
            Standing::Works
        );
        assert_eq!(
            standing(end, Timestamp(NOW.0 + 7_200), None),
            Standing::Over {
                since: Timestamp(NOW.0 + 7_200)
            }
        );
        assert_eq!(
            standing(None, Timestamp(i64::MAX), Some(NOW)),
            Standing::Works
        );
        assert_eq!(standing(None, Timestamp(0), Some(NOW)), Standing::Works);
    }

    #[test]
    fn a_clock_more_than_five_minutes_behind_the_last_use_is_not_believed() {
        let end = Life::Day.end(NOW);
        assert_eq!(
            standing(end, Timestamp(NOW.0 - 300), Some(NOW)),
            Standing::Works
        );
        assert_eq!(
            standing(end, Timestamp(NOW.0 - 301), Some(NOW)),
            Standing::ClockBehind { last: NOW }
        );
    }

    #[test]
    fn until_used_outlives_every_time() {
        assert!(dies_sooner(Some(NOW), None));
        assert!(!dies_sooner(None, Some(NOW)));
        assert!(!dies_sooner(None, None));
        assert!(dies_sooner(Some(NOW), Some(Timestamp(NOW.0 + 1))));
        assert!(!dies_sooner(Some(NOW), Some(NOW)));
    }
}
