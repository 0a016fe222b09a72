//! `cargo xtask power` and `cargo xtask races`: power losses and races of processes, with real
//! files, locks and keyrings. Short forms are among the tests.

use std::env;
use std::path::PathBuf;

use crate::failed::{CommandResult, Failed};
use crate::packages;
use crate::program::{alone, program, root, run};
use crate::suite::workspace;

/// The program that cargo builds.
fn built() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug/real-parts")
}

/// Runs one of the two, `power` or `races`, with its words.
pub(crate) fn real_parts(name: &str, words: &[String]) -> CommandResult {
    packages::provide(&[packages::BUILD, packages::TEST])?;
    // As the tests are built, so that nothing is built twice. Their program is built with them.
    run(&mut workspace(["--locked", "--test", "short", "--no-run"]))?;
    let mut command = program(built(), [name]);
    match alone(command.args(words))? {
        true => Ok(()),
        false => Err(Failed::new("Something was lost, or a word is unknown.")),
    }
}
