//! A person's authenticator app.

use totp_rs::{Builder, Secret};

/// The key in base32, as it is typed into the app.
pub fn key(secret: &[u8]) -> String {
    Secret::from(secret).to_base32()
}

/// The six digits that the app shows at this time, for a key in base32.
pub fn digits(key: &str, now: i64) -> Option<String> {
    let secret = Secret::try_from_base32(key).ok()?;
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("wallet")
        .with_issuer(Some("Backup Code"))
        .build()
        .ok()?;
    Some(totp.generate(u64::try_from(now).ok()?).to_string())
}

/// The steps of 30 seconds around this time whose digits these are.
pub fn steps(key: &str, now: i64, shown: &str) -> Vec<u64> {
    let around = (-2..=2).map(|steps| now + steps * 30);
    around
        .filter(|at| digits(key, *at).as_deref() == Some(shown))
        .filter_map(|at| u64::try_from(at / 30).ok())
        .collect()
}
