//! The payload: the contents as JSON, encrypted with XChaCha20-Poly1305 and bound to all bytes
//! before it.

use zeroize::Zeroizing;

use crate::aead::Aead;
use crate::files::{Files, NamedFiles, Place};
use crate::format::{Layout, NONCE_LENGTH, TAG_LENGTH};
use crate::item_json::NotAnItem;
use crate::json::{self, JsonStyle};
use crate::key::{Purpose, WalletKey};
use crate::wire::{ReadPayload, SlotRecipient, WrittenPayload};
use crate::{Contents, OpenError, PAYLOAD_LIMIT, SealError, WRITE_LIMIT, WalletId};

/// Decrypts and parses the payload of a file with the wallet key, and verifies the wallet's files.
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
    let parts = payload.into_parts();
    let (mut contents, recipients, table) = parts.map_err(|NotAnItem| OpenError::Damaged)?;
    contents.files = match (layout.files, table.is_empty()) {
        (None, true) => Files::default(),
        (Some(files), false) => {
            let place = Place { key, wallet };
            Files::parse(place, &table, files, &contents.items)?
        }
        // Each wallet has one form.
        (None, false) | (Some(_), true) => return Err(OpenError::Damaged),
    };
    Ok((contents, recipients))
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

/// Returns a whole wallet file: associated data, nonce, encrypted contents, and `files`, which are
/// those of the contents that items name.
pub(crate) fn seal(
    associated_data: &[u8],
    nonce: &[u8; NONCE_LENGTH],
    wallet: WalletId,
    key: &WalletKey,
    contents: &Contents,
    recipients: &[SlotRecipient],
    files: &NamedFiles,
) -> Result<Vec<u8>, SealError> {
    let plaintext = to_json(&WrittenPayload::new(contents, recipients, files.entries()))?;
    if files.is_empty() {
        return seal_json(associated_data, nonce, wallet, key, plaintext);
    }
    let payload = encrypt(associated_data, nonce, wallet, key, plaintext)?;
    let (ciphertext, tag) = &payload;
    let length = ciphertext.len() + tag.len();
    let too_large = |size: usize| SealError::TooLarge { size: size as u64 };
    let length = u32::try_from(length).map_err(|_| too_large(length))?;
    let length = length.to_be_bytes();
    let before: [&[u8]; 5] = [associated_data, nonce, &length, ciphertext, tag];
    let parts = || before.into_iter().chain(files.sealed());
    let size = parts().map(<[u8]>::len).sum();
    if size as u64 > WRITE_LIMIT {
        return Err(too_large(size));
    }
    let mut file = Vec::new();
    file.try_reserve_exact(size)
        .map_err(|_| SealError::OutOfMemory)?;
    parts().for_each(|part| file.extend_from_slice(part));
    Ok(file)
}

/// Returns a whole wallet file without files.
pub(crate) fn seal_json(
    associated_data: &[u8],
    nonce: &[u8; NONCE_LENGTH],
    wallet: WalletId,
    key: &WalletKey,
    plaintext: Zeroizing<Vec<u8>>,
) -> Result<Vec<u8>, SealError> {
    let (ciphertext, tag) = encrypt(associated_data, nonce, wallet, key, plaintext)?;
    Ok([associated_data, nonce, &ciphertext, &tag].concat())
}

/// Encrypts the payload in its buffer, and returns it with its tag.
fn encrypt(
    associated_data: &[u8],
    nonce: &[u8; NONCE_LENGTH],
    wallet: WalletId,
    key: &WalletKey,
    mut plaintext: Zeroizing<Vec<u8>>,
) -> Result<(Zeroizing<Vec<u8>>, [u8; TAG_LENGTH]), SealError> {
    let size = associated_data.len() + NONCE_LENGTH + plaintext.len() + TAG_LENGTH;
    if size as u64 > PAYLOAD_LIMIT {
        return Err(SealError::TooLarge { size: size as u64 });
    }
    let tag = Aead::new(key, Purpose::Payload, wallet)
        .encrypt(nonce, associated_data, &mut plaintext)
        .ok_or(SealError::TooLarge { size: size as u64 })?;
    Ok((plaintext, tag))
}

pub(crate) fn to_json(payload: &WrittenPayload<'_>) -> Result<Zeroizing<Vec<u8>>, SealError> {
    // The limit applies to the header too, and is checked in `encrypt`.
    json::to_exact_vec(payload, JsonStyle::Compact, usize::MAX).map_err(|_| SealError::OutOfMemory)
}

