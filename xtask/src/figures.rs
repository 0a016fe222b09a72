//! `cargo xtask figures [TRIALS]`: how often a mistyped code is proposed right, as a table.

use std::num::NonZeroU32;

use crate::failed::{Failed, Outcome};
use crate::program::{alone, cargo};

/// Runs the trials, 100,000 a row unless told otherwise; minutes to half an hour.
pub(crate) fn figures(trials: Option<&str>) -> Outcome {
    if trials.is_some_and(|trials| trials.parse::<NonZeroU32>().is_err()) {
        return Err(Failed::new("How many trials a row? One at least."));
    }
    let mut command = cargo([
        "bench",
        "--quiet",
        "--package",
        "code",
        "--bench",
        "figures",
        "--",
    ]);
    if alone(command.args(trials))? {
        Ok(())
    } else {
        Err(Failed::new("The trials did not end."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_trials_are_refused() {
        for trials in ["0", "-1", "many"] {
            assert!(figures(Some(trials)).is_err(), "{trials:?}");
        }
    }
}
