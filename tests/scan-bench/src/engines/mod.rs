//! The readers of QR codes, behind one face.

mod opencv;
mod ours;
mod rqrr;
mod rxing;
mod zbar;
#[cfg(feature = "zxing-cpp")]
mod zxing_cpp;

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use scan::GreyPage;

/// A reader of QR codes.
pub(crate) trait Engine {
    /// For the table.
    fn name(&self) -> &'static str;

    /// Every text that is read. `ours` says whether a code or share of ours is looked for.
    fn read(&mut self, page: &GreyPage, ours: bool) -> Vec<String>;
}

/// The field's, in the order of the table; OpenCV where a Python that has it is given.
pub(crate) fn field(opencv: Option<&Path>) -> Result<Vec<Box<dyn Engine>>, Box<dyn Error>> {
    let mut field: Vec<Box<dyn Engine>> = vec![
        Box::new(rxing::Plain),
        Box::new(rxing::Filtered),
        Box::new(rqrr::Rqrr),
        Box::new(zbar::Zbar::new()),
        #[cfg(feature = "zxing-cpp")]
        Box::new(zxing_cpp::ZxingCpp::new()),
    ];
    if let Some(python) = opencv {
        field.push(Box::new(opencv::OpenCv::start(python)?));
    }
    Ok(field)
}

/// This project's.
pub(crate) fn ours() -> Box<dyn Engine> {
    Box::new(ours::Ours)
}

/// What is read, and how long it took. An engine that panics has read nothing.
pub(crate) fn timed(
    engine: &mut dyn Engine,
    page: &GreyPage,
    ours: bool,
) -> (Vec<String>, Duration) {
    let start = Instant::now();
    let texts = catch_unwind(AssertUnwindSafe(|| engine.read(page, ours))).unwrap_or_default();
    (texts, start.elapsed())
}