/// Returns the number of bytes that [`seal`] takes for the payload, its nonce and its length.
pub(crate) fn size(payload: &WrittenPayload<'_>) -> Result<u64, SealError> {
    let json = json::size(payload, JsonStyle::Compact).map_err(|_| SealError::OutOfMemory)?;
    Ok((NONCE_LENGTH + size_of::<u32>() + json + TAG_LENGTH) as u64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;
    use crate::{Body, Item, SecretText, Timestamp, format};

    const WALLET: WalletId = WalletId::from_bytes([3; 16]);

    /// Opens an authentic payload with this JSON.
    fn opened(json: &str) -> Result<Contents, OpenError> {
        let key = WalletKey::from_bytes(Zeroizing::new([5; 32]));
        let associated_data = format::prefix(b"{}", false).unwrap();
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
            let written = to_json(&WrittenPayload::new(&contents, &[], Vec::new())).unwrap();
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

    const SHA: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /// An item with this file in its only field.
    fn with_file(file: &str) -> String {
        let item = ITEM.replace(r#"{"secret":"dA"}"#, &format!(r#"{{"file":{file}}}"#));
        item.replace("note", "file")
    }

    /// What an item says of a file of this size.
    fn file_json(size: u32) -> String {
        let id = "0".repeat(31) + "9";
        format!(r#"{{"name":"dA","id":"{id}","size":{size},"sha256":"{SHA}"}}"#)
    }

    #[test]
    fn a_file_is_named_in_the_payload_also_without_its_content_and_before_it_is_chosen() {
        for file in [file_json(3), r#"{"name":"dA"}"#.to_owned()] {
            let json = with(&with_file(&file), "\"later\"", "");
            let contents = opened(&json).unwrap_or_else(|error| unreachable!("{error}"));
            let field = &contents.items[0].present.body.fields[0];
            assert_eq!(field.text.expose(), "t");
            assert_eq!(field.file.is_some(), file.contains("id"));
            let written = to_json(&WrittenPayload::new(&contents, &[], Vec::new())).unwrap();
            assert_eq!(str::from_utf8(&written).unwrap(), json);
        }
    }

    #[test]
    fn a_file_that_contradicts_itself_is_damaged() {
        let id = r#""id":"00000000000000000000000000000009","#;
        let twice = |other: &str| {
            let other = with_file(other).replace("00000007", "00000008");
            format!("{},{other}", with_file(&file_json(3)))
        };
        for items in [
            with_file(&file_json(3).replace(id, "")),
            with_file(&file_json(3).replace(r#""size":3,"#, "")),
            with_file(&file_json(3).replace(&format!(r#","sha256":"{SHA}""#), "")),
            with_file(&file_json((1 << 20) + 1)),
            twice(&file_json(4)),
            twice(&file_json(3).replace("ba78", "ba79")),
        ] {
            let error = opened(&with(&items, "\"later\"", "")).err();
            assert_eq!(error, Some(OpenError::Damaged), "{items}");
        }
        assert!(opened(&with(&twice(&file_json(3)), "\"later\"", "")).is_ok());
        for file in [
            file_json(3).replace("ba78", "BA78"),
            file_json(3).replace(SHA, "ba78"),
            file_json(3).replace("\"size\":3", "\"size\":-3"),
            file_json(3).replace("\"size\":3", "\"size\":3,\"colour\":1"),
            "\"dA\"".to_owned(),
        ] {
            let error = opened(&with(&with_file(&file), "\"later\"", "")).err();
            assert_eq!(error, Some(OpenError::NewerVersion), "{file}");
        }
    }

    /// Opens an authentic file of version 2 with this JSON and these bytes after it.
    fn opened_with(json: &str, files: &[u8]) -> Result<Contents, OpenError> {
        let key = WalletKey::from_bytes(Zeroizing::new([5; 32]));
        let data = format::prefix(b"{}", true).unwrap();
        let nonce = [6; NONCE_LENGTH];
        let plaintext = Zeroizing::new(json.as_bytes().to_vec());
        let (payload, tag) = encrypt(&data, &nonce, WALLET, &key, plaintext).unwrap();
        let length = u32::try_from(payload.len() + tag.len()).unwrap();
        let parts: [&[u8]; 6] = [&data, &nonce, &length.to_be_bytes(), &payload, &tag, files];
        let file = parts.concat();
        let (contents, _) = open(&format::split(&file).unwrap(), WALLET, &key)?;
        Ok(contents)
    }

    fn file_id(last: u8) -> crate::FileId {
        let mut bytes = [0; 16];
        bytes[15] = last;
        crate::FileId::from_bytes(bytes)
    }

    /// The sealed file of this id and content.
    fn sealed(id: u8, content: &[u8]) -> Vec<u8> {
        let key = WalletKey::from_bytes(Zeroizing::new([5; 32]));
        let mut rng = crate::testing::ScriptedRng::new(&[id; NONCE_LENGTH]);
        let place = Place {
            key: &key,
            wallet: WALLET,
        };
        let id = file_id(id);
        let mut files = Files::default();
        let file = crate::FileRef::of(id, content).unwrap();
        files.add(&mut rng, place, file, content).unwrap();
        let mut item = Item::new(
            crate::ItemId::from_bytes([1; 16]),
            Body::note(
                SecretText::new(String::new()),
                SecretText::new(String::new()),
            ),
            Timestamp(0),
        );
        item.present.body.fields[0].file = Some(file);
        files
            .named_in(&[item])
            .sealed()
            .flatten()
            .copied()
            .collect()
    }

    #[test]
    fn a_table_that_does_not_fit_the_files_is_damaged() {
        let entry = |id: u8, size: u32| format!(r#"{{"id":"{id:032}","size":{size}}}"#);
        let with_table = |items: &str, table: &[String]| {
            let table = format!(r#""recipients":[],"files":[{}]}}"#, table.join(","));
            with(items, "\"later\"", "").replace(r#""recipients":[]}"#, &table)
        };
        let named = with_file(&file_json(3));
        let (nine, eight) = (sealed(9, b"abc"), sealed(8, b"abcd"));
        let both = [&nine[..], &eight].concat();
        let one = [entry(9, 3)];
        let two = [entry(9, 3), entry(8, 4)];
        let contents = opened_with(&with_table(&named, &two), &both).unwrap();
        assert!(contents.files.has(file_id(9)));
        for (what, json, files) in [
            (
                "too few bytes",
                with_table(&named, &one),
                nine[1..].to_vec(),
            ),
            ("cut off", with_table(&named, &one), nine[..42].to_vec()),
            (
                "too many bytes",
                with_table(&named, &one),
                [&nine[..], &[0]].concat(),
            ),
            (
                "a file that is not in the table",
                with_table(&named, &one),
                both.clone(),
            ),
            (
                "a file of the table that is missing",
                with_table(&named, &two),
                nine.clone(),
            ),
            (
                "an order that is another",
                with_table(&named, &two),
                [&eight[..], &nine].concat(),
            ),
            (
                "another id",
                with_table(&named, &[entry(8, 3)]),
                nine.clone(),
            ),
            (
                "another size",
                with_table(&named, &[entry(9, 4), entry(8, 3)]),
                both.clone(),
            ),
            (
                "one id twice",
                with_table(&named, &[entry(9, 3), entry(9, 3)]),
                [&nine[..], &nine].concat(),
            ),
            (
                "a size above the limit",
                with_table(&named, &[entry(9, u32::MAX)]),
                nine.clone(),
            ),
            (
                "an item that says another size",
                with_table(&with_file(&file_json(4)), &one),
                nine.clone(),
            ),
            ("no files", with(&named, "\"later\"", ""), Vec::new()),
            (
                "files without a table",
                with(&named, "\"later\"", ""),
                nine.clone(),
            ),
        ] {
            assert_eq!(
                opened_with(&json, &files).err(),
                Some(OpenError::Damaged),
                "{what}"
            );
        }
        // A table in version 1.
        let error = opened(&with_table(&named, &one)).err();
        assert_eq!(error, Some(OpenError::Damaged));
        // Two files of one size that changed places.
        let (seven, other) = (sealed(7, b"xyz"), sealed(9, b"abc"));
        let table = [entry(7, 3), entry(9, 3)];
        let swapped = [&other[..], &seven].concat();
        let error = opened_with(&with_table(&named, &table), &swapped).err();
        assert_eq!(error, Some(OpenError::Damaged));
    }

    #[test]
    fn a_note_of_before_items_had_fields_is_a_note_with_a_hidden_text() {
        let json = with(BEFORE_FIELDS, "\"later\"", "");
        let contents = opened(&json).unwrap_or_else(|error| unreachable!("{error}"));
        let written = to_json(&WrittenPayload::new(&contents, &[], Vec::new())).unwrap();
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
        let written = to_json(&WrittenPayload::new(&contents, &[], Vec::new())).unwrap();
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
        let written = to_json(&WrittenPayload::new(&contents, &[], Vec::new())).unwrap();
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
        let json = to_json(&WrittenPayload::new(&contents, &[], Vec::new())).unwrap();
        assert_eq!(json.len(), json.capacity());
        assert_eq!(
            *json,
            br#"{"items":[],"two_step":"later","log":[],"recipients":[]}"#
        );
    }
}
