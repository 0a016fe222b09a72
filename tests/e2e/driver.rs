//! The WebDriver server for Tauri windows, and the processes that it starts.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a program may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running `tauri-driver`. Dropping it ends it and everything that it started.
pub(crate) struct Driver {
    server: Child,
    port: u16,
}

impl Driver {
    /// Starts the server with `environment`, which the app inherits, and its output in `log`.
    pub(crate) fn start(environment: &HashMap<&'static str, OsString>, log: File) -> Self {
        let (port, native_port) = (free_port(), free_port());
        let server = Command::new(program())
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native_port.to_string(),
            ])
            .env_clear()
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("the log can be shared"))
            .stderr(log)
            // A group of its own, so that one signal reaches all of it.
            .process_group(0)
            .spawn()
            .expect("tauri-driver starts; `cargo xtask e2e` installs it");
        let driver = Self { server, port };
        wait_until("tauri-driver answers", || {
            [port, native_port]
                .iter()
                .all(|it| TcpStream::connect((Ipv4Addr::LOCALHOST, *it)).is_ok())
        });
        driver
    }

    /// Where it answers.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The process of the app under test, while there is one.
    pub(crate) fn app(&self) -> Option<u32> {
        let processes = processes();
        processes
            .iter()
            .find(|it| it.name == "backup-code" && descends(it, self.server.id(), &processes))
            .map(|it| it.id)
    }

    /// The process of the page that the app shows, while there is one.
    pub(crate) fn page(&self) -> Option<u32> {
        let processes = processes();
        processes
            .iter()
            .find(|it| {
                it.name.starts_with("WebKitWebProces") && descends(it, self.server.id(), &processes)
            })
            .map(|it| it.id)
    }

    /// Ends the page's process, as a crash would.
    pub(crate) fn kill_page(&self) {
        if let Some(id) = self.page() {
            signal("KILL", &id.to_string());
        }
    }

    /// Ends the app at once, as a crash or a power cut would.
    pub(crate) fn kill_app(&self) {
        if let Some(id) = self.app() {
            signal("KILL", &id.to_string());
        }
        self.wait_for_app_to_end();
    }

    /// Returns when the app is gone.
    pub(crate) fn wait_for_app_to_end(&self) {
        wait_until("the app ends", || self.app().is_none());
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        signal("KILL", &format!("-{}", self.server.id()));
        // It may be gone already, which is what is wanted.
        let _ = self.server.wait();
    }
}

/// Returns when `done` is true; fails when that takes too long.
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(
            Instant::now() < deadline,
            "waited {PATIENCE:?} in vain: {what}"
        );
        sleep(Duration::from_millis(20));
    }
}

/// This checkout's own, or else the one on the path.
fn program() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/tauri-driver");
    if own.exists() {
        own
    } else {
        "tauri-driver".into()
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|it| it.local_addr())
        .expect("this computer has a free port")
        .port()
}

fn signal(name: &str, process: &str) {
    // A process that is gone already is no failure.
    let _ = Command::new("kill")
        .args(["-s", name, "--", process])
        .stderr(Stdio::null())
        .status();
}

struct Process {
    id: u32,
    parent: u32,
    name: String,
}

fn processes() -> Vec<Process> {
    fs::read_dir("/proc")
        .expect("Linux has /proc")
        .filter_map(|entry| process(&entry.ok()?.path()))
        .collect()
}

/// Reads `/proc/ID/stat`: `ID (NAME) STATE PARENT …`. A process that has ended but was not waited for is gone.
fn process(folder: &Path) -> Option<Process> {
    let id = folder.file_name()?.to_str()?.parse().ok()?;
    let stat = fs::read_to_string(folder.join("stat")).ok()?;
    let (_, rest) = stat.split_once('(')?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    if fields.next()? == "Z" {
        return None;
    }
    let parent = fields.next()?.parse().ok()?;
    Some(Process {
        id,
        parent,
        name: name.to_owned(),
    })
}

fn descends(process: &Process, ancestor: u32, all: &[Process]) -> bool {
    process.parent == ancestor
        || all
            .iter()
            .find(|it| it.id == process.parent)
            .is_some_and(|parent| descends(parent, ancestor, all))
}
