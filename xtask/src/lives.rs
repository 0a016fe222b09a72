//! `cargo xtask lives`, and the lives that `cargo xtask test` runs. `docs/lives.md` describes them.

use std::env;
use std::path::PathBuf;

use crate::failed::{CommandResult, Failed};
use crate::program::{alone, cargo, program, root, run};
use crate::steps::Named;

/// Lives in `cargo xtask test`.
const IN_TEST: &str = "20000";

/// The program that cargo builds for the tests.
fn built() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug/lives")
}

/// Runs lives by hand.
pub(crate) fn lives(words: &[String]) -> CommandResult {
    run(&mut cargo(["build", "--locked", "--package", "lives"]))?;
    if alone(&mut program(built(), words))? {
        Ok(())
    } else {
        Err(Failed::new("A promise was broken."))
    }
}

/// Returns the step of the test run.
pub(crate) fn step() -> Named {
    ("lives".to_owned(), program(built(), ["--seeds", IN_TEST]))
}
