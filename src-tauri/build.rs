//! Tells Tauri where the capabilities and permissions of this layout live.

fn main() {
    // Tauri watches its own folders for changes, and these are not among them.
    for folder in ["permissions", "capabilities"] {
        println!("cargo:rerun-if-changed=src-tauri/{folder}");
    }
    let manifest = tauri_build::AppManifest::new()
        .permissions_path_pattern("./src-tauri/permissions/**/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}
