//! A run of steps that continues after a failure, so that one run shows everything that is wrong.

use std::io::{self, BufRead, BufReader, Read, Write, stdout};
use std::panic::resume_unwind;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::count::Count;
use crate::cpu;
use crate::failed::{CommandResult, Failed};
use crate::program::words;

/// The steps that have run so far.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Step>,
}

/// A command under the name of its step.
pub(crate) type Named = (String, Command);

struct Step {
    name: String,
    took: Duration,
    /// Processor time, unless another step ran at the same time.
    cpu: Option<Duration>,
    count: Count,
    failed: bool,
}

impl Steps {
    /// Runs one step, shows its output as it comes, and counts the tests in it.
    pub(crate) fn step(&mut self, name: impl Into<String>, command: Command) {
        let before = cpu::of_children();
        let mut step = Step::run(name.into(), command, Shown::AsItComes);
        step.cpu = cpu::of_children()
            .zip(before)
            .map(|(after, before)| after - before);
        println!("== {}", step.line());
        self.done.push(step);
    }

    /// Runs two series of steps at the same time, for steps that keep one core busy. The output of
    /// the second series is shown when both are done.
    pub(crate) fn side_by_side(&mut self, first: Vec<Named>, second: Vec<Named>) {
        let second = thread::spawn(move || {
            let run = |(name, command)| {
                let mut output = Vec::new();
                let step = Step::run(name, command, Shown::Later(&mut output));
                (step, output)
            };
            second.into_iter().map(run).collect::<Vec<_>>()
        });
        for (name, command) in first {
            let step = Step::run(name, command, Shown::AsItComes);
            println!("== {}", step.line());
            self.done.push(step);
        }
        let second = second.join().unwrap_or_else(|panic| resume_unwind(panic));
        for (step, output) in second {
            // Nothing helps if the terminal is gone.
            let _ = stdout().write_all(&output);
            println!("== {}", step.line());
            self.done.push(step);
        }
    }

    /// Shows all steps with their times, then the one line that closes the run.
    ///
    /// # Errors
    /// When a step failed.
    pub(crate) fn close(self) -> CommandResult {
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
    fn run(name: String, command: Command, shown: Shown<'_>) -> Self {
        let start = Instant::now();
        let (count, failed) = match follow(&name, command, shown) {
            Ok((count, success)) => (count, !success),
            Err(error) => {
                println!("{name}: {error}");
                (Count::default(), true)
            }
        };
        Self {
            name,
            took: start.elapsed(),
            cpu: None,
            count,
            failed,
        }
    }

    fn line(&self) -> String {
        let verdict = if self.failed { "FAILED" } else { "ok" };
        let cpu = self.cpu.map_or_else(String::new, |it| {
            format!("  ({:.0} s of CPU)", it.as_secs_f64())
        });
        let Count { passed, failed } = self.count;
        let tests = if passed + failed == 0 {
            String::new()
        } else {
            format!("  {passed} passed, {failed} failed")
        };
        format!(
            "{verdict:6} {:>6.1} s  {}{cpu}{tests}",
            self.took.as_secs_f64(),
            self.name
        )
    }
}

/// When the output of a step is shown.
enum Shown<'a> {
    /// Line by line. Errors go straight to the terminal, so that cargo shows its progress there.
    AsItComes,
    /// Once another step is done: until then it is kept here, with the errors in their places.
    Later(&'a mut Vec<u8>),
}

/// Runs the command, passes its output on line by line, and counts the tests in it.
fn follow(name: &str, mut command: Command, shown: Shown<'_>) -> io::Result<(Count, bool)> {
    let title = format!("\n== {name}: {}", words(&command));
    // Colours would hide the closing lines from the count.
    command
        .env("NO_COLOR", "1")
        .env_remove("FORCE_COLOR")
        .stdin(Stdio::null());
    let (reader, writer) = io::pipe()?;
    if let Shown::Later(_) = shown {
        command.stderr(writer.try_clone()?);
    }
    let mut child = command.stdout(writer).spawn()?;
    // The output ends when its last writer is closed, and the command holds one.
    drop(command);
    let count = match shown {
        Shown::AsItComes => pass_on(&title, reader, &mut stdout().lock()),
        Shown::Later(output) => pass_on(&title, reader, output),
    }?;
    Ok((count, child.wait()?.success()))
}

fn pass_on(title: &str, reader: impl Read, to: &mut impl Write) -> io::Result<Count> {
    writeln!(to, "{title}")?;
    let mut count = Count::default();
    for line in BufReader::new(reader).split(b'\n') {
        let line = line?;
        count.add(Count::of(&String::from_utf8_lossy(&line)));
        to.write_all(&line)?;
        to.write_all(b"\n")?;
        to.flush()?;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::program;

    #[test]
    fn output_and_errors_of_a_later_step_are_kept_together() {
        let mut output = Vec::new();
        let command = program("rustc", ["--version", "--verbose"]);
        let good = Step::run("good".into(), command, Shown::Later(&mut output));
        let command = program("rustc", ["--no-such-option"]);
        let bad = Step::run("bad".into(), command, Shown::Later(&mut output));
        assert!(!good.failed && bad.failed);
        let output = String::from_utf8_lossy(&output);
        assert!(
            output.contains("== good: rustc --version --verbose\nrustc ")
                && output.contains("== bad: rustc --no-such-option\nerror: "),
            "{output}"
        );
    }

    #[test]
    fn a_step_shows_its_times_and_tests() {
        let step = Step {
            name: "tests".into(),
            took: Duration::from_millis(1500),
            cpu: Some(Duration::from_secs(3)),
            count: Count {
                passed: 2,
                failed: 0,
            },
            failed: false,
        };
        assert_eq!(
            step.line(),
            "ok        1.5 s  tests  (3 s of CPU)  2 passed, 0 failed"
        );
    }
}
