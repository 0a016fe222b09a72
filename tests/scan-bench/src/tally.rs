//! Table of results, and the requirements on them.

use std::time::Duration;

use crate::corpora::Case;
use crate::corpora::photos::lines;

/// Result of one engine for one picture.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Read,
    NotRead,
    /// A text was read that is not in the picture.
    Wrong,
}

/// One engine's attempt at one picture.
#[derive(Copy, Clone)]
pub(crate) struct Trial {
    pub(crate) verdict: Verdict,
    pub(crate) took: Duration,
}

impl Trial {
    /// Compares the texts with the `truth`; all of them must equal it.
    pub(crate) fn judge(texts: &[String], truth: &str, took: Duration) -> Trial {
        let verdict = if texts.is_empty() {
            Verdict::NotRead
        } else if texts.iter().all(|text| lines(text) == truth) {
            Verdict::Read
        } else {
            Verdict::Wrong
        };
        Trial { verdict, took }
    }
}

/// Prints one line for a picture.
pub(crate) fn list(case: &Case, trials: &[Trial]) {
    let name = case.path.file_name().unwrap_or_default().to_string_lossy();
    let mut line = format!("{}\t{name}", case.subset);
    for trial in trials {
        let mark = match trial.verdict {
            Verdict::Read => "read",
            Verdict::NotRead => "-",
            Verdict::Wrong => "WRONG",
        };
        line += &format!("\t{mark} {:.0}", milliseconds(trial.took));
    }
    println!("{line}");
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// All trials, in the order of the engines; ours is the last.
pub(crate) struct Tally {
    engines: Vec<&'static str>,
    /// Subsets in order of appearance, with a row of trials for each of their pictures.
    subsets: Vec<(String, Vec<Vec<Trial>>)>,
}

/// Totals over some pictures.
struct Count {
    pictures: usize,
    /// For each engine.
    read: Vec<usize>,
    wrong: Vec<usize>,
    /// Number of pictures read by any engine except ours.
    together: usize,
}

impl Tally {
    pub(crate) fn new(engines: Vec<&'static str>) -> Tally {
        Tally {
            engines,
            subsets: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, subset: &str, trials: Vec<Trial>) {
        match self.subsets.iter_mut().find(|(name, _)| name == subset) {
            Some((_, rows)) => rows.push(trials),
            None => self.subsets.push((subset.to_owned(), vec![trials])),
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Vec<Trial>> {
        self.subsets.iter().flat_map(|(_, rows)| rows)
    }

    fn count<'a>(&self, rows: impl Iterator<Item = &'a Vec<Trial>>) -> Count {
        let ours = self.engines.len() - 1;
        let mut count = Count {
            pictures: 0,
            read: vec![0; self.engines.len()],
            wrong: vec![0; self.engines.len()],
            together: 0,
        };
        for row in rows {
            count.pictures += 1;
            for (i, trial) in row.iter().enumerate() {
                count.read[i] += usize::from(trial.verdict == Verdict::Read);
                count.wrong[i] += usize::from(trial.verdict == Verdict::Wrong);
            }
            let any = row[..ours].iter().any(|it| it.verdict == Verdict::Read);
            count.together += usize::from(any);
        }
        count
    }

    /// Prints the number of pictures read in each subset, then each engine's totals and times.
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

    /// Prints the times of the first engine and of ours for pictures that the first engine reads,
    /// and of ours for the others.
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

    /// Whether our engine reads nothing wrong, no other engine reads more in any subset, and ours
    /// reads more than all others together. A `short` run has few pictures per subset, so it
    /// compares only totals, and equality suffices. Prints the violated requirements.
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

    fn trial(mark: char) -> Trial {
        let verdict = match mark {
            'r' => Verdict::Read,
            'w' => Verdict::Wrong,
            _ => Verdict::NotRead,
        };
        Trial {
            verdict,
            took: Duration::from_millis(3),
        }
    }

    /// Makes a tally from one letter per engine, ours last: `r` read, `-` not read, `w` wrong.
    fn tally(rows: &[(&str, &str)]) -> Tally {
        let mut tally = Tally::new(vec!["one", "two", "ours"]);
        for (subset, marks) in rows {
            tally.add(subset, marks.chars().map(trial).collect());
        }
        tally
    }

    #[test]
    fn reading_more_than_all_others_passes_and_reading_as_much_passes_only_a_short_run() {
        let more = [("a", "r-r"), ("a", "-rr"), ("b", "--r")];
        assert!(tally(&more).holds(false) && tally(&more).holds(true));
        let same = [("a", "r-r"), ("a", "-rr"), ("b", "---")];
        assert!(!tally(&same).holds(false) && tally(&same).holds(true));
        let less = [("a", "r-r"), ("a", "-r-"), ("b", "---")];
        assert!(!tally(&less).holds(false) && !tally(&less).holds(true));
    }

    #[test]
    fn reading_as_much_passes_if_everything_is_read() {
        assert!(tally(&[("a", "r-r"), ("a", "-rr")]).holds(false));
    }

    #[test]
    fn reading_less_than_one_engine_fails_per_subset_or_in_total_in_a_short_run() {
        let rows = [("a", "--r"), ("a", "--r"), ("b", "r--")];
        assert!(!tally(&rows).holds(false) && tally(&rows).holds(true));
        assert!(!tally(&[("a", "r--"), ("a", "-rr"), ("b", "r--")]).holds(true));
    }

    #[test]
    fn only_a_wrong_read_of_our_engine_fails() {
        assert!(!tally(&[("a", "--r"), ("a", "--w")]).holds(true));
        assert!(tally(&[("a", "--r"), ("a", "w--")]).holds(true));
    }

    #[test]
    fn a_picture_counts_as_read_if_all_texts_equal_the_truth() {
        let judge = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            Trial::judge(&texts, "0VMJ\nSPG", Duration::ZERO).verdict
        };
        assert_eq!(judge(&[]), Verdict::NotRead);
        assert_eq!(judge(&["0VMJ\r\nSPG\r\n"]), Verdict::Read);
        assert_eq!(judge(&["0VMJ\nSPG", "0VMJ\nSPG"]), Verdict::Read);
        assert_eq!(judge(&["0VMJ\nSPG", "else"]), Verdict::Wrong);
        assert_eq!(judge(&["0VMJ"]), Verdict::Wrong);
    }
}
