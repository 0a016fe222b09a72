//! `docs/dependencies.md` gives a reason for each direct dependency and lists nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::files::root;

/// Returns the names in the table under `heading`: the first cell of each row, in backquotes.
fn documented(heading: &str) -> BTreeSet<String> {
    let page = fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let names: Vec<String> = page
        .split("\n## ")
        .find_map(|section| section.strip_prefix(heading))
        .unwrap_or_else(|| panic!("docs/dependencies.md has no section \"{heading}\""))
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .map(str::to_owned)
        .collect();
    let set: BTreeSet<_> = names.iter().cloned().collect();
    assert_eq!(
        names.len(),
        set.len(),
        "a dependency is listed twice under \"{heading}\""
    );
    set
}

fn assert_same(documented: &BTreeSet<String>, used: &BTreeSet<String>) {
    let without_reason: Vec<_> = used.difference(documented).collect();
    let gone: Vec<_> = documented.difference(used).collect();
    assert!(
        without_reason.is_empty() && gone.is_empty(),
        "docs/dependencies.md: no reason given for {without_reason:?}; no longer used: {gone:?}"
    );
}

/// Returns the direct dependencies of the packages of a workspace.
fn dependencies_of(manifest: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
            "--manifest-path",
        ])
        .arg(root().join(manifest))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|package| package["dependencies"].as_array().unwrap())
        // A dependency without a source is a crate of this workspace.
        .filter(|dependency| dependency["source"].is_string())
        .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_direct_rust_dependency_has_its_reason() {
    let used = ["Cargo.toml", "tests/fuzz/Cargo.toml"]
        .into_iter()
        .flat_map(dependencies_of)
        .collect();
    assert_same(&documented("Rust"), &used);
}

#[test]
fn every_direct_npm_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("ui/package.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let used = ["dependencies", "devDependencies"]
        .iter()
        .filter_map(|kind| manifest[*kind].as_object())
        .flat_map(|names| names.keys().cloned())
        .collect();
    assert_same(&documented("npm"), &used);
}
