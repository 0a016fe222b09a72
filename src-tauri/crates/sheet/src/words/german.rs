//! German, formal ("Sie").

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::{BY_HAND_IN_FULL, Kind, Purpose, Words, kit_folder, month};
use crate::model::{Copies, SetPosition};

pub(super) const WORDS: Words = Words {
    language: "de",
    wallet: "Wallet",
    made: "Erstellt am",
    works_until: "Gültig bis",
    works: "Gültig",
    until_used: "bis zur Verwendung",
    kept_at: "Aufbewahrt",
    checked_on: "Geprüft am",
    sheet: "Blatt",
    which_sheet,
    scan_here_only: "Nur mit dieser App scannen: Kamera-Apps von Telefonen können das Gescannte ins Internet senden.",
    letters: "Der Code enthält weder die Buchstaben B, I und O noch die Ziffer 1; 0 ist also immer die Null.",
    fold: "Hier falten: Dieser Teil verdeckt dann den Code.",
    redeem: "So verwenden Sie es",
    by_hand: "Ohne diese App",
    finder: "Was ein Finder damit anfangen kann",
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
        _ if position.has_spare() => format!("{needed} beliebige davon sind nötig"),
        2 => String::from("beide sind nötig"),
        _ => String::from("alle sind nötig"),
    };
    format!("{index}, eines von {sheets}; {needed}")
}

fn purpose(kind: Kind) -> Purpose {
    match kind.position {
        None => Purpose {
            title: "Wiederherstellungsblatt".into(),
            code: "Ihr Backup-Code",
            symbol: "QR-Code mit dem Backup-Code",
            works_once: "Er funktioniert nur einmal.".into(),
            redeem: redeem(kind),
            by_hand: by_hand(kind),
            finder: finder(kind),
        },
        Some(position) => Purpose {
            title: format!("Wiederherstellungsblatt {}", position.index).into(),
            code: "Die 60 Zeichen dieses Blatts",
            symbol: "QR-Code mit den 60 Zeichen dieses Blatts",
            works_once: match position.needed {
                2 => "Sie gelten nur einmal, mit einem weiteren Blatt.".into(),
                needed => format!(
                    "Sie gelten nur einmal, mit {} weiteren Blättern.",
                    needed - 1
                )
                .into(),
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
        Copies::Kit => format!("das Wiederherstellungskit, den Ordner {folder}"),
        Copies::Pages => String::from("die Wiederherstellungsseiten"),
        Copies::KitAndPages => format!(
            "das Wiederherstellungskit (den Ordner {folder}) oder die Wiederherstellungsseiten"
        ),
    });
    let [one, two, three] = match copies {
        None => [
            "Öffnen Sie die App Backup Code auf dem Computer, auf dem Sie dieses Blatt erstellt haben."
                .into(),
            "Wählen Sie bei der Anmeldung „Backup-Code verwenden“.".into(),
            "Wenn Sie gefragt werden: Wählen Sie Ihre E-Mail-Adresse oder „Weiß ich nicht“.".into(),
        ],
        Some(copies) => [
            "Öffnen Sie die App Backup Code auf Ihrem Computer, oder installieren Sie sie auf einem anderen."
                .into(),
            "Auf Ihrem: Wählen Sie „Backup-Code verwenden“ und, falls gefragt, Ihre E-Mail-Adresse oder „Weiß ich nicht“."
                .into(),
            format!("Auf einem anderen: Wählen Sie „Wallet wiederherstellen“, dann {copies}.").into(),
        ],
    };
    let (four, used_up) = match kind.position {
        None => (
            "Scannen Sie das Quadrat, ziehen Sie ein Foto dieses Blatts ins Fenster, oder tippen Sie die 60 Zeichen ein."
                .into(),
            "ist dieses Blatt verbraucht: Erstellen Sie ein neues",
        ),
        Some(SetPosition { needed, .. }) => (
            format!(
                "Geben Sie {needed} Blätter dieses Satzes in beliebiger Reihenfolge ein: Quadrat scannen, Foto ins Fenster ziehen oder die 60 Zeichen eintippen."
            )
            .into(),
            "ist dieser Satz verbraucht: Erstellen Sie einen neuen",
        ),
    };
    let five =
        format!("Wählen Sie ein neues Passwort. Sie sind dann angemeldet, und damit {used_up}.");
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
                "Zuerst {needed} Blätter zum Code (Index S) zusammensetzen: BIP-93, codex32, „human-readable part“ `backup`."
            )
            .into(),
        );
    }
    if copies != Copies::Pages {
        paragraphs.push("Kit: in seinem Ordner `age -d -i identity.age wallet.age`".into());
    }
    if copies != Copies::Kit {
        paragraphs.push(
            "Seiten: QR-Codes lesen, mit einem UR-Decoder zusammensetzen, dann `age -d`, dann `gunzip`."
                .into(),
        );
    }
    paragraphs.push("Die Passphrase ist der Code in Großbuchstaben, ohne Leerzeichen.".into());
    paragraphs.push(format!("Alle Schritte: `{BY_HAND_IN_FULL}` im Programm.").into());
    paragraphs
}

