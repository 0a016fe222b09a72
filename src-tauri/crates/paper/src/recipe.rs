//! A named way from a clean page to a picture of it.

use crate::dice::Dice;
use crate::picture::Picture;

/// Main subject of a recipe.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Printers, and copies of copies.
    Print,
    /// Scanners and fax machines.
    Scan,
    /// Cameras.
    Photograph,
    /// Damage to paper.
    Damage,
}

/// A named way from a clean page to a picture of it.
///
/// A recipe, a severity and a seed determine one picture, with the same pixels on every machine.
pub struct Recipe {
    /// Short, in lower-case letters, digits and hyphens. Also used in file names.
    pub name: &'static str,
    /// Description in one line.
    pub about: &'static str,
    /// Main subject.
    pub family: Family,
    pub(crate) steps: fn(&Picture, f32, &mut Dice) -> Picture,
}

impl Recipe {
    /// Makes a picture of `page`, which is upright and has at least 150 dpi. `severity` ranges from
    /// 0 (typical) to 1 (as bad as anyone would still try to read).
    pub fn apply(&self, page: &Picture, severity: f32, seed: u64) -> Picture {
        // Recipes with the same seed get different random numbers.
        let name = self.name.bytes().fold(0u64, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        let mut dice = Dice::new(seed ^ name.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (self.steps)(page, severity.clamp(0.0, 1.0), &mut dice)
    }
}
