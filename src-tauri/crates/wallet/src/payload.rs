//! The payload: the contents as JSON, encrypted with XChaCha20-Poly1305 and bound to all bytes
//! before it.

use zeroize::Zeroizing;

use crate::aead::Aead;
use crate::format::{Layout, NONCE_LENGTH, TAG_LENGTH};
use crate::item_json::NotAnItem;
use crate::json::{self, JsonStyle};
use crate::key::{Purpose, WalletKey};
use crate::wire::{ReadPayload, SlotRecipient, WrittenPayload};
use crate::{Contents, OpenError, SealError, WRITE_LIMIT, WalletId};

/// Decrypts and parses the payload of a file with the wallet key.
pub(crate) fn open(
    layout: &Layout<'_>,
    wallet: WalletId,
    key: &WalletKey,
) -> Result<(Contents, Vec<SlotRecipient>), OpenError> {
    let plaintext = decrypt(layout, wallet, key)?;
    // A holder of the key wrote this, so valid JSON that does not fit comes from a newer version.
    let payload: ReadPayload =
        serde_json::from_slice(&plaintext).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => OpenError::NewerVersion,
            _ => OpenError::Damaged,
        })?;
    payload.into_parts().map_err(|NotAnItem| OpenError::Damaged)
}

pub(crate) fn decrypt(
    layout: &Layout<'_>,
    wallet: WalletId,
    key: &WalletKey,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (ciphertext, tag) = layout
        .payload
        .split_last_chunk::<TAG_LENGTH>()
        .ok_or(OpenError::Damaged)?;
    let mut plaintext = Zeroizing::new(Vec::new());
    plaintext
        .try_reserve_exact(ciphertext.len())
        .map_err(|_| OpenError::OutOfMemory)?;
    plaintext.extend_from_slice(ciphertext);
    let bound = layout.associated_data;
    let authentic =
        Aead::new(key, Purpose::Payload, wallet).decrypt(layout.nonce, bound, &mut plaintext, tag);
    if !authentic {
        return Err(OpenError::Damaged);
    }
    Ok(plaintext)
}

/// Returns a whole file: associated data, nonce and encrypted contents.
pub(crate) fn seal(
    associated_data: &[u8],
    nonce: &[u8; NONCE_LENGTH],
    wallet: WalletId,
    key: &WalletKey,
    contents: &Contents,
    recipients: &[SlotRecipient],
) -> Result<Vec<u8>, SealError> {
    seal_json(
        associated_data,
        nonce,
        wallet,
        key,
        to_json(&WrittenPayload::new(contents, recipients))?,
    )
}

pub(crate) fn seal_json(
    associated_data: &[u8],
    nonce: &[u8; NONCE_LENGTH],
    wallet: WalletId,
    key: &WalletKey,
    mut plaintext: Zeroizing<Vec<u8>>,
) -> Result<Vec<u8>, SealError> {
    let size = associated_data.len() + NONCE_LENGTH + plaintext.len() + TAG_LENGTH;
    if size as u64 > WRITE_LIMIT {
        return Err(SealError::TooLarge { size: size as u64 });
    }
    let tag = Aead::new(key, Purpose::Payload, wallet)
        .encrypt(nonce, associated_data, &mut plaintext)
        .ok_or(SealError::TooLarge { size: size as u64 })?;
    Ok([associated_data, nonce, &plaintext, &tag].concat())
}

