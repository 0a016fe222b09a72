//! `cargo xtask e2e [FILTER]`: the journeys in the real window alone.

use std::process::Command;

use crate::failed::Outcome;
use crate::program::cargo;
use crate::steps::Steps;
use crate::test::{FEATURES, provide};
use crate::ui;

/// The module that the journeys are in: how they are told from the other tests.
pub(crate) const JOURNEYS: &str = "journeys::";

/// Runs the journeys whose name contains `filter`.
pub(crate) fn e2e(filter: Option<&str>) -> Outcome {
    provide()?;
    ui::provide_packages()?;
    ui::build()?;
    let mut steps = Steps::default();
    steps.step("journeys", journeys(filter));
    steps.close()
}

/// The journeys, one after another: each has the display and the processor to itself.
pub(crate) fn journeys(filter: Option<&str>) -> Command {
    // The whole workspace is named so that the features, and with them the build, are those of
    // the other tests.
    let mut command = cargo([
        "test",
        "--workspace",
        "--features",
        FEATURES,
        "--test",
        "e2e",
        "--",
        "--test-threads=1",
    ]);
    command.args(filter);
    command
}
