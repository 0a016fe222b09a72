//! Dimensions of a recovery page that its text and its grid of symbols share.

/// The most symbols on a page.
pub(crate) const SYMBOLS: usize = 20;

pub(crate) const MARGIN: f32 = 15.0;
/// The least white above the text.
pub(crate) const TOP: f32 = 10.0;
/// Height of the text, from the title's capitals to the last line.
pub(crate) const TEXT: f32 = 37.5;
/// Below the labels of the last row; printers reach to within 6.4 mm of the edge.
pub(crate) const BOTTOM: f32 = 6.6;
/// Type size of a symbol's label.
pub(crate) const LABEL: f32 = 6.5;
