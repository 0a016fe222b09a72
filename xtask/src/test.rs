//! `cargo xtask test`: every check of a change, in one command.

use crate::failed::CommandResult;
use crate::program::{cargo, npm};
use crate::steps::Steps;
use crate::suite::{JOURNEYS, provide, workspace};
use crate::{e2e, fuzz, lives, scan_bench, ui};

/// Installs what the tests need, then runs them all.
pub(crate) fn test() -> CommandResult {
    provide()?;
    let mut steps = Steps::default();
    steps.step("Rust format", cargo(["fmt", "--all", "--check"]));
    if let Some(install) = ui::install() {
        steps.step("UI packages", install);
    }
    // The app embeds `ui/dist` when it is compiled, so the UI comes first.
    steps.step("UI build", npm(["run", "build"]));
    steps.side_by_side(
        vec![("UI lint".to_owned(), npm(["run", "lint"]))],
        vec![("UI types".to_owned(), npm(["run", "check"]))],
    );
    steps.step("UI tests", npm(["run", "test"]));
    // Building and running are two steps so that each has its own time.
    steps.step(
        "Rust build and clippy",
        workspace(["--all-targets", "--no-run"]),
    );
    let skip_journeys = ["--no-fail-fast", "--", "--skip", JOURNEYS];
    steps.step("Rust tests", workspace(skip_journeys));
    // On all cores, so nothing runs beside it.
    let (name, lives) = lives::step();
    steps.step(name, lives);
    fuzz::build_steps(&mut steps)?;
    steps.side_by_side(vec![scan_bench::short_step()], fuzz::short_steps()?);
    steps.step("journeys", e2e::journeys(None)?);
    steps.close()
}
