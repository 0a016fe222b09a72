//! English, with British spelling.

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::{BY_HAND_IN_FULL, Kind, Purpose, Words, kit_folder, month};
use crate::model::{Copies, SetPosition};

pub(super) const WORDS: Words = Words {
    language: "en",
    wallet: "Wallet",
    made: "Made on",
    works_until: "Works until",
    works: "Works",
    until_used: "until used",
    kept_at: "Kept at",
    checked_on: "Checked on",
    sheet: "Sheet",
    which_sheet,
    scan_here_only: "Scan it with this app only: phone camera apps may send what they scan to the internet.",
    letters: "The code has no letters B, I or O and no digit 1, so 0 is always zero.",
    fold: "Fold here: this part then covers the code.",
    redeem: "How to use it",
    by_hand: "Without this app",
    finder: "What a finder can do",
    purpose,
    date,
};

fn which_sheet(position: SetPosition) -> String {
    let SetPosition {
        index,
        needed,
        sheets,
    } = position;
    let needed = match sheets {
        _ if position.has_spare() => format!("any {needed} of them are needed"),
        2 => String::from("both are needed"),
        _ => String::from("all of them are needed"),
    };
    format!("{index}, one of {sheets}; {needed}")
}

fn purpose(kind: Kind) -> Purpose {
    match kind.position {
        None => Purpose {
            title: "Recovery sheet".into(),
            code: "Your backup code",
            symbol: "QR code that holds the backup code",
            works_once: "It works once.".into(),
            redeem: redeem(kind),
            by_hand: by_hand(kind),
            finder: finder(kind),
        },
        Some(position) => Purpose {
            title: format!("Recovery sheet {}", position.index).into(),
            code: "This sheet’s 60 characters",
            symbol: "QR code that holds this sheet’s 60 characters",
            works_once: match position.needed {
                2 => "It works once, with one other sheet.".into(),
                needed => format!("It works once, with {} other sheets.", needed - 1).into(),
            },
            redeem: redeem(kind),
            by_hand: by_hand(kind),
            finder: finder(kind),
        },
    }
}

fn redeem(kind: Kind) -> [Cow<'static, str>; 5] {
    let folder = kit_folder(kind.identifier);
    let copies = kind.copies.map(|copies| match copies {
        Copies::Kit => format!("the recovery kit, the folder {folder}"),
        Copies::Pages => String::from("the recovery pages"),
        Copies::KitAndPages => {
            format!("the recovery kit (the folder {folder}) or the recovery pages")
        }
    });
    let [one, two, three] = match copies {
        None => [
            "On the computer where you made this sheet, open the Backup Code app.".into(),
            "To sign in, choose “Use a backup code”.".into(),
            "If asked, choose your e-mail or “I don’t know it”.".into(),
        ],
        Some(copies) => [
            "Open the Backup Code app on your computer, or install it on another.".into(),
            "On yours: choose “Use a backup code” and, if asked, your e-mail or “I don’t know it”."
                .into(),
            format!("On another: choose “Restore a wallet”, then {copies}.").into(),
        ],
    };
    let (four, used_up) = match kind.position {
        None => (
            "Scan the square, drop a photo of this sheet on the window, or type the 60 characters."
                .into(),
            "this sheet",
        ),
        Some(SetPosition { needed, .. }) => (
            format!(
                "Enter {needed} sheets of this set, in any order: scan the square, drop a photo on the window, or type the 60 characters."
            )
            .into(),
            "this set",
        ),
    };
    let five = format!(
        "Choose a new password. You are signed in, and {used_up} is used up: make a new one."
    );
    [one, two, three, four, five.into()]
}

fn by_hand(kind: Kind) -> Vec<Cow<'static, str>> {
    let Some(copies) = kind.copies else {
        return Vec::new();
    };
    let mut paragraphs = Vec::new();
    if let Some(SetPosition { needed, .. }) = kind.position {
        paragraphs.push(
            format!(
                "First combine {needed} sheets into the code (index S): BIP-93, codex32, human-readable part `backup`."
            )
            .into(),
        );
    }
    if copies != Copies::Pages {
        paragraphs.push("Kit: in its folder, `age -d -i identity.age wallet.age`".into());
    }
    if copies != Copies::Kit {
        paragraphs.push(
            "Pages: read the QR codes, join them with a UR decoder, then `age -d`, then `gunzip`."
                .into(),
        );
    }
    paragraphs.push("The passphrase is the code in capitals, without spaces.".into());
    paragraphs.push(format!("All steps: `{BY_HAND_IN_FULL}` in the program.").into());
    paragraphs
}

