//! Lens and hand.

use crate::blur::{disc, stroke};
use crate::picture::Picture;

/// What keeps a photograph from being sharp.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Lens {
    /// Radius of the disc that a point becomes when the lens is not focused, in millimetres of paper.
    pub defocus_mm: f32,
    /// How far the hand moves while the shutter is open, in millimetres of paper.
    pub motion_mm: f32,
    /// In which direction: 0 to the right, 90 down.
    pub motion_degrees: f32,
}

impl Lens {
    /// The photograph less sharp.
    pub fn on(&self, photo: &Picture) -> Picture {
        let mut photo = photo.clone();
        let radius = self.defocus_mm * photo.per_mm();
        if radius > 0.2 {
            photo.grey = disc(&photo.grey, radius);
        }
        let length = self.motion_mm * photo.per_mm();
        if length > 0.5 {
            photo.grey = stroke(&photo.grey, length, self.motion_degrees);
        }
        photo
    }
}
