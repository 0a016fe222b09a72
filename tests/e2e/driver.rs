//! The WebDriver server for Tauri windows and the processes that it starts.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::group::{Group, kill, signal};

/// Maximum time for a program to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Held from the choice of ports until both are in use, so that two journeys never choose the same.
static CHOICE_OF_PORTS: Mutex<()> = Mutex::new(());

/// A running `tauri-driver`. Dropping it ends it and everything that it started.
pub(crate) struct Driver {
    server: Group,
    port: u16,
}

impl Driver {
    /// Starts the server by the command that `run` makes of a program; it starts the app the same
    /// way. Writes the output to `log`.
    pub(crate) fn start(run: impl FnOnce(&Path) -> Command, log: File) -> Self {
        let _choice = CHOICE_OF_PORTS
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let [port, native_port] = free_ports();
        let mut command = run(&program());
        command
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native_port.to_string(),
            ])
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("the log can be shared"))
            .stderr(log);
        let server = Group::start(command);
        let driver = Self { server, port };
        wait_until("tauri-driver answers", || {
            [port, native_port]
                .iter()
                .all(|it| TcpStream::connect((Ipv4Addr::LOCALHOST, *it)).is_ok())
        });
        driver
    }

    /// Returns the server's address.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Returns the process of the app under test, if it runs.
    pub(crate) fn app(&self) -> Option<u32> {
        let processes = processes();
        processes
            .iter()
            .find(|it| it.name == "backup-code" && descends(it, self.server.id(), &processes))
            .map(|it| it.id)
    }

    /// Returns the process of the page that the app shows, if there is one.
    pub(crate) fn page(&self) -> Option<u32> {
        let processes = processes();
        processes
            .iter()
            .find(|it| {
                it.name.starts_with("WebKitWebProces") && descends(it, self.server.id(), &processes)
            })
            .map(|it| it.id)
    }

    /// Kills the page's process, as a crash does.
    pub(crate) fn kill_page(&self) {
        if let Some(id) = self.page() {
            kill(&id.to_string());
        }
    }

    /// Kills the app, as a crash or a power cut does.
    pub(crate) fn kill_app(&self) {
        if let Some(id) = self.app() {
            kill(&id.to_string());
        }
        self.wait_for_app_to_end();
    }

    /// Stops the app for a while, as a computer that sleeps does.
    pub(crate) fn suspend_app(&self, duration: Duration) {
        let app = self.app().expect("the app runs").to_string();
        signal("STOP", &app);
        sleep(duration);
        signal("CONT", &app);
    }

    /// Waits until the app is gone.
    pub(crate) fn wait_for_app_to_end(&self) {
        wait_until("the app ends", || self.app().is_none());
    }
}

/// Waits until `done` returns true. Fails if that takes too long.
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(
            Instant::now() < deadline,
            "timed out after {PATIENCE:?}: {what}"
        );
        sleep(Duration::from_millis(20));
    }
}

/// Returns the program of this checkout, or else the one on the path.
fn program() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/tauri-driver");
    if own.exists() {
        own
    } else {
        "tauri-driver".into()
    }
}

/// Returns two ports that were free a moment ago.
fn free_ports() -> [u16; 2] {
    // Both are held before either is released: they differ.
    [(); 2]
        .map(|()| {
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("this computer has a free port")
        })
        .map(|it| it.local_addr().expect("it is bound").port())
}

/// A process, as `/proc` shows it.
pub(crate) struct Process {
    pub(crate) id: u32,
    pub(crate) parent: u32,
    pub(crate) name: String,
}

/// Returns all processes that have not ended.
pub(crate) fn processes() -> Vec<Process> {
    fs::read_dir("/proc")
        .expect("Linux has /proc")
        .filter_map(|entry| process(&entry.ok()?.path()))
        .collect()
}

/// Parses `/proc/ID/stat`: `ID (NAME) STATE PARENT …`. A zombie counts as gone.
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
