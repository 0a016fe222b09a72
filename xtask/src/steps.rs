//! A run of steps that goes on after a failure, so that one run shows everything that is wrong.

use std::io::{BufRead, BufReader, Write, stdout};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::count::Count;
use crate::failed::{Failed, Outcome};
use crate::program::words;

/// The steps that have run so far.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Step>,
}

struct Step {
    name: String,
    took: Duration,
    count: Count,
    failed: bool,
}

impl Steps {
    /// Runs one step, shows its output as it comes, and counts the tests in it.
    pub(crate) fn step(&mut self, name: impl Into<String>, mut command: Command) {
        let name = name.into();
        println!("\n== {name}: {}", words(&command));
        let start = Instant::now();
        let (count, failed) = match follow(&mut command) {
            Ok((count, success)) => (count, !success),
            Err(error) => {
                println!("`{}` does not start: {error}", words(&command));
                (Count::default(), true)
            }
        };
        let step = Step {
            name,
            took: start.elapsed(),
            count,
            failed,
        };
        println!("== {}", step.line());
        self.done.push(step);
    }

    /// Shows all steps with their times, then the one line that closes the run.
    ///
    /// # Errors
    /// When a step failed.
    pub(crate) fn close(self) -> Outcome {
        println!();
        let mut total = Count::default();
        for step in &self.done {
            println!("{}", step.line());
            total.add(step.count);
            // A step without tests, or one that broke before it could count them.
            if step.failed && step.count.failed == 0 {
                total.failed += 1;
            }
        }
        let failed: Vec<_> = self
            .done
            .iter()
            .filter(|it| it.failed)
            .map(|it| it.name.as_str())
            .collect();
        println!("{} passed, {} failed", total.passed, total.failed);
        if failed.is_empty() {
            Ok(())
        } else {
            Err(Failed::new(format!("Failed: {}", failed.join(", "))))
        }
    }
}

impl Step {
    fn line(&self) -> String {
        let verdict = if self.failed { "FAILED" } else { "ok" };
        let Count { passed, failed } = self.count;
        let tests = if passed + failed == 0 {
            String::new()
        } else {
            format!("  {passed} passed, {failed} failed")
        };
        format!(
            "{verdict:6} {:>6.1} s  {}{tests}",
            self.took.as_secs_f64(),
            self.name
        )
    }
}

/// Runs the command, passes its output on line by line, and counts the tests in it.
fn follow(command: &mut Command) -> std::io::Result<(Count, bool)> {
    // Colours would hide the closing lines from the count.
    let mut child = command
        .env("NO_COLOR", "1")
        .env_remove("FORCE_COLOR")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut count = Count::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            count.add(Count::of(&String::from_utf8_lossy(&line)));
            let mut terminal = stdout().lock();
            terminal.write_all(&line)?;
            terminal.write_all(b"\n")?;
            terminal.flush()?;
        }
    }
    Ok((count, child.wait()?.success()))
}
