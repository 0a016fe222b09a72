//! `cargo xtask run`: from a fresh clone to the open window.

use crate::failed::{Failed, Outcome};
use crate::program::{answer, cargo, program, run as start};
use crate::{packages, ui};

/// Installs what is missing, builds UI and app, opens the window.
pub(crate) fn run() -> Outcome {
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

/// Windows 10 may lack the web view that Linux gets as a package and macOS always has.
fn require_web_view() -> Outcome {
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
