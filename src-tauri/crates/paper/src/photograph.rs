//! A photograph from light to file.

use crate::{Camera, Jpeg, Lens, Light, Picture, Sensor};

/// All that makes a photograph, in the order in which it happens.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Photograph {
    /// Where the camera is.
    pub camera: Camera,
    /// The light on the scene.
    pub light: Light,
    /// What blurs it.
    pub lens: Lens,
    /// What is noisy.
    pub sensor: Sensor,
    /// The file.
    pub jpeg: Jpeg,
}

impl Photograph {
    /// A careful one, with two megapixels for the page.
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

    /// The photograph.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let seen = self.camera.on(page, seed);
        self.developed(&seen, seed)
    }

    /// The photograph of what is in the frame already.
    pub fn developed(&self, seen: &Picture, seed: u64) -> Picture {
        let lit = self.light.on(seen, seed ^ 1);
        let sharp = self.lens.on(&lit);
        let noisy = self.sensor.on(&sharp, seed ^ 2);
        self.jpeg.on(&noisy)
    }
}
