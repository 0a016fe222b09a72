//! What a person types, read once in a life.

use std::cell::RefCell;
use std::sync::Arc;

use code::{BackupCode, Reading, Share, Shares, TypedCode};
use wallet::testing::{Known, once};
use wallet::{Email, Password};

use crate::numbers::password_text;

thread_local! {
    static CODES: RefCell<Known<Option<BackupCode>>> = RefCell::default();
    static SHARES: RefCell<Known<Option<Share>>> = RefCell::default();
    static COMBINED: RefCell<Known<Option<BackupCode>>> = RefCell::default();
    static EMAILS: RefCell<Known<Option<Email>>> = RefCell::new(Known::kept());
    static PASSWORDS: RefCell<Known<Password>> = RefCell::new(Known::kept());
}

/// Reads characters as a whole code.
pub fn read_code(text: &str) -> Option<BackupCode> {
    once(
        &CODES,
        text.as_bytes(),
        || match TypedCode::parse(text).ok()?.read() {
            Reading::Code(code) => Some(code),
            _ => None,
        },
        Clone::clone,
    )
}

/// Reads characters as a share.
pub fn read_share(text: &str) -> Option<Share> {
    once(
        &SHARES,
        text.as_bytes(),
        || match TypedCode::parse(text).ok()?.read() {
            Reading::Share(share) => Some(share),
            _ => None,
        },
        Clone::clone,
    )
}

/// The code that sheets give.
pub fn combine(sheets: &[Arc<str>]) -> Option<BackupCode> {
    if let [one] = sheets
        && let Some(code) = read_code(one)
    {
        return Some(code);
    }
    once(
        &COMBINED,
        sheets.concat().as_bytes(),
        || {
            let mut shares = Shares::default();
            for sheet in sheets {
                let _ = shares.add(read_share(sheet)?);
            }
            shares.combine().ok()
        },
        Clone::clone,
    )
}

/// An e-mail by its number.
pub fn email(number: usize) -> Option<Email> {
    once(
        &EMAILS,
        &number.to_be_bytes(),
        || Email::parse(&format!("person{number}@example.com")).ok(),
        Clone::clone,
    )
}

/// The number of an e-mail.
pub fn email_number(email: &Email) -> usize {
    let name = email.as_str().trim_start_matches("person");
    let number = name.split('@').next();
    number.and_then(|it| it.parse().ok()).unwrap_or(usize::MAX)
}

/// A password by its number, as it is typed.
pub fn password(number: usize) -> Password {
    once(
        &PASSWORDS,
        &number.to_be_bytes(),
        || Password::typed(password_text(number)),
        Clone::clone,
    )
}
