//! Sets of shares: any k of them restore the code and every share. Other input never panics, and
//! results always parse as what they are.
#![no_main]

use std::collections::BTreeSet;

use code::{ALPHABET, BackupCode, Corrected, Reading, SetSize, Share, Shares, TypedCode};
use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::StdRng;

/// The first character of a share.
const THRESHOLDS: &str = "23456789";
/// Number of characters that identify the set of a share.
const SET: usize = 5;
/// Number of characters before the checksum.
const BODY: usize = 47;
/// Maximum number of sheets to offer: twice as many as a set can have.
const PICKS: usize = 62;

fuzz_target!(|bytes: &[u8]| {
    let Some((&[needed, sheets, strangers, seed], picks)) = bytes.split_first_chunk() else {
        return;
    };
    let Some(size) = SetSize::new(2 + needed % 8, 2 + sheets % 30) else {
        return;
    };
    let mut rng = StdRng::seed_from_u64(u64::from(seed));
    let (code, shares) = BackupCode::generate_set(&mut rng, &|_| false, size);

    // Offers sheets of the set in the order of the bytes, mixed with as many foreign shares as the
    // bytes ask for.
    let mut gathered = Shares::default();
    let mut own = BTreeSet::new();
    let mut all_own = true;
    for (at, &pick) in picks.iter().enumerate().take(PICKS) {
        if pick < strangers {
            let digit = usize::from(pick) / 2 % THRESHOLDS.len();
            let set = match pick % 2 {
                0 => &shares[0].expose()[..SET],
                _ => &THRESHOLDS[digit..=digit],
            };
            if let Some(stranger) = stranger(set, &picks[at..]) {
                all_own &= gathered.add(stranger).is_err();
            }
        } else {
            let which = usize::from(pick) % shares.len();
            let _ = gathered.add(copy_of(&shares[which]));
            own.insert(which);
        }
        assert!(gathered.len() <= gathered.threshold().map_or(0, |it| it.needed().into()));
        let Ok(combined) = gathered.combine() else {
            assert!(gathered.is_empty() || gathered.missing() > 0);
            assert!(!all_own || own.len() < usize::from(size.needed()));
            continue;
        };
        is_code(combined.expose());
        if all_own {
            assert_eq!(combined.expose(), code.expose());
            let lost = &shares[at % shares.len()];
            let made = gathered.derive(lost.index());
            assert!(made.is_ok_and(|made| made.expose() == lost.expose()));
        }
    }
});

/// Returns a share that was never issued, with the characters of `set` followed by those of
/// `bytes`. An unreadable checksum is filled in from the preceding characters, so it need not be
/// computed here. Returns `None` if the result is not a share.
fn stranger(set: &str, bytes: &[u8]) -> Option<Share> {
    let mut text = set.to_owned();
    let symbols = bytes.iter().cycle().take(BODY - set.len());
    text.extend(symbols.map(|byte| char::from(ALPHABET[usize::from(*byte) % 32])));
    text.push_str("?????????????");
    match TypedCode::parse(&text).map(|typed| typed.read()) {
        Ok(Reading::Proposal(proposal)) => match proposal.accept() {
            Corrected::Share(share) => Some(share),
            Corrected::Code(_) => None,
        },
        _ => None,
    }
}

fn copy_of(share: &Share) -> Share {
    match TypedCode::parse(share.expose()).map(|typed| typed.read()) {
        Ok(Reading::Share(share)) => share,
        _ => panic!("a share reads as itself"),
    }
}

fn is_code(text: &str) {
    match TypedCode::parse(text).map(|typed| typed.read()) {
        Ok(Reading::Code(read)) => assert_eq!(read.expose(), text),
        _ => panic!("the combined text is not a code"),
    }
}
