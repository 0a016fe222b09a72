//! What the commands that build and run tests have in common.

use crate::failed::CommandResult;
use crate::{packages, ui};

/// The one feature set that everything is built with, so that nothing is built twice. Only on
/// Linux are the libraries of the bench installed.
pub(crate) const FEATURES: &str = if cfg!(target_os = "linux") {
    "test-hooks,custom-protocol,scan-bench/zbar"
} else {
    "test-hooks,custom-protocol"
};

/// The module that the journeys are in, which tells them from the other tests.
pub(crate) const JOURNEYS: &str = "journeys::";

/// Installs what building and testing need.
pub(crate) fn provide() -> CommandResult {
    packages::provide(&[
        packages::BUILD,
        packages::TEST,
        packages::FUZZ,
        packages::SCAN_BENCH,
    ])?;
    ui::require_node()
}
