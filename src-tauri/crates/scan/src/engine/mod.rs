//! The QR decoders, behind one face.

mod rqrr;
mod rxing;

use std::fmt;

use zeroize::Zeroizing;

use crate::contain::contained;
use crate::luma::Luma;

/// The text of one QR code. Secret until proved to be something else.
pub type Text = Zeroizing<String>;

/// What read a code: one of two decoders that share no code, so that a written sheet can be tested with both, or
/// what this crate does where both fail.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The `rxing` crate: ZXing in Rust.
    Rxing,
    /// The `rqrr` crate: a descendant of quirc.
    Rqrr,
    /// The rescue of our own: looks for the symbol of a sheet and for nothing else.
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

/// How grey becomes black and white.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Threshold {
    /// One for each neighbourhood: uneven light, shadows.
    Local,
    /// One for the whole picture: low contrast, large modules, where neighbourhoods are all of one kind.
    Global,
}

/// An engine with its settings.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Rxing(Threshold),
    Rqrr,
}

impl Reader {
    pub(crate) fn engine(self) -> Engine {
        match self {
            Reader::Rxing(_) => Engine::Rxing,
            Reader::Rqrr => Engine::Rqrr,
        }
    }

    /// The texts of all QR codes that are read; none if the engine panics.
    pub(crate) fn read(self, picture: &Luma) -> Vec<Text> {
        contained(|| match self {
            Reader::Rxing(threshold) => {
                let texts = rxing::read(picture, threshold).into_iter();
                texts.map(|it| it.text).collect()
            }
            Reader::Rqrr => rqrr::read(picture).into_iter().map(|it| it.0).collect(),
        })
        .unwrap_or_default()
    }
}

/// What `rxing` reads, and where; nothing if it panics.
pub(crate) fn read_and_outlined(picture: &Luma) -> Vec<Seen> {
    contained(|| rxing::read(picture, Threshold::Local)).unwrap_or_default()
}

/// A symbol that was read.
pub(crate) struct Seen {
    pub(crate) text: Text,
    /// Its corners, clockwise from the upper left one as the symbol is read, in pixels; where the decoder tells them.
    pub(crate) corners: Option<[(f32, f32); 4]>,
}

/// Where a symbol stands in a picture.
pub(crate) struct Symbol {
    /// Without the quiet zone, clockwise from the upper left one as the symbol is read; across and down,
    /// in pixels.
    pub(crate) corners: [(f32, f32); 4],
    /// Modules a side.
    pub(crate) modules: usize,
}

/// The first symbol whose text is `wanted`, in an easy picture: read by `rqrr`, which tells the corners of
/// the symbol itself.
pub(crate) fn symbol_of(picture: &Luma, wanted: impl Fn(&str) -> bool) -> Option<Symbol> {
    let symbols = contained(|| rqrr::read(picture))?;
    let found = symbols.into_iter().find(|(text, _)| wanted(text));
    found.map(|(_, symbol)| symbol)
}
