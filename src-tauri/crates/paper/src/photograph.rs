//! A photograph, from the light on the scene to the file.

use crate::camera::Camera;
use crate::lens::Lens;
use crate::light::Light;
use crate::picture::Picture;
use crate::sensor::{Jpeg, Sensor};

/// Stages of a photograph, in their order.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Photograph {
    /// Position of the camera.
    pub camera: Camera,
    /// The light on the scene.
    pub light: Light,
    /// Blur.
    pub lens: Lens,
    /// Noise.
    pub sensor: Sensor,
    /// Compression of the file.
    pub jpeg: Jpeg,
}

impl Photograph {
    /// A careful photograph with two megapixels of the page.
    pub const CAREFUL: Photograph = Photograph {
        camera: Camera::STRAIGHT,
        light: Light::EVEN,
        lens: Lens {
            defocus_mm: 0.12,
            motion_mm: 0.0,
            motion_degrees: 0.0,
        },
        sensor: Sensor {
            noise: 3.0,
            blotchy: 0.3,
        },
        jpeg: Jpeg { quality: 88 },
    };

    /// Photographs the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let seen = self.camera.on(page, seed);
        self.developed(&seen, seed)
    }

    /// Applies all stages after the camera's position to a picture that already fills the frame.
    pub fn developed(&self, seen: &Picture, seed: u64) -> Picture {
        let lit = self.light.on(seen, seed ^ 1);
        let sharp = self.lens.on(&lit);
        let noisy = self.sensor.on(&sharp, seed ^ 2);
        self.jpeg.on(&noisy)
    }
}
