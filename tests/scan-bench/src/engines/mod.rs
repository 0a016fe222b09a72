//! QR decoders behind one interface.

mod opencv;
mod ours;
mod rqrr;
mod rxing;
#[cfg(feature = "zbar")]
mod zbar;
#[cfg(feature = "zxing-cpp")]
mod zxing_cpp;

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use raster::LumaImage;

/// A QR decoder.
pub(crate) trait Engine {
    /// Name in the table.
    fn name(&self) -> &'static str;

    /// Returns every text that is read. `ours` tells whether to look for a code or share of ours.
    fn read(&mut self, page: &LumaImage, ours: bool) -> Vec<String>;
}

/// Other projects' engines, in the order of the table; OpenCV only with a Python that has it.
pub(crate) fn others(opencv: Option<&Path>) -> Result<Vec<Box<dyn Engine>>, Box<dyn Error>> {
    let mut engines: Vec<Box<dyn Engine>> = vec![
        Box::new(rxing::Plain),
        Box::new(rxing::Filtered),
        Box::new(rqrr::Rqrr),
        #[cfg(feature = "zbar")]
        Box::new(zbar::Zbar::new()),
        #[cfg(feature = "zxing-cpp")]
        Box::new(zxing_cpp::ZxingCpp::new()),
    ];
    if let Some(python) = opencv {
        engines.push(Box::new(opencv::OpenCv::start(python)?));
    }
    Ok(engines)
}

/// This project's engine.
pub(crate) fn ours() -> Box<dyn Engine> {
    Box::new(ours::Ours)
}

/// Returns the texts and the time taken. An engine that panics has read nothing.
pub(crate) fn timed(
    engine: &mut dyn Engine,
    page: &LumaImage,
    ours: bool,
) -> (Vec<String>, Duration) {
    let start = Instant::now();
    let texts = catch_unwind(AssertUnwindSafe(|| engine.read(page, ours))).unwrap_or_default();
    (texts, start.elapsed())
}
