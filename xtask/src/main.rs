//! The project's own commands: `cargo xtask help` lists them. One file a command.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod bundle;
mod check_windows;
mod correct;
mod count;
mod cpu;
mod e2e;
mod failed;
mod figures;
mod fuzz;
mod generate;
mod packages;
mod paper;
mod program;
mod run;
mod sample_kit;
mod sample_pages;
mod sample_shares;
mod sample_sheet;
mod scan;
mod scan_bench;
mod steps;
mod suite;
mod test;
mod tools;
mod ui;

use std::process::ExitCode;

use failed::{Failed, Outcome};

const HELP: &str = "\
cargo xtask COMMAND

  run                   install what is missing, build UI and app, open the window
  test                  all that guards a change; ends with `N passed, N failed`
  e2e [FILTER]          only the journeys in the real window
  generate              write what is generated from Rust: the UI's types and callers
  help                  this list

by hand, never part of `test`:
  bundle                the package that people install (Linux: .deb); optimised, 5 to 10 minutes
  check-windows         type-check everything for Windows, from Debian
  figures [TRIALS]      how often a mistyped code is proposed right, as a table; half an hour
  paper table [SEEDS]   how many pictures of damaged sheets are read, as a table; ten minutes
  scan-bench DIR [--photos DIR]
                        QR engines beside ours on a thousand pictures, kept in DIR; an hour
  fuzz MINUTES          hostile input for the code's reader, so long for each target

for maintainers:
  scan FILE...          a line a code found: path, tab, its 60 characters; or a line a file with the error
  sample-sheet OUT.pdf  a sheet with a fresh random code, which is printed
  sample-shares K N     a fresh set of N sheets of which K are needed, and its secret code
  sample-kit DIR        a recovery kit in DIR/backup-kit-ABCD with sample items and a fresh
                        random code, which is printed
  sample-pages OUT.pdf [--items N]
                        recovery pages with sample items and a fresh random code, which is printed
  paper pictures DIR [SEED]
                        a sheet after all that happens to paper, and contact sheets of it
  correct               typed codes, one a line from standard input: `ok CODE`,
                        `proposal CODE POSITIONS` or `reread REASON` for each
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("{failed}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match (name.as_str(), rest) {
        ("run", []) => run::run(),
        ("test", []) => test::test(),
        ("e2e", []) => e2e::e2e(None),
        ("e2e", [filter]) => e2e::e2e(Some(filter)),
        ("generate", []) => generate::generate(),
        ("bundle", []) => bundle::bundle(),
        ("check-windows", []) => check_windows::check_windows(),
        ("figures", []) => figures::figures(None),
        ("figures", [trials]) => figures::figures(Some(trials)),
        ("fuzz", [minutes]) => fuzz::fuzz(minutes),
        ("paper", words) => paper::paper(words),
        ("correct", []) => correct::correct(),
        ("sample-kit", [to]) => sample_kit::sample_kit(to),
        ("sample-pages", arguments @ [_, ..]) => sample_pages::sample_pages(arguments),
        ("sample-shares", size) => sample_shares::sample_shares(size),
        ("scan", files @ [_, ..]) => scan::scan(files),
        ("scan-bench", words) => scan_bench::scan_bench(words),
        ("sample-sheet", [to]) => sample_sheet::sample_sheet(to),
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(Failed::new(format!(
            "`cargo xtask {}` is not a command.\n\n{HELP}",
            arguments.join(" ")
        ))),
    }
}
