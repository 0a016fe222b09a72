//! Circles in a graph of imports.

use std::collections::{BTreeMap, BTreeSet};

/// For each file the files that it imports from.
pub(crate) type Imports = BTreeMap<String, BTreeSet<String>>;

/// The groups of files that import each other, directly or through others.
pub(crate) fn circles(imports: &Imports) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = imports
        .keys()
        .map(|file| (file, reachable(imports, file)))
        .collect();
    let mut found = BTreeSet::new();
    for (file, below) in &reached {
        if below.contains(file) {
            let circle: BTreeSet<String> = below
                .iter()
                .filter(|other| reached.get(*other).is_some_and(|it| it.contains(file)))
                .map(|other| (*other).clone())
                .collect();
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

/// The files that `file` imports from, directly or through others.
fn reachable<'a>(imports: &'a Imports, file: &str) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&String> = imports.get(file).into_iter().flatten().collect();
    while let Some(file) = next.pop() {
        if reached.insert(file) {
            next.extend(imports.get(file).into_iter().flatten());
        }
    }
    reached
}

/// The circles in words, with the imports that form them.
pub(crate) fn described(imports: &Imports) -> Vec<String> {
    circles(imports)
        .iter()
        .map(|circle| {
            let arrows = circle.iter().flat_map(|file| {
                let targets = imports[file].iter().filter(|it| circle.contains(*it));
                targets.map(move |target| format!("  {file} -> {target}"))
            });
            arrows.collect::<Vec<_>>().join("\n")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(arrows: &[(&str, &str)]) -> Imports {
        let mut imports = Imports::new();
        for (from, to) in arrows {
            imports
                .entry((*from).to_owned())
                .or_default()
                .insert((*to).to_owned());
        }
        imports
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn files_that_import_downwards_only_form_no_circle() {
        let imports = graph(&[("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]);
        assert!(circles(&imports).is_empty());
    }

    #[test]
    fn each_circle_is_reported_once() {
        let imports = graph(&[
            ("a", "b"),
            ("b", "a"),
            ("c", "d"),
            ("d", "e"),
            ("e", "c"),
            ("a", "c"),
            ("e", "f"),
        ]);
        assert_eq!(circles(&imports), [set(&["a", "b"]), set(&["c", "d", "e"])]);
        assert_eq!(described(&imports)[0], "  a -> b\n  b -> a");
    }
}
