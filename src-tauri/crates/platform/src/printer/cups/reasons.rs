//! Keywords for what a printer or a job waits for (RFC 8011 §5.3.8, §5.4.12; PWG 5100.9; CUPS).

use usecases::ports::printer::Problem;

/// What a printer reports of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// It prints nothing until this is fixed.
    Stops(Problem),
    /// A warning. Printers warn while they print well, from another tray for example; some only
    /// warn although they wait.
    Warns(Problem),
}

/// Returns the gravest of a printer's `printer-state-reasons`. If the queue itself has `stopped`,
/// even a warning counts as the reason.
pub(super) fn of_printer<'a>(
    reasons: impl Iterator<Item = &'a str>,
    mut stopped: bool,
) -> Option<Condition> {
    let mut gravest = None;
    for reason in reasons {
        // The queue continues while the printer behind it has stopped.
        stopped |= reason == "cups-remote-stopped";
        let (word, grave) = graded(reason);
        if let Some((problem, rank)) = printer_word(word) {
            // The service reports a printer that does not answer as a mere report.
            let warns = !grave && problem != Problem::Offline;
            let candidate = (warns, rank, problem);
            if gravest.is_none_or(|(w, r, _)| (warns, rank) < (w, r)) {
                gravest = Some(candidate);
            }
        }
    }
    match gravest {
        Some((_, _, problem)) if stopped => Some(Condition::Stops(problem)),
        Some((true, _, problem)) => Some(Condition::Warns(problem)),
        Some((false, _, problem)) => Some(Condition::Stops(problem)),
        None => stopped.then_some(Condition::Stops(Problem::Paused)),
    }
}

/// What a job waits for according to its `job-state-reasons`.
pub(super) fn of_job<'a>(reasons: impl Iterator<Item = &'a str>) -> Option<Problem> {
    let mut problem = None;
    for reason in reasons {
        match reason {
            "cups-held-for-authentication"
            | "job-password-wait"
            | "account-authorization-failed" => {
                return Some(Problem::SignIn);
            }
            "job-hold-until-specified" | "job-held-for-review" | "job-held-on-create" => {
                problem = Some(Problem::Held);
            }
            "printer-stopped" | "printer-stopped-partly" => {
                problem = problem.or(Some(Problem::Paused));
            }
            _ => {}
        }
    }
    problem
}

/// Splits a reason into its keyword and whether it stops the printer. One without a severity does.
fn graded(reason: &str) -> (&str, bool) {
    if let Some(word) = reason.strip_suffix("-error") {
        return (word, true);
    }
    let report = reason
        .strip_suffix("-warning")
        .or_else(|| reason.strip_suffix("-report"));
    report.map_or((reason, true), |word| (word, false))
}

/// The problem of a printer's keyword and its rank, the most urgent first.
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
        // Reported by printers that print well.
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

    fn printer(reasons: &[&str], stopped: bool) -> Option<Condition> {
        of_printer(reasons.iter().copied(), stopped)
    }

    #[test]
    fn the_gravest_reason_that_stops_the_printer_is_reported() {
        let stops = |problem| Some(Condition::Stops(problem));
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
    fn a_warning_differs_from_a_stop() {
        assert_eq!(
            printer(&["media-empty-warning"], false),
            Some(Condition::Warns(Problem::PaperOut))
        );
        assert_eq!(
            printer(&["media-empty-warning", "cups-remote-stopped"], false),
            Some(Condition::Stops(Problem::PaperOut))
        );
        assert_eq!(printer(&["toner-low-warning"], false), None);
        assert_eq!(
            printer(&["toner-low-warning"], true),
            Some(Condition::Stops(Problem::Paused))
        );
        assert_eq!(
            printer(&["none"], true),
            Some(Condition::Stops(Problem::Paused))
        );
    }

    #[test]
    fn a_job_held_for_a_sign_in_differs_from_one_held_on_purpose() {
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
