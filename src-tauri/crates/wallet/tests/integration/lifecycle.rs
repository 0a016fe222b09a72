//! The life of a wallet through the public API: creation, password changes and codes.

use crate::common::{PASSWORD, Sample, empty_wallet, password, rng, sample};
use code::BackupCode;
use wallet::testing::ScriptedRng;
use wallet::{
    CommitId, Event, FormatError, KdfError, KdfMemory, KdfParams, LogEntry, MAX_CODE_SLOTS,
    OpenError, Opened, PAYLOAD_LIMIT, Password, ReleaseKey, SealError, Sealed, SecretText,
    SetPasswordError, SlotId, Timestamp, TwoStep,
};

fn seal(opened: &mut Opened, rng: &mut rand::rngs::StdRng) -> Sealed {
    let commit = CommitId::random(rng);
    Sealed::parse(opened.seal(rng, commit).unwrap()).unwrap()
}

fn typed(text: &str) -> Password {
    Password::typed(text.to_owned())
}

#[test]
fn a_new_wallet_is_empty_and_opens_with_its_password_only() {
    let (mut rng, mut memory) = (rng(), KdfMemory::new());
    let mut opened = empty_wallet(&mut rng, &mut memory);
    let sealed = seal(&mut opened, &mut rng);
    let reopened = sealed.open_with_password(&password(), &mut memory).unwrap();
    assert!(reopened.contents.items.is_empty() && reopened.contents.log.is_empty());
    assert!(matches!(reopened.contents.two_step, TwoStep::Later));
    assert_eq!(reopened.header(), sealed.header());
    let wrong = sealed.open_with_password(&typed("incorrect horse"), &mut memory);
    assert_eq!(wrong.err(), Some(OpenError::WrongPassword));
}

#[test]
fn all_contents_round_trip() {
    let mut sample = sample();
    let events = [
        Event::Created,
        Event::Issued {
            identifier: sample.code.identifier(),
        },
        Event::Confirmed {
            identifier: sample.code.identifier(),
        },
        Event::Discarded {
            identifier: sample.code.identifier(),
        },
        Event::Checked {
            identifier: sample.code.identifier(),
        },
        Event::Redeemed {
            identifier: sample.code.identifier(),
        },
        Event::SheetsMade {
            identifier: sample.code.identifier(),
            indices: "AF".to_owned(),
        },
        Event::FailedTries { count: u32::MAX },
        Event::Revoked {
            identifier: sample.code.identifier(),
        },
        Event::Expired {
            identifier: sample.code.identifier(),
        },
        Event::PasswordChanged,
        Event::EmailChanged,
        Event::FromEarlier,
        Event::TwoStepOn,
        Event::TwoStepOff,
    ];
    let log = events.map(|event| LogEntry {
        at: Timestamp(i64::MIN),
        event,
    });
    sample.opened.contents.log = log.to_vec();
    let sealed = seal(&mut sample.opened, &mut sample.rng);
    let by_code = sealed
        .open_with_code(sample.slot, &sample.code, &sample.release)
        .unwrap();
    let by_password = sealed
        .open_with_password(&password(), &mut sample.memory)
        .unwrap();
    for opened in [by_code, by_password] {
        let item = &opened.contents.items[0];
        let text = &item.present.body.fields[0].text;
        assert_eq!(item.present.body.title.expose(), "Türe \"hinten\"");
        assert_eq!(text.expose(), "line one\nline two \\ 🔑");
        assert_eq!(item.present.changed, Timestamp(1_700_000_000));
        assert_eq!(opened.contents.log, log);
        match (&opened.contents.two_step, &sample.opened.contents.two_step) {
            (TwoStep::On(read), TwoStep::On(original)) => {
                assert_eq!(read.expose(), original.expose());
            }
            _ => unreachable!("two-step verification was on"),
        }
    }
}

#[test]
fn two_files_of_a_wallet_share_neither_nonce_nor_ciphertext() {
    let mut sample = sample();
    let commit = CommitId::from_bytes([9; 16]);
    let other = sample.opened.seal(&mut sample.rng, commit).unwrap();
    let same = other
        .iter()
        .zip(&sample.file)
        .take_while(|(a, b)| a == b)
        .count();
    let header_end = 14 + u32::from_be_bytes(other[10..14].try_into().unwrap()) as usize;
    assert_eq!(same, header_end, "equal exactly up to the nonce");
}

