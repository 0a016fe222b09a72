//! Solves for up to thirteen unreadable symbols with the linear equations of the checksum.
//!
//! The remainder of a word is the sum of its unreadable symbols, each multiplied by `xᵖ mod g(x)`
//! for its location `p`. With more unreadable symbols than the [reach](super::REACH), the roots
//! give no further information, but the thirteen equations over GF(32) do. With thirteen unknowns
//! no equation is left to verify the solution.

use bech32::primitives::Field;
use bech32::primitives::checksum::PackedFe32;
use bech32::{Checksum, Fe32};
use zeroize::Zeroizing;

use super::decoder::{Decoder, Symbols, Word};
use crate::checksum::{self, Roots};
use crate::symbol::Symbol;

impl<Ck: Roots> Decoder<Ck> {
    /// Returns the only codeword that agrees with every readable symbol; `None` if there is none or
    /// more than one.
    pub(crate) fn fill(&self, word: &Word) -> Option<Symbols> {
        self.fill_with(word, None)
    }

    /// Like [`Self::fill`], but treats the symbol at `guess` as unreadable too.
    pub(super) fn fill_with(&self, word: &Word, guess: Option<usize>) -> Option<Symbols> {
        let unknown: Vec<usize> = word.unreadable.iter().copied().chain(guess).collect();
        if unknown.len() > Ck::CHECKSUM_LENGTH {
            return None;
        }
        let remainder = checksum::remainder::<Ck>(self.hrp, word.symbols.iter().copied());
        let columns = columns::<Ck>(self.locations.all().len());
        let mut rows: Zeroizing<Vec<Vec<Symbol>>> = Zeroizing::new(
            (0..Ck::CHECKSUM_LENGTH)
                .map(|power| {
                    let coefficients = unknown.iter().map(|&location| columns[location][power]);
                    coefficients.chain([remainder[power]]).collect()
                })
                .collect(),
        );
        solve(&mut rows, unknown.len())?;
        let mut symbols = word.symbols.clone();
        let last = symbols.len() - 1;
        for (row, location) in rows.iter().zip(unknown) {
            symbols[last - location].0 += row[row.len() - 1].0;
        }
        checksum::holds::<Ck>(self.hrp, &symbols).then_some(symbols)
    }
}

/// Computes `xᵖ mod g(x)` for every location `p`, with the coefficient of `xⁿ` at index `n`.
fn columns<Ck: Checksum>(length: usize) -> Vec<Vec<Symbol>> {
    let generator: Vec<Symbol> = (0..Ck::CHECKSUM_LENGTH)
        .map(|power| Symbol::from_low_bits(Ck::GENERATOR_SH[0].unpack(power)))
        .collect();
    let mut column = vec![Symbol::default(); Ck::CHECKSUM_LENGTH];
    column[0] = Symbol(Fe32::ONE);
    let mut columns = Vec::with_capacity(length);
    for _ in 0..length {
        columns.push(column.clone());
        column.rotate_right(1);
        let top = std::mem::take(&mut column[0]);
        for (coefficient, term) in column.iter_mut().zip(&generator) {
            coefficient.0 += top.0 * term.0;
        }
    }
    columns
}

/// Gauss–Jordan elimination. Afterwards the last entry of row `n` is the value of unknown `n`.
/// Returns `None` unless the equations have exactly one solution.
fn solve(rows: &mut [Vec<Symbol>], unknowns: usize) -> Option<()> {
    for unknown in 0..unknowns {
        let pivot = (unknown..rows.len()).find(|&row| rows[row][unknown].0 != Fe32::ZERO)?;
        rows.swap(unknown, pivot);
        let scale = rows[unknown][unknown].0.multiplicative_inverse();
        rows[unknown].iter_mut().for_each(|entry| entry.0 *= scale);
        let pivot = Zeroizing::new(rows[unknown].clone());
        for (number, row) in rows.iter_mut().enumerate() {
            let factor = row[unknown].0;
            if number != unknown && factor != Fe32::ZERO {
                for (entry, term) in row.iter_mut().zip(pivot.iter()) {
                    entry.0 += factor * term.0;
                }
            }
        }
    }
    let consistent = rows[unknowns..]
        .iter()
        .all(|row| row[unknowns].0 == Fe32::ZERO);
    consistent.then_some(())
}
