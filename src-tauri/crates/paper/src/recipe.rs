//! Named ways in which a page becomes a picture.

use crate::dice::Dice;
use crate::picture::Picture;
use crate::recipes::RECIPES;

/// What a recipe is mainly about.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Printers, and copies of copies.
    Print,
    /// Scanners and fax machines.
    Scan,
    /// Cameras.
    Photograph,
    /// What paper goes through.
    Damage,
}

/// A named way from a clean page to a picture of it.
///
/// A recipe, a severity and a seed name one picture: it has the same pixels on every machine.
pub struct Recipe {
    /// Short, in small letters and hyphens; names files too.
    pub name: &'static str,
    /// One line on what happens.
    pub about: &'static str,
    /// What it is mainly about.
    pub family: Family,
    pub(crate) steps: fn(&Picture, f32, &mut Dice) -> Picture,
}

impl Recipe {
    /// Every recipe, always in this order.
    pub fn all() -> &'static [Recipe] {
        RECIPES
    }

    /// The recipe of that name.
    pub fn named(name: &str) -> Option<&'static Recipe> {
        RECIPES.iter().find(|recipe| recipe.name == name)
    }

    /// The picture of `page` (at 150 dpi or more, upright), `severity` from 0 (as it mostly is) to 1 (as bad
    /// as anybody would still try).
    pub fn apply(&self, page: &Picture, severity: f32, seed: u64) -> Picture {
        // The same seed is another chance in each recipe.
        let name = self.name.bytes().fold(0u64, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        let mut dice = Dice::new(seed ^ name.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (self.steps)(page, severity.clamp(0.0, 1.0), &mut dice)
    }
}