fn finder(kind: Kind) -> Vec<Cow<'static, str>> {
    let alone = match (kind.position, kind.copies) {
        (None, None) => {
            "Mit diesem Blatt allein: nichts. Es funktioniert nur auf dem Computer, auf dem Sie es erstellt haben."
                .into()
        }
        (None, Some(_)) => "Mit diesem Blatt allein: nichts.".into(),
        (Some(SetPosition { needed: 2, .. }), _) => {
            "Mit diesem Blatt allein: nichts. Es verrät nichts über den Code.".into()
        }
        (Some(SetPosition { needed, .. }), _) => format!(
            "Mit weniger als {needed} Blättern dieses Satzes: nichts. Sie verraten nichts über den Code."
        )
        .into(),
    };
    let sheets: Cow<'_, str> = match kind.position {
        None => "diesem Blatt".into(),
        Some(SetPosition { needed, .. }) => format!("{needed} Blättern").into(),
    };
    let with = match kind.copies {
        None => "diesem Computer",
        Some(Copies::Kit) => "dem Wiederherstellungskit oder Ihrem Computer",
        Some(Copies::Pages) => "den Wiederherstellungsseiten oder Ihrem Computer",
        Some(Copies::KitAndPages) => {
            "dem Wiederherstellungskit, den Wiederherstellungsseiten oder Ihrem Computer"
        }
    };
    let opens = format!(
        "Mit {sheets} und {with}, am Desktop angemeldet: Ihre Wallet öffnen. Bewahren Sie alles getrennt auf."
    );
    let mut paragraphs = vec![alone, opens.into(), lost(kind).into()];
    if kind.copies.is_none() {
        let helps = match kind.position {
            None => "hilft dieses Blatt",
            Some(_) => "helfen diese Blätter",
        };
        paragraphs.push(
            format!(
                "Geht dieser Computer verloren oder wird seine Anmeldung zurückgesetzt, {helps} nicht mehr."
            )
            .into(),
        );
    }
    paragraphs
}

/// What to do about a sheet that was lost or seen.
fn lost(kind: Kind) -> String {
    let (begin, stops, still) = match kind.position {
        None => (
            String::from(
                "Verloren, oder hat es jemand gesehen? Melden Sie sich an und erstellen Sie ein neues Blatt.",
            ),
            "Dieses gilt dann nicht mehr.",
            "Dieses Blatt öffnet",
        ),
        Some(position) if position.has_spare() => (
            format!(
                "Verloren? Melden Sie sich an und erstellen Sie es aus {} anderen neu. Hat es jemand gesehen? Erstellen Sie einen neuen Satz.",
                position.needed
            ),
            "Diese Blätter gelten dann nicht mehr.",
            "Diese Blätter öffnen",
        ),
        Some(_) => (
            String::from(
                "Verloren, oder hat es jemand gesehen? Melden Sie sich an und erstellen Sie einen neuen Satz.",
            ),
            "Diese Blätter gelten dann nicht mehr.",
            "Diese Blätter öffnen",
        ),
    };
    match kind.copies {
        None => format!("{begin} {stops}"),
        Some(Copies::Kit) => format!("{begin} Vernichten Sie das alte Kit: {still} es weiterhin."),
        Some(Copies::Pages) => {
            format!("{begin} Vernichten Sie die alten Seiten: {still} sie weiterhin.")
        }
        Some(Copies::KitAndPages) => {
            format!("{begin} Vernichten Sie altes Kit und alte Seiten: {still} sie weiterhin.")
        }
    }
}

fn date(local: DateTime, offset: &str) -> String {
    const MONTHS: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    format!(
        "{}. {} {}, {:02}:{:02} Uhr ({offset})",
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
            (2, 3, "C, eines von 3; 2 beliebige davon sind nötig"),
            (2, 2, "C, eines von 2; beide sind nötig"),
            (9, 9, "C, eines von 9; alle sind nötig"),
        ] {
            assert_eq!(which_sheet(position(needed, sheets)), text);
        }
    }

    #[test]
    fn only_a_set_with_a_spare_sheet_says_that_a_lost_one_can_be_made_again() {
        for (needed, sheets, spare) in [(2, 3, true), (9, 31, true), (2, 2, false), (9, 9, false)] {
            for copies in [None, Some(Copies::KitAndPages)] {
                let lost = lost(kind(Some((needed, sheets)), copies));
                assert_eq!(lost.contains("anderen neu"), spare, "{lost}");
            }
        }
    }

    #[test]
    fn a_finder_of_sheet_and_copies_opens_them_even_after_the_code_has_ended() {
        for (copies, together, end) in [
            (
                Copies::Kit,
                "und dem Wiederherstellungskit oder",
                "Dieses Blatt öffnet es weiterhin.",
            ),
            (
                Copies::Pages,
                "und den Wiederherstellungsseiten oder",
                "Dieses Blatt öffnet sie weiterhin.",
            ),
            (
                Copies::KitAndPages,
                "und dem Wiederherstellungskit, den Wiederherstellungsseiten oder",
                "Dieses Blatt öffnet sie weiterhin.",
            ),
        ] {
            let text = finder(kind(None, Some(copies))).join("\n");
            assert!(text.contains(together) && text.contains(end), "{text}");
            assert!(!text.contains("nicht mehr"), "{text}");
        }
        let alone = finder(kind(None, None)).join("\n");
        assert!(
            alone.contains("gilt dann nicht mehr")
                && alone.contains("hilft dieses Blatt nicht mehr")
        );
    }

    #[test]
    fn a_date_includes_day_month_year_minute_and_offset() {
        let at = |month, day, hour| jiff::civil::date(2026, month, day).at(hour, 5, 59, 0);
        for (local, offset, text) in [
            (
                at(5, 3, 14),
                "UTC+02:00",
                "3. Mai 2026, 14:05 Uhr (UTC+02:00)",
            ),
            (at(3, 31, 0), "UTC", "31. März 2026, 00:05 Uhr (UTC)"),
            (
                at(12, 1, 9),
                "UTC-09:30",
                "1. Dezember 2026, 09:05 Uhr (UTC-09:30)",
            ),
        ] {
            assert_eq!(date(local, offset), text);
        }
    }
}
