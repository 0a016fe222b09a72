//! Sample sheets: codes and shares, in both paper sizes and both languages. They open no wallet.

use std::error::Error;

use code::{BackupCode, SetSize};
use image::GrayImage;
use paper::{Picture, Point};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};
use zeroize::Zeroizing;

/// A sheet and the text of its symbol.
pub(crate) struct Sample {
    /// The sixty characters.
    pub(crate) text: String,
    pub(crate) pdf: Zeroizing<Vec<u8>>,
}

/// Makes the sheet of a seed: every third is a share, every second is on Letter paper, every fifth
/// is in German.
pub(crate) fn sample(seed: u64) -> Result<Sample, Box<dyn Error>> {
    let mut rng = StdRng::seed_from_u64(seed);
    let paper = if seed.is_multiple_of(2) {
        Paper::Letter
    } else {
        Paper::A4
    };
    let language = if seed.is_multiple_of(5) {
        Language::German
    } else {
        Language::English
    };
    let draw = |carries: Carries<'_>| {
        let text = carries_text(&carries);
        let pdf = sheet::pdf(&Sheet {
            carries,
            wallet: Some("sample@example.org"),
            made: LocalTime {
                unix: 1_777_810_320,
                offset_seconds: 7_200,
            },
            validity: Validity::UntilUsed,
            reach: Reach::ThisComputer,
            language,
            paper,
        })?;
        Ok(Sample { text, pdf })
    };
    if seed.is_multiple_of(3) {
        let size = SetSize::new(2, 3).ok_or("two of three is a valid set size")?;
        let (_, shares) = BackupCode::generate_set(&mut rng, &|_| false, size);
        let share = shares.first().ok_or("a set of three has a first share")?;
        draw(Carries::Share { share, sheets: 3 })
    } else {
        draw(Carries::Code(&BackupCode::generate(&mut rng, &|_| false)))
    }
}

fn carries_text(carries: &Carries<'_>) -> String {
    match carries {
        Carries::Code(code) => code.expose().to_owned(),
        Carries::Share { share, .. } => share.expose().to_owned(),
    }
}

impl Sample {
    /// Renders the clean page.
    pub(crate) fn page(&self, dpi: f32) -> Result<Picture, Box<dyn Error>> {
        let page = raster::render(&self.pdf, 0, dpi)?;
        let symbol =
            scan::symbol_corners(&page).map(|corners| corners.map(|(x, y)| Point { x, y }));
        let grey = GrayImage::from_raw(page.width(), page.height(), page.pixels().to_vec())
            .ok_or("the page has the wrong number of pixels")?;
        Ok(Picture::new(grey, dpi, symbol))
    }
}
