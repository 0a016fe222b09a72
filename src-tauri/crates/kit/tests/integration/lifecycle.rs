//! Making, updating and opening a kit.

use crate::common::{assert_same, code, contents, make, note, sample, samples};
use kit::{OpenError, Recipient, folder_name, open, rewrap};

#[test]
fn a_kit_opens_with_its_code_and_contains_the_original_items() {
    for (code, contents) in samples() {
        let (files, _) = make(&code, &contents.snapshot());
        let opened = open(&files.identity, &files.wallet, &code).unwrap();
        assert_same(&opened, &contents);
    }
}

#[test]
fn a_kit_is_updated_with_only_the_recipient() {
    let code = code(1);
    let (files, recipient) = make(&code, &sample().snapshot());
    let stored: Recipient = recipient.to_string().parse().unwrap();
    let newer = contents(vec![note(9, "new", "written later")]);
    let wallet = rewrap(&stored, &newer.snapshot()).unwrap();
    assert_same(&open(&files.identity, &wallet, &code).unwrap(), &newer);
}

#[test]
fn another_code_does_not_open_a_kit() {
    let (files, _) = make(&code(1), &sample().snapshot());
    let error = open(&files.identity, &files.wallet, &code(5)).err();
    assert_eq!(error, Some(OpenError::WrongCode));
}

#[test]
fn files_of_two_kits_do_not_open_together_even_with_the_same_code() {
    let code = code(1);
    let [(one, _), (other, _)] = [(); 2].map(|()| make(&code, &sample().snapshot()));
    let error = open(&one.identity, &other.wallet, &code).err();
    assert_eq!(error, Some(OpenError::NotTogether));
}

#[test]
fn the_folder_and_the_readme_contain_the_identifier() {
    let code = code(1);
    let (files, _) = make(&code, &sample().snapshot());
    let identifier = code.identifier();
    assert_eq!(folder_name(identifier), format!("backup-kit-{identifier}"));
    assert!(files.readme.contains(&identifier.to_string()));
    assert_eq!(
        files.named().map(|(name, _)| name),
        ["identity.age", "wallet.age", "README.txt"]
    );
}

#[test]
fn the_files_contain_neither_the_code_nor_the_contents() {
    let code = code(1);
    let (files, recipient) = make(&code, &sample().snapshot());
    for (name, bytes) in files.named() {
        let text = String::from_utf8_lossy(bytes);
        // The first two groups contain the header, which is not secret.
        for group in &code.groups()[2..] {
            assert!(!text.contains(group), "{name}");
        }
        for secret in [
            "example.org",
            "Spare",
            "AGE-SECRET-KEY",
            &recipient.to_string(),
        ] {
            assert!(!text.contains(secret), "{name}: {secret}");
        }
    }
}

#[test]
fn generated_files_are_well_below_the_limits() {
    let code = code(1);
    let (files, recipient) = make(&code, &sample().snapshot());
    assert!(files.identity.len() < 300, "{}", files.identity.len());
    let text = String::from_utf8_lossy(&files.identity);
    let stanza = text.lines().nth(1).unwrap();
    assert!(
        stanza.starts_with("-> scrypt ") && stanza.ends_with(" 15"),
        "{stanza}"
    );
    // `age` adds a stanza of random length.
    for _ in 0..500 {
        let wallet = rewrap(&recipient, &contents(Vec::new()).snapshot()).unwrap();
        assert!(wallet.len() < 1024, "{}", wallet.len());
    }
}
