//! The JSON in `wallet.age`, with text in readable form for people who have only `age`.
//!
//! The same definition serves writing, with references, and reading, with values. Text with escapes
//! passes through a buffer of the JSON parser, which the app's allocator zeroizes. The base64 of
//! the wallet file would avoid that, but is not readable by people.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::error::Category;
use wallet::item_json::{self, ItemJson, NotAnItem, Past, TextForm};
use wallet::json::{self, JsonError, JsonStyle};
use wallet::{Body, Email, FieldType, Item, Kind, SecretText, Timestamp, WalletId};
use zeroize::Zeroizing;

use crate::keys::{KnownKey, all_known};
use crate::{KitContents, OpenError, Snapshot, WALLET_LIMIT, WriteError};

const FORMAT: &str = "backup-code-kit";
/// The version of documents with files, and the newest that is read.
const VERSION: u64 = 3;
/// The version of documents without.
const WITHOUT_FILES: u64 = 2;

/// Maximum size of the document on writing, 79 MiB: `age` adds less than 1 MiB to it.
pub(crate) const LIMIT: usize = WALLET_LIMIT - (1 << 20);

const FIELDS: &[KnownKey] = &[
    KnownKey("number", &[]),
    KnownKey("label", &[]),
    KnownKey(
        "value",
        &[
            KnownKey("text", &[]),
            KnownKey("secret", &[]),
            KnownKey("words", &[]),
            KnownKey("one_time", &[]),
            KnownKey("codes", &[]),
            KnownKey("key", &[]),
            KnownKey("address", &[]),
            KnownKey("date", &[]),
            KnownKey("file", FILE),
        ],
    ),
];

const FILE: &[KnownKey] = &[
    KnownKey("name", &[]),
    KnownKey("id", &[]),
    KnownKey("size", &[]),
    KnownKey("sha256", &[]),
];

const TYPED: &[KnownKey] = &[
    KnownKey("version", &[]),
    KnownKey("kind", &[]),
    KnownKey("created", &[]),
    KnownKey("tags", &[]),
    KnownKey("favourite", &[]),
    KnownKey("fields", FIELDS),
    KnownKey(
        "earlier",
        &[
            KnownKey("version", &[]),
            KnownKey("changed", &[]),
            KnownKey("kind", &[]),
            KnownKey("title", &[]),
            KnownKey("tags", &[]),
            KnownKey("favourite", &[]),
            KnownKey("fields", &[KnownKey("same", &[]), KnownKey("was", FIELDS)]),
        ],
    ),
    KnownKey("binned", &[]),
    KnownKey("returned", &[]),
];

/// All keys of versions 1 to 3. A version 1 has notes alone, and a version 2 no files.
const KEYS: &[KnownKey] = &[
    KnownKey("format", &[]),
    KnownKey("version", &[]),
    KnownKey("wallet_id", &[]),
    KnownKey("email", &[]),
    KnownKey("date", &[]),
    KnownKey(
        "items",
        &[
            KnownKey("id", &[]),
            KnownKey("title", &[]),
            KnownKey("changed", &[]),
            KnownKey(
                "body",
                &[
                    KnownKey("note", &[KnownKey("text", &[])]),
                    KnownKey("typed", TYPED),
                ],
            ),
        ],
    ),
];

