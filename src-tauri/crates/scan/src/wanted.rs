//! What is wanted of a file or a frame.

/// The QR codes that a file or a frame is read for.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Codes, shares and parts. The texts of foreign ones are ignored.
    #[default]
    Ours,
    /// All of them.
    All,
}
