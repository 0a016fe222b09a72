//! The first corpus: sheets with damage simulated by the crate `paper`.
//!
//! Every recipe has the same number of pictures, with evenly spread severities, each with another
//! sheet and another seed. At the highest severities, no engine reads them.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use paper::{Picture, Recipe};

use super::{Case, fresh, read_list, write_list};
use crate::sheets;

/// Number of pictures of each recipe.
pub(crate) const EACH: usize = 27;

/// Highest severity of each recipe. At 1, most pictures are unreadable; up to this limit, which is
/// the same for all recipes, the best engine reads about 70 %.
const WORST: f32 = 0.92;

/// Pixels per inch of the clean page.
const DPI: f32 = 150.0;

/// Fingerprints of all recipes. If one changes, pictures of earlier runs are made again.
const RECIPES: &str = include_str!("../../../../src-tauri/crates/paper/tests/frozen.txt");

/// The rows of the table, and the recipes in each.
const SUBSETS: [(&str, &[&str]); 13] = [
    (
        "prints",
        &[
            "print-faint",
            "print-heavy",
            "print-banded",
            "print-draft",
            "generations",
        ],
    ),
    ("resolution", &["scan-low", "photo-small"]),
    ("rotation", &["scan-turned", "photo-turned"]),
    ("perspective", &["photo", "photo-slanted"]),
    (
        "blur",
        &["scan-300", "scan-150", "photo-defocused", "photo-shaken"],
    ),
    ("noise", &["photo-dark"]),
    ("JPEG", &["scan-jpeg", "photo-jpeg"]),
    ("light", &["photo-uneven", "photo-shadow"]),
    ("black-and-white", &["scan-bilevel", "fax", "fax-coarse"]),
    ("screen", &["screen"]),
    ("folds", &["fold", "fold-small", "curl", "crumple"]),
    ("stains", &["stain", "soaked", "ten-years"]),
    (
        "cover",
        &[
            "cover-corner",
            "cover-stripe",
            "cover-blotches",
            "cover-finder",
            "cover-patch",
            "torn-corner",
            "torn-mended",
        ],
    ),
];

/// One picture to make: a recipe, and the number of its picture.
#[derive(Copy, Clone)]
struct Plan {
    subset: &'static str,
    recipe: &'static Recipe,
    number: usize,
}

impl Plan {
    fn severity(self) -> f32 {
        WORST * self.number as f32 / (EACH - 1) as f32
    }

    fn name(self) -> String {
        format!("{}-{:02}.png", self.recipe.name, self.number)
    }

    fn seed(self) -> u64 {
        self.number as u64 + 1
    }
}

/// All pictures.
fn all() -> Result<Vec<Plan>, Box<dyn Error>> {
    let mut plans = Vec::new();
    for (subset, names) in SUBSETS {
        for name in names {
            let recipe = Recipe::named(name).ok_or(format!("no recipe is called {name}"))?;
            plans.extend((0..EACH).map(|number| Plan {
                subset,
                recipe,
                number,
            }));
        }
    }
    let known = SUBSETS.iter().map(|(_, names)| names.len()).sum::<usize>();
    if known != Recipe::all().len() {
        return Err("Every recipe belongs to one subset.".into());
    }
    Ok(plans)
}

/// A fixed selection, spread over recipes and severities: one picture of each recipe.
fn some() -> Result<Vec<Plan>, Box<dyn Error>> {
    let mut number = 0;
    Ok(all()?
        .chunks(EACH)
        .map(|recipe| {
            number += 7;
            recipe[number % EACH]
        })
        .collect())
}

/// Returns the corpus in `folder` and makes it first if necessary. `short` is a part of it.
pub(crate) fn provide(folder: &Path, short: bool) -> Result<Vec<Case>, Box<dyn Error>> {
    let plans = if short { some()? } else { all()? };
    let recipes = fingerprint(RECIPES);
    let stamp = format!("{} pictures up to {WORST} of {recipes:016x}", plans.len());
    if let Some(cases) = read_list(folder, &stamp) {
        return Ok(cases);
    }
    fresh(folder)?;
    let pages = (1..=EACH as u64)
        .map(|seed| {
            let sample = sheets::sample(seed)?;
            Ok((sample.page(DPI)?, sample.text))
        })
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    make(folder, &plans, &pages)?;
    let cases: Vec<Case> = plans
        .iter()
        .map(|plan| Case {
            subset: plan.subset.to_owned(),
            path: folder.join(plan.name()),
            text: pages[plan.number].1.clone(),
            ours: true,
        })
        .collect();
    write_list(folder, &stamp, &cases)?;
    Ok(cases)
}

/// Makes the pictures, on two threads because this takes most of a short run.
fn make(folder: &Path, plans: &[Plan], pages: &[(Picture, String)]) -> Result<(), Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(plan) = plans.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (page, _) = &pages[plan.number];
                    let picture = plan.recipe.apply(page, plan.severity(), plan.seed());
                    let path = folder.join(plan.name());
                    if let Err(error) = fs::write(&path, picture.png())
                        && let Ok(mut failed) = failed.lock()
                    {
                        *failed = Some(format!("{}: {error}", path.display()));
                        return;
                    }
                }
            });
        }
    });
    match failed.into_inner() {
        Ok(None) => Ok(()),
        Ok(Some(error)) => Err(error.into()),
        Err(_) => Err("making pictures ended early".into()),
    }
}

/// FNV-1a hash.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_a_thousand_pictures_with_unique_names() {
        let plans = all().expect("every recipe has its subset");
        let names: HashSet<String> = plans.iter().map(|plan| plan.name()).collect();
        assert!(plans.len() >= 1000 && names.len() == plans.len());
    }

    #[test]
    fn a_short_run_has_every_recipe_and_all_severities() {
        let plans = some().expect("every recipe has its subset");
        let recipes: HashSet<&str> = plans.iter().map(|plan| plan.recipe.name).collect();
        assert_eq!(recipes.len(), Recipe::all().len());
        let severities: HashSet<usize> = plans.iter().map(|plan| plan.number).collect();
        assert_eq!(severities.len(), EACH);
    }
}
