//! The six digits: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 s, with one step of
//! tolerance either way, which every authenticator app supports.

use totp_rs::{Builder, Secret, Totp, TotpError};
use wallet::{Timestamp, TotpSecret};
use zeroize::Zeroizing;

const ISSUER: &str = "Backup Code";

/// Whether these are the six digits of this step, the one before, or the one after.
pub(crate) fn accepts(secret: &TotpSecret, digits: &str, now: Timestamp) -> bool {
    totp(secret, "wallet").is_ok_and(|totp| shows(&totp, digits, now))
}

pub(crate) fn shows(totp: &Totp, digits: &str, now: Timestamp) -> bool {
    let plain: Zeroizing<String> =
        Zeroizing::new(digits.chars().filter(|c| !c.is_whitespace()).collect());
    u64::try_from(now.0).is_ok_and(|now| totp.check(&plain, now).is_some())
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
        assert!(accepts(&secret, "287082", Timestamp(59)));
        assert!(accepts(&secret, " 081 804 ", Timestamp(1_111_111_109)));
        assert!(!accepts(&secret, "287082", Timestamp(59 + 61)));
        assert!(!accepts(&secret, "28708", Timestamp(59)));
        assert!(!accepts(&secret, "", Timestamp(59)));
    }
}
