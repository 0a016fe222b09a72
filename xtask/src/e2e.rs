//! `cargo xtask e2e [FILTER]`: the journeys in the real window alone.

use std::process::Command;

use crate::failed::{CommandResult, Failed};
use crate::network;
use crate::program::{own_folder, run};
use crate::steps::Steps;
use crate::suite::{JOURNEYS, provide, workspace};
use crate::ui;

/// How many journeys run at a time. One keeps less than one core busy.
const AT_A_TIME: &str = "--test-threads=2";

/// Runs the journeys whose name contains `filter`.
pub(crate) fn e2e(filter: Option<&str>) -> CommandResult {
    built()?;
    closed(journeys(filter)?)
}

/// Runs the journey that searches the memory of the app and of the page, and prints its counts.
pub(crate) fn memory() -> CommandResult {
    table("journeys::memory", "memory.md")
}

/// Runs the journey that times the list of many items, and prints its times.
pub(crate) fn list_bench() -> CommandResult {
    table("journeys::many_items", "many-items.md")
}

/// Runs a journey and prints the table that it wrote.
fn table(journey: &str, name: &str) -> CommandResult {
    e2e(Some(journey))?;
    let table = own_folder("artefacts").join(name);
    let table = std::fs::read_to_string(&table)
        .map_err(|error| Failed::new(format!("{} cannot be read: {error}", table.display())))?;
    print!("{table}");
    Ok(())
}

fn closed(journeys: Command) -> CommandResult {
    let mut steps = Steps::default();
    steps.step("journeys", journeys);
    steps.close()
}

fn built() -> CommandResult {
    provide()?;
    ui::provide_packages()?;
    ui::build()?;
    // Building may download; the journeys run without a network.
    run(tests().arg("--no-run"))
}

/// The journeys, each on a desktop of its own, all in a network that ends at this computer. What
/// they run is built already.
pub(crate) fn journeys(filter: Option<&str>) -> Result<Command, Failed> {
    let mut command = tests();
    command.args(["--offline", "--", AT_A_TIME]);
    command.arg(filter.unwrap_or(JOURNEYS));
    network::loopback_alone(command)
}

fn tests() -> Command {
    workspace(["--test", "e2e"])
}
