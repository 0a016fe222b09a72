//! Noise of a camera's sensor, and JPEG compression.

use image::ImageFormat;

use crate::noise::normal;
use crate::picture::Picture;

/// A camera's sensor.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Sensor {
    /// Standard deviation of the noise in middle grey, in levels. Lower in dark areas, higher in
    /// bright ones.
    pub noise: f32,
    /// Share of the noise that neighbouring pixels have in common, from 0 to 1: the residue of a
    /// phone's noise reduction.
    pub blotchy: f32,
}

impl Sensor {
    /// Adds noise to the photograph.
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

/// Lossy JPEG compression.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Jpeg {
    /// Quality from 1 to 100: about 90 from cameras, 75 from messengers.
    pub quality: u8,
}

impl Jpeg {
    /// Compresses and decompresses the photograph.
    pub fn on(&self, photo: &Picture) -> Picture {
        let file = photo.jpeg(self.quality.clamp(1, 100));
        let mut photo = photo.clone();
        if let Ok(decoded) = image::load_from_memory_with_format(&file, ImageFormat::Jpeg) {
            photo.grey = decoded.into_luma8();
        }
        photo
    }
}
