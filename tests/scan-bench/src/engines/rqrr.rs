//! `rqrr`.

use raster::LumaImage;
use rqrr::PreparedImage;

use super::Engine;

pub(super) struct Rqrr;

impl Engine for Rqrr {
    fn name(&self) -> &'static str {
        "rqrr"
    }

    fn read(&mut self, page: &LumaImage, _ours: bool) -> Vec<String> {
        let (width, height) = (page.width() as usize, page.height() as usize);
        let pixels = page.pixels();
        let mut prepared =
            PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
        let grids = prepared.detect_grids();
        let texts = grids.iter().filter_map(|grid| grid.decode().ok());
        texts.map(|(_, text)| text).collect()
    }
}
