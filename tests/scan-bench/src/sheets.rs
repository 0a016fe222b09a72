//! Real sheets to work with: codes and shares, both papers, both languages. They open nothing.

use std::error::Error;

use code::{BackupCode, SetSize};
use image::GrayImage;
use paper::{Picture, Point};
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::Limits;
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};
use zeroize::Zeroizing;

/// A sheet and what its symbol says.
pub(crate) struct Sample {
    /// The sixty characters.
    pub(crate) text: String,
    pub(crate) pdf: Zeroizing<Vec<u8>>,
}

/// The sheet of a seed: every third one a share, every other one on Letter, every fifth one in German.
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
        let size = SetSize::new(2, 3).ok_or("two of three is a size of a set")?;
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
    /// The clean page at so many dots an inch.
    pub(crate) fn page(&self, dpi: f32) -> Result<Picture, Box<dyn Error>> {
        let page = scan::render(&self.pdf, 0, dpi, &Limits::default())?;
        let symbol = page
            .symbol()
            .map(|corners| corners.map(|(x, y)| Point { x, y }));
        let grey = GrayImage::from_raw(page.width(), page.height(), page.pixels().to_vec())
            .ok_or("the page has another size than it says")?;
        Ok(Picture::new(grey, dpi, symbol))
    }
}
