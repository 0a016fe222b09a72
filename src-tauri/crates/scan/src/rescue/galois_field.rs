//! The field GF(256) of QR symbols (ISO/IEC 18004: x⁸ + x⁴ + x³ + x² + 1), and polynomials over it.

const POLYNOMIAL: u16 = 0x11d;

const TABLES: ([u8; 512], [u8; 256]) = tables();

const fn tables() -> ([u8; 512], [u8; 256]) {
    let mut powers = [0; 512];
    let mut logarithms = [0; 256];
    let mut value: u16 = 1;
    let mut power = 0;
    while power < 255 {
        powers[power] = value as u8;
        powers[power + 255] = value as u8;
        logarithms[value as usize] = power as u8;
        value <<= 1;
        if value & 0x100 != 0 {
            value ^= POLYNOMIAL;
        }
        power += 1;
    }
    (powers, logarithms)
}

/// Power of the field's generator.
pub(super) fn power(exponent: usize) -> u8 {
    TABLES.0[exponent % 255]
}

pub(super) fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    let sum = usize::from(TABLES.1[usize::from(a)]) + usize::from(TABLES.1[usize::from(b)]);
    TABLES.0[sum]
}

/// Inverse of an element other than 0.
pub(super) fn inverse(a: u8) -> u8 {
    TABLES.0[255 - usize::from(TABLES.1[usize::from(a)])]
}

/// Value of a polynomial whose lowest coefficient comes first.
pub(super) fn value(polynomial: &[u8], at: u8) -> u8 {
    polynomial
        .iter()
        .rev()
        .fold(0, |sum, &coefficient| times(sum, at) ^ coefficient)
}

/// Product of two polynomials whose lowest coefficients come first.
pub(super) fn product(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut product = vec![0; a.len() + b.len() - 1];
    for (i, &a) in a.iter().enumerate() {
        for (j, &b) in b.iter().enumerate() {
            product[i + j] ^= times(a, b);
        }
    }
    product
}
