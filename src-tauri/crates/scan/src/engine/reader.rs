//! A decoder with its settings.

use raster::{LumaImage, contained};

use super::rxing::Threshold;
use super::sighting::{Engine, Sighting, SymbolOutline, Text};
use super::{rqrr, rxing};

/// A decoder with its settings.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Rxing(Threshold),
    /// `rxing` at several sizes, each as it is, with gaps in dark areas closed, and inverted.
    RxingFiltered,
    Rqrr,
}

impl Reader {
    pub(crate) fn engine(self) -> Engine {
        match self {
            Reader::Rxing(_) | Reader::RxingFiltered => Engine::Rxing,
            Reader::Rqrr => Engine::Rqrr,
        }
    }

    /// Returns the texts of all QR codes that are read; none if the decoder panics.
    pub(crate) fn read(self, picture: &LumaImage) -> Vec<Text> {
        contained(|| match self {
            Reader::Rxing(threshold) => {
                let sightings = rxing::read(picture, threshold).into_iter();
                sightings.map(|it| it.text).collect()
            }
            Reader::RxingFiltered => {
                let sighting = rxing::read_filtered(picture).into_iter();
                sighting.map(|it| it.text).collect()
            }
            Reader::Rqrr => rqrr::read(picture).into_iter().map(|it| it.0).collect(),
        })
        .unwrap_or_default()
    }
}

/// Reads with `rxing`, which reports most outlines; empty if it panics.
pub(crate) fn read_with_outlines(picture: &LumaImage) -> Vec<Sighting> {
    contained(|| rxing::read(picture, Threshold::Local)).unwrap_or_default()
}

/// Returns the first symbol whose text satisfies `wanted`. For easy pictures: read with `rqrr`,
/// which reports the corners of the symbol itself.
pub(crate) fn symbol_with_text(
    picture: &LumaImage,
    wanted: impl Fn(&str) -> bool,
) -> Option<SymbolOutline> {
    let symbols = contained(|| rqrr::read(picture))?;
    let found = symbols.into_iter().find(|(text, _)| wanted(text));
    found.map(|(_, symbol)| symbol)
}

/// Returns the corners of a QR symbol on a page, without its quiet zone, clockwise from the upper
/// left one in reading orientation; (x, y) in pixels.
///
/// If there are several symbols, returns any one of them; `None` if none is read.
pub fn symbol_corners(page: &LumaImage) -> Option<[(f32, f32); 4]> {
    symbol_with_text(page, |_| true).map(|symbol| symbol.corners)
}
