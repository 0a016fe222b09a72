//! `cargo xtask e2e [FILTER]`: the journeys in the real window alone.

use std::process::Command;

use crate::failed::CommandResult;
use crate::program::cargo;
use crate::steps::Steps;
use crate::suite::{FEATURES, JOURNEYS, provide};
use crate::ui;

/// How many journeys run at a time. One keeps less than one core busy.
const AT_A_TIME: &str = "--test-threads=2";

/// Runs the journeys whose name contains `filter`.
pub(crate) fn e2e(filter: Option<&str>) -> CommandResult {
    provide()?;
    ui::provide_packages()?;
    ui::build()?;
    let mut steps = Steps::default();
    steps.step("journeys", journeys(filter));
    steps.close()
}

/// The journeys, each on a desktop of its own.
pub(crate) fn journeys(filter: Option<&str>) -> Command {
    // The whole workspace is named so that the features, and with them the build, are those of
    // the other tests.
    let mut command = cargo(["test", "--workspace", "--features", FEATURES]);
    command.args(["--test", "e2e", "--", AT_A_TIME]);
    command.arg(filter.unwrap_or(JOURNEYS));
    command
}
