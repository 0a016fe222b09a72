//! Time per camera frame: `cargo bench -p scan`.
//!
//! Synthetic frames of 1280 × 720 pixels, 15 per second like a camera's. Prints one line per kind
//! of frame: the median, the 95th percentile, the maximum, and the number of the first frame that
//! gave the code.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for maintainers"
)]

#[path = "../tests/integration/support/mod.rs"]
mod support;

use std::thread::sleep;
use std::time::{Duration, Instant};

use image::{GrayImage, Luma, imageops};
use scan::{Frame, InProcess, Scanner, Wanted};
use support::{code, grainy, symbol};

/// Time between two frames.
const PAUSE: Duration = Duration::from_millis(66);

fn main() {
    let text = code(1);
    let text = text.expose();
    let empty = GrayImage::from_fn(1280, 720, |x, y| Luma([(90 + x / 20 + y / 30) as u8]));
    let easy = with_symbol(&empty, text, 6);
    let kinds = [
        ("nothing in view", empty.clone()),
        ("noise alone", grainy(&empty, 1, 80.0)),
        ("easy", easy.clone()),
        ("far, 2 pixels a module", with_symbol(&empty, text, 2)),
        ("blurred by 0.6 module", imageops::blur(&easy, 3.6)),
        (
            "noisy and blurred",
            grainy(&imageops::blur(&easy, 3.0), 2, 60.0),
        ),
    ];
    println!(
        "{:24} {:>10} {:>10} {:>10} {:>12}",
        "frame", "median ms", "95 % ms", "longest", "read at"
    );
    for (name, frame) in kinds {
        let mut watch = InProcess::default().watch(Wanted::Ours).unwrap();
        let mut times = Vec::new();
        let mut read = None;
        for number in 1..=60 {
            let start = Instant::now();
            let sight = watch.look(&Frame {
                width: frame.width(),
                height: frame.height(),
                pixels: frame.as_raw(),
            });
            times.push(start.elapsed().as_secs_f64() * 1e3);
            if read.is_none() && !sight.unwrap().codes.is_empty() {
                read = Some(number);
            }
            sleep(PAUSE.saturating_sub(start.elapsed()));
        }
        times.sort_by(f64::total_cmp);
        let read = read.map_or("–".to_owned(), |number: usize| number.to_string());
        println!(
            "{name:24} {:>10.1} {:>10.1} {:>10.1} {read:>12}",
            times[30], times[57], times[59]
        );
    }
}

fn with_symbol(ground: &GrayImage, text: &str, module: u32) -> GrayImage {
    let mut frame = ground.clone();
    imageops::overlay(&mut frame, &symbol(text, module), 480, 180);
    frame
}
