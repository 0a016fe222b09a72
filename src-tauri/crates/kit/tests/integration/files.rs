//! The files of a kit.

use kit::{FILE_LIMIT, FileError, Identity, OpenError, file_id, file_name, wrap_file};
use wallet::{FILE_BYTES, FileId, FileRef};

use crate::common;

#[test]
fn a_file_opens_with_the_identity_of_its_kit_if_it_is_what_its_item_names() {
    let (contents, named, content) = common::sample_with_file();
    let (code, other_code) = (common::code(1), common::code(2));
    let (files, recipient) = common::make(&code, &contents.snapshot());
    let (_, other) = common::make(&other_code, &contents.snapshot());
    let identity = Identity::unlock(&files.identity, &code).unwrap();
    let sealed = wrap_file(&recipient, content).unwrap();
    assert_eq!(*identity.open_file(&sealed, &named).unwrap(), content);
    let refused = |file: &[u8]| identity.open_file(file, &named).err();

    let another = wrap_file(&recipient, b"%PDF-1.7 Lease").unwrap();
    assert_eq!(refused(&another), Some(FileError::Other));
    let longer = wrap_file(&recipient, &[content, &[0]].concat()).unwrap();
    assert_eq!(refused(&longer), Some(FileError::Other));
    let of_another_kit = wrap_file(&other, content).unwrap();
    let not_together = Some(FileError::Open(OpenError::NotTogether));
    assert_eq!(refused(&of_another_kit), not_together);
    for cut in [sealed.len() - 1, sealed.len() / 2] {
        assert!(matches!(refused(&sealed[..cut]), Some(FileError::Open(_))));
    }
    let mut altered = sealed.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(refused(&altered), Some(FileError::Open(OpenError::Damaged)));
    let not_a_kit = Some(FileError::Open(OpenError::NotAKit));
    assert_eq!(refused(b""), not_a_kit);
    assert_eq!(refused(content), not_a_kit);
}

#[test]
fn the_largest_file_fits_the_limit_and_a_larger_one_is_not_opened() {
    let (contents, ..) = common::sample_with_file();
    let code = common::code(1);
    let (files, recipient) = common::make(&code, &contents.snapshot());
    let identity = Identity::unlock(&files.identity, &code).unwrap();
    let largest = vec![7; FILE_BYTES as usize];
    let named = FileRef::of(FileId::from_bytes([1; 16]), &largest).unwrap();
    let sealed = wrap_file(&recipient, &largest).unwrap();
    assert!(sealed.len() <= FILE_LIMIT);
    assert!(identity.open_file(&sealed, &named).is_ok());
    let longer = [&sealed[..], &vec![0; FILE_LIMIT]].concat();
    let not_a_kit = Some(FileError::Open(OpenError::NotAKit));
    assert_eq!(identity.open_file(&longer, &named).err(), not_a_kit);
}

#[test]
fn the_name_of_a_file_is_its_id() {
    let id = FileId::from_bytes([0xAB; 16]);
    let name = file_name(id);
    assert_eq!(name, format!("{}.age", "ab".repeat(16)));
    assert!(file_id(&name) == Some(id));
    for other in [
        "ab.age",
        &name.to_uppercase(),
        &format!("{name}.new"),
        "wallet.age",
    ] {
        assert!(file_id(other).is_none(), "{other}");
    }
}

#[test]
fn pages_carry_what_is_said_of_a_file_and_not_its_content() {
    let (contents, named, _) = common::sample_with_file();
    let code = common::code(1);
    let pages = kit::pages::make(&code, &contents.snapshot()).unwrap();
    let mut collector = kit::pages::Collector::default();
    for text in pages.pages().iter().flatten() {
        collector.add(text);
    }
    let file = collector.finished().unwrap().unwrap();
    let read = kit::pages::open(&file, &code).unwrap();
    common::assert_same(&read, &contents);
    assert!(read.items[0].files().eq([&named]));
}
