//! Corrects typed codes: reads lines from standard input and prints one line for each.
//! Run as `cargo xtask correct`.
//!
//! The answer is `ok CODE`, `proposal CODE POSITIONS` or `reread REASON`. Positions count from 1 in
//! the proposed 60 characters; that of an extra character counts in the 61 typed ones.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::io::{self, BufRead, Write};

use code::{GROUP_LENGTH, ParseError, Proposal, Reading, Slip, TypedCode};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        writeln!(out, "{}", answer(&line))?;
        // The caller may wait for the answer before it writes the next line.
        out.flush()?;
    }
    Ok(())
}

fn answer(line: &str) -> String {
    let typed = match TypedCode::parse(line) {
        Ok(typed) => typed,
        Err(ParseError::Illegal {
            character,
            position,
        }) => return format!("reread {character:?} at {position} is in no code"),
        Err(error) => return format!("reread {error}"),
    };
    match typed.read() {
        Reading::Code(code) => format!("ok {}", code.expose()),
        Reading::Share(share) => format!("ok {}", share.expose()),
        Reading::Proposal(proposal) => {
            let positions: Vec<String> = positions(&proposal)
                .iter()
                .map(ToString::to_string)
                .collect();
            format!("proposal {} {}", proposal.text(), positions.join(","))
        }
        Reading::Unfinished { have } => format!("reread {have} of 60 characters"),
        Reading::TooLong { have } => format!("reread {have} characters, a code has 60"),
        Reading::Reread(reread) => {
            let groups: Vec<String> = reread.groups.iter().map(ToString::to_string).collect();
            let look = match groups.is_empty() {
                true => String::new(),
                false => format!("; look at groups {}", groups.join(",")),
            };
            format!(
                "reread {} unreadable, at least {} wrong, {} too many{look}",
                reread.unreadable, reread.wrong, reread.too_many
            )
        }
        Reading::NewerVersion => "reread made by a newer version".to_owned(),
    }
}

fn positions(proposal: &Proposal) -> Vec<usize> {
    let group = |group: usize| (group - 1) * GROUP_LENGTH + 1..=group * GROUP_LENGTH;
    let mut positions: Vec<usize> = match proposal.slip() {
        None => Vec::new(),
        Some(Slip::Missing { position } | Slip::Extra { position }) => vec![position],
        Some(Slip::NeighboursSwapped { position }) => vec![position, position + 1],
        Some(Slip::GroupsSwapped { group: first }) => {
            group(first).chain(group(first + 1)).collect()
        }
        Some(Slip::GroupTwice { group: number } | Slip::GroupMissing { group: number }) => {
            group(number).collect()
        }
    };
    positions.extend(proposal.corrections().iter().map(|one| one.position));
    positions.sort_unstable();
    positions.dedup();
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "0A0JCS6X88NCTKVWEGNU690QKTQL6PKHA7VC7TQTKFGPDG7ZMX7NT5PMV0T9";
    const SHARE: &str = "2W7ALCAN7HZ8CXCCDNFMGQ7TGW5XV8V8TKWJV7MPNQHK69FPEFMPUECXGJRR";

    fn proposal(positions: &str) -> String {
        format!("proposal {CODE} {positions}")
    }

    #[test]
    fn a_code_and_a_share_are_printed_in_canonical_form() {
        let typed = "0aojc-s6xbb-nctkv-wegnu-690qk-tq16p-kha7v-c7tqt-kfgpd-g7zmx-7nt5p-mv0t9\r";
        assert_eq!(answer(typed), format!("ok {CODE}"));
        assert_eq!(answer(SHARE), format!("ok {SHARE}"));
    }

    #[test]
    fn corrections_are_printed_by_position() {
        let typed = format!("{}??{}", &CODE[..9], &CODE[11..]);
        assert_eq!(answer(&typed), proposal("10,11"));
    }

    #[test]
    fn a_slip_is_printed_with_the_positions_it_affects() {
        let [a, b, c, d] = [&CODE[..10], &CODE[10..15], &CODE[15..20], &CODE[20..]];
        let missing = format!("{}{}", &CODE[..16], &CODE[17..]);
        let extra = format!("{}7{}", &CODE[..17], &CODE[17..]);
        let neighbours = format!("{}{}", swapped(&CODE[..2]), &CODE[2..]);
        for (typed, positions) in [
            (missing, "17"),
            (extra, "18"),
            (neighbours, "1,2"),
            ([a, c, b, d].concat(), "11,12,13,14,15,16,17,18,19,20"),
            ([a, b, c, c, d].concat(), "16,17,18,19,20"),
            ([a, b, d].concat(), "16,17,18,19,20"),
        ] {
            assert_eq!(answer(&typed), proposal(positions), "{typed}");
        }
    }

    #[test]
    fn a_slip_and_a_wrong_character_are_printed_together() {
        let typed = format!("{}{}?", &CODE[..16], &CODE[17..59]);
        assert_eq!(answer(&typed), proposal("17,60"));
    }

    #[test]
    fn anything_else_must_be_reread_with_a_reason_in_one_line() {
        for (typed, reason) in [
            ("", "0 of 60 characters".to_owned()),
            (&CODE[..41], "41 of 60 characters".to_owned()),
            ("ab#", "'#' at 3 is in no code".to_owned()),
            (&CODE.repeat(2), "120 characters, a code has 60".to_owned()),
            (
                &format!("{}{}", "?".repeat(14), &CODE[14..]),
                "14 unreadable, at least 0 wrong, 1 too many; look at groups 1,2,3".to_owned(),
            ),
        ] {
            assert_eq!(answer(typed), format!("reread {reason}"));
        }
        assert_eq!(answer(&"A".repeat(2000)).lines().count(), 1);
    }

    fn swapped(two: &str) -> String {
        two.chars().rev().collect()
    }
}
