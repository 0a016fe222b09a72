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
