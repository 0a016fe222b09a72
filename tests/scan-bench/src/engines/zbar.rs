//! ZBar, the C library, restricted to QR codes.

use raster::LumaImage;
use zbar_rust::{ZBarConfig, ZBarImageScanner, ZBarSymbolType};

use super::Engine;

pub(super) struct Zbar(ZBarImageScanner);

impl Zbar {
    pub(super) fn new() -> Zbar {
        let mut scanner = ZBarImageScanner::new();
        for (symbols, on) in [
            (ZBarSymbolType::ZBarNone, 0),
            (ZBarSymbolType::ZBarQRCode, 1),
        ] {
            // Both settings are valid.
            let _ = scanner.set_config(symbols, ZBarConfig::ZBarCfgEnable, on);
        }
        Zbar(scanner)
    }
}

impl Engine for Zbar {
    fn name(&self) -> &'static str {
        "zbar"
    }

    fn read(&mut self, page: &LumaImage, _ours: bool) -> Vec<String> {
        let symbols = self
            .0
            .scan_y800(page.pixels(), page.width(), page.height())
            .unwrap_or_default();
        let texts = symbols.into_iter();
        texts
            .map(|symbol| String::from_utf8_lossy(&symbol.data).into_owned())
            .collect()
    }
}