pub(crate) fn to_json(payload: &WrittenPayload<'_>) -> Result<Zeroizing<Vec<u8>>, SealError> {
    // The limit applies to the whole file and is checked in `seal_json`.
    json::to_exact_vec(payload, JsonStyle::Compact, usize::MAX).map_err(|_| SealError::OutOfMemory)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;
    use crate::{Body, SecretText, Timestamp, format};

    const WALLET: WalletId = WalletId::from_bytes([3; 16]);

    /// Opens an authentic payload with this JSON.
    fn opened(json: &str) -> Result<Contents, OpenError> {
        let key = WalletKey::from_bytes(Zeroizing::new([5; 32]));
        let associated_data = format::prefix(b"{}").unwrap();
        let plaintext = Zeroizing::new(json.as_bytes().to_vec());
        let file = seal_json(
            &associated_data,
            &[6; NONCE_LENGTH],
            WALLET,
            &key,
            plaintext,
        )
        .unwrap();
        let (contents, _) = open(&format::split(&file).unwrap(), WALLET, &key)?;
        Ok(contents)
    }

    const ITEM: &str = r#"{"id":"00000000000000000000000000000007","title":"dA","changed":1,"body":{"typed":{"version":1,"kind":"note","created":1,"fields":[{"number":1,"label":"","value":{"secret":"dA"}}]}}}"#;
    const BEFORE_FIELDS: &str = r#"{"id":"00000000000000000000000000000007","title":"dA","changed":1,"body":{"note":{"text":"dA"}}}"#;

    fn with(item: &str, two_step: &str, log: &str) -> String {
        format!(r#"{{"items":[{item}],"two_step":{two_step},"log":[{log}],"recipients":[]}}"#)
    }

    #[test]
    fn a_payload_of_this_version_opens() {
        let entry = r#"{"at":1,"event":{"failed_tries":{"count":2}}}"#;
        let contents =
            opened(&with(ITEM, "\"later\"", entry)).unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(contents.items[0].present.body.title.expose(), "t");
        assert_eq!(contents.log.len(), 1);
    }

    #[test]
    fn every_type_of_field_has_its_name_in_the_payload() {
        for name in [
            "text", "secret", "words", "one_time", "codes", "key", "address", "date",
        ] {
            let item = ITEM.replace("secret", name);
            let json = with(&item, "\"later\"", "");
            let contents = opened(&json).unwrap_or_else(|error| unreachable!("{error}"));
            let written = to_json(&WrittenPayload::new(&contents, &[])).unwrap();
            assert_eq!(str::from_utf8(&written).unwrap(), json);
        }
        for value in [
            r#"{"colour":"dA"}"#,
            r#"{}"#,
            r#"{"text":"dA","date":"dA"}"#,
            r#"{"text":"dA","text":"dA"}"#,
            r#""text""#,
        ] {
            let item = ITEM.replace(r#"{"secret":"dA"}"#, value);
            let error = opened(&with(&item, "\"later\"", "")).err();
            assert!(
                matches!(error, Some(OpenError::NewerVersion | OpenError::Damaged)),
                "{value}"
            );
        }
    }

    #[test]
    fn a_note_of_before_items_had_fields_is_a_note_with_a_hidden_text() {
        let json = with(BEFORE_FIELDS, "\"later\"", "");
        let contents = opened(&json).unwrap_or_else(|error| unreachable!("{error}"));
        let written = to_json(&WrittenPayload::new(&contents, &[])).unwrap();
        let json = with(ITEM, "\"later\"", "");
        assert_eq!(str::from_utf8(&written).unwrap(), json);
    }

    #[test]
    fn kits_pages_and_the_line_round_trip() {
        let bare = with(ITEM, "\"later\"", "");
        let kit = r#"{"identifier":"M7QS","recipient":"age1","folder":"/stick/backup-kit-M7QS"}"#;
        let pages = r#"{"identifier":"M7QS","at":7}"#;
        let line = r#"{"number":9,"past":"AAECAw"}"#;
        let end = format!(r#""recipients":[],"kits":[{kit}],"pages":{pages},"line":{line}}}"#);
        let json = bare.replace(r#""recipients":[]}"#, &end);
        let contents = opened(&json).unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(contents.kits[0].identifier.to_string(), "M7QS");
        assert_eq!(contents.pages.unwrap().at.0, 7);
        assert_eq!(contents.line().number(), 9);
        let written = to_json(&WrittenPayload::new(&contents, &[])).unwrap();
        assert_eq!(str::from_utf8(&written).unwrap(), json);
    }

    #[test]
    fn items_that_contradict_themselves_are_damaged() {
        let field = r#"{"number":1,"label":"","value":{"secret":"dA"}}"#;
        let with_earlier = |version: u32, fields: &str| {
            let earlier = format!(
                r#""earlier":[{{"version":{version},"changed":0,"fields":[{fields}]}}],"created""#
            );
            let item = ITEM.replace(r#""version":1"#, r#""version":3"#);
            with(&item.replace(r#""created""#, &earlier), "\"later\"", "")
        };
        let sound = opened(&with_earlier(2, r#"{"same":1}"#)).unwrap();
        let earlier = &sound.items[0].earlier[0].body;
        assert!(earlier.is_same(&sound.items[0].present.body));
        let twice = ITEM.replace(field, &format!("{field},{field}"));
        for json in [
            with(&format!("{ITEM},{ITEM}"), "\"later\"", ""),
            with(&twice, "\"later\"", ""),
            with_earlier(3, r#"{"same":1}"#),
            with_earlier(2, r#"{"same":2}"#),
            with(
                &ITEM.replace(r#""version":1"#, r#""version":2147483648"#),
                "\"later\"",
                "",
            ),
            with(
                &ITEM.replace(r#""number":1"#, r#""number":2147483648"#),
                "\"later\"",
                "",
            ),
            with_earlier(2, &format!(r#"{{"same":1}},{{"was":{field}}}"#)),
        ] {
            assert!(
                matches!(opened(&json).err(), Some(OpenError::Damaged)),
                "{json}"
            );
        }
    }

    #[test]
    fn an_item_with_the_largest_numbers_goes_on() {
        let item = ITEM.replace(r#""version":1"#, r#""version":2147483647"#);
        let item = item.replace(r#""number":1"#, r#""number":2147483647"#);
        let mut contents = opened(&with(&item, "\"later\"", "")).unwrap();
        let item = &mut contents.items[0];
        assert_eq!(item.next_field(), 1);
        let other = Body::note(
            SecretText::new("u".to_owned()),
            SecretText::new(String::new()),
        );
        item.change(other, Timestamp(2));
        let written = to_json(&WrittenPayload::new(&contents, &[])).unwrap();
        let again = opened(str::from_utf8(&written).unwrap()).unwrap();
        assert_eq!(again.items[0].present.number, 2);
        assert_eq!(again.items[0].earlier[0].number, 1);
    }

    #[test]
    fn contents_of_a_newer_version_are_rejected() {
        let later = "\"later\"";
        for json in [
            with(&ITEM.replace("note", "passkey"), later, ""),
            with(&ITEM.replace("secret", "picture"), later, ""),
            with(&ITEM.replace("typed", "folder"), later, ""),
            with(
                &ITEM.replace("{\"number\"", "{\"colour\":\"dA\",\"number\""),
                later,
                "",
            ),
            with(
                &BEFORE_FIELDS.replace("{\"text\"", "{\"colour\":\"dA\",\"text\""),
                later,
                "",
            ),
            with(
                &ITEM.replace("{\"id\"", "{\"colour\":\"dA\",\"id\""),
                later,
                "",
            ),
            with(ITEM, r#"{"passkey":"dA"}"#, ""),
            with(ITEM, later, r#"{"at":1,"event":"printed"}"#),
            with(ITEM, later, "").replace("\"log\"", "\"kit\":null,\"log\""),
        ] {
            assert_eq!(opened(&json).err(), Some(OpenError::NewerVersion), "{json}");
        }
    }

    #[test]
    fn a_payload_that_is_not_json_is_damaged() {
        for json in ["", "{", "not json"] {
            assert_eq!(opened(json).err(), Some(OpenError::Damaged), "{json}");
        }
    }

    #[test]
    fn json_is_written_into_a_buffer_of_its_exact_size() {
        let contents = Contents::empty();
        let json = to_json(&WrittenPayload::new(&contents, &[])).unwrap();
        assert_eq!(json.len(), json.capacity());
        assert_eq!(
            *json,
            br#"{"items":[],"two_step":"later","log":[],"recipients":[]}"#
        );
    }
}
