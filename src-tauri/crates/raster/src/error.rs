//! Errors of opening a PDF and of drawing a page.

/// The PDF cannot be opened.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The bytes are not a PDF, or the PDF is damaged or has no pages.
    #[error("the PDF is damaged")]
    Broken,
    /// The PDF does not open without a password.
    #[error("the PDF is protected by a password")]
    Encrypted,
    /// A picture inside the PDF has more pixels than allowed.
    #[error("a picture of {width} × {height} pixels in the PDF is too large")]
    TooManyPixels {
        /// Pixels across, from the picture's dictionary.
        width: u32,
        /// Pixels down, from the picture's dictionary.
        height: u32,
    },
}

/// The page cannot be drawn.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The PDF cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The PDF has no page with this number.
    #[error("the PDF has only {have} pages")]
    NoSuchPage {
        /// Number of pages in the PDF.
        have: usize,
    },
    /// The rasteriser failed, or the page would have no pixels.
    #[error("the page cannot be drawn")]
    Undrawable,
}