#[test]
fn the_password_is_verified_without_reopening() {
    let mut sample = sample();
    assert_eq!(
        sample
            .opened
            .verify_password(&typed(PASSWORD), &mut sample.memory),
        Ok(true)
    );
    assert_eq!(
        sample
            .opened
            .verify_password(&typed("another"), &mut sample.memory),
        Ok(false)
    );
}

#[test]
fn a_code_slot_requires_its_code_its_release_key_and_its_id() {
    let mut sample = sample();
    // A completely different code, and one that differs only in payload and checksum.
    let other = BackupCode::generate(&mut sample.rng, &|_| false);
    let same_identifier = [3, 1, 4, 1];
    let code = BackupCode::generate(&mut ScriptedRng::new(&same_identifier), &|_| false);
    let other_payload = BackupCode::generate(
        &mut ScriptedRng::new(&[&same_identifier[..], &[8; 41]].concat()),
        &|_| false,
    );
    sample.code = code;
    sample.slot = sample
        .opened
        .add_code_slot(&mut sample.rng, &sample.code, &sample.release)
        .unwrap();
    let sealed = seal(&mut sample.opened, &mut sample.rng);
    assert_eq!(other_payload.identifier(), sample.code.identifier());
    let key = ReleaseKey::random(&mut sample.rng);
    let rejected = |slot, code, key| sealed.open_with_code(slot, code, key).err();
    assert_eq!(
        rejected(sample.slot, &other, &sample.release),
        Some(OpenError::WrongCode)
    );
    assert_eq!(
        rejected(sample.slot, &other_payload, &sample.release),
        Some(OpenError::WrongCode)
    );
    assert_eq!(
        rejected(sample.slot, &sample.code, &key),
        Some(OpenError::WrongCode)
    );
    let unknown_slot = SlotId::from_bytes([0; 16]);
    assert_eq!(
        rejected(unknown_slot, &sample.code, &sample.release),
        Some(OpenError::NoSuchSlot)
    );
    assert_eq!(rejected(sample.slot, &sample.code, &sample.release), None);
}

#[test]
fn after_a_password_change_the_old_password_opens_only_the_old_file() {
    let mut sample = sample();
    let old = Sealed::parse(sample.file.clone()).unwrap();
    let old_slot = old.header().password_slot.clone();
    let Sample {
        opened,
        rng,
        memory,
        ..
    } = &mut sample;
    opened
        .set_password(
            rng,
            &typed("a different one entirely"),
            KdfParams::FLOOR,
            memory,
        )
        .unwrap();
    let new = seal(opened, rng);
    assert_ne!(new.header().password_slot.id, old_slot.id);
    let tried = new.open_with_password(&password(), memory);
    assert_eq!(tried.err(), Some(OpenError::WrongPassword));
    assert!(
        new.open_with_password(&typed("a different one entirely"), memory)
            .is_ok()
    );
    assert!(old.open_with_password(&password(), memory).is_ok());
    assert_eq!(opened.verify_password(&password(), memory), Ok(false));
}

#[test]
fn after_a_password_change_the_old_slot_does_not_open_the_new_payload() {
    let mut sample = sample();
    let Sample {
        opened,
        rng,
        memory,
        file,
        ..
    } = &mut sample;
    opened
        .set_password(
            rng,
            &typed("a different one entirely"),
            KdfParams::FLOOR,
            memory,
        )
        .unwrap();
    let commit = CommitId::from_bytes([9; 16]);
    let new = opened.seal(rng, commit).unwrap();
    // The old header with the new payload; each header determines where its payload starts.
    let end = |file: &[u8]| 14 + u32::from_be_bytes(file[10..14].try_into().unwrap()) as usize;
    let spliced = [&file[..end(file)], &new[end(&new)..]].concat();
    let spliced = Sealed::parse(spliced).unwrap();
    assert_eq!(
        spliced.open_with_password(&password(), memory).err(),
        Some(OpenError::Damaged)
    );
    let by_code = spliced.open_with_code(sample.slot, &sample.code, &sample.release);
    assert_eq!(by_code.err(), Some(OpenError::Damaged));
}

