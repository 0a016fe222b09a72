//! Bech32 (BIP-173) and bech32m (BIP-350).

use bech32::primitives::decode::{CheckedHrpstring, UncheckedHrpstring};
use bech32::{Bech32, Bech32m, segwit};

use super::{About, Checksum, Form};

pub(super) fn about(text: &str) -> Option<About> {
    let read = UncheckedHrpstring::new(text).ok()?;
    let hrp = read.hrp();
    // An address says with its version which of the two it has.
    let segwit = || segwit::decode(text).is_ok();
    let bech32 = || CheckedHrpstring::new::<Bech32>(text).is_ok();
    let either = || bech32() || CheckedHrpstring::new::<Bech32m>(text).is_ok();
    let (form, is_right) = match hrp.to_lowercase().as_str() {
        "bc" | "tb" | "bcrt" => (Form::BitcoinAddress, segwit()),
        "nsec" => (Form::NostrPrivate, bech32()),
        "npub" => (Form::NostrPublic, bech32()),
        "age-secret-key-" => (Form::AgePrivate, bech32()),
        "age" => (Form::AgePublic, bech32()),
        // Any word with a 1 in it may look like one.
        _ if either() => (Form::Bech32, true),
        _ => return None,
    };
    Some(About {
        form: Some(form),
        checksum: match is_right {
            true => Checksum::Right,
            false => Checksum::Wrong,
        },
    })
}
