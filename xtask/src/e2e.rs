//! `cargo xtask e2e [FILTER]`: the journeys in the real window alone.

use std::process::Command;

use crate::failed::Outcome;
use crate::program::cargo;
use crate::steps::Steps;
use crate::test::{FEATURES, provide};
use crate::ui;

/// The module that the journeys are in: how they are told from the other tests.
pub(crate) const JOURNEYS: &str = "journeys::";

/// The filter that asks for the journey with a PipeWire camera, and the feature that it is built with. It is no part of
/// the other tests: see `docs/camera.md`.
const PIPEWIRE: &str = "camera-pipewire";

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
    let pipewire = filter == Some(PIPEWIRE);
    let features = if pipewire {
        format!("{FEATURES},{PIPEWIRE}")
    } else {
        FEATURES.to_owned()
    };
    let mut command = cargo([
        "test",
        "--workspace",
        "--features",
        &features,
        "--test",
        "e2e",
        "--",
        "--test-threads=1",
    ]);
    command.args(if pipewire {
        Some("journeys::pipewire")
    } else {
        filter
    });
    command
}
