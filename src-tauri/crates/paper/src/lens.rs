//! Blur by lens and hand.

use crate::blur::{disc, stroke};
use crate::picture::Picture;

/// Blur of a photograph.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Lens {
    /// Radius of the disc that the lens makes of a point out of focus, in millimetres of paper.
    pub defocus_mm: f32,
    /// Movement of the hand while the shutter is open, in millimetres of paper.
    pub motion_mm: f32,
    /// Direction of the movement: 0 is right, 90 is down.
    pub motion_degrees: f32,
}

impl Lens {
    /// Blurs the photograph.
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
