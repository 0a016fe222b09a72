//! What the fields of items hold: judged as they are typed, and used without being shown.

use content::codes;
use content::one_time::OneTime;
use content::phrase;
use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::items;
use zeroize::Zeroizing;

use super::clipboard::{Copied, copy};
use super::field_view::{FieldAbout, FieldType, about};
use super::items::{FieldAt, change_item, field_at};
use super::{Shared, run};
use crate::error::CommandError;
use crate::picture::data_uri;

/// A text that is being typed.
#[derive(Deserialize, TS)]
pub(crate) struct TypedField {
    kind: FieldType,
    text: String,
}

/// What a text that is being typed is.
#[derive(Serialize, TS)]
pub(crate) struct FieldJudged {
    about: Option<FieldAbout>,
    /// Of a phrase: the places where another word fits better.
    near: Vec<NearWords>,
    /// The same in the layout of its type, where it has another one: a whole phrase in one line,
    /// codes one a line.
    tidy: Option<String>,
}

/// A place of a phrase, and words that fit there.
#[derive(Serialize, TS)]
pub(crate) struct NearWords {
    /// Counted from 1.
    place: usize,
    words: Vec<&'static str>,
    /// Where the word of the place stands in the text, in UTF-16 code units; none for a SeedQR.
    at: Option<[usize; 2]>,
}

impl NearWords {
    fn of(near: phrase::Near, text: &str) -> Self {
        let units = |end: usize| text.get(..end).map(|start| start.encode_utf16().count());
        let at = match near.at.is_empty() {
            true => None,
            false => units(near.at.start).zip(units(near.at.end)),
        };
        Self {
            place: near.place,
            words: near.words,
            at: at.map(|(start, end)| [start, end]),
        }
    }
}

/// The start of a word, and the phrase before it.
#[derive(Deserialize, TS)]
pub(crate) struct StartOfWord {
    start: String,
    before: String,
}

/// One-time digits.
#[derive(Serialize, TS)]
pub(crate) struct OneTimeShown {
    digits: String,
    /// When the next ones come.
    until: i64,
    /// Seconds.
    period: u64,
}

/// A code that is ticked off, or no more.
#[derive(Deserialize, TS)]
pub(crate) struct TickCode {
    id: String,
    number: u32,
    /// The line, counted from 0.
    line: usize,
    used: bool,
}

/// A field whose text is to be copied.
#[derive(Deserialize, TS)]
pub(crate) struct CopyField {
    id: String,
    /// None for what the item holds now.
    version: Option<u32>,
    number: u32,
    /// One line of codes, counted from 0.
    line: Option<usize>,
}

/// The text that is copied of a field: a phrase in one line, the digits of now, one code of a line.
fn copied(
    kind: wallet::FieldType,
    text: &str,
    line: Option<usize>,
    now: u64,
) -> Result<Zeroizing<String>, CommandError> {
    match (kind, line) {
        (wallet::FieldType::Words, _) => Ok(phrase::plain(text)),
        (wallet::FieldType::OneTime, _) => {
            let key = OneTime::read(text).map_err(|_| CommandError::NotOneTime)?;
            Ok(key.at(now).digits)
        }
        (wallet::FieldType::Codes, Some(line)) => {
            let line = codes::lines(text).nth(line);
            let line = line.ok_or(CommandError::LineNotFound)?;
            Ok(Zeroizing::new(line.text.to_owned()))
        }
        (
            wallet::FieldType::Codes
            | wallet::FieldType::Text
            | wallet::FieldType::Secret
            | wallet::FieldType::Key
            | wallet::FieldType::Address
            | wallet::FieldType::Date
            | wallet::FieldType::File,
            _,
        ) => Ok(Zeroizing::new(text.to_owned())),
    }
}

/// The text in the layout of its type, where it has another one.
fn tidy(kind: wallet::FieldType, text: &str) -> Option<Zeroizing<String>> {
    match kind {
        wallet::FieldType::Words => {
            let line = phrase::whole(text)?;
            (line.as_str() != text.trim()).then_some(line)
        }
        wallet::FieldType::Codes => codes::sorted(text),
        wallet::FieldType::Text
        | wallet::FieldType::Secret
        | wallet::FieldType::OneTime
        | wallet::FieldType::Key
        | wallet::FieldType::Address
        | wallet::FieldType::Date
        | wallet::FieldType::File => None,
    }
}

#[command]
pub(crate) async fn judge_field(
    shell: Shared<'_>,
    request: TypedField,
) -> Result<FieldJudged, CommandError> {
    run(shell, move |_| {
        let text = Zeroizing::new(request.text);
        let kind = request.kind.into();
        let near = match kind == wallet::FieldType::Words {
            true => phrase::near(&text),
            false => Vec::new(),
        };
        let near = near.into_iter().map(|near| NearWords::of(near, &text));
        Ok(FieldJudged {
            about: about(kind, &text),
            near: near.collect(),
            tidy: tidy(kind, &text).map(|text| text.to_string()),
        })
    })
    .await
}

