//! `cargo xtask figures [TRIALS]`: prints how often a mistyped code is corrected, as a table.

use std::num::NonZeroU32;

use crate::failed::{CommandResult, Failed};
use crate::program::{alone, cargo};

/// Runs the trials, by default 100,000 a row. They take up to half an hour.
pub(crate) fn figures(trials: Option<&str>) -> CommandResult {
    if trials.is_some_and(|trials| trials.parse::<NonZeroU32>().is_err()) {
        return Err(Failed::new("The number of trials must be 1 or more."));
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
        Err(Failed::new("The trials failed."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_trials_below_one_is_rejected() {
        for trials in ["0", "-1", "many"] {
            assert!(figures(Some(trials)).is_err(), "{trials:?}");
        }
    }
}
