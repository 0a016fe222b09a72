//! The words by which printers and jobs say what they wait for (RFC 8011 §5.3.8, §5.4.12; PWG 5100.9; CUPS).

use usecases::ports::printer::Problem;

/// What a printer says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// It prints nothing until this is mended.
    Stops(Problem),
    /// A warning. Printers say so while they print well, from another tray for instance, and some say no more than that
    /// when they wait.
    Warns(Problem),
}

/// The gravest of a printer's `printer-state-reasons`. Where the queue itself has `stopped`, any of them is why.
pub(super) fn of_printer<'a>(
    reasons: impl Iterator<Item = &'a str>,
    mut stopped: bool,
) -> Option<Said> {
    let mut gravest = None;
    for reason in reasons {
        // The queue goes on while the printer behind it has stopped.
        stopped |= reason == "cups-remote-stopped";
        let (word, grave) = graded(reason);
        if let Some((problem, rank)) = printer_word(word) {
            // That a printer does not answer is only ever reported as news, by the service.
            let warns = !grave && problem != Problem::Offline;
            let found = (warns, rank, problem);
            if gravest.is_none_or(|(w, r, _)| (warns, rank) < (w, r)) {
                gravest = Some(found);
            }
        }
    }
    match gravest {
        Some((_, _, problem)) if stopped => Some(Said::Stops(problem)),
        Some((true, _, problem)) => Some(Said::Warns(problem)),
        Some((false, _, problem)) => Some(Said::Stops(problem)),
        None => stopped.then_some(Said::Stops(Problem::Paused)),
    }
}

/// What a job waits for, by its own `job-state-reasons`.
pub(super) fn of_job<'a>(reasons: impl Iterator<Item = &'a str>) -> Option<Problem> {
    let mut found = None;
    for reason in reasons {
        match reason {
            "cups-held-for-authentication"
            | "job-password-wait"
            | "account-authorization-failed" => {
                return Some(Problem::SignIn);
            }
            "job-hold-until-specified" | "job-held-for-review" | "job-held-on-create" => {
                found = Some(Problem::Held);
            }
            "printer-stopped" | "printer-stopped-partly" => {
                found = found.or(Some(Problem::Paused));
            }
            _ => {}
        }
    }
    found
}

/// A reason's bare word, and whether it stops the printer: one without a grade does.
fn graded(reason: &str) -> (&str, bool) {
    if let Some(word) = reason.strip_suffix("-error") {
        return (word, true);
    }
    let news = reason
        .strip_suffix("-warning")
        .or_else(|| reason.strip_suffix("-report"));
    news.map_or((reason, true), |word| (word, false))
}

/// A printer's reason, with its rank: what a person has to see to first comes first.
fn printer_word(word: &str) -> Option<(Problem, u8)> {
    Some(match word {
        "none" | "" => return None,
        "cover-open" | "door-open" | "interlock-open" => (Problem::CoverOpen, 0),
        "media-jam" => (Problem::PaperJam, 1),
        "media-empty" | "media-needed" => (Problem::PaperOut, 2),
        "input-tray-missing" | "output-tray-missing" => (Problem::TrayMissing, 3),
        "output-area-full" => (Problem::OutputFull, 4),
        "toner-empty"
        | "marker-supply-empty"
        | "marker-waste-full"
        | "developer-empty"
        | "opc-life-over" => (Problem::InkOut, 5),
        "cups-missing-filter" | "cups-insecure-filter" => (Problem::Driver, 6),
        "spool-area-full" => (Problem::SpoolFull, 7),
        "offline" | "shutdown" | "timed-out" | "connecting-to-device" => (Problem::Offline, 8),
        "hold-new-jobs" => (Problem::Held, 9),
        "paused" | "moving-to-paused" | "stopped-partly" | "stopping" => (Problem::Paused, 10),
        // Things that printers say while they print well.
        word if word.ends_with("-low")
            || word.ends_with("-almost-empty")
            || word.ends_with("-almost-full")
            || word.ends_with("-near-over")
            || word.starts_with("cups-")
            || word.starts_with("com.")
            || word == "media-low"
            || word == "identify-printer-requested"
            || word == "hibernate"
            || word == "standby"
            || word == "wake-up" =>
        {
            return None;
        }
        _ => (Problem::Other, 11),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(reasons: &[&str], stopped: bool) -> Option<Said> {
        of_printer(reasons.iter().copied(), stopped)
    }

    #[test]
    fn what_stops_the_printer_is_named_and_the_gravest_first() {
        let stops = |problem| Some(Said::Stops(problem));
        assert_eq!(printer(&["none"], false), None);
        assert_eq!(printer(&[], false), None);
        assert_eq!(
            printer(&["media-empty-error"], false),
            stops(Problem::PaperOut)
        );
        assert_eq!(printer(&["media-needed"], false), stops(Problem::PaperOut));
        assert_eq!(
            printer(&["paused", "media-empty", "cover-open"], true),
            stops(Problem::CoverOpen)
        );
        assert_eq!(
            printer(&["media-jam-warning", "media-empty-error"], false),
            stops(Problem::PaperOut)
        );
        assert_eq!(
            printer(&["fuser-over-temp-error"], false),
            stops(Problem::Other)
        );
        assert_eq!(printer(&["offline-report"], false), stops(Problem::Offline));
    }

    #[test]
    fn a_warning_is_told_from_a_stop() {
        assert_eq!(
            printer(&["media-empty-warning"], false),
            Some(Said::Warns(Problem::PaperOut))
        );
        assert_eq!(
            printer(&["media-empty-warning", "cups-remote-stopped"], false),
            Some(Said::Stops(Problem::PaperOut))
        );
        assert_eq!(printer(&["toner-low-warning"], false), None);
        assert_eq!(
            printer(&["toner-low-warning"], true),
            Some(Said::Stops(Problem::Paused))
        );
        assert_eq!(printer(&["none"], true), Some(Said::Stops(Problem::Paused)));
    }

    #[test]
    fn a_held_job_says_by_whom() {
        let job = |reasons: &[&str]| of_job(reasons.iter().copied());
        assert_eq!(job(&["none"]), None);
        assert_eq!(job(&["job-hold-until-specified"]), Some(Problem::Held));
        assert_eq!(
            job(&["job-hold-until-specified", "cups-held-for-authentication"]),
            Some(Problem::SignIn)
        );
        assert_eq!(job(&["printer-stopped"]), Some(Problem::Paused));
    }
}