#[command]
pub(crate) async fn complete_word(
    shell: Shared<'_>,
    request: StartOfWord,
) -> Result<Vec<&'static str>, CommandError> {
    run(shell, move |_| {
        let start = Zeroizing::new(request.start);
        let before = Zeroizing::new(request.before);
        Ok(phrase::complete(&start, &before))
    })
    .await
}

#[command]
pub(crate) async fn one_time_digits(
    shell: Shared<'_>,
    request: FieldAt,
) -> Result<OneTimeShown, CommandError> {
    run(shell, move |shell| {
        shell.app.read(|world, session| {
            let field = field_at(session, &request)?;
            // Exposed to make digits of it.
            let key = OneTime::read(field.text.expose()).map_err(|_| CommandError::NotOneTime)?;
            let shown = key.at(seconds(world.clock.now()));
            Ok(OneTimeShown {
                digits: shown.digits.to_string(),
                until: i64::try_from(shown.until).unwrap_or(i64::MAX),
                period: key.period(),
            })
        })
    })
    .await
}

/// A time for one-time digits, which there are none of before 1970.
fn seconds(now: wallet::Timestamp) -> u64 {
    u64::try_from(now.0).unwrap_or_default()
}

#[command]
pub(crate) async fn seed_qr(shell: Shared<'_>, request: FieldAt) -> Result<String, CommandError> {
    run(shell, move |shell| {
        shell.app.read(|_, session| {
            let field = field_at(session, &request)?;
            // Exposed because the person asked to show it to a hardware wallet.
            let digits = phrase::seed_qr(field.text.expose()).ok_or(CommandError::NotASeedQr)?;
            let svg = sheet::seed_qr_svg(&digits).map_err(|_| CommandError::Internal)?;
            Ok(data_uri(&Zeroizing::new(svg)))
        })
    })
    .await
}

#[command]
pub(crate) async fn tick_code(shell: Shared<'_>, request: TickCode) -> Result<(), CommandError> {
    let TickCode {
        id,
        number,
        line,
        used,
    } = request;
    change_item(shell, id, move |world, session, id| {
        items::tick(world, session, id, number, line, used)
    })
    .await
}

/// Copies a text of the wallet without showing it.
#[command]
pub(crate) async fn copy_field(
    shell: Shared<'_>,
    request: CopyField,
) -> Result<Copied, CommandError> {
    let CopyField {
        id,
        version,
        number,
        line,
    } = request;
    run(shell, move |shell| {
        let at = FieldAt {
            id,
            version,
            number,
        };
        // A lock from now on has what is copied cleared at once.
        let epoch = shell.app.epoch();
        let text = shell.app.read(|world, session| {
            let field = field_at(session, &at)?;
            // Exposed because the person copies it.
            copied(
                field.kind,
                field.text.expose(),
                line,
                seconds(world.clock.now()),
            )
        })?;
        copy(shell, &text, epoch)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_offered_in_the_layout_of_its_type_where_it_has_another() {
        let tidies = |kind, text: &str| tidy(kind, text).map(|text| text.to_string());
        let line = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let lines = line.replace(' ', "\n");
        assert_eq!(
            tidies(wallet::FieldType::Words, &lines).as_deref(),
            Some(line)
        );
        assert_eq!(tidies(wallet::FieldType::Words, &format!(" {line} ")), None);
        assert_eq!(
            tidies(wallet::FieldType::Words, &format!("{lines}\n4711")),
            None
        );
        assert_eq!(
            tidies(wallet::FieldType::Codes, "1. a-1\n2. b-2").as_deref(),
            Some("a-1\nb-2")
        );
        assert_eq!(tidies(wallet::FieldType::Secret, "1. a-1"), None);
    }

    #[test]
    fn what_is_copied_is_what_its_type_is_used_for() {
        let copies = |kind, text: &str, line| copied(kind, text, line, 59).ok();
        let phrase = "1. legal 2. winner 3. thank 4. year 5. wave 6. sausage 7. worth 8. useful \
                      9. legal 10. winner 11. thank 12. yellow";
        assert_eq!(
            copies(wallet::FieldType::Words, phrase, None)
                .as_deref()
                .map(String::as_str),
            Some("legal winner thank year wave sausage worth useful legal winner thank yellow")
        );
        // What is no phrase is copied as it is.
        let other = copies(wallet::FieldType::Words, " legal\nwiner", None);
        assert_eq!(other.as_deref().map(String::as_str), Some(" legal\nwiner"));
        let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let digits = copies(wallet::FieldType::OneTime, key, None);
        assert_eq!(digits.as_deref().map(String::as_str), Some("287082"));
        assert!(copies(wallet::FieldType::OneTime, "no key!", None).is_none());
        let codes = "# Mail\n✓ one-1\ntwo-2";
        let line = |line| copies(wallet::FieldType::Codes, codes, Some(line));
        assert_eq!(line(2).as_deref().map(String::as_str), Some("two-2"));
        assert!(line(3).is_none());
        let all = copies(wallet::FieldType::Codes, codes, None);
        assert_eq!(all.as_deref().map(String::as_str), Some(codes));
    }
}
