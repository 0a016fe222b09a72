//! The symbol of a sheet: version 5, level H (ISO/IEC 18004), with the function of each module and
//! the order of the data modules.
//!
//! Sixty characters in alphanumeric mode at level H always have this version, so it is known in
//! advance.

/// Modules per side.
pub(super) const SIDE: usize = 37;

/// Total number of modules.
pub(super) const MODULES: usize = SIDE * SIDE;

/// Number of codewords of the symbol, data and correction.
pub(super) const CODEWORDS: usize = 134;

/// Number of data codewords of each of the four blocks.
pub(super) const DATA: [usize; 4] = [11, 11, 12, 12];

/// Number of correction codewords of each block.
pub(super) const CORRECTION: usize = 22;

/// Number of data codewords of all blocks.
pub(super) const ALL_DATA: usize = 46;

/// Number of different masks.
pub(super) const MASKS: usize = 8;

/// Function of a module.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Module {
    /// Always dark, or always light.
    Fixed(bool),
    /// A bit of the format information, counted from the lowest.
    Format(u8),
    /// A bit of a codeword, or one of the seven remainder bits.
    Data,
}

/// Returns the function of the module in this column and row.
pub(super) fn module(x: usize, y: usize) -> Module {
    const FAR: usize = SIDE - 8;
    for (left, top) in [(0, 0), (SIDE - 7, 0), (0, SIDE - 7)] {
        // Distance from the centre of the finder pattern; its separator is ring 4.
        let (dx, dy) = (x.abs_diff(left + 3), y.abs_diff(top + 3));
        let ring = dx.max(dy);
        if ring <= 4 {
            return Module::Fixed(ring != 2 && ring != 4);
        }
    }
    let ring = x.abs_diff(SIDE - 7).max(y.abs_diff(SIDE - 7));
    if ring <= 2 {
        return Module::Fixed(ring != 1);
    }
    if x == 6 {
        return Module::Fixed(y.is_multiple_of(2));
    }
    if y == 6 {
        return Module::Fixed(x.is_multiple_of(2));
    }
    match (x, y) {
        (8, FAR) => Module::Fixed(true),
        (8, 0..=5) => Module::Format(y as u8),
        (8, 7..=8) => Module::Format(y as u8 - 1),
        (7, 8) => Module::Format(8),
        (0..=5, 8) => Module::Format(14 - x as u8),
        (FAR..SIDE, 8) => Module::Format((SIDE - 1 - x) as u8),
        (8, FAR..SIDE) => Module::Format((y + 15 - SIDE) as u8),
        _ => Module::Data,
    }
}

/// Returns the 15 bits of format information for level H and a mask.
pub(super) fn format(mask: usize) -> u16 {
    const LEVEL_H: u16 = 0b10;
    let data = (LEVEL_H << 3) | mask as u16;
    let mut rest = data << 10;
    for bit in (10..15).rev() {
        if rest >> bit & 1 == 1 {
            rest ^= 0x537 << (bit - 10);
        }
    }
    (data << 10 | rest) ^ 0x5412
}

/// Whether a mask inverts the data module in this column and row.
pub(super) fn masked(mask: usize, x: usize, y: usize) -> bool {
    let product = x * y;
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (x / 3 + y / 2).is_multiple_of(2),
        5 => product % 2 + product % 3 == 0,
        6 => (product % 2 + product % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + product % 3).is_multiple_of(2),
    }
}

/// Returns the data modules, as row × [`SIDE`] + column, in the order of the codewords' bits,
/// without the remainder bits.
pub(super) fn order() -> Vec<usize> {
    let mut order = Vec::with_capacity(CODEWORDS * 8);
    let mut right = SIDE - 1;
    let mut upwards = true;
    loop {
        for step in 0..SIDE {
            let y = if upwards { SIDE - 1 - step } else { step };
            for x in [right, right - 1] {
                if module(x, y) == Module::Data {
                    order.push(y * SIDE + x);
                }
            }
        }
        upwards = !upwards;
        // The column of the timing pattern is skipped when columns are paired.
        right = match right {
            8 => 5,
            0..=1 => break,
            right => right - 2,
        };
    }
    order.truncate(CODEWORDS * 8);
    order
}

/// Returns the indices of each block's codewords among those of the symbol.
pub(super) fn blocks() -> [Vec<usize>; 4] {
    let mut blocks: [Vec<usize>; 4] = DATA.map(|data| Vec::with_capacity(data + CORRECTION));
    let mut next = 0;
    for row in 0..DATA[3] {
        for (block, data) in blocks.iter_mut().zip(DATA) {
            if row < data {
                block.push(next);
                next += 1;
            }
        }
    }
    for _ in 0..CORRECTION {
        for block in &mut blocks {
            block.push(next);
            next += 1;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use qrcode::{Color, EcLevel, QrCode};

    use super::*;

    const TEXT: &str = "0A0JCS6X88NCTKVWEGNU690QKTQL6PKHA7VC7TQTKFGPDG7ZMX7NT5PMUS89";

    #[test]
    fn fixed_modules_match_another_encoder() {
        let qr = QrCode::with_error_correction_level(TEXT, EcLevel::H).unwrap();
        assert_eq!(qr.width(), SIDE);
        let mut data = 0;
        for y in 0..SIDE {
            for x in 0..SIDE {
                match module(x, y) {
                    Module::Fixed(dark) => assert_eq!(qr[(x, y)] == Color::Dark, dark, "{x} {y}"),
                    Module::Format(bit) => assert!(bit < 15),
                    Module::Data => data += 1,
                }
            }
        }
        assert_eq!(data, CODEWORDS * 8 + 7);
    }

    #[test]
    fn both_copies_of_the_format_match_one_of_the_eight_masks() {
        let qr = QrCode::with_error_correction_level(TEXT, EcLevel::H).unwrap();
        let fits = |mask: &usize| {
            (0..MODULES).all(|i| match module(i % SIDE, i / SIDE) {
                Module::Format(bit) => {
                    (qr[(i % SIDE, i / SIDE)] == Color::Dark) == (format(*mask) >> bit & 1 == 1)
                }
                Module::Fixed(_) | Module::Data => true,
            })
        };
        assert_eq!((0..MASKS).filter(fits).count(), 1);
    }

    #[test]
    fn every_codeword_is_in_exactly_one_block() {
        let mut all: Vec<usize> = blocks().concat();
        all.sort_unstable();
        assert_eq!(all, (0..CODEWORDS).collect::<Vec<_>>());
        assert_eq!(order().len(), CODEWORDS * 8);
    }
}