/// The fields that decide whether the rest can be read.
#[derive(Deserialize)]
struct Envelope {
    format: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct WalletDocument<F, E> {
    format: F,
    version: u64,
    wallet_id: WalletId,
    email: E,
    date: Timestamp,
    items: Vec<ItemJson<Readable>>,
}

/// Secret text for people.
struct Readable;

impl TextForm for Readable {
    fn serialize<S: Serializer>(text: &SecretText, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text.expose())
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretText, D::Error> {
        String::deserialize(deserializer).map(SecretText::new)
    }
}

/// Writes the document: indented for people, compact where room is scarce.
pub(crate) fn write(
    snapshot: &Snapshot<'_>,
    past: Past,
    style: JsonStyle,
) -> Result<Zeroizing<Vec<u8>>, WriteError> {
    let document = WalletDocument {
        format: FORMAT,
        version: version_of(snapshot.items, past),
        wallet_id: snapshot.wallet_id,
        email: snapshot.email,
        date: snapshot.date,
        items: item_json::of(snapshot.items, past),
    };
    json::to_exact_vec(&document, style, LIMIT).map_err(|error| match error {
        JsonError::TooLong { size } => WriteError::TooLarge { size },
        JsonError::OutOfMemory => WriteError::OutOfMemory,
    })
}

/// The version of a document with these items: the lowest that has all that is in it.
fn version_of(items: &[Item], past: Past) -> u64 {
    let is_of_files = |body: &Body| {
        let mut fields = body.fields.iter();
        body.kind == Kind::File || fields.any(|field| field.kind == FieldType::File)
    };
    let any = items.iter().any(|item| match past {
        Past::Kept => item.versions().any(|version| is_of_files(&version.body)),
        Past::LeftOut => item.binned.is_none() && is_of_files(&item.present.body),
    });
    match any {
        true => VERSION,
        false => WITHOUT_FILES,
    }
}

/// Parses the decrypted contents of `wallet.age`, in any valid JSON formatting.
pub(crate) fn read(json: &[u8]) -> Result<KitContents, OpenError> {
    let all_known = all_known(json, KEYS).map_err(|error| match error.classify() {
        Category::Data => OpenError::Damaged,
        _ => OpenError::NotAKit,
    })?;
    let envelope: Envelope = serde_json::from_slice(json).map_err(|_| OpenError::NotAKit)?;
    if envelope.format != FORMAT || envelope.version == 0 {
        return Err(OpenError::NotAKit);
    }
    if envelope.version > VERSION || !all_known {
        return Err(OpenError::NewerVersion);
    }
    let document: WalletDocument<IgnoredAny, Email> =
        serde_json::from_slice(json).map_err(|_| OpenError::Damaged)?;
    let items = item_json::into_items(document.items);
    Ok(KitContents {
        wallet_id: document.wallet_id,
        email: document.email,
        date: document.date,
        items: items.map_err(|NotAnItem| OpenError::Damaged)?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use proptest::collection::vec;
    use proptest::prelude::*;

    use wallet::ItemId;

    use super::*;

    const SAMPLE: &str = r#"{
  "format": "backup-code-kit",
  "version": 2,
  "wallet_id": "00000000000000000000000000000003",
  "email": "zoe@example.org",
  "date": 1767225600,
  "items": [
    {
      "id": "00000000000000000000000000000007",
      "title": "Café \"safe\"",
      "changed": -1,
      "body": {
        "typed": {
          "version": 4,
          "kind": "account",
          "created": -2,
          "tags": [
            "bank"
          ],
          "favourite": true,
          "fields": [
            {
              "number": 3,
              "label": "Password",
              "value": {
                "secret": "two\nlines"
              }
            }
          ],
          "earlier": [
            {
              "version": 2,
              "changed": -2,
              "title": "Café",
              "fields": [
                {
                  "same": 3
                },
                {
                  "was": {
                    "number": 1,
                    "label": "PIN",
                    "value": {
                      "text": "0"
                    }
                  }
                }
              ]
            },
            {
              "version": 1,
              "changed": -3,
              "kind": "note",
              "tags": [],
              "favourite": false,
              "fields": []
            }
          ],
          "binned": 5,
          "returned": 4
        }
      }
    }
  ]
}
"#;

    fn rejection(json: &str) -> OpenError {
        read(json.as_bytes()).err().unwrap()
    }

    /// Returns the sample with `old` replaced by `new`. The sample must contain `old`.
    fn with(old: &str, new: &str) -> String {
        assert!(SAMPLE.contains(old), "{old}");
        SAMPLE.replacen(old, new, 1)
    }

    #[test]
    fn the_document_is_written_indented() {
        let contents = read(SAMPLE.as_bytes()).unwrap();
        let written = write(&contents.snapshot(), Past::Kept, JsonStyle::Indented).unwrap();
        assert_eq!(str::from_utf8(&written).unwrap(), SAMPLE);
        assert_eq!(written.capacity(), written.len());
    }

    #[test]
    fn every_type_of_field_has_its_name_in_the_document() {
        for name in [
            "text", "secret", "words", "one_time", "codes", "key", "address", "date",
        ] {
            let json = with("\"secret\"", &format!("\"{name}\""));
            let contents = read(json.as_bytes()).unwrap();
            let written = write(&contents.snapshot(), Past::Kept, JsonStyle::Indented).unwrap();
            assert_eq!(str::from_utf8(&written).unwrap(), json);
        }
        let two = with("\"secret\"", "\"date\": \"\", \"secret\"");
        assert!(matches!(rejection(&two), OpenError::Damaged));
    }

    #[test]
    fn a_document_with_a_file_is_of_version_3() {
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let file = |rest: &str| format!(r#""file": {{"name": "lease.pdf"{rest}}}"#);
        let whole = format!(
            r#", "id": "00000000000000000000000000000009", "size": 3, "sha256": "{sha256}""#
        );
        for (rest, is_there) in [(whole.as_str(), true), ("", false)] {
            let json = with("\"secret\": \"two\\nlines\"", &file(rest));
            let contents = read(json.as_bytes()).unwrap();
            let field = &contents.items[0].present.body.fields[0];
            assert_eq!(field.text.expose(), "lease.pdf");
            assert_eq!(field.file.is_some(), is_there);
            let style = JsonStyle::Indented;
            let written = write(&contents.snapshot(), Past::Kept, style).unwrap();
            assert!(
                written.starts_with(b"{\n  \"format\": \"backup-code-kit\",\n  \"version\": 3")
            );
            let again = read(&written).unwrap();
            let body = &again.items[0].present.body;
            assert!(body.is_same(&contents.items[0].present.body));
            // The item is in the bin, and paper has no room for that.
            let paper = write(&contents.snapshot(), Past::LeftOut, style).unwrap();
            assert!(String::from_utf8_lossy(&paper).contains("\"version\": 2"));
        }
        for rest in [
            whole.replace("\"size\": 3, ", ""),
            whole.replace("\"size\": 3", "\"size\": 1048577"),
            whole.replace("ba78", "BA78"),
        ] {
            let json = with("\"secret\": \"two\\nlines\"", &file(&rest));
            assert_eq!(rejection(&json), OpenError::Damaged, "{json}");
        }
        let more = with("\"secret\": \"two\\nlines\"", &file(", \"colour\": 1"));
        assert_eq!(rejection(&more), OpenError::NewerVersion);
    }

    #[test]
    fn whitespace_order_and_escapes_do_not_matter() {
        let other = r#"{"version":1,"items":[],"date":0,"email":" ZOE@Example.org",
            "wallet_id":"00000000000000000000000000000003","\u0066ormat":"backup-code-kit"}"#;
        let contents = read(other.as_bytes()).unwrap();
        assert_eq!(contents.email.as_str(), "zoe@example.org");
        assert!(contents.items.is_empty());
    }

    /// Writes the document with this text in its only item.
    fn written(text: String) -> Result<Zeroizing<Vec<u8>>, WriteError> {
        let mut contents = read(SAMPLE.as_bytes()).unwrap();
        contents.items[0].present.body.fields[0].text = SecretText::new(text);
        write(&contents.snapshot(), Past::Kept, JsonStyle::Indented)
    }

    #[test]
    fn a_byte_of_text_takes_at_most_six_bytes_of_json() {
        let empty = written(String::new()).unwrap().len();
        for character in ('\0'..'\u{800}').chain(['\u{2028}', '\u{feff}', '\u{10ffff}']) {
            let length = written(character.to_string()).unwrap().len() - empty;
            assert!(
                length <= 6 * character.len_utf8(),
                "{character:?}: {length}"
            );
        }
    }

    #[test]
    fn contents_over_the_limit_are_rejected_with_their_size() {
        let rejected = written("a".repeat(LIMIT));
        assert!(matches!(rejected, Err(WriteError::TooLarge { size }) if size > LIMIT));
    }

    #[test]
    fn unknown_keys_and_versions_are_attributed_to_a_newer_version() {
        for json in [
            with("\"version\": 2", "\"version\": 4"),
            with("\"typed\"", "\"folder\""),
            with("\"secret\"", "\"colour\": 1, \"secret\""),
            with("\"changed\"", "\"tags\": [], \"changed\""),
            with("\"date\"", "\"label\": null, \"date\""),
            r#"{"format":"backup-code-kit","version":18446744073709551615}"#.to_owned(),
        ] {
            assert_eq!(rejection(&json), OpenError::NewerVersion, "{json}");
        }
    }

    #[test]
    fn a_duplicate_key_is_rejected() {
        for key in ["\"version\": 2", "\"date\": 1767225600", "\"changed\": -1"] {
            let twice = with(key, &format!("{key}, {key}"));
            assert_eq!(rejection(&twice), OpenError::Damaged, "{key}");
        }
    }

    #[test]
    fn other_files_and_malformed_documents_are_distinguished() {
        for other in [
            "",
            "AGE-SECRET-KEY-1",
            "[]",
            "{}",
            r#"{"format":"backup-code-kit"}"#,
            &with("backup-code-kit", "something else"),
            &with("\"version\": 2", "\"version\": 0"),
            &with("\"version\": 2", "\"version\": \"2\""),
            &SAMPLE[..SAMPLE.len() - 3],
        ] {
            assert_eq!(rejection(other), OpenError::NotAKit, "{other}");
        }
        for malformed in [
            with("1767225600", "\"2026-01-01T00:00:00Z\""),
            with("1767225600", "1767225600.5"),
            with("zoe@example.org", "zoe"),
            with("0000000003", "3"),
            with("  \"email\": \"zoe@example.org\",\n", ""),
            with("\"two\\nlines\"", "7"),
            // What no program writes.
            with("\"same\": 3", "\"same\": 4"),
            with("\"number\": 1,", "\"number\": 3,"),
            with(
                "\"version\": 2,\n              \"changed\"",
                "\"version\": 4, \"changed\"",
            ),
        ] {
            assert_eq!(rejection(&malformed), OpenError::Damaged, "{malformed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_round_trips(
            texts in vec((any::<String>(), any::<String>(), any::<i64>()), 0..4),
        ) {
            let items: Vec<Item> = (0..)
                .zip(&texts)
                .map(|(id, (title, text, changed))| {
                    let [title, text] = [title, text].map(|it| SecretText::new(it.clone()));
                    let id = ItemId::from_bytes([id; 16]);
                    Item::new(id, Body::note(title, text), Timestamp(*changed))
                })
                .collect();
            let email = Email::parse("zoe@example.org").unwrap();
            let snapshot = Snapshot {
                wallet_id: WalletId::from_bytes([3; 16]),
                email: &email,
                date: Timestamp(5),
                commit: None,
                items: &items,
            };
            let contents = read(&write(&snapshot, Past::Kept, JsonStyle::Indented).unwrap()).unwrap();
            prop_assert_eq!(contents.items.len(), texts.len());
            for (item, (title, text, changed)) in contents.items.iter().zip(&texts) {
                prop_assert_eq!(item.present.body.title.expose(), title);
                prop_assert_eq!(item.present.changed, Timestamp(*changed));
                let read = &item.present.body.fields[0].text;
                prop_assert_eq!(read.expose(), text);
            }
        }
    }
}
