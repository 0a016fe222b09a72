//! The project's own commands: `cargo xtask help` lists them. Each has a file of its own.
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
mod crash;
mod e2e;
mod failed;
mod figures;
mod fuzz;
mod generate;
mod lives;
mod network;
mod packages;
mod paper;
mod program;
mod real_parts;
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
mod ui;
mod wallet_bench;

use std::process::ExitCode;

use failed::{CommandResult, Failed};

const HELP: &str = "\
cargo xtask COMMAND

  run                   install what is missing, build UI and app, open the window
  test                  every check of a change; ends with `N passed, N failed`
  e2e [FILTER]          the journeys in the real window only
  memory                the journey that searches the memory of app and page, and its table
  generate              write the UI's types and callers, which are generated from Rust
  help                  this list

by hand, never part of `test`:
  bundle                build the installable package (Linux: .deb); 5 to 10 minutes
  check-windows         type-check everything for Windows, from Debian
  figures [TRIALS]      print how often a mistyped code is corrected; half an hour
  paper table [SEEDS]   print how many pictures of damaged sheets are read; ten minutes
  scan-bench DIR [--photos DIR]
                        compare QR engines on a thousand pictures, kept in DIR; an hour
  list-bench            time the list of 10,000 items in the real window; two minutes
  wallet-bench [ITEMS...]
                        time a wallet of many items, beside KeePassXC; five minutes
  crash --kills N       kill the program N times, at every named point and at random moments
  power --cuts N        cut the power N times: docs/power-loss.md
  power --shutdowns N   stop a real ext4 N times while the program writes to it; as root
  power --lies          leave out each kind of sync, and find it missing
  races --rounds N      let two processes redeem one code N times, and do other things at once
  lives --seeds N [--from S] [--table]
                        simulate N lives of a person with computers: docs/lives.md
  lives --seed N --tell tell one of them step by step, and shrink it if it fails
  lives --breaks [N]    plant faults, and find each within N lives
  fuzz MINUTES          feed hostile input to every parser, MINUTES for each target
  fuzz --runs N --target NAME
                        feed N inputs to one of them: docs/fuzzing.md

for maintainers:
  scan FILE...          print a line per code found (path, tab, 60 characters) or per error
  sample-sheet OUT.pdf  make a sheet with a random code and print the code
  sample-shares K N     print the shares of a K-of-N set and its secret code
  sample-kit DIR        make a recovery kit of sample items in DIR/backup-kit-ABCD and print
                        its random code
  sample-pages OUT.pdf [--items N]
                        make recovery pages of sample items and print their random code
  paper pictures DIR [SEED]
                        make pictures of a damaged sheet, and contact sheets of them
  correct               read typed codes from standard input, one a line; for each, print
                        `ok CODE`, `proposal CODE POSITIONS` or `reread REASON`
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

fn command(arguments: &[String]) -> CommandResult {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match (name.as_str(), rest) {
        ("run", []) => run::run(),
        ("test", []) => test::test(),
        ("e2e", []) => e2e::e2e(None),
        ("e2e", [filter]) => e2e::e2e(Some(filter)),
        ("memory", []) => e2e::memory(),
        ("list-bench", []) => e2e::list_bench(),
        ("generate", []) => generate::generate(),
        ("bundle", []) => bundle::bundle(),
        ("check-windows", []) => check_windows::check_windows(),
        ("lives", words) => lives::lives(words),
        ("figures", []) => figures::figures(None),
        ("figures", [trials]) => figures::figures(Some(trials)),
        ("crash", [flag, kills]) if flag == "--kills" => crash::crash(kills),
        ("power" | "races", words) => real_parts::real_parts(name, words),
        ("fuzz", words) => fuzz::fuzz(words),
        ("paper", words) => paper::paper(words),
        ("correct", []) => correct::correct(),
        ("sample-kit", [to]) => sample_kit::sample_kit(to),
        ("sample-pages", arguments @ [_, ..]) => sample_pages::sample_pages(arguments),
        ("sample-shares", size) => sample_shares::sample_shares(size),
        ("scan", files @ [_, ..]) => scan::scan(files),
        ("scan-bench", words) => scan_bench::scan_bench(words),
        ("wallet-bench", words) => wallet_bench::wallet_bench(words),
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
