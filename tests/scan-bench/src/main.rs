//! Comparison of QR engines with each other and with ours. Run as `cargo xtask scan-bench DIR`;
//! `docs/scan-bench.md` describes the pictures.

mod corpora;
mod engines;
mod grey;
mod options;
mod sheets;
mod tally;

use std::error::Error;
use std::process::ExitCode;

use corpora::{Case, made, photos, printed};
use options::Options;
use tally::{Tally, Trial, Verdict};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Options::parse(&arguments).and_then(|options| bench(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads every picture with every engine, one after the other on this thread, and prints the table.
/// Returns whether our engine meets its requirements.
fn bench(options: &Options) -> Result<bool, Box<dyn Error>> {
    let cases = cases(options)?;
    if options.make {
        println!(
            "{} pictures are in {}.",
            cases.len(),
            options.folder.display()
        );
        return Ok(true);
    }
    // Panics of engines are counted, not printed.
    std::panic::set_hook(Box::new(|_| {}));
    let mut engines = engines::others(options.opencv.as_deref())?;
    engines.push(engines::ours());
    let names = engines.iter().map(|engine| engine.name()).collect();
    let mut tally = Tally::new(names);
    for (number, case) in cases.iter().enumerate() {
        let page = grey::open(&case.path)?;
        let trials: Vec<Trial> = engines
            .iter_mut()
            .map(|engine| {
                let (texts, took) = engines::timed(engine.as_mut(), &page, case.ours);
                let trial = Trial::judge(&texts, &case.text, took);
                if options.list && trial.verdict == Verdict::Wrong {
                    println!("{} reads {texts:?}", engine.name());
                }
                trial
            })
            .collect();
        if options.list {
            tally::list(case, &trials);
        }
        tally.add(&case.subset, trials);
        if (number + 1) % 100 == 0 {
            eprintln!("{} of {}", number + 1, cases.len());
        }
    }
    tally.print();
    Ok(tally.holds(options.short))
}

fn cases(options: &Options) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut cases = made::provide(&options.folder.join("made"), options.short)?;
    cases.extend(printed::provide(
        &options.folder.join("printed"),
        options.short,
    )?);
    if let Some(folder) = &options.photos {
        cases.extend(photos::provide(folder)?);
    }
    if let Some(only) = &options.only {
        cases.retain(|case| {
            case.subset.contains(only.as_str())
                || case.path.to_string_lossy().contains(only.as_str())
        });
    }
    Ok(cases)
}
