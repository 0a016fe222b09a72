//! `cargo xtask figures [TRIALS]`: how often a mistyped code is proposed right, as a table.

use crate::failed::Outcome;
use crate::program::{cargo, run};

/// Runs the trials, 100,000 a row unless told otherwise; minutes to half an hour.
pub(crate) fn figures(trials: Option<&str>) -> Outcome {
    let mut command = cargo([
        "bench",
        "--quiet",
        "--package",
        "code",
        "--bench",
        "figures",
        "--",
    ]);
    run(command.args(trials))
}
