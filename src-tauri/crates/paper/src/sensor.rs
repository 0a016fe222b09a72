//! Few photons, and few bytes.

use image::ImageFormat;

use crate::noise::normal;
use crate::picture::Picture;

/// A camera's sensor.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Sensor {
    /// Standard deviation of the noise in middle grey, in levels; less in the dark, more in the light.
    pub noise: f32,
    /// Share of the noise that neighbours have in common, from 0 to 1: what is left of it after a phone
    /// has smoothed it.
    pub blotchy: f32,
}

impl Sensor {
    /// The photograph with noise.
    pub fn on(&self, photo: &Picture, seed: u64) -> Picture {
        if self.noise == 0.0 {
            return photo.clone();
        }
        photo.toned(|x, y, level| {
            let own = normal(seed, x as i32, y as i32);
            let common = normal(seed ^ 1, x as i32 / 3, y as i32 / 3);
            let brightness = (0.3 + 0.7 * level / 128.0).sqrt();
            level + self.noise * brightness * (own * (1.0 - self.blotchy) + common * self.blotchy)
        })
    }
}

/// JPEG as a file on the way loses detail: `quality` from 1 to 100.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Jpeg {
    /// As encoders count it: 90 cameras, 75 messengers, 30 worse.
    pub quality: u8,
}

impl Jpeg {
    /// What is left.
    pub fn on(&self, photo: &Picture) -> Picture {
        let file = photo.jpeg(self.quality.clamp(1, 100));
        let mut photo = photo.clone();
        if let Ok(decoded) = image::load_from_memory_with_format(&file, ImageFormat::Jpeg) {
            photo.grey = decoded.into_luma8();
        }
        photo
    }
}
