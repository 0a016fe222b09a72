//! `zxing-cpp`, the C++ library, with all its options enabled.

use raster::LumaImage;
use zxingcpp::{BarcodeFormat, BarcodeReader, ImageFormat, ImageView};

use super::Engine;

pub(super) struct ZxingCpp(BarcodeReader);

impl ZxingCpp {
    pub(super) fn new() -> ZxingCpp {
        let reader = zxingcpp::read()
            .formats([BarcodeFormat::QRCode])
            .try_harder(true)
            .try_rotate(true)
            .try_invert(true)
            .try_downscale(true);
        ZxingCpp(reader)
    }
}

impl Engine for ZxingCpp {
    fn name(&self) -> &'static str {
        "zxing-cpp"
    }

    fn read(&mut self, page: &LumaImage, _ours: bool) -> Vec<String> {
        let view =
            ImageView::from_slice(page.pixels(), page.width(), page.height(), ImageFormat::Lum);
        let Ok(view) = view else {
            return Vec::new();
        };
        let symbols = self.0.from(&view).unwrap_or_default();
        symbols.iter().map(|symbol| symbol.text()).collect()
    }
}
