//! Damage to a fresh sheet, simulated: pictures of it, or a table of how many are read.
//!
//! Run as `cargo xtask paper pictures DIR [SEED]` or `cargo xtask paper table [SEEDS]`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use code::{BackupCode, Reading};
use image::imageops::{self, FilterType};
use image::{GrayImage, Luma};
use paper::{Picture, Point, Recipe};
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::{Limits, Unattended, symbol_corners};
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};

/// Pixels per inch of the clean page.
const DPI: f32 = 150.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<u64>().ok().filter(|&number| number > 0);
    let done = match words[..] {
        ["pictures", folder] => pictures(Path::new(folder), 1),
        ["pictures", folder, seed] if number(seed).is_some() => {
            pictures(Path::new(folder), number(seed).unwrap_or(1))
        }
        ["table"] => table(5),
        ["table", seeds] if number(seeds).is_some() => table(number(seeds).unwrap_or(5)),
        _ => {
            eprintln!("Usage: `pictures DIR [SEED]` or `table [SEEDS]`; seeds are numbers from 1.");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The code of a seed and its clean sheet. The code opens no wallet.
fn clean(seed: u64) -> Result<(BackupCode, Picture), Box<dyn Error>> {
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false);
    let pdf = sheet::pdf(&Sheet {
        carries: Carries::Code(&code),
        wallet: Some("sample@example.org"),
        made: LocalTime {
            unix: 1_777_810_320,
            offset_seconds: 7_200,
        },
        validity: Validity::UntilUsed,
        reach: Reach::ThisComputer,
        language: Language::English,
        paper: Paper::A4,
    })?;
    let page = raster::render(&pdf, 0, DPI)?;
    let symbol = symbol_corners(&page).map(|corners| corners.map(|(x, y)| Point { x, y }));
    let grey = GrayImage::from_raw(page.width(), page.height(), page.pixels().to_vec())
        .ok_or("the page has the wrong number of pixels")?;
    Ok((code, Picture::new(grey, DPI, symbol)))
}

/// Writes a picture of each recipe at severity 0, ½ and 1, and contact sheets of all of them.
fn pictures(folder: &Path, seed: u64) -> Result<(), Box<dyn Error>> {
    const ROWS: usize = 4;
    const CELL: (u32, u32) = (320, 430);
    fs::create_dir_all(folder)?;
    let (_, page) = clean(seed)?;
    for (number, recipes) in Recipe::all().chunks(ROWS).enumerate() {
        let mut contact = GrayImage::from_pixel(CELL.0 * 3, CELL.1 * ROWS as u32, Luma([128]));
        for (row, recipe) in recipes.iter().enumerate() {
            for (column, severity) in [0.0, 0.5, 1.0].into_iter().enumerate() {
                let picture = recipe.apply(&page, severity, seed);
                let name = format!("{}-{}.png", recipe.name, (severity * 100.0) as u32);
                fs::write(folder.join(name), picture.png())?;
                let fit = (CELL.0 as f32 / picture.width() as f32)
                    .min(CELL.1 as f32 / picture.height() as f32)
                    * 0.97;
                let side = |length: u32| (length as f32 * fit) as u32;
                let small = imageops::resize(
                    &picture.grey,
                    side(picture.width()),
                    side(picture.height()),
                    FilterType::Triangle,
                );
                let (x, y) = (column as u32 * CELL.0, row as u32 * CELL.1);
                imageops::overlay(&mut contact, &small, i64::from(x) + 4, i64::from(y) + 4);
            }
        }
        let name = format!("contact-{:02}.png", number + 1);
        contact.save(folder.join(&name))?;
        let names: Vec<&str> = recipes.iter().map(|recipe| recipe.name).collect();
        println!("{name}: {}", names.join(", "));
    }
    Ok(())
}

/// Prints how many pictures of each recipe and severity are read, and the mean times. Fails if a
/// picture is read wrong.
fn table(seeds: u64) -> Result<(), Box<dyn Error>> {
    const SEVERITIES: [f32; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
    let pages = (1..=seeds).map(clean).collect::<Result<Vec<_>, _>>()?;
    println!("Pictures read of {seeds}, by severity; milliseconds to make and to read one\n");
    print!("{:16}", "");
    for severity in SEVERITIES {
        print!("{severity:6.1}");
    }
    println!("{:>8}{:>8}", "make", "read");
    let mut read_in_all = 0;
    for recipe in Recipe::all() {
        print!("{:16}", recipe.name);
        let (mut making, mut reading) = (Duration::ZERO, Duration::ZERO);
        for severity in SEVERITIES {
            let mut read = 0;
            for (seed, (code, page)) in (1..).zip(&pages) {
                let start = Instant::now();
                let picture = recipe.apply(page, severity, seed);
                making += start.elapsed();
                let file = picture.png();
                let start = Instant::now();
                let scanned = scan::scan(&file, &Limits::default(), &Unattended);
                reading += start.elapsed();
                for one in scanned.iter().flat_map(|finds| &finds.codes) {
                    match one.code.read() {
                        Reading::Code(it) if it.expose() == code.expose() => read += 1,
                        _ => return Err(format!("{} read wrong", recipe.name).into()),
                    }
                }
            }
            print!("{read:6}");
            read_in_all += read;
        }
        let count = SEVERITIES.len() as u128 * u128::from(seeds);
        let mean = |time: Duration| time.as_millis() / count;
        println!("{:8}{:8}", mean(making), mean(reading));
    }
    let pictures = Recipe::all().len() as u64 * SEVERITIES.len() as u64 * seeds;
    println!("\n{read_in_all} of {pictures} read, none wrong");
    Ok(())
}
