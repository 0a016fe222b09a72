//! Files of a wallet: format version 2.

use proptest::prelude::*;
use wallet::{
    AddFileError, Body, CommitId, FILE_BYTES, Field, FieldType, FileId, FileRef, FormatError, Item,
    ItemId, KdfMemory, KdfParams, Kind, OpenError, Opened, PAYLOAD_LIMIT, Password, ReadFileError,
    SealError, Sealed, SecretText, Timestamp, WRITE_LIMIT,
};

use crate::common::{Sample, empty_wallet, password, rng, sample};

const COMMIT: CommitId = CommitId::from_bytes([9; 16]);

fn text(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

fn body(name: &str, file: Option<FileRef>) -> Body {
    Body {
        kind: Kind::File,
        title: text("Lease"),
        tags: Vec::new(),
        favourite: false,
        fields: vec![Field {
            number: 1,
            label: text("File"),
            kind: FieldType::File,
            text: text(name),
            file,
        }],
    }
}

fn keep(opened: &mut Opened, id: u8, file: FileRef) {
    let id = ItemId::from_bytes([id; 16]);
    let item = Item::new(id, body("lease.pdf", Some(file)), Timestamp(1));
    opened.contents.items.push(item);
}

fn version(file: &[u8]) -> u16 {
    u16::from_be_bytes(file[8..10].try_into().unwrap())
}

/// Where the files begin.
fn files_at(file: &[u8]) -> usize {
    let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    let nonce = 14 + number(10);
    nonce + 24 + 4 + number(nonce + 24)
}

/// A wallet with two files of one size, whose file was written.
fn with_files() -> (Sample, [FileRef; 2]) {
    let mut sample = sample();
    let Sample { opened, rng, .. } = &mut sample;
    let files = [b"one file", b"another1"].map(|content| opened.add_file(rng, content).unwrap());
    keep(opened, 1, files[0]);
    keep(opened, 2, files[1]);
    opened.forget_pending_files();
    sample.file = opened.seal(rng, COMMIT).unwrap();
    (sample, files)
}

fn open(sample: &Sample, file: Vec<u8>) -> Result<Opened, OpenError> {
    let sealed = Sealed::parse(file).unwrap();
    sealed.open_with_code(sample.slot, &sample.code, &sample.release)
}

#[test]
fn files_round_trip_and_stand_after_the_payload() {
    let (mut sample, files) = with_files();
    assert_eq!(version(&sample.file), 2);
    let after = sample.file.len() - files_at(&sample.file);
    assert_eq!(after, 2 * (24 + 8 + 16));
    let opened = open(&sample, sample.file.clone()).unwrap();
    assert_eq!(*opened.read_file(files[0].id).unwrap(), b"one file");
    assert_eq!(*opened.read_file(files[1].id).unwrap(), b"another1");
    let none = opened.read_file(FileId::from_bytes([1; 16]));
    assert_eq!(none.err(), Some(ReadFileError::NotHere));
    for content in [&b"one file"[..], b"another1"] {
        assert!(!sample.file.windows(8).any(|it| it == content));
    }
    // The next save copies the sealed bytes as they are.
    let next = sample.opened.seal(&mut sample.rng, COMMIT).unwrap();
    assert!(next[files_at(&next)..] == sample.file[files_at(&sample.file)..]);
}

#[test]
fn an_empty_file_and_the_largest_are_kept() {
    let mut sample = sample();
    let Sample { opened, rng, .. } = &mut sample;
    let largest = vec![7; FILE_BYTES as usize];
    let files = [&b""[..], &largest].map(|content| opened.add_file(rng, content).unwrap());
    keep(opened, 1, files[0]);
    keep(opened, 2, files[1]);
    let too_large = opened.add_file(rng, &[&largest[..], &[7]].concat());
    let size = u64::from(FILE_BYTES) + 1;
    assert!(matches!(too_large, Err(AddFileError::TooLarge { size: it }) if it == size));
    let file = opened.seal(rng, COMMIT).unwrap();
    let opened = open(&sample, file).unwrap();
    assert!(opened.read_file(files[0].id).unwrap().is_empty());
    assert_eq!(*opened.read_file(files[1].id).unwrap(), largest);
}

#[test]
fn versions_share_a_file_and_the_last_that_goes_takes_it_along() {
    let (mut sample, [file, other]) = with_files();
    let size = sample.file.len();
    let Sample { opened, rng, .. } = &mut sample;
    // Two more versions name it, and the present one does not.
    let item = &mut opened.contents.items[1];
    item.change(body("renamed.pdf", Some(file)), Timestamp(2));
    item.change(body("gone.pdf", None), Timestamp(3));
    let saved = opened.seal(rng, COMMIT).unwrap();
    assert!(saved.len() - files_at(&saved) == 2 * (24 + 8 + 16) && saved.len() < size + 2048);
    opened.contents.items[1].earlier.clear();
    let saved = opened.seal(rng, COMMIT).unwrap();
    assert!(!opened.has_file(file.id) && opened.has_file(other.id));
    assert_eq!(saved.len() - files_at(&saved), 24 + 8 + 16);
    opened.contents.items.pop();
    let saved = opened.seal(rng, COMMIT).unwrap();
    assert_eq!(version(&saved), 1);
    assert!(open(&sample, saved).is_ok());
}

#[test]
fn a_pending_file_is_not_written_and_stays_until_it_is_forgotten() {
    let (mut sample, _) = with_files();
    let Sample { opened, rng, .. } = &mut sample;
    let pending = opened.add_file(rng, b"pending").unwrap();
    assert!(opened.knows_file(&pending));
    let other = FileRef { size: 8, ..pending };
    assert!(!opened.knows_file(&other));
    let saved = opened.seal(rng, COMMIT).unwrap();
    assert_eq!(saved.len() - files_at(&saved), 2 * (24 + 8 + 16));
    assert_eq!(*opened.read_file(pending.id).unwrap(), b"pending");
    // Also through a new key, and for the same wallet read from the disk again.
    let next = Password::typed("a different one entirely".to_owned());
    let mut memory = KdfMemory::new();
    opened
        .set_password(rng, &next, KdfParams::FLOOR, &mut memory)
        .unwrap();
    let saved = Sealed::parse(opened.seal(rng, COMMIT).unwrap()).unwrap();
    let mut again = saved.open_again(opened).unwrap();
    again.keep_pending_files_of(opened);
    assert_eq!(*again.read_file(pending.id).unwrap(), b"pending");
    opened.forget_pending_files();
    assert!(!opened.has_file(pending.id) && !opened.knows_file(&pending));
}

#[test]
fn a_new_password_seals_the_files_again() {
    let (mut sample, files) = with_files();
    let Sample {
        opened,
        rng,
        memory,
        ..
    } = &mut sample;
    let next = Password::typed("a different one entirely".to_owned());
    opened
        .set_password(rng, &next, KdfParams::FLOOR, memory)
        .unwrap();
    let saved = opened.seal(rng, COMMIT).unwrap();
    let old = &sample.file[files_at(&sample.file)..];
    assert!(saved[files_at(&saved)..] != *old);
    // The old files beside the new payload.
    let spliced = [&saved[..files_at(&saved)], old].concat();
    assert_eq!(open(&sample, spliced).err(), Some(OpenError::Damaged));
    let opened = open(&sample, saved).unwrap();
    assert_eq!(*opened.read_file(files[0].id).unwrap(), b"one file");
}

#[test]
fn an_earlier_version_takes_its_files_into_a_wallet_of_its_own() {
    let (mut sample, files) = with_files();
    let earlier = open(&sample, sample.file.clone()).unwrap();
    let Sample {
        opened,
        rng,
        memory,
        ..
    } = &mut sample;
    opened.contents.items.clear();
    let mut beside = opened
        .create_from(rng, &earlier, &password(), KdfParams::FLOOR, memory)
        .unwrap();
    let saved = Sealed::parse(beside.seal(rng, COMMIT).unwrap()).unwrap();
    let beside = saved.open_with_password(&password(), memory).unwrap();
    assert_eq!(*beside.read_file(files[1].id).unwrap(), b"another1");
}

#[test]
fn the_files_of_a_kit_are_taken_if_they_are_what_the_items_name() {
    let (mut rng, mut memory) = (rng(), KdfMemory::new());
    let mut opened = empty_wallet(&mut rng, &mut memory);
    let file = FileRef::of(FileId::from_bytes([5; 16]), b"content").unwrap();
    keep(&mut opened, 1, file);
    // Named, and not here: the wallet is of version 1.
    assert!(opened.knows_file(&file) && !opened.has_file(file.id));
    let saved = opened.seal(&mut rng, COMMIT).unwrap();
    assert_eq!(version(&saved), 1);
    let saved = Sealed::parse(saved).unwrap();
    assert!(saved.open_again(&opened).unwrap().knows_file(&file));
    let other = opened.put_file(&mut rng, file, b"Content");
    assert_eq!(other, Err(AddFileError::Other));
    opened.put_file(&mut rng, file, b"content").unwrap();
    let saved = opened.seal(&mut rng, COMMIT).unwrap();
    assert_eq!(version(&saved), 2);
}

#[test]
fn a_wallet_takes_files_until_it_is_full_and_says_how_much_is_free() {
    let (mut rng, mut memory) = (rng(), KdfMemory::new());
    let mut opened = empty_wallet(&mut rng, &mut memory);
    let mebibyte = vec![7; FILE_BYTES as usize];
    let mut number = 0;
    let free = loop {
        match opened.add_file(&mut rng, &mebibyte) {
            Ok(file) => keep(&mut opened, number, file),
            Err(AddFileError::Full { free }) => break free,
            Err(error) => unreachable!("{error}"),
        }
        number += 1;
    };
    assert_eq!(number, 63);
    let most = usize::try_from(free).unwrap();
    let over = opened.add_file(&mut rng, &mebibyte[..most + 1]);
    assert_eq!(over.err(), Some(AddFileError::Full { free }));
    let file = opened.add_file(&mut rng, &mebibyte[..most]).unwrap();
    keep(&mut opened, number, file);
    let saved = opened.seal(&mut rng, COMMIT).unwrap();
    let left = WRITE_LIMIT - saved.len() as u64;
    assert!(left < 4096, "{left} bytes are left");
    let sealed = Sealed::parse(saved).unwrap();
    let mut again = sealed.open_again(&opened).unwrap();
    assert_eq!(*again.read_file(file.id).unwrap(), mebibyte[..most]);
    // A file that only an earlier version names makes room.
    let item = &mut again.contents.items[0];
    item.change(body("gone", None), Timestamp(3));
    let file = again.add_file(&mut rng, &mebibyte[..1 << 19]).unwrap();
    keep(&mut again, 99, file);
    let full = again.seal(&mut rng, COMMIT);
    assert!(matches!(full, Err(SealError::TooLarge { size }) if size > WRITE_LIMIT));
    assert!(again.contents.forget_versions(Timestamp(9)));
    assert!(again.seal(&mut rng, COMMIT).is_ok());
}

#[test]
fn text_takes_no_more_of_a_wallet_with_files_than_of_one_without() {
    let (mut sample, _) = with_files();
    let Sample { opened, rng, .. } = &mut sample;
    let most = usize::try_from(PAYLOAD_LIMIT).unwrap() / 4 * 3;
    opened.contents.items[0].present.body.fields[0].text = SecretText::new("x".repeat(most));
    let full = opened.seal(rng, COMMIT);
    assert!(matches!(full, Err(SealError::TooLarge { size }) if size > PAYLOAD_LIMIT));
    assert_eq!(opened.contents.items.len(), 3);
}

#[test]
fn a_flipped_bit_in_any_byte_is_detected() {
    let (sample, _) = with_files();
    for offset in 0..sample.file.len() {
        let mut file = sample.file.clone();
        file[offset] ^= 1 << (offset % 8);
        let Ok(sealed) = Sealed::parse(file) else {
            continue;
        };
        let opened = sealed.open_with_code(sample.slot, &sample.code, &sample.release);
        assert!(opened.is_err(), "at {offset}");
    }
}

#[test]
fn a_file_that_was_truncated_or_lengthened_is_rejected() {
    let (sample, _) = with_files();
    for length in 0..sample.file.len() {
        match Sealed::parse(sample.file[..length].to_vec()) {
            Err(error) => assert_eq!(error, FormatError::Truncated, "at {length}"),
            Ok(sealed) => {
                let opened = sealed.open_with_code(sample.slot, &sample.code, &sample.release);
                assert_eq!(opened.err(), Some(OpenError::Damaged), "at {length}");
            }
        }
    }
    let longer = [&sample.file[..], &[0]].concat();
    assert_eq!(open(&sample, longer).err(), Some(OpenError::Damaged));
}

#[test]
fn files_that_changed_places_and_files_of_another_save_are_rejected() {
    let (mut sample, _) = with_files();
    let at = files_at(&sample.file);
    let (before, files) = sample.file.split_at(at);
    let (one, other) = files.split_at(files.len() / 2);
    let swapped = [before, other, one].concat();
    assert_eq!(open(&sample, swapped).err(), Some(OpenError::Damaged));
    let doubled = [before, one, one].concat();
    assert_eq!(open(&sample, doubled).err(), Some(OpenError::Damaged));
    let without = [before, one].concat();
    assert_eq!(open(&sample, without).err(), Some(OpenError::Damaged));
    // A payload of version 1 that is to be one of version 2, and the other way round.
    let mut other_version = sample.file.clone();
    other_version[9] = 1;
    assert_eq!(open(&sample, other_version).err(), Some(OpenError::Damaged));
    sample.opened.contents.items.truncate(1);
    let mut other_version = sample.opened.seal(&mut sample.rng, COMMIT).unwrap();
    other_version[9] = 2;
    assert!(Sealed::parse(other_version).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_files_round_trip_and_a_wallet_without_them_is_of_version_1(
        contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..5000), 0..8),
    ) {
        let mut sample = sample();
        let without = sample.opened.fork().seal(&mut rng(), COMMIT).unwrap();
        prop_assert_eq!(version(&without), 1);
        let Sample { opened, rng, .. } = &mut sample;
        let mut files = Vec::new();
        for (number, content) in (100..).zip(&contents) {
            let file = opened.add_file(rng, content).unwrap();
            keep(opened, number, file);
            files.push(file);
        }
        opened.forget_pending_files();
        let saved = opened.seal(rng, COMMIT).unwrap();
        prop_assert_eq!(version(&saved), if contents.is_empty() { 1 } else { 2 });
        let again = open(&sample, saved).unwrap();
        for (file, content) in files.iter().zip(&contents) {
            prop_assert!(file.is_of(content));
            prop_assert_eq!(&*again.read_file(file.id).unwrap(), content);
        }
        // Without them again it is what it was, byte for byte.
        let mut opened = sample.opened.fork();
        opened.contents.items.truncate(1);
        let mut before = sample.opened.fork();
        before.contents.items.truncate(1);
        let one = opened.seal(&mut crate::common::rng(), COMMIT).unwrap();
        let other = before.seal(&mut crate::common::rng(), COMMIT).unwrap();
        prop_assert_eq!(version(&one), 1);
        prop_assert!(one == other);
    }
}
