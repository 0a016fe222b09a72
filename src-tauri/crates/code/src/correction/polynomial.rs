//! Polynomials over GF(1024) of bounded degree.

use zeroize::DefaultIsZeroes;

use super::REACH;
use super::field::Element;

/// A polynomial of degree at most [`REACH`], with the coefficient of `xⁿ` at index `n`.
#[derive(Copy, Clone, Default)]
pub(super) struct Polynomial(pub(super) [Element; REACH + 1]);

impl DefaultIsZeroes for Polynomial {}

impl Polynomial {
    pub(super) fn one() -> Polynomial {
        let mut one = Polynomial::default();
        one.0[0] = Element::ONE;
        one
    }

    pub(super) fn degree(&self) -> usize {
        self.0
            .iter()
            .rposition(|&coefficient| coefficient != Element::ZERO)
            .unwrap_or(0)
    }

    /// Evaluates a polynomial of degree at most `degree` at `x`.
    pub(super) fn evaluate(&self, x: Element, degree: usize) -> Element {
        self.0[..=degree]
            .iter()
            .rev()
            .fold(Element::ZERO, |value, &coefficient| value * x + coefficient)
    }

    /// Evaluates the formal derivative at `x`. In characteristic 2 it consists of the odd powers,
    /// each lowered by one.
    pub(super) fn evaluate_derivative(&self, x: Element) -> Element {
        let square = x * x;
        let odd = self.0.iter().skip(1).step_by(2);
        odd.rev().fold(Element::ZERO, |value, &coefficient| {
            value * square + coefficient
        })
    }

    /// Multiplies by `x` and truncates to the maximum degree.
    pub(super) fn shifted(mut self) -> Polynomial {
        self.0.rotate_right(1);
        self.0[0] = Element::ZERO;
        self
    }

    pub(super) fn scaled(mut self, factor: Element) -> Polynomial {
        self.0
            .iter_mut()
            .for_each(|coefficient| *coefficient = *coefficient * factor);
        self
    }

    pub(super) fn plus(mut self, other: &Polynomial) -> Polynomial {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(coefficient, term)| *coefficient += term);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_derivative_is_correct_for_a_quadratic_and_a_cubic() {
        let (a, b) = (Element::new(29, 24), Element::new(13, 25));
        // (x + a)(x + b) = x² + (a + b)x + ab, whose derivative is a + b everywhere.
        let mut product = Polynomial::default();
        (product.0[0], product.0[1], product.0[2]) = (a * b, a + b, Element::ONE);
        assert_eq!(product.degree(), 2);
        assert!(product.evaluate(a, 2) == Element::ZERO);
        assert!(product.evaluate_derivative(a) == a + b);
        // Multiplied by x: x³ + (a + b)x² + abx, whose derivative is x² + ab.
        assert!(product.shifted().evaluate_derivative(b) == b * b + a * b);
    }
}
