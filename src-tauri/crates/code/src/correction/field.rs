//! GF(1024) with logarithm tables. This is the field of `bech32`'s [`Fe1024`](bech32::Fe1024),
//! several times faster.
//!
//! Beyond the bound a word is decoded hundreds of times, and multiplication dominates the running
//! time.

use core::ops::{Add, AddAssign, Div, Mul};

use zeroize::DefaultIsZeroes;

use crate::symbol::Symbol;

/// Number of elements.
const SIZE: usize = 1024;
/// Number of non-zero elements.
const ORDER: usize = SIZE - 1;

/// An element `a + b·ζ`, with `a` in the five low bits and `b` above them. `a` and `b` are symbols,
/// and `ζ² = ζ + 1` (BIP-93, "Mathematical Companion").
#[derive(Copy, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element(u16);

impl DefaultIsZeroes for Element {}

/// The powers of a generator and their logarithms. The powers are stored twice in a row, so the sum
/// of two logarithms needs no reduction.
struct Tables {
    powers: [Element; 2 * ORDER],
    logarithms: [u16; SIZE],
}

static TABLES: Tables = tables();

/// The element `1 + H·ζ`, which generates all non-zero elements.
const GENERATOR: Element = Element::new(1, 23);

const fn tables() -> Tables {
    let mut powers = [Element(0); 2 * ORDER];
    let mut logarithms = [0; SIZE];
    let mut power = Element::ONE;
    let mut exponent = 0;
    while exponent < ORDER {
        powers[exponent] = power;
        powers[exponent + ORDER] = power;
        logarithms[power.0 as usize] = exponent as u16;
        power = multiply_slowly(power, GENERATOR);
        exponent += 1;
    }
    Tables { powers, logarithms }
}

const fn multiply_slowly(x: Element, y: Element) -> Element {
    let (a, b) = (x.0 & 31, x.0 >> 5);
    let (c, d) = (y.0 & 31, y.0 >> 5);
    let high = multiply_symbols(b, d);
    Element::new(
        multiply_symbols(a, c) ^ high,
        multiply_symbols(a, d) ^ multiply_symbols(b, c) ^ high,
    )
}

/// Multiplies in GF(32) = GF(2)[z]/(z⁵ + z³ + 1) (BIP-173).
const fn multiply_symbols(x: u16, y: u16) -> u16 {
    let mut product = 0;
    let mut bit = 5;
    while bit > 0 {
        bit -= 1;
        product <<= 1;
        if product & 32 != 0 {
            product ^= 0b10_1001;
        }
        if y >> bit & 1 != 0 {
            product ^= x;
        }
    }
    product
}

impl Element {
    pub(super) const ZERO: Element = Element(0);
    pub(super) const ONE: Element = Element(1);

    /// Creates `a + b·ζ`; both must be below 32.
    pub(crate) const fn new(a: u16, b: u16) -> Element {
        Element(a | b << 5)
    }

    /// Returns the element as a symbol; `None` if its `ζ` part is not zero.
    pub(super) fn symbol(self) -> Option<Symbol> {
        let value = u8::try_from(self.0).ok().filter(|value| *value < 32)?;
        Some(Symbol::from_low_bits(value))
    }

    pub(super) fn power(self, exponent: usize) -> Element {
        if self == Element::ZERO {
            return if exponent == 0 { Element::ONE } else { self };
        }
        TABLES.powers[self.logarithm() * exponent % ORDER]
    }

    /// Returns the multiplicative inverse; zero for zero, which has none.
    pub(super) fn inverse(self) -> Element {
        if self == Element::ZERO {
            return self;
        }
        TABLES.powers[ORDER - self.logarithm()]
    }

    fn logarithm(self) -> usize {
        usize::from(TABLES.logarithms[usize::from(self.0)])
    }
}

impl From<Symbol> for Element {
    fn from(symbol: Symbol) -> Element {
        Element(u16::from(symbol.0.to_u8()))
    }
}

impl Add for Element {
    type Output = Element;

    // In characteristic 2, addition and subtraction are the same.
    #[expect(
        clippy::suspicious_arithmetic_impl,
        reason = "addition of bits without carry"
    )]
    fn add(self, other: Element) -> Element {
        Element(self.0 ^ other.0)
    }
}

impl AddAssign for Element {
    fn add_assign(&mut self, other: Element) {
        *self = *self + other;
    }
}

impl Mul for Element {
    type Output = Element;

    fn mul(self, other: Element) -> Element {
        if self == Element::ZERO || other == Element::ZERO {
            return Element::ZERO;
        }
        TABLES.powers[self.logarithm() + other.logarithm()]
    }
}

impl Div for Element {
    type Output = Element;

    /// Returns zero if `other` is zero; callers exclude that case.
    #[expect(
        clippy::suspicious_arithmetic_impl,
        reason = "division is multiplication by the inverse"
    )]
    fn div(self, other: Element) -> Element {
        self * other.inverse()
    }
}

#[cfg(test)]
impl From<Element> for bech32::Fe1024 {
    fn from(element: Element) -> Self {
        let symbol = |value: u16| Symbol::from_low_bits(value as u8).0;
        bech32::Fe1024::new([symbol(element.0 & 31), symbol(element.0 >> 5)])
    }
}

#[cfg(test)]
mod tests {
    use bech32::primitives::Field;
    use bech32::{Fe32, Fe1024};

    use super::*;

    fn all() -> impl Iterator<Item = Element> {
        (0..SIZE as u16).map(Element)
    }

    #[test]
    fn arithmetic_equals_that_of_bech32() {
        assert!(Fe1024::from(GENERATOR) == Fe1024::new([Fe32::P, Fe32::H]));
        for x in all() {
            for y in all() {
                assert!(Fe1024::from(x + y) == Fe1024::from(x) + Fe1024::from(y));
                assert!(Fe1024::from(x * y) == Fe1024::from(x) * Fe1024::from(y));
            }
        }
    }

    #[test]
    fn inverses_and_powers_are_correct_for_every_non_zero_element() {
        assert!(Element::ZERO.inverse() == Element::ZERO);
        for x in all().skip(1) {
            assert!(x * x.inverse() == Element::ONE && x / x == Element::ONE);
            assert!(Fe1024::from(x.power(17)) == Fe1024::from(x).powi(17));
            assert!(x.power(0) == Element::ONE && x.power(ORDER + 1) == x);
        }
    }

    #[test]
    fn only_the_first_32_elements_are_symbols() {
        for x in all() {
            assert_eq!(x.symbol().is_some(), x.0 < 32);
            assert!(x.symbol().is_none_or(|symbol| Element::from(symbol) == x));
        }
    }
}
