//! A word of a text.

use std::ops::Range;

use zeroize::Zeroizing;

/// A word of a text. Secret.
pub struct Word {
    /// In the form that the lists have: NFKD, lower case.
    pub text: Zeroizing<String>,
    /// Its bytes in the text; nothing where it is written as digits.
    pub at: Range<usize>,
}
