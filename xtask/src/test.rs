//! `cargo xtask test`: everything that guards a change, in one command.

use crate::failed::Outcome;
use crate::program::{cargo, npm};
use crate::steps::Steps;
use crate::{e2e, fuzz, packages, scan_bench, tools, ui};

/// The one feature set that everything is built with, so that it is built once.
pub(crate) const FEATURES: &str = "test-hooks,custom-protocol";

/// Installs what the tests need, then runs them all.
pub(crate) fn test() -> Outcome {
    provide()?;
    let mut steps = Steps::default();
    steps.step("Rust format", cargo(["fmt", "--all", "--check"]));
    if let Some(install) = ui::install() {
        steps.step("UI packages", install);
    }
    steps.step("UI lint", npm(["run", "lint"]));
    // The app embeds `ui/dist` when it is compiled, so the UI comes first.
    steps.step("UI build", npm(["run", "build"]));
    steps.step("UI types", npm(["run", "check"]));
    steps.step("UI tests", npm(["run", "test"]));
    steps.step(
        "clippy",
        cargo([
            "clippy",
            "--workspace",
            "--all-targets",
            "--features",
            FEATURES,
            "--",
            "-D",
            "warnings",
        ]),
    );
    steps.step(
        "Rust tests",
        cargo([
            "test",
            "--workspace",
            "--no-fail-fast",
            "--features",
            FEATURES,
            "--",
            "--skip",
            e2e::JOURNEYS,
        ]),
    );
    fuzz::steps(&mut steps)?;
    scan_bench::steps(&mut steps);
    steps.step("journeys", e2e::journeys(None));
    steps.close()
}

/// Installs what building and testing need.
pub(crate) fn provide() -> Outcome {
    packages::provide(&[
        packages::BUILD,
        packages::TEST,
        packages::FUZZ,
        packages::SCAN_BENCH,
    ])?;
    ui::require_node()?;
    if cfg!(target_os = "linux") {
        tools::provide_tauri_driver()?;
    }
    Ok(())
}
