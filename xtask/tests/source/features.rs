//! A shipped build has none of the features that only tests may have.

use std::process::Command;

use crate::files::root;

const FOR_TESTS: [&str; 4] = ["breaks", "kill-points", "test-hooks", "testing"];

/// Returns the features of this workspace's crates in a build of `packages`, as `CRATE/FEATURE`.
fn features_of(packages: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none"])
        .args(["--edges", "features,normal,build"])
        .args(packages)
        .current_dir(root())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let crates = [
        "app",
        "backup-code",
        "code",
        "kit",
        "platform",
        "usecases",
        "wallet",
    ];
    let tree = String::from_utf8(output.stdout).unwrap();
    let features = tree.lines().filter_map(|line| {
        let (name, feature) = line.split_once(" feature \"")?;
        let feature = feature.split('"').next()?;
        crates.contains(&name).then(|| format!("{name}/{feature}"))
    });
    features.collect()
}

fn for_tests(features: &[String]) -> Vec<&String> {
    let is_for_tests = |feature: &&String| {
        let name = feature.split('/').next_back();
        name.is_some_and(|name| FOR_TESTS.contains(&name))
    };
    features.iter().filter(is_for_tests).collect()
}

#[test]
fn a_shipped_build_has_no_feature_for_tests() {
    let shipped = features_of(&["--package", "backup-code", "--features", "custom-protocol"]);
    assert!(shipped.contains(&"usecases/default".to_owned()));
    let found = for_tests(&shipped);
    assert!(found.is_empty(), "{found:?}");
    // Where there are some, they are seen.
    assert!(!for_tests(&features_of(&["--workspace"])).is_empty());
}
