//! The system packages that building and testing need. They are installed on Debian and Ubuntu
//! and listed elsewhere.

use std::io::{IsTerminal, stdin};

use crate::failed::{CommandResult, Failed};
use crate::program::{answer, program, run};

/// A Debian package and the reason why it is needed.
pub(crate) struct Package {
    name: &'static str,
    why: &'static str,
}

const fn package(name: &'static str, why: &'static str) -> Package {
    Package { name, why }
}

/// For building the app on Linux.
pub(crate) const BUILD: &[Package] = &[
    package("libwebkit2gtk-4.1-dev", "the window: the system's web view"),
    package("librsvg2-dev", "icons in the window's menus"),
    package("pkg-config", "finds the libraries above"),
    package("file", "the Tauri CLI tells file kinds with it"),
];

/// For the tests, in addition to [`BUILD`].
pub(crate) const TEST: &[Package] = &[
    package(
        "python3",
        "combines sheets as the document for doing without the app says",
    ),
    package("xvfb", "a display without a screen"),
    package("xclip", "copies and pastes on it from outside"),
    package("dbus", "a private session bus"),
    package("dbus-x11", "lets programs find that bus"),
    package("gnome-keyring", "a real keychain"),
    package("keepassxc", "another one, of several databases"),
    package("libsecret-tools", "looks into that keychain from outside"),
    package("webkit2gtk-driver", "drives the real window"),
    package("iproute2", "a network that ends at this computer"),
    package("qpdf", "checks the sheet's PDF from outside"),
    package("poppler-utils", "reads the sheet's PDF from outside"),
    package("zbar-tools", "reads the sheet's QR from outside"),
    package("age", "opens the recovery kit from outside"),
    package("oathtool", "makes six digits from outside"),
    package(
        "strace",
        "records what the program writes, for power losses",
    ),
    package("bindfs", "a drive that can be kept from answering"),
    package("cups-daemon", "a private print service"),
    package("cups-client", "sets up its queues"),
    package("cups-ipp-utils", "a printer that keeps what it prints"),
    package(
        "cups-filters-core-drivers",
        "what a desktop's queue does to a PDF",
    ),
    package("pipewire", "a camera that shows what a test wants"),
    package("wireplumber", "connects that camera and the window"),
    package("gstreamer1.0-pipewire", "how the window finds a camera"),
    package("gstreamer1.0-tools", "puts pictures into that camera"),
    package("gstreamer1.0-plugins-base", "changes their format"),
    package(
        "gstreamer1.0-plugins-good",
        "plays the camera in the window",
    ),
];

/// For the fuzz targets.
pub(crate) const FUZZ: &[Package] = &[package("g++", "builds libFuzzer")];

/// For the bench of QR engines and its print paths.
pub(crate) const SCAN_BENCH: &[Package] = &[
    package("pkg-config", "finds ZBar"),
    package("libzbar-dev", "ZBar, an engine to compare with"),
    package("g++", "builds zxing-cpp, another one"),
    package("cmake", "builds zxing-cpp, too"),
    package("poppler-utils", "draws PDF pages"),
    package("mupdf-tools", "draws PDF pages in its own way"),
    package("ghostscript", "draws them in a third way; PostScript, fax"),
    package("cups-filters", "what a print queue does to a PDF"),
];

/// For measuring a wallet of many items.
pub(crate) const WALLET_BENCH: &[Package] = &[package(
    "keepassxc",
    "another password manager, to compare with",
)];

/// For checking the Windows build from Linux.
pub(crate) const WINDOWS: &[Package] = &[package(
    "gcc-mingw-w64-x86-64",
    "links and makes resources for Windows",
)];

/// Lists missing packages with their reasons, then installs them.
///
/// # Errors
/// Without the right to install packages, the error is the command for an administrator.
pub(crate) fn provide(packages: &[&[Package]]) -> CommandResult {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted = packages.iter().copied().flatten();
    if answer(&mut program("dpkg-query", ["--version"])).is_none() {
        println!(
            "This is neither Debian nor Ubuntu. Please install the equivalents of these packages:"
        );
        wanted.for_each(say);
        return Ok(());
    }
    let missing: Vec<_> = wanted.filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("These system packages are missing:");
    missing.iter().copied().for_each(say);

    let mut install = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    install.extend(["install", "--yes", "--no-install-recommends"]);
    install.extend(missing.iter().map(|package| package.name));
    let prefix: &[&str] = match rights() {
        Rights::Root => &[],
        Rights::Sudo => &["sudo"],
        Rights::None => {
            return Err(Failed::new(format!(
                "Installing them needs an administrator. Run this, then start again:\n  \
                 sudo apt-get update && sudo {}",
                install.join(" ")
            )));
        }
    };
    run_with(prefix, &["apt-get", "update"])?;
    run_with(prefix, &install)
}

fn say(package: &Package) {
    println!("  {:24} {}", package.name, package.why);
}

fn installed(package: &Package) -> bool {
    answer(&mut program(
        "dpkg-query",
        ["--show", "--showformat=${db:Status-Status}\n", package.name],
    ))
    .is_some_and(|states| states.lines().any(|state| state == "installed"))
}

enum Rights {
    Root,
    Sudo,
    None,
}

/// Returns whether the user may install packages: as root, or by `sudo` if it asks nothing or can
/// ask at a terminal.
fn rights() -> Rights {
    if answer(&mut program("id", ["-u"])).as_deref() == Some("0") {
        return Rights::Root;
    }
    let silent = answer(&mut program("sudo", ["-n", "true"])).is_some();
    let asks = stdin().is_terminal() && answer(&mut program("sudo", ["--version"])).is_some();
    if silent || asks {
        Rights::Sudo
    } else {
        Rights::None
    }
}

fn run_with(prefix: &[&str], words: &[&str]) -> CommandResult {
    let mut words = prefix.iter().chain(words);
    words
        .next()
        .map_or(Ok(()), |name| run(&mut program(name, words)))
}
