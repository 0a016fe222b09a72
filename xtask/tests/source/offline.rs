//! The shipped program has no HTTP client and no TLS, on any system.
//!
//! A crate is judged by its name, and by what it says about itself on crates.io, so that one that
//! nobody has heard of is found too.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::files::root;

/// One target for each system. Those of the other processors have the same crates.
const SYSTEMS: [&str; 3] = [
    "x86_64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
];

/// Parts of names, between hyphens or underscores, digits at the end left off.
const NAMES: &[&str] = &[
    "actix",
    "attohttpc",
    "axum",
    "boring",
    "boringssl",
    "curl",
    "dns",
    "ftp",
    "gnutls",
    "grpc",
    "h",
    "http",
    "https",
    "hyper",
    "isahc",
    "libp2p",
    "mbedtls",
    "minreq",
    "mio",
    "openssl",
    "quic",
    "quiche",
    "quinn",
    "reqwest",
    "rtc",
    "rustls",
    "schannel",
    "smtp",
    "socks",
    "soketto",
    "ssh",
    "ssl",
    "surf",
    "telemetry",
    "tls",
    "tonic",
    "tungstenite",
    "updater",
    "ureq",
    "warp",
    "wasmcloud",
    "webpki",
    "webrtc",
    "websocket",
    "ws",
];

/// Keywords and categories on crates.io.
const TOPICS: &[&str] = &[
    "dns",
    "ftp",
    "http",
    "http2",
    "http3",
    "https",
    "network",
    "network-programming",
    "networking",
    "openssl",
    "proxy",
    "quic",
    "smtp",
    "socket",
    "socks",
    "socks5",
    "ssh",
    "ssl",
    "tcp",
    "tls",
    "udp",
    "web-programming::http-client",
    "web-programming::http-server",
    "web-programming::websocket",
    "websocket",
    "websockets",
];

/// Crates that may be there all the same, and why.
const ALLOWED: &[(&str, &str)] = &[
    ("async-io", "waits for the session bus, a local socket"),
    ("bytes", "buffers"),
    ("crc-catalog", "parameters of checksums"),
    (
        "http",
        "types of requests and answers, in which the page and the program talk",
    ),
    (
        "httparse",
        "parses the answers of the print service; part of `ureq`",
    ),
    ("idna", "the text of domain names"),
    ("idna_adapter", "its tables"),
    ("mio", "waits for sockets; part of `tokio`"),
    ("polling", "waits for the session bus; part of `async-io`"),
    ("rust-embed", "files in the program"),
    ("rust-embed-impl", "part of `rust-embed`"),
    ("rust-embed-utils", "part of `rust-embed`"),
    (
        "rustix",
        "system calls; without its feature `net` but for local sockets of the bus",
    ),
    ("socket2", "the options of sockets; part of `tokio`"),
    ("tokio", "runs the commands of the window"),
    (
        "ureq",
        "HTTP to this computer's print service over its local socket, without TLS",
    ),
    ("ureq-proto", "part of `ureq`"),
];

/// What a crate says about itself.
type Topics = BTreeSet<String>;

fn cargo(arguments: &[&str]) -> String {
    // Not `--offline`: what other systems need is downloaded once.
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--locked")
        .current_dir(root())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the topics of every crate in `Cargo.lock`, by name and version.
fn topics() -> BTreeMap<(String, String), Topics> {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1"])).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let about = packages.map(|package| {
        let topics = ["keywords", "categories"]
            .iter()
            .flat_map(|list| package[*list].as_array().unwrap())
            .map(text);
        let id = (text(&package["name"]), text(&package["version"]));
        (id, topics.collect())
    });
    about.collect()
}

/// Returns the crates, name and version, that `cargo tree` lists for `packages`.
fn tree(packages: &[&str]) -> BTreeSet<(String, String)> {
    let listed = cargo(&[&["tree", "--prefix", "none", "--format", "{p}"], packages].concat());
    let crates = listed.lines().filter_map(|line| {
        let (name, rest) = line.split_once(" v")?;
        let version = rest.split(' ').next()?;
        Some((name.to_owned(), version.to_owned()))
    });
    crates.collect()
}

fn is_of_network(name: &str, topics: &Topics) -> bool {
    let named = name.split(['-', '_']).any(|part| {
        let without_version = part.trim_end_matches(|it: char| it.is_ascii_digit());
        NAMES.contains(&part) || NAMES.contains(&without_version)
    });
    named || topics.iter().any(|topic| TOPICS.contains(&topic.as_str()))
}

/// Returns the names of the crates that are about a network.
fn of_network(
    crates: &BTreeSet<(String, String)>,
    about: &BTreeMap<(String, String), Topics>,
) -> BTreeSet<String> {
    let suspects = crates.iter().filter(|id| {
        let topics = about
            .get(*id)
            .unwrap_or_else(|| panic!("{id:?} is in no metadata"));
        is_of_network(&id.0, topics)
    });
    suspects.map(|(name, _)| name.clone()).collect()
}

#[test]
fn a_shipped_build_has_no_http_client_and_no_tls_on_any_system() {
    let about = topics();
    let allowed: BTreeSet<_> = ALLOWED.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut used = BTreeSet::new();
    for system in SYSTEMS {
        let shipped = ["--package", "backup-code", "--features", "custom-protocol"];
        let edges = ["--edges", "normal", "--target", system];
        let found = of_network(&tree(&[shipped, edges].concat()), &about);
        assert_eq!(
            found.contains("ureq"),
            !system.contains("windows"),
            "{system}"
        );
        let newcomers: Vec<_> = found.difference(&allowed).collect();
        assert!(
            newcomers.is_empty(),
            "{system}: {newcomers:?} may reach a network"
        );
        used.extend(found);
    }
    let gone: Vec<_> = allowed.difference(&used).collect();
    assert!(gone.is_empty(), "no longer in the program: {gone:?}");
    // Where there are some, they are seen: the client of the journeys.
    let with_tests = of_network(&tree(&["--workspace"]), &about);
    for name in ["hyper", "hyper-util"] {
        assert!(with_tests.contains(name) && !used.contains(name), "{name}");
    }
}

#[test]
fn a_newcomer_is_known_by_its_name_or_by_what_it_says() {
    let silent = Topics::new();
    for name in [
        "actix-web",
        "attohttpc",
        "axum",
        "boring",
        "curl",
        "curl-sys",
        "fast_socks5",
        "h2",
        "h3",
        "hickory-dns",
        "http-body",
        "hyper",
        "hyper-tls",
        "isahc",
        "libp2p",
        "minreq",
        "native-tls",
        "openssl",
        "openssl-sys",
        "quiche",
        "quinn",
        "quinn-proto",
        "reqwest",
        "rustls",
        "rustls-webpki",
        "schannel",
        "surf",
        "tauri-plugin-http",
        "tauri-plugin-updater",
        "tauri-plugin-websocket",
        "tokio-rustls",
        "tokio-tungstenite",
        "tonic",
        "tungstenite",
        "webpki-roots",
        "webrtc",
        "ws",
    ] {
        assert!(is_of_network(name, &silent), "{name}");
    }
    let says = |topic: &str| Topics::from([topic.to_owned()]);
    assert!(is_of_network(
        "carrier-pigeon",
        &says("web-programming::http-client")
    ));
    assert!(is_of_network("carrier-pigeon", &says("tls")));
    for name in ["serde", "wallet", "httparser-of-nothing", "shell", "hkdf"] {
        assert!(!is_of_network(name, &says("encoding")), "{name}");
    }
}
