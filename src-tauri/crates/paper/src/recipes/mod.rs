//! The list of all recipes.

mod basics;
mod damage;
mod photo;
mod print;
mod scan;

use crate::dice::Dice;
use crate::picture::Picture;
use crate::recipe::Family::{Damage, Photograph, Print, Scan};
use crate::recipe::{Family, Recipe};

const fn recipe(
    family: Family,
    name: &'static str,
    about: &'static str,
    steps: fn(&Picture, f32, &mut Dice) -> Picture,
) -> Recipe {
    Recipe {
        name,
        about,
        family,
        steps,
    }
}

#[rustfmt::skip]
const RECIPES: &[Recipe] = &[
    recipe(Print, "print-faint", "low on toner, then scanned", print::faint),
    recipe(Print, "print-heavy", "ink spreads over edges, then scanned", print::heavy),
    recipe(Print, "print-banded", "bands and specks of a worn drum, then scanned", print::banded),
    recipe(Print, "print-draft", "few dots per inch, then scanned", print::draft),
    recipe(Print, "generations", "printed and scanned two to five times", print::generations),
    recipe(Scan, "scan-300", "scanned at 300 dpi, slightly rotated", scan::scan_300),
    recipe(Scan, "scan-150", "scanned at 150 dpi, slightly rotated", scan::scan_150),
    recipe(Scan, "scan-low", "scanned at 110 down to 15 dpi", scan::scan_low),
    recipe(Scan, "scan-bilevel", "scanned to black and white, badly exposed", scan::scan_bilevel),
    recipe(Scan, "scan-turned", "scanned at any angle, with few pixels", scan::scan_turned),
    recipe(Scan, "scan-jpeg", "scanned and compressed to a small file", scan::scan_jpeg),
    recipe(Scan, "fax", "faxed in fine mode over a bad line", scan::fax_fine),
    recipe(Scan, "fax-coarse", "faxed in standard mode over a bad line", scan::fax_coarse),
    recipe(Photograph, "photo", "handheld photograph with a little of everything", photo::photo),
    recipe(Photograph, "photo-slanted", "photographed at a slant", photo::photo_slanted),
    recipe(Photograph, "photo-turned", "rotated, from a distance", photo::photo_turned),
    recipe(Photograph, "photo-small", "photographed from far away: few pixels", photo::photo_small),
    recipe(Photograph, "photo-defocused", "photographed out of focus", photo::photo_defocused),
    recipe(Photograph, "photo-shaken", "photographed with camera shake", photo::photo_shaken),
    recipe(Photograph, "photo-dark", "photographed in the dark: noise", photo::photo_dark),
    recipe(Photograph, "photo-uneven", "photographed next to a lamp", photo::photo_uneven),
    recipe(Photograph, "photo-shadow", "photographed with a shadow", photo::photo_shadow),
    recipe(Photograph, "photo-jpeg", "photographed, compressed by a messenger", photo::photo_jpeg),
    recipe(Photograph, "screen", "photographed from a screen: moiré and pixels", photo::screen),
    recipe(Damage, "fold", "folded through the symbol", damage::fold),
    recipe(Damage, "fold-small", "folded small enough for a wallet", damage::fold_small),
    recipe(Damage, "curl", "rolled up", damage::curl),
    recipe(Damage, "crumple", "crumpled and flattened", damage::crumple),
    recipe(Damage, "stain", "under a coffee cup, up to five times", damage::stain),
    recipe(Damage, "soaked", "in water; inkjet ink runs", damage::soaked),
    recipe(Damage, "cover-corner", "corner covered, up to 30 %", damage::cover_corner),
    recipe(Damage, "cover-stripe", "stripe covered, up to 30 %", damage::cover_stripe),
    recipe(Damage, "cover-blotches", "blotches, up to 30 %", damage::cover_blotches),
    recipe(Damage, "cover-finder", "finder pattern covered, up to 30 %", damage::cover_finder),
    recipe(Damage, "cover-patch", "round patch, up to 30 %", damage::cover_patch),
    recipe(Damage, "torn-corner", "a corner of the page torn off", damage::torn_corner),
    recipe(Damage, "torn-mended", "torn through the symbol and taped", damage::torn_mended),
    recipe(Damage, "ten-years", "faded, folded, crumpled and stained", damage::ten_years),
];

impl Recipe {
    /// Returns every recipe, always in this order.
    pub fn all() -> &'static [Recipe] {
        RECIPES
    }

    /// Returns the recipe with this name.
    pub fn named(name: &str) -> Option<&'static Recipe> {
        RECIPES.iter().find(|recipe| recipe.name == name)
    }
}
