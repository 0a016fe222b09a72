//! The six digits: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 s, with one step of
//! tolerance either way, which every authenticator app supports.

use code::folding::{fold, is_separator};
use totp_rs::{Builder, Secret, Totp, TotpError};
use wallet::{Timestamp, TotpSecret};
use zeroize::Zeroizing;

const ISSUER: &str = "Backup Code";

/// The step whose six digits these are: the one of now, the one before, or the one after.
pub(crate) fn step(secret: &TotpSecret, digits: &str, now: Timestamp) -> Option<u64> {
    shown(&totp(secret, "wallet").ok()?, digits, now)
}

/// The same for an authenticator that is being set up. Digits of every script are read, with
/// hyphens and spaces between them.
pub(crate) fn shown(totp: &Totp, digits: &str, now: Timestamp) -> Option<u64> {
    let mut plain = Zeroizing::new(String::with_capacity(
        fold(digits).map(char::len_utf8).sum(),
    ));
    plain.extend(fold(digits).filter(|c| !is_separator(*c)));
    totp.check(&plain, u64::try_from(now.0).ok()?)
}

pub(crate) fn totp(secret: &TotpSecret, account: &str) -> Result<Totp, TotpError> {
    Builder::new()
        // Exposed to compute the digits.
        .with_secret(Secret::from(secret.expose().as_slice()))
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_are_those_of_rfc_6238_appendix_b() {
        let secret = TotpSecret::from_bytes(Zeroizing::new(*b"12345678901234567890"));
        let accepts = |digits, now| step(&secret, digits, Timestamp(now)).is_some();
        assert!(accepts("287082", 59));
        assert!(accepts(" 081 804 ", 1_111_111_109));
        assert!(!accepts("287082", 59 + 61));
        assert!(!accepts("28708", 59));
        assert!(!accepts("2870823", 59));
        assert!(!accepts("a287082", 59));
        assert!(!accepts("", 59));
    }

    #[test]
    fn the_step_is_the_one_whose_digits_were_typed() {
        let secret = TotpSecret::from_bytes(Zeroizing::new(*b"12345678901234567890"));
        for now in [0, 29, 30, 59, 60, 89] {
            assert_eq!(step(&secret, "287082", Timestamp(now)), Some(1), "{now}");
        }
    }

    #[test]
    fn digits_of_every_script_are_read_with_what_stands_between_them() {
        let secret = TotpSecret::from_bytes(Zeroizing::new(*b"12345678901234567890"));
        for typed in [
            "\u{FF12}\u{FF18}\u{FF17}\u{FF10}\u{FF18}\u{FF12}",
            "\u{662}\u{668}\u{667}\u{660}\u{668}\u{662}",
            "\u{6F2}\u{6F8}\u{6F7} \u{6F0}\u{6F8}\u{6F2}",
            "\u{968}\u{96E}\u{96D}\u{966}\u{96E}\u{968}",
            "287-082",
            "287\u{2013}082",
            "287\u{A0}082",
            "287\u{202F}082",
            "\u{200E}287\u{200B}082\u{202C}",
            "\u{201C}287082\u{201D}",
        ] {
            assert_eq!(step(&secret, typed, Timestamp(59)), Some(1), "{typed:?}");
        }
    }
}
