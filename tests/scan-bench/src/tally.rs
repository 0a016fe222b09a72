//! Who read what, as a table, and what must hold.

use std::time::Duration;

use crate::corpora::Case;
use crate::corpora::photos::lines;

/// What became of one picture with one engine.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Read,
    NotRead,
    /// Something was read that is not there.
    Wrong,
}

/// That, and how long it took.
#[derive(Copy, Clone)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) took: Duration,
}

impl Outcome {
    /// Compares what was read with the `truth`: all of it must be that.
    pub(crate) fn judge(texts: &[String], truth: &str, took: Duration) -> Outcome {
        let verdict = if texts.is_empty() {
            Verdict::NotRead
        } else if texts.iter().all(|text| lines(text) == truth) {
            Verdict::Read
        } else {
            Verdict::Wrong
        };
        Outcome { verdict, took }
    }
}

/// A line for one picture.
pub(crate) fn list(case: &Case, outcomes: &[Outcome]) {
    let name = case.path.file_name().unwrap_or_default().to_string_lossy();
    let mut line = format!("{}\t{name}", case.subset);
    for outcome in outcomes {
        let mark = match outcome.verdict {
            Verdict::Read => "read",
            Verdict::NotRead => "-",
            Verdict::Wrong => "WRONG",
        };
        line += &format!("\t{mark} {:.0}", milliseconds(outcome.took));
    }
    println!("{line}");
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// All outcomes, in the order of the engines; ours is the last of them.
pub(crate) struct Tally {
    engines: Vec<&'static str>,
    /// Subsets in order of appearance, and a row of outcomes for each of their pictures.
    subsets: Vec<(String, Vec<Vec<Outcome>>)>,
}

/// What a row of pictures comes to.
struct Count {
    pictures: usize,
    /// For each engine.
    read: Vec<usize>,
    wrong: Vec<usize>,
    /// By any engine but ours.
    together: usize,
}

impl Tally {
    pub(crate) fn new(engines: Vec<&'static str>) -> Tally {
        Tally {
            engines,
            subsets: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, subset: &str, outcomes: Vec<Outcome>) {
        match self.subsets.iter_mut().find(|(name, _)| name == subset) {
            Some((_, rows)) => rows.push(outcomes),
            None => self.subsets.push((subset.to_owned(), vec![outcomes])),
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Vec<Outcome>> {
        self.subsets.iter().flat_map(|(_, rows)| rows)
    }

    fn count<'a>(&self, rows: impl Iterator<Item = &'a Vec<Outcome>>) -> Count {
        let ours = self.engines.len() - 1;
        let mut count = Count {
            pictures: 0,
            read: vec![0; self.engines.len()],
            wrong: vec![0; self.engines.len()],
            together: 0,
        };
        for row in rows {
            count.pictures += 1;
            for (i, outcome) in row.iter().enumerate() {
                count.read[i] += usize::from(outcome.verdict == Verdict::Read);
                count.wrong[i] += usize::from(outcome.verdict == Verdict::Wrong);
            }
            let any = row[..ours].iter().any(|it| it.verdict == Verdict::Read);
            count.together += usize::from(any);
        }
        count
    }

    /// Prints pictures read for each subset, then each engine's sums and times.
    pub(crate) fn print(&self) {
        let ours = self.engines.len() - 1;
        let mut heads = vec!["subset", "pictures"];
        heads.extend(&self.engines[..ours]);
        heads.extend(["all of these", self.engines[ours]]);
        row(&heads);
        row(&vec!["---"; heads.len()]);
        let line = |name: &str, count: &Count| {
            let mut cells = vec![name.to_owned(), count.pictures.to_string()];
            cells.extend(count.read[..ours].iter().map(usize::to_string));
            cells.extend([count.together.to_string(), count.read[ours].to_string()]);
            row(&cells);
        };
        for (name, rows) in &self.subsets {
            line(name, &self.count(rows.iter()));
        }
        let all = self.count(self.rows());
        line("all", &all);

        println!();
        row(&[
            "engine",
            "read",
            "not read",
            "wrong",
            "%",
            "median ms",
            "95 % ms",
        ]);
        row(&["---"; 7]);
        for (i, name) in self.engines.iter().enumerate() {
            let (median, late) = times(self.rows().map(|row| row[i].took));
            row(&[
                (*name).to_owned(),
                all.read[i].to_string(),
                (all.pictures - all.read[i] - all.wrong[i]).to_string(),
                all.wrong[i].to_string(),
                percent(all.read[i], all.pictures),
                median,
                late,
            ]);
        }
        println!(
            "\nAll engines but ours together: {} of {} ({} %).",
            all.together,
            all.pictures,
            percent(all.together, all.pictures)
        );
        self.print_easy_and_hard();
    }

    /// The times of the first engine and ours on pictures that the first engine reads, and of ours on the others.
    fn print_easy_and_hard(&self) {
        let ours = self.engines.len() - 1;
        let of = |easy: bool, i: usize| {
            let rows = self
                .rows()
                .filter(move |row| (row[0].verdict == Verdict::Read) == easy);
            times(rows.map(move |row| row[i].took))
        };
        let say = |(median, late): (String, String)| format!("median {median} ms, 95 % {late} ms");
        println!(
            "Easy, read by {} alone: {}; ours: {}.",
            self.engines[0],
            say(of(true, 0)),
            say(of(true, ours))
        );
        println!("The others, ours: {}.", say(of(false, ours)));
    }

    /// Whether ours reads nothing wrong, no engine alone reads more in any subset, and ours reads more than all of them
    /// together. In a `short` run, whose subsets have few pictures, sums are compared, and as many are enough. Says what
    /// does not hold.
    pub(crate) fn holds(&self, short: bool) -> bool {
        let ours = self.engines.len() - 1;
        let all = self.count(self.rows());
        let mut broken = Vec::new();
        if all.wrong[ours] > 0 {
            broken.push(format!("{} pictures are read wrong", all.wrong[ours]));
        }
        let mut compare = |name: &str, count: &Count| {
            for (engine, read) in self.engines[..ours].iter().zip(&count.read) {
                if *read > count.read[ours] {
                    broken.push(format!("{engine} reads more of {name}"));
                }
            }
        };
        compare("all", &all);
        if !short {
            for (name, rows) in &self.subsets {
                compare(name, &self.count(rows.iter()));
            }
        }
        let ahead = all.read[ours] > all.together
            || (all.read[ours] == all.together && (short || all.together == all.pictures));
        if !ahead {
            broken.push("all engines together read as much or more".to_owned());
        }
        for words in &broken {
            println!("Does not hold: {words}.");
        }
        broken.is_empty()
    }
}

fn row(cells: &[impl AsRef<str>]) {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    println!("| {} |", cells.join(" | "));
}

fn percent(part: usize, of: usize) -> String {
    format!("{:.1}", 100.0 * part as f64 / of.max(1) as f64)
}

/// Median and 95th percentile, in milliseconds.
fn times(times: impl Iterator<Item = Duration>) -> (String, String) {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    let at = |share: usize| {
        let place = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times
            .get(place)
            .map_or("-".to_owned(), |time| format!("{:.1}", milliseconds(*time)))
    };
    (at(50), at(95))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(mark: char) -> Outcome {
        let verdict = match mark {
            'r' => Verdict::Read,
            'w' => Verdict::Wrong,
            _ => Verdict::NotRead,
        };
        Outcome {
            verdict,
            took: Duration::from_millis(3),
        }
    }

    /// A letter an engine, ours last: `r` read, `-` not, `w` wrong.
    fn tally(rows: &[(&str, &str)]) -> Tally {
        let mut tally = Tally::new(vec!["one", "two", "ours"]);
        for (subset, marks) in rows {
            tally.add(subset, marks.chars().map(outcome).collect());
        }
        tally
    }

    #[test]
    fn more_than_all_others_together_passes_and_as_much_only_in_a_short_run() {
        let more = [("a", "r-r"), ("a", "-rr"), ("b", "--r")];
        assert!(tally(&more).holds(false) && tally(&more).holds(true));
        let same = [("a", "r-r"), ("a", "-rr"), ("b", "---")];
        assert!(!tally(&same).holds(false) && tally(&same).holds(true));
        let less = [("a", "r-r"), ("a", "-r-"), ("b", "---")];
        assert!(!tally(&less).holds(false) && !tally(&less).holds(true));
    }

    #[test]
    fn where_all_is_read_as_much_is_enough() {
        assert!(tally(&[("a", "r-r"), ("a", "-rr")]).holds(false));
    }

    #[test]
    fn being_behind_one_engine_fails_in_one_subset_or_in_a_short_run_in_all() {
        let rows = [("a", "--r"), ("a", "--r"), ("b", "r--")];
        assert!(!tally(&rows).holds(false) && tally(&rows).holds(true));
        assert!(!tally(&[("a", "r--"), ("a", "-rr"), ("b", "r--")]).holds(true));
    }

    #[test]
    fn one_wrong_read_of_ours_fails_and_one_of_another_engine_does_not() {
        assert!(!tally(&[("a", "--r"), ("a", "--w")]).holds(true));
        assert!(tally(&[("a", "--r"), ("a", "w--")]).holds(true));
    }

    #[test]
    fn a_picture_is_read_when_all_that_is_read_is_what_stands_there() {
        let judge = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            Outcome::judge(&texts, "0VMJ\nSPG", Duration::ZERO).verdict
        };
        assert_eq!(judge(&[]), Verdict::NotRead);
        assert_eq!(judge(&["0VMJ\r\nSPG\r\n"]), Verdict::Read);
        assert_eq!(judge(&["0VMJ\nSPG", "0VMJ\nSPG"]), Verdict::Read);
        assert_eq!(judge(&["0VMJ\nSPG", "else"]), Verdict::Wrong);
        assert_eq!(judge(&["0VMJ"]), Verdict::Wrong);
    }
}
