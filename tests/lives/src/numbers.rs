//! What acts and truth are counted by.

use std::collections::BTreeMap;

/// The number of a code: that of the step in which it was issued.
pub type CodeNumber = usize;

/// The number of a password: that of the step in which it was chosen.
pub type PasswordNumber = usize;

/// Notes by their numbers, each with its version.
pub type Notes = BTreeMap<u32, u32>;

/// The text of a password.
pub fn password_text(number: PasswordNumber) -> String {
    format!("password number {number} of this life")
}
