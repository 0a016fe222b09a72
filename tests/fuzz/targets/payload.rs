//! Any bits in an otherwise valid QR symbol: decoding never panics outside its containment, and
//! reported codes and parts are valid.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qrcode::bits::Bits;
use qrcode::canvas::Canvas;
use qrcode::{Color, EcLevel, Version, ec};
use scan::{Frame, InProcess, Scanner, Wanted};

/// Number of pixels of a module, and number of white modules around the symbol.
const MODULE: usize = 2;
const QUIET: usize = 4;

fuzz_target!(
    // The fuzzer's own hook ends the process before the panic can be contained.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        let Some((&[size, level], bits)) = bytes.split_first_chunk() else {
            return;
        };
        let version = Version::Normal(1 + i16::from(size % 12));
        let level = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][usize::from(level % 4)];
        let Ok(room) = Bits::new(version).max_len(level) else {
            return;
        };
        let mut data = bits.to_vec();
        data.resize(room / 8, 0);
        let (width, pixels) = draw(&data, version, level);
        let frame = Frame {
            width: width as u32,
            height: width as u32,
            pixels: &pixels,
        };
        let watch = InProcess::default().watch(Wanted::Ours);
        let Ok(sight) = watch.and_then(|mut watch| watch.look(&frame)) else {
            panic!("rejected a frame with a byte for each pixel");
        };
        for part in &sight.parts {
            assert!(part.to_ascii_lowercase().starts_with("ur:bytes/"));
        }
        for code in &sight.codes {
            assert_eq!(code.code.len(), code::LENGTH);
        }
    }
);

/// Returns the width in pixels and the pixels of the symbol that encodes `data`.
fn draw(data: &[u8], version: Version, level: EcLevel) -> (usize, Vec<u8>) {
    let Ok((data, correction)) = ec::construct_codewords(data, version, level) else {
        panic!("the data has exactly the capacity of the symbol");
    };
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let modules = canvas.apply_best_mask().into_colors();
    let side = version.width() as usize;
    let width = (side + 2 * QUIET) * MODULE;
    let pixels = (0..width * width).map(|at| {
        let (x, y) = (at % width / MODULE, at / width / MODULE);
        let (x, y) = (x.wrapping_sub(QUIET), y.wrapping_sub(QUIET));
        let dark = x < side && y < side && modules[y * side + x] == Color::Dark;
        if dark { 0 } else { 255 }
    });
    (width, pixels.collect())
}
