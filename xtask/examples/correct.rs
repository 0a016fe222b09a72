//! What is made of typed codes: a line from standard input, a line of answer.
//! Run as `cargo xtask correct`.
//!
//! `ok CODE`, `proposal CODE POSITIONS` or `reread REASON`. Positions count from 1 over the 60 characters proposed, but
//! for a character too many: over the 61 typed.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::io::{self, BufRead, Write};

use code::{GROUP_LENGTH, ParseError, Proposal, Reading, Slip, TypedCode};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        writeln!(out, "{}", answer(&line))?;
        // Whoever waits for the answer to one line before writing the next gets it.
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
