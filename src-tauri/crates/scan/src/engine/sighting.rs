//! Symbols that were read, and the decoder that read them.

use std::fmt;

use zeroize::Zeroizing;

/// The text of one QR code. Secret until proved to be something else.
pub type Text = Zeroizing<String>;

/// The decoder that read a code. The first two share no code, so a written sheet can be tested with
/// both.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The `rxing` crate: ZXing in Rust.
    Rxing,
    /// The `rqrr` crate: a descendant of quirc.
    Rqrr,
    /// This crate's own decoder for the cases in which both fail. It reads only symbols of sheets.
    Rescue,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Engine::Rxing => "rxing",
            Engine::Rqrr => "rqrr",
            Engine::Rescue => "the rescue",
        })
    }
}

/// A symbol that was read.
pub(crate) struct Sighting {
    pub(crate) text: Text,
    /// The corners, clockwise from the upper left one in reading orientation, in pixels; `None` if
    /// the decoder does not report them.
    pub(crate) corners: Option<[(f32, f32); 4]>,
}

/// Position of a symbol in a picture.
pub(crate) struct SymbolOutline {
    /// The corners without the quiet zone, clockwise from the upper left one in reading
    /// orientation; (x, y) in pixels.
    pub(crate) corners: [(f32, f32); 4],
    /// Modules per side.
    pub(crate) modules: usize,
}
