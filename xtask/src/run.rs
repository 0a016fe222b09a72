//! `cargo xtask run`: opens the window from a fresh clone.

use crate::failed::{CommandResult, Failed};
use crate::program::{answer, cargo, program, run as start};
use crate::{packages, ui};

/// Installs missing packages, builds UI and app, and opens the window.
pub(crate) fn run() -> CommandResult {
    packages::provide(&[packages::BUILD])?;
    require_web_view()?;
    ui::require_node()?;
    ui::provide_packages()?;
    ui::build()?;
    println!("Building the app. The first time takes several minutes.");
    start(&mut cargo([
        "run",
        "--package",
        "backup-code",
        "--features",
        "custom-protocol",
    ]))
}

/// Fails on a Windows 10 without WebView2. Linux gets its web view as a package; macOS has one.
fn require_web_view() -> CommandResult {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    if !cfg!(windows) {
        return Ok(());
    }
    let there = [
        r"HKLM\SOFTWARE\WOW6432Node",
        r"HKLM\SOFTWARE",
        r"HKCU\Software",
    ]
    .iter()
    .any(|hive| {
        let key = format!(r"{hive}\{CLIENT}");
        answer(&mut program("reg", ["query", &key, "/v", "pv"])).is_some()
    });
    if there {
        Ok(())
    } else {
        Err(Failed::new(
            "The window needs Microsoft's WebView2, and this computer does not have it. Install \
             the Evergreen Runtime from https://developer.microsoft.com/microsoft-edge/webview2, \
             then start again.",
        ))
    }
}