#[test]
fn a_code_opens_every_file_after_password_changes() {
    let mut sample = sample();
    let Sample {
        opened,
        rng,
        memory,
        slot,
        code,
        release,
        ..
    } = &mut sample;
    let before = opened.header().code_slots.clone();
    for new_password in ["the second password", "the third password it has"] {
        opened
            .set_password(rng, &typed(new_password), KdfParams::FLOOR, memory)
            .unwrap();
        let sealed = seal(opened, rng);
        let by_code = sealed.open_with_code(*slot, code, release).unwrap();
        assert_eq!(by_code.header().code_slots[0].id, before[0].id);
        assert_eq!(
            by_code.verify_password(&typed(new_password), memory),
            Ok(true)
        );
        *opened = by_code;
    }
    assert_ne!(
        opened.header().code_slots,
        before,
        "the slot holds another key"
    );
}

#[test]
fn a_removed_code_opens_no_later_file() {
    let mut sample = sample();
    let Sample {
        opened,
        rng,
        slot,
        code,
        release,
        ..
    } = &mut sample;
    let second_code = BackupCode::generate(rng, &|_| false);
    let second = opened.add_code_slot(rng, &second_code, release).unwrap();
    opened.remove_code_slot(*slot);
    let sealed = seal(opened, rng);
    assert_eq!(
        sealed.open_with_code(*slot, code, release).err(),
        Some(OpenError::NoSuchSlot)
    );
    assert!(sealed.open_with_code(second, &second_code, release).is_ok());
    opened.remove_all_code_slots();
    let sealed = seal(opened, rng);
    assert!(sealed.header().code_slots.is_empty());
    assert_eq!(
        sealed.open_with_code(second, &second_code, release).err(),
        Some(OpenError::NoSuchSlot)
    );
}

#[test]
fn a_wallet_holds_at_most_the_maximum_number_of_code_slots() {
    let mut sample = sample();
    let Sample {
        opened,
        rng,
        code,
        release,
        ..
    } = &mut sample;
    for _ in 1..MAX_CODE_SLOTS {
        opened.add_code_slot(rng, code, release).unwrap();
    }
    let rejected = opened.add_code_slot(rng, code, release);
    assert!(matches!(rejected, Err(SealError::TooManyCodeSlots)));
    assert_eq!(seal(opened, rng).header().code_slots.len(), MAX_CODE_SLOTS);
}

#[test]
fn a_failed_change_leaves_the_open_wallet_unchanged() {
    let mut sample = sample();
    let Sample {
        opened,
        rng,
        memory,
        ..
    } = &mut sample;
    let before = opened.header().clone();
    let weak = KdfParams {
        memory_kib: 1024,
        ..KdfParams::FLOOR
    };
    let rejected = opened.set_password(rng, &typed("a different one entirely"), weak, memory);
    assert!(matches!(
        rejected,
        Err(SetPasswordError::Kdf(KdfError::OutOfRange))
    ));
    assert_eq!(opened.header(), &before);

    opened.set_keychain("Not A Keychain's Name");
    let rejected = opened.seal(rng, CommitId::from_bytes([1; 16]));
    assert!(matches!(
        rejected,
        Err(SealError::Header(FormatError::KeychainName))
    ));
    opened.set_keychain("secret-service");
    assert_eq!(opened.header().commit_id, before.commit_id);

    let text = SecretText::new("x".repeat(usize::try_from(PAYLOAD_LIMIT).unwrap()));
    opened.contents.items[0].present.body.fields[0].text = text;
    let rejected = opened.seal(rng, CommitId::from_bytes([1; 16]));
    assert!(matches!(rejected, Err(SealError::TooLarge { size }) if size > PAYLOAD_LIMIT));
    opened.contents.items.clear();
    let sealed = seal(opened, rng);
    assert_eq!(sealed.header().keychain, "secret-service");
    assert!(sealed.open_with_password(&password(), memory).is_ok());
}