fn finder(kind: Kind) -> Vec<Cow<'static, str>> {
    let alone = match (kind.position, kind.copies) {
        (None, None) => {
            "With this sheet alone: nothing. It works only on the computer where you made it.".into()
        }
        (None, Some(_)) => "With this sheet alone: nothing.".into(),
        (Some(SetPosition { needed: 2, .. }), _) => {
            "With this sheet alone: nothing. It holds no information about the code.".into()
        }
        (Some(SetPosition { needed, .. }), _) => format!(
            "With fewer than {needed} sheets of this set: nothing. They hold no information about the code."
        )
        .into(),
    };
    let sheets: Cow<'_, str> = match kind.position {
        None => "this sheet".into(),
        Some(SetPosition { needed, .. }) => format!("{needed} sheets").into(),
    };
    let with = match kind.copies {
        None => "that computer",
        Some(Copies::Kit) => "the recovery kit or your computer",
        Some(Copies::Pages) => "the recovery pages or your computer",
        Some(Copies::KitAndPages) => "the recovery kit, the recovery pages or your computer",
    };
    let opens = format!(
        "With {sheets} and {with}, signed in to its desktop: open your wallet. Keep them apart."
    );
    let mut paragraphs = vec![alone, opens.into(), lost(kind).into()];
    if kind.copies.is_none() {
        paragraphs.push(match kind.position {
            None => {
                "If that computer is lost or its login is reset, this sheet no longer helps.".into()
            }
            Some(_) => {
                "If that computer is lost or its login is reset, these sheets no longer help."
                    .into()
            }
        });
    }
    paragraphs
}

/// What to do about a sheet that was lost or seen.
fn lost(kind: Kind) -> String {
    let (begin, stops, still) = match kind.position {
        None => (
            String::from("Lost it, or has someone seen it? Sign in and make a new sheet."),
            "This one then stops working.",
            "this sheet still opens",
        ),
        Some(position) if position.has_spare() => (
            format!(
                "Lost it? Sign in and make it again from {} others. Has someone seen it? Make a new set.",
                position.needed
            ),
            "These sheets then stop working.",
            "these sheets still open",
        ),
        Some(_) => (
            String::from("Lost it, or has someone seen it? Sign in and make a new set."),
            "These sheets then stop working.",
            "these sheets still open",
        ),
    };
    match kind.copies {
        None => format!("{begin} {stops}"),
        Some(Copies::Kit) => format!("{begin} Destroy the old kit: {still} it."),
        Some(Copies::Pages) => format!("{begin} Destroy the old pages: {still} them."),
        Some(Copies::KitAndPages) => {
            format!("{begin} Destroy the old kit and pages: {still} them.")
        }
    }
}

fn date(local: DateTime, offset: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!(
        "{} {} {}, {:02}:{:02} ({offset})",
        local.day(),
        month(&MONTHS, local),
        local.year(),
        local.hour(),
        local.minute()
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{kind, position};
    use super::*;

    #[test]
    fn a_sheet_states_whether_any_or_all_of_its_set_are_needed() {
        for (needed, sheets, text) in [
            (2, 3, "C, one of 3; any 2 of them are needed"),
            (2, 2, "C, one of 2; both are needed"),
            (9, 9, "C, one of 9; all of them are needed"),
        ] {
            assert_eq!(which_sheet(position(needed, sheets)), text);
        }
    }

    #[test]
    fn only_a_set_with_a_spare_sheet_says_that_a_lost_one_can_be_made_again() {
        for (needed, sheets, spare) in [(2, 3, true), (9, 31, true), (2, 2, false), (9, 9, false)] {
            for copies in [None, Some(Copies::KitAndPages)] {
                let lost = lost(kind(Some((needed, sheets)), copies));
                assert_eq!(lost.contains("make it again"), spare, "{lost}");
            }
        }
    }

    #[test]
    fn a_finder_of_sheet_and_copies_opens_them_even_after_the_code_has_ended() {
        let finder_text = |copies| finder(kind(None, copies)).join("\n");
        for (copies, together, end) in [
            (
                Copies::Kit,
                "and the recovery kit or your computer",
                "the old kit: this sheet still opens it.",
            ),
            (
                Copies::Pages,
                "and the recovery pages or your computer",
                "the old pages: this sheet still opens them.",
            ),
            (
                Copies::KitAndPages,
                "and the recovery kit, the recovery pages or your computer",
                "the old kit and pages: this sheet still opens them.",
            ),
        ] {
            let text = finder_text(Some(copies));
            assert!(text.contains(together) && text.contains(end), "{text}");
            assert!(text.contains("Keep them apart."));
            assert!(
                !text.contains("no longer help") && !text.contains("stops working"),
                "{text}"
            );
        }
        let alone = finder_text(None);
        assert!(alone.contains("no longer helps") && alone.contains("stops working"));
    }

    #[test]
    fn a_date_includes_day_month_year_minute_and_offset() {
        let at = |month, day, hour| jiff::civil::date(2026, month, day).at(hour, 5, 59, 0);
        for (local, offset, text) in [
            (at(5, 3, 14), "UTC+02:00", "3 May 2026, 14:05 (UTC+02:00)"),
            (at(12, 31, 0), "UTC", "31 December 2026, 00:05 (UTC)"),
            (
                at(1, 1, 9),
                "UTC-09:30",
                "1 January 2026, 09:05 (UTC-09:30)",
            ),
        ] {
            assert_eq!(date(local, offset), text);
        }
    }
}
